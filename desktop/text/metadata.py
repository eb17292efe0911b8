"""Title, author, date, site, language and canonical address: JSON-LD before meta elements before markup.

Surprising: a heading is the better title only when the head of the page confirms it, since logos are
headings too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from desktop.text import dom
from desktop.text.dates import date_below_title, date_in_address, guessed_date, plain_date
from desktop.text.dom import Element
from desktop.text.jsonld import LinkedData, read_linked_data

_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
    "parsely-title",
    "title",
)
_AUTHORS = (
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dc.creator.aut",
    "dcterms.creator",
    "citation_author",
    "byl",
    "byline",
    "article:author",
    "twitter:data1_author",
    "og:article:author",
    "book:author",
    "creator",
)
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "article.published",
    "og:published_time",
    "og:pubdate",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "video:release_date",
    "created",
)
_SITES = (
    "og:site_name",
    "application-name",
    "al:android:app_name",
    "twitter:app:name:iphone",
    "citation_journal_title",
    "dc.publisher",
)
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/~]\s+|\s*[|»]\s*|:\s+(?=[^:]+$)")
_BY = re.compile(
    r"^\s*(?:written\s+by|posted\s+by|story\s+by|by|von|par|por|di|door|af|автор)\b[:\s]+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a page, apart from its text."""

    title: str = ""
    byline: str = ""
    published: str = ""
    is_published_approximate: bool = False
    site: str = ""
    lang: str = ""
    canonical: str = ""
    og_type: str = ""
    generator: str = ""
    data: LinkedData = field(default_factory=LinkedData)


def read_metadata(tree: Element, url: str) -> Facts:
    """Reads the head and the markup. The tree is not changed."""
    data = read_linked_data(tree)
    metas = _metas(tree)
    site = _site(data, metas, tree)
    published, is_guess = _published(tree, url, data, metas)
    return Facts(
        title=_title(tree, data, metas, site, url),
        byline=_byline(tree, data, metas),
        published=published,
        is_published_approximate=is_guess,
        site=site,
        lang=_lang(tree, metas),
        canonical=_canonical(tree, metas, url),
        og_type=next(iter(metas.get("og:type", ())), "").lower(),
        generator=next(iter(metas.get("generator", ())), "").lower(),
        data=data,
    )


def _metas(tree: Element) -> dict[str, list[str]]:
    """The contents of the meta elements by lower-case name, property or itemprop."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        for kind in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(kind) or "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def _first(metas: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _title(tree: Element, data: LinkedData, metas: dict[str, list[str]], site: str, url: str) -> str:
    element = tree.find(".//head/title")
    if element is None:
        element = tree.find(".//title")
    whole = dom.text_of(element) if element is not None else ""
    announced = [data.headline, *_first(metas, _TITLES[:2]), whole]
    head = [_without_site(t, site, url) for t in announced if t]
    headings = [text for h in tree.iter("h1") if 0 < len(text := dom.text_of(h)) < 300]
    for heading in headings:
        if any(_agree(heading, candidate) for candidate in head):
            return heading
    return next(iter(head), "") or next(iter(headings), "") or whole


def _agree(heading: str, candidate: str) -> bool:
    """True when the head names the same title, perhaps with the site's name around it."""
    a, b = _words(heading), _words(candidate)
    if a and b and len(a & b) >= 0.8 * max(len(a), len(b)):
        return True
    squeezed = _squeezed(heading)
    return len(a) >= 2 and any(squeezed == _squeezed(part) for part in _SEPARATOR.split(candidate))


def _without_site(title: str, site: str, url: str) -> str:
    """A title without the name of the site before or after it."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    names = [n for n in (_squeezed(site), _squeezed(host), _squeezed(host.rsplit(".", 1)[0])) if n]
    for _ in range(3):
        parts = _SEPARATOR.split(title)
        if len(parts) < 2:
            break
        first, last = _squeezed(parts[0]), _squeezed(parts[-1])
        if last in names:
            title = title[: title.rindex(parts[-1])].rstrip(" |-–—·•»«:/~")
        elif first in names and len(parts) > 1:
            title = title[len(parts[0]) :].lstrip(" |-–—·•»«:/~")
        else:
            break
    return title


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _byline(tree: Element, data: LinkedData, metas: dict[str, list[str]]) -> str:
    if data.authors:
        return _author(", ".join(data.authors[:8]))
    for name in _AUTHORS:
        values = [v for v in metas.get(name, ()) if not v.startswith(("http://", "https://", "/", "@"))]
        if values:
            found = _author(", ".join(dict.fromkeys(values[:8])))
            if found:
                return found
    for text in _markup_authors(tree):
        found = _author(text)
        if found:
            return found
    return ""


_AUTHOR_PATHS = (
    ".//*[@itemprop='author']//*[@itemprop='name']",
    ".//*[@itemprop='author']",
    ".//a[@rel='author']",
)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|writer|contributor)s?(?:[\s_-]?(?:name|link|title))?(?:$|\s)"
)


def _markup_authors(tree: Element) -> Iterator[str]:
    for path in _AUTHOR_PATHS:
        for element in tree.iterfind(path):
            yield dom.text_of(element)
    for element in tree.iter("a", "span", "div", "p", "address", "cite", "strong", "li"):
        name = element.get("class") or element.get("id")
        if name and _AUTHOR_CLASS.search(name.lower()) and not _in_comments(element):
            yield dom.text_of(element)


def _in_comments(element: Element) -> bool:
    return any(
        "comment" in dom.classes(outer)
        for outer in element.iterancestors()
        if outer.tag not in ("body", "html")
    )


def _author(text: str) -> str:
    """A name out of a byline, or empty when it is not one."""
    text = _BY.sub("", " ".join(text.split())).strip(" ,;:|–—-•·")
    text = re.split(r"\s+[|•·]\s+|\s+(?:on|published|updated|posted)\s+", text, maxsplit=1)[0].strip(" ,")
    if (
        not 2 <= len(text) <= 160
        or len(text.split()) > 24
        or text.casefold() in ("admin", "administrator", "author", "editor", "staff")
    ):
        return ""
    if re.search(r"https?:|@\w+\.|\d{3}", text) or not re.search(r"[^\W\d_]", text):
        return ""
    return text


def _published(tree: Element, url: str, data: LinkedData, metas: dict[str, list[str]]) -> tuple[str, bool]:
    for text in (data.published, *_first(metas, _DATES)):
        found = plain_date(text)
        if found:
            return found, False
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        found = plain_date(element.get("datetime") or element.get("content") or dom.text_of(element))
        if found:
            return found, False
    found = date_in_address(url)
    if found:
        return found, False
    return guessed_date(tree, url) or date_below_title(tree), True


def _site(data: LinkedData, metas: dict[str, list[str]], tree: Element) -> str:
    return (
        next(_first(metas, _SITES[:1]), "")
        or data.site
        or data.publisher
        or next(_first(metas, _SITES[1:]), "")
    )


def _lang(tree: Element, metas: dict[str, list[str]]) -> str:
    for value in (
        tree.get("lang"),
        tree.get("xml:lang"),
        *_first(metas, ("content-language", "og:locale", "dc.language", "language")),
    ):
        match = re.match(r"\s*([A-Za-z]{2})(?:$|[-_,;\s])", value or "")
        if match:
            return match[1].lower()
    return ""


def _canonical(tree: Element, metas: dict[str, list[str]], url: str) -> str:
    link = tree.find(".//link[@rel='canonical']")
    address = (link.get("href") or "") if link is not None else next(_first(metas, ("og:url",)), "")
    try:
        full = urljoin(url, address.strip()) if address.strip() else ""
    except ValueError:
        full = ""
    return full if full.startswith(("http://", "https://")) else ""
