"""Everybody with how far their key is known, and one of them with all that went between us.

Surprising: a changed key is no state of a person. It is a pack that waits: somebody sent one under their name
with a key that nobody has decided about yet.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.languages import tr
from desktop.learning import people
from desktop.learning.review_values import PersonRow
from desktop.library.acts import act
from desktop.library.tag_paths import key_of
from desktop.share import circles, sent
from desktop.share.circles import CircleRow
from desktop.share.sent import Exchange
from desktop.share.trust import KeyState, look_key
from desktop.share.values import Sender
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_DOUBTS = """SELECT sender_name, sender_key FROM pack LEFT JOIN person_key ON person_key.key = sender_key
    WHERE direction = 'received' AND pack.state <> 'aside' AND pack.trust = 'changed' AND sender_key <> ''
        AND coalesce(person_key.state, 'changed') = 'changed' ORDER BY pack.at"""
_KEYS = """SELECT person_id, person_key.key, age, state FROM person_key
    ORDER BY state = 'confirmed', state = 'known', last_seen, id"""
_KEPT = """SELECT pack_id, sum(is_kept) FROM pack_item JOIN pack ON pack.id = pack_id
    WHERE person_id = ? AND direction = 'received' GROUP BY pack_id"""
_REPLIES = """SELECT reply.id, body, reply.made_at, coalesce(source_id, 0), coalesce(note_id, 0),
        coalesce((SELECT title FROM source WHERE source.id = source_id),
            (SELECT title FROM note WHERE note.id = note_id), '')
    FROM reply WHERE creator <> '' AND person_id = ?1 OR creator <> '' AND person_id IS NULL
        AND pack_id IN (SELECT id FROM pack WHERE person_id = ?1)
    ORDER BY reply.made_at DESC, reply.id DESC LIMIT 200"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, and what is known of their key."""

    row: PersonRow
    state: KeyState | None = None
    """CHANGED while `doubt` waits; None: no key of theirs was seen."""
    key: str = ""
    """The one that counts, 64 hex digits."""
    age: str = ""
    doubt: str = ""
    """Another key under which somebody sent a pack in their name, not decided about."""
    doubt_name: str = ""
    """As that pack says it: it may only look like theirs."""

    @property
    def sender(self) -> Sender:
        """They, by the key that counts."""
        return Sender(self.row.name, self.key, self.age)

    @property
    def doubtful(self) -> Sender:
        """Whoever sent that pack, under the name that they gave."""
        return Sender(self.doubt_name, self.doubt)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment of theirs that came back."""

    id: int
    body: str
    made_at: int
    source_id: int
    note_id: int
    title: str
    """Of what they commented on."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """What the page of people shows first."""

    people: tuple[Person, ...]
    circles: tuple[CircleRow, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """What went between a person and the owner of the library."""

    exchanges: tuple[Exchange, ...] = ()
    kept: Mapping[int, int] = field(default_factory=dict)
    """How many items of a received pack were taken in, by the pack's row."""
    said: tuple[Said, ...] = ()


def everybody(reader: Reader) -> Everybody:
    """Everybody, those of whom most was kept first, and every circle."""
    keys: dict[int, tuple[str, str, str]] = {row[0]: row[1:] for row in reader.rows(_KEYS)}
    doubts = {look_key(name): (key, name) for name, key in reader.rows(_DOUBTS)}
    found = tuple(_person(one, keys, doubts) for one in people.all_of(reader))
    return Everybody(found, tuple(circles.all_of(reader)))


def named(reader: Reader, name: str) -> Person | None:
    """The person of that name, however it is written."""
    found = everybody(reader).people
    return next((one for one in found if key_of(one.row.name) == key_of(name)), None)


def between(reader: Reader, person_id: int) -> Between:
    """Packs both ways and the comments that came back, the newest first; 0: nothing, they have no row."""
    if not person_id:
        return Between()
    said = tuple(Said(*row) for row in reader.rows(_REPLIES, (person_id,)))
    kept = dict(reader.rows(_KEPT, (person_id,)))
    return Between(tuple(sent.between(reader, person_id)), kept, said)


def held(reader: Reader, pack_id: int) -> list[tuple[str, str, int, int]]:
    """What a pack held, in order: (title, sentence, source id or 0, note id or 0)."""
    return reader.rows(
        "SELECT title, sentence, coalesce(source_id, 0), coalesce(note_id, 0) FROM pack_item "
        "WHERE pack_id = ? ORDER BY ordinal, id",
        (pack_id,),
    )


def write(
    writer: Writer,
    before: str,
    name: str,
    *,
    address: str,
    how_met: str,
    topics: str,
    circle_ids: Sequence[int],
    origin: str = "",
) -> Changes:
    """Write about somebody new (``before`` empty) or somebody known, whose name may change. Undoable as one.

    Somebody new who is known after all keeps what is not said anew. ``made`` is their id. Raises BadInput: no
    name, somebody else's, no address.
    """
    values = people.values_of(name, address=address, how_met=how_met, topics=topics)
    if not before:
        values = {column: text or None for column, text in values.items()}

    def work(connection: sqlite3.Connection) -> Changes:
        touched: tuple[int, ...] = ()
        is_renamed = bool(before) and before.strip() != name.strip()
        if is_renamed:
            touched = people.call(connection, before, name) or ()
        person_id, is_other = people.put(connection, name, values)
        is_moved = circles.belong(connection, person_id, circle_ids, is_adding=not before)
        if not (is_renamed or is_other or is_moved):
            return Changes(made=person_id)
        nouns = frozenset({Noun.PERSON, Noun.CIRCLE, *([Noun.SOURCE] if touched else [])})
        return Changes(nouns, touched, origin, tr("Kept: {name}").format(name=name.strip()), person_id)

    return act(writer, work)


def _person(
    row: PersonRow, keys: Mapping[int, tuple[str, str, str]], doubts: Mapping[str, tuple[str, str]]
) -> Person:
    key, age, state = keys.get(row.id, ("", "", "")) if row.id else ("", "", "")
    doubt = doubts.get(look_key(row.name)) if row.id else None
    if doubt:
        return Person(row, KeyState.CHANGED, key, age, *doubt)
    return Person(row, KeyState(state) if state else None, key, age)
