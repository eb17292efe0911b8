"""The portfolio of one or several goals: what a person hands over at an appraisal.

The surprising fact: privacy is decided here, once, and not in any form. What the person marked private, and
what stands on a page saved in a private window, is left out and counted, unless they ask for it.
"""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import date

from desktop.errors import BadInput
from desktop.languages import chosen, mark, tr, trn, writing
from desktop.learning import days, evidence_rows, goals, levels
from desktop.learning.portfolio_values import Chapter, Claim, Portfolio, Step
from desktop.learning.values import LEVELS, EvidenceKind, EvidenceRow, LevelStep
from desktop.library.acts import note_event, one_of, quietly
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text.urls import is_web

KINDS = {
    EvidenceKind.CAPTURE: mark("Read"),
    EvidenceKind.ANNOTATION: mark("Marked while reading"),
    EvidenceKind.NOTE: mark("Written"),
    EvidenceKind.ACTIVITY: mark("Learned"),
    EvidenceKind.TRY: mark("Tried at work"),
    EvidenceKind.FEEDBACK: mark("Told by others"),
    EvidenceKind.CERTIFICATE: mark("Certificate"),
    EvidenceKind.PACK: mark("Shared"),
}
"""Shown through ``tr``."""
_MINUTES = """SELECT coalesce(sum(study_time.minutes), 0) FROM study_time
    JOIN activity ON activity.id = activity_id WHERE goal_id = ? AND (is_private = 0 OR ?)"""
_PROVIDERS = "SELECT id, provider FROM activity WHERE goal_id = ? AND provider <> ''"


def of(
    reader: Reader,
    goal_ids: Sequence[int],
    person: str = "",
    *,
    with_private: bool = False,
    kinds: Collection[EvidenceKind] | None = None,
    day: date | None = None,
) -> Portfolio:
    """The portfolio of these goals, in this order, as it leaves; ``kinds``: only evidence of these.

    Raises BadInput: no goal, one that is gone, or one that is private and was not asked for.
    """
    if not goal_ids:
        raise BadInput(tr("Choose a goal first."))
    made_on = (day or days.today()).isoformat()
    chapters = tuple(_chapter(reader, one, with_private, kinds) for one in dict.fromkeys(goal_ids))
    return Portfolio(person.strip(), made_on, chapters, chosen())


def handed_over(writer: Writer, goal_ids: Sequence[int], origin: str = "") -> Changes:
    """Remember for the balance view that a portfolio of these goals was written. It has left, so undo does
    not know it."""

    def work(connection: sqlite3.Connection) -> Changes:
        note_event(connection, "share", "wrote a portfolio", 1, *one_of("goal", goal_ids))
        return Changes(frozenset({Noun.GOAL}), (), origin)

    return quietly(writer, work)


def _chapter(
    reader: Reader, goal_id: int, with_private: bool, kinds: Collection[EvidenceKind] | None
) -> Chapter:
    goal = goals.read(reader, goal_id)
    if goal is None:
        raise BadInput(tr("This goal is not here any more."))
    if goal.is_private and not with_private:
        raise BadInput(
            tr("“{skill}” is private.").format(skill=goal.skill), tr("Ask for private things too.")
        )
    rows = sorted(evidence_rows.of_goal(reader, goal_id), key=lambda row: (row.on_date, row.id))
    rows = [row for row in rows if kinds is None or row.kind in kinds]
    shown = [row for row in rows if with_private or not row.is_private]
    kept_back = {row.id for row in rows} - {row.id for row in shown}
    numbers = {row.id: number for number, row in enumerate(shown, start=1)}
    minutes = reader.row(_MINUTES, (goal_id, with_private))
    providers = dict(reader.rows(_PROVIDERS, (goal_id,)))
    return Chapter(
        goal_id=goal_id,
        skill=goal.skill,
        why=goal.why,
        framework=goal.framework,
        code=goal.code,
        label=goal.label,
        level_from=goal.level_from,
        level=goal.level,
        level_to=goal.level_to,
        by=goal.by_date,
        state=goal.state.value,
        closing=goal.closing,
        next_step=goal.next_step,
        minutes=minutes[0] if minutes else 0,
        steps=tuple(_step(one, numbers, kept_back) for one in levels.of_goal(reader, goal_id)),
        claims=tuple(_claim(row, numbers[row.id], providers) for row in shown),
        kept_back=len(kept_back),
    )


def _step(one: LevelStep, numbers: dict[int, int], kept_back: set[int]) -> Step:
    claims = sorted(numbers[each] for each in one.evidence_ids if each in numbers)
    return Step(
        one.on_date,
        tr(LEVELS[one.level_before]),
        tr(LEVELS[one.level]),
        one.sentence,
        tuple(claims),
        len(kept_back.intersection(one.evidence_ids)),
    )


def _claim(row: EvidenceRow, number: int, providers: dict[int, str]) -> Claim:
    return Claim(
        number=number,
        kind=row.kind,
        kind_name=tr(KINDS[row.kind]),
        on=row.on_date,
        sentence=row.sentence,
        title=row.title,
        quote=row.quote,
        source=row.who or row.site or providers.get(row.activity_id, ""),
        url=row.url if is_web(row.url) else "",
    )


def level_words(chapter: Chapter) -> str:
    """Say "from “heard of it” to “can do alone”"; or where it stands when nothing moved."""
    now_at = tr(LEVELS[chapter.level])
    if chapter.level == chapter.level_from:
        return tr("at “{level}”").format(level=now_at)
    return tr("from “{before}” to “{level}”").format(before=tr(LEVELS[chapter.level_from]), level=now_at)


def framework_words(chapter: Chapter) -> str:
    """Framework, code and label in one line; empty when none is given."""
    return " · ".join(part for part in (chapter.framework, chapter.code, chapter.label) if part)


def kept_back_words(number: int) -> str:
    """A sentence about what is not shown; empty when all is."""
    if not number:
        return ""
    said = trn(
        "{n} private piece of evidence is not shown.", "{n} private pieces of evidence are not shown.", number
    )
    return said.format(n=writing.number(number))


def title(portfolio: Portfolio) -> str:
    """What stands on top."""
    if portfolio.person:
        return tr("Portfolio of {person}").format(person=portfolio.person)
    return tr("Portfolio")
