"""What a thing of the weekly review can become besides: evidence for a goal, a try, a card to remember."""

from functools import partial

from desktop.languages import tr
from desktop.learning import memory, tries
from desktop.learning.values import EvidenceKind, Thing
from desktop.ui.desk import Desk
from desktop.ui.parts.line_dialog import Line
from desktop.ui.review import steps as review_steps
from desktop.ui.tags.editor import ask_goals


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


def make(desk: Desk, name: str, step: str, thing: review_steps.Thing, text: str) -> None:
    """Make it, asking for what is missing."""
    if name == "remember":
        desk.tasks.run("remember", memory.remember, [thing.annotation_id])
    elif name == "try":
        label = tr("What I will try at work")
        run = partial(_plan, desk, thing.source_id)
        desk.ask_line(Line(tr("Make it a try"), label, text, tr("Plan it"), run))
    else:
        is_mark = step == "highlights"
        kind = EvidenceKind.ANNOTATION if is_mark else EvidenceKind.CAPTURE
        ask_goals(desk, [Thing(kind, thing.annotation_id if is_mark else thing.source_id)])


def _plan(desk: Desk, source_id: int, what: str) -> None:
    desk.tasks.run("plan a try", tries.plan, what, source_id=source_id)
