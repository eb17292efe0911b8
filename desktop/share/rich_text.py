"""What was chosen as text for a chat, a mail or a document: HTML, plain text and Markdown of the same words.

Surprising: a title is written by a stranger and pasted by a friend. So it has no signs of direction, is no
markup in any of the three, and one that begins like a formula gets quotation marks, as a table would run it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlsplit

from desktop.share.file_names import one_line
from desktop.share.values import Item
from desktop.text.markdown_html import to_html

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#|~!&])")
_AT_START = re.compile(r"^(\s*)([-+=>]|\d+[.)])", re.MULTILINE)
_FORMULA = re.compile(r"^\s*[=+\-@]")


@dataclass(frozen=True, slots=True)
class RichText:
    """The same words three times; ``markdown`` is for chats that read it."""

    html: str
    text: str
    markdown: str


def of_items(items: Sequence[Item], message: str = "") -> RichText:
    """The items one below the other: linked title, the person's own sentence, quotations with comments.

    ``message`` stands above them, Markdown.
    """
    parts = [_part(one) for one in items]
    if message.strip():
        parts.insert(0, _own(message))
    return _joined(parts)


def quotation(text: str, title: str, url: str = "", sentence: str = "") -> RichText:
    """One passage with where it stands, and the person's own sentence on it."""
    source = _linked(title, url)
    quoted = _quoted(text)
    return _joined(
        [
            *([_own(sentence)] if sentence.strip() else []),
            quoted,
            RichText(f"<p>— {source.html}</p>", f"— {source.text}", f"— {source.markdown}"),
        ]
    )


def is_web(url: str) -> bool:
    """May it stand as a link: an absolute http or https address without controls."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and url == one_line(url)
    except ValueError:
        return False


def _part(one: Item) -> RichText:
    pieces = [_linked(one.title, one.url, is_strong=True)]
    if one.sentence.strip():
        pieces.append(_own(one.sentence))
    for mark in one.annotations:
        words = mark.web.selectors.quote.exact
        if words.strip():
            pieces.append(_quoted(words))
        if mark.web.comment.strip():
            pieces.append(_own(mark.web.comment))
    return _joined([RichText(f"<p>{pieces[0].html}</p>", pieces[0].text, pieces[0].markdown), *pieces[1:]])


def _joined(parts: Sequence[RichText]) -> RichText:
    return RichText(
        "\n".join(one.html for one in parts),
        "\n\n".join(one.text for one in parts),
        "\n\n".join(one.markdown for one in parts),
    )


def _linked(title: str, url: str, *, is_strong: bool = False) -> RichText:
    name = one_line(title) or one_line(url)
    if _FORMULA.match(name):
        name = f"“{name}”"
    html, markdown = escape(name), plain_markdown(name)
    if is_strong:
        html, markdown = f"<b>{html}</b>", f"**{markdown}**"
    if not is_web(url):
        return RichText(html, name, markdown)
    bare = quote(url, safe="%/:=&?~#+!$,;'@[]-._*")
    return RichText(f'<a href="{escape(bare)}">{html}</a>', f"{name}\n{bare}", f"[{markdown}](<{bare}>)")


def _quoted(words: str) -> RichText:
    lines = [one_line(line) for line in words.splitlines() if line.strip()]
    return RichText(
        f"<blockquote>{'<br>'.join(map(escape, lines))}</blockquote>",
        f"“{chr(10).join(lines)}”",
        "\n".join(f"> {plain_markdown(line)}" for line in lines),
    )


def _own(markdown: str) -> RichText:
    lines = "\n".join(_safe_lines(markdown.splitlines())).strip()
    return RichText(to_html(lines), lines, lines)


def _safe_lines(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        yield " " * indent + one_line(line)


def plain_markdown(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return _AT_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))
