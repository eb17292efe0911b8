"""What goals and evidence say in words, and by which icon: for rows, charts, dialogs and screen readers."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.languages import mark, tr, trn, writing
from desktop.learning import days
from desktop.learning.values import LEVELS, Due, EvidenceKind, EvidenceRow, GoalPage, GoalRow, LevelStep, Went
from desktop.ui.parts import day_words

KINDS: Final = {
    EvidenceKind.CAPTURE: (mark("Page"), "file-text"),
    EvidenceKind.ANNOTATION: (mark("Highlight"), "highlighter"),
    EvidenceKind.NOTE: (mark("Note"), "notebook-pen"),
    EvidenceKind.ACTIVITY: (mark("Learning activity"), "graduation-cap"),
    EvidenceKind.TRY: (mark("Try"), "flask-conical"),
    EvidenceKind.FEEDBACK: (mark("Feedback"), "message-square"),
    EvidenceKind.CERTIFICATE: (mark("Certificate"), "award"),
    EvidenceKind.PACK: (mark("Sent pack"), "package"),
}
"""Of evidence: what it is called, and its icon."""
WENT: Final = {
    Went.WELL: (mark("It worked"), mark("Try, it worked")),
    Went.PARTLY: (mark("It partly worked"), mark("Try, it partly worked")),
    Went.BADLY: (mark("It did not work"), mark("Try, it did not work")),
}
"""Of a try: as a choice, and as a heading."""
DUE_ICONS: Final = {
    "goal": "target", "try": "flask-conical", "activity": "graduation-cap", "session": "calendar-clock",
    "tool": "wrench",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline of a goal: a piece of evidence, or a change of the level."""

    icon: str
    title: str
    meta: str
    day: str
    words: str
    is_private: bool = False
    evidence: EvidenceRow | None = None
    step: LevelStep | None = None


def levels() -> tuple[str, ...]:
    """The words of the scale."""
    return tuple(tr(word) for word in LEVELS)


def level_sentence(row: GoalRow) -> str:
    """Where a goal stands, said."""
    words = levels()
    if row.level_to is None:
        return tr("Now: {now}.").format(now=words[row.level])
    return tr("Now: {now}. Aim: {aim}.").format(now=words[row.level], aim=words[row.level_to])


def due_day(row: GoalRow) -> str:
    """Its date, or that there is none."""
    day = days.parse(row.by_date)
    return writing.long_day(day) if day else tr("no date")


def time_left(row: GoalRow) -> str:
    """``by 31 March 2027, in 4 months``."""
    day = days.parse(row.by_date)
    if day is None:
        return ""
    by = tr("by {day}").format(day=writing.long_day(day))
    return tr("{by}, {left}").format(by=by, left=day_words.until(row.days_left)) if row.days_left else by


def movement(row: GoalRow, today: date) -> tuple[str, bool]:
    """When something moved last, and whether that is so long ago that it should be seen."""
    moved = days.day_of(row.moved_at)
    if row.is_still:
        weeks = max(1, (today - moved).days // 7)
        return trn("still for {n} week", "still for {n} weeks", weeks).format(n=writing.number(weeks)), True
    day = writing.short_day(moved, moved.year != today.year)
    if not (row.evidence or row.minutes) and row.level == row.level_from:
        return tr("new since {day}").format(day=day), False
    return tr("moved {day}").format(day=day), False


def brief_pieces(number: int) -> str:
    """``31 pieces``."""
    return trn("{n} piece", "{n} pieces", number).format(n=writing.number(number))


def pieces(number: int) -> str:
    """``31 pieces of evidence``."""
    return trn("{n} piece of evidence", "{n} pieces of evidence", number).format(n=writing.number(number))


def entries(page: GoalPage) -> list[Entry]:
    """The timeline of a goal, newest first; on one day a change of the level stands above its evidence."""
    went = {one.id: one.went for one in page.tries}
    made = [_of_evidence(row, went.get(row.try_id)) for row in page.evidence]
    words = levels()
    for step in page.levels:
        title = (
            tr("Level raised: {level}") if step.level > step.level_before else tr("Level lowered: {level}")
        )
        said = pieces(len(step.evidence_ids))
        title = title.format(level=words[step.level])
        made.append(Entry("arrow-up-right", title, said, step.on_date, step.sentence, step=step))
    return sorted(made, key=lambda one: (one.day, one.step is not None), reverse=True)


def _of_evidence(row: EvidenceRow, went: Went | None) -> Entry:
    label, icon = KINDS[row.kind]
    title, meta = tr(label), row.title or row.site
    if row.kind is EvidenceKind.TRY and went is not None:
        title = tr(WENT[went][1])
    if row.kind in (EvidenceKind.FEEDBACK, EvidenceKind.CERTIFICATE):
        meta = ", ".join(part for part in (row.who, row.title) if part)
    if row.is_gone:
        meta = tr("no longer in the library")
    words = row.sentence or (f"“{row.quote}”" if row.quote else "")
    return Entry(icon, title, meta, row.on_date, words, row.is_private, row)


def spoken(entry: Entry) -> str:
    """A line of the timeline as a screen reader says it."""
    day = days.parse(entry.day)
    parts = [entry.title, entry.meta, writing.long_day(day) if day else "", entry.words]
    parts.append(tr("private") if entry.is_private else "")
    return ", ".join(part for part in parts if part)


def due_title(due: Due) -> str:
    """What is due, said for a list of several kinds."""
    if due.kind == "goal":
        return tr("{skill}: date of the goal").format(skill=due.title)
    if due.kind == "try":
        return tr("Try: {what}").format(what=due.title)
    return due.title


def due_pill(due: Due, today: date) -> str:
    """When, in a word or two: the weekday and the time within a week."""
    day = days.parse(due.on)
    if day is None or not 1 < due.days < 7:
        return day_words.until(due.days)
    clock = due.on[11:16]
    return " ".join(part for part in (writing.short_weekday(day), clock) if part)
