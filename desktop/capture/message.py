"""A spooled file's header and payload, checked and parted: the only way in for what a browser sent.

Surprising: lone surrogates pass JSON and fail later in SQLite and in UTF-8, so every text is made clean here.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.marks.page_marks import MarkEdit, PageMark
from desktop.library.marks.page_messages import PageComment, PageTool
from desktop.library.sense_values import Colour
from native_host import messages
from native_host.spool import Spooled

KINDS = messages.KINDS
SECTION_KINDS = (*messages.SECTIONS, "file")

LONGEST = messages.MAX_TEXT
"""Characters of a person's own text."""
LONGEST_URL = 8_000
LONGEST_NAME = messages.MAX_NAME
"""Characters of a tool's name."""
LONGEST_HTML = 1_000_000
LONGEST_CONTEXT = messages.MAX_CONTEXT
"""Characters before and after a highlight; the more, the better it tells places apart."""
LONGEST_TAG = messages.MAX_TAG
MOST_TAGS = messages.MAX_TAGS
MOST_SECTIONS = messages.MAX_SECTIONS
LATEST = 253_402_300_799_000
"""The last moment of the year 9999, in milliseconds."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOT_TEXT = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a capture's payload."""

    kind: str
    """``html``, ``picture``, ``transcript``, ``ldjson``, or ``file`` for one that was added from the disk."""
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
    """Why it is a link only: ``pdf viewer sandboxed internal too-big no-access`` or empty."""
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


Beside = UpdateMessage | PageMark | MarkEdit | PageComment | PageTool
"""What speaks of a capture and comes after it."""
Message = CaptureMessage | Beside


def parse(spooled: Spooled) -> Message:
    """The message in a spooled file. Raises `errors.BadInput` with a sentence when it cannot be one."""
    header = _Fields(spooled.header)
    if header.number("format") != 1:
        raise BadInput(
            tr("The saved file was written by a newer Kithbook."), tr("Update Kithbook on this computer.")
        )
    message = header.part("message")
    op = header.text("op")
    if op == "capture":
        return _capture(header, message, spooled.payload)
    if op == "update":
        return _update(header, message)
    if op == "annotate":
        return _mark_edit(header, message) if "annotation" in message else _mark(header, message)
    if op == "timed-comment":
        return _timed_comment(header, message)
    if op == "tool":
        return _tool(header, message)
    raise BadInput(
        tr("The saved file holds something this Kithbook does not know: “{op}”.").format(op=op[:40])
    )


def clean_text(text: str, limit: int = LONGEST) -> str:
    """``text`` as valid Unicode without control characters but line ends and tabs, at most ``limit`` long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text[:limit]).strip()


def _capture(header: "_Fields", message: "_Fields", payload: bytes) -> CaptureMessage:
    kind = message.text("kind")
    if kind not in KINDS:
        raise BadInput(tr("The saved file is of an unknown kind: “{kind}”.").format(kind=kind[:40]))
    url = message.text("url", LONGEST_URL)
    if not url:
        raise BadInput(tr("The saved file has no address."))
    browser = message.part("browser", optional=True)
    return CaptureMessage(
        id=_uuid(header.text("id")),
        kind=kind,
        url=url,
        captured_at=_moment(message.number("captured_at") or header.number("received")),
        canonical=message.text("canonical", LONGEST_URL),
        title=" ".join(message.text("title", 2000).split()),
        lang=message.text("lang", 40),
        author=message.text("author", 500),
        selection=_selection(message.part("selection", optional=True)),
        media=_media(message.part("media", optional=True)),
        tags=message.texts("tags"),
        goal=message.text("goal", 500),
        why=message.text("why"),
        found_through=message.text("found_through"),
        is_private=message.flag("private"),
        browser=browser.text("name", 40) or header.text("browser", 40),
        note=message.text("note", 40),
        sections=_sections(message, payload),
    )


def _update(header: "_Fields", message: "_Fields") -> UpdateMessage:
    def given(name: str, limit: int = LONGEST) -> str | None:
        return message.text(name, limit) if name in message else None

    return UpdateMessage(
        id=_uuid(header.text("id")),
        of=_uuid(message.text("of")),
        title=given("title", 2000),
        tags=message.texts("tags") if "tags" in message else None,
        goal=given("goal", 500),
        why=given("why"),
        found_through=given("found_through"),
    )


def _mark(header: "_Fields", message: "_Fields") -> PageMark:
    quote = message.text("quote")
    if not quote:
        raise BadInput(tr("The highlight has no words."))
    return PageMark(
        uuid=_uuid(header.text("id")),
        of=_uuid(message.text("of")),
        quote=quote,
        prefix=message.text("prefix", LONGEST_CONTEXT),
        suffix=message.text("suffix", LONGEST_CONTEXT),
        colour=_colour(message) or Colour.STRAW,
        comment=message.text("comment"),
        tags=message.texts("tags"),
        link=message.text("link", LONGEST_URL),
        is_private=message.flag("private"),
        made_at=_moment(message.number("made_at") or header.number("received")),
    )


def _mark_edit(header: "_Fields", message: "_Fields") -> MarkEdit:
    return MarkEdit(
        uuid=_uuid(header.text("id")),
        of=_uuid(message.text("of")),
        annotation=_uuid(message.text("annotation")),
        colour=_colour(message),
        comment=message.text("comment") if "comment" in message else None,
        tags=message.texts("tags") if "tags" in message else None,
        link=message.text("link", LONGEST_URL) if "link" in message else None,
        is_private=message.flag("private") if "private" in message else None,
        is_removed=message.flag("removed"),
    )


def _timed_comment(header: "_Fields", message: "_Fields") -> PageComment:
    comment = message.text("comment")
    if not comment:
        raise BadInput(tr("There are no words in this comment."))
    return PageComment(
        uuid=_uuid(header.text("id")),
        of=_uuid(message.text("of")),
        seconds=message.seconds("seconds"),
        comment=comment,
        caption=" ".join(message.text("caption", 2000).split()),
        tags=message.texts("tags"),
        is_private=message.flag("private"),
        made_at=_moment(message.number("made_at") or header.number("received")),
    )


def _tool(header: "_Fields", message: "_Fields") -> PageTool:
    name = " ".join(message.text("name", LONGEST_NAME).split())
    if not name:
        raise BadInput(tr("A tool needs a name."))
    return PageTool(
        uuid=_uuid(header.text("id")),
        of=_uuid(message.text("of")),
        name=name,
        url=message.text("url", LONGEST_URL),
        problem=message.text("problem"),
    )


def _colour(message: "_Fields") -> Colour | None:
    """A colour that we know; one that a newer extension adds is no reason to lose the highlight."""
    name = message.text("colour", 20)
    return Colour(name) if name in list(Colour) else None


def _selection(part: "_Fields") -> Quote | None:
    quote = part.text("quote", LONGEST_HTML)
    html = part.text("html", LONGEST_HTML)
    if not (quote or html):
        return None
    return Quote(html, quote, part.text("prefix", LONGEST_CONTEXT), part.text("suffix", LONGEST_CONTEXT))


def _media(part: "_Fields") -> Playing | None:
    if not part:
        return None
    return Playing(part.seconds("position"), part.seconds("duration"), part.text("title", 2000))


def _sections(message: "_Fields", payload: bytes) -> tuple[Section, ...]:
    sections = []
    start = 0
    for part in message.parts("sections"):
        length = part.number("bytes")
        if length < 0 or start + length > len(payload):
            raise BadInput(tr("The saved file is shorter than it says."))
        kind = part.text("kind", 40)
        # A kind that a newer extension adds is skipped: what is known of the page is still worth keeping.
        if kind in SECTION_KINDS:
            data = payload[start : start + length]
            sections.append(Section(kind, data, part.text("type", 200), part.text("url", LONGEST_URL)))
        start += length
    if start != len(payload):
        raise BadInput(tr("The saved file is longer than it says."))
    return tuple(sections)


def _uuid(text: str) -> str:
    if not _UUID.fullmatch(text):
        raise BadInput(tr("The saved file has no valid number of its own."))
    return text


def _moment(milliseconds: int) -> int:
    """Milliseconds since 1970, kept within what a date can show."""
    return min(max(milliseconds, 0), LATEST)


class _Fields:
    """A JSON object read by type: a wrong type is a sentence, a missing value the empty one."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def __bool__(self) -> bool:
        return bool(self._values)

    def _get(self, name: str, kind: type | tuple[type, ...], empty: Any) -> Any:
        value = self._values.get(name)
        if value is None:
            return empty
        # A bool is an int to Python, not to us.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise BadInput(tr("The saved file's “{name}” cannot be read.").format(name=name))
        return value

    def text(self, name: str, limit: int = LONGEST) -> str:
        return clean_text(self._get(name, str, ""), limit)

    def number(self, name: str) -> int:
        value = self._get(name, (int, float), 0)
        if isinstance(value, float) and not math.isfinite(value):  # a whole number may be too large to ask
            raise BadInput(tr("The saved file's “{name}” is not a number.").format(name=name))
        return int(value)

    def seconds(self, name: str) -> float:
        value = self._get(name, (int, float), 0)
        return float(value) if 0 <= value < LATEST else 0.0

    def flag(self, name: str) -> bool:
        return bool(self._get(name, bool, False))

    def texts(self, name: str) -> tuple[str, ...]:
        """Tags: at most 100 of 200 characters, without repeats, in their order."""
        values = self._get(name, list, [])
        if not all(isinstance(value, str) for value in values):
            raise BadInput(tr("The saved file's “{name}” cannot be read.").format(name=name))
        cleaned = (" ".join(clean_text(value, LONGEST_TAG).split()) for value in values[:MOST_TAGS])
        return tuple(dict.fromkeys(text for text in cleaned if text))

    def part(self, name: str, *, optional: bool = False) -> "_Fields":
        value = self._get(name, dict, None)
        if value is None and not optional:
            raise BadInput(tr("The saved file has no “{name}”.").format(name=name))
        return _Fields(value or {})

    def parts(self, name: str) -> list["_Fields"]:
        values = self._get(name, list, [])
        if len(values) > MOST_SECTIONS or not all(isinstance(value, dict) for value in values):
            raise BadInput(tr("The saved file's “{name}” cannot be read.").format(name=name))
        return [_Fields(value) for value in values]
