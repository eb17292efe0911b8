"""What the browser said of a page that does not come: how long it waits, and in whose words it is given up.

Surprising: waiting is the rule, as the page may stand in the browser's own queue for days. Only a page that
lies among the damaged files is known never to come.
"""

import time
from pathlib import Path
from typing import Final

from desktop.capture.message import Beside, UpdateMessage
from desktop.languages import tr, writing
from desktop.library.marks import page_marks, page_messages
from desktop.library.marks.page_marks import MarkEdit, PageMark
from desktop.library.marks.page_messages import PageTool
from desktop.store.reader import Reader
from native_host.spool import Spool

PATIENCE_DAYS: Final = 30
MOST_WORDS: Final = 200
"""Characters of the person's words that a sentence repeats; the file keeps them all."""


class Orphans:
    """Looks for what a message speaks of, without a transaction: a window looks every few seconds."""

    def __init__(self, reader: Reader, spool: Spool) -> None:
        self._reader = reader
        self._spool = spool

    def awaits(self, message: Beside) -> bool:
        """Whether the page, or the highlight that is edited, has not come yet."""
        with self._reader.held() as connection:
            if not page_messages.has_come(connection, message.of):
                return True
            return isinstance(message, MarkEdit) and not page_marks.is_known(connection, message)

    def given_up(self, path: Path, message: Beside) -> str:
        """The sentence that tells it, for a message that `awaits` in vain; empty while there is hope."""
        wanted = {message.of, message.annotation} if isinstance(message, MarkEdit) else {message.of}
        if any(self._spool.holds(uuid) for uuid in wanted):
            return ""
        words = _said(message)
        if any(file.name[:36] in wanted for file in self._spool.damaged()):
            if not words:
                return tr("A change made in the browser has lost its page, which could not be read.")
            return tr("“{words}” has lost its page, which could not be read.").format(words=words)
        if time.time() - path.stat().st_mtime < PATIENCE_DAYS * 86_400:
            return ""
        days = writing.number(PATIENCE_DAYS)
        if not words:
            return tr("A change made in the browser waited {days} days for a page that never came.").format(
                days=days
            )
        return tr("“{words}” waited {days} days for a page that never came.").format(words=words, days=days)


def _said(message: Beside) -> str:
    """What the person wrote or chose, in one line; empty for a change without words."""
    found: tuple[str | None, ...]
    if isinstance(message, UpdateMessage):
        tags = ", ".join(message.tags or ())
        found = (message.why, message.found_through, message.title, tags, message.goal)
    elif isinstance(message, PageMark):
        found = (message.comment, message.quote)
    elif isinstance(message, PageTool):
        found = (message.name,)
    else:
        found = (message.comment,)
    words = " ".join(next((text for text in found if text), "").split())
    return words if len(words) <= MOST_WORDS else words[:MOST_WORDS].rstrip() + " …"
