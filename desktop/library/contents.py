"""The text of captures, and when two captures share one.

Shared when text and transcript are equal and the new capture shows no picture that the old one lacks. What
the markup or the left-out blocks differ by is then not kept: they change with every visit on many sites.
"""

import json
import re
import sqlite3

from sqlmodel import Session

from desktop.library.acts import found
from desktop.library.values import NewCapture
from desktop.store.models import Content
from desktop.store.sessions import plain

_PICTURE = re.compile(r"\bres/[0-9a-f]{64}\.[a-z]+")


def same(connection: sqlite3.Connection, source_id: int, new: NewCapture) -> int | None:
    """The content of this source's newest capture of the same kind, if ``new`` adds nothing to it.

    A link capture of a page whose text is here already adds nothing either: it points at the newest text.
    """
    is_bare = new.is_link_only and not new.text
    row = connection.execute(
        "SELECT content.id, text, html, transcript, raw_sha256 FROM capture "
        "JOIN content ON content.id = capture.content_id "
        "WHERE source_id = ? AND (kind = ? OR ?) ORDER BY number DESC LIMIT 1",
        (source_id, new.kind, is_bare),
    ).fetchone()
    if row is None:
        return None
    content_id, text, html, transcript, raw_sha256 = row
    if is_bare and not (new.media and new.media.transcript):
        return int(content_id)
    if text != new.text or transcript != _transcript(new) or _pictures(new.html) - _pictures(html):
        return None
    if not text and new.raw_sha256 not in ("", raw_sha256):
        return None
    return int(content_id)


def make(session: Session, new: NewCapture) -> int:
    """Store a new content and which pictures it shows."""
    content = Content(
        words=new.words,
        minutes=new.minutes,
        excerpt=new.excerpt,
        raw_page=new.raw_page,
        raw_sha256=new.raw_sha256,
        left_out=json.dumps(new.left_out, ensure_ascii=False),
        transcript=_transcript(new),
        text=new.text,
        html=new.html,
    )
    session.add(content)
    session.flush()
    assert content.id is not None
    _show(plain(session), content.id, new)
    return content.id


def fill(connection: sqlite3.Connection, content_id: int, new: NewCapture) -> bool:
    """Give an empty content its text, or one with this very text its pictures; False when neither is so."""
    text, html = connection.execute("SELECT text, html FROM content WHERE id = ?", (content_id,)).fetchone()
    if text == "" and new.text:
        connection.execute(
            "UPDATE content SET words = ?, minutes = ?, excerpt = ?, raw_page = ?, raw_sha256 = ?, "
            "left_out = ?, text = ?, html = ? WHERE id = ?",
            (
                *(new.words, new.minutes, new.excerpt, new.raw_page, new.raw_sha256),
                *(json.dumps(new.left_out, ensure_ascii=False), new.text, new.html, content_id),
            ),
        )
    elif text == new.text and len(_PICTURE.findall(html)) < len(_PICTURE.findall(new.html)):
        # Counted, not compared as a set: the same picture may stand at two addresses of one page.
        connection.execute("UPDATE content SET html = ? WHERE id = ?", (new.html, content_id))
    else:
        return False
    _show(connection, content_id, new)
    return True


def unused_files(connection: sqlite3.Connection, new: NewCapture) -> list[str]:
    """Files that came with ``new`` and that no content names after all, as when the text was here already."""
    files = [
        picture.name
        for picture in new.pictures
        if not found(connection, "SELECT 1 FROM asset WHERE sha256 = ?", picture.sha256)
    ]
    if new.raw_page and not found(connection, "SELECT 1 FROM content WHERE raw_page = ?", new.raw_page):
        files.append(new.raw_page)
    return files


def _show(connection: sqlite3.Connection, content_id: int, new: NewCapture) -> None:
    for each in new.pictures:
        connection.execute(
            "INSERT OR IGNORE INTO asset (sha256, ext, mime, bytes, url) VALUES (?, ?, ?, ?, ?)",
            (each.sha256, each.ext, each.mime, each.bytes, each.url),
        )
        connection.execute(
            "INSERT OR IGNORE INTO content_asset SELECT ?, id FROM asset WHERE sha256 = ?",
            (content_id, each.sha256),
        )


def _pictures(html: str) -> set[str]:
    return set(_PICTURE.findall(html))


def _transcript(new: NewCapture) -> str:
    return new.media.transcript if new.media else ""
