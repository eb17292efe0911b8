"""Balance, self-check, people and what comes back, by real keys: every number opens what it counts."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.learning import balance, days, memory, people, selfcheck
from desktop.library import lists, triage
from desktop.library.marks import annotations
from desktop.library.sense_values import Colour
from desktop.library.values import State
from desktop.store.writer import Writer
from desktop.ui.balance.acts import ActsList
from desktop.ui.balance.selfcheck import SelfCheck
from desktop.ui.balance.view import BalanceView
from desktop.ui.desk import Desk
from desktop.ui.people.view import PeopleView
from desktop.ui.review.resurfacing_view import ResurfacingView
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MONTH = 30 * 24 * 3600 * 1000


def writer_of(desk: Desk) -> Writer:
    assert desk.library is not None
    assert desk.library.writer is not None
    return desk.library.writer


def marks(desk: Desk, number: int) -> list[int]:
    """Highlights that are a month old."""
    reader, writer = desk.reader, writer_of(desk)
    assert reader is not None
    made = []
    for (source_id,) in reader.rows("SELECT id FROM source WHERE state = 'inbox' ORDER BY id"):
        detail = lists.detail(reader, source_id)
        assert detail is not None
        if detail.is_link_only or len(made) == number:
            continue
        made.append(annotations.highlight(writer, detail.capture_id, 0, 24, Colour.SKY, "Mine.").made)

    def age(session: object) -> None:
        session.connection().exec_driver_sql(f"UPDATE annotation SET made_at = made_at - {MONTH}")  # type: ignore[attr-defined]

    writer.run(age)
    return made


@pytest.fixture
def view(window: MainWindow, desk: Desk, wait: Wait) -> BalanceView:
    """Balance, by its key, after some acts."""
    writer = writer_of(desk)
    for source_id in list(window.list.model.ids)[:4]:
        triage.move(writer, [source_id], State.LATER)
    QTest.keyClick(window, Qt.Key.Key_B, CTRL | SHIFT)
    shown = window.stack.currentWidget()
    assert isinstance(shown, BalanceView)
    wait(lambda: window.is_idle and shown.shown is not None)
    return shown


def test_the_numbers_are_those_of_the_log_and_open_their_acts(
    view: BalanceView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    assert desk.reader is not None
    stand = balance.stand(desk.reader)
    assert [one.number for one in view.figures.figures] == [stand.seek, stand.sense, stand.share]

    sense = view.figures.figures[1]
    sense.setFocus()
    QTest.keyClick(sense, Qt.Key.Key_Space)
    opened = window.overlays.current
    assert isinstance(opened, ActsList)
    wait(lambda: window.is_idle)
    assert opened.list.values.rowCount() == stand.sense
    assert opened.list.hasFocus()
    QTest.keyClick(opened.list, Qt.Key.Key_Escape)
    assert window.overlays.current is None


def test_a_bar_of_the_chart_opens_the_acts_of_its_week_by_key(
    view: BalanceView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    assert view.shown is not None
    view.chart.setFocus()
    QTest.keyClick(view.chart, Qt.Key.Key_End)
    QTest.keyClick(view.chart, Qt.Key.Key_Left)
    QTest.keyClick(view.chart, Qt.Key.Key_Return)
    opened = window.overlays.current
    assert isinstance(opened, ActsList)
    wait(lambda: window.is_idle)

    this_week = view.shown.weeks[-1]
    assert opened.list.values.rowCount() == this_week.sense
    assert "Sense" in opened.title


def test_another_stretch_of_time_is_chosen_by_keys(view: BalanceView, window: MainWindow, wait: Wait) -> None:
    view.spans.segments()[1].setFocus()
    QTest.keyClick(view.spans.segments()[1], Qt.Key.Key_Right)
    wait(lambda: window.is_idle and view.shown is not None and len(view.shown.weeks) == 52)


def test_the_self_check_is_answered_by_keyboard_beside_the_quarter_before(
    view: BalanceView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    quarter = days.quarter_of(days.today())
    selfcheck.write(writer_of(desk), days.quarter_before(quarter), 1, "Mostly from videos.")
    view.refresh()
    wait(lambda: window.is_idle and "videos" in view.rows[0].before.words())
    view.answer.setFocus()
    QTest.keyClick(view.answer, Qt.Key.Key_Space)
    dialog = window.overlays.current
    assert isinstance(dialog, SelfCheck)
    assert "videos" in dialog.before.words()
    QTest.keyClicks(dialog.field, "To say a range aloud.")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return, CTRL)
    assert dialog.number == 2
    QTest.keyClicks(dialog.field, "Half a thought")
    QTest.keyClick(dialog.field, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.number == 1
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    wait(lambda: window.is_idle and view.rows[1].answer.words() == "Half a thought")

    assert desk.reader is not None
    answers = selfcheck.read(desk.reader, quarter)
    assert [one.answer for one in answers[:2]] == ["To say a range aloud.", "Half a thought"]
    assert view.answer.text() == "Answer this quarter’s, 2 of 12 done"


def test_people_say_what_they_brought_and_a_note_about_them_is_kept(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    reader = desk.reader
    assert reader is not None
    name = people.all_of(reader)[0].name
    window.show_view("people")
    view = window.stack.currentWidget()
    assert isinstance(view, PeopleView)
    wait(lambda: window.is_idle and bool(view.sites) and view.brought.values.rowCount() > 0)
    assert view.name.words() == name
    assert view.brought.values.rowCount() == len(people.brought(reader, name))

    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    QTest.keyClicks(view.note.editor, "Ask about joins.")
    QTest.keyClick(view.note.editor, Qt.Key.Key_Return, CTRL)
    wait(lambda: window.is_idle and people.all_of(reader)[0].note == "Ask about joins.")

    view.brought.choose(0)
    QTest.keyClick(view.brought, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.stack.currentWidget() is window.split)


def test_old_highlights_are_off_until_asked_for_and_cards_are_answered_by_number(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    made = marks(desk, 4)
    memory.remember(writer_of(desk), made[:1])
    window.show_view("resurfacing")
    view = window.stack.currentWidget()
    assert isinstance(view, ResurfacingView)
    wait(lambda: window.is_idle and view.card.isVisible())
    assert not view._kept
    assert view.card.quote.words() == "Mine."

    QTest.keyClick(view.card, Qt.Key.Key_3)
    assert not view.card.is_shown, "an answer before it was shown is none"
    QTest.keyClick(view.card, Qt.Key.Key_Space)
    assert view.card.is_shown
    QTest.keyClick(view.card, Qt.Key.Key_3)
    reader = desk.reader
    assert reader is not None
    wait(lambda: window.is_idle and memory.counts(reader) == (0, 1))
    wait(lambda: not view.card.isVisible())

    QTest.keyClick(view.turn_on, Qt.Key.Key_Space)
    wait(lambda: window.is_idle and len(view._kept) == 3)
    assert desk.settings.flag("resurfacing")
    first = view._kept[0].id
    card = view._column.itemAt(0).widget()
    QTest.mouseClick(card.button, Qt.MouseButton.LeftButton)  # type: ignore[union-attr]
    wait(lambda: first in memory.of_annotations(reader, [first]))
    wait(lambda: window.is_idle)
    assert len(view._kept) == 3, "today's three stay"


def test_r_remembers_the_highlights_of_a_page_and_forgets_them_again(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    (made,) = marks(desk, 1)
    reader = desk.reader
    assert reader is not None
    source_id = reader.rows("SELECT source_id FROM annotation WHERE id = ?", (made,))[0][0]
    window.list.select_source(source_id)
    wait(lambda: desk.selected == (source_id,))
    QTest.keyClick(window.list.view, Qt.Key.Key_R)
    wait(lambda: window.is_idle and memory.of_annotations(reader, [made]) == {made})
    QTest.keyClick(window.list.view, Qt.Key.Key_R)
    wait(lambda: window.is_idle and not memory.of_annotations(reader, [made]))


def test_where_one_stands_is_said_only_with_enough_acts(view: BalanceView) -> None:
    assert view.shown is not None
    stands = view.shown.stands
    assert len(stands) == 5
    assert view.says.words().startswith(stands[-1].sentence)
    assert date.fromisoformat(view.shown.weeks[0].week) == days.week_of(days.today()) - timedelta(weeks=11)
