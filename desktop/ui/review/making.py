"""What a thing of the weekly review can become besides: evidence for a goal, a try, a card to remember."""

from functools import partial

from desktop.languages import tr
from desktop.learning import evidence, goals, memory, tries
from desktop.learning.values import EvidenceKind, Thing
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.ui.desk import Desk
from desktop.ui.parts.line_dialog import Line
from desktop.ui.review import steps as review_steps


def pills(step: str, has_goals: bool) -> tuple[str, ...]:
    """Which of `review.card.PILLS` a step offers."""
    if step == "highlights":
        return ("evidence", "try", "remember") if has_goals else ("try", "remember")
    if step == "inbox":
        return ("evidence", "try") if has_goals else ("try",)
    return ()


def encouragement(step: str) -> str:
    """One line for a step that offers nothing: what would bring something here."""
    said = {
        "inbox": tr("Every new page has been looked at."),
        "highlights": tr("Each highlight of the last fortnight has a sentence of yours."),
        "goals": tr("Each open goal has moved in the last four weeks."),
        "tries": tr("No try is due. From a page, “Try this at work” plans one."),
        "tool": tr("The toolkit is empty."),
        "questions": tr("No question is open. In Answer now, a search without an answer becomes one."),
        "share": tr("Nothing of this week that you wrote about is still to be passed on."),
    }
    return said.get(step, "")


def make(
    desk: Desk, name: str, step: str, thing: review_steps.Thing, text: str, skills: tuple[str, ...]
) -> None:
    """Make it, asking for what is missing."""
    if name == "remember":
        desk.tasks.run("remember", memory.remember, [thing.annotation_id])
    elif name == "try":
        label = tr("What I will try at work")
        run = partial(_plan, desk, thing.source_id)
        desk.ask_line(Line(tr("Make it a try"), label, text, tr("Plan it"), run))
    else:
        run = partial(_attach, desk, step, thing)
        label = tr("Which goal does it show progress on?")
        only = skills[0] if len(skills) == 1 else ""
        desk.ask_line(Line(tr("Evidence for a goal"), label, only, tr("Attach"), run, skills))


def _plan(desk: Desk, source_id: int, what: str) -> None:
    desk.tasks.run("plan a try", tries.plan, what, source_id=source_id)


def _attach(desk: Desk, step: str, thing: review_steps.Thing, skill: str) -> None:
    is_mark = step == "highlights"
    kind = EvidenceKind.ANNOTATION if is_mark else EvidenceKind.CAPTURE
    what = Thing(kind, thing.annotation_id if is_mark else thing.source_id)
    desk.tasks.start(_attaching(desk, what, skill))


async def _attaching(desk: Desk, what: Thing, skill: str) -> None:
    goal_id = await desk.tasks.read(_goal, skill)
    if goal_id:
        desk.tasks.run("attach evidence", _as_evidence, goal_id, what)
    elif goal_id == 0:
        desk.say(tr("No goal is called “{skill}”.").format(skill=skill))


def _goal(reader: Reader, skill: str) -> int:
    return goals.by_skill(reader, skill) or 0


def _as_evidence(writer: Writer, goal_id: int, what: Thing) -> Changes:
    return evidence.attach(writer, goal_id, [what])
