"""Markdown that people write here (comments, sentences, notes) as closed HTML.

Surprising: nothing of the text is ever trusted as HTML. Every word is escaped, and only web and mail
addresses become links, so what came from somewhere else can load and run nothing. Who sets it otherwise (the
window's reader) writes over `heading`, `code`, `quote` and `inline_code`.
"""

import re
from collections.abc import Callable, Sequence
from html import escape

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*)$")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$")
_QUOTED = re.compile(r" {0,3}>\s?")
_LABEL = r"\[(?P<label>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)\]"
_TARGET = (
    r"\(\s{0,99}<?(?P<address>(?:\\.|[^()\s<>\\]|\([^()\s]*\))*)>?(?:\s{1,99}\"[^\"]{0,999}\")?\s{0,99}\)"
)
# Runs are bounded, of blanks too: one opened again and again and never closed would be looked through each
# time to its end. Headings and broken lines are cut by hand for the same reason.
_INLINE = re.compile(
    rf"""\\(?P<literal>[!-/:-@\[-`{{-~])
    |(?<!`)(?P<ticks>`++)(?P<code>.{{1,4000}}?)(?<!`)(?P=ticks)(?!`)
    |!?{_LABEL}{_TARGET}
    |<(?P<auto>(?:https?://|mailto:)[^\s<>]+)>
    |\*\*(?=\S)(?P<strong>.{{1,1000}}?)(?<=\S)\*\*
    |(?<!\w)__(?=\S)(?P<strong2>.{{1,1000}}?)(?<=\S)__(?!\w)
    |\*(?=\S)(?P<slanted>[^*]+?)(?<=\S)\*
    |(?<!\w)_(?=\S)(?P<slanted2>[^_]+?)(?<=\S)_(?!\w)
    |~~(?=\S)(?P<struck>.{{1,1000}}?)(?<=\S)~~""",
    re.VERBOSE | re.DOTALL,
)
_SPANS = {"strong": "b", "strong2": "b", "slanted": "i", "slanted2": "i", "struck": "s"}
_WEB = r"https?://[^\s\x00-\x20]+|mailto:[^\s\x00-\x20]+"
DEEPEST = 8


def to_html(markdown: str, top: int = 3) -> str:
    """Paragraphs, headings from level ``top`` down, lists, quotations and code. Safe for any input."""
    return Blocks(top).blocks(markdown)


class Blocks:
    """Block by block. Each method returns closed HTML."""

    addresses = re.compile(rf"(?:{_WEB})\Z", re.IGNORECASE)
    """What may be a link."""

    def __init__(self, top: int = 3) -> None:
        self._top = top

    def heading(self, level: int, words: str) -> str:
        """A heading; ``level`` counts from 1, ``words`` are HTML."""
        named = min(6, self._top + level - 1)
        return f"<h{named}>{words}</h{named}>"

    def code(self, text: str) -> str:
        """A listing; ``text`` is not escaped yet."""
        return f"<pre><code>{escape(text)}</code></pre>"

    def quote(self, lines: list[str], depth: int) -> str:
        """A quotation; its lines are Markdown."""
        return f"<blockquote>{self.blocks(chr(10).join(lines), depth + 1)}</blockquote>"

    def inline_code(self, text: str) -> str:
        """Code in running text."""
        return f"<code>{escape(text)}</code>"

    def blocks(self, text: str, depth: int = 0) -> str:
        """Paragraphs, headings, lists, quotations, code and lines."""
        out: list[str] = []
        lines = text.expandtabs(4).splitlines()
        at = 0
        while at < len(lines):
            if not lines[at].strip():
                at += 1
                continue
            html, at = self._block(lines, at, depth)
            out.append(html)
        return "".join(out)

    def inline(self, text: str, depth: int = 0) -> str:
        """Running text: emphasis, code and links; everything else is shown as it stands."""
        out: list[str] = []
        at = 0
        for match in _INLINE.finditer(text):
            out.append(escape(text[at : match.start()]))
            out.append(self._span(match, depth))
            at = match.end()
        out.append(escape(text[at:]))
        return "".join(out)

    def _block(self, lines: list[str], at: int, depth: int) -> tuple[str, int]:
        line = lines[at]
        if fence := _FENCE.match(line):
            return self._listing(lines, at + 1, fence[1])
        if heading := _HEADING.match(line):
            words = heading[2].rstrip().rstrip("#").rstrip()
            return self.heading(len(heading[1]), self.inline(words)), at + 1
        if _RULE.match(line):
            return "<hr>", at + 1
        if _QUOTED.match(line) and depth < DEEPEST:
            stop = _run(lines, at, _is_quoted)
            return self.quote([_QUOTED.sub("", one, count=1) for one in lines[at:stop]], depth), stop
        if _ITEM.match(line):
            stop = _run(lines, at, _is_in_list)
            return self._list(lines[at:stop]), stop
        stop = _run(lines, at + 1, _is_paragraph)
        return f"<p>{self._paragraph(lines[at:stop])}</p>", stop

    def _listing(self, lines: list[str], at: int, fence: str) -> tuple[str, int]:
        stop = at
        while stop < len(lines) and not lines[stop].strip().startswith(fence):
            stop += 1
        return self.code("\n".join(lines[at:stop])), stop + 1

    def _paragraph(self, lines: Sequence[str]) -> str:
        """Lines of one paragraph; two blanks or a backslash at the end break a line."""
        joined = "".join(map(_joint, lines[:-1])) + lines[-1].lstrip()
        return self.inline(joined.strip()).replace("\v", "<br>")

    def _list(self, lines: Sequence[str]) -> str:
        """Items by their indent, lists in lists."""
        items: list[tuple[int, str, list[str]]] = []
        for line in lines:
            found = _ITEM.match(line)
            if found:
                items.append((len(found[1]), found[2], [found[3]]))
            elif items:
                items[-1][2].append(line)
        html, at = "", 0
        while at < len(items):
            more, at = self._nested(items, at, min(items[at][0], items[0][0]))
            html += more
        return html

    def _nested(
        self, items: Sequence[tuple[int, str, list[str]]], at: int, indent: int, depth: int = 0
    ) -> tuple[str, int]:
        sign = items[at][1]
        tag = "ol" if sign[0].isdigit() else "ul"
        first = f" start='{int(sign[:-1])}'" if tag == "ol" and int(sign[:-1]) != 1 else ""
        out: list[str] = []
        while at < len(items) and items[at][0] >= indent:
            words = self._paragraph(items[at][2])
            below, at = "", at + 1
            if depth < DEEPEST and at < len(items) and items[at][0] > indent + 1:
                below, at = self._nested(items, at, items[at][0], depth + 1)
            out.append(f"<li>{words}{below}</li>")
        return f"<{tag}{first}>{''.join(out)}</{tag}>", at

    def _span(self, match: re.Match[str], depth: int) -> str:
        kind = match.lastgroup or ""
        if match["literal"]:
            return escape(match["literal"])
        if match["code"]:
            return self.inline_code(match["code"].strip())
        if match["auto"]:
            return self._link(match["auto"], escape(match["auto"]))
        if match["label"] is not None:
            label = self.inline(match["label"], depth + 1) if depth < DEEPEST else escape(match["label"])
            return self._link(match["address"].replace("\\", ""), label)
        inner = self.inline(match[kind], depth + 1) if depth < DEEPEST else escape(match[kind])
        return f"<{_SPANS[kind]}>{inner}</{_SPANS[kind]}>"

    def _link(self, address: str, label: str) -> str:
        if not label.strip():
            return ""
        return f"<a href='{escape(address)}'>{label}</a>" if self.addresses.match(address) else label


def _run(lines: list[str], at: int, belongs: Callable[[str], bool]) -> int:
    while at < len(lines) and belongs(lines[at]):
        at += 1
    return at


def _joint(line: str) -> str:
    """A line of a paragraph with what parts it from the next: a vertical tab where it is broken."""
    words = line.lstrip()
    bare = words.rstrip(" ")
    if len(words) > len(bare) + 1:
        return f"{bare}\v"
    return f"{words[:-1]}\v" if words.endswith("\\") else f"{words} "


def _is_quoted(line: str) -> bool:
    return _QUOTED.match(line) is not None


def _is_in_list(line: str) -> bool:
    return _ITEM.match(line) is not None or (bool(line.strip()) and line.startswith("  "))


def _is_paragraph(line: str) -> bool:
    begins = (_FENCE, _HEADING, _RULE, _QUOTED, _ITEM)
    return bool(line.strip()) and not any(pattern.match(line) for pattern in begins)
