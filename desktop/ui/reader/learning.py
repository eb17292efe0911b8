"""What is learned from a page, in the drawer of its ties: its activity, comments at moments of it, tries.

Surprising: a comment's time leads to the film itself in the browser, all else stays in the window.
"""

from dataclasses import dataclass
from functools import partial

from desktop.languages import tr, trn, writing
from desktop.learning import activity_rows, tries
from desktop.learning.values import ActivityRow, TryRow
from desktop.library.marks import timed_comments
from desktop.library.marks.timed_comments import TimedComment
from desktop.store.reader import Reader
from desktop.text.moments import clock
from desktop.ui import open_url
from desktop.ui.desk import Desk
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.reader.ties import TieRow
from desktop.ui.study import words


@dataclass(frozen=True, slots=True)
class Learned:
    """All that is learned from one page."""

    activities: tuple[ActivityRow, ...] = ()
    comments: tuple[TimedComment, ...] = ()
    tries: tuple[TryRow, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.activities or self.comments or self.tries)


def read(reader: Reader, source_id: int) -> Learned:
    """Read it."""
    return Learned(
        tuple(activity_rows.of_source(reader, source_id)),
        tuple(timed_comments.of_source(reader, source_id)),
        tuple(tries.of_source(reader, source_id)),
    )


def said(learned: Learned) -> str:
    """The words in the foot: ``1 activity, 3 comments``; empty for nothing."""
    number = writing.number
    parts = []
    if learned.activities:
        count = len(learned.activities)
        parts.append(trn("{n} activity", "{n} activities", count).format(n=number(count)))
    if learned.comments:
        count = len(learned.comments)
        parts.append(trn("{n} moment", "{n} moments", count).format(n=number(count)))
    if learned.tries:
        count = len(learned.tries)
        parts.append(trn("{n} try", "{n} tries", count).format(n=number(count)))
    return ", ".join(parts)


def rows(desk: Desk, learned: Learned) -> list[TieRow]:
    """One line for each."""
    return [
        *(_activity(desk, one) for one in learned.activities),
        *(_comment(desk, one) for one in learned.comments),
        *(_try(desk, one) for one in learned.tries),
    ]


def _activity(desk: Desk, one: ActivityRow) -> TieRow:
    how = f"{words.kind(one.kind)}: {words.status(one.status)}"
    row = TieRow(desk.theme, how, one.title, words.icon(one.kind))
    row.title.clicked.connect(partial(desk.ask_view, f"activity:{one.id}"))
    return row


def _comment(desk: Desk, one: TimedComment) -> TieRow:
    time = clock(one.seconds)
    title = (
        tr("“{line}”").format(line=one.caption)
        if one.caption
        else tr("Open the video at {time}").format(time=time)
    )
    row = TieRow(desk.theme, tr("at {time}").format(time=time), title, "play", one.comment)
    row.title.setToolTip(tooltip(open_url.told(one.url)))
    row.title.clicked.connect(partial(open_url.open_url, one.url))
    return row


def _try(desk: Desk, one: TryRow) -> TieRow:
    due = words.due(one)
    how = tr("try, {when}").format(when=due) if due else tr("try")
    row = TieRow(desk.theme, how, one.what, "flask-conical", one.result)
    row.title.clicked.connect(partial(desk.ask_view, f"try:{one.id}"))
    return row
