"""Save captures: one transaction each, exactly once by UUID.

A capture whose text equals that of the capture before points at the same content, so that saving an unchanged
page again costs under 1 kB. The acts on what is saved stand in modules of their own and are offered here too:
``captures`` is the one name to know.
"""

import json
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, select

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library import assets, contents, edits, sources
from desktop.library.acts import found, note_event, now
from desktop.library.deletion import delete_for_good, empty_old_trash
from desktop.library.edits import update
from desktop.library.goals import set_goals, tie
from desktop.library.marks import anchors
from desktop.library.tags import named, put_on, tag
from desktop.library.triage import keep_position, mark_read, move, retitle, set_found_through, set_why
from desktop.library.values import Asset, NewCapture
from desktop.store.changes import Changes, Noun
from desktop.store.models import Capture
from desktop.store.sessions import plain
from desktop.store.writer import Writer

__all__ = [
    "Added", "Asset", "NewCapture", "Outcome", "add", "complete", "delete_for_good", "empty_old_trash",
    "keep_position", "mark_read", "move", "retitle", "set_found_through", "set_goals", "set_why", "tag",
    "update",
]  # fmt: skip

Outcome = Literal["new", "version", "unchanged", "repeat", "deleted"]

KINDS = ("page", "selection", "link", "video", "pdf")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a `NewCapture`. Ids are 0 when it was deleted for good before it came."""

    changes: Changes
    source_id: int
    capture_id: int
    outcome: Outcome


def add(writer: Writer, new: NewCapture, origin: str = "") -> Added:
    """Save once; any repeat of the UUID changes nothing.

    Raises BadInput for what cannot be stored, NoSpace.
    """
    _check(new)

    def command(session: Session) -> tuple[Added, list[str]]:
        added = _add(session, new, origin)
        return added, contents.unused_files(plain(session), new)

    added, unused = writer.run(command)
    assets.remove(writer.paths, unused)
    return added


def complete(writer: Writer, capture_id: int, new: NewCapture, origin: str = "") -> Changes:
    """Give a capture the text it lacked, or the pictures its text lacked. The UUID and address stay its own.

    Empty Changes when the capture is gone, has another text already, or ``new`` brings nothing. Not undoable.
    """
    _check(new)

    def command(session: Session) -> tuple[Changes, list[str]]:
        changes = _complete(session, capture_id, new, origin)
        return changes, contents.unused_files(plain(session), new)

    changes, unused = writer.run(command)
    assets.remove(writer.paths, unused)
    return changes


def _check(new: NewCapture) -> None:
    if not new.uuid or not new.url:
        raise BadInput(tr("A capture needs an id and an address."))
    if new.kind not in KINDS:
        raise BadInput(
            tr("A capture is one of {kinds}; this says “{kind}”.").format(
                kinds=", ".join(KINDS), kind=new.kind
            )
        )


def _add(session: Session, new: NewCapture, origin: str) -> Added:
    connection = plain(session)
    if found(connection, "SELECT 1 FROM tombstone WHERE uuid = ?", new.uuid):
        return Added(Changes(), 0, 0, "deleted")
    known = session.exec(select(Capture).where(Capture.uuid == new.uuid)).first()
    if known is not None:
        assert known.id is not None
        return Added(Changes(), known.source_id, known.id, "repeat")
    moment = now()
    source_id = sources.find(connection, new)
    outcome: Outcome = "new" if source_id is None else "version"
    if source_id is None:
        source_id = sources.make(connection, new, moment)
    else:  # whoever saves a page again wants it back from Trash
        connection.execute(
            "UPDATE source SET state = 'inbox', state_since = ? WHERE id = ? AND state = 'trash'",
            (moment, source_id),
        )
    content_id = contents.same(connection, source_id, new)
    if content_id is None:
        content_id = contents.make(session, new)
    else:
        outcome = "unchanged"
    capture = row_of(new, source_id, content_id, moment)
    (capture.number,) = found(
        connection, "SELECT coalesce(max(number), 0) + 1 FROM capture WHERE source_id = ?", source_id
    )
    session.add(capture)
    session.flush()
    assert capture.id is not None
    sources.know_address(connection, source_id, new)
    sources.refresh(connection, source_id)
    put_on(connection, [source_id], named(new.tags))
    tie(connection, [source_id], named([new.goal]))
    edits.join_text(connection, source_id, "why", "", new.why)
    edits.join_text(connection, source_id, "found_through", "", new.found_through)
    note_event(connection, "seek", "captured", 1, "source", source_id)
    nouns = (
        {Noun.SOURCE, Noun.CAPTURE}
        | ({Noun.ANNOTATION} if outcome != "new" and anchors.carry(connection, capture.id) else set())
        | ({Noun.TAG} if new.tags else set())
        | ({Noun.GOAL} if new.goal else set())
    )
    return Added(Changes(frozenset(nouns), (source_id,), origin), source_id, capture.id, outcome)


def row_of(new: NewCapture, source_id: int, content_id: int, moment: int) -> Capture:
    """The row of a capture; its ``number`` within the source is still to be given."""
    return Capture(
        uuid=new.uuid,
        source_id=source_id,
        number=0,
        captured_at=new.captured_at,
        added_at=moment,
        url=new.url,
        title=new.title,
        author=new.author,
        published=new.published,
        is_published_approximate=new.is_published_approximate,
        site=new.site,
        lang=new.lang,
        browser=new.browser,
        kind=new.kind,
        is_private=new.is_private,
        is_link_only=new.is_link_only,
        note=new.note,
        notices=json.dumps(new.notices, ensure_ascii=False),
        quote=new.quote,
        prefix=new.prefix,
        suffix=new.suffix,
        media=json.dumps([new.media.position, new.media.duration]) if new.media else "",
        given=edits.given(new),
        content_id=content_id,
    )


def _complete(session: Session, capture_id: int, new: NewCapture, origin: str) -> Changes:
    connection = plain(session)
    capture = session.get(Capture, capture_id)
    if capture is None or not contents.fill(connection, capture.content_id, new):
        return Changes()
    if capture.is_link_only and new.text:
        capture.is_link_only = False
        for name in ("title", "author", "published", "site", "lang"):
            if getattr(new, name):
                setattr(capture, name, getattr(new, name))
        if new.published:
            capture.is_published_approximate = new.is_published_approximate
        if capture.kind == "link":
            capture.kind = new.kind
        capture.note = new.note
    capture.notices = json.dumps(new.notices, ensure_ascii=False)
    session.add(capture)
    session.flush()
    sources.refresh(connection, capture.source_id)
    nouns = {Noun.SOURCE, Noun.CAPTURE}
    same_text = found(connection, "SELECT id FROM capture WHERE content_id = ?", capture.content_id)
    nouns |= {Noun.ANNOTATION} if sum(anchors.carry(connection, one) for one in same_text) else set()
    return Changes(frozenset(nouns), (capture.source_id,), origin)
