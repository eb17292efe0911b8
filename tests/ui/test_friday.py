"""The Friday quarter-hour by keys alone: sixty pages looked at, five sentences marked, undone and redone.

Every key goes to whatever has the focus, as it does at a keyboard: a view that loses the focus fails here.
"""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.library import captures, lists
from desktop.library.marks import highlights
from desktop.library.sense_values import Colour
from desktop.library.values import NewCapture, State, View
from desktop.ui.desk import Desk
from desktop.ui.tags.editor import TagEditor
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PAGES, MARKED = 60, 5
K = Qt.Key


def page(number: int) -> NewCapture:
    """One of sixty different pages; the first one is the newest."""
    told = f"Page {number} has a first sentence."
    text = f"{told}\n\nIts second sentence, number {number}, is the one that matters."
    html = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return NewCapture(
        uuid=f"00000000-0000-4000-8000-{number:012}", url=f"https://site.example/{number}",
        captured_at=time.time_ns() // 1_000_000 - number * 1000, title=f"Page {number}", site="Site",
        html=html, text=text, excerpt=told, words=14, minutes=1,
    )  # fmt: skip


@pytest.fixture
def friday(empty_desk: Desk, window_on: Callable[..., MainWindow]) -> MainWindow:
    """The window on sixty pages in the inbox."""
    assert empty_desk.library is not None
    assert empty_desk.library.writer is not None
    for number in range(PAGES):
        captures.add(empty_desk.library.writer, page(number))
    window = window_on(empty_desk)
    assert len(window.list.model.ids) == PAGES
    return window


class Keyboard:
    """Presses keys where the focus is, and waits for the window in between when asked."""

    def __init__(self, window: MainWindow, wait: Wait) -> None:
        self.window, self.wait = window, wait

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key after another."""
        for key in keys:
            QTest.keyClick(self.focus, key, held)

    def type(self, words: str) -> None:
        """Letters, digits and blanks."""
        QTest.keyClicks(self.focus, words)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for a condition, and until nothing is under way."""
        self.wait(lambda: holds() and self.window.is_idle)


def of_state(desk: Desk, state: State) -> set[int]:
    assert desk.reader is not None
    return set(lists.ids(desk.reader, View(state)))


def with_tag(desk: Desk, tag: str) -> set[int]:
    assert desk.reader is not None
    return set(lists.ids(desk.reader, View(tag=tag)))


def mark_and_say(keys: Keyboard, desk: Desk, number: int) -> None:
    """Open the page, choose its second sentence, mark it, comment on it, tag the page; then it is done."""
    window = keys.window
    source_id = window.list.current
    keys.press(K.Key_O)
    keys.until(lambda: window.reader.detail is not None and window.reader.detail.id == source_id)
    keys.until(lambda: window.reader.isAncestorOf(keys.focus))
    keys.press(K.Key_H)
    keys.until(lambda: window.reader.browser.textCursor().hasSelection())
    keys.press(K.Key_Down)
    keys.press((K.Key_1, K.Key_2, K.Key_3, K.Key_4, K.Key_5)[number])
    keys.until(lambda: len(window.reader.marks.spots.all) == 1)
    keys.press(K.Key_N)
    keys.until(lambda: window.reader.marks.card.comment.hasFocus())
    keys.type(f"mine {number}")
    keys.press(K.Key_Return, held=CTRL)
    keys.until(lambda: comments(desk).count(f"mine {number}") == 1)
    keys.press(K.Key_Escape)
    keys.press(K.Key_Escape)
    keys.until(lambda: window.list.view.hasFocus())
    tag(keys, "friday")
    keys.until(lambda: source_id in with_tag(desk, "friday"))
    keys.press(K.Key_E)
    keys.until(lambda: source_id in of_state(desk, State.ARCHIVE))


def tag(keys: Keyboard, word: str) -> None:
    """Tag what is selected."""
    keys.press(K.Key_NumberSign)
    keys.until(lambda: isinstance(keys.window.overlays.current, TagEditor))
    keys.type(word)
    keys.press(K.Key_Return)
    keys.press(K.Key_Return)
    keys.until(lambda: keys.window.overlays.current is None)


def comments(desk: Desk) -> list[str]:
    assert desk.reader is not None
    return [one.comment for one in highlights.all_of(desk.reader)]


def take_five_together(keys: Keyboard, desk: Desk, five: set[int]) -> None:
    """Select five, tag them, put them off for later: one undo each; take that back and do it again."""
    shown = keys.window.list.model
    keys.press(*(K.Key_J,) * 4, held=SHIFT)
    assert set(desk.selected) == five
    tag(keys, "together")
    keys.until(lambda: with_tag(desk, "together") == five)
    keys.press(K.Key_L)
    keys.until(lambda: of_state(desk, State.LATER) == five)
    keys.press(K.Key_U)
    keys.until(lambda: of_state(desk, State.LATER) == set() and five <= set(shown.ids))
    keys.press(K.Key_Z, held=CTRL | SHIFT)
    keys.until(lambda: of_state(desk, State.LATER) == five and not five & set(shown.ids))


def sort_the_rest(keys: Keyboard, desk: Desk, rest: list[int], expected: dict[State, set[int]]) -> None:
    """One key a page: done, later, trash, in turn; the last three taken back one by one, and done again."""
    turns = ((K.Key_E, State.ARCHIVE), (K.Key_L, State.LATER), (K.Key_X, State.TRASH))
    for at, source_id in enumerate(rest):
        assert keys.window.list.current == source_id
        key, state = turns[at % 3]
        keys.press(key)
        expected[state].add(source_id)
    keys.until(lambda: not of_state(desk, State.INBOX))
    for back in range(1, 4):
        keys.press(K.Key_Z, held=CTRL)
        keys.until(lambda back=back: of_state(desk, State.INBOX) == set(rest[-back:]))  # type: ignore[misc]
    for forth in range(2, -1, -1):
        keys.press(K.Key_Z, held=CTRL | SHIFT)
        keys.until(lambda forth=forth: len(of_state(desk, State.INBOX)) == forth)  # type: ignore[misc]


def test_sixty_pages_are_cleared_by_keys_alone(friday: MainWindow, empty_desk: Desk, wait: Wait) -> None:
    keys, desk = Keyboard(friday, wait), empty_desk
    order = list(friday.list.model.ids)
    assert friday.list.view.hasFocus()
    for number in range(MARKED):
        mark_and_say(keys, desk, number)
    five, rest = set(order[MARKED : MARKED + 5]), order[MARKED + 5 :]
    take_five_together(keys, desk, five)
    assert list(friday.list.model.ids) == rest
    states = (State.ARCHIVE, State.LATER, State.TRASH)
    expected = dict(zip(states, (set(order[:MARKED]), set(five), set[int]()), strict=True))
    sort_the_rest(keys, desk, rest, expected)

    assert {state: of_state(desk, state) for state in states} == expected
    assert with_tag(desk, "friday") == set(order[:MARKED])
    assert with_tag(desk, "together") == five
    assert desk.reader is not None
    marks = sorted(highlights.all_of(desk.reader), key=lambda one: one.comment)
    assert [one.comment for one in marks] == [f"mine {number}" for number in range(MARKED)]
    assert [one.colour for one in marks] == list(Colour)
    assert [one.quote for one in marks] == [
        f"Its second sentence, number {number}, is the one that matters." for number in range(MARKED)
    ]
    assert friday.list.empty.title == "The inbox is empty"


def test_n_in_the_list_chooses_a_passage_and_opens_its_comment(
    friday: MainWindow, empty_desk: Desk, wait: Wait
) -> None:
    keys, desk = Keyboard(friday, wait), empty_desk
    keys.press(K.Key_N)
    keys.until(lambda: friday.reader.browser.textCursor().hasSelection())
    keys.press(K.Key_Down, K.Key_Return)
    keys.until(lambda: friday.reader.marks.card.comment.hasFocus())
    keys.type("said at once")
    keys.press(K.Key_Return, held=CTRL)
    keys.until(lambda: comments(desk) == ["said at once"])

    # Left by Esc, a choice leaves nothing behind: the next highlight has no card.
    keys.press(K.Key_Escape, K.Key_Escape)
    keys.until(friday.list.view.hasFocus)
    keys.press(K.Key_J, K.Key_N)
    keys.until(lambda: friday.reader.browser.hasFocus() and friday.reader.browser.textCursor().hasSelection())
    keys.press(K.Key_Escape, K.Key_H, K.Key_Down, K.Key_2)
    keys.until(lambda: len(comments(desk)) == 2)
    assert not friday.reader.marks.card.is_open
