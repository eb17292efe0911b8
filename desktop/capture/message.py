"""A spooled file's header and payload, checked and parted: the only way in for what a browser sent.

Surprising: lone surrogates pass JSON and fail later in SQLite and in UTF-8, so every text is made clean here.
"""

from dataclasses import dataclass

from native_host.spool import Spooled


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a capture's payload."""

    kind: str
    """``html``, ``picture``, ``transcript`` or ``ldjson``."""
    data: bytes
    type: str = ""
    url: str = ""
    """For pictures: the absolute address they were shown from."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A chosen passage and what stands around it (32 characters on each side)."""

    html: str
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Playing:
    """Where a video or sound stood at the click. Seconds."""

    position: float
    duration: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class CaptureMessage:
    """One click, checked. Every text is valid Unicode and within its limit."""

    id: str
    kind: str
    """``page``, ``selection``, ``link``, ``video`` or ``pdf``."""
    url: str
    captured_at: int
    canonical: str = ""
    title: str = ""
    lang: str = ""
    author: str = ""
    selection: Quote | None = None
    media: Playing | None = None
    tags: tuple[str, ...] = ()
    goal: str = ""
    why: str = ""
    found_through: str = ""
    is_private: bool = False
    browser: str = ""
    note: str = ""
    """Why it is a link only: ``pdf``, ``viewer``, ``sandboxed``, ``internal``, ``too-big``, ``no-access`` or empty."""
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateMessage:
    """What the person added or changed in the popup after the save. None: not touched."""

    id: str
    of: str
    title: str | None = None
    tags: tuple[str, ...] | None = None
    goal: str | None = None
    why: str | None = None
    found_through: str | None = None


def parse(spooled: Spooled) -> CaptureMessage | UpdateMessage:
    """The message in a spooled file. Raises `errors.BadInput` with a sentence for anything that cannot be one."""
    raise NotImplementedError
