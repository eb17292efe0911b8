"""Highlights, notes and links by the thousand over a library that `many.fill` made.

Every highlight stands where it says: its quote is cut out of the capture's own text, so that painting,
searching and carrying can be measured on it.
"""

import random
import uuid
from collections.abc import Iterator
from typing import Any

from desktop.library.note_markdown import quotation
from desktop.paths import Paths
from desktop.store.database import connect_to_write, transaction

COLOURS = ("straw", "sage", "sky", "rose", "lilac")
COMMENTS = ("For the panel in December.", "Ask **Jonas** whether this holds for us.", "Our case exactly.")
REASONS = ("supports", "contradicts", "example", "see")
AROUND = 32

_COLUMNS = (
    "id, uuid, source_id, capture_id, made_at, changed_at, creator, colour, comment, link, is_private, "
    "start, stop, quote, prefix, suffix, range, fragment, origin"
)
_ANNOTATION = f"INSERT INTO annotation ({_COLUMNS}) VALUES ({', '.join('?' * 19)})"


def mark(paths: Paths, n: int, *, in_one: int = 0, notes: int = 0, links: int = 0) -> None:
    """Add ``n`` highlights spread over the newest pages with text, the same ones for the same numbers.

    ``in_one``: how many more on the newest page alone. Every third has a comment, every fourth a tag. Ids
    go on from the highest there is; each note quotes three highlights.
    """
    connection = connect_to_write(paths.library)
    try:
        with transaction(connection):
            pages = connection.execute(
                "SELECT source.id, capture.id, saved_at, text FROM source "
                "JOIN capture ON capture.id = source.capture_id JOIN content ON content.id = content_id "
                "WHERE state <> 'trash' AND text <> '' ORDER BY source.id DESC LIMIT ?",
                (max(1, n),),
            ).fetchall()
            (first,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM annotation").fetchone()
            (tags,) = connection.execute("SELECT count(*) FROM tag").fetchone()
            rows = list(_annotations(pages, n, in_one, first))
            connection.executemany(_ANNOTATION, rows)
            connection.executemany(
                "INSERT INTO anchor (annotation_id, capture_id, start, stop, how, certainty) "
                "VALUES (?, ?, ?, ?, 'exact', 100)",
                [(row[0], row[3], row[11], row[12]) for row in rows],
            )
            connection.executemany(
                "INSERT INTO annotation_tag (annotation_id, tag_id) VALUES (?, ?)",
                [(row[0], row[0] % tags + 1) for row in rows if tags and row[0] % 4 == 0],
            )
            _write_notes(connection, rows, notes)
            connection.executemany(
                "INSERT OR IGNORE INTO link (from_source_id, to_source_id, reason, sentence, made_at) "
                "VALUES (?, ?, ?, '', ?)",
                [
                    (pages[at % len(pages)][0], pages[(at * 7 + 1) % len(pages)][0], REASONS[at % 4], at)
                    for at in range(links)
                    if at % len(pages) != (at * 7 + 1) % len(pages)
                ],
            )
    finally:
        connection.close()


def _annotations(pages: list[tuple[Any, ...]], n: int, in_one: int, first: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(n + in_one)
    for number in range(n + in_one):
        source_id, capture_id, saved_at, text = pages[number % len(pages) if number < n else 0]
        start = chance.randrange(max(1, len(text) - 20))
        stop = min(len(text), start + chance.randint(10, 160))
        made_at = saved_at + 60_000 * (1 + number % 600)
        yield (
            *(
                first + number,
                str(uuid.UUID(int=first + number)),
                source_id,
                capture_id,
                made_at,
                made_at,
                "",
            ),
            *(COLOURS[number % 5], COMMENTS[number // 3 % 3] if number % 3 == 0 else "", "", 0, start, stop),
            *(text[start:stop], text[max(0, start - AROUND) : start], text[stop : stop + AROUND]),
            *("", "", "reader"),
        )


def _write_notes(connection: Any, rows: list[tuple[Any, ...]], notes: int) -> None:
    (first,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM note").fetchone()
    for at in range(notes):
        quoted = [rows[(at * 3 + step) % len(rows)] for step in range(3)]
        body = "\n\n".join(quotation(row[13], f"Page {row[2]}", row[1]) for row in quoted)
        note_id = first + at
        connection.execute(
            "INSERT INTO note (id, uuid, title, body, made_at, changed_at, is_private) "
            "VALUES (?, ?, ?, ?, ?, ?, 0)",
            (note_id, str(uuid.UUID(int=note_id)), f"Note {note_id}", body, quoted[0][4], quoted[0][4]),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO note_quote (note_id, annotation_id, ordinal) VALUES (?, ?, ?)",
            [(note_id, row[0], place) for place, row in enumerate(quoted, start=1)],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO note_source (note_id, source_id) VALUES (?, ?)",
            [(note_id, row[2]) for row in quoted],
        )
