"""From a goal named in the first steps to a portfolio in five forms: one person, real keys, a real browser.

Everything in the window is done by key events where the focus is; the saving of files is the system's dialog,
which is answered for. The program is closed in the middle of the weekly review and started anew, in another
process (`second_week`).
"""

import contextlib
import gc
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.learning import activities, evidence, goals, tries
from desktop.learning.values import EvidenceKind
from desktop.library.marks import highlights
from desktop.ui.activities.forms import ActivityForm, OutlineForm
from desktop.ui.activities.try_forms import TryForm, WentForm
from desktop.ui.goals.evidence_picker import EvidencePicker
from desktop.ui.goals.level_form import LevelForm
from desktop.ui.goals.page import GoalView
from desktop.ui.goals.view import GoalsView
from desktop.ui.guide.panel import GuideView
from desktop.ui.learning.view import LearningView
from desktop.ui.program import looping
from desktop.ui.study.forms import LogForm
from tests.end_to_end import flows
from tests.end_to_end.machine import ROOT, Machine
from tests.end_to_end.pages import Site
from tests.end_to_end.person import CTRL, Person, beside, open_program
from tests.end_to_end.second_week import COMMENT, next_thing, open_the_review
from tests.end_to_end.waiting import until

K = Qt.Key
SKILL = "Give feedback that helps"
PAGE_SAYS = "They speak first, then I do."
MARK_SAYS = "I ask before I tell."
TRIED = "Ask one question before the first remark"
WENT = "The talk took ten minutes less"
RAISED = "I lead a debrief alone"
FORMS = {"html", "pdf", "docx", "md", "json"}
WEEK_S = 300
SENTENCES = (PAGE_SAYS, MARK_SAYS, WENT, RAISED)
OUTLINE = "\n".join(f"{number}. Lesson {number} (12:30)" for number in range(1, 41))


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], Any]:
    """The one QApplication is the one that the program would make."""
    return lambda _args: looping.application()


@pytest.fixture(scope="module")
def kind() -> str:
    return "chromium"


@pytest.fixture
def here(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """The window of this process lives where the browser's host looks for it."""
    before = sys.getswitchinterval()  # the program sets its own
    for name in ("HOME", "KITHBOOK_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, machine.env[name])
    yield machine
    sys.setswitchinterval(before)
    gc.unfreeze()


async def name_a_goal(me: Person) -> int:
    """In the first steps, which open by themselves."""
    guide = await me.until(lambda: me.window.findChild(GuideView), "the first steps")
    QTest.keyClick(guide.next, K.Key_Space)
    QTest.keyClick(guide.next, K.Key_Space)
    await me.until(guide.goal_page.isVisible, "the step of the goal")
    QTest.mouseClick(guide.goal_page.skill, Qt.MouseButton.LeftButton)
    me.write(SKILL)
    me.press(K.Key_Tab)
    me.write("So that they learn")
    me.press(K.Key_Return)
    (row,) = await me.until(lambda: goals.all_of(me.reader), "the goal")
    known = me.app.desk.paths.snapshot / "vocabulary.json"
    await me.until(lambda: known.exists() and SKILL in known.read_text("utf-8"), "the goal in the snapshot")
    me.press(K.Key_Escape)
    await me.closed()
    return row.id


def save_and_mark(browser: Any, site: Site) -> None:
    """A page with the goal by two keys and a sentence; then a highlight on it."""
    url = site.url("/marked")
    flows.click(browser, url)
    until(
        lambda: browser.in_popup("return (await chrome.storage.local.get('cache')).cache?.goals?.length"),
        "goals",
    )
    assert flows.pick_goal(browser, "g") == [SKILL, "why"]
    flows.type_in_popup(browser, why=PAGE_SAYS)
    flows.press_enter(browser)
    flows.highlight(browser, url, "first")
    browser.press("Escape")


def comment_on_the_video(browser: Any, site: Site) -> None:
    url = site.url("/video")
    flows.click(browser, url, ready=True)
    flows.close_popup(browser)
    flows.ask(browser, url, "comment")
    browser.press(*COMMENT, "Enter")
    until(lambda: not flows.has_strip(browser), "the strip to go")


async def open_the_goal(me: Person) -> None:
    """From the list of goals, where it is the only one."""
    await me.go(K.Key_9, CTRL, GoalsView)
    me.press(K.Key_Return)
    view = await me.page(GoalView)
    await me.until(lambda: view.isAncestorOf(me.focus), "the goal to have the keyboard")


async def attach_the_highlight(me: Person, goal_id: int) -> None:
    await me.until(lambda: highlights.all_of(me.reader), "the highlight in the library")
    await open_the_goal(me)
    me.press(K.Key_A)
    picker = await me.form(EvidencePicker)
    tab = next(one for one in picker.tabs.tabs if one.value == EvidenceKind.ANNOTATION)
    QTest.keyClick(tab, K.Key_Space)
    await me.until(lambda: picker.kind is EvidenceKind.ANNOTATION and picker.offers, "the highlights")
    picker.field.setFocus()
    me.press(K.Key_Return)  # takes the first
    me.write(MARK_SAYS)
    me.press(K.Key_Return)
    await me.closed()
    said = [one.sentence for one in evidence.of_goal(me.reader, goal_id)]
    assert MARK_SAYS in said
    assert len(said) == 2  # the page by its goal, and the highlight


async def try_it(me: Person, goal_id: int) -> None:
    """From the page in the inbox; how it went is evidence."""
    me.press(K.Key_1, held=CTRL)
    await me.until(lambda: len(me.window.list.model.ids) > 0, "the inbox")
    me.window.list.view.setFocus()
    me.press(K.Key_P)
    form = await me.form(TryForm)
    assert form.goal.currentData() == goal_id
    me.write(TRIED)
    me.press(K.Key_Tab)
    me.write("today")
    me.press(K.Key_Return)
    await me.closed()
    await me.command("Tries: how did")
    view = await me.page(LearningView)
    await me.until(lambda: view.tries_model.rowCount() == 1, "the try that is due")
    view.tries.setFocus()
    me.press(K.Key_J, K.Key_E)
    await me.form(WentForm)
    me.write(WENT)
    me.press(K.Key_Return)
    await me.closed()
    assert not tries.due(me.reader)


async def take_a_course(me: Person) -> None:
    """Forty units at once, three sessions."""
    await me.command("New learning activity")
    await me.form(ActivityForm)
    me.write("Course: Debriefing")
    me.press(K.Key_Return)
    await me.closed()
    view = await me.page(LearningView)
    await me.until(lambda: view.pane.activity_id, "the course")
    view.list.setFocus()
    QApplication.clipboard().setText(OUTLINE)
    me.press(K.Key_V, held=CTRL)
    await me.form(OutlineForm)
    me.press(K.Key_Return, held=CTRL)
    await me.closed()
    for number in range(3):
        view.list.setFocus()
        me.press(K.Key_M)
        log = await me.form(LogForm)
        log.minutes.selectAll()
        me.write("25")
        me.press(K.Key_Tab, K.Key_Tab)
        me.write(f"Session {number + 1}")
        me.press(K.Key_Return)
        await me.closed()
    (row,) = activities.all_of(me.reader)
    assert (row.units, row.spent) == (40, 75)


async def raise_the_level(me: Person, goal_id: int) -> None:
    await open_the_goal(me)
    me.press(K.Key_R)
    form = await me.form(LevelForm)
    me.write(RAISED)
    me.press(K.Key_Tab)
    assert me.focus is form.list
    me.press(K.Key_Space)
    me.press(K.Key_Return)
    await me.closed()
    goal = goals.read(me.reader, goal_id)
    assert goal is not None
    assert goal.level == 2


async def leave_the_review(me: Person) -> str:
    """Two steps; the program is closed in the middle of the third."""
    view = await open_the_review(me)
    for _ in range(40):
        if view.step == "goals":
            break
        await next_thing(me, view)
    assert view.step == "goals"
    return view.step


def start_anew(here: Machine, left_at: str, folder: Path) -> dict[str, bytes]:
    """The second week, in a process of its own; the portfolio it wrote, by form."""
    command = [sys.executable, "-m", "tests.end_to_end.second_week", here.paths.home, folder, left_at]
    done = subprocess.run(
        command, cwd=ROOT, env=here.env, capture_output=True, text=True, timeout=WEEK_S, check=False
    )
    assert done.returncode == 0, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    return {path.suffix[1:]: path.read_bytes() for path in folder.glob("portfolio.*")}


def words_of_pdf(data: bytes) -> str:
    with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def words_in_browser(browser: Any, path: Path) -> tuple[str, list[str]]:
    """What Chromium shows of a file with the network refused, and what it asked for beside the file."""
    browser.page("Network.enable")
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    browser.page("Network.emulateNetworkConditions", offline)
    browser.cdp.take_events("Network.requestWillBeSent", browser._page)
    browser.open(path.as_uri())
    text = browser.run("return document.body.innerText")
    asked = [
        one["request"]["url"] for one in browser.cdp.take_events("Network.requestWillBeSent", browser._page)
    ]
    return text, [url for url in asked if not url.startswith(("file:", "data:"))]


def test_a_goal_is_named_worked_for_reached_and_shown(
    browser: Any, here: Machine, site: Site, tmp_path: Path, qapp: object
) -> None:
    here.connect(browser)

    async def first_week() -> str:
        async with open_program(here.paths) as me:
            goal_id = await name_a_goal(me)
            await beside(save_and_mark, browser, site)
            await me.until(lambda: evidence.of_goal(me.reader, goal_id), "the page as evidence")
            await attach_the_highlight(me, goal_id)
            await try_it(me, goal_id)
            await take_a_course(me)
            await beside(comment_on_the_video, browser, site)
            await raise_the_level(me, goal_id)
            return await leave_the_review(me)

    results: list[Any] = []

    async def keep(act: Callable[[], Any]) -> int:
        results.append(await act())
        return 0

    looping.run(lambda: keep(first_week))
    written = start_anew(here, results.pop(), tmp_path)

    shown, asked = words_in_browser(browser, tmp_path / "portfolio.html")
    read = {
        "html": shown,
        "pdf": words_of_pdf(written["pdf"]),
        "docx": "\n".join(one.text for one in Document(io.BytesIO(written["docx"])).paragraphs),
        "md": written["md"].decode().replace("\\", ""),
        "json": json.dumps(json.loads(written["json"]), ensure_ascii=False),
    }
    assert read.keys() == written.keys() == FORMS
    assert {form: [one for one in (SKILL, *SENTENCES) if one not in text] for form, text in read.items()} == {
        form: [] for form in read
    }
    assert asked == []
