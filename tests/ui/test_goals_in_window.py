"""Goals by keyboard in the real window: made, attached to, raised by evidence, closed, undone."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.learning import days, evidence, goals, levels
from desktop.learning.values import EvidenceKind, EvidenceRow, Goal, GoalState, Thing
from desktop.library import undo
from desktop.library.marks import annotations
from desktop.library.sense_values import Colour
from desktop.ui.desk import Desk
from desktop.ui.goals import words as goal_words
from desktop.ui.goals.evidence_picker import EvidencePicker
from desktop.ui.goals.form import GoalForm, StepForm
from desktop.ui.goals.level_form import LevelForm
from desktop.ui.goals.page import GoalView
from desktop.ui.goals.view import GoalsView
from desktop.ui.guide.goal import GoalPage
from desktop.ui.highlights.view import HighlightsView
from desktop.ui.parts.line_dialog import LineDialog
from desktop.ui.tags.editor import TagEditor
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]


def goal(desk: Desk, skill: str) -> Goal:
    assert desk.reader is not None
    goal_id = goals.by_skill(desk.reader, skill)
    found = goals.read(desk.reader, goal_id) if goal_id else None
    assert found is not None
    return found


def shown(desk: Desk, skill: str) -> list[EvidenceRow]:
    assert desk.reader is not None
    return evidence.of_goal(desk.reader, goal(desk, skill).id)


def page_of(window: MainWindow, wait: Wait, view: str) -> QWidget:
    window.show_view(view)
    wait(lambda: window.is_idle)
    page = window.stack.currentWidget()
    assert page is not None
    return page


@pytest.fixture
def sql(window: MainWindow, desk: Desk) -> int:
    """A goal with two pieces of evidence, the first of today."""
    assert desk.library is not None
    assert desk.library.writer is not None
    writer = desk.library.writer
    made = goals.make(writer, "SQL", why="So that month-end is mine", level_from=1, level_to=3,
                      next_step="Rebuild the table", tags=["hiring"]).made  # fmt: skip
    evidence.feedback(writer, made, "Jonas", "Readable.")
    evidence.feedback(writer, made, "Mira", "Faster.", (days.today() - timedelta(days=9)).isoformat())
    return made


def test_a_goal_is_made_by_keys_and_its_page_opens(window: MainWindow, desk: Desk, wait: Wait) -> None:
    page = page_of(window, wait, "goals")
    assert isinstance(page, GoalsView)
    QTest.keyClick(page.list, Qt.Key.Key_N)
    form = window.overlays.current
    assert isinstance(form, GoalForm)
    assert not form.agree.isEnabled()

    QTest.keyClicks(form.skill, "Explain a forecast")
    QTest.keyClicks(form.why, "They ask for one number")
    QTest.keyClicks(form.by, "not a day")
    QTest.keyClick(form.by, Qt.Key.Key_Return)
    assert form.fault.words() == "“not a day” is no day."
    form.by.setText("2031-03-31")
    form.now.setCurrentIndex(4)
    QTest.keyClick(form.by, Qt.Key.Key_Return)
    assert form.fault.words() == "The aim lies below the level at which you begin."
    form.now.setCurrentIndex(0)
    QTest.keyClick(form.by, Qt.Key.Key_Return)

    wait(lambda: window.view_name == "goal" and window.overlays.current is None)
    made = goal(desk, "Explain a forecast")
    assert (made.why, made.by_date, made.level, made.level_to) == (
        "They ask for one number",
        "2031-03-31",
        0,
        3,
    )
    wait(lambda: any(one.label == "Explain a forecast" for one in window.sidebar.list.entries))
    assert desk.reader is not None
    row = next(one for one in goals.all_of(desk.reader) if one.id == made.id)
    assert goal_words.movement(row, date.today())[0].startswith("new since ")


def test_goals_are_sorted_parted_by_state_deleted_and_brought_back(
    window: MainWindow, desk: Desk, wait: Wait, sql: int
) -> None:
    page = page_of(window, wait, "goals")
    assert isinstance(page, GoalsView)
    page.sort_by("skill")
    skills = [line.row.skill for line in page.list.values.items]
    assert skills == sorted(skills, key=str.casefold)
    page.list.setCurrentIndex(page.list.values.index(skills.index("SQL")))
    QTest.keyClick(page.list, Qt.Key.Key_X)
    wait(lambda: "SQL" not in [line.row.skill for line in page.list.values.items])

    desk.actions.run("undo")
    wait(lambda: "SQL" in [line.row.skill for line in page.list.values.items])
    desk.tasks.run("close", goals.close, sql, GoalState.DROPPED)
    wait(lambda: page.tabs.tabs[2].accessibleName() == "Dropped 1")
    page.tabs.choose(GoalState.DROPPED)

    assert [line.row.skill for line in page.list.values.items] == ["SQL"]


def test_a_page_of_a_goal_shows_its_evidence_and_charts_that_speak(
    window: MainWindow, desk: Desk, wait: Wait, sql: int
) -> None:
    page = page_of(window, wait, f"goal:{sql}")
    assert isinstance(page, GoalView)
    body = page.body

    assert [entry.meta for entry in body.list.values.items] == ["Jonas", "Mira"]
    assert body.ladder.sentence == "Now: can follow. Aim: can do alone."
    assert body.line.sentence.endswith("2 pieces of evidence.")
    assert body.candidates.column.count() > 0  # pages tagged hiring are suggested
    body.bars.setFocus()
    QTest.keyClick(body.bars, Qt.Key.Key_End)
    assert body.bars.said == "this week: 0 minutes"


def test_the_level_rises_only_with_a_sentence_and_chosen_evidence(
    window: MainWindow, desk: Desk, wait: Wait, sql: int
) -> None:
    page = page_of(window, wait, f"goal:{sql}")
    assert isinstance(page, GoalView)
    QTest.keyClick(page.body.list, Qt.Key.Key_R)
    form = window.overlays.current
    assert isinstance(form, LevelForm)
    assert form.missing.words() == "Not yet: a level changes with a sentence."
    QTest.keyClicks(form.sentence, "Month-end ran from my query.")
    assert form.missing.words().startswith("Not yet: choose at least one piece")
    assert not form.agree.isEnabled()

    QTest.keyClick(form.list, Qt.Key.Key_Down)
    QTest.keyClick(form.list, Qt.Key.Key_Space)
    form.day.setText("2999-01-01")
    assert form.missing.words() == "Not yet: that day is still to come."
    form.day.clear()
    QTest.keyClick(form.sentence, Qt.Key.Key_Return)

    wait(lambda: goal(desk, "SQL").level == 2)
    assert desk.reader is not None
    (step,) = levels.of_goal(desk.reader, sql)
    assert (step.sentence, len(step.evidence_ids)) == ("Month-end ran from my query.", 1)
    wait(lambda: page.body.list.values.items[0].title == "Level raised: can do with help")
    desk.actions.run("undo")
    wait(lambda: goal(desk, "SQL").level == 1)


def test_pages_are_found_and_attached_with_one_sentence(
    window: MainWindow, desk: Desk, wait: Wait, sql: int
) -> None:
    page = page_of(window, wait, f"goal:{sql}")
    assert isinstance(page, GoalView)
    QTest.keyClick(page.body.list, Qt.Key.Key_A)
    picker = window.overlays.current
    assert isinstance(picker, EvidencePicker)
    wait(lambda: len(picker.offers) > 2)
    title = picker.offers[2].title
    QTest.keyClicks(picker.field, title[:12])
    wait(lambda: bool(picker.offers) and picker.offers[0].title == title)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.sentence.hasFocus()
    QTest.keyClicks(picker.sentence, "Used it on Monday")
    QTest.keyClick(picker.sentence, Qt.Key.Key_Return)

    wait(lambda: len(shown(desk, "SQL")) == 3)
    found = next(row for row in shown(desk, "SQL") if row.kind is EvidenceKind.CAPTURE)
    assert (found.title, found.sentence) == (title, "Used it on Monday")


def test_a_certificate_is_a_file_and_feedback_a_sentence(
    window: MainWindow, desk: Desk, wait: Wait, sql: int, tmp_path: Path
) -> None:
    page = page_of(window, wait, f"goal:{sql}")
    assert isinstance(page, GoalView)
    file = tmp_path / "certificate.pdf"
    file.write_bytes(b"%PDF-1.7\n%certificate")
    page.act("attach")
    picker = window.overlays.current
    assert isinstance(picker, EvidencePicker)
    picker.show_kind(EvidenceKind.CERTIFICATE)
    assert not picker.is_ready()
    picker.take_file(str(file))
    QTest.keyClicks(picker.who, "Slow Tables Academy")
    QTest.keyClick(picker.who, Qt.Key.Key_Return)

    wait(lambda: any(row.kind is EvidenceKind.CERTIFICATE for row in shown(desk, "SQL")))
    kept = next(row for row in shown(desk, "SQL") if row.kind is EvidenceKind.CERTIFICATE)
    assert kept.file.startswith("res/")


def test_a_step_that_is_done_is_evidence_without_retyping(
    window: MainWindow, desk: Desk, wait: Wait, sql: int
) -> None:
    page = page_of(window, wait, f"goal:{sql}")
    assert isinstance(page, GoalView)
    QTest.keyClick(page.body.list, Qt.Key.Key_D)
    form = window.overlays.current
    assert isinstance(form, StepForm)
    QTest.keyClicks(form.result, "One join doubled rows.")
    QTest.keyClicks(form.next, "Have Jonas read it")
    QTest.keyClick(form.next, Qt.Key.Key_Return)

    wait(lambda: goal(desk, "SQL").next_step == "Have Jonas read it")
    tried = next(row for row in shown(desk, "SQL") if row.kind is EvidenceKind.TRY)
    assert (tried.title, tried.sentence) == ("Rebuild the table", "One join doubled rows.")
    wait(lambda: "Try, it worked" in [one.title for one in page.body.list.values.items])
    desk.actions.run("undo")
    wait(lambda: goal(desk, "SQL").next_step == "Rebuild the table" and len(shown(desk, "SQL")) == 2)


def test_evidence_gets_a_sentence_is_private_and_is_taken_away(
    window: MainWindow, desk: Desk, wait: Wait, sql: int
) -> None:
    page = page_of(window, wait, f"goal:{sql}")
    assert isinstance(page, GoalView)
    rows = page.body.list
    rows.setFocus()
    rows.setCurrentIndex(rows.values.index(0))
    QTest.keyClick(rows, Qt.Key.Key_E)
    dialog = window.overlays.current
    assert isinstance(dialog, LineDialog)
    dialog.field.setText("He changed one line.")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    wait(lambda: rows.values.items[0].words == "He changed one line.")
    QTest.keyClick(rows, Qt.Key.Key_P)
    wait(lambda: rows.values.items[0].is_private)
    QTest.keyClick(rows, Qt.Key.Key_X)

    wait(lambda: [entry.meta for entry in rows.values.items] == ["Mira"])


def test_g_ties_several_pages_with_a_sentence_in_one_undo(
    window: MainWindow, desk: Desk, wait: Wait, sql: int
) -> None:
    window.show_view("inbox")
    wait(lambda: window.is_idle)
    window.list.view.go(1, True)
    wait(lambda: len(desk.selected) == 2)
    QTest.keyClick(window.list.view, Qt.Key.Key_G)
    editor = window.overlays.current
    assert isinstance(editor, TagEditor)
    wait(lambda: any(one.title == "SQL" for one in editor.list.answers.items))
    QTest.keyClicks(editor.field, "SQL")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    QTest.keyClicks(editor.sentence, "Both on our own table")
    QTest.keyClick(editor.sentence, Qt.Key.Key_Return)

    wait(lambda: [one.sentence for one in shown(desk, "SQL")].count("Both on our own table") == 2)
    assert desk.library is not None
    assert desk.library.writer is not None
    undo.undo(desk.library.writer)
    assert len(shown(desk, "SQL")) == 2


def test_g_in_highlights_makes_them_evidence(window: MainWindow, desk: Desk, wait: Wait, sql: int) -> None:
    assert desk.library is not None
    assert desk.library.writer is not None
    row = desk.library.reader.row(
        "SELECT source.capture_id FROM source JOIN capture ON capture.id = source.capture_id "
        "JOIN content ON content.id = capture.content_id WHERE length(content.text) > 40 LIMIT 1"
    )
    assert row is not None
    made = annotations.highlight(desk.library.writer, row[0], 0, 12, Colour.SAGE).made
    page = page_of(window, wait, "highlights")
    assert isinstance(page, HighlightsView)
    wait(lambda: bool(page.model.rows))
    QTest.keyClick(page.list, Qt.Key.Key_G)
    editor = window.overlays.current
    assert isinstance(editor, TagEditor)
    wait(lambda: window.is_idle)
    QTest.keyClicks(editor.field, "SQL")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)

    wait(lambda: any(one.annotation_id == made for one in shown(desk, "SQL")))
    found = evidence.of_thing(desk.library.reader, Thing(EvidenceKind.ANNOTATION, made))
    assert [one.goal for one in found] == ["SQL"]


def test_the_first_goal_is_made_in_the_first_steps(window: MainWindow, desk: Desk, wait: Wait) -> None:
    window.show_view("guide")
    assert window.overlays.current is not None
    (step,) = window.overlays.current.findChildren(GoalPage)
    QTest.keyClicks(step.skill, "Fair feedback")
    QTest.keyClicks(step.why, "Nobody should guess")
    QTest.keyClick(step.why, Qt.Key.Key_Return)

    wait(lambda: "Fair feedback" in step.state.words())
    assert goal(desk, "Fair feedback").why == "Nobody should guess"


def test_an_empty_view_offers_one_example_that_is_an_ordinary_goal(
    window_on: Callable[..., MainWindow], empty_desk: Desk, wait: Wait
) -> None:
    window = window_on(empty_desk)
    page = page_of(window, wait, "goals")
    assert isinstance(page, GoalsView)
    assert page.empty.title == "No goals yet"
    window.show_view("goals:example")
    wait(lambda: len(page.list.values.items) == 1)
    QTest.keyClick(page.list, Qt.Key.Key_X)

    wait(lambda: page.stack.currentWidget() is page.empty)
