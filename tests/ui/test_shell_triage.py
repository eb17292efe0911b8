"""Triage by real keys in the real window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.library import lists
from desktop.library.values import State, View
from desktop.ui.desk import Desk
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]


def state_ids(desk: Desk, state: State) -> list[int]:
    assert desk.reader is not None
    return list(lists.ids(desk.reader, View(state)))


def press(window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        held |= one
    QTest.keyClick(window.list.view, key, held)


def test_the_list_opens_with_its_first_row_selected_and_focused(window: MainWindow, desk: Desk) -> None:
    first = window.list.model.id_at(0)

    assert window.list.current == first
    assert desk.selected == (first,)
    assert window.list.view.hasFocus()


def test_j_k_and_the_arrows_move(window: MainWindow, desk: Desk) -> None:
    ids = list(window.list.model.ids)
    press(window, Qt.Key.Key_J)
    press(window, Qt.Key.Key_Down)
    assert window.list.current == ids[2]

    press(window, Qt.Key.Key_K)
    press(window, Qt.Key.Key_Up)

    assert window.list.current == ids[0]


@pytest.mark.parametrize(
    ("key", "state"),
    [(Qt.Key.Key_E, State.ARCHIVE), (Qt.Key.Key_L, State.LATER), (Qt.Key.Key_X, State.TRASH)],
)
def test_a_triage_key_moves_the_page_and_selects_the_next(
    window: MainWindow, desk: Desk, wait: Wait, key: Qt.Key, state: State
) -> None:
    first, second = window.list.model.id_at(0), window.list.model.id_at(1)
    press(window, key)
    assert window.list.current == second  # at once, before the command has run
    wait(lambda: first in state_ids(desk, state))
    wait(lambda: window.is_idle)

    assert window.list.current == second
    assert first not in window.list.model.ids
    assert window.toast.isVisible()


def test_quick_keys_reach_one_page_each(window: MainWindow, desk: Desk, wait: Wait) -> None:
    ids = list(window.list.model.ids)
    for key in (Qt.Key.Key_E, Qt.Key.Key_L, Qt.Key.Key_E):
        press(window, key)
    wait(lambda: window.is_idle)

    assert ids[1] in state_ids(desk, State.LATER)
    assert {ids[0], ids[2]} <= set(state_ids(desk, State.ARCHIVE))
    assert window.list.current == ids[3]


def test_undo_brings_a_page_back_and_selects_it(window: MainWindow, desk: Desk, wait: Wait) -> None:
    first = window.list.model.id_at(0)
    press(window, Qt.Key.Key_E)
    wait(lambda: first in state_ids(desk, State.ARCHIVE) and window.is_idle)
    press(window, Qt.Key.Key_U)
    wait(lambda: first in window.list.model.ids and window.is_idle)
    assert first in state_ids(desk, State.INBOX)

    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    wait(lambda: first in state_ids(desk, State.ARCHIVE))


def test_several_selected_pages_move_as_one_act(window: MainWindow, desk: Desk, wait: Wait) -> None:
    ids = list(window.list.model.ids)
    press(window, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(window, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert desk.selected == tuple(ids[:3])

    press(window, Qt.Key.Key_E)
    wait(lambda: set(ids[:3]) <= set(state_ids(desk, State.ARCHIVE)) and window.is_idle)
    assert window.list.current == ids[3]
    assert "3" in window.toast.text

    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: set(ids[:3]) <= set(state_ids(desk, State.INBOX)))


def test_the_toast_undoes_by_mouse(window: MainWindow, desk: Desk, wait: Wait) -> None:
    first = window.list.model.id_at(0)
    press(window, Qt.Key.Key_L)
    wait(lambda: window.toast.isVisible())
    QTest.mouseClick(window.toast._undo, Qt.MouseButton.LeftButton)
    wait(lambda: first in window.list.model.ids and window.is_idle)

    assert first in state_ids(desk, State.INBOX)


def test_clearing_the_inbox_ends_in_its_empty_state(window: MainWindow, desk: Desk, wait: Wait) -> None:
    press(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_E)
    wait(lambda: not state_ids(desk, State.INBOX) and window.is_idle)

    assert window.list.empty.title == "The inbox is empty"
    assert window.list.empty.isVisible()
    assert not window.reader.isVisible()


def test_letters_in_a_field_are_text_and_no_acts(window: MainWindow, desk: Desk, wait: Wait) -> None:
    before = list(window.list.model.ids)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.overlays.current
    assert palette is not None
    QTest.keyClicks(palette.field, "excel")  # type: ignore[attr-defined]
    wait(lambda: window.is_idle)

    assert palette.field.text() == "excel"  # type: ignore[attr-defined]
    assert list(window.list.model.ids) == before
