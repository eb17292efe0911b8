"""What the library hands out of annotations, tags, links, notes, searches and the basket: frozen values.

Times are milliseconds since 1970, UTC. Positions are code points: a passage is ``text[start:stop]``.
"""

from dataclasses import dataclass
from enum import StrEnum


class Colour(StrEnum):
    """The five named colours of a highlight; a tag may have one too."""

    STRAW = "straw"
    SAGE = "sage"
    SKY = "sky"
    ROSE = "rose"
    LILAC = "lilac"


class How(StrEnum):
    """By what an annotation was found on a version. Lost: it is listed, and painted nowhere."""

    EXACT = "exact"
    QUOTE = "quote"
    FUZZY = "fuzzy"
    LOST = "lost"


class Reason(StrEnum):
    """Why one source leads to another."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    EXAMPLE = "example"
    SEE = "see"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A marked passage with its four selectors. Without a comment it is a highlight."""

    id: int
    uuid: str
    source_id: int
    capture_id: int
    """The version it was made on; `start`, `stop` and the selectors speak of that version's text."""
    made_at: int
    changed_at: int
    creator: str
    """Empty: the person whose library this is."""
    colour: Colour
    comment: str
    """Markdown."""
    link: str
    is_private: bool
    start: int
    stop: int
    quote: str
    prefix: str
    suffix: str
    range: str
    """RangeSelector as JSON, or empty."""
    fragment: str
    origin: str
    """``reader``, ``page`` or ``pack``."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an annotation stands on one version."""

    annotation_id: int
    capture_id: int
    start: int
    stop: int
    how: How
    certainty: int
    """Per cent."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """One line of the Highlights view: an annotation with what is shown of its source."""

    id: int
    """Annotation id."""
    uuid: str
    source_id: int
    capture_id: int
    """The version it was made on."""
    made_at: int
    colour: Colour
    quote: str
    comment: str
    link: str
    is_private: bool
    tags: tuple[str, ...]
    title: str
    site: str
    author: str
    url: str
    saved_at: int
    is_lost: bool
    """On the newest version."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as one of its two ends shows it."""

    id: int
    other_id: int
    """Source id of the other end."""
    is_back: bool
    """True: the other end leads here."""
    reason: Reason
    sentence: str
    made_at: int
    title: str
    """Of the other end, as are `site`, `url` and `is_in_trash`."""
    site: str
    url: str
    is_in_trash: bool


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a note, as it is linked: what it leads to, whatever the note's text says by now."""

    uuid: str
    """Of the annotation, or of the capture that is only cited."""
    start: int
    """Where it stands in the note's body, as ``body[start:stop]``, attribution line and all."""
    stop: int
    annotation_id: int
    """0: a citation, or the annotation was deleted."""
    source_id: int
    """0: deleted for good, or never in this library."""
    capture_id: int
    title: str
    site: str
    url: str
    quote: str
    """The annotation's own words; empty when there is none."""
    colour: str = ""
    """Of the annotation; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Note:
    """A Markdown document of the person's own."""

    id: int
    uuid: str
    title: str
    body: str
    made_at: int
    changed_at: int
    is_private: bool
    tags: tuple[str, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One line of the Notes view."""

    id: int
    title: str
    """Its own, or its first words."""
    excerpt: str
    changed_at: int
    is_private: bool
    tags: tuple[str, ...]
    quotes: int
    """How many annotations it quotes."""
    sources: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name, as the sidebar shows it."""

    id: int
    name: str
    query: str
    ordinal: int
    made_at: int


@dataclass(frozen=True, slots=True)
class TagRow:
    """One line of the Tags view, in the order of the tree: a parent before its children."""

    id: int
    """0: nobody gave this tag itself, it is only the beginning of a path."""
    name: str
    """The whole path, ``work/sql``."""
    colour: Colour | None
    """Its own, else that of the nearest parent that has one."""
    count: int
    """Sources outside Trash that bear it."""
    total: int
    """Sources outside Trash that bear it or a tag below it; each once."""
    annotations: int
    notes: int
    depth: int
    aliases: tuple[str, ...]

    @property
    def last(self) -> str:
        """The last part of the path: ``sql``."""
        return self.name.rpartition("/")[2] or self.name


@dataclass(frozen=True, slots=True)
class Completion:
    """A tag that fits what was typed; ``alias`` is the other word by which it was found, or empty."""

    name: str
    alias: str
    count: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One of the person's own tags that may fit a source, with the reason in words."""

    name: str
    reason: str
    """``"12 other pages of site.example bear it"``."""


@dataclass(frozen=True, slots=True)
class BasketItem:
    """One thing in the share basket."""

    id: int
    source_id: int
    """0 for a note."""
    annotation_id: int
    """0 for a whole source."""
    note_id: int
    made_at: int
    title: str
    site: str
    quote: str
    """Of the annotation; else empty."""
    sentence: str = ""
    """The person's own, for whom it goes to. Markdown."""
    heading: str = ""
    """What it stands under in the pack."""
    full_text: bool = False
    why_full: str = ""
    with_private: bool = False
    """Expressly: also what is marked private."""
    with_address: bool = False
    """Expressly: also an address inside an organisation."""
    why: str = ""
    """Of the source: what `sentence` may begin as. It leaves only once the person keeps it as that."""


@dataclass(frozen=True, slots=True)
class PackDraft:
    """The pack that the basket will become, as far as it is written."""

    title: str = ""
    message: str = ""
    """The covering note, Markdown."""
    person_id: int = 0
    """To whom; 0: not said. A person or a circle, not both."""
    circle_id: int = 0
    full_text: bool = False
    """Of every page."""
    why_full: str = ""
    with_tags: bool = True


@dataclass(frozen=True, slots=True)
class BlockEdit:
    """A block taken out of a capture (``remove``) or a left-out one put back (``restore``)."""

    id: int
    capture_id: int
    op: str
    block: str
    """Ordinal path."""
    made_at: int
