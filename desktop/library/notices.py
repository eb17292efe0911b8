"""Sentences about a capture that come after it: what could not be fetched, and why."""

import json
from collections.abc import Iterable

from sqlmodel import Session

from desktop.library import sources
from desktop.store.changes import Changes, Noun
from desktop.store.models import Capture
from desktop.store.sessions import plain
from desktop.store.writer import Writer


def say(writer: Writer, capture_id: int, sentences: Iterable[str], origin: str = "") -> Changes:
    """Add sentences to those of a capture; one that stands there already is not repeated. Not undoable.

    Empty Changes when the capture is gone or nothing is new.
    """

    def command(session: Session) -> Changes:
        capture = session.get(Capture, capture_id)
        if capture is None:
            return Changes()
        known = json.loads(capture.notices)
        found = list(dict.fromkeys([*known, *sentences]))
        if found == known:
            return Changes()
        capture.notices = json.dumps(found, ensure_ascii=False)
        session.add(capture)
        sources.refresh(
            plain(session), capture.source_id
        )  # a page without text shows its sentence in the list
        return Changes(frozenset({Noun.SOURCE, Noun.CAPTURE}), (capture.source_id,), origin)

    return writer.run(command)
