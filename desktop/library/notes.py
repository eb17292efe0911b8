"""Notes: Markdown documents of the person's own that join quotations from several captures.

The text is the truth: at each save its ties (`note_markdown`) are read and kept as rows, so that a page can
say which notes quote it. The surprising fact: a tie names a UUID, so it outlives every edit of the note and
of the page's title, and an annotation that is deleted leaves its words in the note.
"""

import json
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.library import note_markdown
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.library.note_markdown import ANNOTATION, CAPTURE
from desktop.library.sense_values import Note, NoteRow, Quotation
from desktop.library.tag_paths import key_of, named
from desktop.library.tags import put_tags
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_NOTE = frozenset({Noun.NOTE})
_OF_THEM = "IN (SELECT value FROM json_each(?))"
_EXCERPT, _TITLE = 200, 60
"""Characters of a note that a list shows, and of its first line in place of a title."""

_TAGS = """(SELECT json_group_array(name) FROM (SELECT name FROM note_tag JOIN tag ON tag.id = tag_id
    WHERE note_id = note.id ORDER BY tag.key))"""
_ROWS = f"""SELECT id, title, substr(body, 1, 2000), changed_at, is_private, {_TAGS},
        (SELECT count(*) FROM note_quote WHERE note_id = note.id),
        (SELECT count(*) FROM note_source WHERE note_id = note.id)
    FROM note"""
_LEADS = """SELECT 'annotation', annotation.uuid, annotation.id, annotation.source_id, annotation.capture_id,
        source.title, source.site, source.url, annotation.quote, annotation.colour
    FROM json_each(?1) AS wanted JOIN annotation ON annotation.uuid = wanted.value
        JOIN source ON source.id = annotation.source_id
    UNION ALL
    SELECT 'capture', capture.uuid, 0, source.id, capture.id, source.title, source.site, source.url, '', ''
    FROM json_each(?2) AS wanted JOIN capture ON capture.uuid = wanted.value
        JOIN source ON source.id = capture.source_id"""


def make(
    writer: Writer,
    title: str,
    body: str = "",
    tags: Sequence[str] = (),
    is_private: bool = False,
    origin: str = "",
    sitting: str = "",
) -> Changes:
    """Make a note; ``made`` of the Changes is its id. Undoable, with what is saved in the same sitting."""

    def work(connection: sqlite3.Connection) -> Changes:
        note_id = _make(connection, title, body, is_private)
        put_tags(connection, "note_tag", note_id, named(tags))
        return Changes(_nouns(tags), tie(connection, note_id), origin, _said(tr("Note made"), title), note_id)

    return act(writer, work, sitting)


def save(
    writer: Writer,
    note_id: int,
    title: str | None = None,
    body: str | None = None,
    origin: str = "",
    sitting: str = "",
) -> Changes:
    """Keep what was written; None: not touched. Undoable as one, and so is all that is saved in one sitting.

    Empty Changes when nothing differs.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        old = _texts(connection, note_id)
        new = (old[0] if title is None else title.strip(), old[1] if body is None else body)
        if new == old:
            return Changes()
        connection.execute(
            "UPDATE note SET title = ?, body = ?, changed_at = ? WHERE id = ?", (*new, now(), note_id)
        )
        return Changes(_NOTE, tie(connection, note_id), origin, _said(tr("Note changed"), new[0]), note_id)

    return act(writer, work, sitting)


def quote(
    writer: Writer, annotation_ids: Sequence[int], note_id: int = 0, title: str = "", origin: str = ""
) -> Changes:
    """Put annotations as quotations at the end of a note, or of a new one (0); ``made`` is the note's id.

    The person's comment follows each quotation as text of the note. Undoable as one.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        quoted = _quotations(connection, annotation_ids)
        if not quoted:
            raise BadInput(tr("Nothing to quote: choose a highlight first."))
        into = note_id or _make(connection, title, "", False)
        name, body = _texts(connection, into)
        whole = "\n\n".join([*([body.rstrip()] if body.strip() else []), *quoted]) + "\n"
        connection.execute("UPDATE note SET body = ?, changed_at = ? WHERE id = ?", (whole, now(), into))
        if name:
            text = trn("Quotation put into: {name}", "{n} quotations put into: {name}", len(quoted))
        else:
            text = trn("Quotation put into a note", "{n} quotations put into a note", len(quoted))
        said = text.format(n=writing.number(len(quoted)), name=name.strip())
        return Changes(_NOTE, tie(connection, into), origin, said, into)

    return act(writer, work)


def set_tags(writer: Writer, note_id: int, names: Sequence[str], origin: str = "") -> Changes:
    """Give a note these tags and no others. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        title, _ = _texts(connection, note_id)
        if not put_tags(connection, "note_tag", note_id, names):
            return Changes()
        return Changes(frozenset({Noun.NOTE, Noun.TAG}), (), origin, _said(tr("Tags changed"), title))

    return act(writer, work)


def tag(
    writer: Writer, note_id: int, add: Sequence[str], remove: Sequence[str] = (), origin: str = ""
) -> Changes:
    """Add and remove tags of a note by name. Undoable as one."""
    minus = {key_of(name) for name in remove}

    def work(connection: sqlite3.Connection) -> Changes:
        title, _ = _texts(connection, note_id)
        borne = connection.execute(
            "SELECT name FROM note_tag JOIN tag ON tag.id = tag_id WHERE note_id = ?", (note_id,)
        )
        kept = [name for (name,) in borne if key_of(name) not in minus]
        if not put_tags(connection, "note_tag", note_id, [*kept, *add]):
            return Changes()
        return Changes(frozenset({Noun.NOTE, Noun.TAG}), (), origin, _said(tr("Tags changed"), title))

    return act(writer, work)


def set_private(writer: Writer, note_id: int, is_private: bool, origin: str = "") -> Changes:
    """Keep a note out of everything that is shared, or not. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        done = connection.execute(
            "UPDATE note SET is_private = ? WHERE id = ? AND is_private <> ?",
            (is_private, note_id, is_private),
        )
        said = tr("Note is private") if is_private else tr("Note may be shared")
        return Changes(_NOTE, (), origin, said) if done.rowcount else Changes()

    return act(writer, work)


def delete(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Delete notes; what they quoted stays. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        doomed = as_json(ids)
        titles = [
            row[0] for row in connection.execute(f"SELECT title FROM note WHERE id {_OF_THEM}", (doomed,))
        ]
        if not titles:
            return Changes()
        touched = found(
            connection, f"SELECT DISTINCT source_id FROM note_source WHERE note_id {_OF_THEM}", doomed
        )
        for table in ("basket", "note_quote", "note_source", "note_tag"):
            connection.execute(f"DELETE FROM {table} WHERE note_id {_OF_THEM}", (doomed,))
        connection.execute(f"DELETE FROM note WHERE id {_OF_THEM}", (doomed,))
        said = _said(tr("Note deleted"), titles[0])
        if len(titles) > 1:
            text = trn("{n} note deleted", "{n} notes deleted", len(titles))
            said = text.format(n=writing.number(len(titles)))
        return Changes(frozenset({Noun.NOTE, Noun.BASKET}), touched, origin, said)

    return act(writer, work)


def all_of(reader: Reader, tag_ids: Iterable[int] | None = None) -> list[NoteRow]:
    """All notes, or those that bear one of these tags (`vocabulary.family`), newest change first."""
    if tag_ids is None:
        return _rows(reader, "", ())
    where = f"WHERE id IN (SELECT note_id FROM note_tag WHERE tag_id {_OF_THEM})"
    return _rows(reader, where, (as_json(tag_ids),))


def count(reader: Reader) -> int:
    """How many notes there are."""
    return int(reader.rows("SELECT count(*) FROM note")[0][0])


def of_source(reader: Reader, source_id: int) -> list[NoteRow]:
    """The notes that quote or cite a source, newest change first."""
    return _rows(reader, "WHERE id IN (SELECT note_id FROM note_source WHERE source_id = ?)", (source_id,))


def read(reader: Reader, note_id: int) -> Note | None:
    """A note with its quotations and what they lead to today; None when it is gone."""
    row = reader.row(
        f"SELECT uuid, title, body, made_at, changed_at, is_private, {_TAGS} FROM note WHERE id = ?",
        (note_id,),
    )
    if row is None:
        return None
    note_uuid, title, body, made_at, changed_at, is_private, tags = row
    return Note(
        id=note_id,
        uuid=note_uuid,
        title=title,
        body=body,
        made_at=made_at,
        changed_at=changed_at,
        is_private=bool(is_private),
        tags=tuple(json.loads(tags)),
        quotations=tuple(leads(reader, body)),
    )


def leads(reader: Reader, body: str) -> list[Quotation]:
    """The ties in a text and what they lead to, also for a text that is not saved yet."""
    spots = note_markdown.spots(body)
    known = {(row[0], row[1]): row[2:] for row in reader.rows(_LEADS, _uuids(spots))}
    gone = (0, 0, 0, "", "", "", "", "")
    return [
        Quotation(spot.uuid, spot.start, spot.stop, *known.get((spot.kind, spot.uuid), gone))
        for spot in spots
    ]


def citation(reader: Reader, source_id: int) -> str:
    """Markdown that cites a source in a note; empty when it is gone."""
    row = reader.row(
        "SELECT title, (SELECT uuid FROM capture WHERE source_id = source.id ORDER BY number LIMIT 1) "
        "FROM source WHERE id = ?",
        (source_id,),
    )
    return note_markdown.citation(row[0], row[1]) if row else ""


def _rows(reader: Reader, where: str, values: Sequence[object]) -> list[NoteRow]:
    rows = []
    for note_id, title, body, changed_at, is_private, tags, quotes, sources in reader.rows(
        f"{_ROWS} {where} ORDER BY changed_at DESC, id DESC", values
    ):
        words = note_markdown.plain(body)
        rows.append(
            NoteRow(
                id=note_id,
                title=title or _first_words(body),
                excerpt=words[:_EXCERPT] + ("…" if len(words) > _EXCERPT else ""),
                changed_at=changed_at,
                is_private=bool(is_private),
                tags=tuple(json.loads(tags)),
                quotes=quotes,
                sources=sources,
            )
        )
    return rows


def _first_words(body: str) -> str:
    """The first line that says something, as a title; cut at a word."""
    line = next((words for line in body.splitlines() if (words := note_markdown.plain(line))), "")
    if len(line) <= _TITLE:
        return line
    cut = line[: _TITLE - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _uuids(spots: Iterable[note_markdown.Spot]) -> tuple[str, str]:
    by_kind: dict[str, dict[str, None]] = {ANNOTATION: {}, CAPTURE: {}}
    for spot in spots:
        by_kind[spot.kind][spot.uuid] = None
    return json.dumps(list(by_kind[ANNOTATION])), json.dumps(list(by_kind[CAPTURE]))


def _make(connection: sqlite3.Connection, title: str, body: str, is_private: bool) -> int:
    moment = now()
    made = connection.execute(
        "INSERT INTO note (uuid, title, body, made_at, changed_at, is_private) VALUES (?, ?, ?, ?, ?, ?)",
        (str(uuid.uuid4()), title.strip(), body, moment, moment, is_private),
    )
    assert made.lastrowid is not None
    note_event(connection, "sense", "wrote a note", 1, "note", made.lastrowid)
    return made.lastrowid


def _texts(connection: sqlite3.Connection, note_id: int) -> tuple[str, str]:
    row = connection.execute("SELECT title, body FROM note WHERE id = ?", (note_id,)).fetchone()
    if row is None:
        raise BadInput(tr("This note is not here any more."))
    return row[0], row[1]


def _quotations(connection: sqlite3.Connection, annotation_ids: Sequence[int]) -> list[str]:
    rows = connection.execute(
        "SELECT annotation.quote, source.title, annotation.uuid, annotation.comment "
        "FROM json_each(?) AS wanted JOIN annotation ON annotation.id = wanted.value "
        "JOIN source ON source.id = annotation.source_id ORDER BY wanted.key",
        (as_json(dict.fromkeys(annotation_ids)),),
    )
    return [note_markdown.quotation(*row) for row in rows]


def tie(connection: sqlite3.Connection, note_id: int) -> tuple[int, ...]:
    """Keep as rows what the note's text quotes and cites now; the sources it leads to."""
    _, body = _texts(connection, note_id)
    leading = {(row[0], row[1]): row for row in connection.execute(_LEADS, _uuids(note_markdown.spots(body)))}
    order = dict.fromkeys((spot.kind, spot.uuid) for spot in note_markdown.spots(body))
    quotes = [leading[tie][2] for tie in order if tie in leading and tie[0] == ANNOTATION]
    sources = {row[3] for row in leading.values()}
    quoted: set[tuple[Any, ...]] = {(note_id, one, at) for at, one in enumerate(quotes, start=1)}
    _set_rows(connection, "note_quote", note_id, quoted)
    _set_rows(connection, "note_source", note_id, {(note_id, one) for one in sources})
    return tuple(sorted(sources))


def _set_rows(connection: sqlite3.Connection, table: str, note_id: int, wanted: set[tuple[Any, ...]]) -> None:
    """Make the rows of a note equal to ``wanted``, touching only those that differ."""
    present = set(connection.execute(f"SELECT * FROM {table} WHERE note_id = ?", (note_id,)))
    column = "annotation_id" if table == "note_quote" else "source_id"
    connection.executemany(
        f"DELETE FROM {table} WHERE note_id = ? AND {column} = ?",
        [row[:2] for row in sorted(present - wanted)],
    )
    signs = ", ".join("?" * (3 if table == "note_quote" else 2))
    connection.executemany(f"INSERT INTO {table} VALUES ({signs})", sorted(wanted - present))


def _said(what: str, title: str) -> str:
    return f"{what}: {title.strip()}" if title.strip() else what


def _nouns(tags: Sequence[str]) -> frozenset[Noun]:
    return _NOTE | {Noun.TAG} if tags else _NOTE
