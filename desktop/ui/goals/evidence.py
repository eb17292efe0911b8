"""What can be done with the evidence of a goal: attach, raise the level, write a sentence, take it away.

The surprising fact: taking evidence away never touches the thing itself, and is refused only where a change
of the level would stand on nothing.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.learning import evidence, levels, typed_days
from desktop.learning.values import EvidenceKind, GoalPage, Thing
from desktop.ui.desk import Desk
from desktop.ui.goals.evidence_picker import EvidencePicker
from desktop.ui.goals.form import StepForm
from desktop.ui.goals.level_form import LevelForm
from desktop.ui.goals.words import Entry
from desktop.ui.parts.line_dialog import Line
from desktop.ui.parts.overlay import Overlay


def lines(entries: Sequence[Entry]) -> list[tuple[str, str, str, str]]:
    """Name, label, icon and key of what can be done with these lines of the timeline."""
    if len(entries) == 1 and entries[0].step is not None:
        return [("sentence", tr("Change the sentence …"), "pencil-line", "E")]
    is_private = all(one.is_private for one in entries)
    found = []
    if len(entries) == 1:
        found = [
            ("show", tr("Open"), "book-open", "Enter"),
            ("sentence", tr("Write the sentence …"), "pencil-line", "E"),
            ("date", tr("Change the day …"), "calendar", "T"),
        ]
    found.append(("private", tr("No longer private") if is_private else tr("Keep private"), "lock", "P"))
    found.append(("remove", tr("No longer evidence"), "x", "X"))
    return found


def do(desk: Desk, name: str, page: GoalPage, entries: Sequence[Entry]) -> None:
    """One of `lines`, or attach, level, step, take_back."""
    ids = [one.evidence.id for one in entries if one.evidence is not None]
    if name in ("attach", "level", "step"):
        desk.ask_overlay(_form(desk, name, page)) if name != "step" or page.goal.next_step else None
    elif name == "take_back":
        desk.tasks.run("take a level back", levels.take_back, page.goal.id)
    elif name == "show" and entries:
        show(desk, entries[0])
    elif name == "sentence" and entries:
        _ask_sentence(desk, entries[0])
    elif name == "date" and len(ids) == 1:
        _ask_day(desk, entries[0], ids[0])
    elif name == "private" and ids:
        is_private = not all(one.is_private for one in entries if one.evidence is not None)
        desk.tasks.run("private evidence", evidence.set_private, ids, is_private)
    elif name == "remove" and ids:
        desk.tasks.run("remove evidence", evidence.remove, ids)


def show(desk: Desk, entry: Entry) -> None:
    """Open what a piece of evidence refers to; where that is nothing, its sentence."""
    row = entry.evidence
    if row is None or row.is_gone:
        _ask_sentence(desk, entry)
    elif row.kind is EvidenceKind.ANNOTATION:
        desk.ask_mark(row.source_id, row.annotation_id)
    elif row.kind is EvidenceKind.CAPTURE:
        desk.ask_source(row.source_id)
    elif row.kind is EvidenceKind.NOTE:
        desk.ask_view(f"note:{row.note_id}")
    elif row.kind is EvidenceKind.TRY:
        desk.ask_view(f"try:{row.try_id}")
    elif row.kind is EvidenceKind.ACTIVITY:
        desk.ask_view(f"activity:{row.activity_id}")
    else:
        _ask_sentence(desk, entry)


def attach_page(desk: Desk, goal_id: int, source_id: int) -> None:
    """A suggested page becomes evidence; its sentence is why it matters, until one is written."""
    desk.tasks.run("attach", evidence.attach, goal_id, [Thing(EvidenceKind.CAPTURE, source_id)])


def _form(desk: Desk, name: str, page: GoalPage):  # type: ignore[no-untyped-def]
    def make(window: QWidget) -> Overlay:
        if name == "attach":
            return EvidencePicker(desk, window, page.goal.id, page.goal.skill)
        if name == "level":
            return LevelForm(desk, window, page)
        return StepForm(desk, window, page.goal.id, page.goal.next_step)

    return make


def _ask_sentence(desk: Desk, entry: Entry) -> None:
    """Of a piece of evidence, or of a change of the level."""

    def keep(words: str) -> None:
        if entry.step is not None:
            desk.tasks.run("sentence", levels.say, entry.step.id, words)
        elif entry.evidence is not None:
            desk.tasks.run("sentence", evidence.say, entry.evidence.id, words)

    own = entry.words if entry.step or (entry.evidence and entry.evidence.is_own_sentence) else ""
    label = tr("What does it show? Left empty, what the thing itself says is shown.")
    if entry.step is not None:
        label = tr("What could I do from then on?")
    desk.ask_line(
        Line(entry.title, label, own, tr("Keep"), keep, is_empty_allowed=entry.evidence is not None)
    )


def _ask_day(desk: Desk, entry: Entry, evidence_id: int) -> None:
    from datetime import date

    def keep(text: str) -> None:
        day = typed_days.day(text, date.today())
        if day:
            desk.tasks.run("day", evidence.set_date, evidence_id, day)
        else:
            desk.say(tr("“{text}” is no day.").format(text=text))

    desk.ask_line(Line(entry.title, tr("When was it? Such as 2027-03-31"), entry.day, tr("Keep"), keep))
