"""What may be attached to a goal: the newest of a kind, or those whose words fit what was typed.

The surprising fact: a try is offered once it has a result, since before that it shows nothing.
"""

from dataclasses import dataclass

from desktop.learning import days
from desktop.learning.evidence_rows import COLUMNS
from desktop.learning.values import EvidenceKind, Thing
from desktop.library import lists
from desktop.library.acts import as_json
from desktop.library.values import View
from desktop.store.reader import Reader

SHOWN = 40

_SQL = {
    EvidenceKind.ANNOTATION: """SELECT annotation.id, source.title, CASE comment WHEN '' THEN quote ELSE
        comment END, made_at FROM annotation JOIN source ON source.id = source_id
        WHERE source.state <> 'trash'
            AND (?1 = '' OR instr(lower(quote || ' ' || comment || ' ' || source.title), ?1))
        ORDER BY annotation.id DESC LIMIT ?2""",
    EvidenceKind.NOTE: """SELECT id, title, substr(body, 1, 200), changed_at FROM note
        WHERE ?1 = '' OR instr(lower(title || ' ' || body), ?1) ORDER BY changed_at DESC LIMIT ?2""",
    EvidenceKind.ACTIVITY: """SELECT id, title, note, made_at FROM activity
        WHERE ?1 = '' OR instr(lower(title || ' ' || provider || ' ' || note), ?1)
        ORDER BY id DESC LIMIT ?2""",
    EvidenceKind.TRY: """SELECT id, what, result, changed_at FROM try
        WHERE state = 'done' AND (?1 = '' OR instr(lower(what || ' ' || result), ?1))
        ORDER BY done_on DESC, id DESC LIMIT ?2""",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be attached."""

    thing: Thing
    title: str
    words: str
    day: str
    is_attached: bool
    """It is evidence for this goal already."""


def offers(
    reader: Reader, goal_id: int, kind: EvidenceKind, words: str = "", limit: int = SHOWN
) -> list[Offer]:
    """Things of a kind, the newest first; empty for kinds that are written and not chosen."""
    wanted = " ".join(words.split()).casefold()
    if kind is EvidenceKind.CAPTURE:
        rows = _pages(reader, wanted, limit)
    elif kind in _SQL:
        rows = reader.rows(_SQL[kind], (wanted, limit))
    else:
        return []
    here = reader.rows(
        f"SELECT {COLUMNS[kind]} FROM evidence WHERE goal_id = ? AND kind = ? "
        f"AND {COLUMNS[kind]} IN (SELECT value FROM json_each(?))",
        (goal_id, kind.value, as_json([row[0] for row in rows])),
    )
    known = {row[0] for row in here}
    return [
        Offer(Thing(kind, row[0]), row[1], row[2], days.day_of(row[3]).isoformat(), row[0] in known)
        for row in rows
    ]


def _pages(reader: Reader, wanted: str, limit: int) -> list[tuple[int, str, str, int]]:
    if wanted:
        found = lists.find_titles(reader, wanted, limit)
    else:
        found = lists.page(reader, list(lists.ids(reader, View())[:limit]))
    return [(row.id, row.title or row.site, row.why or row.site, row.saved_at) for row in found]
