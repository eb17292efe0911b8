"""One pack that came, as it is looked at: beside what is here now.

Surprising: what a pack would bring is asked anew each time it is shown. A page that was saved meanwhile turns
"new" into "you have it".
"""

from dataclasses import dataclass

from desktop.paths import Paths
from desktop.share import inbox, replies
from desktop.share.inbox import Received
from desktop.share.offer import Offer, look
from desktop.share.receiving import reopen
from desktop.share.replies import Reply
from desktop.store.reader import Reader


@dataclass(frozen=True)
class Looked:
    """One pack with all that its pane shows."""

    row: Received
    offer: Offer
    replies: tuple[Reply, ...]
    """What was said about it, here and by others."""
    made_at: int
    bytes: int
    file_name: str
    kept: frozenset[str]
    """UUIDs of the items that were taken in."""


def looked(reader: Reader, paths: Paths, pack_id: int) -> Looked | None:
    """One pack beside what is here; None when it is gone. Raises BadInput: what was in it is gone."""
    row = inbox.one(reader, pack_id)
    if row is None:
        return None
    offer = look(reader, reopen(reader, paths, pack_id))
    made_at, size, name = reader.rows("SELECT made_at, bytes, file_name FROM pack WHERE id = ?", (pack_id,))[
        0
    ]
    kept = reader.rows("SELECT uuid FROM pack_item WHERE pack_id = ? AND is_kept", (pack_id,))
    said = tuple(replies.of_pack(reader, pack_id))
    return Looked(row, offer, said, made_at, size, name, frozenset(one[0] for one in kept))
