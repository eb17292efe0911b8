"""A capture's HTML as a small tree that the reader's emitter walks.

Surprising: this parser trusts nothing, although the HTML passed the gate when it was stored. Elements it does
not know become plain containers, dangerous ones vanish with their content, and nesting past `DEEPEST` is
flattened, since Qt lays out nested tables in time that grows faster than their depth.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

DEEPEST = 40


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
GONE = _names(
    "script style template iframe frame frameset noframes noscript object embed applet head title meta link "
    "base select textarea button input canvas audio video source track svg"
)
"""Dropped with everything inside."""
BLOCKS = _names(
    "p div section article main header footer aside nav address details summary figure figcaption "
    "h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table thead tbody tfoot tr th td caption hr center "
    "form fieldset"
)
_CLOSES = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
_BARRIERS = frozenset({"table", "ul", "ol", "dl"})
# Control characters have no business in a text; Qt takes U+FDD0 and U+FDD1 for the edges of frames and cells.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffc\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(slots=True, eq=False)
class Node:
    """An element (``tag`` set) with its children, or a piece of text (``tag`` empty)."""

    tag: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """True when it starts a paragraph of its own."""
        return self.tag in BLOCKS

    def find(self, *tags: str) -> list["Node"]:
        """Every element below with one of the tags, in order of the text."""
        found: list[Node] = []
        for child in self.children:
            if child.tag in tags:
                found.append(child)
            found += child.find(*tags)
        return found

    def words(self) -> str:
        """All text below, its white space as one blank each."""
        return " ".join("".join(self._texts()).split())

    def raw(self) -> str:
        """All text below as it stands; a line break element is a newline."""
        return "".join(self._texts())

    def _texts(self) -> list[str]:
        if not self.tag:
            return [self.text]
        if self.tag == "br":
            return ["\n"]
        return [part for child in self.children for part in child._texts()]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self._open = [self.root]
        self._gone = 0
        self._flat: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in GONE:
            self._gone += tag not in VOID
            return
        if self._gone:
            return
        if tag in _CLOSES or tag == "p":
            self._close_before(tag)
        if len(self._open) > DEEPEST and tag not in VOID:
            self._flat.append(tag)
            return
        node = Node(tag, attributes={name: _CONTROL.sub("", value or "") for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _close_before(self, tag: str) -> None:
        """End what HTML ends by itself: an open paragraph before a paragraph, an item before the next one."""
        ends = _CLOSES.get(tag, frozenset({"p"}))
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag in ends:
                del self._open[depth:]
                if tag not in {"tr"}:
                    return
            elif self._open[depth].tag in _BARRIERS or (tag == "p" and self._open[depth].is_block):
                return

    def handle_endtag(self, tag: str) -> None:
        if tag in GONE:
            self._gone = max(0, self._gone - (tag not in VOID))
            return
        if self._gone or tag in VOID:
            return
        if tag in self._flat:
            self._flat.remove(tag)
            return
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if not self._gone:
            self._open[-1].children.append(Node(text=_CONTROL.sub("", data)))


def tree(html: str) -> Node:
    """The HTML as one root element. Never raises: whatever cannot be understood is left out."""
    builder = _Builder()
    try:
        builder.feed(html)
        builder.close()
    except (AssertionError, ValueError):
        # html.parser raises on a few malformed declarations; what was read before them stands.
        pass
    return builder.root
