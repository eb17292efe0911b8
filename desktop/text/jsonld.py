"""The ``ld+json`` of a page: the most exact source of who wrote it, when, and what kind of page it is.

Surprising: a page often carries several objects, some about the publisher or related articles; the one that
speaks of this page is the first of an article-like type.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from desktop.text.dom import Element

ARTICLES = frozenset(
    [
        "Article",
        "NewsArticle",
        "BlogPosting",
        "TechArticle",
        "ScholarlyArticle",
        "Report",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "LiveBlogPosting",
        "AdvertiserContentArticle",
        "SocialMediaPosting",
        "DiscussionForumPosting",
        "Recipe",
        "Review",
        "HowTo",
        "QAPage",
        "Question",
        "VideoObject",
        "PodcastEpisode",
        "Product",
        "WebPage",
        "AboutPage",
        "ItemPage",
        "FAQPage",
    ]
)
_SECOND = frozenset(["WebPage", "AboutPage", "ItemPage", "FAQPage", "Product", "VideoObject"])
_LARGEST = 500_000
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What the page's own objects say. Empty where they say nothing."""

    types: frozenset[str] = frozenset()
    headline: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    publisher: str = ""
    site: str = ""


def read_linked_data(tree: Element) -> LinkedData:
    """Reads every ``ld+json`` script of the page; broken ones are passed over."""
    objects = list(objects_of(tree))
    articles = sorted(
        (o for o in objects if types(o) & ARTICLES), key=lambda o: 1 if types(o) <= _SECOND else 0
    )
    names = _names(objects)
    return LinkedData(
        types=frozenset(t for o in objects for t in types(o)),
        headline=_first(articles, "headline")
        or _first([o for o in articles if not types(o) <= _SECOND], "name"),
        authors=_authors(articles, names),
        published=_first(articles, "datePublished")
        or _first(articles, "uploadDate")
        or _first(articles, "dateCreated"),
        modified=_first(articles, "dateModified"),
        publisher=_publisher(articles, names),
        site=next(
            (text(o.get("name")) for o in objects if "WebSite" in types(o) and text(o.get("name"))), ""
        ),
    )


def objects_of(tree: Element) -> Iterator[dict[str, Any]]:
    """Every object of every script of the page."""
    for script in _scripts(tree):
        yield from _objects(_load(script), 0)


def text(value: Any) -> str:
    """A plain string of a JSON value, entities resolved, white space folded; empty when it is none."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str):
        return ""
    # Half a surrogate pair is legal JSON, but no text that can be kept.
    return " ".join(unescape(value).encode("utf-8", "replace").decode().split())


def _scripts(tree: Element) -> Iterator[str]:
    for script in tree.iter("script"):
        kind = (script.get("type") or "").strip().lower()
        if kind.startswith("application/ld+json") and script.text and len(script.text) < _LARGEST:
            yield script.text


def _load(script: str) -> Any:
    source = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    source = source.removeprefix("//<![CDATA[").removesuffix("//]]>")
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, level: int) -> Iterator[dict[str, Any]]:
    if level > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, level + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "isPartOf"):
            yield from _objects(value.get(name), level + 1)


def types(value: dict[str, Any]) -> set[str]:
    """The names of its types, without their address."""
    kinds = value.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rsplit("/", 1)[-1] for kind in kinds if isinstance(kind, str)}


def _first(objects: list[dict[str, Any]], name: str) -> str:
    return next((found for o in objects if (found := text(o.get(name)))), "")


def _names(objects: list[dict[str, Any]]) -> dict[str, str]:
    """Names by ``@id``, for authors that are only referred to."""
    return {o["@id"]: text(o.get("name")) for o in objects if isinstance(o.get("@id"), str) and o.get("name")}


def _authors(articles: list[dict[str, Any]], names: dict[str, str]) -> tuple[str, ...]:
    for article in articles:
        found: list[str] = []
        value = article.get("author") or article.get("creator")
        for one in value if isinstance(value, list) else [value]:
            name = _name_of(one, names)
            if name and name not in found and not name.startswith(("http://", "https://", "@")):
                found.append(name)
        if found:
            return tuple(found)
    return ()


def _name_of(value: Any, names: dict[str, str]) -> str:
    if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
        return names.get(value["@id"], "")
    return text(value)


def _publisher(articles: list[dict[str, Any]], names: dict[str, str]) -> str:
    return next((found for a in articles if (found := _name_of(a.get("publisher"), names))), "")
