"""What sharing hands about: frozen values, the same for a pack that is made and one that is received.

Times are milliseconds since 1970, UTC; 0 is unknown. Surprising: an item has the same UUID in every pack that
carries it, and so have its annotations; that is how a second import adds nothing and a reply finds its place.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.text.web_annotation import WebAnnotation


class ItemKind(StrEnum):
    """What one thing in a pack is."""

    PAGE = "page"
    """A source, with what of it was chosen."""
    NOTE = "note"
    """A Markdown document of the sender's own."""


class Trust(StrEnum):
    """How far a sender's key is known on this machine."""

    UNKNOWN = "unknown"
    """The pack is unsigned, or by a key never seen under a name never seen: nobody is vouched for."""
    KNOWN = "known"
    """The key was seen before under this name, and not compared."""
    CONFIRMED = "confirmed"
    """Six words were compared."""
    CHANGED = "changed"
    """The name is known with another key: nothing is taken in until the person decides."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who says that they made a pack. True only as far as the signature and `Trust` go."""

    name: str
    key: str = ""
    """The Ed25519 public key, 64 hex digits; empty: unsigned."""
    age: str = ""
    """Their age recipient (``age1…``), so that an answer can be encrypted to them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside a pack, by the name under which the items' HTML calls it."""

    name: str
    """``res/<sha256>.<ext>``."""
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SharedAnnotation:
    """A highlight or comment in a pack, or an answer to one. ``web.creator`` always names its author."""

    web: "WebAnnotation"
    reply_to: str = ""
    """The UUID of the annotation or item that this answers; empty: it answers nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One page or note of a pack. What was not chosen to leave is empty here, not hidden."""

    uuid: str
    kind: ItemKind
    title: str
    url: str = ""
    """Empty for a note, and for a page on a host inside an organisation that was not chosen to leave."""
    site: str = ""
    author: str = ""
    published: str = ""
    lang: str = ""
    media: str = ""
    """Kind of the source: ``page``, ``video``, ``pdf``…"""
    captured_at: int = 0
    captured_by: str = ""
    """Who saved it first, by name."""
    text_sha256: str = ""
    """Of the readable text that the sender has, so that two copies can be told equal without sending it."""
    words: int = 0
    minutes: int = 0
    excerpt: str = ""
    licence: str = ""
    """The address or name of a licence that the page states; empty: none found."""
    notice: str = ""
    """What the reader should know before opening the link: behind a paywall, inside an organisation."""
    sentence: str = ""
    """The sender's own: why they should read it. Markdown."""
    group: str = ""
    """The heading it stands under; empty: none."""
    tags: tuple[str, ...] = ()
    html: str = ""
    """The full text, clean, with pictures by `Picture.name`; empty unless ticked. Of a note: empty."""
    markdown: str = ""
    """Of a note: its body."""
    why_full: str = ""
    """The reason said for sending the full text."""
    annotations: tuple[SharedAnnotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything in one file. A reply is a pack whose `reply_to` names the pack it answers."""

    uuid: str
    title: str
    message: str
    """The covering note. Markdown."""
    made_at: int
    sender: Sender
    items: tuple[Item, ...]
    pictures: tuple[Picture, ...] = ()
    circle: str = ""
    """For whom it was made, in words; empty: said to nobody."""
    reply_to: str = ""
