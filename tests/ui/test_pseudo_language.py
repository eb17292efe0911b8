"""Every view in the pseudo language: a text without its brackets has not gone through the catalogue.

What the person wrote is told apart by a sign before each of its words: this library is written so.
"""

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu

from desktop import languages
from desktop.learning import toolkit
from desktop.learning.values import Verdict
from desktop.library import captures, goals, links, notes, searches, tags, triage
from desktop.library.marks import annotations
from desktop.library.opening import open_library
from desktop.library.sense_values import Colour, Reason
from desktop.library.values import State
from desktop.paths import Paths
from desktop.ui.desk import Desk
from desktop.ui.window import MainWindow
from tests.support.learning import learn_some

SUPPORT = Path(__file__).resolve().parents[1] / "support"
OWN = re.compile(
    r"µ\w*|kithbook:\S*|example\.invalid\S*|https?://\S*|/\S+"  # what a person wrote, and addresses
    r"|\S+\.example|mastodon\.social"
    r"|\b(Kithbook|Markdown|Firefox|Chromium|Chrome|Edge|Brave|Vivaldi|Opera|LibreWolf|English|Deutsch)\b"
    r"|\b(Ctrl|Alt|Shift|Meta|Esc|Enter|Return|Tab|Del|Up|Down|Left|Right|Backspace|Space|Home|End)\b"  # keys
    r"|\b(APA|Harvard|Chicago|IEEE|MLA|ISO|LinkedIn|Mastodon|Bluesky|WhatsApp|Telegram|Facebook|Reddit)\b"
    r"|\b(work/sql|KB|MB)\b|\.(html|epub|pdf|docx|csv|jsonl|bib|ris|json|jsonld)\b"
)
LEFT_ALONE = {
    "quit", "theme", "close", "open_original", "export_archive", "import_archive", "export_calendar",
    "import_calendar", "open_pack", "redo",
}  # fmt: skip
"""Acts that end or restyle the window, or show what is not ours."""
LISTS = ("inbox", "later", "archive", "all", "trash")
PAGES = (
    "highlights", "notes", "goals", "goal:1", "learning", "learning:tries",
    "toolkit", "toolkit:new", "portfolio", "basket", "connect", "guide", "keys",
    "settings", "settings:keys", "safety", "review", "resurfacing", "questions", "balance", "balance:acts",
    "balance:check", "people", "received", "outbox", "settings:sharing",
)  # fmt: skip


def _support(name: str) -> ModuleType:
    key = f"kithbook_tests_support_{name}"
    if key not in sys.modules:
        spec = importlib.util.spec_from_file_location(key, SUPPORT / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[key] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[key])
    return sys.modules[key]


@pytest.fixture(scope="module")
def marked_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library in which each word of the person's, and of its pages, begins with µ."""
    home = tmp_path_factory.mktemp("own") / "home"
    page = _support("saving").page
    told = {
        "author": "µAuthor",
        "site": "µsite",
        "lang": "de",
        "browser": "firefox",
        "published": "2026-03-02",
    }
    with open_library(Paths(home), write=True) as library:
        writer = library.writer
        assert writer is not None
        ids = []
        for number in range(8):
            new = page(
                f"a{number}", "µFirst µparagraph µis µlong.", title=f"µTitle µ{number}", excerpt="µFirst",
                url=f"https://example.invalid/{number}", minutes=number % 3, is_private=number == 2,
                why="µWhy" if number % 2 else "", found_through="µJonas" if number == 1 else "",
                left_out=("<p>µMenu</p>",) if number == 0 else (), **told,
            )  # fmt: skip
            ids.append(captures.add(writer, new).source_id)
        captures.add(
            writer, page("a0", "µOther µwords.", url="https://example.invalid/0", title="µTitle", **told)
        )
        captures.add(
            writer,
            _support("saving").link(
                "b", url="https://example.invalid/b", title="µLink", site="µsite", notices=("µNotice",)
            ),
        )
        tags.tag(writer, ids[:4], ["µtag", "µtag/µbelow", "µother"])
        goals.set_goals(writer, ids[:2], ["µgoal"])
        for state, each in ((State.LATER, ids[5:6]), (State.ARCHIVE, ids[6:7]), (State.TRASH, ids[7:])):
            triage.move(writer, each, state)
        reader = library.reader
        for number, source_id in enumerate(ids[:3]):
            (capture_id,) = reader.row("SELECT capture_id FROM source WHERE id = ?", (source_id,)) or (0,)
            annotations.highlight(
                writer, capture_id, 0, 6, tuple(Colour)[number], "µcomment" if number else "", ["µtag"]
            )
        marks = [int(row[0]) for row in reader.rows("SELECT id FROM annotation")]
        notes.quote(writer, marks[:2], 0, "µnote")
        links.link(writer, ids[0], ids[1], Reason.SUPPORTS, "µbecause")
        searches.keep(writer, "µsearch", "µFirst")
        learn_some(library, "µ")
        told = {"cost": "µcost", "alternatives": "µother", "note": "µnote", "review_on": "2026-01-01"}
        toolkit.make(writer, "µtool", "µproblem", verdict=Verdict.LEARN, source_ids=ids[:1], **told)
    return home


@pytest.fixture
def pseudo() -> Iterator[None]:
    with languages.speaking(languages.PSEUDO):
        yield


@pytest.fixture
def window(
    pseudo: None,
    marked_home: Path,
    tmp_path: Path,
    desk_on: Callable[..., Desk],
    window_on: Callable[..., MainWindow],
) -> MainWindow:
    """The window in the pseudo language on a copy of that library."""
    import shutil

    home = tmp_path / "home" / "kithbook"
    shutil.copytree(marked_home, home)
    return window_on(desk_on(Paths(home)))


@pytest.fixture
def seen_in(window: MainWindow, wait: Callable[..., None], qapp: Any) -> Callable[[], dict[str, str]]:
    """Everything that is to be read in the window now."""

    def look() -> dict[str, str]:
        wait(lambda: window.is_idle)
        qapp.processEvents()
        seen: dict[str, str] = {}
        _support("visible_texts").texts_of(window, seen)
        return seen

    return look


def untranslated(seen: dict[str, str]) -> list[str]:
    found: list[str] = _support("visible_texts").untranslated(seen, OWN)
    return found


def test_no_view_has_a_text_of_another_language(
    window: MainWindow, seen_in: Callable[[], dict[str, str]]
) -> None:
    for view in (*LISTS, "tag:µtag", "tag:µnone", *PAGES):
        window.show_view(view)
        found = untranslated(seen_in())
        if window.overlays.current is not None:
            window.overlays.current.dismiss()

        assert not found, view


def test_the_reader_and_what_opens_in_it_speak_the_language(
    window: MainWindow, seen_in: Callable[[], dict[str, str]], wait: Callable[..., None]
) -> None:
    window.show_view("all")
    wait(lambda: window.is_idle)
    for source_id in list(window.list.model.ids):
        window.show_source(source_id)

        assert not untranslated(seen_in())


def test_every_act_is_named_in_the_language(window: MainWindow) -> None:
    seen = {}
    for act in window.list._desk.actions:
        seen |= {act.label: act.name, act.why_not: act.name}

    assert untranslated(seen) == []


def test_what_an_act_opens_speaks_the_language(
    window: MainWindow, seen_in: Callable[[], dict[str, str]], wait: Callable[..., None]
) -> None:
    """Each act is done on a page in the reader; what it shows or says is read before Escape closes it."""
    desk = window.list._desk
    for act in [one for one in desk.actions if one.name not in LEFT_ALONE]:
        window.show_view("all")
        wait(lambda: window.is_idle)
        window.show_source(window.list.model.ids[-2])
        wait(lambda: window.is_idle)
        desk.actions.run(act.name)
        found = untranslated(seen_in())
        for menu in window.findChildren(QMenu):
            menu.close()
        if window.overlays.current is not None:
            window.overlays.current.dismiss()

        assert not found, act.name
