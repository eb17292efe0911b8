"""Everything that one showing of a capture needs, made ready in a reading thread.

Surprising: what is shown is the capture after the person's own edits of its blocks, while highlights keep the
places they have in the full text of the capture; `ReadPage.shown` and `ReadPage.own` carry between the two.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from desktop.library import lists
from desktop.library.marks import blocks, highlights
from desktop.library.marks.highlights import Placed
from desktop.library.sense_values import BlockEdit
from desktop.library.values import Detail
from desktop.share import answers, provenance
from desktop.share.answers import Reply
from desktop.share.provenance import Provenance
from desktop.store.reader import Reader
from desktop.ui.article.browser import ArticleBrowser
from desktop.ui.article.html import Emitted, SizeOf, emit
from desktop.ui.article.style import Look
from desktop.ui.article.transcript import body_of
from desktop.ui.desk import Desk
from desktop.ui.marks.positions import Places
from desktop.ui.marks.words import OwnWord, own_words
from desktop.ui.reader.controls import ReaderFoot

if TYPE_CHECKING:
    from desktop.text.block_edits import Edited


@dataclass(frozen=True)
class ReadPage:
    """One capture, read and set."""

    detail: Detail
    emitted: Emitted
    html: str
    """What is shown: after the person's edits, with what is said in its film."""
    text: str
    """The shown text, which places of the document are carried to."""
    left_out: tuple[tuple[int, str], ...]
    """Number and HTML of each left-out block that was not brought in."""
    placed: tuple[Placed, ...]
    """The highlights of the source on this version, lost ones too."""
    edits: tuple[BlockEdit, ...] = ()
    edited: "Edited | None" = None
    """None: nothing was edited, and shown and own text are the same."""
    words: tuple[OwnWord, ...] = ()
    """The person's own tags and goals that the text speaks of."""
    came: tuple[Provenance, ...] = ()
    """Who sent it, the first one first."""
    answers: tuple[Reply, ...] = ()
    """What was said to it and its highlights, by others and by the person."""

    def shown(self, start: int, stop: int) -> tuple[int, int] | None:
        """Where a passage of the full text is shown."""
        if self.edited is not None:
            return self.edited.shown(start, stop)
        return (start, stop) if start < stop <= len(self.text) else None

    def own(self, start: int, stop: int) -> tuple[int, int] | None:
        """Where a shown passage stands in the full text."""
        return (start, stop) if self.edited is None else self.edited.own(start, stop)


class ShowsPage(Protocol):
    """What the parts of the reader need of its view."""

    desk: Desk
    detail: Detail | None
    page: ReadPage | None
    browser: ArticleBrowser
    foot: ReaderFoot

    def show_source(self, source_id: int | None, capture_id: int | None = None) -> None:
        """Show a capture."""

    def show_instead(self, html: str) -> None:
        """Show something else about the capture in place of its text."""

    def places(self) -> Places:
        """Where places of the shown text stand in the document."""

    @property
    def is_article(self) -> bool:
        """Whether the capture's own text is shown, not something else about it."""


def read_page(
    reader: Reader,
    source_id: int,
    capture_id: int | None,
    look: Look,
    size_of: SizeOf,
    is_left_out_shown: bool,
) -> ReadPage | None:
    """The capture, its highlights and its HTML made ready, which takes longer than the reading."""
    detail = lists.detail(reader, source_id, capture_id, with_markdown=False)
    if detail is None:
        return None
    edits = blocks.edits(reader, detail.capture_id)
    edited = blocks.edited(detail, edits) if edits else None
    html = edited.html if edited is not None else detail.html
    text = edited.text if edited is not None else detail.text
    restored = edited.restored if edited is not None else frozenset()
    left_out = tuple(
        (number, block) for number, block in enumerate(detail.left_out) if number not in restored
    )
    body = body_of(replace(detail, html=html, text=text))
    shown_below = [block for _, block in left_out] if is_left_out_shown else []
    emitted = emit(body, look, size_of, shown_below, detail.title)
    placed = tuple(highlights.of_capture(reader, detail.capture_id))
    words = own_words(text, lists.tag_names(reader), lists.goal_names(reader))
    came = tuple(provenance.of_source(reader, source_id))
    said = tuple(answers.of_source(reader, source_id))
    return ReadPage(detail, emitted, body, text, left_out, placed, edits, edited, words, came, said)
