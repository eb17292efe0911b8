"""When a view reads what it shows: seen, once, anew after a change, never with a late answer."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.reading import Reading

Wait = Callable[[Callable[[], bool]], None]


class Counting(QWidget):
    """Shows the answers it got."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.asked = 0
        self.shown: list[int] = []
        self.reading = Reading(desk, self, {Noun.NOTE}, self._fill)

    async def _fill(self, reading: Reading) -> None:
        found = await reading.ask(self._read)
        if found is not None:
            self.shown.append(found)

    def _read(self, _reader: Reader) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture
def view(qtbot: QtBot, desk: Desk) -> Counting:
    made = Counting(desk)
    qtbot.addWidget(made)
    return made


def test_a_view_that_nobody_sees_reads_nothing(view: Counting, desk: Desk, wait: Wait) -> None:
    view.reading.refresh()
    desk.announce(Changes(frozenset({Noun.NOTE})))
    wait(lambda: desk.tasks.is_idle)
    assert view.asked == 0

    view.show()
    wait(lambda: view.shown == [1])


def test_asked_twice_in_one_turn_it_reads_once(view: Counting, desk: Desk, wait: Wait) -> None:
    view.show()
    view.reading.refresh()
    view.reading.refresh()
    wait(lambda: desk.tasks.is_idle)

    assert view.asked == 1
    assert view.shown == [1]


def test_it_reads_anew_when_what_it_shows_has_changed(view: Counting, desk: Desk, wait: Wait) -> None:
    view.show()
    wait(lambda: view.shown == [1])
    desk.announce(Changes(frozenset({Noun.TAG})))
    wait(lambda: desk.tasks.is_idle)
    assert view.shown == [1]

    desk.announce(Changes(frozenset({Noun.NOTE, Noun.TAG})))
    wait(lambda: view.shown == [1, 2])
    assert not view.reading.is_stale


def test_an_answer_that_comes_too_late_is_dropped_and_asked_for_again(
    view: Counting, desk: Desk, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = view._read

    def read_and_change(reader: Reader) -> int:
        found = read(reader)
        if found == 1:
            view.reading._is_stale = True  # as a change that is announced while it is being read
        return found

    monkeypatch.setattr(view, "_read", read_and_change)
    view.show()
    wait(lambda: desk.tasks.is_idle and view.asked == 2)

    assert view.shown == [2]


def test_what_fails_is_shown_as_trouble_and_the_view_goes_on(
    view: Counting, desk: Desk, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports: list[str] = []
    desk.tasks.broke.connect(reports.append)
    with monkeypatch.context() as planted:
        planted.setattr(view, "_read", lambda _reader: 1 // 0)
        view.show()
        wait(lambda: bool(reports))
    view.reading.refresh()
    wait(lambda: view.shown == [1])
