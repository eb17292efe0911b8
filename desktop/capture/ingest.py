"""A checked message becomes what the library keeps: article, pictures, raw page, sentences.

Surprising: nothing that goes wrong with a page loses it. What cannot be read becomes a capture of the link
with the raw page beside it and a sentence that says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from desktop.capture import pictures, plain_text, transcript
from desktop.capture.extractor import Extractor
from desktop.capture.message import CaptureMessage, Section
from desktop.errors import Refused
from desktop.languages import mark, tr
from desktop.library import assets
from desktop.library.values import Asset, Media, NewCapture
from desktop.paths import Paths
from desktop.text import sanitize, urls
from desktop.text.article import Article

NO_TEXT = mark("No readable text was found on this page; it was kept as it was.")

WHY_LINK_ONLY = {
    "pdf": mark("A PDF file: the browser hands over only its address."),
    "viewer": mark("The browser shows this in a viewer of its own and hands over only its address."),
    "sandboxed": mark("The page forbids extensions to read it, so only its address was saved."),
    "internal": mark("A page of the browser itself: only its address was saved."),
    "too-big": mark("The page was too big to hand over, so only its address was saved."),
    "no-access": mark("The browser did not let Kithbook read this page, so only its address was saved."),
}


@dataclass(frozen=True, slots=True)
class Ingested:
    """What is ready to be kept, and what is still to be fetched for it."""

    new: NewCapture
    missing: tuple[str, ...] = ()
    """Addresses of pictures that stand in the text and did not come with the page."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of one body, whatever its form."""

    article: Article = field(default_factory=Article)
    raw: bytes = b""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    refused: str = ""
    """A sentence when it could not be read."""
    is_pdf: bool = False


def ingest(message: CaptureMessage, paths: Paths, extractor: Extractor) -> Ingested:
    """Read a message's page and store its pictures and raw page. Raises `errors.NoSpace`."""
    body = next((part for part in message.sections if part.kind in ("html", "file")), None)
    read = read_body(body.data, body.type, message.url, extractor) if body else Read()
    read = _with_selection(message, read, extractor)
    given = {part.url: part.data for part in message.sections if part.kind == "picture" and part.url}
    kept = keep_article(read.article, {**given, **read.pictures}, paths)
    raw_page, raw_sha256 = assets.keep_page(paths, read.raw) if read.raw else ("", "")
    quote = message.selection
    new = NewCapture(
        uuid=message.id,
        url=message.url,
        captured_at=message.captured_at,
        kind="pdf" if read.is_pdf else message.kind,
        browser=message.browser,
        is_private=message.is_private,
        notices=_notices(message, read),
        media=_media(message),
        quote=quote.quote if quote else "",
        prefix=quote.prefix if quote else "",
        suffix=quote.suffix if quote else "",
        tags=message.tags,
        goal=message.goal,
        why=message.why,
        found_through=message.found_through,
        raw_page=raw_page,
        raw_sha256=raw_sha256,
        pictures=kept.pictures,
        is_link_only=bool(read.refused) or (body is None and not read.article.text),
        note=message.note,
    )
    return Ingested(with_article(new, kept.article, message), kept.missing)


def as_link(message: CaptureMessage, paths: Paths, sentence: str) -> NewCapture:
    """The link alone, the raw page beside it as it came, and a sentence that says why. Raises `NoSpace`."""
    raw = _first(message.sections, "html") or _first(message.sections, "file")
    raw_page, raw_sha256 = assets.keep_page(paths, raw) if raw else ("", "")
    return NewCapture(
        uuid=message.id,
        url=message.url,
        captured_at=message.captured_at,
        canonical=urls.canonical_url(message.url),
        kind=message.kind,
        title=message.title or title_of_address(message.url),
        site=urls.site_name(message.url),
        browser=message.browser,
        is_private=message.is_private,
        notices=(sentence,),
        tags=message.tags,
        goal=message.goal,
        why=message.why,
        found_through=message.found_through,
        raw_page=raw_page,
        raw_sha256=raw_sha256,
        is_link_only=True,
        note=message.note,
    )


def read_body(data: bytes, content_type: str, url: str, extractor: Extractor) -> Read:
    """The article of an HTML, PDF, text or Markdown body. What cannot be read comes back with a sentence."""
    kind, _, charset = content_type.partition(";")
    kind = kind.strip().lower()
    charset = charset.partition("=")[2].strip(" \"'")
    read = Read(raw=data, is_pdf=kind == "application/pdf" or data[:5] == b"%PDF-")
    try:
        if read.is_pdf:
            return replace(read, article=extractor.pdf(data, url))
        text = plain_text.text_of(data, charset)
        if kind == "text/plain":
            return replace(read, article=extractor.passage(plain_text.html_from_text(text), url))
        if kind == "text/markdown":
            return replace(read, article=extractor.passage(plain_text.html_from_markdown(text), url))
        page, inline = pictures.take_inline(text)
        return replace(read, article=extractor.extract(page, url), pictures=inline)
    except Refused as error:
        return replace(read, refused=str(error))


@dataclass(frozen=True, slots=True)
class Kept:
    """An article whose pictures are stored, as far as they came."""

    article: Article
    pictures: tuple[Asset, ...]
    missing: tuple[str, ...]


def keep_article(article: Article, given: Mapping[str, bytes], paths: Paths) -> Kept:
    """Store those of the ``given`` pictures that stand in the article, and point its HTML at them."""
    wanted = tuple(dict.fromkeys(picture.src for picture in article.images))
    stored: dict[str, Asset] = {}
    for address in wanted:
        asset = keep_picture(address, given.get(address, b""), paths)
        if asset is not None:
            stored[address] = asset
    html = sanitize.clean(article.html, {address: asset.name for address, asset in stored.items()})
    missing = tuple(
        address
        for address in wanted
        if address not in stored and address not in given and not address.startswith(pictures.INLINE_HOST)
    )
    return Kept(replace(article, html=html), tuple(stored.values()), missing)


def keep_picture(address: str, data: bytes, paths: Paths) -> Asset | None:
    """Store one picture, if its own header says that it is one. Raises `errors.NoSpace`."""
    known = pictures.known(data)
    return assets.keep(paths, data, known.ext, address) if known else None


def with_article(new: NewCapture, article: Article, message: CaptureMessage | None = None) -> NewCapture:
    """``new`` with what the article says; where it is silent, with what the browser said."""
    said_title, said_author, said_lang, said_canonical = (
        (message.title, message.author, message.lang, message.canonical) if message else ("", "", "", "")
    )
    return replace(
        new,
        canonical=urls.canonical_url(new.url, article.canonical or said_canonical),
        title=article.title or said_title or new.title or title_of_address(new.url),
        author=article.byline or said_author or new.author,
        published=article.published,
        is_published_approximate=article.is_published_approximate,
        site=article.site or urls.site_name(new.url),
        lang=article.lang or said_lang[:2].lower(),
        html=article.html,
        text=article.text,
        markdown=article.markdown,
        left_out=article.left_out,
        excerpt=article.excerpt,
        words=article.words,
        minutes=article.minutes,
    )


def title_of_address(url: str) -> str:
    """A readable name for a page that has none: the last part of its address, else the address."""
    parts = urlsplit(url)
    name = PurePosixPath(unquote(parts.path)).name
    return name or parts.netloc or url


def _with_selection(message: CaptureMessage, read: Read, extractor: Extractor) -> Read:
    """The page's article when the chosen passage stands in it; else the passage itself, which was wanted."""
    chosen = message.selection
    if chosen is None or (_squeezed(chosen.quote) in _squeezed(read.article.text) and read.article.text):
        return read
    html = chosen.html or plain_text.text_of(_first(message.sections, "html"), "utf-8")
    html = html or plain_text.html_from_text(chosen.quote)
    try:
        page, inline = pictures.take_inline(html)
        passage = extractor.passage(page, message.url)
    except Refused as error:
        return replace(read, refused=read.refused or str(error))
    about = read.article
    known = {
        name: getattr(about, name) for name in ("title", "byline", "published", "site", "lang", "canonical")
    }
    approximate = about.is_published_approximate
    article = replace(passage, **known, is_published_approximate=approximate, left_out=())
    return replace(read, article=article, pictures=inline, refused="")


def _first(sections: Iterable[Section], kind: str) -> bytes:
    return next((part.data for part in sections if part.kind == kind), b"")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _notices(message: CaptureMessage, read: Read) -> tuple[str, ...]:
    found = [read.refused, *read.article.warnings]
    if not read.raw:
        found.insert(0, tr(WHY_LINK_ONLY.get(message.note, "")))
    elif not read.refused and not read.article.text and not read.is_pdf:
        found = [tr(NO_TEXT)]
    return tuple(dict.fromkeys(sentence for sentence in found if sentence))


def _media(message: CaptureMessage) -> Media | None:
    said = [
        transcript.readable(part.data, part.type) for part in message.sections if part.kind == "transcript"
    ]
    if message.media is None and not said:
        return None
    position, duration = (message.media.position, message.media.duration) if message.media else (0.0, 0.0)
    return Media(position, duration, "\n\n".join(text for text in said if text))
