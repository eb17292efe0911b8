"""Backups, restore, check, export, import and the index, from the page and by real clicks and keys."""

import asyncio
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.errors import UserFixable
from desktop.library import backups, captures, lists
from desktop.library.archive.format import Progress, Stop, Stopped, Tell
from desktop.library.opening import Library
from desktop.library.search.values import Progress as IndexProgress
from desktop.library.values import State, View
from desktop.ui.desk import Desk
from desktop.ui.dialogs.confirm import Confirm
from desktop.ui.parts.buttons import Button
from desktop.ui.program.holding import Holding
from desktop.ui.program.upkeep_timer import UpkeepTimer
from desktop.ui.settings import safety_acts
from desktop.ui.settings.safety_page import BackupRow, FindingRow, SafetyPage
from desktop.ui.settings.view import SettingsView
from desktop.ui.shell.work_cards import words_of
from desktop.ui.window import MainWindow
from desktop.ui.works import Work, Works

Wait = Callable[[Callable[[], bool]], None]
CLICK = Qt.MouseButton.LeftButton


class QuietLive:
    """A live that collects nothing and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def start(self, _library: Library) -> None:
        self.told.append("start")

    async def pause(self) -> None:
        self.told.append("pause")


@pytest.fixture
def live() -> QuietLive:
    return QuietLive()


@pytest.fixture
def holding(window: MainWindow, desk: Desk, live: QuietLive) -> Holding:
    """The window's library can be replaced."""
    made = Holding(desk, window, live)  # type: ignore[arg-type]
    made.library = desk.library
    return made


def opened(window: MainWindow, desk: Desk, wait: Wait) -> SafetyPage:
    """The page, by its act as Ctrl+K runs it."""
    desk.actions.run("safety")
    settings = window.stack.currentWidget()
    assert isinstance(settings, SettingsView)
    found = settings.pages.currentWidget()
    assert isinstance(found, SafetyPage)
    wait(lambda: window.is_idle)
    return found


def click(page: SafetyPage, act: str) -> None:
    button = page.findChild(object, f"act_{act}")
    QTest.mouseClick(button, CLICK)  # type: ignore[call-overload]


def rows(page: SafetyPage) -> list[BackupRow]:
    return [row for row in page.findChildren(BackupRow) if not row.isHidden()]


def inbox(desk: Desk) -> set[int]:
    assert desk.reader is not None
    return set(lists.ids(desk.reader, View(State.INBOX)))


def choose(kind: str, path: Path, wait: Wait, window: MainWindow) -> None:
    """Put a path into the file dialog that is open, and press Enter."""
    wait(lambda: bool(window.findChildren(QFileDialog)))
    dialog = window.findChildren(QFileDialog)[-1]
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None, kind
    field.setText(str(path))  # typed, it would open a list of completions over the dialog
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_backup_made_now_stands_in_the_list(window: MainWindow, desk: Desk, wait: Wait) -> None:
    page = opened(window, desk, wait)
    assert rows(page) == []
    click(page, "back_up")
    wait(lambda: len(rows(page)) == 1 and window.is_idle)

    assert window.toast.text == "Backed up, and the backup read through"
    says = rows(page)[0].words.words()
    assert says.startswith("Asked for · ")
    assert "pages" in says


def test_a_restore_says_what_it_does_keeps_the_library_of_now_and_shows_the_old_one(
    window: MainWindow, desk: Desk, holding: Holding, live: QuietLive, wait: Wait
) -> None:
    before = inbox(desk)
    backups.backup(desk.paths)
    assert desk.library is not None
    assert desk.library.writer is not None
    captures.move(desk.library.writer, sorted(before), State.TRASH)
    page = opened(window, desk, wait)
    wait(lambda: len(rows(page)) == 1)
    QTest.mouseClick(rows(page)[0].button, CLICK)
    question = window.overlays.current
    assert isinstance(question, Confirm)
    assert "kept among the backups first" in question.words.text()
    assert question.cancel.hasFocus()
    QTest.mouseClick(question.agree, CLICK)
    wait(lambda: "Restored" in window.toast.text and window.is_idle and len(rows(page)) == 2)

    assert inbox(desk) == before
    assert live.told == ["pause", "start"]
    assert desk.can_write
    assert rows(page)[0].words.words().startswith("Before a restore")
    wait(lambda: set(window.list.model.ids) == before)


def test_a_damaged_backup_is_shown_and_cannot_be_restored(window: MainWindow, desk: Desk, wait: Wait) -> None:
    damaged = backups.backup(desk.paths)
    damaged.write_bytes(b"not a database" * 1000)
    page = opened(window, desk, wait)
    wait(lambda: len(rows(page)) == 1)

    assert "damaged" in rows(page)[0].words.words()
    assert not rows(page)[0].button.isEnabled()


def test_a_restore_that_fails_leaves_the_library_open_as_it_was(
    window: MainWindow, desk: Desk, holding: Holding, wait: Wait
) -> None:
    made = backups.look(backups.backup(desk.paths))
    before = inbox(desk)
    made.path.write_bytes(b"damaged since" * 1000)
    safety_acts.of(desk).restore(made)
    wait(lambda: bool(window.banners.sentences) and window.is_idle)

    assert "damaged" in window.banners.sentences[0]
    assert desk.can_write
    assert inbox(desk) == before


def test_the_check_says_what_is_whole_and_what_helps(window: MainWindow, desk: Desk, wait: Wait) -> None:
    page = opened(window, desk, wait)
    click(page, "check_library")
    wait(lambda: len(page.findings.findChildren(FindingRow)) >= 4 and window.is_idle)
    said = [row.accessibleName() for row in page.findings.findChildren(FindingRow)]

    assert any(one.startswith("The library file is whole") for one in said)
    assert "There is no backup yet. Make a new one now." in said[-1]
    assert window.toast.text == "The check found 1 thing to look at"


def test_everything_goes_out_and_into_an_empty_library_again(
    window: MainWindow, desk: Desk, holding: Holding, wait: Wait, tmp_path: Path
) -> None:
    before, out = inbox(desk), tmp_path / "all.zip"
    page = opened(window, desk, wait)
    assert page.importing.words.words() == "Only into an empty library, and this one is not empty."
    click(page, "export_archive")
    choose("export", out, wait, window)
    wait(lambda: out.exists() and window.is_idle)
    assert window.toast.text == "Everything is in all.zip"

    click(page, "import_archive")
    wait(lambda: any("only into an empty library" in one for one in window.banners.sentences))
    assert inbox(desk) == before

    _empty(desk, holding, wait)
    wait(lambda: window.is_idle and inbox(desk) == set())
    click(page, "import_archive")
    choose("import", out, wait, window)
    wait(lambda: "Imported" in window.toast.text and window.is_idle)
    assert inbox(desk) == before


def _empty(desk: Desk, holding: Holding, wait: Wait) -> None:
    """Put the library away by hand, as somebody would who begins anew."""

    async def go() -> None:
        await holding.close()
        for path in desk.paths.home.glob("library.db*"):
            path.unlink()
        shutil.rmtree(desk.paths.assets)
        await holding.open()

    task = desk.tasks.start(go())
    wait(task.done)


def test_an_index_that_is_asked_for_is_built_anew_and_said(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    page = opened(window, desk, wait)
    wait(lambda: desk.searching.is_open)
    click(page, "rebuild_index")
    wait(lambda: window.toast.text == "The search index is built anew" and not desk.works.running)
    task = desk.tasks.start(desk.searching.is_current())
    wait(task.done)

    assert task.result() is True


@pytest.fixture
def works(desk: Desk) -> Works:
    return desk.works


def test_long_work_shows_a_card_and_stops_when_asked(
    window: MainWindow, desk: Desk, works: Works, wait: Wait
) -> None:
    begun = threading.Event()

    def act(told: Tell, stop: Stop) -> str:
        begun.set()
        told(Progress(1200, 5000, "files"))
        while not stop():
            threading.Event().wait(0.005)
        raise Stopped("Stopped. Nothing was changed.")

    task = desk.tasks.start(works.do("Exporting everything", act))
    wait(lambda: bool(window.work_cards.cards))
    card = next(iter(window.work_cards.cards.values()))
    wait(lambda: "1,200 of 5,000" in card.says.words())
    assert card.accessibleName().startswith("Exporting everything: 1,200 of 5,000")
    assert window.rect().contains(card.geometry().center())
    QTest.mouseClick(card.cancel, CLICK)
    wait(task.done)

    assert task.result() is None
    assert window.banners.sentences == []
    assert not window.work_cards.cards


def test_work_that_fails_says_so_and_short_work_shows_no_card(
    window: MainWindow, desk: Desk, works: Works, wait: Wait
) -> None:
    def fail(_told: Tell, _stop: Stop) -> None:
        raise UserFixable("The disk is full.", "Free some space.")

    task = desk.tasks.start(works.do("Backing up", fail))
    wait(task.done)

    assert window.banners.sentences == ["The disk is full."]
    assert not window.work_cards.cards
    assert works.running == ()


def test_a_window_that_closes_stops_long_work(
    desk: Desk, loop: asyncio.AbstractEventLoop, wait: Wait
) -> None:
    ended = threading.Event()

    def act(_told: Tell, stop: Stop) -> None:
        while not stop():
            threading.Event().wait(0.005)
        ended.set()

    desk.tasks.start(desk.works.do("Reading", act))
    wait(lambda: bool(desk.works.running))
    closed = loop.create_task(desk.tasks.close())
    wait(closed.done)

    assert ended.is_set()


def test_the_words_of_a_card_are_short_and_true(qapp: object) -> None:
    work = Work("Reading", can_stop=True)
    assert words_of(work) == "A moment …"
    work.tell(Progress(1, 100, "files"))
    assert words_of(work) == "1 of 100"
    work._began -= 60
    work.tell(Progress(25, 100, "files"))
    assert words_of(work) == "25 of 100 · about 3 minutes left"
    work.stop()
    assert words_of(work) == "Stopping …"


def test_an_index_that_is_built_anew_by_itself_shows_how_far_it_is(
    window: MainWindow, desk: Desk, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    so_far = [IndexProgress(4_200, 20_000, True)]
    wait(lambda: desk.searching.is_open)
    monkeypatch.setattr(desk.searching, "progress", lambda: so_far[0])
    safety_acts.of(desk).look_at_index()
    wait(lambda: bool(window.work_cards.cards))
    card = next(iter(window.work_cards.cards.values()))
    assert card.label.words() == "Building the search index"
    assert card.says.words().startswith("4,200 of 20,000")
    assert card.cancel.isHidden()
    so_far[0] = IndexProgress(20_000, 20_000, False)
    safety_acts.of(desk).look_at_index()

    assert not window.work_cards.cards
    assert window.toast.text == ""


def test_a_backup_is_made_each_day_while_the_window_is_open(desk: Desk, wait: Wait) -> None:
    assert desk.library is not None
    timer = UpkeepTimer(desk, desk)
    timer.start(desk.library)
    for _ in range(2):
        timer.run()
        wait(lambda: bool(backups.existing(desk.paths)) and desk.tasks.is_idle)
    stopped = desk.tasks.start(timer.stop())
    wait(stopped.done)

    assert [backups.look(path).reason for _, path in backups.existing(desk.paths)] == ["daily"]


def test_the_page_is_found_by_what_it_does(window: MainWindow, desk: Desk, wait: Wait) -> None:
    desk.actions.run("settings")
    settings = window.stack.currentWidget()
    assert isinstance(settings, SettingsView)
    settings.find_field.setFocus()
    QTest.keyClicks(settings.find_field, "restore")
    shown = [one for one in settings.findChildren(Button) if one.isVisible()]
    [found] = [one for one in shown if one.text().startswith("Open ")]
    QTest.mouseClick(found, CLICK)
    wait(lambda: window.is_idle)

    assert isinstance(settings.pages.currentWidget(), SafetyPage)
