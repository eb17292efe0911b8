"""Gather a pack: exactly what was chosen of the library, and nothing else.

The surprising fact: what is private does not leave because somebody forgot it. Private pages, highlights and
notes, why, levels, and addresses inside an organisation are left out here, whatever stands in the basket,
unless the very item says otherwise (`Chosen.with_private`, `Chosen.with_address`).
"""

import hashlib
import json
import time
import uuid as uuids
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.languages import tr
from desktop.library import assets
from desktop.library.sense_values import Annotation
from desktop.paths import Paths
from desktop.share import rights
from desktop.share.choice import Choice, Chosen
from desktop.share.cleaned import Cleaned, as_cleaned
from desktop.share.export.annotations import web
from desktop.share.export.selection import PICTURE, Exported, Items
from desktop.share.hosts import is_internal, without_internal, words_without_internal
from desktop.share.notes_out import note_items
from desktop.share.values import Item, ItemKind, Pack, Picture, Sender, SharedAnnotation
from desktop.store.reader import Reader

_FIRST_SAVED = """SELECT source_id, captured_by, captured_at, licence, pack.sender_name
    FROM json_each(?) AS wanted CROSS JOIN pack_item ON source_id = wanted.value
    JOIN pack ON pack.id = pack_id WHERE direction = 'received' AND is_kept = 1 AND is_new = 1
    ORDER BY pack.at DESC"""
_PRIVATE_CAPTURES = """SELECT capture.id FROM json_each(?) AS wanted
    CROSS JOIN capture ON source_id = wanted.value WHERE is_private = 1"""
_RAW = (
    "SELECT content.id, raw_page FROM json_each(?) AS wanted CROSS JOIN content ON content.id = wanted.value"
)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the library knows beside the sources themselves, read once for all of them."""

    first_saved: dict[int, Sequence[Any]]
    private_captures: frozenset[int]
    raw_pages: dict[int, str]
    cleaned: dict[int, Cleaned]


def gather(
    reader: Reader, paths: Paths, choice: Choice, sender: Sender, *, uuid: str = "", made_at: int = 0
) -> Pack:
    """The pack of a choice, in its order; what is gone, in Trash or private by now is left out."""
    wanted = [one.source_id for one in choice.chosen if one.source_id]
    pages = {one.id: one for one in Items(reader, paths, wanted) if one.state != "trash"}
    known = _known(reader, pages)
    notes = note_items(reader, choice, sender)
    items: list[Item] = []
    for one in choice.chosen:
        page = pages.get(one.source_id)
        if page is not None and (one.with_private or not page.is_private):
            items.append(_item(paths, choice, one, page, known, sender))
        elif one.note_id in notes:
            items.append(notes[one.note_id])
    pictures, missing = _pictures(paths, items)
    if missing:
        items = [_without_pictures(one, missing) for one in items]
    return Pack(
        uuid or str(uuids.uuid4()),
        choice.title.strip(),
        choice.message.strip(),
        made_at or time.time_ns() // 1_000_000,
        sender,
        tuple(items),
        pictures,
        choice.circle,
        choice.reply_to,
    )


def _known(reader: Reader, pages: dict[int, Exported]) -> _Known:
    ids = json.dumps(list(pages))
    contents = json.dumps([one.content_id for one in pages.values()])
    return _Known(
        {row[0]: row for row in reader.rows(_FIRST_SAVED, (ids,))},
        frozenset(number for (number,) in reader.rows(_PRIVATE_CAPTURES, (ids,))),
        dict(reader.rows(_RAW, (contents,))),
        as_cleaned(reader, pages.values()),
    )


def _item(paths: Paths, choice: Choice, one: Chosen, page: Exported, known: _Known, sender: Sender) -> Item:
    is_hidden = not one.with_address and is_internal(page.url, choice.hosts)
    stated = _rights(paths, known.raw_pages.get(page.content_id, ""))
    _, by, at, licence, sender_name = known.first_saved.get(page.id, (0, "", 0, "", ""))
    shown = known.cleaned.get(page.id) or Cleaned(page.html, page.text, page.excerpt)
    is_full = (one.full_text or choice.full_text) and bool(shown.html)
    return Item(
        uuid=page.uuid,
        kind=ItemKind.PAGE,
        title=page.title if page.title != page.url or not is_hidden else tr("A page without a title"),
        url="" if is_hidden else page.url,
        site="" if is_hidden else page.site,
        author=page.author,
        published=page.published,
        lang=page.lang,
        media=page.kind,
        captured_at=at or page.captured_at,
        captured_by=by or sender_name or sender.name,
        text_sha256=hashlib.sha256(page.text.encode()).hexdigest() if page.text else "",
        words=page.words,
        minutes=page.minutes,
        excerpt=shown.excerpt,
        licence=stated.licence or licence,
        notice=_notice(is_hidden=is_hidden, is_shut=stated.is_shut),
        sentence=one.sentence.strip(),
        group=one.heading.strip(),
        tags=page.tags if choice.with_tags else (),
        html=_full(shown.html, choice, one) if is_full else "",
        why_full=(one.why_full if one.full_text else choice.why_full).strip() if is_full else "",
        annotations=tuple(
            _shared(choice, one, page, mark, sender, is_hidden=is_hidden)
            for mark in page.annotations
            if leaves(one, mark, known.private_captures)
        ),
    )


def leaves(one: Chosen, mark: Annotation, private_captures: frozenset[int]) -> bool:
    """May this annotation go with its source?"""
    is_named = one.annotation_ids is not None and mark.id in one.annotation_ids
    is_wanted = is_named if one.annotation_ids is not None else not mark.creator
    return is_wanted and (one.with_private or not (mark.is_private or mark.capture_id in private_captures))


def _shared(
    choice: Choice, one: Chosen, page: Exported, mark: Annotation, sender: Sender, *, is_hidden: bool
) -> SharedAnnotation:
    made = web(page, mark)
    is_link_hidden = bool(mark.link) and not one.with_address and is_internal(mark.link, choice.hosts)
    return SharedAnnotation(
        replace(
            made,
            url=f"urn:uuid:{page.uuid}" if is_hidden else page.url,
            tags=mark.tags if choice.with_tags else (),
            link="" if is_link_hidden else mark.link,
            comment=mark.comment if one.with_address else words_without_internal(mark.comment, choice.hosts),
            creator=mark.creator or sender.name,
        )
    )


def _rights(paths: Paths, raw_page: str) -> rights.Rights:
    page = assets.read_page(paths, raw_page) if raw_page else None
    return rights.read(page) if page else rights.Rights()


def _notice(*, is_hidden: bool, is_shut: bool) -> str:
    said = []
    if is_hidden:
        said.append(tr("It stands on a host inside an organisation; its address stays with the sender."))
    if is_shut:
        said.append(tr("The page says that it is behind a paywall."))
    return " ".join(said)


def _full(html: str, choice: Choice, one: Chosen) -> str:
    return html if one.with_address else without_internal(html, choice.hosts)


def _pictures(paths: Paths, items: Iterable[Item]) -> tuple[tuple[Picture, ...], frozenset[str]]:
    """Those that the full texts show, and the names of those whose file is gone."""
    found: dict[str, Picture] = {}
    missing = set()
    for name in dict.fromkeys(name for one in items for name in PICTURE.findall(one.html)):
        path = assets.path_of(paths, name)
        mime = assets.MIMES.get(name.rpartition(".")[2], "")
        if path is None or not mime.startswith("image/"):
            missing.add(name)
        else:
            found[name] = Picture(name, mime, path.read_bytes())
    return tuple(found.values()), frozenset(missing)


def _without_pictures(item: Item, missing: frozenset[str]) -> Item:
    html = item.html
    for name in missing:
        html = html.replace(f' src="{name}"', "")
    return item if html == item.html else replace(item, html=html)
