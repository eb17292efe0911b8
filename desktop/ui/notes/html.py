"""A note's Markdown as the reader sets it: closed HTML in the reader's own classes, quotations with a bar.

Surprising: nothing of the text is ever trusted as HTML. Every word is escaped, and only web, mail and
``kithbook:`` addresses become links, so a note that came from somewhere else can load and run nothing.
"""

import re
from collections.abc import Callable, Sequence
from html import escape

from desktop.languages import tr
from desktop.library.sense_values import Quotation
from desktop.ui.article.style import Look

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$")
_QUOTED = re.compile(r" {0,3}>\s?")
_ATTRIBUTION = re.compile(r"\s*—?\s*\[.*\]\(\s*<?kithbook:annotation/.*\)\s*$")
_LABEL = r"\[(?P<label>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)\]"
_TARGET = r"\(\s*<?(?P<address>(?:\\.|[^()\s<>\\]|\([^()\s]*\))*)>?(?:\s+\"[^\"]*\")?\s*\)"
# Runs are bounded: one opened again and again and never closed would be looked through each time to its end.
_INLINE = re.compile(
    rf"""\\(?P<literal>[!-/:-@\[-`{{-~])
    |(?P<ticks>`+)(?P<code>.{{1,4000}}?)(?<!`)(?P=ticks)(?!`)
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
_ADDRESS = re.compile(
    r"(?:https?://[^\s\x00-\x20]+|mailto:[^\s\x00-\x20]+|kithbook:(?:annotation|capture)/[0-9A-Za-z._~-]+)\Z",
    re.IGNORECASE,
)
_DEEPEST = 8

ColourOf = Callable[[str], str]
"""``#rrggbb`` of a highlight's colour by its name."""


def note_html(
    body: str,
    quotations: Sequence[Quotation],
    look: Look,
    colour_of: ColourOf,
    title: str = "",
    tags: Sequence[str] = (),
) -> str:
    """The note as HTML for the reader's browser; quotations get the bar of their highlight."""
    above = "<p style='line-height:16px;margin:0'>&nbsp;</p>"  # Qt drops a margin on top of a page
    if title:
        above += (
            f"<p style='font-size:{look.scaled(26)}px;line-height:{look.scaled(34)}px;font-weight:600;"
            f"margin:0 0 {look.scaled(12)}px 0'>{escape(title)}</p>"
        )
    if tags:
        said = escape("\u2003".join(f"#{tag}" for tag in tags))
        above += f"<p class='label' style='margin:0 0 {look.scaled(18)}px 0'>{said}</p>"
    return f"<html><body>{above}{_Writer(look, quotations, colour_of).blocks(body)}</body></html>"


def inline(text: str, depth: int = 0) -> str:
    """Running text: emphasis, code and links; everything else is shown as it stands."""
    out: list[str] = []
    at = 0
    for match in _INLINE.finditer(text):
        out.append(escape(text[at : match.start()]))
        out.append(_span(match, depth))
        at = match.end()
    out.append(escape(text[at:]))
    return "".join(out)


def _span(match: re.Match[str], depth: int) -> str:
    kind = match.lastgroup or ""
    if match["literal"]:
        return escape(match["literal"])
    if match["code"]:
        return f"<span class='code'>{escape(match['code'].strip())}</span>"
    if match["auto"]:
        return _link(match["auto"], escape(match["auto"]))
    if match["label"] is not None:
        label = inline(match["label"], depth + 1) if depth < _DEEPEST else escape(match["label"])
        return _link(match["address"].replace("\\", ""), label)
    inner = match[kind]
    return (
        f"<{_SPANS[kind]}>{inline(inner, depth + 1) if depth < _DEEPEST else escape(inner)}</{_SPANS[kind]}>"
    )


def _link(address: str, label: str) -> str:
    if not label.strip():
        return ""
    return f"<a href='{escape(address)}'>{label}</a>" if _ADDRESS.match(address) else label


class _Writer:
    """Block by block. Each method returns closed HTML."""

    def __init__(self, look: Look, quotations: Sequence[Quotation], colour_of: ColourOf) -> None:
        self._look, self._colour_of = look, colour_of
        self._quotations = {one.uuid: one for one in quotations}

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

    def _block(self, lines: list[str], at: int, depth: int) -> tuple[str, int]:
        line = lines[at]
        if fence := _FENCE.match(line):
            return self._code(lines, at + 1, fence[1])
        if heading := _HEADING.match(line):
            level = min(4, max(2, len(heading[1]) + 1))
            return f"<p class='h{level}'>{inline(heading[2])}</p>", at + 1
        if _RULE.match(line):
            return "<hr>", at + 1
        if _QUOTED.match(line) and depth < _DEEPEST:
            stop = self._run(lines, at, _is_quoted)
            return self._quote([_QUOTED.sub("", one, count=1) for one in lines[at:stop]], depth), stop
        if _ITEM.match(line):
            stop = self._run(lines, at, _is_in_list)
            return _list(lines[at:stop]), stop
        stop = self._run(lines, at + 1, _is_paragraph)
        return f"<p>{_paragraph(lines[at:stop])}</p>", stop

    def _run(self, lines: list[str], at: int, belongs: Callable[[str], bool]) -> int:
        while at < len(lines) and belongs(lines[at]):
            at += 1
        return at

    def _code(self, lines: list[str], at: int, fence: str) -> tuple[str, int]:
        stop = at
        while stop < len(lines) and not lines[stop].strip().startswith(fence):
            stop += 1
        text = escape("\n".join(lines[at:stop])) or " "
        cell = f"<td bgcolor='{self._look.ground}' style='padding:10px 14px'><pre>{text}</pre></td>"
        return self._table(cell), stop + 1

    def _quote(self, lines: list[str], depth: int) -> str:
        last = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), 0)
        said = re.search(r"kithbook:annotation/([0-9A-Za-z._~-]+)", "\n".join(lines))
        quoted = self._quotations.get(said[1]) if said else None
        if quoted is None or not _ATTRIBUTION.match(lines[last]):
            inner = self.blocks("\n".join(lines), depth + 1)
            return self._barred(inner, self._look.rule)
        inner = self.blocks("\n".join(lines[:last]), depth + 1)
        return self._barred(inner + self._source(quoted, lines[last]), self._bar(quoted))

    def _bar(self, quoted: Quotation) -> str:
        return self._colour_of(quoted.colour) if quoted.colour else self._look.rule

    def _source(self, quoted: Quotation, line: str) -> str:
        """Where it is from: as the note says it, with the site; no link when the highlight is gone."""
        words = inline(re.sub(r"^\s*—\s*", "", line))
        if not quoted.annotation_id:
            words = re.sub(r"</?a\b[^>]*>", "", words)
            gone = (
                tr("its page is not here any more")
                if not quoted.source_id
                else tr("its highlight was removed")
            )
            return f"<p class='label'>{words} · {gone}</p>"
        site = f" · {escape(quoted.site)}" if quoted.site else ""
        return f"<p class='label'>{words}{site}</p>"

    def _barred(self, inner: str, bar: str) -> str:
        if not inner:
            return ""
        inner = re.sub(r"<p>((?:(?!<p>).)*)\Z", r"<p class='last'>\1", inner, flags=re.DOTALL)
        cells = f"<td width='4' bgcolor='{bar}'></td><td style='padding:0 0 0 14px'>{inner}</td>"
        return self._table(cells)

    def _table(self, cells: str) -> str:
        gap = self._look.scaled(14)
        return (
            "<table width='100%' cellspacing='0' cellpadding='0' "
            f"style='margin-top:{gap}px;margin-bottom:{gap}px'><tr>{cells}</tr></table>"
        )


def _is_quoted(line: str) -> bool:
    return _QUOTED.match(line) is not None


def _is_in_list(line: str) -> bool:
    return _ITEM.match(line) is not None or (bool(line.strip()) and line.startswith("  "))


def _is_paragraph(line: str) -> bool:
    begins = (_FENCE, _HEADING, _RULE, _QUOTED, _ITEM)
    return bool(line.strip()) and not any(pattern.match(line) for pattern in begins)


def _paragraph(lines: Sequence[str]) -> str:
    """Lines of one paragraph; two blanks or a backslash at the end break a line."""
    joined = "\n".join(line.lstrip() for line in lines)
    joined = re.sub(r"(?: {2,}|\\)\n", "\v", joined).replace("\n", " ")
    return inline(joined.strip()).replace("\v", "<br>")


def _list(lines: Sequence[str]) -> str:
    """Items by their indent, lists in lists."""
    items: list[tuple[int, str, list[str]]] = []
    for line in lines:
        found = _ITEM.match(line)
        if found:
            items.append((len(found[1]), found[2], [found[3]]))
        elif items:
            items[-1][2].append(line)
    html, _ = _nested(items, 0, items[0][0])
    return html


def _nested(items: Sequence[tuple[int, str, list[str]]], at: int, indent: int) -> tuple[str, int]:
    sign = items[at][1]
    tag = "ol" if sign[0].isdigit() else "ul"
    first = f" start='{int(sign[:-1])}'" if tag == "ol" and int(sign[:-1]) != 1 else ""
    out: list[str] = []
    while at < len(items) and items[at][0] >= indent:
        words = _paragraph(items[at][2])
        below, at = "", at + 1
        if at < len(items) and items[at][0] > indent + 1:
            below, at = _nested(items, at, items[at][0])
        out.append(f"<li>{words}{below}</li>")
    return f"<{tag}{first}>{''.join(out)}</{tag}>", at
