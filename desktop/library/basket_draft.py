"""What the person writes into the basket: a sentence on each thing, headings, the covering note, to whom.

Surprising: ticking a full text needs a reason in words. A tick alone is made in passing; the reason goes
along and tells the colleague why they were sent the whole page.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.library.acts import act, as_json, now
from desktop.library.sense_values import PackDraft
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_BASKET = frozenset({Noun.BASKET})
_OF_THEM = "IN (SELECT value FROM json_each(?))"
_EMPTY: dict[str, Any] = {
    "title": "",
    "message": "",
    "person_id": None,
    "circle_id": None,
    "full_text": False,
    "why_full": "",
    "with_tags": True,
}
_DRAFT = """SELECT title, message, coalesce(person_id, 0), coalesce(circle_id, 0), full_text, why_full,
    with_tags FROM draft WHERE id = 1"""


def say(writer: Writer, item_id: int, sentence: str, origin: str = "", sitting: str = "") -> Changes:
    """Write the person's own sentence on a thing in the basket. Undoable; acts of one sitting as one."""
    return _set(writer, [item_id], {"sentence": sentence.strip()}, tr("Sentence changed"), origin, sitting)


def keep_why(writer: Writer, item_ids: Sequence[int], origin: str = "") -> Changes:
    """Let *why it matters* be the sentence of those that have none yet. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        done = connection.execute(
            "UPDATE basket SET sentence = (SELECT why FROM source WHERE id = source_id) "
            f"WHERE id {_OF_THEM} AND sentence = '' "
            "AND EXISTS (SELECT 1 FROM source WHERE id = source_id AND why <> '')",
            (as_json(item_ids),),
        ).rowcount
        said = tr("Why it matters kept as the sentence")
        return Changes(_BASKET, (), origin, said) if done else Changes()

    return act(writer, work)


def put_under(writer: Writer, item_ids: Sequence[int], heading: str, origin: str = "") -> Changes:
    """Put things under a heading of the pack; empty: under none. Undoable as one."""
    heading = " ".join(heading.split())
    said = tr("Put under “{heading}”").format(heading=heading) if heading else tr("Put under no heading")
    return _set(writer, item_ids, {"heading": heading}, said, origin)


def with_full_text(writer: Writer, item_ids: Sequence[int], reason: str, origin: str = "") -> Changes:
    """Let the full text of these go along, for this reason. Undoable. Raises BadInput without one."""
    values = {"full_text": True, "why_full": _reason(reason)}
    return _set(writer, item_ids, values, tr("Full text goes along"), origin)


def without_full_text(writer: Writer, item_ids: Sequence[int], origin: str = "") -> Changes:
    """Let the full text of these stay. Undoable."""
    return _set(writer, item_ids, {"full_text": False, "why_full": ""}, tr("Full text stays"), origin)


def with_private(writer: Writer, item_ids: Sequence[int], is_with: bool, origin: str = "") -> Changes:
    """Expressly: what is marked private in these goes along, or stays. Undoable."""
    said = tr("What is private goes along") if is_with else tr("What is private stays")
    return _set(writer, item_ids, {"with_private": is_with}, said, origin)


def with_address(writer: Writer, item_ids: Sequence[int], is_with: bool, origin: str = "") -> Changes:
    """Expressly: an address inside an organisation goes along, or stays. Undoable."""
    said = tr("The address goes along") if is_with else tr("The address stays")
    return _set(writer, item_ids, {"with_address": is_with}, said, origin)


def draft(reader: Reader) -> PackDraft:
    """What is written of the pack so far."""
    row = reader.row(_DRAFT)
    if row is None:
        return PackDraft()
    title, message, person_id, circle_id, full_text, why_full, with_tags = row
    return PackDraft(title, message, person_id, circle_id, bool(full_text), why_full, bool(with_tags))


def write(
    writer: Writer,
    *,
    title: str | None = None,
    message: str | None = None,
    with_tags: bool | None = None,
    origin: str = "",
    sitting: str = "",
) -> Changes:
    """Change what is given of the draft. Undoable; acts of one sitting as one."""
    values = {
        "title": None if title is None else " ".join(title.split()),
        "message": None if message is None else message.strip(),
        "with_tags": with_tags,
    }
    return _write(writer, values, tr("Covering note changed"), origin, sitting)


def address_to(writer: Writer, person_id: int = 0, circle_id: int = 0, origin: str = "") -> Changes:
    """Say for whom the pack is: a person, a circle, or neither. Undoable. Raises BadInput for both."""
    if person_id and circle_id:
        raise BadInput(tr("A pack goes to a person or to a circle."))
    values = {"person_id": person_id or None, "circle_id": circle_id or None}
    return _write(writer, values, tr("Changed to whom it goes"), origin, emptied=("person_id", "circle_id"))


def whole_pack_full_text(writer: Writer, is_with: bool, reason: str = "", origin: str = "") -> Changes:
    """Let every full text go along, for this reason, or none but those ticked. Undoable. Raises BadInput."""
    values = {"full_text": is_with, "why_full": _reason(reason) if is_with else ""}
    said = tr("Every full text goes along") if is_with else tr("Full text stays, but where it is ticked")
    return _write(writer, values, said, origin)


def clear(writer: Writer, origin: str = "") -> Changes:
    """Begin anew: an empty basket and no draft, as after a pack was sent. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        number = connection.execute("DELETE FROM basket").rowcount
        number += connection.execute("DELETE FROM draft").rowcount
        return Changes(_BASKET, (), origin, tr("Basket cleared")) if number else Changes()

    return act(writer, work)


def _reason(text: str) -> str:
    if not text.strip():
        raise BadInput(tr("Say in a few words why the whole page should go along."))
    return text.strip()


def _set(
    writer: Writer, ids: Sequence[int], values: dict[str, Any], said: str, origin: str, sitting: str = ""
) -> Changes:
    def work(connection: sqlite3.Connection) -> Changes:
        sets = ", ".join(f"{name} = ?" for name in values)
        differs = " OR ".join(f"{name} IS NOT ?" for name in values)
        done = connection.execute(
            f"UPDATE basket SET {sets} WHERE id {_OF_THEM} AND ({differs})",
            (*values.values(), as_json(ids), *values.values()),
        ).rowcount
        label = said if done < 2 else _many(said, done)
        return Changes(_BASKET, (), origin, label) if done else Changes()

    return act(writer, work, sitting)


def _many(said: str, number: int) -> str:
    things = trn("{n} thing", "{n} things", number).format(n=writing.number(number))
    return f"{said} ({things})"


def _write(
    writer: Writer,
    values: dict[str, Any],
    said: str,
    origin: str,
    sitting: str = "",
    emptied: Sequence[str] = (),
) -> Changes:
    wanted = {name: value for name, value in values.items() if value is not None or name in emptied}

    def work(connection: sqlite3.Connection) -> Changes:
        columns = ", ".join(_EMPTY)
        row = connection.execute(f"SELECT {columns} FROM draft WHERE id = 1").fetchone()
        old = dict(zip(_EMPTY, row, strict=True)) if row else _EMPTY
        new = old | wanted
        if new == old:
            return Changes()
        if row is None:
            signs = ", ".join("?" * len(new))
            connection.execute(
                f"INSERT INTO draft (id, {columns}, changed_at) VALUES (1, {signs}, ?)",
                (*new.values(), now()),
            )
        else:
            sets = ", ".join(f"{name} = ?" for name in new)
            connection.execute(f"UPDATE draft SET {sets}, changed_at = ?", (*new.values(), now()))
        return Changes(_BASKET, (), origin, said)

    return act(writer, work, sitting)
