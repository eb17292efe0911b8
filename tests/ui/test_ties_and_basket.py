"""Links between pages and the share basket by real events: made, followed, changed, taken away, undone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.library import basket, links, lists, notes
from desktop.library.sense_values import Link, Reason
from desktop.ui.desk import Desk
from desktop.ui.link_dialog import LinkDialog
from desktop.ui.rows.model import BASKET_ROLE
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def links_of(desk: Desk, source_id: int) -> list[Link]:
    assert desk.reader is not None
    return links.of(desk.reader, source_id)


def title_of(desk: Desk, source_id: int) -> str:
    assert desk.reader is not None
    return lists.page(desk.reader, [source_id])[0].title


def buttons(window: MainWindow, words: str) -> list[QAbstractButton]:
    drawer = window.reader.drawers.drawer
    return [one for one in drawer.findChildren(QAbstractButton) if words in one.accessibleName()]


def sidebar_count(window: MainWindow, name: str) -> int:
    return next(one.count for one in window.sidebar.list.entries if one.name == name)


def test_two_pages_are_linked_by_keys_and_both_show_it(window: MainWindow, desk: Desk, wait: Wait) -> None:
    here, there = window.list.model.ids[:2]
    QTest.keyClick(window.list.view, Qt.Key.Key_Y)
    dialog = window.overlays.current
    assert isinstance(dialog, LinkDialog)
    wait(lambda: window.is_idle)
    QTest.keyClicks(dialog.field, title_of(desk, there)[:12])
    wait(lambda: window.is_idle and dialog.list.chosen is not None)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.sentence.hasFocus()
    dialog.reasons.segments()[1].setFocus()
    QTest.keyClick(dialog.reasons.segments()[1], Qt.Key.Key_Space)
    dialog.sentence.setFocus()
    QTest.keyClicks(dialog.sentence, "Other figures.")
    QTest.keyClick(dialog.sentence, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and bool(links_of(desk, here)))
    (link,) = links_of(desk, here)
    assert (link.other_id, link.reason, link.sentence) == (there, Reason.CONTRADICTS, "Other figures.")
    wait(lambda: window.reader.foot.ties.text() == "1 link")

    QTest.mouseClick(window.reader.foot.ties, Qt.MouseButton.LeftButton)
    assert buttons(window, f"contradicts {title_of(desk, there)}")
    QTest.mouseClick(buttons(window, "contradicts")[0], Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and window.list.current == there)
    wait(lambda: bool(buttons(window, f"is contradicted by {title_of(desk, here)}")))


def test_a_link_is_changed_and_removed_in_the_drawer_and_undone(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    here, there = window.list.model.ids[:2]
    desk.tasks.run("link", links.link, here, there, Reason.SEE)
    wait(lambda: window.is_idle and window.reader.foot.ties.text() == "1 link")
    window.reader.browser.setFocus()
    QTest.keyClick(window.reader.browser, Qt.Key.Key_B)
    QTest.mouseClick(buttons(window, "Change the link to")[0], Qt.MouseButton.LeftButton)
    dialog = window.overlays.current
    assert isinstance(dialog, LinkDialog)
    QTest.keyClicks(dialog.sentence, "The same mistake.")
    dialog.reasons.segments()[0].click()
    QTest.keyClick(dialog.sentence, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and links_of(desk, here)[0].reason is Reason.SUPPORTS)
    assert links_of(desk, here)[0].sentence == "The same mistake."
    desk.actions.run("undo")
    wait(lambda: window.is_idle and links_of(desk, here)[0].reason is Reason.SEE)
    assert not links_of(desk, here)[0].sentence

    wait(lambda: bool(buttons(window, "Remove the link to")))
    QTest.mouseClick(buttons(window, "Remove the link to")[0], Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and not links_of(desk, here))
    desk.actions.run("undo")
    wait(lambda: window.is_idle and len(links_of(desk, here)) == 1)


def test_a_page_cannot_be_linked_to_itself_and_escape_links_nothing(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    here = window.list.current
    QTest.keyClick(window.list.view, Qt.Key.Key_Y)
    dialog = window.overlays.current
    assert isinstance(dialog, LinkDialog)
    QTest.keyClicks(dialog.field, title_of(desk, here))
    wait(lambda: window.is_idle)
    assert all(one.fills != str(here) for one in dialog.list.answers.items)
    assert not dialog.agree.isEnabled()
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not links_of(desk, here)


def test_notes_about_a_page_stand_in_its_drawer(window: MainWindow, desk: Desk, wait: Wait) -> None:
    assert desk.reader is not None
    here = window.list.current
    cited = notes.citation(desk.reader, here)
    desk.tasks.run("note", notes.make, "Plan", f"See {cited}")
    wait(lambda: window.is_idle and window.reader.foot.ties.text() == "1 note")
    window.reader.ties.toggle()
    QTest.mouseClick(buttons(window, "my note Plan")[0], Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and window.view_name == "notes")


def test_s_puts_pages_into_the_basket_and_takes_them_out(window: MainWindow, desk: Desk, wait: Wait) -> None:
    assert desk.reader is not None
    before = basket.count(desk.reader)
    model = window.list.model
    ids = list(model.ids[:2])
    QTest.keyClick(window.list.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window.list.view, Qt.Key.Key_S)
    wait(lambda: window.is_idle and bool(model.index(0).data(BASKET_ROLE)))
    assert basket.holds(desk.reader, ids) == set(ids)
    assert not model.index(2).data(BASKET_ROLE)
    assert "in the basket" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    wait(lambda: sidebar_count(window, "basket") == before + 2)
    QTest.keyClick(window.list.view, Qt.Key.Key_S)
    wait(lambda: window.is_idle and not model.index(0).data(BASKET_ROLE))
    assert basket.count(desk.reader) == before
