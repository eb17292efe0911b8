"""A page's HTML in, an `Article` out: the one entrance to extraction.

Surprising: trafilatura and resiliparse only *vote*. What is kept is cut from the page's own DOM, so that tables, code,
pictures and formulas survive as the page had them; the text and the Markdown are derived from that one HTML.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the kept text. ``src`` is an absolute http(s) address."""

    src: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says, and what is known about it. Every text is plain; ``html`` and ``left_out`` are clean HTML."""

    title: str = ""
    byline: str = ""
    published: str = ""
    """``YYYY-MM-DD`` or empty."""
    is_published_approximate: bool = False
    """True when the date was guessed from the page's text: show it as "about"."""
    site: str = ""
    lang: str = ""
    """Two letters or empty."""
    canonical: str = ""
    html: str = ""
    """Passed through `sanitize.clean`; pictures as ``<img data-src="https://…">``."""
    text: str = ""
    """Derived from ``html``."""
    markdown: str = ""
    """Derived from ``html``; has the same words as ``text``."""
    images: tuple[Picture, ...] = ()
    left_out: tuple[str, ...] = ()
    """Clean HTML of the blocks that were not kept, in page order."""
    warnings: tuple[str, ...] = ()
    """Plain sentences for the person."""
    kind: str = "article"
    """``article``, ``thread``, ``docs``, ``product``, ``listing`` or ``empty``."""
    excerpt: str = ""
    words: int = 0
    minutes: int = 0
    """Reading time; 0 when there is no text."""


def article_from_html(html: str, url: str) -> Article:
    """The readable part of a page and its metadata.

    ``url`` is the page's address: links and pictures are made absolute by it. A page with nothing readable gives an
    Article with empty ``html`` and a warning. Raises `errors.Refused` for a page over the limits of size or depth.
    """
    raise NotImplementedError


def to_json(article: Article) -> dict[str, Any]:
    """The article as JSON values. The keys are the fields' names; pictures are ``{"src", "alt"}``."""
    return asdict(article)


def from_json(values: Mapping[str, Any]) -> Article:
    """The inverse of `to_json`; unknown keys are ignored, missing ones get their default."""
    known = {name: values[name] for name in Article.__slots__ if name in values}
    known["images"] = tuple(Picture(str(p["src"]), str(p.get("alt", ""))) for p in known.get("images", ()))
    for name in ("left_out", "warnings"):
        known[name] = tuple(known.get(name, ()))
    return Article(**known)
