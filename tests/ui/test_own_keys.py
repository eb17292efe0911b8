"""Keys that the person gives, by real presses: they hold at once, everywhere they are shown, and are kept."""

from array import array
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from desktop.library import lists
from desktop.library.values import State, View
from desktop.settings import Settings
from desktop.ui import own_keys
from desktop.ui.actions import Act, Actions, Where
from desktop.ui.desk import Desk
from desktop.ui.highlights.model import HighlightModel
from desktop.ui.highlights.rows import HighlightList
from desktop.ui.keys import sheet as keys
from desktop.ui.keys.editor import KeyCap, KeyEditor
from desktop.ui.keys.page import ActList, KeysPage
from desktop.ui.parts.buttons import Button
from desktop.ui.settings.view import KEYS, SettingsView
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window: MainWindow) -> KeysPage:
    """The page Keys in the settings of the real window."""
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    settings = window.stack.currentWidget()
    assert isinstance(settings, SettingsView)
    settings.nav.choose(KEYS)
    found = settings.pages.currentWidget()
    assert isinstance(found, KeysPage)
    return found


def edit(page: KeysPage, words: str) -> KeyEditor:
    """Find an act by typing, and open it by Down and Enter."""
    page.find_field.clear()
    page.find_field.setFocus()
    QTest.keyClicks(page.find_field, words)
    QTest.keyClick(page.find_field, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    window = page.window()
    assert isinstance(window, MainWindow)
    editor = window.overlays.current
    assert isinstance(editor, KeyEditor)
    assert editor.field.hasFocus()
    return editor


def caps(editor: KeyEditor) -> list[str]:
    return [cap.key for cap in editor.findChildren(KeyCap) if not cap.isHidden()]


def state_of(desk: Desk, source_id: int) -> State:
    assert desk.reader is not None
    return next(state for state in State if source_id in lists.ids(desk.reader, View(state)))


def test_a_key_that_was_given_holds_at_once_and_after_a_restart(
    page: KeysPage, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    editor = edit(page, "done")
    QTest.keyClick(editor.field, Qt.Key.Key_F9)
    assert desk.actions.get("done").keys == ("E", "F9")
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    assert window.overlays.current is None
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    first = window.list.current
    QTest.keyClick(window.list.view, Qt.Key.Key_F9)
    wait(lambda: state_of(desk, first) is State.ARCHIVE and window.is_idle)

    again = Settings.load(desk.paths).text("keys")
    assert own_keys.read(again) == {"done": ("E", "F9")}


def test_a_taken_key_is_said_with_the_other_act_and_can_be_taken_over(page: KeysPage, desk: Desk) -> None:
    editor = edit(page, "move to trash")
    QTest.keyClick(editor.field, Qt.Key.Key_E)
    assert editor.says.words() == "E is the key of “Done”. It would have no key then."
    assert desk.actions.get("done").keys == ("E",)

    QTest.mouseClick(editor.take, Qt.MouseButton.LeftButton)

    assert "E" in desk.actions.get("trash").keys
    assert desk.actions.get("done").keys == ()
    assert desk.actions.action("done").shortcuts() == []


def test_keys_of_lists_and_fields_are_nobodys(page: KeysPage, desk: Desk) -> None:
    editor = edit(page, "later")
    before = editor.keys
    QTest.keyClick(editor.field, Qt.Key.Key_Down)

    assert "already has a meaning" in editor.says.words()
    assert editor.take.isHidden()
    assert desk.actions.get("later").keys == before


def test_a_key_is_taken_away_and_the_usual_ones_come_back(page: KeysPage, desk: Desk) -> None:
    editor = edit(page, "undo")
    assert caps(editor) == ["Ctrl+Z", "U"]
    cap = next(cap for cap in editor.findChildren(KeyCap) if cap.key == "U")
    QTest.mouseClick(cap, Qt.MouseButton.LeftButton)
    assert caps(editor) == ["Ctrl+Z"]
    QTest.mouseClick(editor.usual, Qt.MouseButton.LeftButton)
    assert caps(editor) == ["Ctrl+Z", "U"]

    assert desk.settings.text("keys") == ""


def test_all_usual_keys_come_back_at_once(page: KeysPage, desk: Desk) -> None:
    assert not page.reset.isEnabled()
    for words, key in (("done", Qt.Key.Key_F9), ("undo", Qt.Key.Key_F10)):
        editor = edit(page, words)
        QTest.keyClick(editor.field, key)
        QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    assert desk.actions.get("undo").keys == ("Ctrl+Z", "U", "F10")
    QTest.mouseClick(page.reset, Qt.MouseButton.LeftButton)

    assert all(act.keys == desk.actions.usual_keys(act.name) for act in desk.actions)


def test_an_act_is_found_by_its_key_too(page: KeysPage) -> None:
    page.find_field.setFocus()
    QTest.keyClicks(page.find_field, "ctrl k")
    assert [act.name for act in page.model.acts] == ["palette"]
    QTest.keyClicks(page.find_field, "nonsense")

    assert page.model.acts == []
    assert page.findChild(ActList) is not None


def test_buttons_sheet_and_hints_follow_a_new_key(window: MainWindow, desk: Desk) -> None:
    desk.set_setting("keys", own_keys.write({"done": ("F8",), "palette": ("Ctrl+P",)}))
    tips = [button.toolTip() for button in window.findChildren(Button)]

    assert "Done  F8" in tips
    assert desk.actions.first_key("palette") == "Ctrl P"
    said = {line.label: line.keys for found in keys.lines(desk.actions).values() for line in found}
    assert said["Done"] == ("F8",)
    assert desk.actions.with_keys("Press {done} when") == "Press F8 when"


def test_a_single_letter_for_an_act_of_the_window_is_still_text_in_a_field(
    window: MainWindow, desk: Desk
) -> None:
    desk.set_setting("keys", own_keys.write({"show_later": ("Z",)}))
    QTest.keyClick(window.list.view, Qt.Key.Key_Z)
    assert window.list.place.name == "later"
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    QTest.keyClick(window.list.view, Qt.Key.Key_Slash)
    QTest.keyClicks(window.list.search.field, "z")

    assert window.list.place.name == "inbox"
    assert window.list.search.field.text() == "z"


def test_highlights_follow_the_keys_of_the_list(desk: Desk) -> None:
    for name in ("next", "trash"):
        desk.actions.add(Act(name, name, lambda: None, where=Where.LIST))
    desk.set_setting("keys", own_keys.write({"next": ("M",), "trash": ("Z",)}))
    model = HighlightModel(desk)
    model.show(None, array("q", [1, 2, 3]))
    found, removed = HighlightList(desk, model), []
    found.removed.connect(lambda: removed.append(True))
    found.setCurrentIndex(found.model().index(0, 0))
    QTest.keyClick(found, Qt.Key.Key_M)
    QTest.keyClick(found, Qt.Key.Key_J)
    QTest.keyClick(found, Qt.Key.Key_Z)

    assert found.currentIndex().row() == 1
    assert removed == [True]
    found.deleteLater()


def test_the_sheet_names_the_keys_of_every_view(window: MainWindow, desk: Desk) -> None:
    found = keys.lines(desk.actions)
    assert {"In Highlights", "While choosing a passage", "While cleaning a page"} <= set(found)
    assert {line.label: line.keys for line in found["In Highlights"]}["Remove it"] == ("X", "Del")
    QTest.keyClick(window.list.view, Qt.Key.Key_Question)
    sheet = window.overlays.current

    assert isinstance(sheet, keys.KeysSheet)
    assert "Copy as quotation with source: C or Ctrl C" in sheet.table.accessibleDescription()


@pytest.mark.parametrize(
    ("key", "held", "text", "expected"),
    [
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_J, SHIFT, "J", "Shift+J"),
        (Qt.Key.Key_F5, SHIFT, "", "Shift+F5"),
        (Qt.Key.Key_Shift, SHIFT, "", ""),
        (Qt.Key.Key_K, CTRL | SHIFT, "\x0b", "Ctrl+Shift+K"),
        (Qt.Key.Key_Udiaeresis, Qt.KeyboardModifier.NoModifier, "ü", "Ü"),
    ],
)
def test_a_press_becomes_a_key(
    qapp: object, key: Qt.Key, held: Qt.KeyboardModifier, text: str, expected: str
) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, held, text)

    assert own_keys.pressed(event) == expected


def test_what_is_no_mapping_of_keys_is_left_out(qapp: object) -> None:
    assert own_keys.read("") == {}
    assert own_keys.read("{") == {}
    assert own_keys.read("[1]") == {}
    assert own_keys.read('{"done": ["Q", 3, "no key"], "later": 4, "trash": []}') == {
        "done": ("Q",),
        "trash": (),
    }


def test_keys_of_an_act_that_is_not_there_yet_are_kept(qapp: object) -> None:
    actions = Actions()
    actions.add(Act("x", "X", lambda: None, ("X",)))

    assert own_keys.given(actions, {"not_yet": ("Q",)}, "x", ("Y",)) == {"not_yet": ("Q",), "x": ("Y",)}
    assert own_keys.given(actions, {"not_yet": ("Q",)}, "x", ("X",)) == {"not_yet": ("Q",)}


def test_delete_in_the_list_brings_an_acts_usual_keys_back(page: KeysPage, desk: Desk) -> None:
    desk.set_setting("keys", own_keys.write({"done": ("F9",), "trash": ("F10",)}))
    page.find_field.setFocus()
    QTest.keyClicks(page.find_field, "done")
    QTest.keyClick(page.find_field, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)

    assert desk.actions.get("done").keys == desk.actions.usual_keys("done")
    assert desk.actions.get("trash").keys == ("F10",)
