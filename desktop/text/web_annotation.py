"""Annotations as the W3C Web Annotation model writes them (JSON-LD), out and in.

Surprising: what comes in may be written in many ways, a body as a word, an object or a list of them, a target
as a bare address; all of them are read, and what we have no place for is passed over, never an error.
"""

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from desktop.errors import BadInput
from desktop.text import moments
from desktop.text.colours import COLOURS, GROUNDS
from desktop.text.selectors import Quote, Selectors

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OURS = "https://kithbook.org/ns#"
"""Where the words stand that the model lacks."""
TEXT_FRAGMENTS = "https://wicg.github.io/scroll-to-text-fragment/"
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class WebAnnotation:
    """One annotation with what it needs to stand alone. Times: milliseconds since 1970, UTC; 0: unknown."""

    uuid: str
    url: str
    """Of its source."""
    selectors: Selectors
    """Positions are -1 when none were given."""
    colour: str = "straw"
    comment: str = ""
    """Markdown."""
    tags: tuple[str, ...] = ()
    link: str = ""
    creator: str = ""
    is_private: bool = False
    made_at: int = 0
    changed_at: int = 0
    saved_at: int = 0
    """When the version it was made on was saved."""
    also: dict[str, Any] = field(default_factory=dict, hash=False)
    """For `to_json`: further properties of the target's source, such as its title."""


def to_json(one: WebAnnotation) -> dict[str, Any]:
    """The annotation as JSON-LD."""
    found: dict[str, Any] = {
        "@context": [CONTEXT, {"kithbook": OURS}] if one.is_private else CONTEXT,
        "id": f"urn:uuid:{one.uuid}",
        "type": "Annotation",
        "motivation": "commenting" if one.comment else "highlighting",
    }
    for name, moment in (("created", one.made_at), ("modified", one.changed_at)):
        if moment:
            found[name] = _date(moment)
    if one.creator:
        found["creator"] = {"type": "Person", "name": one.creator}
    found["generator"] = {"id": "https://kithbook.org/", "type": "Software", "name": "Kithbook"}
    if one.is_private:
        found["kithbook:private"] = True
    bodies = list(_bodies(one))
    if bodies:
        found["body"] = bodies if len(bodies) > 1 else bodies[0]
    found["target"] = _target(one)
    ground = GROUNDS.get(one.colour, GROUNDS[COLOURS[0]])
    found["stylesheet"] = {"type": "CssStylesheet", "value": f".{one.colour} {{ background: {ground}; }}"}
    return found


def from_json(given: object, *, needs_quote: bool = True) -> WebAnnotation:
    """An annotation that somebody wrote. Raises BadInput when it is none, or has no page or no quotation.

    Without ``needs_quote`` it may be about a page as a whole, or about one that has no address.
    """
    if not isinstance(given, dict) or "Annotation" not in _list(given.get("type")):
        raise BadInput("This is not an annotation of the W3C model.")
    target = next((one for one in _list(given.get("target")) if _source(one)), None)
    if target is None and not needs_quote:
        target = next(iter(_list(given.get("target"))), None)
    if target is None:
        raise BadInput("The annotation does not say which page it belongs to.")
    described = target if isinstance(target, dict) else {}
    selectors = _selectors(list(_flat(described.get("selector"))))
    if needs_quote and not selectors.quote.exact.strip():
        raise BadInput("The annotation does not quote what it belongs to.")
    comments, tags, links = _read_bodies(given)
    style = [name for name in _list(described.get("styleClass")) if name in COLOURS]
    state = next((one for one in _list(described.get("state")) if isinstance(one, dict)), {})
    return WebAnnotation(
        _uuid(given.get("id")),
        _source(target),
        selectors,
        style[0] if style else COLOURS[0],
        "\n\n".join(comments),
        tuple(dict.fromkeys(tags)),
        links[0] if links else "",
        _name(given.get("creator")),
        given.get("kithbook:private") is True,
        _moment(given.get("created")),
        _moment(given.get("modified")),
        _moment(state.get("sourceDate")),
    )


def _bodies(one: WebAnnotation) -> Iterator[dict[str, Any]]:
    if one.comment:
        yield {
            "type": "TextualBody",
            "value": one.comment,
            "format": "text/markdown",
            "purpose": "commenting",
        }
    for tag in one.tags:
        yield {"type": "TextualBody", "value": tag, "format": "text/plain", "purpose": "tagging"}
    if one.link:
        yield {"type": "SpecificResource", "source": one.link, "purpose": "linking"}


def _target(one: WebAnnotation) -> dict[str, Any]:
    chosen = one.selectors
    selectors: list[dict[str, Any]] = []
    is_moment = moments.seconds_of(chosen.fragment) is not None
    if chosen.quote.exact or not is_moment:
        quoted = {"exact": chosen.quote.exact, "prefix": chosen.quote.prefix, "suffix": chosen.quote.suffix}
        selectors.append({"type": "TextQuoteSelector", **quoted})
    if 0 <= chosen.start < chosen.stop:
        selectors.append({"type": "TextPositionSelector", "start": chosen.start, "end": chosen.stop})
    if chosen.range:
        selectors.append(json.loads(chosen.range))
    if chosen.fragment:
        form = MEDIA_FRAGMENTS if is_moment else TEXT_FRAGMENTS
        selectors.append({"type": "FragmentSelector", "conformsTo": form, "value": chosen.fragment})
    source = {"id": one.url, "type": "Text", **one.also} if one.also else one.url
    found = {"type": "SpecificResource", "source": source, "styleClass": one.colour, "selector": selectors}
    if one.saved_at:
        found["state"] = {"type": "TimeState", "sourceDate": _date(one.saved_at)}
    return found


def _selectors(given: list[dict[str, Any]]) -> Selectors:
    by_type: dict[str, dict[str, Any]] = {}
    for one in given:
        by_type.setdefault(_text(one.get("type")), one)
    quoted = by_type.get("TextQuoteSelector", {})
    place = by_type.get("TextPositionSelector", {})
    start, stop = _number(place.get("start")), _number(place.get("end"))
    ranged = by_type.get("RangeSelector")
    return Selectors(
        start if 0 <= start < stop else -1,
        stop if 0 <= start < stop else -1,
        Quote(
            _text(quoted.get("exact")), _text(quoted.get("prefix"))[-32:], _text(quoted.get("suffix"))[:32]
        ),
        json.dumps(ranged, ensure_ascii=False, separators=(",", ":")) if ranged else "",
        _text(by_type.get("FragmentSelector", {}).get("value")),
    )


def _flat(selector: object) -> Iterator[dict[str, Any]]:
    """Selectors one after another, those that refine another behind it."""
    waiting = _list(selector)
    for _ in range(1_000):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, dict):
            yield one
            waiting += _list(one.get("refinedBy"))


def _read_bodies(given: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """Comments, tags and links."""
    comments = [text for one in _list(given.get("bodyValue")) if (text := _text(one).strip())]
    tags: list[str] = []
    links: list[str] = []
    for body in _list(given.get("body")):
        if isinstance(body, str):
            links.append(body)
            continue
        if not isinstance(body, dict):
            continue
        text = _text(body.get("value")).strip()
        if text:
            (tags if "tagging" in _list(body.get("purpose")) else comments).append(text)
        elif address := _source(body):
            links.append(address)
    return comments, tags, links


def _source(target: object) -> str:
    """The address of a body or target, however it is given."""
    if isinstance(target, dict):
        source = target.get("source", target.get("id"))
        return _text(source.get("id")) if isinstance(source, dict) else _text(source)
    return _text(target)


def _name(creator: object) -> str:
    for one in _list(creator):
        if isinstance(one, str):
            return one
        if isinstance(one, dict):
            names = [_text(name) for key in ("name", "nickname", "id") for name in _list(one.get(key))]
            return next((name for name in names if name), "")
    return ""


def _uuid(given: object) -> str:
    """The annotation's own; for one of another kind always the same, so that a repeat is known."""
    text = _text(given)
    own = text.removeprefix("urn:uuid:").lower()
    return own if _UUID.fullmatch(own) else str(uuid.uuid5(uuid.NAMESPACE_URL, text or str(uuid.uuid4())))


def _date(moment: int) -> str:
    return (
        datetime.fromtimestamp(moment / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def _moment(given: object) -> int:
    for one in _list(given):
        try:
            date = datetime.fromisoformat(_text(one))
        except ValueError:
            continue
        return max(0, round((date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() * 1000))
    return 0


def _list(given: object) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, list) else [given]


def _text(given: object) -> str:
    return given if isinstance(given, str) else ""


def _number(given: object) -> int:
    return given if isinstance(given, int) and not isinstance(given, bool) else -1
