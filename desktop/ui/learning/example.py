"""What Learning says while nothing is there, and the example that it offers.

The surprising fact: the example is an activity like any other, made in one step, so Undo or Delete takes all
of it away again.
"""

from desktop.languages import tr
from desktop.learning import activities
from desktop.learning.values import ActivityKind, Status
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.ui.views import Emptiness


def make(writer: Writer) -> Changes:
    """One course with its units, being done."""
    outline = "\n".join(
        (
            "[x] " + tr("Reading a file line by line") + " 35 min",
            "[x] " + tr("Lists and what they hold") + " 40 min",
            tr("Files and folders") + " 40 min",
            tr("When a row is broken") + " 45 min",
            tr("A report that writes itself") + " 60 min",
        )
    )
    return activities.make(
        writer, ActivityKind.COURSE, tr("Example: Python for office work"), provider=tr("Evening school"),
        status=Status.DOING, outline=outline,
        note=tr("Each week I do one unit and use it on Monday's export."),
    )  # fmt: skip


def none_yet() -> Emptiness:
    """What is said while there is no activity and no try."""
    return Emptiness(
        "graduation-cap",
        tr("Nothing planned yet"),
        tr(
            "A course, a webinar, a book, an hour with a colleague: what you learn from stands here, with "
            "its parts, your time and what you took from it. Press {page_activity} on a saved page to make "
            "one of it, or drop a calendar file here."
        ),
        (tr("Add an activity"), "learning:new", "plus"),
        (tr("Show me an example"), "learning:example", "sparkles"),
        tr("The example is yours: change it, or delete it"),
    )


def nothing_in(status: Status | None, is_narrowed: bool) -> Emptiness:
    """What is said in a tab that holds nothing."""
    if status is None:
        return Emptiness(
            "flask-conical",
            tr("Nothing to try yet"),
            tr(
                "Press {try_page} on a page and say what you will try at work, and by when. Later one "
                "sentence about how it went is evidence for your goal."
            ),
            (tr("Plan a try"), "learning:new-try", "plus"),
        )
    add = (tr("Add an activity"), "learning:new", "plus")
    if is_narrowed:
        return Emptiness("list-filter", tr("Nothing here"), tr("The list shows only a goal or a kind."), add)
    texts = {
        Status.DOING: (
            tr("Nothing under way"),
            tr("Start the timer on a planned activity, and it stands here."),
        ),
        Status.PLANNED: (
            tr("Nothing planned"),
            tr("What you mean to learn from stands here until you begin."),
        ),
        Status.DONE: (
            tr("Nothing done yet"),
            tr("Press {done} on an activity when you are through with it."),
        ),
        Status.DROPPED: (tr("Nothing dropped"), tr("Press D on an activity that you will not go on with.")),
    }
    title, text = texts[status]
    return Emptiness("graduation-cap", title, text, add)
