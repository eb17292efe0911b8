"""Circles: for whom something is. Public, Community and Team, and the person's own, all without accounts.

Surprising: a circle sends nothing and stops nothing. A page's circle says how far the person meant it to go,
and `tighter` names the pages that a pack would carry further.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning.rows import OF_THEM, change, insert
from desktop.library.acts import act, as_json, found
from desktop.library.tag_paths import key_of
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

PUBLIC, COMMUNITY, TEAM = 1, 2, 3
"""The ids of those that always exist."""
OWN_RANK = 30
_CIRCLE = frozenset({Noun.CIRCLE})
_ALL = """SELECT circle.id, name, rank, (SELECT count(*) FROM circle_person WHERE circle_id = circle.id),
        (SELECT count(*) FROM source WHERE circle_id = circle.id AND state <> 'trash')
    FROM circle ORDER BY rank, key"""
_BOUND = """SELECT source.id, source.title, circle.id, circle.name, rank FROM json_each(?) AS wanted
    CROSS JOIN source ON source.id = wanted.value JOIN circle ON circle.id = source.circle_id
    WHERE rank > 0 ORDER BY wanted.key"""


@dataclass(frozen=True, slots=True)
class CircleRow:
    """One circle, the widest first."""

    id: int
    name: str
    """In the language that is spoken."""
    rank: int
    members: int
    pages: int
    """Outside Trash that may go no further."""

    @property
    def is_own(self) -> bool:
        """Made by the person: it can be renamed and removed."""
        return self.id > TEAM


@dataclass(frozen=True, slots=True)
class Tighter:
    """A page that was meant for fewer people than a pack goes to."""

    source_id: int
    title: str
    circle: str


def name_of(circle_id: int, name: str) -> str:
    """What a circle is called; ``name``: as its row has it."""
    words = {PUBLIC: tr("Public"), COMMUNITY: tr("Community"), TEAM: tr("Team")}
    return name or words.get(circle_id, "")


def all_of(reader: Reader) -> list[CircleRow]:
    """Every circle, Public first, own ones last."""
    return [CircleRow(row[0], name_of(row[0], row[1]), *row[2:]) for row in reader.rows(_ALL)]


def named(reader: Reader, name: str) -> CircleRow | None:
    """The circle of that name, however it is written; None when there is none."""
    return next((one for one in all_of(reader) if key_of(one.name) == key_of(name)), None)


def members(reader: Reader, circle_id: int) -> list[tuple[int, str]]:
    """(person id, name) of who is in it, by name."""
    return reader.rows(
        "SELECT person.id, name FROM circle_person JOIN person ON person.id = person_id "
        "WHERE circle_id = ? ORDER BY key",
        (circle_id,),
    )


def make(writer: Writer, name: str, origin: str = "") -> Changes:
    """Make a circle of one's own; ``made`` is its id. Undoable. Raises BadInput: no name, or it is taken."""

    def work(connection: sqlite3.Connection) -> Changes:
        key = _free(connection, name)
        made = insert(connection, "circle", {"key": key, "name": name.strip(), "rank": OWN_RANK})
        return Changes(_CIRCLE, (), origin, tr("Circle “{name}” made").format(name=name.strip()), made)

    return act(writer, work)


def rename(writer: Writer, circle_id: int, name: str, origin: str = "") -> Changes:
    """Give a circle of one's own another name. Undoable. Raises BadInput."""

    def work(connection: sqlite3.Connection) -> Changes:
        _be_own(circle_id)
        key = _free(connection, name, circle_id)
        is_other = change(connection, "circle", circle_id, {"key": key, "name": name.strip()})
        said = tr("Circle renamed to “{name}”").format(name=name.strip())
        return Changes(_CIRCLE, (), origin, said) if is_other else Changes()

    return act(writer, work)


def settle(writer: Writer, circle_id: int, name: str, person_ids: Sequence[int], origin: str = "") -> Changes:
    """Make a circle (``circle_id`` 0) or say anew what it is called and who is in it. Undoable as one.

    The name counts only for one's own; ``made`` is the circle's id. Raises BadInput: no name, it is taken.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        number, is_other = circle_id, False
        if number == 0 or number > TEAM:
            values = {"key": _free(connection, name, number), "name": name.strip()}
            is_other = number == 0 or change(connection, "circle", number, values)
            number = number or insert(connection, "circle", values | {"rank": OWN_RANK})
        before = set(found(connection, "SELECT person_id FROM circle_person WHERE circle_id = ?", number))
        pairs = [(number, one) for one in before ^ set(person_ids)]
        _toggle(connection, pairs)
        if not (is_other or pairs):
            return Changes(made=number)
        (called,) = connection.execute("SELECT name FROM circle WHERE id = ?", (number,)).fetchone()
        said = tr("Circle “{name}” kept").format(name=name_of(number, called))
        return Changes(_CIRCLE | {Noun.PERSON}, (), origin, said, number)

    return act(writer, work)


def belong(
    connection: sqlite3.Connection, person_id: int, circle_ids: Sequence[int], *, is_adding: bool = False
) -> bool:
    """Inside an act: let a person be in exactly these circles, or in these too; whether that is new."""
    before = set(found(connection, "SELECT circle_id FROM circle_person WHERE person_id = ?", person_id))
    wanted = set(circle_ids) | before if is_adding else set(circle_ids)
    pairs = [(one, person_id) for one in before ^ wanted]
    _toggle(connection, pairs)
    return bool(pairs)


def remove(writer: Writer, circle_id: int, origin: str = "") -> Changes:
    """Remove a circle of one's own; its people stay, and its pages may then go to anyone. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        _be_own(circle_id)
        pages = found(connection, "SELECT id FROM source WHERE circle_id = ?", circle_id)
        connection.execute("UPDATE source SET circle_id = NULL WHERE circle_id = ?", (circle_id,))
        for table in ("draft", "pack"):
            connection.execute(f"UPDATE {table} SET circle_id = NULL WHERE circle_id = ?", (circle_id,))
        connection.execute("DELETE FROM circle_person WHERE circle_id = ?", (circle_id,))
        gone = connection.execute("DELETE FROM circle WHERE id = ?", (circle_id,)).rowcount
        nouns = _CIRCLE | {Noun.SOURCE, Noun.BASKET}
        return Changes(nouns, pages, origin, tr("Circle removed")) if gone else Changes()

    return act(writer, work)


def add(writer: Writer, circle_id: int, person_ids: Sequence[int], origin: str = "") -> Changes:
    """Put people into a circle. Undoable as one. Raises BadInput for Public, which is everyone."""
    if circle_id == PUBLIC:
        raise BadInput(tr("Public is everyone; nobody has to be put into it."))

    def work(connection: sqlite3.Connection) -> Changes:
        done = connection.execute(
            f"INSERT OR IGNORE INTO circle_person SELECT circle.id, person.id FROM circle, person "
            f"WHERE circle.id = ? AND person.id {OF_THEM}",
            (circle_id, as_json(person_ids)),
        ).rowcount
        return Changes(_CIRCLE, (), origin, _people(tr("Put into the circle"), done)) if done else Changes()

    return act(writer, work)


def take_out(writer: Writer, circle_id: int, person_ids: Sequence[int], origin: str = "") -> Changes:
    """Take people out of a circle. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        done = connection.execute(
            f"DELETE FROM circle_person WHERE circle_id = ? AND person_id {OF_THEM}",
            (circle_id, as_json(person_ids)),
        ).rowcount
        return (
            Changes(_CIRCLE, (), origin, _people(tr("Taken out of the circle"), done)) if done else Changes()
        )

    return act(writer, work)


def set_circle(writer: Writer, source_ids: Sequence[int], circle_id: int, origin: str = "") -> Changes:
    """Say how far pages may go; 0: to anyone. Undoable as one. Raises BadInput for no such circle."""

    def work(connection: sqlite3.Connection) -> Changes:
        row = connection.execute("SELECT name FROM circle WHERE id = ?", (circle_id,)).fetchone()
        if circle_id and row is None:
            raise BadInput(tr("This circle is not here any more."))
        value = circle_id or None
        changed = found(
            connection,
            f"SELECT id FROM source WHERE id {OF_THEM} AND circle_id IS NOT ?",
            as_json(source_ids),
            value,
        )
        connection.execute(f"UPDATE source SET circle_id = ? WHERE id {OF_THEM}", (value, as_json(changed)))
        if not changed:
            return Changes()
        said = tr("For {circle}").format(circle=name_of(circle_id, row[0])) if row else tr("For anyone")
        if len(changed) > 1:
            said = f"{said} ({writing.number(len(changed))})"
        return Changes(frozenset({Noun.SOURCE, Noun.CIRCLE}), changed, origin, said)

    return act(writer, work)


def circle_of(reader: Reader, source_id: int) -> int:
    """The circle of a page; 0: it may go to anyone."""
    row = reader.row("SELECT coalesce(circle_id, 0) FROM source WHERE id = ?", (source_id,))
    return int(row[0]) if row else 0


def tighter(
    reader: Reader, source_ids: Sequence[int], person_id: int = 0, circle_id: int = 0
) -> list[Tighter]:
    """Those pages that were meant for fewer people than this recipient; without one, the pack is for all."""
    bound = reader.rows(_BOUND, (as_json(source_ids),))
    if not bound:
        return []
    ranks = dict(reader.rows("SELECT id, rank FROM circle"))
    people: dict[int, set[int]] = {}
    for circle, person in reader.rows("SELECT circle_id, person_id FROM circle_person"):
        people.setdefault(circle, set()).add(person)
    going = people.get(circle_id, set())
    found = []
    for source_id, title, own, name, rank in bound:
        of_own = people.get(own, set())
        is_fine = (
            own == circle_id
            or person_id in of_own
            or (bool(going) and going <= of_own)
            or (own <= TEAM and PUBLIC < circle_id <= TEAM and ranks[circle_id] > rank)
        )
        if not is_fine:
            found.append(Tighter(source_id, title, name_of(own, name)))
    return found


def _toggle(connection: sqlite3.Connection, pairs: Sequence[tuple[int, int]]) -> None:
    """Put who is not in a circle into it and take out who is: (circle, person)."""
    for pair in pairs:
        sql = "DELETE FROM circle_person WHERE circle_id = ? AND person_id = ?"
        if not connection.execute(sql, pair).rowcount:
            connection.execute("INSERT INTO circle_person (circle_id, person_id) VALUES (?, ?)", pair)


def _free(connection: sqlite3.Connection, name: str, but: int = 0) -> str:
    """The key of a name that no other circle has. Raises BadInput."""
    key = key_of(name)
    if not key:
        raise BadInput(tr("A circle needs a name."))
    always = {key_of(name_of(one, "")) for one in (PUBLIC, COMMUNITY, TEAM)}
    if key in always or found(connection, "SELECT 1 FROM circle WHERE key = ? AND id <> ?", key, but):
        raise BadInput(tr("There is a circle “{name}” already.").format(name=name.strip()))
    return key


def _be_own(circle_id: int) -> None:
    if circle_id <= TEAM:
        raise BadInput(tr("Public, Community and Team always exist."))


def _people(said: str, number: int) -> str:
    if number == 1:
        return said
    people = trn("{n} person", "{n} people", number).format(n=writing.number(number))
    return f"{said} ({people})"
