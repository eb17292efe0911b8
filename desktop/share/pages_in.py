"""A page of a pack as a capture: cleaned, its pictures checked and kept, and stored without being fetched.

Surprising: a new page is stored in Trash. The act that follows takes it out, so that undoing the act puts it
back there. It is captured now, by the person who takes it in; when its sender saved it stands in the pack.
"""

import hashlib
import re
import sqlite3
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.capture.pictures import known
from desktop.library import assets, contents, sources
from desktop.library.acts import found, now
from desktop.library.captures import KINDS, row_of
from desktop.library.marks import anchors
from desktop.library.values import Asset, NewCapture
from desktop.paths import Paths
from desktop.share.offer import address
from desktop.share.values import Item, ItemKind, Pack, Picture
from desktop.text import sanitize
from desktop.text.markdown import text_from_html
from desktop.text.reading import minutes_of, words_of

if TYPE_CHECKING:
    from sqlmodel import Session

_SHOWN = re.compile(r'src="(res/[0-9a-f]{64}\.[a-z]{3,4})"')
MOST_PICTURES = 500
"""Of one item; more are not kept."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An item whose text and pictures are ready to be stored."""

    item: Item
    new: NewCapture | None
    """None for a note."""


def prepare(
    paths: Paths, pack: Pack, item: Item, *, wants_text: bool, names: list[str], moment: int = 0
) -> Prepared:
    """Clean an item and keep its pictures durably. ``names`` gets each file's ``res/…`` as it is kept.

    Raises Refused: markup beyond all bounds; NoSpace.
    """
    if item.kind is ItemKind.NOTE:
        return Prepared(item, None)
    html, kept = _with_pictures(paths, pack, sanitize.clean(item.html), names) if wants_text else ("", ())
    text = text_from_html(html) if html else ""
    new = NewCapture(
        uuid=item.uuid,
        url=address(item),
        captured_at=moment or now(),
        kind=item.media if item.media in KINDS else "page",
        title=item.title,
        author=item.author,
        published=item.published,
        site=item.site,
        lang=item.lang,
        html=html if text else "",
        text=text,
        notices=(item.notice,) if item.notice else (),
        excerpt=item.excerpt,
        words=words_of(text),
        minutes=minutes_of(text),
        pictures=kept if text else (),
        is_link_only=not text,
    )
    return Prepared(item, new)


def new_page(session: "Session", one: Prepared, moment: int) -> int:
    """Store a page that is not here, in Trash; its source's id. Outside any journal entry."""
    assert one.new is not None
    connection = _plain(session)
    connection.execute("DELETE FROM tombstone WHERE uuid = ?", (one.item.uuid,))
    source_id = sources.make(connection, one.new, moment)
    connection.execute("UPDATE source SET state = 'trash' WHERE id = ?", (source_id,))
    _store(session, one.new, source_id, moment)
    sources.know_address(connection, source_id, one.new)
    return source_id


def new_text(session: "Session", one: Prepared, source_id: int, moment: int) -> None:
    """Give a page that is here without text the text that came, as a version of its own."""
    assert one.new is not None
    connection = _plain(session)
    capture_id = _store(session, one.new, source_id, moment)
    anchors.carry(connection, capture_id)


def _store(session: "Session", new: NewCapture, source_id: int, moment: int) -> int:
    connection = _plain(session)
    capture = row_of(new, source_id, contents.make(session, new), moment)
    if found(connection, "SELECT 1 FROM capture WHERE uuid = ?", new.uuid):
        capture.uuid = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{new.uuid} {_digest(new.text)}"))
    (capture.number,) = found(
        connection, "SELECT coalesce(max(number), 0) + 1 FROM capture WHERE source_id = ?", source_id
    )
    session.add(capture)
    session.flush()
    assert capture.id is not None
    sources.refresh(connection, source_id)
    return capture.id


def _with_pictures(paths: Paths, pack: Pack, html: str, names: list[str]) -> tuple[str, tuple[Asset, ...]]:
    """The text with those pictures that came, are what they say and may be kept; others by their alt text."""
    came = {picture.name: picture for picture in pack.pictures}
    kept: dict[str, Asset] = {}
    for name in list(dict.fromkeys(_SHOWN.findall(html)))[:MOST_PICTURES]:
        asset = _keep(paths, came.get(name))
        if asset is not None:
            kept[name] = asset
            names.append(asset.name)
    pointed = _SHOWN.sub(lambda at: f'src="{kept[at[1]].name}"' if at[1] in kept else "", html)
    return sanitize.clean(pointed), tuple({asset.sha256: asset for asset in kept.values()}.values())


def _keep(paths: Paths, picture: Picture | None) -> Asset | None:
    if picture is None or not picture.name.startswith(f"res/{hashlib.sha256(picture.data).hexdigest()}."):
        return None
    kind = known(picture.data)
    return assets.keep(paths, picture.data, kind.ext) if kind else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _plain(session: "Session") -> sqlite3.Connection:
    from desktop.store.sessions import plain

    return plain(session)
