"""A page's HTML in, an `Article` out: the one entrance to extraction.

Surprising: trafilatura and resiliparse only *vote*. What is kept is cut from the page's own DOM, so that
tables, code, pictures and formulas survive as the page had them; the text and the Markdown are derived from
that one HTML.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from desktop.languages import tr
from desktop.text.choose import choose, drop_title
from desktop.text.cut import cut, left_out
from desktop.text.kinds import kind_name
from desktop.text.markdown import markdown_of_tree, parse_clean, text_of_tree
from desktop.text.reading import excerpt_of, minutes_of, words_of
from desktop.text.survey import Survey, survey


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the kept text. ``src`` is an absolute http(s) address."""

    src: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says, and what is known about it. Every text is plain;
    ``html`` and ``left_out`` are clean HTML.
    """

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
    """``article``, ``thread``, ``product``, ``listing``, ``page`` or ``empty``."""
    excerpt: str = ""
    words: int = 0
    minutes: int = 0
    """Reading time; 0 when there is no text."""


def article_from_html(html: str, url: str) -> Article:
    """The readable part of a page and its metadata.

    ``url`` is the page's address: links and pictures are made absolute by it. A page with nothing readable
    gives an Article with empty ``html`` and a warning. Raises `errors.Refused` for a page over the limits of
    size or depth.
    """
    page = survey(html, url)
    kept = choose(page.blocks, page.body, page.rows, page.page)
    rest = left_out(page.blocks, kept)
    if page.page.is_article:
        drop_title(page.blocks, kept, page.facts.title)
    article_html = cut(page.body, page.blocks, kept)
    return _assemble(article_html, rest, page, kept)


def _assemble(html: str, rest: tuple[str, ...], page: Survey, kept: list[bool]) -> Article:
    root, facts = parse_clean(html), page.facts
    text = text_of_tree(root)
    pictures = (Picture(image.get("data-src") or "", image.get("alt") or "") for image in root.iter("img"))
    return Article(
        title=facts.title,
        byline=facts.byline,
        published=facts.published,
        is_published_approximate=facts.is_published_approximate and bool(facts.published),
        site=facts.site,
        lang=facts.lang,
        canonical=facts.canonical,
        html=html,
        text=text,
        markdown=markdown_of_tree(root),
        images=tuple(dict.fromkeys(pictures)),
        left_out=rest,
        warnings=_warnings(text, page, kept),
        kind=kind_name(page.page) if text else "empty",
        excerpt=excerpt_of(text),
        words=words_of(text),
        minutes=minutes_of(text),
    )


def _warnings(text: str, page: Survey, kept: list[bool]) -> tuple[str, ...]:
    if not text:
        return (tr("No readable text was found on this page."),)
    prose = [
        (len(b.tokens), keep)
        for b, keep in zip(page.blocks, kept, strict=True)
        if b.linked < 0.5 * len(b.tokens)
    ]
    whole, taken = sum(size for size, _ in prose), sum(size for size, keep in prose if keep)
    if whole > 300 and taken < 0.25 * whole:
        return (tr("Much of this page's text was left out. It can be shown below the article."),)
    return ()


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
