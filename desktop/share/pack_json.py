"""A pack as JSON values, and JSON values as a pack: strict types, limits, and every HTML cleaned again.

Surprising: the bytes of pictures are not in here. An item's HTML calls a picture by the SHA-256 of its
content, so the signature over this text covers the pictures too, wherever they lie.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from desktop.capture import pictures as headers
from desktop.errors import BadInput, Refused
from desktop.languages import tr
from desktop.share.values import Item, ItemKind, Pack, Picture, Sender, SharedAnnotation
from desktop.text import web_annotation
from desktop.text.sanitize import clean
from desktop.text.urls import is_web

FORMAT = "kithbook pack"
VERSION = 1
MOST_ITEMS = 1_000
MOST_ANNOTATIONS = 20_000
MOST_PICTURES = 2_000
MOST_TAGS = 200
SHORT, LINE, LONG, NOTE, WHOLE = 200, 8_000, 200_000, 2_000_000, 12_000_000
"""Most characters of a name, of a title or address, of what somebody wrote, of a note, of a text."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KEY = re.compile(r"[0-9a-f]{64}")
_AGE = re.compile(r"age1[02-9ac-hj-np-z]{58}")
PICTURE = re.compile(r"res/[0-9a-f]{64}\.(?:png|jpg|gif|webp|avif)")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OF_ITEM = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Stands for the address of an item whose own stayed at home."""
_ORDER = ("type", "startSelector", "endSelector", "value", "refinedBy", "start", "end")
_ITEM_TEXTS = {
    "title": LINE, "site": SHORT, "author": LINE, "published": SHORT, "lang": SHORT, "media": SHORT,
    "captured_by": SHORT, "excerpt": LONG, "licence": LINE, "notice": LINE, "sentence": LONG, "group": LINE,
    "markdown": NOTE, "why_full": LONG,
}  # fmt: skip


def to_values(pack: Pack, lang: str, style: int) -> dict[str, Any]:
    """The pack; ``lang`` and ``style`` say how its readable part was written, so that it can be again."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "page": {"lang": lang, "style": style},
        "uuid": pack.uuid,
        "title": pack.title,
        "message": pack.message,
        "made": _date(pack.made_at),
        "sender": {"name": pack.sender.name, "key": pack.sender.key, "age": pack.sender.age},
        "circle": pack.circle,
        "reply_to": pack.reply_to,
        "items": [_item(item) for item in pack.items],
        "pictures": [
            {"name": one.name, "mime": one.mime, "bytes": len(one.data)}
            for one in sorted(pack.pictures, key=lambda one: one.name)
        ],
    }


def from_values(given: Mapping[str, Any], pictures: Mapping[str, bytes], *, is_lenient: bool = False) -> Pack:
    """The pack. Raises `errors.Refused` for anything that is not as `docs/pack.md` says.

    ``is_lenient``: a picture that is not in ``pictures`` is left out; else it is a reason to refuse.
    """
    if given.get("format") != FORMAT or not isinstance(given.get("version"), int):
        raise _bad("format")
    if given["version"] > VERSION:
        raise Refused(
            tr("This pack was made by a newer Kithbook."), tr("Update Kithbook, or ask for another file.")
        )
    sender = _object(given, "sender")
    items = tuple(_read_item(one) for one in _objects(given, "items", MOST_ITEMS))
    if sum(len(item.annotations) for item in items) > MOST_ANNOTATIONS:
        raise _bad("annotations")
    if len({item.uuid for item in items}) != len(items):
        raise _bad("items")
    return Pack(
        _matching(given, "uuid", _UUID),
        _text(given, "title", LINE),
        _text(given, "message", LONG),
        _moment(given, "made"),
        Sender(
            _text(sender, "name", SHORT),
            _matching(sender, "key", _KEY, is_optional=True),
            _matching(sender, "age", _AGE, is_optional=True),
        ),
        items,
        tuple(_pictures(_objects(given, "pictures", MOST_PICTURES), pictures, is_lenient)),
        _text(given, "circle", SHORT),
        _matching(given, "reply_to", _UUID, is_optional=True),
    )


def true_pictures(given: Mapping[str, Any], found: Mapping[str, bytes]) -> dict[str, bytes]:
    """By name, those alone that are what the name says: by content, and by kind."""
    kept: dict[str, bytes] = {}
    told = given.get("pictures")
    for one in told if isinstance(told, list) else []:
        name = one.get("name") if isinstance(one, dict) else None
        if not isinstance(name, str) or len(name) > 80:
            continue
        digest, _, ext = name.removeprefix("res/").partition(".")
        data = found.get(name, found.get(digest))
        kind = headers.known(data) if data is not None else None
        if data is None or kind is None or (kind.ext, kind.mime) != (ext, one.get("mime")):
            continue
        if hashlib.sha256(data).hexdigest() == digest:
            kept[name] = data
    return kept


def page_of(given: Mapping[str, Any]) -> tuple[str, int]:
    """Language and number of style of the readable part."""
    page = _object(given, "page")
    return _text(page, "lang", SHORT), _whole(page, "style")


def _item(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(item, name) for name in _ITEM_TEXTS}
    return told | {
        "uuid": item.uuid,
        "kind": item.kind.value,
        "url": item.url if is_web(item.url) else "",
        "captured": _date(item.captured_at),
        "text_sha256": item.text_sha256,
        "words": item.words,
        "minutes": item.minutes,
        "tags": list(item.tags),
        "html": item.html,
        "annotations": [_annotation(one) for one in item.annotations],
    }


def _annotation(one: SharedAnnotation) -> dict[str, Any]:
    written = web_annotation.to_json(one.web)
    if one.reply_to:
        written["@context"] = [web_annotation.CONTEXT, {"kithbook": web_annotation.OURS}]
        written["kithbook:replyTo"] = f"urn:uuid:{one.reply_to}"
    return written


def _read_item(given: Mapping[str, Any]) -> Item:
    texts = {name: _text(given, name, most) for name, most in _ITEM_TEXTS.items()}
    kind = given.get("kind")
    if kind not in list(ItemKind):
        raise _bad("kind")
    return Item(
        uuid=_matching(given, "uuid", _UUID),
        kind=ItemKind(kind),
        url=_address(given),
        captured_at=_moment(given, "captured"),
        text_sha256=_matching(given, "text_sha256", _SHA256, is_optional=True),
        words=_whole(given, "words"),
        minutes=_whole(given, "minutes"),
        tags=tuple(_text_of(one, "tags", SHORT) for one in _list(given, "tags", MOST_TAGS)),
        html=clean(_text(given, "html", WHOLE)),
        annotations=tuple(
            _read_annotation(one) for one in _objects(given, "annotations", MOST_ANNOTATIONS)
        ),
        **texts,
    )  # fmt: skip


def _read_annotation(given: Mapping[str, Any]) -> SharedAnnotation:
    try:
        web = web_annotation.from_json(dict(given), needs_quote=False)
    except BadInput as error:
        raise _bad("annotations") from error
    if max(len(web.comment), len(web.selectors.quote.exact)) > LONG or len(web.tags) > MOST_TAGS:
        raise _bad("annotations")
    if max(map(len, (web.creator, *web.tags))) > SHORT or len(web.selectors.fragment) > LINE:
        raise _bad("annotations")
    if len(web.selectors.range) > LINE:
        web = replace(web, selectors=replace(web.selectors, range=""))
    if not is_web(web.url) and not _OF_ITEM.fullmatch(web.url):
        raise _bad("annotations")
    if not is_web(web.link):
        web = replace(web, link="")
    answered = _text(given, "kithbook:replyTo", SHORT, is_optional=True).removeprefix("urn:uuid:")
    if answered and not _UUID.fullmatch(answered):
        raise _bad("annotations")
    if web.selectors.range:
        web = replace(web, selectors=replace(web.selectors, range=_in_order(web.selectors.range)))
    return SharedAnnotation(web, answered)


def _in_order(ranged: str) -> str:
    """A RangeSelector with its names in the order in which we write them; sorting has moved them."""
    return json.dumps(_ordered(json.loads(ranged)), ensure_ascii=False, separators=(",", ":"))


def _ordered(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    names = [*(name for name in _ORDER if name in value), *(name for name in value if name not in _ORDER)]
    return {name: _ordered(value[name]) for name in names}


def _pictures(
    told: list[dict[str, Any]], pictures: Mapping[str, bytes], is_lenient: bool
) -> Iterator[Picture]:
    for one in told:
        name = _matching(one, "name", PICTURE)
        data = pictures.get(name)
        if data is not None:
            yield Picture(name, _text(one, "mime", SHORT), data)
        elif not is_lenient:
            raise Refused(tr("A picture of this pack is missing or was altered."))


def _address(given: Mapping[str, Any]) -> str:
    url = _text(given, "url", LINE)
    if url and not is_web(url):
        raise _bad("url")
    return url


def _date(moment: int) -> str:
    if not moment:
        return ""
    whole = datetime.fromtimestamp(moment / 1000, UTC).replace(microsecond=moment % 1000 * 1000)
    return whole.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(given: Mapping[str, Any], name: str) -> int:
    text = _text(given, name, SHORT)
    if not text:
        return 0
    try:
        date = datetime.fromisoformat(text)
        moment = round(date.timestamp() * 1000) if date.tzinfo else -1
    except (ValueError, OverflowError):
        moment = -1
    if moment < 0:
        raise _bad(name)
    return moment


def _text(given: Mapping[str, Any], name: str, most: int, *, is_optional: bool = False) -> str:
    value = given.get(name, "" if is_optional else None)
    return _text_of(value, name, most)


def _text_of(value: object, name: str, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise _bad(name)
    return value


def _matching(
    given: Mapping[str, Any], name: str, form: re.Pattern[str], *, is_optional: bool = False
) -> str:
    text = _text(given, name, LINE)
    if (text or not is_optional) and not form.fullmatch(text):
        raise _bad(name)
    return text


def _whole(given: Mapping[str, Any], name: str) -> int:
    value = given.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 31:
        raise _bad(name)
    return value


def _list(given: Mapping[str, Any], name: str, most: int) -> list[Any]:
    value = given.get(name)
    if not isinstance(value, list) or len(value) > most:
        raise _bad(name)
    return value


def _object(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = given.get(name)
    if not isinstance(value, dict):
        raise _bad(name)
    return value


def _objects(given: Mapping[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    found = _list(given, name, most)
    if not all(isinstance(one, dict) for one in found):
        raise _bad(name)
    return found


def _bad(name: str) -> Refused:
    return Refused(tr("The data in this pack is not as it should be: “{name}”.").format(name=name))
