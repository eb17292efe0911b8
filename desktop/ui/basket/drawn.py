"""The page of a pack in the words of Qt's text engine: the preview says what the file says, word for word.

Surprising: what is drawn is the page that goes into the file, not the pack. A word that stood in one and not
in the other would be found by the test that compares them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from desktop.ui.article.html import SizeOf, paragraphs
from desktop.ui.article.style import Look, sheet
from desktop.ui.article.tree import Node, tree

PIECE = 6_000
"""Characters of markup that are set in one go: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Paper:
    """How the preview is set."""

    look: Look
    own: str
    """Ground of the covering note."""
    rule: str
    """Beside the sender's own words."""
    pill: str
    warn: str
    on_warn: str
    bars: Mapping[str, str]
    """Beside quotations, by their colour."""


def style(paper: Paper) -> str:
    """The style sheet of the preview's document."""
    look = paper.look
    sans = f"font-family:{look.ui}"
    return f"""{sheet(look)}
        p.from {{ {sans}; font-size:13px; line-height:18px; font-weight:600; color:{look.muted};
                margin:0 0 16px 0 }}
        p.name {{ font-size:28px; line-height:35px; font-weight:600; margin:0 0 14px 0 }}
        p.group {{ {sans}; font-size:13px; line-height:18px; font-weight:600; color:{look.muted};
                margin:26px 0 0 0 }}
        p.item {{ font-size:20px; line-height:27px; font-weight:600; margin:26px 0 2px 0 }}
        p.meta {{ {sans}; font-size:13px; line-height:18px; color:{look.muted}; margin:0 0 12px 0 }}
        p.by {{ {sans}; font-size:12px; line-height:16px; font-weight:600; color:{look.muted};
                margin:0 0 2px 0 }}
        p.said {{ font-size:14px; line-height:21px; margin:2px 0 0 0 }}
        p.ex {{ font-size:15px; line-height:24px; color:{look.muted}; margin:0 }}
        p.own {{ margin:0 }}
        p.tags {{ {sans}; font-size:12px; line-height:22px; color:{look.muted}; margin:6px 0 0 0 }}
        p.warn {{ {sans}; font-size:13px; line-height:18px; color:{paper.on_warn}; margin:0 }}
        p.foot {{ {sans}; font-size:13px; line-height:20px; color:{look.muted}; margin:0 0 5px 0 }}
        .nav {{ {sans}; font-size:13px; line-height:22px; margin:0 }}
        .small {{ font-size:12px; color:{look.muted} }}
        .pill {{ background-color:{paper.pill} }}
    """


def pieces(page: str, paper: Paper, size_of: SizeOf) -> tuple[str, ...]:
    """The page in pieces to be set one after another; each is closed and holds two paragraphs or more."""
    drawer = _Drawer(paper, size_of)
    made: list[str] = []
    for part in drawer.parts(_main(tree(page))):
        if made and len(made[-1]) < PIECE:
            made[-1] += part
        else:
            made.append(part)
    # Qt drops the format of a single paragraph that is put in: the last piece is never alone.
    if len(made) > 1 and len(made[-1]) < PIECE:
        made[-2:] = [made[-2] + made[-1]]
    return tuple(made)


def _main(root: Node) -> Node:
    return next(iter(root.find("main")), root)


def _kinds(node: Node) -> set[str]:
    return set(node.attributes.get("class", "").split())


class _Drawer:
    """Walks the page of `pack_html`."""

    def __init__(self, paper: Paper, size_of: SizeOf) -> None:
        self._paper, self._size_of = paper, size_of
        self._makers: dict[str, Callable[[Node], Iterator[str]]] = {
            "letter": self._letter, "own": self._own, "q": self._quote, "said": self._said,
            "notice": self._notice, "ex": self._excerpt, "body": self._body, "answer": self._answer,
            "tags": self._tags,
        }  # fmt: skip

    def parts(self, main: Node) -> Iterator[str]:
        """Everything in order."""
        for child in main.children:
            if child.tag in ("header", "article"):
                if child.tag == "article":
                    yield self._anchor(child)
                for inner in child.children:
                    yield from self.part(inner)
            elif child.tag == "nav":
                yield self._contents(child)
            elif child.tag == "footer":
                yield self._line(26, 12)
                for span in child.find("span"):
                    yield f"<p class='foot'>{escape(span.words())}</p>"
            elif child.tag:
                yield from self.part(child)

    def part(self, node: Node) -> Iterator[str]:
        """One element."""
        kinds = _kinds(node)
        maker = next((self._makers[name] for name in self._makers if name in kinds), None)
        if maker is not None:
            yield from maker(node)
        elif node.tag == "h1":
            yield self._text(node, "name")
        elif "title" in kinds:
            yield self._text(node, "item")
        elif node.tag or node.words():
            if (
                "from" in kinds
            ):  # our own mark is a picture in the file; here it would be a file that is missing
                node = Node("p", children=[child for child in node.children if child.tag != "img"])
            plain = next((kind for kind in ("from", "group", "meta", "at") if kind in kinds), "")
            yield self._text(node, "by" if plain == "at" else plain)

    def _text(self, node: Node, kind: str = "") -> str:
        return paragraphs(node, self._paper.look, self._size_of, kind)

    def _anchor(self, node: Node) -> str:
        name = escape(node.attributes.get("id", ""))
        return f"<a name='{name}'></a>" if name else ""

    def _line(self, above: int, below: int) -> str:
        gap = f"margin-top:{above}px; margin-bottom:{below}px"
        colour = self._paper.look.line
        row = f"<tr><td height='1' bgcolor='{colour}' style='font-size:1px; line-height:1px'></td></tr>"
        return f"<table width='100%' cellspacing='0' cellpadding='0' style='{gap}'>{row}</table>"

    def _contents(self, node: Node) -> str:
        rows = []
        for item in node.find("li"):
            (link,) = item.find("a")[:1] or (Node(),)
            target = link.attributes.get("href", "")
            small = " ".join(one.words() for one in item.find("small"))
            behind = f" <span class='small'>{escape(small)}</span>" if small else ""
            href = f" href='{escape(target)}'" if target.startswith("#item-") else ""
            rows.append(f"<li class='nav'><a{href}>{escape(link.words())}</a>{behind}</li>")
        return f"{self._line(8, 8)}<ol>{''.join(rows)}</ol>{self._line(10, 14)}"

    def _barred(self, inside: str, colour: str, *, ground: str = "", bar: int = 3, pad: int = 15) -> str:
        held = f" bgcolor='{ground}'" if ground else ""
        padding = f"padding:{12 if ground else 1}px {16 if ground else 0}px {12 if ground else 1}px {pad}px"
        return (
            "<table width='100%' cellspacing='0' cellpadding='0' style='margin-top:10px; margin-bottom:12px'>"
            f"<tr><td width='{bar}' bgcolor='{colour}'></td>"
            f"<td{held} style='{padding}'>{inside}</td></tr></table>"
        )

    def _letter(self, node: Node) -> Iterator[str]:
        yield self._barred(_last(self._text(node)), self._paper.rule, ground=self._paper.own, pad=18)

    def _own(self, node: Node) -> Iterator[str]:
        yield self._barred(self._with_name(node, "own"), self._paper.rule)

    def _with_name(self, node: Node, kind: str) -> str:
        """Who says it, and what."""
        names = [child for child in node.children if "by" in _kinds(child)]
        rest = Node("div", children=[child for child in node.children if child not in names])
        said = "".join(f"<p class='by'>{escape(name.words())}</p>" for name in names)
        return said + self._text(rest, kind)

    def _quote(self, node: Node) -> Iterator[str]:
        colour = next((self._paper.bars[kind] for kind in self._paper.bars if kind in _kinds(node)), "")
        inside = []
        for child in node.children:
            inside += [self._text(child, "own")] if child.tag == "blockquote" else list(self.part(child))
        yield self._barred("".join(inside), colour or self._paper.look.line, bar=4)

    def _said(self, node: Node) -> Iterator[str]:
        yield self._with_name(node, "said")

    def _notice(self, node: Node) -> Iterator[str]:
        yield self._barred(self._text(node, "warn"), self._paper.warn, ground=self._paper.warn)

    def _excerpt(self, node: Node) -> Iterator[str]:
        yield self._with_name(node, "ex")

    def _body(self, node: Node) -> Iterator[str]:
        """A full text, in pieces of a few paragraphs."""
        run: list[Node] = []
        for child in node.children:
            if "by" in _kinds(child):
                yield f"<p class='by'>{escape(child.words())}</p>"
                continue
            run.append(child)
            if len(run) >= 8 and child.is_block:
                yield self._text(Node("div", children=run))
                run = []
        yield self._text(Node("div", children=run))

    def _answer(self, node: Node) -> Iterator[str]:
        inside = "".join(part for child in node.children for part in self.part(child))
        yield (
            "<table width='100%' cellspacing='0' cellpadding='0'><tr><td width='19'></td>"
            f"<td>{inside}</td></tr></table>"
        )

    def _tags(self, node: Node) -> Iterator[str]:
        pills = " ".join(
            f"<span class='pill'>&nbsp;{escape(one.words())}&nbsp;</span>" for one in node.find("span")
        )
        yield f"<p class='tags'>{pills}</p>"


def _last(html: str) -> str:
    """The last paragraph without the gap below it."""
    before, found, after = html.rpartition("<p>")
    return f"{before}<p class='last'>{after}" if found else html
