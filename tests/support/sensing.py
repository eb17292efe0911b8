"""Annotations for tests, straight into the tables: what stands on them is tried without the reader's code."""

import uuid
from typing import Any

from desktop.library.acts import act, now
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

_COLUMNS = (
    "uuid", "source_id", "capture_id", "made_at", "changed_at", "creator", "colour", "comment", "link",
    "is_private", "start", "stop", "quote", "prefix", "suffix", "range", "fragment", "origin",
)  # fmt: skip


def annotate(
    writer: Writer, source_id: int, quote: str = "First paragraph.", **others: Any
) -> tuple[int, str]:
    """Mark a passage of a source's newest capture, as an act; (annotation id, its UUID)."""

    def work(connection: Any) -> Changes:
        (capture_id,) = connection.execute(
            "SELECT capture_id FROM source WHERE id = ?", (source_id,)
        ).fetchone()
        row: dict[str, Any] = dict.fromkeys(_COLUMNS, "") | {
            "uuid": str(uuid.uuid4()), "source_id": source_id, "capture_id": capture_id, "made_at": now(),
            "changed_at": now(), "colour": "straw", "is_private": 0, "start": 0, "stop": len(quote),
            "quote": quote, "origin": "reader",
        } | others  # fmt: skip
        signs = ", ".join(f":{column}" for column in _COLUMNS)
        made = connection.execute(
            f"INSERT INTO annotation ({', '.join(_COLUMNS)}) VALUES ({signs})", row
        ).lastrowid
        connection.execute(
            "INSERT INTO anchor VALUES (?, ?, 0, ?, 'exact', 100)", (made, capture_id, len(quote))
        )
        keys.append(row["uuid"])
        return Changes(frozenset({Noun.ANNOTATION}), (source_id,), "", "Highlighted", made)

    keys: list[str] = []
    changes = act(writer, work)
    return changes.made, keys[0]


def bear(writer: Writer, annotation_id: int, *names: str) -> None:
    """Give an annotation these tags, as an act."""
    from desktop.library.tags import put_tags

    def work(connection: Any) -> Changes:
        put_tags(connection, "annotation_tag", annotation_id, names)
        return Changes(frozenset({Noun.ANNOTATION}), (), "", "Tagged")

    act(writer, work)
