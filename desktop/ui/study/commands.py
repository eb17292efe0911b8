"""Commands of learning that work in every view: each imports its module when it runs, as `commands` does.

The surprising fact: a page that is a learning activity already is not made one again; its activity is shown.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.learning.values import Status
from desktop.paths import Paths
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer

if TYPE_CHECKING:
    from desktop.learning.from_page import Proposal


def begin(writer: Writer, activity_id: int) -> Changes:
    """See `learning.study.begin`."""
    from desktop.learning import study

    return study.begin(writer, activity_id)


def stop(writer: Writer) -> Changes:
    """See `learning.study.stop`."""
    from desktop.learning import study

    return study.stop(writer)


def cancel(writer: Writer) -> Changes:
    """See `learning.study.cancel`."""
    from desktop.learning import study

    return study.cancel(writer)


def about_page(reader: Reader, paths: Paths, source_id: int) -> "tuple[int, Proposal]":
    """The activity that a page is already, or 0; and what it would become."""
    from desktop.learning import activity_rows, from_page

    here = activity_rows.of_source(reader, source_id)
    return (here[0].id if here else 0), from_page.proposal(reader, paths, source_id)


def of_page(writer: Writer, reader: Reader, source_id: int, said: dict[str, Any]) -> Changes:
    """See `learning.from_page.activity`."""
    from desktop.learning import from_page

    return from_page.activity(writer, reader, source_id, **said)


def set_status(writer: Writer, ids: Sequence[int], status: Status) -> Changes:
    """See `learning.activities.set_status`."""
    from desktop.learning import activities

    return activities.set_status(writer, ids, status)


def take_calendar(writer: Writer, data: bytes) -> Changes:
    """Make activities of a calendar file; an empty one says so. Raises BadInput."""
    from desktop.errors import BadInput
    from desktop.languages import tr
    from desktop.learning import calendar

    events = calendar.read(data)
    if not events:
        raise BadInput(tr("There are no events in this calendar file."))
    return calendar.take(writer, events) or Changes(label=tr("All of this is in Learning already"))
