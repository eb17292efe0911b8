"""The page of people by real events: somebody new, six words, a changed key, circles, what went between."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.library import basket_draft, lists, undo
from desktop.share import circles, persons, receiving, sent, trust
from desktop.share.persons import Person
from desktop.share.trust import KeyState
from desktop.share.values import Sender
from desktop.share.words import words_of
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.ui.acts.circles import CircleChoice
from desktop.ui.desk import Desk
from desktop.ui.people.forms import CircleForm, PersonForm
from desktop.ui.people.parts import Filter
from desktop.ui.people.view import PeopleView
from desktop.ui.rows.delegate import row_pills
from desktop.ui.window import MainWindow
from tests.support.colleagues import item, pack, sealed

Wait = Callable[[Callable[[], bool]], None]
FIRST, SECOND = Sender("Farida", "a1" * 32), Sender("Farida", "b2" * 32)


def writer_of(desk: Desk) -> Writer:
    assert desk.library is not None
    assert desk.library.writer is not None
    return desk.library.writer


def reader_of(desk: Desk) -> Reader:
    assert desk.reader is not None
    return desk.reader


def person(desk: Desk, name: str) -> Person:
    found = persons.named(reader_of(desk), name)
    assert found is not None
    return found


@pytest.fixture
def view(window: MainWindow, wait: Wait) -> PeopleView:
    window.show_view("people")
    shown = window.stack.currentWidget()
    assert isinstance(shown, PeopleView)
    wait(lambda: window.is_idle and bool(shown.sites))
    return shown


def show(view: PeopleView, window: MainWindow, wait: Wait, name: str) -> None:
    window.show_view(f"person:{name}")
    wait(lambda: window.is_idle and view.name.words() == name)


def test_somebody_new_takes_a_name_and_enter_and_can_be_undone(
    view: PeopleView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClick(view.list, Qt.Key.Key_N)
    form = window.overlays.current
    assert isinstance(form, PersonForm)
    QTest.keyClicks(form.name, "Wanda")
    QTest.keyClick(form.name, Qt.Key.Key_Tab)
    QTest.keyClicks(form.address, "no address")
    QTest.keyClick(form.address, Qt.Key.Key_Return)
    wait(lambda: window.is_idle)
    assert window.overlays.current is form, "nothing that was typed is lost"
    form.address.setText("wanda@team.example")
    form.circles.boxes[circles.TEAM].setChecked(True)
    QTest.keyClick(form.address, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and view.name.words() == "Wanda")

    assert view.pane.reach.words() == "wanda@team.example · Team"
    made = person(desk, "Wanda").row
    assert (made.address, made.circles) == ("wanda@team.example", (circles.TEAM,))
    undo.undo(writer_of(desk))
    assert persons.named(reader_of(desk), "Wanda") is None


def test_a_person_is_changed_by_f2_with_their_name_as_one_act(
    view: PeopleView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    before = persons.everybody(reader_of(desk))
    name = before.people[0].row.name
    show(view, window, wait, name)
    QTest.keyClick(view.list, Qt.Key.Key_F2)
    form = window.overlays.current
    assert isinstance(form, PersonForm)
    form.name.setText("Another Name")
    form.met.setPlainText("At the guild.")
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and view.name.words() == "Another Name")

    assert view.pane.met.words.words() == "At the guild."
    assert person(desk, "Another Name").row.brought == before.people[0].row.brought
    undo.undo(writer_of(desk))
    assert persons.everybody(reader_of(desk)) == before


def test_six_words_are_compared_and_a_difference_is_said(
    view: PeopleView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    trust.accept(writer_of(desk), FIRST)
    show(view, window, wait, "Farida")
    part = view.pane.trust
    assert part.known.words == words_of(FIRST.key)
    assert len(part.known.words) == 6
    QTest.mouseClick(part.buttons["same"], Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and person(desk, "Farida").state is KeyState.CONFIRMED)
    wait(lambda: not part.buttons["same"].isVisible())

    QTest.mouseClick(part.buttons["differ"], Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and person(desk, "Farida").state is KeyState.REFUSED)


def came(desk: Desk, sender: Sender) -> None:
    """A pack under a known name with another key waits: it was opened, and kept for later."""
    opened = sealed(pack(item(), sender=sender))
    receiving.keep_offer(writer_of(desk), reader_of(desk), opened)
    desk.announce(Changes(frozenset({Noun.PACK})))


@pytest.mark.parametrize("button", ["accept", "refuse"])
def test_a_changed_key_is_shown_beside_the_known_one_until_it_is_decided(
    view: PeopleView, window: MainWindow, desk: Desk, wait: Wait, button: str
) -> None:
    trust.accept(writer_of(desk), FIRST)
    came(desk, SECOND)
    show(view, window, wait, "Farida")
    part = view.pane.trust
    assert (part.known.words, part.other.words) == (words_of(FIRST.key), words_of(SECOND.key))
    assert part.other.isVisible()

    QTest.mouseClick(part.buttons[button], Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and person(desk, "Farida").state is KeyState.KNOWN)
    assert person(desk, "Farida").key == (SECOND.key if button == "accept" else FIRST.key)
    wait(lambda: not part.other.isVisible())


def test_the_numbers_open_what_they_count_and_a_pack_opens_from_the_list(
    view: PeopleView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    made = persons.write(writer_of(desk), "", "Wanda", address="", how_met="", topics="", circle_ids=()).made
    sent.record(writer_of(desk), pack(item()), way="mail", person_id=made)
    desk.announce(Changes(frozenset({Noun.PACK})))
    show(view, window, wait, "Wanda")
    wait(lambda: view.brought.values.rowCount() == 1)
    assert [one.text() for one in view.pane.numbers.all] == ["0", "1", "0", "0"]

    numbers = {one.name: one for one in view.pane.numbers.all}
    QTest.keyClick(numbers["came"], Qt.Key.Key_Space)
    assert view.brought.values.rowCount() == 0
    assert view.pane.nothing.isVisible()
    QTest.keyClick(numbers["came"], Qt.Key.Key_Space)
    assert view.pane.title.words() == "Between us"
    view.brought.choose(0)
    QTest.keyClick(view.brought, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and view.pane.title.words() == "For the migration")
    assert [one.title for one in view.brought.values.items] == ["Title of a"]


def test_sharing_with_somebody_addresses_the_basket(
    view: PeopleView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    name = persons.everybody(reader_of(desk)).people[0].row.name
    show(view, window, wait, name)
    QTest.mouseClick(view.pane.share, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and window.stack.currentWidget() is not view)

    assert basket_draft.draft(reader_of(desk)).person_id == person(desk, name).row.id > 0


def test_a_circle_is_made_filled_shown_and_deleted_with_undo(
    view: PeopleView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    made = persons.write(writer_of(desk), "", "Wanda", address="", how_met="", topics="", circle_ids=()).made
    desk.announce(Changes(frozenset({Noun.PERSON})))
    wait(lambda: window.is_idle and any(one.row.name == "Wanda" for one in view.people))
    QTest.mouseClick(view.filters.widgets()[-1], Qt.MouseButton.LeftButton)
    form = window.overlays.current
    assert isinstance(form, CircleForm)
    assert form.name is not None
    QTest.keyClicks(form.name, "Data guild")
    form.people.boxes[made].setChecked(True)
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and len(view.circles) == 4)

    pill = next(one for one in view.filters.widgets() if isinstance(one, Filter) and one.circle_id > 3)
    assert pill.text() == "Data guild 1"
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert [one.row.name for one in view.list.values.items] == ["Wanda"]
    view._remove_circle(pill.circle_id)
    wait(lambda: window.is_idle and len(view.circles) == 3)
    undo.undo(writer_of(desk))
    assert [one.members for one in circles.all_of(reader_of(desk))][-1] == 1


def test_for_whom_pages_are_is_said_from_the_list_in_bulk_and_shown_on_them(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    wait(lambda: window.is_idle and len(window.list.model.ids) > 2)
    window.list.view.setFocus()
    QTest.keyClick(window.list.view, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    ids = desk.selected
    assert len(ids) == 2
    QTest.keyClick(window.list.view, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    wait(lambda: isinstance(window.overlays.current, CircleChoice))
    form = window.overlays.current
    assert isinstance(form, CircleChoice)
    QTest.keyClicks(form.circle, "Team")
    QTest.keyClick(form.circle, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.overlays.current is None)

    assert {row.circle_id for row in lists.page(reader_of(desk), ids)} == {circles.TEAM}
    row = lists.page(reader_of(desk), ids)[0]
    assert "Team only" in [pill.text for pill in row_pills(row)]
    undo.undo(writer_of(desk))
    assert circles.circle_of(reader_of(desk), ids[0]) == 0
