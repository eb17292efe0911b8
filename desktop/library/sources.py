"""Which source a capture belongs to, and what a list shows of it.

A page is known by its address key. What a page says of itself by rel=canonical is only a hint: it joins two
addresses when their texts are equal, and never otherwise, since sites name their front page as the canonical
of everything.
"""

import sqlite3

from desktop.library.values import NewCapture
from desktop.text.urls import canonical_url, url_key


def find(connection: sqlite3.Connection, new: NewCapture) -> int | None:
    """The source of this page, or None for a page that is new."""
    own = url_key(new.url)
    known = connection.execute("SELECT source_id FROM address WHERE url_key = ?", (own,)).fetchone()
    if known:
        return int(known[0])
    if not new.text or new.kind == "selection":
        return None
    hint = _hint(new)
    alike = connection.execute(
        "SELECT source.id FROM source JOIN capture ON capture.id = source.capture_id "
        "JOIN content ON content.id = capture.content_id "
        "WHERE content.text = ? AND source.id IN ("
        "SELECT source_id FROM address WHERE url_key = ? UNION "
        "SELECT id FROM source WHERE canonical_key IN (?, ?)) ORDER BY source.id LIMIT 1",
        (new.text, hint, own, hint),
    ).fetchone()
    return int(alike[0]) if alike else None


def make(connection: sqlite3.Connection, new: NewCapture, moment: int) -> int:
    """A new source in the Inbox; its list columns come by `refresh`."""
    own, hint = url_key(new.url), _hint(new)
    url = new.canonical if new.canonical and hint == own else canonical_url(new.url)
    made = connection.execute(
        "INSERT INTO source (url, url_key, canonical_key, state, state_since, own_title, why, "
        "found_through, is_read, position, progress, first_saved, changed, capture_id, title, site, author, "
        "published, saved_at, minutes, words, excerpt, kind, is_link_only, versions) VALUES "
        "(?, ?, ?, 'inbox', ?, '', '', '', 0, 0, 0.0, ?, ?, 0, '', '', '', '', 0, 0, 0, '', 'page', 0, 0)",
        (url, own, hint, moment, new.captured_at, moment),
    )
    assert made.lastrowid is not None
    return made.lastrowid


def know_address(connection: sqlite3.Connection, source_id: int, new: NewCapture) -> None:
    """Remember that this address leads to this source."""
    connection.execute("INSERT OR IGNORE INTO address VALUES (?, ?)", (url_key(new.url), source_id))


def refresh(connection: sqlite3.Connection, source_id: int) -> None:
    """Take the list columns from the newest capture. A page without text shows why in place of an excerpt."""
    connection.execute(
        """
        UPDATE source SET
            capture_id = newest.id,
            title = coalesce(nullif(source.own_title, ''), nullif(newest.title, ''), source.url),
            site = newest.site, author = newest.author, published = newest.published,
            saved_at = newest.captured_at, minutes = newest.minutes, words = newest.words,
            excerpt = newest.shown, kind = newest.kind, is_link_only = newest.lacks_text,
            versions = (SELECT count(*) FROM capture WHERE source_id = source.id)
        FROM (
            SELECT capture.*, content.minutes, content.words,
                coalesce(nullif(content.excerpt, ''), json_extract(capture.notices, '$[0]'), '') AS shown,
                capture.is_link_only AND content.text = '' AS lacks_text
            FROM capture JOIN content ON content.id = capture.content_id
            WHERE capture.source_id = :id ORDER BY capture.number DESC LIMIT 1
        ) AS newest
        WHERE source.id = :id
        """,
        {"id": source_id},
    )


def _hint(new: NewCapture) -> str:
    return url_key(new.canonical) if new.canonical else url_key(new.url)
