"""What leaves the library: frozen values, never rows.

Times are milliseconds since 1970, UTC; dates are ISO text.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a source stands in triage."""

    INBOX = "inbox"
    LATER = "later"
    ARCHIVE = "archive"
    TRASH = "trash"


class Order(StrEnum):
    """How a list is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    SHORTEST = "shortest"
    LONGEST = "longest"
    TITLE = "title"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class View:
    """Which sources a list shows. All of them but Trash when nothing is named."""

    state: State | None = None
    tag: str = ""
    """A tag's path or alias; what stands below it counts too."""
    goal: int = 0
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: a source with its newest capture."""

    id: int
    """Source id."""
    capture_id: int
    title: str
    site: str
    author: str
    published: str
    saved_at: int
    minutes: int
    """Reading time; 0 when there is no text."""
    excerpt: str
    why: str
    tags: tuple[str, ...]
    goals: tuple[str, ...]
    state: State
    is_read: bool
    is_link_only: bool
    kind: str
    """``page``, ``selection``, ``link``, ``video`` or ``pdf``."""
    versions: int
    progress: float
    """0–1: how far it was read."""
    circle_id: int = 0
    """For whom it is; 0: for anyone."""
    circle: str = ""
    """That circle's name; empty for those that always exist."""


@dataclass(frozen=True, slots=True)
class Version:
    """One capture of a source."""

    capture_id: int
    number: int
    saved_at: int
    is_same_text: bool
    """True when its text equals the one before: it cost under 1 kB."""


@dataclass(frozen=True, slots=True)
class Media:
    """What was known of a playing video or sound at the click. Seconds."""

    position: float
    duration: float
    transcript: str


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything the reader shows of one capture and its source."""

    id: int
    """Source id."""
    capture_id: int
    version: int
    versions: tuple[Version, ...]
    url: str
    title: str
    author: str
    published: str
    is_published_approximate: bool
    site: str
    lang: str
    saved_at: int
    browser: str
    kind: str
    state: State
    is_read: bool
    is_link_only: bool
    is_private: bool
    why: str
    found_through: str
    tags: tuple[str, ...]
    goals: tuple[str, ...]
    html: str
    """Clean, closed; pictures as ``res/<64 hex>.<ext>``."""
    text: str
    markdown: str
    left_out: tuple[str, ...]
    """Clean HTML of the blocks that the extraction left out, in page order."""
    notices: tuple[str, ...]
    """Sentences about this capture: saved as link only and why, no readable text, picture missing."""
    media: Media | None
    selection: str
    """The quotation when a selection was saved; else empty."""
    minutes: int
    words: int
    position: int
    """Reading position: code-point offset in ``text``."""
    progress: float
    raw_page: str
    """Relative name below ``pages``; empty when there is none."""
    circle_id: int = 0
    """For whom it is, as in `Row`."""
    circle: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sources stand where."""

    inbox: int = 0
    later: int = 0
    archive: int = 0
    trash: int = 0
    all: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A tag or goal with its number of sources."""

    id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture or file that is durably kept below ``assets``."""

    sha256: str
    """64 lower-case hex digits."""
    ext: str
    """Without a dot: ``png``."""
    mime: str
    bytes: int
    url: str = ""
    """Where it came from; empty when unknown."""

    @property
    def name(self) -> str:
        """As cleaned HTML names it: ``res/<64 hex>.<ext>``."""
        return f"res/{self.sha256}.{self.ext}"


@dataclass(frozen=True, slots=True)
class NewCapture:
    """One reading of a page, checked and cleaned, ready to become a capture.

    Text fields hold no lone surrogates.
    """

    uuid: str
    """Made at the click; the idempotency key from browser to library."""
    url: str
    """As the browser showed it, absolute."""
    captured_at: int
    """Milliseconds since 1970, UTC."""
    canonical: str = ""
    """What ``text.urls.canonical_url`` made of it, with rel=canonical; a hint only."""
    kind: str = "page"
    """``page``, ``selection``, ``link``, ``video`` or ``pdf``."""
    title: str = ""
    author: str = ""
    published: str = ""
    """ISO date or empty."""
    is_published_approximate: bool = False
    site: str = ""
    lang: str = ""
    browser: str = ""
    is_private: bool = False
    html: str = ""
    """Clean, closed; pictures as ``res/<64 hex>.<ext>``."""
    text: str = ""
    markdown: str = ""
    """Accepted for completeness; not stored, since it is derived from ``html`` on read."""
    left_out: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    excerpt: str = ""
    words: int = 0
    minutes: int = 0
    media: Media | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    tags: tuple[str, ...] = ()
    goal: str = ""
    """A skill in words; the open goal of that skill is found or made."""
    why: str = ""
    found_through: str = ""
    raw_page: str = ""
    """Relative name below ``pages``, as ``assets.keep_page`` returned it."""
    raw_sha256: str = ""
    pictures: tuple[Asset, ...] = ()
    is_link_only: bool = False
    note: str = ""
    """Why link only: ``pdf``, ``viewer``, ``sandboxed``, ``internal``, ``too-big``, ``no-access`` or none."""
