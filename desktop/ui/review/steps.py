"""What each step of the weekly review puts on the table, one thing after another, and what keeping, dropping
or deciding does to it.

The surprising fact: nothing here knows the window. A step hands out `Thing`s and says which commands a
decision means; the page draws any of them and runs the commands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from desktop.languages import mark, tr, trn
from desktop.learning import days, goals, questions, review, toolkit, tries
from desktop.learning.review_values import Offers, ReviewRow
from desktop.learning.values import LEVELS, GoalRow, Verdict, Went
from desktop.library import basket, lists, triage
from desktop.library.marks import annotations, highlights
from desktop.library.sense_values import Highlight
from desktop.library.values import Order, Row, State, View
from desktop.settings import Choice
from desktop.store.reader import Reader
from desktop.ui.parts import moments
from desktop.ui.parts.day_words import ago

AT_ONCE: Final = 30
"""Pages of the inbox that are read ahead."""
WENT: Final = (
    Choice(Went.WELL.value, mark("Well")),
    Choice(Went.PARTLY.value, mark("Partly")),
    Choice(Went.BADLY.value, mark("Badly")),
)
VERDICTS: Final = (
    Choice(Verdict.KEEP.value, mark("Keep it")),
    Choice(Verdict.LEARN.value, mark("Learn it")),
    Choice(Verdict.REPLACE.value, mark("Replace it")),
)

Deed = tuple[str, Callable[..., Any], tuple[Any, ...]]
"""What `Tasks.run` takes: a name for the log, a command, its arguments after the writer."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing on the table."""

    id: int
    words: str
    meta: str = ""
    bar: str = ""
    """Theme role of the bar beside the words; empty: no quotation."""
    label: str = ""
    """Of the field."""
    hint: str = ""
    text: str = ""
    """What stands in the field already."""
    choices: tuple[Choice, ...] = ()
    choice: str = ""
    drop: str = ""
    """What the quiet button says; empty: there is none."""
    keep: str = ""
    """What the main button says."""
    opens: str = ""
    """What the link says that leads to it; empty: to nothing."""
    view: str = ""
    source_id: int = 0
    annotation_id: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """All that the page shows."""

    current: ReviewRow | None
    offers: Offers
    things: tuple[Thing, ...]
    log: tuple[ReviewRow, ...]
    goals: tuple[str, ...]
    """Skills of the open goals."""


def read(reader: Reader, step: str, passed: frozenset[tuple[str, int]] = frozenset(), log: int = 60) -> Table:
    """Read it. ``step`` empty: that of the open review; ``passed``: (step, id) of things to leave out."""
    current, offers = review.current(reader), review.offers(reader)
    name = step or (current.step if current else "")
    maker = _MAKERS.get(name)
    gone = {number for of_step, number in passed if of_step == name}
    things = tuple(one for one in maker(reader, offers, len(gone)) if one.id not in gone) if maker else ()
    names = tuple(goal.name for goal in lists.goals(reader))
    return Table(current, offers, things, tuple(review.log(reader, log)), names)


# ── the steps ───────────────────────────────────────────────────────────────────────────────────────────────


def _inbox(reader: Reader, _offers: Offers, passed: int) -> list[Thing]:
    ids = lists.ids(reader, View(state=State.INBOX, order=Order.OLDEST))
    return [_page(row) for row in lists.page(reader, ids[: AT_ONCE + passed])]


def _page(row: Row) -> Thing:
    return Thing(
        row.id, row.title or tr("Untitled"), _of_page(row), label=tr("Why it matters to me"),
        hint=tr("one sentence of yours, or none"), text=row.why, drop=tr("Move to Trash"),
        keep=tr("Done and next"), opens=tr("Read it"), source_id=row.id,
        choices=(Choice("archive", mark("Archive")), Choice("later", mark("Later"))), choice="archive",
    )  # fmt: skip


def _of_page(row: Row) -> str:
    minutes = trn("{n} minute", "{n} minutes", row.minutes).format(n=row.minutes) if row.minutes else ""
    parts = (row.site, minutes, moments.short(row.saved_at, date.today()))
    return " · ".join(part for part in parts if part)


def _wordless(reader: Reader, offers: Offers, _passed: int) -> list[Thing]:
    return [_highlight(row) for row in highlights.page(reader, offers.wordless)]


def _highlight(row: Highlight) -> Thing:
    day = moments.short(row.made_at, date.today())
    return Thing(
        row.id, row.quote, " · ".join(part for part in (row.title, row.site, day) if part),
        bar=f"mark_{row.colour.value}", label=tr("Why it matters to me"), hint=tr("one sentence of yours"),
        drop=tr("Not worth keeping"), keep=tr("Keep and next"), opens=tr("Read around it"),
        source_id=row.source_id, annotation_id=row.id,
    )  # fmt: skip


def _still(_reader: Reader, offers: Offers, _passed: int) -> list[Thing]:
    return [_goal(row) for row in offers.still_goals]


def _goal(row: GoalRow) -> Thing:
    weeks = max(1, (days.today() - days.day_of(row.moved_at)).days // 7)
    still = trn("has not moved for {n} week", "has not moved for {n} weeks", weeks).format(n=weeks)
    now = tr(LEVELS[row.level])
    aim = tr("{now} → {aim}").format(now=now, aim=tr(LEVELS[row.level_to])) if row.level_to else now
    return Thing(
        row.id, row.skill, f"{aim} · {still}", label=tr("Next step"), hint=tr("small enough for this week"),
        text=row.next_step, drop=tr("Drop this goal"), keep=tr("Keep and next"), opens=tr("Open the goal"),
        view=f"goal:{row.id}",
    )  # fmt: skip


def _tries(_reader: Reader, offers: Offers, _passed: int) -> list[Thing]:
    made = []
    for row in offers.tries:
        late = -(row.days_left or 0)
        due = trn("{n} day over", "{n} days over", late).format(n=late) if late > 0 else tr("due today")
        parts = (row.goal, row.title, due)
        made.append(Thing(
            row.id, row.what, " · ".join(part for part in parts if part), label=tr("How it went"),
            hint=tr("what happened, in a sentence"), choices=WENT, choice=Went.WELL.value,
            drop=tr("I will not try it"), keep=tr("Keep and next"), opens=tr("Open it"), view=f"try:{row.id}",
        ))  # fmt: skip
    return made


def _tool(_reader: Reader, offers: Offers, _passed: int) -> list[Thing]:
    row = offers.tool
    if row is None:
        return []
    used = tr("last used {day}").format(day=ago(row.last_used, days.today())) if row.last_used else ""
    parts = (row.problem, tr(LEVELS[row.level]), used)
    return [Thing(
        row.id, row.name, " · ".join(part for part in parts if part), label=tr("What I think of it"),
        hint=tr("for the card, if you like"), text=row.note, choices=VERDICTS,
        choice=(row.verdict or Verdict.KEEP).value, keep=tr("Keep and next"), opens=tr("Open the card"),
        view=f"toolkit:{row.id}",
    )]  # fmt: skip


def _questions(_reader: Reader, offers: Offers, _passed: int) -> list[Thing]:
    return [
        Thing(
            row.id, row.text, tr("asked {day}").format(day=moments.short(row.asked_at, date.today())),
            label=tr("My answer"), hint=tr("what I know by now"), text=row.answer,
            drop=tr("Does not matter any more"), keep=tr("Answered, next"),
            opens=tr("Search for it"), view=f"question:{row.id}",
        )
        for row in offers.questions
    ]  # fmt: skip


def _share(reader: Reader, offers: Offers, _passed: int) -> list[Thing]:
    return [
        Thing(
            row.id, row.title or tr("Untitled"), _of_page(row), label=tr("What they should see in it"),
            hint=tr("one sentence of yours"), text=row.why, keep=tr("Into the basket"), opens=tr("Read it"),
            source_id=row.id,
        )
        for row in lists.page(reader, offers.worth_sharing)
    ]  # fmt: skip


_MAKERS: Final[dict[str, Callable[[Reader, Offers, int], list[Thing]]]] = {
    "inbox": _inbox,
    "highlights": _wordless,
    "goals": _still,
    "tries": _tries,
    "tool": _tool,
    "questions": _questions,
    "share": _share,
}
STAYS: Final = frozenset({"goals", "tool"})
"""Steps whose things are still offered after they have been kept."""
ONE: Final = frozenset({"tool", "share"})
"""Steps that are done with one thing."""


# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────────


def needs_words(step: str) -> str:
    """What is missing when the field is empty; empty: nothing, one can go on without words."""
    missing = {
        "highlights": tr("Write one sentence, or skip it."),
        "goals": tr("Write the next step, or skip it."),
        "tries": tr("Write how it went, or skip it."),
        "questions": tr("Write an answer, or skip it."),
        "closing": tr("A review ends with one sentence."),
    }
    return missing.get(step, "")


def kept(step: str, thing: Thing, text: str, choice: str) -> list[Deed]:
    """What keeping it with these words and this choice means."""
    is_new = text != thing.text
    saying: list[Deed] = [("say why", triage.set_why, (thing.id, text))] if is_new else []
    if step == "inbox":
        return [*saying, ("triage", triage.move, ([thing.id], State(choice)))]
    if step == "highlights":
        return [("say why", annotations.comment, (thing.id, text))]
    if step == "goals":
        return [("next step", _next_step, (thing.id, text))] if is_new else []
    if step == "tries":
        return [("resolve a try", tries.resolve, (thing.id, text, Went(choice)))]
    if step == "tool":
        noted: list[Deed] = [("note on a tool", _tool_note, (thing.id, text))] if is_new else []
        return [*noted, ("decide on a tool", toolkit.decide, (thing.id, Verdict(choice)))]
    if step == "questions":
        return [("answer a question", questions.answer, (thing.id, text))]
    return [*saying, ("into the basket", basket.put, ([thing.id],))]


def dropped(step: str, thing: Thing) -> list[Deed]:
    """What the quiet button means."""
    deeds: dict[str, Deed] = {
        "inbox": ("trash", triage.move, ([thing.id], State.TRASH)),
        "highlights": ("remove a highlight", annotations.remove, ([thing.id],)),
        "goals": ("drop a goal", _drop_goal, (thing.id,)),
        "tries": ("drop a try", tries.drop, ([thing.id],)),
        "questions": ("drop a question", questions.drop, (thing.id,)),
    }
    return [deeds[step]] if step in deeds else []


def _next_step(writer: Any, goal_id: int, text: str) -> Any:
    return goals.edit(writer, goal_id, next_step=text)


def _tool_note(writer: Any, tool_id: int, text: str) -> Any:
    return toolkit.edit(writer, tool_id, note=text)


def _drop_goal(writer: Any, goal_id: int) -> Any:
    from desktop.learning.values import GoalState

    return goals.close(writer, goal_id, GoalState.DROPPED)
