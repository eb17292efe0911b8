"""The packs that came, as the page Received lists them: read by plain SQL, without opening any.

Surprising: the sidebar counts by this when the window opens, so nothing here imports what opens packs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.store.reader import Reader

_ROWS = """SELECT pack.id, title, sender_name, coalesce(pack.person_id, 0), sender_key, trust, at, pack.state,
        reply_to <> '', (SELECT count(*) FROM pack_item WHERE pack_id = pack.id),
        (SELECT count(*) FROM pack_item WHERE pack_id = pack.id AND is_kept),
        (SELECT count(*) FROM reply WHERE pack_id = pack.id AND creator = '' AND sent_at = 0)
    FROM pack WHERE direction = 'received' {where} ORDER BY at DESC, pack.id DESC LIMIT {limit}"""
MOST = 500


@dataclass(frozen=True, slots=True)
class Received:
    """One pack that came."""

    id: int
    title: str
    sender: str
    """The name, as the pack says it."""
    person_id: int
    key: str
    """Empty: unsigned."""
    trust: str
    """At arrival, a `values.Trust`."""
    at: int
    state: str
    """``new``, ``kept`` or ``aside``."""
    is_answer: bool
    items: int
    kept: int
    waiting: int
    """One's own answers that were not sent yet."""

    @property
    def is_new(self) -> bool:
        """Nobody has decided about it."""
        return self.state == "new"


def all_of(reader: Reader) -> list[Received]:
    """The packs that came, the newest first; what was set aside comes last."""
    rows = [_row(row) for row in reader.rows(_ROWS.format(where="", limit=MOST))]
    return sorted(rows, key=lambda one: one.state == "aside")


def count_new(reader: Reader) -> int:
    """How many nobody has decided about."""
    found = reader.row("SELECT count(*) FROM pack WHERE direction = 'received' AND state = 'new'")
    return int(found[0]) if found else 0


def one(reader: Reader, pack_id: int) -> Received | None:
    """One pack by its row."""
    rows = reader.rows(_ROWS.format(where="AND pack.id = ?", limit=1), (pack_id,))
    return _row(rows[0]) if rows else None


def _row(row: Sequence[object]) -> Received:
    values = list(row)
    values[8] = bool(row[8])
    return Received(*values)  # type: ignore[arg-type]
