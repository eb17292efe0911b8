"""A note's Markdown as the reader sets it: closed HTML in the reader's own classes, quotations with a bar.

Surprising: nothing of the text is ever trusted as HTML. Every word is escaped, and only web, mail and
``kithbook:`` addresses become links, so a note that came from somewhere else can load and run nothing.
"""

import re
from collections.abc import Callable, Sequence
from html import escape

from desktop.languages import tr
from desktop.library.sense_values import Quotation
from desktop.text.markdown_html import Blocks
from desktop.ui.article.style import Look

_ATTRIBUTION = re.compile(r"\s*—?\s*\[.*\]\(\s*<?kithbook:annotation/.*\)\s*$")
_ADDRESS = re.compile(
    r"(?:https?://[^\s\x00-\x20]+|mailto:[^\s\x00-\x20]+|kithbook:(?:annotation|capture)/[0-9A-Za-z._~-]+)\Z",
    re.IGNORECASE,
)

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


class _Words(Blocks):
    """Running text, in which a note's own links are followed too."""

    addresses = _ADDRESS

    def inline_code(self, text: str) -> str:
        return f"<span class='code'>{escape(text)}</span>"


def inline(text: str) -> str:
    """Running text: emphasis, code and links; everything else is shown as it stands."""
    return _Words().inline(text)


class _Writer(_Words):
    """Block by block. Each method returns closed HTML."""

    def __init__(self, look: Look, quotations: Sequence[Quotation], colour_of: ColourOf) -> None:
        super().__init__()
        self._look, self._colour_of = look, colour_of
        self._quotations = {one.uuid: one for one in quotations}

    def heading(self, level: int, words: str) -> str:
        return f"<p class='h{min(4, max(2, level + 1))}'>{words}</p>"

    def code(self, text: str) -> str:
        listing = f"<pre>{escape(text) or ' '}</pre>"
        return self._table(f"<td bgcolor='{self._look.ground}' style='padding:10px 14px'>{listing}</td>")

    def quote(self, lines: list[str], depth: int) -> str:
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
        words = self.inline(re.sub(r"^\s*—\s*", "", line))
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
