"""The reader's own HTML: a small closed vocabulary that Qt's text engine sets well, from a capture's HTML.

Surprising: it is a second wall behind the gate. Only what this file writes reaches Qt, so no attribute of a
page does: links are kept for http, https and mailto alone, pictures for our own ``res/…`` names alone. An
unclosed element in Qt's parser can blank the whole page; here everything is closed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import bidirectional

from desktop.languages import tr
from desktop.ui.article.style import Look
from desktop.ui.article.tree import Node, tree

RES = re.compile(r"res/[0-9a-f]{64}\.(png|jpg|jpeg|gif|webp|avif)\Z")
HEADING = "kb-heading-"
"""Anchors of headings: this and a number from 0."""
LEFT_OUT = "kb-left-out-"
"""Anchors of the blocks that are shown below the article: this and a number from 0."""

_INLINE = {
    "em": "i", "i": "i", "cite": "i", "dfn": "i", "var": "i", "strong": "b", "b": "b", "u": "u", "ins": "u",
    "s": "s", "del": "s", "strike": "s", "sub": "sub", "sup": "sup",
}  # fmt: skip
_SPANS = {"code": "code", "kbd": "code", "samp": "code", "tt": "code", "small": "small"}
_LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_LINKS = re.compile(r"(https?://|mailto:)[^\s\x00-\x20]+\Z", re.IGNORECASE)
_FIRST = re.compile(r"<p(?: [^>]*)?>")
_EDGES = re.compile(r"\A(?:\s|<br>)+|(?:\s|<br>)+\Z")
_SPACE = re.compile(r"[ \t\r\n\f]+")

SizeOf = Callable[[str], tuple[int, int] | None]
"""Width and height of one of our pictures by its ``res/…`` name, or None when it cannot be shown."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the article; ``anchor`` is its place in the document."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Emitted:
    """What the reader sets: closed HTML and the headings in it."""

    html: str
    headings: tuple[Heading, ...]


def emit(html: str, look: Look, size_of: SizeOf, left_out: Sequence[str] = (), title: str = "") -> Emitted:
    """The article, and below it the blocks in ``left_out`` when any are given. Safe for any input.

    A first heading that only says the ``title`` again is left out, since that stands in the head.
    """
    writer = _Writer(look, size_of, title)
    body = writer.blocks(tree(html))
    if left_out:
        body += writer.left_out(left_out)
    return Emitted(f"<html><body>{body}</body></html>", tuple(writer.headings))


def paragraphs(node: Node, look: Look, size_of: SizeOf, kind: str = "") -> str:
    """What stands inside an element that has been read already. ``kind``: the class of plain paragraphs."""
    return _Writer(look, size_of, "").blocks(node, kind)


def direction_of(*nodes: Node) -> str:
    """`` dir='rtl'`` for text that runs from the right, by the first letter with a direction, else nothing.

    Pages often say ``dir`` on an element that the extraction left behind, so the letters are asked.
    """
    for node in nodes:
        for letter in node.raw():
            way = bidirectional(letter)
            if way in {"L", "R", "AL"}:
                return "" if way == "L" else " dir='rtl'"
    return ""


def says_again(heading: str, title: str) -> bool:
    """True when a heading is the title, or the title without the site's name behind it."""
    first, second = " ".join(heading.split()).casefold(), " ".join(title.split()).casefold()
    rest = second.removeprefix(first)
    return first == second or (rest != second and rest.startswith((" | ", " - ", " – ", " — ", " · ")))


class _Writer:
    """Walks the tree once. Each method returns closed HTML."""

    def __init__(self, look: Look, size_of: SizeOf, title: str) -> None:
        self.look = look
        self.title: str | None = title
        self.size_of = size_of
        self.headings: list[Heading] = []
        self._missed = ""
        self._makers: dict[str, Callable[[Node], str]] = {
            **dict.fromkeys(_LEVELS, self._heading),
            "ul": self._list, "ol": self._list, "li": self._stray_item, "blockquote": self._quote,
            "pre": self._code, "table": self._table, "figcaption": self._caption, "hr": self._line,
            "dt": self._term, "dd": self._said,
        }  # fmt: skip

    # Blocks

    def blocks(self, node: Node, inside: str = "") -> str:
        """The children as paragraphs and boxes. ``inside`` is the class of a plain paragraph."""
        out: list[str] = []
        run: list[Node] = []
        for child in node.children:
            is_box = child.is_block or _has_block(child)
            pictures = [] if is_box else self._large(child)
            if is_box or pictures:
                out.append(self._paragraph(run, inside))
                run = []
            if is_box:
                out.append(_after(out, self._block(child, inside), self.look.scaled(8)))
                continue
            out += [self._picture(picture) for picture in pictures]
            run.append(child)
        out.append(self._paragraph(run, inside))
        return "".join(out)

    def _block(self, node: Node, inside: str) -> str:
        maker = self._makers.get(node.tag)
        return maker(node) if maker else self.blocks(node, inside)

    def _paragraph(self, run: Sequence[Node], inside: str) -> str:
        text = _trimmed(self._inline(run))
        if not text:
            return ""
        self._missed = ""
        kind = f" class='{inside}'" if inside else ""
        return f"<p{kind}{direction_of(*run)}>{text}</p>"

    def _heading(self, node: Node) -> str:
        words = node.words()
        if not words or _has_block(node):
            return self.blocks(node)
        title, self.title = self.title, None
        if title and says_again(words, title):
            return ""
        text = _trimmed(self._inline(node.children))
        level = _LEVELS[node.tag]
        anchor = f"{HEADING}{len(self.headings)}"
        self.headings.append(Heading(level, words, anchor))
        return f"<p class='h{level}'{direction_of(node)}><a name='{anchor}'></a>{text}</p>"

    def _list(self, node: Node) -> str:
        tag = node.tag
        start = node.attributes.get("start", "")
        first = f" start='{int(start)}'" if tag == "ol" and start.isascii() and start.isdigit() else ""
        items = "".join(self._item(child) for child in node.children if child.tag == "li" or child.is_block)
        return f"<{tag}{first}{direction_of(node)}>{items}</{tag}>" if items else ""

    def _item(self, node: Node) -> str:
        """The first paragraph stands beside the bullet; nested lists and further paragraphs below it."""
        if node.tag in {"ul", "ol"}:
            return self._list(node)
        body = self.blocks(node, "last")
        first = re.match(r"<p class='last'( dir='rtl')?>", body)
        if first:
            end = body.index("</p>")
            body = body[first.end() : end] + body[end + len("</p>") :]
        return f"<li{direction_of(node)}>{body}</li>" if body else ""

    def _stray_item(self, node: Node) -> str:
        return f"<ul>{self._item(node)}</ul>"

    def _quote(self, node: Node) -> str:
        return self.ruled(_last_closed(self.blocks(node)), self.look.rule, node)

    def ruled(self, inner: str, rule: str, node: Node) -> str:
        """A block with a rule at its edge: two cells, since Qt draws no border at one side of a block."""
        if not inner:
            return ""
        gap = self.look.scaled(14)
        bar = f"<td width='3' bgcolor='{rule}'></td>"
        if direction_of(node):
            cells = f"<td style='padding:0 16px 0 0'>{inner}</td>{bar}"
        else:
            cells = f"{bar}<td style='padding:0 0 0 16px'>{inner}</td>"
        return f"{_box(gap)}<tr>{cells}</tr></table>"

    def _code(self, node: Node) -> str:
        text = _listing(node)
        if not text:
            return ""
        gap = self.look.scaled(14)
        cell = f"<td bgcolor='{self.look.ground}' style='padding:10px 14px'><pre>{text}</pre></td>"
        return f"{_box(gap)}<tr>{cell}</tr></table>"

    def _table(self, node: Node) -> str:
        parts = [node, *(child for child in node.children if child.tag in {"thead", "tbody", "tfoot"})]
        lines = [self._row(row) for part in parts for row in part.children if row.tag == "tr"]
        if not any(lines):
            return self.blocks(Node("div", children=node.children))
        captions = [child for child in node.children if child.tag == "caption"]
        above = "".join(f"<p class='label'>{self._inline(one.children)}</p>" for one in captions)
        gap = self.look.scaled(14)
        return (
            f"{above}<table border='1' cellspacing='0' cellpadding='7' style='border-collapse:collapse;"
            f"border-color:{self.look.line};border-style:solid;margin-top:{0 if above else gap}px;"
            f"margin-bottom:{gap}px'>{''.join(lines)}</table>"
        )

    def _row(self, row: Node) -> str:
        cells = [self._cell(cell) for cell in row.children if cell.tag in {"td", "th"}]
        return f"<tr>{''.join(cells)}</tr>" if cells else ""

    def _cell(self, cell: Node) -> str:
        spans = "".join(
            f" {name}='{min(int(value), 50)}'"
            for name in ("colspan", "rowspan")
            if (value := cell.attributes.get(name, "")).isascii() and value.isdigit() and int(value[:4]) > 1
        )
        if cell.tag == "th":
            return f"<td{spans} bgcolor='{self.look.ground}'>{self.blocks(cell, 'head')}</td>"
        return f"<td{spans}>{self.blocks(cell, 'cell')}</td>"

    def _caption(self, node: Node) -> str:
        return self.blocks(node, "caption")

    def _term(self, node: Node) -> str:
        return self.blocks(node, "term")

    def _said(self, node: Node) -> str:
        return self.blocks(node, "said")

    def _line(self, _node: Node) -> str:
        return "<hr>"

    def left_out(self, blocks: Sequence[str]) -> str:
        """The blocks that the article is without, quieter, below a line; each begins at its anchor."""
        body = "".join(
            _FIRST.sub(rf"\g<0><a name='{LEFT_OUT}{number}'></a>", self.blocks(tree(block)), count=1)
            for number, block in enumerate(blocks)
        )
        anchor = f"{HEADING}{len(self.headings)}"
        title = tr("What was left out")
        self.headings.append(Heading(2, title, anchor))
        return f"<hr><p class='h2'><a name='{anchor}'></a>{title}</p><div class='muted'>{body}</div>"

    # Pictures

    def _large(self, node: Node) -> list[Node]:
        """The pictures in running text that get a line of their own: all but those as high as a line."""
        found = [node] if node.tag == "img" else node.find("img")
        return [one for one in found if not self._is_small(self._size(one))]

    def _size(self, node: Node) -> tuple[int, int] | None:
        source = node.attributes.get("src", "")
        return self.size_of(source) if RES.match(source) else None

    def _is_small(self, size: tuple[int, int] | None) -> bool:
        return size is not None and size[1] <= 1.4 * self.look.line_height and size[0] < self.look.measure / 2

    def _picture(self, node: Node) -> str:
        alt = _SPACE.sub(" ", node.attributes.get("alt", "")).strip()
        size = self._size(node)
        if size is None:
            was_there = node.attributes.get("src") or node.attributes.get("data-src")
            return self._missing(alt) if was_there else ""
        self._missed = ""
        return f"<p class='picture'>{_image(node, fit(size, self.look.measure))}</p>"

    def _missing(self, alt: str) -> str:
        words = tr("Picture not saved: {alt}").format(alt=escape(alt)) if alt else tr("Picture not saved")
        if words == self._missed:  # pages show one picture in several sizes
            return ""
        self._missed = words
        return f"<p class='caption'>[{words}]</p>"

    # Running text

    def _inline(self, nodes: Sequence[Node]) -> str:
        return _SPACE.sub(" ", "".join(self._span(node) for node in nodes))

    def _span(self, node: Node) -> str:
        if not node.tag:
            return escape(node.text)
        if node.tag == "br":
            return "<br>"
        if node.tag == "img":
            size = self._size(node)
            return _image(node, size) if size and self._is_small(size) else ""
        inner = "".join(self._span(child) for child in node.children)
        if node.tag in {"ins", "del"} and self.look.added:
            return f"<span class='{node.tag}'>{inner}</span>" if inner else ""
        if node.tag in _INLINE:
            tag = _INLINE[node.tag]
            return f"<{tag}>{inner}</{tag}>" if inner else ""
        if node.tag in _SPANS:
            return f"<span class='{_SPANS[node.tag]}'>{inner}</span>" if inner else ""
        if node.tag == "a":
            return _link(node, inner)
        if node.tag == "q":
            return f"“{inner}”"
        return f" ({inner})" if node.tag == "rt" and inner else inner


def _box(gap: int) -> str:
    return (
        "<table width='100%' cellspacing='0' cellpadding='0' "
        f"style='margin-top:{gap}px;margin-bottom:{gap}px'>"
    )


def _link(node: Node, inner: str) -> str:
    address = node.attributes.get("href", "").strip()
    if not inner or not _LINKS.match(address):
        return inner
    return f"<a href='{escape(address)}'>{inner}</a>"


def _listing(node: Node) -> str:
    """The lines of a listing, its links alive; tabs go on to every fourth column, across links too."""
    parts: list[str] = []
    column = 0
    for piece, link in _pieces(node, None):
        text = (" " * column + piece).expandtabs(4)
        parts.append(_link(link, escape(text[column:])) if link else escape(text[column:]))
        column = len(text.rpartition("\n")[2]) % 4
    found = "".join(parts).strip("\n")
    return found if node.raw().strip() else ""


def _pieces(node: Node, link: Node | None) -> Iterator[tuple[str, Node | None]]:
    """The text of a listing piece by piece, each with the link that it stands in."""
    if not node.children:
        yield node.raw(), link
    for child in node.children:
        yield from _pieces(child, child if child.tag == "a" else link)


def _image(node: Node, size: tuple[int, int]) -> str:
    alt = escape(node.attributes.get("alt", ""))
    return f"<img src='{node.attributes['src']}' width='{size[0]}' height='{size[1]}' alt='{alt}'>"


def _has_block(node: Node) -> bool:
    return any(child.is_block or _has_block(child) for child in node.children)


def _trimmed(text: str) -> str:
    """Without blanks and line breaks at either end."""
    return _EDGES.sub("", text)


def _after(before: Sequence[str], block: str, gap: int) -> str:
    """A heading after a table stands nearer: the gaps of tables and paragraphs add up."""
    is_near = block.startswith("<p class='h") and "".join(before[-2:]).endswith("</table>")
    return block.replace("<p ", f"<p style='margin-top:{gap}px' ", 1) if is_near else block


def _last_closed(body: str) -> str:
    """The last paragraph of a box without its gap below."""
    at = body.rfind("<p>")
    return body if at < 0 or "</p>" in body[at:-4] else f"{body[:at]}<p class='last'>{body[at + 3 :]}"


def fit(size: tuple[int, int], measure: int) -> tuple[int, int]:
    """Width and height of a picture, no wider than the measure and never enlarged."""
    width, height = max(1, size[0]), max(1, size[1])
    if width <= measure:
        return width, height
    return measure, max(1, round(height * measure / width))
