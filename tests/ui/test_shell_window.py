"""The window: views, widths, the Ctrl+K box, tags, banners, state, accessibility."""

import json
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from desktop.errors import NoSpace
from desktop.library import lists
from desktop.library.values import State, View
from desktop.ui.desk import Desk, Trouble
from desktop.ui.dialogs.confirm import Confirm
from desktop.ui.dialogs.report import ReportDialog
from desktop.ui.dialogs.why import WhyPrompt
from desktop.ui.keys.sheet import KeysSheet
from desktop.ui.palette.box import Palette
from desktop.ui.shell.state import WindowState
from desktop.ui.tags.editor import TagEditor
from desktop.ui.theme import Lengths
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def tags_of(desk: Desk, source_id: int) -> tuple[str, ...]:
    assert desk.reader is not None
    return lists.page(desk.reader, [source_id])[0].tags


def test_the_panes_have_the_widths_of_the_look(window: MainWindow) -> None:
    assert window.sidebar.width() == Lengths.SIDEBAR - 1
    assert window.list.width() == Lengths.LIST - 1
    assert window.reader.isVisible()


def test_narrow_windows_fold_the_sidebar_then_the_reader(
    window_on: Callable[..., MainWindow], desk: Desk
) -> None:
    window = window_on(desk, 1000, 640)
    assert window.sidebar.is_rail
    assert window.list.width() >= Lengths.LIST_MIN - 1
    assert window.reader.width() >= Lengths.READER_MIN

    window.resize(800, 600)
    assert window.list.isVisible()
    assert not window.reader.isVisible()
    QTest.keyClick(window.list.view, Qt.Key.Key_Return)
    assert window.reader.isVisible()
    assert not window.list.isVisible()
    assert desk.actions.action("back").isVisible()

    QTest.keyClick(window.reader, Qt.Key.Key_Escape)
    assert window.list.isVisible()
    assert not window.reader.isVisible()
    window.resize(1280, 800)
    assert window.reader.isVisible()
    assert not window.sidebar.is_rail


def test_keys_and_sidebar_open_lists_and_pages(window: MainWindow, desk: Desk, wait: Wait) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    wait(lambda: window.view_name == "later" and window.is_idle)
    assert window.list.bar.count == len(window.list.model.ids)
    entry = next(at for at, one in enumerate(window.sidebar.list.entries) if one.name.startswith("tag:"))
    name = window.sidebar.list.entries[entry].name
    index = window.sidebar.list.model().index(entry, 0)
    QTest.mouseClick(
        window.sidebar.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=window.sidebar.list.visualRect(index).center(),
    )
    wait(lambda: window.view_name == name and window.is_idle)
    assert window.list.bar.count == window.sidebar.list.entries[entry].count

    for page in ("settings", "connect"):
        desk.ask_view(page)
        assert window.view_name == page
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    wait(lambda: window.view_name == "inbox" and window.is_idle)


def test_the_box_finds_pages_and_opens_them(window: MainWindow, desk: Desk, wait: Wait) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.overlays.current
    assert isinstance(palette, Palette)
    QTest.keyClicks(palette.field, "query plan")
    wait(lambda: palette.model.items[0].title == "Passages" and palette.model.items[0].meta != "")
    wanted = palette.model.items[palette.list.currentIndex().row()]
    assert "query plan" in wanted.line
    assert wanted.marks
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.overlays.current is None)

    row = window.list.model.row_at(window.list.view.currentIndex().row())
    assert row is not None
    assert row.title == wanted.title


def test_the_box_lists_commands_and_runs_them(window: MainWindow, desk: Desk, wait: Wait) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.overlays.current
    assert isinstance(palette, Palette)
    QTest.keyClicks(palette.field, "> high contrast")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)

    assert desk.theme.name == "dark"
    assert window.overlays.current is None
    desk.set_setting("theme", "light")


def test_escape_closes_what_is_over_the_window_and_gives_the_focus_back(
    window: MainWindow, desk: Desk
) -> None:
    for name, kind in (("palette", Palette), ("keys", KeysSheet)):
        desk.actions.run(name)
        assert isinstance(window.overlays.current, kind)
        focus = window.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Escape)
        assert window.overlays.current is None
        assert window.list.view.hasFocus()


def test_tab_stays_inside_what_is_over_the_window(window: MainWindow, desk: Desk, wait: Wait) -> None:
    QTest.keyClick(window.list.view, Qt.Key.Key_NumberSign)
    editor = window.overlays.current
    assert isinstance(editor, TagEditor)
    wait(lambda: window.is_idle)
    for _ in range(6):
        focus = window.focusWidget()
        assert focus is not None
        assert editor.isAncestorOf(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)


def test_tags_are_edited_for_several_pages_in_one_act(window: MainWindow, desk: Desk, wait: Wait) -> None:
    ids = list(window.list.model.ids[:2])
    QTest.keyClick(window.list.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window.list.view, Qt.Key.Key_NumberSign)
    editor = window.overlays.current
    assert isinstance(editor, TagEditor)
    wait(lambda: window.is_idle)
    QTest.keyClicks(editor.field, "quarterly")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert "quarterly" in editor.words
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    wait(lambda: all("quarterly" in tags_of(desk, one) for one in ids) and window.is_idle)
    # The list of completions took the activation, and without a window manager nobody gives it back.
    window.activateWindow()
    wait(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    wait(lambda: not any("quarterly" in tags_of(desk, one) for one in ids))


def test_a_tag_is_taken_away_by_its_chip(window: MainWindow, desk: Desk, wait: Wait) -> None:
    source_id = next(one for one in window.list.model.ids if tags_of(desk, one))
    window.list.select_source(source_id)
    gone = tags_of(desk, source_id)[0]
    desk.actions.run("tag")
    editor = window.overlays.current
    assert isinstance(editor, TagEditor)
    wait(lambda: gone in editor.words)
    chip = next(one for one in editor.chips.findChildren(QAbstractButton) if one.property("word") == gone)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)

    wait(lambda: gone not in tags_of(desk, source_id))


def test_goals_are_given_in_own_words(window: MainWindow, desk: Desk, wait: Wait) -> None:
    source_id = window.list.current
    QTest.keyClick(window.list.view, Qt.Key.Key_G)
    editor = window.overlays.current
    assert isinstance(editor, TagEditor)
    wait(lambda: window.is_idle)
    QTest.keyClicks(editor.field, "Explain a forecast")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert desk.reader is not None

    wait(lambda: "Explain a forecast" in lists.page(desk.reader, [source_id])[0].goals)
    wait(lambda: any(one.label == "Explain a forecast" for one in window.sidebar.list.entries))


def test_done_asks_for_the_sentence_when_it_should(window: MainWindow, desk: Desk, wait: Wait) -> None:
    desk.set_setting("ask_why_on_done", True)
    source_id = window.list.current
    QTest.keyClick(window.list.view, Qt.Key.Key_E)
    prompt = window.overlays.current
    assert isinstance(prompt, WhyPrompt)
    QTest.keyClicks(prompt.field, "For the Thursday group.")
    QTest.keyClick(prompt.field, Qt.Key.Key_Return)
    assert desk.reader is not None
    wait(lambda: source_id in lists.ids(desk.reader, View(State.ARCHIVE)) and window.is_idle)

    assert lists.page(desk.reader, [source_id])[0].why == "For the Thursday group."


def test_deleting_for_good_asks_and_only_works_in_trash(window: MainWindow, desk: Desk, wait: Wait) -> None:
    assert not desk.actions.get("delete").is_enabled()
    desk.ask_view("trash")
    wait(lambda: window.view_name == "trash" and window.is_idle and bool(desk.selected))
    gone = desk.selected
    desk.actions.run("delete")
    box = window.overlays.current
    assert isinstance(box, Confirm)
    assert box.cancel.hasFocus()
    QTest.mouseClick(box.agree, Qt.MouseButton.LeftButton)
    assert desk.reader is not None

    wait(lambda: not lists.page(desk.reader, gone) and window.is_idle)


def test_troubles_are_rows_with_actions_and_go_away(window: MainWindow, desk: Desk) -> None:
    done: list[str] = []
    desk.trouble(
        Trouble(
            "The disk is full.", "Nothing is lost.", "bad", (("Try again", lambda: done.append("x")),), "k"
        )
    )
    desk.trouble(Trouble("The disk is still full.", "Nothing is lost.", "bad", (), "k"))
    assert window.banners.sentences == ["The disk is still full."]
    desk.trouble(
        Trouble("A file was set aside.", kind="warn", actions=(("Try again", lambda: done.append("x")),))
    )
    buttons = {one.text(): one for one in window.banners.findChildren(QAbstractButton) if one.isVisible()}
    QTest.mouseClick(buttons["Try again"], Qt.MouseButton.LeftButton)
    assert done == ["x"]

    desk.heal("k")
    assert window.banners.sentences == ["A file was set aside."]
    QTest.mouseClick(buttons["Dismiss"], Qt.MouseButton.LeftButton)
    assert window.banners.sentences == []


def test_errors_are_told_by_blame(window: MainWindow, desk: Desk, wait: Wait) -> None:
    def full(_writer: object) -> None:
        raise NoSpace("The disk is full, so nothing was saved.", "Free some space and try again.")

    def wrong(_writer: object) -> None:
        raise ValueError("planted")

    desk.tasks.run("plant", full)
    wait(lambda: window.banners.sentences == ["The disk is full, so nothing was saved."])
    assert window.overlays.current is None
    desk.tasks.run("plant", wrong)
    wait(lambda: isinstance(window.overlays.current, ReportDialog))
    report = window.overlays.current
    assert isinstance(report, ReportDialog)

    assert "planted" in report.findChild(QPlainTextEdit).toPlainText()


def test_a_failed_move_brings_the_row_back(
    window: MainWindow, desk: Desk, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: object, **_named: object) -> None:
        raise NoSpace("The disk refuses to write.")

    first = window.list.model.id_at(0)
    monkeypatch.setattr("desktop.ui.acts.captures.triage.move", refuses)
    QTest.keyClick(window.list.view, Qt.Key.Key_E)
    assert first not in window.list.model.ids
    wait(lambda: first in window.list.model.ids and window.is_idle)

    assert window.banners.sentences == ["The disk refuses to write."]


def test_the_windows_state_is_kept_and_damage_is_forgiven(window: MainWindow, desk: Desk, wait: Wait) -> None:
    desk.ask_view("archive")
    wait(lambda: window.view_name == "archive" and window.is_idle)
    window.resize(1111, 777)
    window.keep_state()
    kept = WindowState.load(desk.paths.window)
    assert (kept.width, kept.height, kept.view, kept.source) == (1111, 777, "archive", window.list.current)

    desk.paths.window.write_text(json.dumps({"width": "wide", "height": 12, "view": 5}))
    assert WindowState.load(desk.paths.window) == WindowState(height=360)
    desk.paths.window.write_bytes(b"\xff\x00{")
    assert WindowState.load(desk.paths.window) == WindowState()


def test_an_empty_library_says_the_next_step(
    window_on: Callable[..., MainWindow], empty_desk: Desk, wait: Wait
) -> None:
    window = window_on(empty_desk)
    assert window.list.empty.title == "Nothing saved yet"
    assert not window.reader.isVisible()
    QTest.mouseClick(window.list.empty._main, Qt.MouseButton.LeftButton)

    assert window.view_name == "connect"


def named(interface: QAccessibleInterface) -> bool:
    return bool(interface.text(QAccessible.Text.Name).strip())


def walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None and child.isValid():
            yield from walk(child)


SPEAKING = (
    QAccessible.Role.Button, QAccessible.Role.PushButton, QAccessible.Role.EditableText,
    QAccessible.Role.List, QAccessible.Role.ListItem, QAccessible.Role.Table, QAccessible.Role.Cell,
    QAccessible.Role.CheckBox, QAccessible.Role.ComboBox, QAccessible.Role.RadioButton,
    QAccessible.Role.Tree, QAccessible.Role.TreeItem,
)  # fmt: skip


@pytest.mark.parametrize("what", ["inbox", "palette", "keys", "tag", "rail", "empty", "trouble"])
def test_every_control_of_every_view_has_a_name(
    window: MainWindow, desk: Desk, wait: Wait, what: str
) -> None:
    if what == "rail":
        window.resize(900, 640)
    elif what == "trouble":
        desk.trouble(Trouble("Told.", actions=(("Try again", window.update),)))
    elif what == "empty":
        desk.actions.run("select_all")
        desk.actions.run("done")
    elif what != "inbox":
        desk.actions.run(what)
    wait(lambda: window.is_idle)
    top = QAccessible.queryAccessibleInterface(window)
    assert top is not None
    nameless = []
    for one in walk(top):
        state = one.state()
        if one.role() in SPEAKING and not state.invisible and not named(one):
            thing: QObject | None = one.object()
            nameless.append((one.role(), type(thing).__name__, thing.objectName() if thing else ""))

    assert nameless == []


def test_tab_reaches_every_button_and_the_three_panes(window: MainWindow, desk: Desk) -> None:
    seen: list[QWidget] = []
    window.list.view.setFocus()
    for _ in range(60):
        focus = window.focusWidget()
        assert focus is not None
        if focus in seen:
            break
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert window.sidebar.list in seen
    assert window.list.view in seen
    assert any(window.reader.isAncestorOf(one) for one in seen)
    missed = [
        one.accessibleName()
        for one in window.findChildren(QAbstractButton)
        if one.isVisible() and one.isEnabled() and one not in seen and not isinstance(one, QLineEdit)
    ]

    assert missed == []
