"""All tables, in glossary order: read this file first.

Two facts surprise. `store.schema` makes the tables by its own steps and a test holds the two equal, so a
change here needs a step there. And table classes do not validate: what reaches them was checked at the edge.

Times are milliseconds since 1970, UTC. Link tables have no rowid. Ids with AUTOINCREMENT grow with arrival
and are never used again. Foreign keys are checked at commit, so that undo may restore rows in any order.
What is learned from all this (activities, tries, evidence …) stands in `models_learn`, what is shared of it
in `models_share`; this file reads both.
"""

from typing import Any

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from desktop.store.columns import NO_ROWID as _NO_ROWID
from desktop.store.columns import OWN_IDS as _OWN_IDS
from desktop.store.columns import AsStored as _AsStored
from desktop.store.columns import to as _to


class Source(SQLModel, table=True):
    """The page out there, with all that a list shows of its newest capture (denormalised: a list page is
    one read)."""

    __tablename__ = "source"
    __table_args__ = (
        Index("source_by_state", "state", "saved_at", "id"),
        Index("source_by_date", "saved_at", "id", "state"),
        Index("source_by_canonical", "canonical_key"),
        Index("source_by_site", "site"),
        Index("source_by_circle", "circle_id", sqlite_where=text("circle_id IS NOT NULL")),
        Index("source_by_found_through", "found_through", sqlite_where=text("found_through <> ''")),
        _OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    url: str
    url_key: str = Field(unique=True)
    canonical_key: str = ""
    """What the page said by rel=canonical: a hint, never an identity."""
    state: str = "inbox"
    state_since: int = 0
    """Trash is emptied by this."""
    own_title: str = ""
    """The person's; empty: the page's title is shown."""
    why: str = ""
    found_through: str = ""
    is_read: bool = False
    position: int = 0
    progress: float = 0.0
    first_saved: int = 0
    changed: int = 0
    capture_id: int = 0
    """The newest capture. From here on: its list columns."""
    title: str = ""
    site: str = ""
    author: str = ""
    published: str = ""
    saved_at: int = 0
    minutes: int = 0
    words: int = 0
    excerpt: str = ""
    kind: str = "page"
    is_link_only: bool = False
    versions: int = 0
    circle_id: int | None = _to("circle.id", is_optional=True, is_emptied=True)
    """The tightest circle it may go to; empty: anyone."""


class Address(SQLModel, table=True):
    """Every address key under which a source was saved."""

    __tablename__ = "address"
    __table_args__ = (Index("address_by_source", "source_id"), _NO_ROWID)

    url_key: str = Field(primary_key=True)
    source_id: int = _to("source.id")


class Capture(SQLModel, table=True):
    """One reading of a source at one moment."""

    __tablename__ = "capture"
    __table_args__ = (
        Index("capture_by_source", "source_id", "number", unique=True),
        Index("capture_by_date", "captured_at"),
        Index("capture_by_content", "content_id"),
        _OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(unique=True)
    source_id: int = _to("source.id")
    number: int
    """1, 2, 3 … within its source."""
    captured_at: int
    added_at: int
    url: str = ""
    """As the browser showed it; empty when it is the source's."""
    title: str = ""
    author: str = ""
    published: str = ""
    is_published_approximate: bool = False
    site: str = ""
    lang: str = ""
    browser: str = ""
    kind: str = "page"
    is_private: bool = False
    is_link_only: bool = False
    note: str = ""
    notices: str = "[]"
    """JSON list of sentences."""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    media: str = ""
    """JSON list of position and duration in seconds, or empty."""
    given: str = "{}"
    """JSON: tags, goal, why and found_through that came with this capture, so that an update takes back
    only those."""
    content_id: int = _to("content.id")


class Content(SQLModel, table=True):
    """The text of one or more captures; captures with the same text share it. Markdown is derived on read."""

    __tablename__ = "content"
    __table_args__ = (Index("content_by_page", "raw_page"), _OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    words: int = 0
    minutes: int = 0
    excerpt: str = ""
    raw_page: str = ""
    """Relative name below ``pages``."""
    raw_sha256: str = ""
    left_out: str = "[]"
    """JSON list of clean HTML blocks."""
    transcript: str = ""
    text: str = ""
    html: str = ""


class AssetFile(SQLModel, table=True):
    """A file below ``assets``."""

    __tablename__ = "asset"
    __table_args__ = (_OWN_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    ext: str
    mime: str
    bytes: int
    url: str = ""


class ContentAsset(SQLModel, table=True):
    """Which content shows which asset.

    By content, not by capture: an unchanged capture then costs nothing here.
    """

    __tablename__ = "content_asset"
    __table_args__ = (Index("content_asset_by_asset", "asset_id"), _NO_ROWID)

    content_id: int = _to("content.id", is_key=True)
    asset_id: int = _to("asset.id", is_key=True)


class Tag(SQLModel, table=True):
    """A label. ``key`` is its case-folded form: "SQL" and "sql" are one. "work/sql" stands below "work"."""

    __tablename__ = "tag"
    __table_args__ = (_OWN_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    colour: str = ""
    """One of the five names of `Annotation.colour`, or empty."""


class Alias(SQLModel, table=True):
    """Another word for a tag. No alias has the key of a tag."""

    __tablename__ = "alias"
    __table_args__ = (Index("alias_by_tag", "tag_id"), _OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    tag_id: int = _to("tag.id", goes_with=True)


class SourceTag(SQLModel, table=True):
    """Which source bears which tag."""

    __tablename__ = "source_tag"
    __table_args__ = (Index("source_tag_by_tag", "tag_id", "source_id"), _NO_ROWID)

    source_id: int = _to("source.id", is_key=True)
    tag_id: int = _to("tag.id", is_key=True)


class Goal(SQLModel, table=True):
    """A skill wanted."""

    __tablename__ = "goal"
    __table_args__ = (_OWN_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    skill: str
    state: str = "open"
    """``open``, ``reached`` or ``dropped``."""
    made_at: int = 0
    why: str = ""
    framework: str = ""
    """Where the skill is described by others, if the person wants: with ``code`` and ``label`` there."""
    code: str = ""
    label: str = ""
    level_from: int = 0
    """Levels are 0 to 4; where the person stood when the goal was made."""
    level: int = 0
    """Now: what the last level change says."""
    level_to: int | None = None
    by_date: str = ""
    """A day of the person's calendar, ``2027-03-31``, or empty."""
    next_step: str = ""
    closing: str = ""
    """What the person says when the goal is reached or dropped."""
    closed_at: int = 0
    changed_at: int = 0
    is_private: bool = False


class SourceGoal(SQLModel, table=True):
    """Which source serves which goal."""

    __tablename__ = "source_goal"
    __table_args__ = (Index("source_goal_by_goal", "goal_id", "source_id"), _NO_ROWID)

    source_id: int = _to("source.id", is_key=True)
    goal_id: int = _to("goal.id", is_key=True)


class Annotation(SQLModel, table=True):
    """What a person marked in a capture: by the W3C model, four selectors and the version it was made on."""

    __tablename__ = "annotation"
    __table_args__ = (
        Index("annotation_by_source", "source_id", "made_at"),
        Index("annotation_by_capture", "capture_id"),
        Index("annotation_by_date", "made_at", "id"),
        _OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(unique=True)
    source_id: int = _to("source.id")
    capture_id: int = _to("capture.id")
    """The version it was made on."""
    made_at: int
    changed_at: int
    creator: str = ""
    """Empty: the person whose library this is."""
    colour: str = "straw"
    """``straw``, ``sage``, ``sky``, ``rose`` or ``lilac``."""
    comment: str = ""
    """Markdown; empty: a highlight."""
    link: str = ""
    is_private: bool = False
    start: int = 0
    """TextPositionSelector: code points in that capture's text, as ``text[start:stop]``."""
    stop: int = 0
    quote: str = ""
    """TextQuoteSelector, with 32 characters before and after."""
    prefix: str = ""
    suffix: str = ""
    range: str = ""
    """RangeSelector as JSON, or empty."""
    fragment: str = ""
    """FragmentSelector, or empty."""
    origin: str = "reader"
    """Where it was made: ``reader`` or ``page``; ``pack``: it came from somebody else."""


class Anchor(SQLModel, table=True):
    """Where an annotation stands on one version; found by machine, so it can be found again."""

    __tablename__ = "anchor"
    __table_args__ = (Index("anchor_by_capture", "capture_id", "start"), _NO_ROWID)

    annotation_id: int = _to("annotation.id", is_key=True, goes_with=True)
    capture_id: int = _to("capture.id", is_key=True, goes_with=True)
    start: int = 0
    stop: int = 0
    how: str = "exact"
    """``exact``, ``quote``, ``fuzzy`` or ``lost``."""
    certainty: int = 100
    """Per cent."""


class AnnotationTag(SQLModel, table=True):
    """Which annotation bears which tag."""

    __tablename__ = "annotation_tag"
    __table_args__ = (Index("annotation_tag_by_tag", "tag_id", "annotation_id"), _NO_ROWID)

    annotation_id: int = _to("annotation.id", is_key=True, goes_with=True)
    tag_id: int = _to("tag.id", is_key=True)


class BlockEdit(SQLModel, table=True):
    """A block that the person took out of a capture or put back; the capture's own text never changes."""

    __tablename__ = "block_edit"
    __table_args__ = (Index("block_edit_by_capture", "capture_id", "id"), _OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    capture_id: int = _to("capture.id", goes_with=True)
    op: str
    """``remove`` or ``restore``."""
    block: str
    """The block's ordinal path in the capture's HTML."""
    made_at: int


class Link(SQLModel, table=True):
    """One source leads to another, with the reason."""

    __tablename__ = "link"
    __table_args__ = (
        Index("link_by_ends", "from_source_id", "to_source_id", "reason", unique=True),
        Index("link_by_end", "to_source_id"),
        _OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    from_source_id: int = _to("source.id")
    to_source_id: int = _to("source.id")
    reason: str
    """``supports``, ``contradicts``, ``example`` or ``see``."""
    sentence: str = ""
    made_at: int


class Note(SQLModel, table=True):
    """A Markdown document of the person's own.

    What it quotes and cites is read from ``body`` at each save.
    """

    __tablename__ = "note"
    __table_args__ = (Index("note_by_date", "changed_at", "id"), _OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(unique=True)
    title: str = ""
    body: str = ""
    made_at: int
    changed_at: int
    is_private: bool = False


class NoteQuote(SQLModel, table=True):
    """Which note quotes which annotation; ``ordinal`` is the quotation's place in the note."""

    __tablename__ = "note_quote"
    __table_args__ = (Index("note_quote_by_annotation", "annotation_id"), _NO_ROWID)

    note_id: int = _to("note.id", is_key=True, goes_with=True)
    annotation_id: int = _to("annotation.id", is_key=True, goes_with=True)
    ordinal: int = 0


class NoteSource(SQLModel, table=True):
    """Which note quotes or cites which source."""

    __tablename__ = "note_source"
    __table_args__ = (Index("note_source_by_source", "source_id"), _NO_ROWID)

    note_id: int = _to("note.id", is_key=True, goes_with=True)
    source_id: int = _to("source.id", is_key=True)


class NoteTag(SQLModel, table=True):
    """Which note bears which tag."""

    __tablename__ = "note_tag"
    __table_args__ = (Index("note_tag_by_tag", "tag_id", "note_id"), _NO_ROWID)

    note_id: int = _to("note.id", is_key=True, goes_with=True)
    tag_id: int = _to("tag.id", is_key=True)


class SavedSearch(SQLModel, table=True):
    """A query that the person keeps under a name."""

    __tablename__ = "saved_search"
    __table_args__ = (_OWN_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    query: str
    ordinal: int
    made_at: int


class Basket(SQLModel, table=True):
    """One thing gathered for sharing: a source, an annotation (with its source) or a note."""

    __tablename__ = "basket"
    __table_args__ = (
        Index("basket_by_source", "source_id"),
        Index("basket_by_annotation", "annotation_id"),
        Index("basket_by_note", "note_id"),
        _OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int | None = _to("source.id", is_optional=True)
    annotation_id: int | None = _to("annotation.id", is_optional=True, goes_with=True)
    note_id: int | None = _to("note.id", is_optional=True, goes_with=True)
    ordinal: int
    made_at: int
    sentence: str = ""
    """The person's own, for whom it goes to. Markdown."""
    heading: str = ""
    """What it stands under in the pack."""
    full_text: bool = False
    why_full: str = ""
    """Why the full text may go."""
    with_private: bool = False
    """Expressly: also what is marked private."""
    with_address: bool = False
    """Expressly: also the address of a host inside an organisation."""


class JournalEntry(SQLModel, table=True):
    """One act that can be undone, or that was (``is_undone``) and can be done again."""

    __tablename__ = "journal_entry"
    __table_args__ = (_OWN_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    at: int
    label: str
    is_undone: bool = False


class JournalChange(SQLModel, table=True):
    """What turns one row back, written by the triggers of `store.watched`."""

    __tablename__ = "journal_change"
    __table_args__ = (Index("journal_change_by_entry", "entry_id"),)

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _to("journal_entry.id")
    what: str
    """The table."""
    op: str
    """``update``, ``insert`` or ``delete``: what was done."""
    key: Any = Field(sa_column=Column(_AsStored))
    """The row's id, or a JSON list of its key columns."""
    field: str = ""
    """The column, for an update."""
    before: Any = Field(default=None, sa_column=Column(_AsStored))
    """The value before an update; for a delete, the whole row as a JSON object."""
    source_id: int | None = None
    """So that deleting a source for good finds its traces here."""


class Outbox(SQLModel, table=True):
    """What the search index has yet to take over, written by triggers of the file in the very transaction of
    the change. The same thing may stand here many times."""

    __tablename__ = "outbox"
    __table_args__ = (_OWN_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    """``source``, ``state`` (its triage state and is_read), ``annotation``, ``note``, ``tag`` or ``goal``."""
    ref_id: int
    """The id of that; the row itself may be gone by now."""
    source_id: int | None = None
    """Of a source, its state or its annotation; else empty."""


class LibraryState(SQLModel, table=True):
    """What the library knows of itself.

    ``generation``: a new random word after each restore, so that an index of another moment is not believed.
    """

    __tablename__ = "library_state"
    __table_args__ = (_NO_ROWID,)

    name: str = Field(primary_key=True)
    value: str


class Tombstone(SQLModel, table=True):
    """The UUID of a capture that was deleted for good: should it come again, it stays deleted."""

    __tablename__ = "tombstone"
    __table_args__ = (_NO_ROWID,)

    uuid: str = Field(primary_key=True)
    deleted_at: int


class Applied(SQLModel, table=True):
    """The UUID of an update that was applied: a repeat does nothing."""

    __tablename__ = "applied"
    __table_args__ = (_NO_ROWID,)

    uuid: str = Field(primary_key=True)
    at: int


class Event(SQLModel, table=True):
    """Something done, by the method's verbs, for the balance view."""

    __tablename__ = "event"
    __table_args__ = (Index("event_by_date", "at"), _OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    at: int
    verb: str
    """``seek``, ``sense`` or ``share``."""
    act: str
    count: int = 1
    noun: str = ""
    """What ``ref_id`` is the id of, by a `changes.Noun`; empty for an act on many things."""
    ref_id: int = 0


from desktop.store import models_learn, models_share  # noqa: E402, F401  - their tables refer to those above
