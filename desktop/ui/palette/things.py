"""What Answer now finds besides passages: activities, tools, questions, tries; a miss kept as a question.

Surprising: these are not in the index. They are read from their tables at every key, so that what was written
a moment ago is found (see `learning.finding`).
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from desktop.languages import mark, tr
from desktop.learning import finding, questions
from desktop.learning.finding import Found
from desktop.store.changes import Noun
from desktop.ui.desk import Desk
from desktop.ui.palette.rows import HEADING, ONE_LINE, TWO_LINES, Answer

ASK: Final = "Shift+Enter"
_KINDS: Final = {
    Noun.ACTIVITY: (mark("Learning"), "activity", "graduation-cap"),
    Noun.TOOL: (mark("Toolkit"), "toolkit", "wrench"),
    Noun.QUESTION: (mark("Questions"), "question", "circle-question-mark"),
    Noun.TRY: (mark("Tries"), "try", "flask-conical"),
}
"""Heading, view and icon."""
_STATES: Final = {
    "planned": mark("planned"), "doing": mark("doing"), "done": mark("done"), "dropped": mark("dropped"),
    "open": mark("open"), "answered": mark("answered"), "keep": mark("keep"), "learn": mark("learn"),
    "replace": mark("replace"),
}  # fmt: skip


async def find(desk: Desk, text: str) -> list[Answer]:
    """The things that hold the words, under their headings."""
    found = await desk.tasks.read(finding.find, text)
    return listed(desk, found or [])


def listed(desk: Desk, found: Sequence[Found]) -> list[Answer]:
    """Them as lines of the box."""
    answers: list[Answer] = []
    for noun, (heading, view, icon) in _KINDS.items():
        lines = [_line(desk, one, view, icon) for one in found if one.noun is noun]
        answers += [Answer(HEADING, tr(heading)), *lines] if lines else []
    return answers


def _line(desk: Desk, one: Found, view: str, icon: str) -> Answer:
    state = tr(_STATES[one.state]) if one.state in _STATES else ""
    run = partial(desk.ask_view, f"{view}:{one.id}")
    return Answer(TWO_LINES if one.line else ONE_LINE, one.title, state, one.line, icon, run=run)


def asking(desk: Desk, text: str) -> list[Answer]:
    """Keep what was asked as a question; nothing where nothing can be written."""
    if not desk.can_write:
        return []
    title = tr("Keep “{text}” as a question").format(text=text)
    return [Answer(ONE_LINE, title, icon="circle-question-mark", key=ASK, run=partial(_ask, desk, text))]


def _ask(desk: Desk, text: str) -> None:
    desk.tasks.run("ask a question", questions.ask, text)
