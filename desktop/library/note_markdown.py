"""How a note quotes: plain Markdown that any program shows, with a link that Kithbook follows. Pure.

A quotation is a block quote whose last line says where it is from::

    > The words that were highlighted.
    >
    > — [Title of the page](kithbook:annotation/0b7c…)

A page is cited anywhere in the text by ``[Title](kithbook:capture/0b7c…)``. The surprising fact: the address
alone is the tie. Words and title may be edited, moved or translated and the quotation still leads to its
source; take the address away, and it is an ordinary block quote.
"""

import re
from dataclasses import dataclass

ANNOTATION, CAPTURE = "annotation", "capture"
_TEXT = r"\[(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*\]"
_TIE = re.compile(
    _TEXT + r"\(\s*<?kithbook:(annotation|capture)/([0-9A-Za-z._~-]{1,100})>?(?:\s+\"[^\"\n]*\")?\s*\)"
)
_LINK = re.compile(r"!?\[((?:\\.|[^\[\]\\])*)\]\((?:\\.|[^()\\])*\)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTED = re.compile(r" {0,3}>")
_START = re.compile(r"^(\s*)([#>+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_SIGNS = re.compile(r"([\\\[\]*_`<])")
_MARKUP = re.compile(r"^\s{0,3}(?:>+\s?|#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+)+|[*_`~]{1,3}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Spot:
    """One tie in a note's body, which it takes up as ``body[start:stop]`` (code points)."""

    kind: str
    """``annotation`` or ``capture``."""
    uuid: str
    start: int
    """Of the whole block quote for a quotation, of the link alone for a citation."""
    stop: int


def quotation(quote: str, title: str, uuid: str, comment: str = "") -> str:
    """A quotation as it is put into a note, without a line end behind it; a comment follows as own text."""
    lines = [*quote.strip().splitlines(), "", f"— {_link(title, ANNOTATION, uuid)}"]
    block = "\n".join(f"> {_literal(line)}".rstrip() for line in lines[:-2])
    block += f"\n>\n> {lines[-1]}"
    return f"{block}\n\n{comment.strip()}" if comment.strip() else block


def citation(title: str, uuid: str) -> str:
    """A link to a page, by the UUID of one of its captures."""
    return _link(title, CAPTURE, uuid)


def spots(body: str) -> list[Spot]:
    """The ties of a note in their order; what stands in code is not one."""
    found = []
    for start, stop, is_quoted in _blocks(body):
        for match in _TIE.finditer(body, start, stop):
            is_quotation = match[1] == ANNOTATION and is_quoted
            place = (start, stop) if is_quotation else match.span()
            found.append(Spot(match[1], match[2], *place))
    return found


def plain(body: str) -> str:
    """The words of a note in one line, for a list: no signs of markup, no addresses."""
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", body)).replace("\\", "").split())


def _link(title: str, kind: str, uuid: str) -> str:
    return f"[{_literal(' '.join(title.split())) or 'source'}](kithbook:{kind}/{uuid})"


def _literal(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = _SIGNS.sub(r"\\\1", text)
    return _START.sub(_escaped_start, escaped)


def _escaped_start(match: re.Match[str]) -> str:
    blank, sign = match[1], match[2]
    return f"{blank}{sign}\\" if sign.isdigit() else f"{blank}\\{sign}"


def _blocks(body: str) -> list[tuple[int, int, bool]]:
    """Start, stop and whether it is a block quote, of each run of lines outside fenced code."""
    runs: list[tuple[int, int, bool]] = []
    fence, at = "", 0
    for line in body.splitlines(keepends=True):
        stop = at + len(line.rstrip("\r\n"))
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
        elif line.strip():
            is_quoted = _QUOTED.match(line) is not None
            if runs and runs[-1][2] == is_quoted and not body[runs[-1][1] : at].strip("\r\n"):
                touches = body[runs[-1][1] : at].count("\n") <= 1
                runs[-1:] = [(runs[-1][0], stop, is_quoted)] if touches else [runs[-1], (at, stop, is_quoted)]
            else:
                runs.append((at, stop, is_quoted))
        at += len(line)
    return runs
