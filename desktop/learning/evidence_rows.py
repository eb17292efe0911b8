"""Evidence as it is shown: one statement joins each piece with the thing it refers to."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from desktop.learning.rows import OF_THEM
from desktop.learning.values import EvidenceKind, EvidenceRow, Thing
from desktop.library.acts import as_json, found
from desktop.store.reader import Reader

COLUMNS = {
    EvidenceKind.CAPTURE: "source_id",
    EvidenceKind.ANNOTATION: "annotation_id",
    EvidenceKind.NOTE: "note_id",
    EvidenceKind.ACTIVITY: "activity_id",
    EvidenceKind.TRY: "try_id",
}
"""By which column a kind refers to its thing."""

_GONE = " OR ".join(
    f"(evidence.kind = '{kind}' AND evidence.{column} IS NULL)" for kind, column in COLUMNS.items()
)
_SELECT = f"""SELECT evidence.id, evidence.goal_id, goal.skill, evidence.kind, evidence.sentence,
        CASE evidence.kind WHEN 'capture' THEN source.why WHEN 'annotation' THEN annotation.comment
            WHEN 'try' THEN try.result WHEN 'activity' THEN activity.note ELSE '' END,
        who, on_date, evidence.made_at,
        evidence.is_private OR coalesce(annotation.is_private, 0) OR coalesce(note.is_private, 0)
            OR coalesce(activity.is_private, 0) OR coalesce(try.is_private, 0)
            OR coalesce(capture.is_private, 0),
        {_GONE}, evidence.source_id, evidence.annotation_id, evidence.note_id, evidence.activity_id,
        evidence.try_id,
        CASE evidence.kind WHEN 'note' THEN coalesce(nullif(note.title, ''), substr(note.body, 1, 60))
            WHEN 'activity' THEN activity.title WHEN 'try' THEN try.what
            WHEN 'certificate' THEN activity.title ELSE source.title END,
        source.site, coalesce(source.url, activity.url), annotation.quote,
        'res/' || asset.sha256 || '.' || asset.ext,
        (SELECT json_group_array(level_change_id) FROM level_evidence WHERE evidence_id = evidence.id)
    FROM evidence JOIN goal ON goal.id = evidence.goal_id
        LEFT JOIN source ON source.id = evidence.source_id
        LEFT JOIN capture ON capture.id = source.capture_id
        LEFT JOIN annotation ON annotation.id = annotation_id LEFT JOIN note ON note.id = note_id
        LEFT JOIN activity ON activity.id = activity_id LEFT JOIN try ON try.id = try_id
        LEFT JOIN asset ON asset.id = evidence.asset_id"""
_NEWEST = " ORDER BY on_date DESC, evidence.id DESC"


def of_goal(reader: Reader, goal_id: int, limit: int | None = None) -> list[EvidenceRow]:
    """The evidence of a goal, newest first."""
    return _rows(reader, "evidence.goal_id = ?", (goal_id,), limit)


def of_thing(reader: Reader, thing: Thing) -> list[EvidenceRow]:
    """For which goals a page, highlight, note, activity or try is evidence."""
    where = f"evidence.kind = ? AND evidence.{COLUMNS[thing.kind]} = ?"
    return _rows(reader, where, (thing.kind.value, thing.id))


def many(reader: Reader, ids: Sequence[int]) -> list[EvidenceRow]:
    """These pieces of evidence, newest first; those that are gone are left out."""
    return _rows(reader, f"evidence.id {OF_THEM}", (as_json(ids),))


def read(reader: Reader, evidence_id: int) -> EvidenceRow | None:
    """One piece of evidence; None when it is gone."""
    rows = many(reader, [evidence_id])
    return rows[0] if rows else None


def last_support(connection: sqlite3.Connection, ids: str) -> str:
    """The day of a level change that stands on these pieces of evidence alone (JSON list); else empty."""
    days = found(
        connection,
        "SELECT on_date FROM level_change WHERE id IN "
        f"(SELECT level_change_id FROM level_evidence WHERE evidence_id {OF_THEM}) "
        "AND NOT EXISTS (SELECT 1 FROM level_evidence WHERE level_change_id = level_change.id "
        f"AND evidence_id NOT {OF_THEM}) ORDER BY on_date LIMIT 1",
        ids,
        ids,
    )
    return str(days[0]) if days else ""


def _rows(
    reader: Reader, where: str, values: tuple[object, ...], limit: int | None = None
) -> list[EvidenceRow]:
    cut = "" if limit is None else f" LIMIT {int(limit)}"
    return [_row(row) for row in reader.rows(f"{_SELECT} WHERE {where}{_NEWEST}{cut}", values)]


def _row(row: tuple[Any, ...]) -> EvidenceRow:
    own, other = row[4], row[5] or ""
    values: list[Any] = [
        *row[:3], EvidenceKind(row[3]), own or other, bool(own), *row[6:9], bool(row[9]), bool(row[10]),
        *(number or 0 for number in row[11:16]), *(text or "" for text in row[16:21]),
        tuple(json.loads(row[21])),
    ]  # fmt: skip
    return EvidenceRow(*values)
