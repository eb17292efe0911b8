"""What a page says of its licence and of who may read it, from the page as it was kept.

Surprising: nothing is parsed as HTML. A whole page costs 30 ms to parse and a pack has fifty; the three
places where this stands are found by their own signs, and a page that lies gains nothing.
"""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

_LONGEST = 4_000_000
_LONGEST_DATA = 500_000
_DEEPEST = 8
_MOST = 30
"""Objects of linked data that are read; a page has a handful."""
_LD = re.compile(r"<script\b[^<>]{0,300}\bapplication/ld\+json\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"<(?:link|a|meta)\b[^<>]{1,2000}>", re.IGNORECASE)
_TELLING = re.compile(r"license|rights|content_tier", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z:.-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LICENCE_NAMES = ("dcterms.license", "dc.rights.license", "dcterms.rights", "dc.rights", "license")
_SHUT = ("locked", "metered", "paid", "premium")


@dataclass(frozen=True, slots=True)
class Rights:
    """What the page states; empty and False where it says nothing."""

    licence: str = ""
    """An address, else a few words."""
    is_shut: bool = False
    """Behind a paywall, as the page itself says."""


def read(page: bytes) -> Rights:
    """Of a page's HTML as it was kept."""
    text = page[:_LONGEST].decode("utf-8", "replace")
    objects = list(_objects(text))
    tags = [_attributes(found[0]) for found in _TAG.finditer(text) if _TELLING.search(found[0])]
    stated = [_licence_of_tag(tag) for tag in tags] + [_licence_of_data(one) for one in objects]
    is_shut = any(_is_shut(one.get("isAccessibleForFree")) for one in objects) or any(
        tag.get("property", tag.get("name", "")).lower() == "article:content_tier"
        and tag.get("content", "").lower() in _SHUT
        for tag in tags
    )
    return Rights(next((one for one in sorted(filter(None, stated), key=_rank)), ""), is_shut)


def _rank(licence: str) -> int:
    """An address says more than words."""
    return 0 if licence.startswith(("https://", "http://")) else 1


def _attributes(tag: str) -> dict[str, str]:
    return {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(tag)
    }


def _licence_of_tag(tag: dict[str, str]) -> str:
    if "license" in tag.get("rel", "").lower().split():
        return _short(tag.get("href", ""))
    if tag.get("name", "").lower() in _LICENCE_NAMES:
        return _short(tag.get("content", ""))
    return ""


def _licence_of_data(one: dict[str, Any]) -> str:
    stated = one.get("license")
    if isinstance(stated, dict):
        stated = stated.get("url") or stated.get("@id") or stated.get("name")
    return _short(stated) if isinstance(stated, str) else ""


def _short(text: str) -> str:
    return " ".join(text.split())[:300]


def _is_shut(stated: object) -> bool:
    return stated is False or (isinstance(stated, str) and stated.strip().lower() in ("false", "no"))


def _objects(text: str) -> Iterator[dict[str, Any]]:
    for found in itertools.islice(_LD.finditer(text), _MOST):
        stop = text.find("</", found.end())
        if stop < 0:
            return
        try:
            given = json.loads(text[found.end() : min(stop, found.end() + _LONGEST_DATA)])
        except (ValueError, RecursionError):
            continue
        yield from _within(given, 0)


def _within(given: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(given, list):
        for one in given:
            yield from _within(one, depth + 1)
    elif isinstance(given, dict):
        yield given
        for name in ("@graph", "hasPart", "mainEntity", "mainEntityOfPage"):
            yield from _within(given.get(name), depth + 1)
