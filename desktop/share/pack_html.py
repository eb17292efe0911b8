"""The readable part of a pack: one page that a colleague opens in any browser, by the look of `page_html`.

Surprising: the same pack in the same language always gives the same page, to the byte. A receiver's Kithbook
writes it again and compares; so a change of it here needs another `FORM`, which a test insists on.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC
from html import escape
from typing import Final

from desktop.languages import mark, speaking_here, tr, trn, writing
from desktop.learning import days
from desktop.share import page_html, words
from desktop.share.values import Item, ItemKind, Pack, Picture, SharedAnnotation
from desktop.text import moments
from desktop.text.markdown_html import to_html
from desktop.text.showing import host_of, visible
from desktop.text.urls import is_web

FORM: Final = 1
"""Raised whenever the same pack would give another page."""
BESIDE: Final = "data: 'self'"
"""Where pictures may come from when they lie beside the page, in a zip."""
_DEEPEST: Final = 20
SourceOf = Callable[[Picture], str]
"""What stands in ``src``."""

_MARK = b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" '
    b'fill="#1B5E5A"/><rect x="6" y="5" width="5" height="22" rx="1.25" fill="#FBF9F5"/><path d="M13 15C13 9 '
    b'17.6 5 26.5 5C26.5 11 21.9 15 13 15Z" fill="#FBF9F5"/><path d="M13 17C21.9 17 26.5 21 26.5 27C17.6 27 '
    b'13 23 13 17Z" fill="#F2CF63"/></svg>'
).decode("ascii")
_COUNTS: Final = (
    mark("One"), mark("Two"), mark("Three"), mark("Four"), mark("Five"), mark("Six"), mark("Seven"),
    mark("Eight"), mark("Nine"), mark("Ten"), mark("Eleven"), mark("Twelve"),
)  # fmt: skip
_STYLE: Final = (
    page_html.STYLE
    + """.group { font: 600 13px/18px var(--sans); color: var(--muted); margin: 8px 0 18px; }
article h2, article h3.title { font-size: 21px; line-height: 28px; margin: 0; }
.said .by { display: inline; } .said .by::after { content: ": "; } .said .by + p { display: inline; }
article > .tags { margin: 12px 0 0; } .body > .by { margin-bottom: 12px; }
.from { text-wrap: balance; }
@media print { article > .meta a:first-of-type::after { content: " (" attr(href) ")"; } }
.answer { margin-left: 19px; } .at { font: 600 12px/16px var(--sans); }
@media (max-width: 560px) { article h3.title { font-size: 19px; line-height: 26px; } }
"""
)
_SRC = re.compile(r'src="(res/[0-9a-f]{64}\.[a-z]{3,4})"')


def inside(picture: Picture) -> str:
    """The picture itself as a ``data:`` address."""
    return f"data:{picture.mime};base64,{b64encode(picture.data).decode('ascii')}"


def beside(picture: Picture) -> str:
    """The picture's own name: it lies in the folder of the page."""
    return picture.name


def draw(pack: Pack, lang: str, source_of: SourceOf = inside) -> tuple[str, str]:
    """The page in this language, up to where the data goes, and what follows it."""
    with speaking_here(lang):
        pictures = page_html.INSIDE if source_of is inside else BESIDE
        top = page_html.top(lang=lang, title=pack.title, style=_STYLE, pictures=pictures)
        body = "".join(_body(pack, source_of))
    before, after = page_html.BOTTOM.split("</body>")
    return f"{top}{body}{before}", f"</body>{after}"


def _body(pack: Pack, source_of: SourceOf) -> Iterator[str]:
    name = visible(pack.sender.name)
    mark_of_ours = f'<img src="data:image/svg+xml;base64,{_MARK}" width="20" height="20" alt="">'
    yield f'<header><p class="from">{mark_of_ours}{escape(_from(pack, name))}</p>\n'
    yield f'<h1 dir="auto">{escape(pack.title)}</h1>\n'
    if pack.message.strip():
        yield f'<div class="letter" dir="auto">{to_html(pack.message)}</div>\n'
    yield "</header>\n"
    if len(pack.items) > 1:
        yield _contents(pack.items)
    drawn = {one.name: source_of(one) for one in pack.pictures}
    has_groups = any(item.group for item in pack.items)
    group = ""
    for number, item in enumerate(pack.items, start=1):
        if item.group != group:
            group = item.group
            yield f'<h2 class="group" dir="auto">{escape(group)}</h2>\n' if group else ""
        yield "".join(_article(item, number, name, 3 if has_groups else 2, drawn))
    yield _footer(pack, name)


def _from(pack: Pack, name: str) -> str:
    count = len(pack.items)
    said = tr(_COUNTS[count - 1]) if 0 < count <= len(_COUNTS) else writing.number(count)
    if pack.reply_to:
        what = tr("An answer from {name}").format(name=name) if name else tr("An answer")
    else:
        what = _what(pack.items, said)
        what = tr("{what} from {name}").format(what=what, name=name) if name else what
    if not pack.made_at:
        return what
    return f"{what} · {writing.long_day(days.day_of(pack.made_at, UTC))}"


def _what(items: Sequence[Item], said: str) -> str:
    kinds = {item.kind for item in items}
    if kinds == {ItemKind.NOTE}:
        return trn("{count} note", "{count} notes", len(items)).format(count=said)
    if kinds == {ItemKind.PAGE}:
        return trn("{count} reading", "{count} readings", len(items)).format(count=said)
    return tr("{count} readings and notes").format(count=said)


def _contents(items: Sequence[Item]) -> str:
    rows = []
    for number, item in enumerate(items, start=1):
        time = f" <small>{escape(_minutes(item))}</small>" if item.minutes else ""
        title = escape(_title(item))
        rows.append(f'<li><a href="#item-{number}"><bdi>{title}</bdi></a>{time}</li>\n')
    name = escape(tr("Contents"))
    return f'<nav aria-label="{name}"><ol>\n{"".join(rows)}</ol></nav>\n'


def _article(item: Item, number: int, name: str, level: int, drawn: dict[str, str]) -> Iterator[str]:
    lang = (
        f' lang="{escape(item.lang)}"'
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", item.lang)
        else ""
    )
    yield f'<article id="item-{number}">\n'
    yield f'<h{level} class="title" dir="auto"{lang}>{escape(_title(item))}</h{level}>\n'
    if meta := _meta(item, name):
        yield f'<p class="meta">{meta}</p>\n'
    if item.notice:
        yield f'<p class="notice" dir="auto">{escape(item.notice)}</p>\n'
    if item.sentence.strip():
        yield page_html.own_words(name or tr("The sender"), to_html(item.sentence))
    yield "".join(_annotations(item))
    if item.kind is ItemKind.NOTE:
        yield f'<div class="body" dir="auto">{to_html(item.markdown)}</div>\n'
    elif item.html:
        yield _full_text(item, lang, drawn)
    elif item.excerpt:
        begins = escape(tr("How it begins"))
        yield f'<div class="ex"{lang} dir="auto"><b class="by">{begins}</b>{escape(item.excerpt)}</div>\n'
    yield page_html.pills(item.tags)
    yield "</article>\n"


def _full_text(item: Item, lang: str, drawn: dict[str, str]) -> str:
    def point(found: re.Match[str]) -> str:
        source = drawn.get(found[1])
        return f'src="{source}"' if source else ""

    told = tr("The full text: {why}").format(why=item.why_full) if item.why_full else tr("The full text")
    head = f'<p class="by">{escape(told)}</p>\n'
    return f'<div class="body"{lang} dir="auto">{head}{_SRC.sub(point, item.html)}</div>\n'


def _annotations(item: Item) -> Iterator[str]:
    """Each with its answers below it; what answers nothing here, or itself in a ring, stands alone."""
    known = {one.web.uuid for one in item.annotations}
    answers: dict[str, list[SharedAnnotation]] = {}
    for one in item.annotations:
        answers.setdefault(one.reply_to if one.reply_to in known else "", []).append(one)
    told: set[str] = set()

    def with_answers(one: SharedAnnotation, depth: int) -> Iterator[str]:
        told.add(one.web.uuid)
        yield _annotation(item, one)
        for other in answers.get(one.web.uuid, []):
            if other.web.uuid not in told:
                below = (
                    "".join(with_answers(other, depth + 1)) if depth < _DEEPEST else _annotation(item, other)
                )
                yield f'<div class="answer">{below}</div>\n'

    for one in [*answers.get("", []), *item.annotations]:
        if one.web.uuid not in told:
            yield from with_answers(one, 0)


def _annotation(item: Item, one: SharedAnnotation) -> str:
    by, web = visible(one.web.creator), one.web
    comment = to_html(web.comment) if web.comment.strip() else ""
    second = moments.seconds_of(web.selectors.fragment) if web.selectors.fragment else None
    at = ""
    if second is not None:
        clock = moments.clock(second)
        place = page_html.link(moments.time_link(item.url, second), clock) if is_web(item.url) else clock
        at = f'<p class="at">{place}</p>\n'
    if not web.selectors.quote.exact.strip():
        return f"{at}{page_html.own_words(by, comment)}{page_html.pills(web.tags)}" if comment else at
    return at + page_html.quotation(
        web.selectors.quote.exact, web.colour, comment=comment, by=by, tags=web.tags
    )


def _meta(item: Item, sender: str) -> str:
    site = item.site if item.site != host_of(item.url) else ""
    who = ", ".join(escape(visible(part)) for part in (item.author, site, _published(item.published)) if part)
    parts = [who]
    if is_web(item.url):
        parts.append(page_html.link(item.url, host_of(item.url).removeprefix("www.")))
    if item.kind is ItemKind.NOTE:
        parts.append(escape(tr("A note")))
    if item.minutes:
        parts.append(escape(_minutes(item)))
    if visible(item.captured_by) not in ("", sender):
        by = tr("found by {name}").format(name=visible(item.captured_by))
        parts.append(escape(by))
    if item.licence:
        said = tr("licence: {name}").format(name=_bare(visible(item.licence)))
        parts.append(page_html.link(item.licence, said))
    return " · ".join(part for part in parts if part)


def _footer(pack: Pack, name: str) -> str:
    lines = []
    if any(item.html for item in pack.items):
        lines.append(tr("Full texts are here for your own reading; their rights are with their authors."))
    elif any(item.kind is ItemKind.PAGE for item in pack.items):
        lines.append(tr("Excerpts and quotations only; the full texts are at their sources."))
    if pack.circle:
        lines.append(tr("Meant for: {circle}.").format(circle=pack.circle))
    if name:
        joins = tr(
            "Opens in any browser. Dropped on Kithbook, it joins your own library with {name}’s name on it."
        )
        lines.append(joins.format(name=name))
    else:
        lines.append(tr("Opens in any browser. Dropped on Kithbook, it joins your own library."))
    if pack.sender.key:
        signed = tr("Signed by {name}: {words}").format(
            name=name or tr("the sender"), words=words.said(pack.sender.key)
        )
        lines += [signed, tr("Kithbook checks the signature when it opens this file; a browser does not.")]
    else:
        lines.append(tr("Not signed: nobody can check who made this file."))
    return "<footer>" + "".join(f"<span>{escape(line)}</span>\n" for line in lines) + "</footer>\n"


def _title(item: Item) -> str:
    return item.title.strip() or host_of(item.url) or tr("Without a title")


def _bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _minutes(item: Item) -> str:
    return tr("{n} min").format(n=writing.number(item.minutes))


def _published(text: str) -> str:
    found = days.parse(text) if len(text) in (10, 16, 19, 20, 25) else None
    return writing.long_day(found) if found else text
