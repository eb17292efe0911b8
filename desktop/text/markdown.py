"""Text and Markdown of clean HTML. Both come from one walk of one HTML, so that they always have the same
words.

Surprising: line breaks travel as a vertical tab until the white space of a paragraph has been folded; the
gate lets no control character in, so it cannot be confused with the page's own.
"""

import re

from lxml import etree
from lxml import html as lxml_html

from desktop.text.dom import HEADINGS, Element

_BREAK = "\x0b"
_DEEPEST = 60
"""Below this nesting an element is plain text: nobody reads lists in lists of that depth."""
_CONTAINERS = (
    frozenset(
        [
            "blockquote",
            "ul",
            "ol",
            "li",
            "dl",
            "dd",
            "dt",
            "table",
            "figure",
            "figcaption",
            "details",
            "summary",
            "pre",
            "p",
            "address",
            "hr",
            "div",
        ]
    )
    | HEADINGS
)
_SPECIAL = re.compile(r"[\\`*\[\]<$~|]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_LINE_START = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|>|[+-](?=\s|$)|-{2,}(?=\s*$)|=+(?=\s*$)|:(?=\s))", re.MULTILINE
)
_NUMBER_START = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}


def text_from_html(html: str) -> str:
    """Plain text of clean HTML: paragraphs parted by an empty line,
    list items and table rows by a line end.
    """
    return text_of_tree(parse_clean(html))


def markdown_from_html(html: str) -> str:
    """CommonMark with tables of clean HTML. What the page wrote is escaped, so that it cannot become markup.

    Formulas (``code.language-tex``) are written between dollar signs, as Pandoc and Obsidian read them.
    """
    return markdown_of_tree(parse_clean(html))


def text_of_tree(root: Element) -> str:
    """As `text_from_html`, of what `parse_clean` gave."""
    return _Writer(is_markdown=False).document(root)


def markdown_of_tree(root: Element) -> str:
    """As `markdown_from_html`, of what `parse_clean` gave."""
    return _Writer(is_markdown=True).document(root)


def parse_clean(html: str) -> Element:
    """Clean HTML as one ``div``."""
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        tree = lxml_html.document_fromstring(f"<div>{html}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return etree.Element("div")
    return tree.find("body")[0]


class _Writer:
    """Writes one document, as text or as Markdown."""

    def __init__(self, *, is_markdown: bool) -> None:
        self.is_markdown = is_markdown
        self._block_writers = {
            "ul": self._list,
            "ol": self._list,
            "dl": self._definitions,
            "table": self._table,
            "pre": self._listing,
            "blockquote": self._quotation,
            "hr": self._rule,
        }

    def document(self, root: Element) -> str:
        return "\n\n".join(self._blocks(root, 0)).strip()

    def _blocks(self, element: Element, level: int) -> list[str]:
        """The blocks in an element, each a string of one or more lines."""
        if level > _DEEPEST:
            return [text] if (text := self._paragraph(self._escape(_flat_text(element)))) else []
        found: list[str] = []
        run: list[str] = [self._escape(element.text)]
        for child in element.iterchildren(etree.Element):
            if child.tag in _CONTAINERS:
                found += self._flush(run)
                found += self._block(child, level + 1)
                run = [self._escape(child.tail)]
            elif _holds_blocks(child):
                found += self._flush(run)
                found += self._blocks(child, level + 1)
                run = [self._escape(child.tail)]
            else:
                run += [self._inline_element(child, level + 1), self._escape(child.tail)]
        return found + self._flush(run)

    def _flush(self, run: list[str]) -> list[str]:
        text = self._paragraph("".join(run))
        return [text] if text else []

    def _block(self, element: Element, level: int) -> list[str]:
        tag = element.tag
        if tag in HEADINGS:
            text = self._line(self._inline(element, level))
            return [f"{'#' * int(tag[1])} {text}" if self.is_markdown else text] if text else []
        if tag in ("summary", "dt") and self.is_markdown and not _holds_blocks(element):
            text = self._line(self._inline(element, level))
            return [_mark(text, "**")] if text else []
        writer = self._block_writers.get(tag)
        return writer(element, level) if writer else self._blocks(element, level)

    def _list(self, element: Element, level: int) -> list[str]:
        number = _number(element.get("start"), 1)
        lines: list[str] = []
        for item in element.iterchildren(etree.Element):
            if item.tag != "li":
                lines += (
                    self._block(item, level)
                    if item.tag in _CONTAINERS
                    else self._flush([self._inline_element(item, level)])
                )
                continue
            number = _number(item.get("value"), number)
            mark = f"{number}. " if element.tag == "ol" else "- "
            parts = self._blocks(item, level)
            is_tight = item.find("p") is None and item.find("pre") is None
            text = ("\n" if is_tight else "\n\n").join(parts)
            if text or element.tag == "ol":
                lines.append(mark + _indent(text, " " * len(mark)) if self.is_markdown else text)
            number += 1
        return ["\n".join(line for line in lines if line)] if any(lines) else []

    def _definitions(self, element: Element, level: int) -> list[str]:
        parts = [part for child in element.iterchildren(etree.Element) for part in self._block(child, level)]
        return [("\n\n" if self.is_markdown else "\n").join(parts)] if parts else []

    def _quotation(self, element: Element, level: int) -> list[str]:
        text = "\n\n".join(self._blocks(element, level))
        if not text or not self.is_markdown:
            return [text] if text else []
        return ["\n".join("> " + line if line else ">" for line in text.split("\n"))]

    def _rule(self, _element: Element, _level: int) -> list[str]:
        return ["---"] if self.is_markdown else []

    def _listing(self, element: Element, _level: int) -> list[str]:
        code = _listing_text(element).strip("\n").rstrip()
        if not code.strip() or not self.is_markdown:
            return [code] if code.strip() else []
        inner = element.find("code")
        language = ((inner if inner is not None else element).get("class") or "").removeprefix("language-")
        if language == "tex" and "\n\n" not in code and "$" not in code:
            return [f"$$\n{code.strip()}\n$$"]
        longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
        fence = "`" * max(3, longest + 1)
        return [f"{fence}{language}\n{code}\n{fence}"]

    def _table(self, element: Element, level: int) -> list[str]:
        rows = [
            [self._cell(cell, level) for cell in row.iterchildren("td", "th")] for row in element.iter("tr")
        ]
        rows = [row for row in rows if any(row)]
        captions = [
            text for caption in element.iterchildren("caption") for text in self._blocks(caption, level)
        ]
        if not rows:
            return captions
        if not self.is_markdown:
            return [*captions, "\n".join("\t".join(row).strip() for row in rows)]
        width = max(len(row) for row in rows)
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * width)
        return [*captions, "\n".join(lines)]

    def _cell(self, cell: Element, level: int) -> str:
        text = "\n".join(self._blocks(cell, level + 1))
        if not self.is_markdown:
            return " ".join(text.split("\n"))
        return re.sub(r"\s*\\?\n\s*", "<br>", text.strip())

    def _paragraph(self, text: str) -> str:
        """A run of inline text as a paragraph, its line breaks set."""
        lines = [" ".join(re.split(r"[ \t\n]+", line)).strip(" ") for line in text.split(_BREAK)]
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        if not self.is_markdown:
            return "\n".join(lines)
        text = "\\\n".join(line for line in lines if line)
        return _NUMBER_START.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", text))

    def _line(self, text: str) -> str:
        return _folded(text.replace(_BREAK, " "))

    def _inline(self, element: Element, level: int) -> str:
        if level > _DEEPEST:
            return self._escape(_flat_text(element))
        parts = [self._escape(element.text)]
        for child in element.iterchildren(etree.Element):
            parts += [self._inline_element(child, level + 1), self._escape(child.tail)]
        return "".join(parts)

    def _inline_element(self, element: Element, level: int) -> str:
        tag = element.tag
        if tag == "br":
            return _BREAK
        if tag == "wbr":  # the parser takes what follows for its content
            return self._inline(element, level)
        if tag == "img":
            return self._picture(element)
        if tag == "code" and element.getparent().tag != "pre":
            return self._code(element)
        text = self._inline(element, level)
        if not self.is_markdown:
            return f" ({text.strip()}) " if tag == "rt" and element.getparent().find("rp") is None else text
        if tag == "a":
            return self._link(element, text)
        if tag in ("sub", "sup"):
            return f"<{tag}>{text}</{tag}>" if text.strip() else text
        if tag == "rt" and element.getparent().find("rp") is None:
            return f" ({text.strip()}) "
        return _mark(text, _MARKS[tag]) if tag in _MARKS else text

    def _picture(self, element: Element) -> str:
        address = element.get("src") or element.get("data-src") or ""
        if not self.is_markdown or not address:
            return ""
        return f"![{self._escape(_folded(element.get('alt') or ''))}]({_target(address)})"

    def _link(self, element: Element, text: str) -> str:
        address = element.get("href")
        if not address or not text.strip():
            return text
        label = text.strip()
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}[{label}]({_target(address)}){after}"

    def _code(self, element: Element) -> str:
        code = _folded("".join(element.itertext()))
        if not code or not self.is_markdown:
            return code
        if (element.get("class") or "") == "language-tex" and "$" not in code:
            return f"${code}$"
        fence = "`" * (max((len(run) for run in re.findall(r"`+", code)), default=0) + 1)
        pad = " " if code[0] in "` " or code[-1] in "` " else ""
        return f"{fence}{pad}{code}{pad}{fence}"

    def _escape(self, text: str | None) -> str:
        """The page's own text, so written that it stays text."""
        if not text or not self.is_markdown:
            return text or ""
        text = _SPECIAL.sub(r"\\\g<0>", text)
        return _ENTITY.sub(r"\&", _UNDERSCORE.sub(r"\_", text))


def _holds_blocks(element: Element) -> bool:
    return any(child.tag in _CONTAINERS for child in element.iterdescendants(etree.Element))


def _flat_text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _folded(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


def _listing_text(element: Element) -> str:
    """The text of a listing; ``br`` is a line end."""
    found: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            found += ["\n" if node.tag == "br" else "", node.text or ""]
        elif node is not element:
            found.append(node.tail or "")
    return "".join(found)


def _mark(text: str, mark: str) -> str:
    """Emphasis with its white space outside; none around nothing, or around a line break."""
    inner = text.strip()
    if not inner or _BREAK in inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{mark}{inner}{mark}{text[start + len(inner) :]}"


def _target(address: str) -> str:
    """A link target; in angle brackets when it holds what would end it."""
    return f"<{address}>" if re.search(r"[()\s]", address) else address


def _indent(text: str, by: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(by + line if line else "" for line in rest)])


def _number(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default
