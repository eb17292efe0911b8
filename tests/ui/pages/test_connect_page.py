"""The connect page: what it finds, its one button, and that it notices by itself."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.ui.connect import view as connect_view
from desktop.ui.connect.rows import BrowserRow, HowTo, Signed
from desktop.ui.connect.view import ConnectView
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def page(empty_desk: Desk, wait: Wait) -> Iterator[ConnectView]:
    made = connect_view.make(empty_desk)
    assert isinstance(made, ConnectView)
    made.resize(800, 700)
    made.show()
    wait(lambda: len(made.browsers.rows()) == 2)
    yield made
    made.hide()
    wait(lambda: empty_desk.tasks.is_idle)
    made.deleteLater()


def row(page: ConnectView, key: str) -> BrowserRow:
    return next(row for row in page.browsers.rows() if row.card.key == key)


def press(page: ConnectView, key: str) -> None:
    button = row(page, key).button
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_both_browsers_are_found_and_the_others_named(page: ConnectView) -> None:
    assert [one.card.name for one in page.browsers.rows()] == ["Chromium", "Firefox"]
    assert page.browsers.intro.words().startswith("Two browsers were found.")
    assert "Opera" in page.browsers.absent.words()


def test_there_is_one_main_button(page: ConnectView) -> None:
    kinds = [one.button._kind for one in page.browsers.rows() if one.button is not None]

    assert kinds == ["main", "plain"]


def test_one_press_registers_and_shows_the_next_step(page: ConnectView, wait: Wait, empty_desk: Desk) -> None:
    press(page, "firefox")
    wait(lambda: row(page, "firefox").card.state == "one step left")

    assert row(page, "chromium").card.state == "not registered yet"
    assert next(state for state in page.browsers.states if state.key == "firefox").path.is_file()


def test_the_steps_unfold_and_their_addresses_can_be_copied(page: ConnectView, wait: Wait) -> None:
    press(page, "firefox")
    wait(lambda: row(page, "firefox").card.act == "steps")
    press(page, "firefox")
    [steps] = row(page, "firefox").findChildren(HowTo)
    copies = steps.findChildren(Button)
    QTest.mouseClick(copies[0], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() in ("about:debugging#/runtime/this-firefox", "make extension")

    press(page, "firefox")
    assert row(page, "firefox").findChildren(HowTo) == []


def test_a_hello_is_noticed_without_any_click(
    page: ConnectView, wait: Wait, hello: Callable[..., None]
) -> None:
    press(page, "firefox")
    wait(lambda: row(page, "firefox").card.state == "one step left")
    hello("firefox", pinned=False)

    wait(lambda: row(page, "firefox").card.state == "connected")
    assert "not pinned" in row(page, "firefox").card.sentence
    assert row(page, "firefox").button is None


def test_a_page_that_is_not_seen_looks_at_nothing(page: ConnectView) -> None:
    page.hide()

    assert not [timer for timer in page.findChildren(QTimer) if timer.isActive() and timer.interval() == 3000]


def test_every_button_says_for_which_browser_it_is(page: ConnectView) -> None:
    names = [one.button.accessibleName() for one in page.browsers.rows() if one.button is not None]

    assert names == ["Register: Chromium", "Register: Firefox"]


def test_a_browser_that_cannot_say_whether_it_is_pinned_is_shown_so(
    page: ConnectView, wait: Wait, hello: Callable[..., None]
) -> None:
    press(page, "firefox")
    wait(lambda: row(page, "firefox").card.state == "one step left")
    hello("firefox", pinned=None)
    wait(lambda: row(page, "firefox").card.state == "connected")

    signs = [sign.accessibleName() for sign in row(page, "firefox").findChildren(Signed)]
    assert "pinned: not known" in signs
    assert not page.grab().isNull()
