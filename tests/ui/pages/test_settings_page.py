"""The settings page: derived rows, kept at once, found by words."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from desktop.errors import NoSpace
from desktop.settings import BY_NAME, SETTINGS, Settings
from desktop.store.changes import Changes, Noun
from desktop.ui.actions import Act
from desktop.ui.desk import Desk
from desktop.ui.keys.page import KeysPage
from desktop.ui.parts.segments import Segments
from desktop.ui.settings import view as settings_view
from desktop.ui.settings.rows import ChoiceButton, SettingRow, Tick
from desktop.ui.settings.safety_page import told
from desktop.ui.settings.view import BROWSERS, KEYS, LIBRARY, PAGES, SettingsView

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def page(empty_desk: Desk, wait: Wait) -> Iterator[SettingsView]:
    made = settings_view.make(empty_desk)
    assert isinstance(made, SettingsView)
    made.resize(1000, 760)
    made.show()
    yield made
    made.hide()
    wait(lambda: empty_desk.tasks.is_idle)
    made.deleteLater()


def row(page: SettingsView, name: str) -> SettingRow:
    return next(row for row in page.rows if row.setting.name == name)


def test_every_setting_that_is_not_hidden_has_a_row(page: SettingsView) -> None:
    assert [row.setting.name for row in page.rows] == [one.name for one in SETTINGS if not one.is_hidden]


def test_a_click_on_a_choice_is_kept_at_once(page: SettingsView, empty_desk: Desk) -> None:
    changes: list[Changes] = []
    empty_desk.changed.connect(changes.append)
    control = row(page, "reader_width").control
    assert isinstance(control, Segments)
    QTest.mouseClick(control.segments()[2], Qt.MouseButton.LeftButton)

    assert Settings.load(empty_desk.paths).number("reader_width") == 720
    assert Noun.SETTING in changes[0].nouns


def test_arrow_keys_move_the_choice(page: SettingsView, empty_desk: Desk) -> None:
    control = row(page, "density").control
    assert isinstance(control, Segments)
    control.segments()[0].setFocus()
    QTest.keyClick(control.segments()[0], Qt.Key.Key_Right)

    assert empty_desk.settings.text("density") == "compact"


def test_a_tick_is_kept_at_once_by_click_and_by_space(page: SettingsView, empty_desk: Desk) -> None:
    control = row(page, "less_motion").control
    assert isinstance(control, Tick)
    QTest.mouseClick(control, Qt.MouseButton.LeftButton, pos=QPoint(24, 16))
    assert empty_desk.settings.flag("less_motion") is True

    QTest.keyClick(control, Qt.Key.Key_Space)
    assert empty_desk.settings.flag("less_motion") is False


def test_many_choices_open_as_a_menu(page: SettingsView, empty_desk: Desk) -> None:
    page.nav.choose("Inbox")
    control = row(page, "list_order").control
    assert isinstance(control, ChoiceButton)
    menu = control.menu_of_choices()
    assert [action.text() for action in menu.actions()][:2] == ["Newest", "Oldest"]
    menu.actions()[4].trigger()
    menu.deleteLater()

    assert empty_desk.settings.text("list_order") == "title"
    assert control.text() == "Title"


def test_a_change_elsewhere_shows_here(page: SettingsView, empty_desk: Desk) -> None:
    empty_desk.set_setting("reader_font", "sans")
    control = row(page, "reader_font").control
    assert isinstance(control, Segments)

    assert [segment.isChecked() for segment in control.segments()] == [False, True]


def test_a_disk_that_refuses_shows_what_holds_and_says_why(
    page: SettingsView, empty_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    empty_desk.said.connect(lambda text, _undo: said.append(text))

    def refuse(_settings: Settings, _name: str, _value: object) -> None:
        raise NoSpace("The setting could not be kept (No space left on device).")

    monkeypatch.setattr(Settings, "set", refuse)
    control = row(page, "reader_width").control
    assert isinstance(control, Segments)
    QTest.mouseClick(control.segments()[0], Qt.MouseButton.LeftButton)

    assert said == ["The setting could not be kept (No space left on device)."]
    assert control.segments()[1].isChecked()


def test_a_setting_is_found_by_its_words_on_any_page(page: SettingsView) -> None:
    page.find_field.setFocus()
    QTest.keyClicks(page.find_field, "pictures fetch")
    shown = [row.setting.name for row in page._found_rows if row.isVisible()]
    assert shown == ["fetch_after_save"]

    QTest.keyClicks(page.find_field, " zzz")
    assert page._nothing.words() == "No setting has these words."
    page.find_field.clear()
    assert page.pages.currentIndex() == 0


def test_each_page_opens_from_its_name(page: SettingsView) -> None:
    for number, name in enumerate(PAGES):
        button = page.nav.group.button(number)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert button.accessibleName() == name
        assert page.pages.currentIndex() == number


def test_the_keys_come_from_the_registry(page: SettingsView, empty_desk: Desk) -> None:
    empty_desk.actions.add(Act("fly", "Fly", lambda: None, ("Ctrl+Shift+Y",), group="Aloft"))
    page.nav.choose(KEYS)
    shown = page.pages.currentWidget()
    assert isinstance(shown, KeysPage)
    model, role = shown.model, Qt.ItemDataRole.AccessibleTextRole

    assert "Fly: Ctrl Shift Y" in [model.index(row).data(role) for row in range(model.rowCount())]


def test_the_library_page_says_where_and_how_much(page: SettingsView, empty_desk: Desk, wait: Wait) -> None:
    page.nav.choose(LIBRARY)
    library = page.pages.currentWidget()
    wait(lambda: "0 pages" in library.held.words.words())  # type: ignore[attr-defined]

    from desktop.library.values import Counts

    assert told(Counts(1, 2, 3, 4, 1)) == "1 page: 1 in Inbox, 2 in Later, 3 in Archive. 4 in Trash."


def test_browsers_stand_here_too(page: SettingsView, wait: Wait) -> None:
    from desktop.ui.connect.rows import BrowserRow

    page.nav.choose(BROWSERS)
    wait(lambda: len(page.pages.currentWidget().findChildren(BrowserRow)) == 2)


def test_a_narrow_window_keeps_the_icons_of_the_pages(page: SettingsView) -> None:
    page.resize(600, 600)
    assert page.nav.width() == 52
    page.resize(1000, 600)
    assert page.nav.width() == 224


def test_every_control_has_a_name_and_its_help(page: SettingsView) -> None:
    for one in page.rows:
        assert one.control.accessibleName()
        assert one.control.accessibleDescription() == BY_NAME[one.setting.name].help
    controls = [*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit)]
    # The magnifier inside the field is no control: it cannot be reached and does nothing.
    named = [one for one in controls if not isinstance(one.parent(), QLineEdit)]
    assert [one for one in named if not one.accessibleName()] == []
