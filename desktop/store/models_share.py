"""The tables of sharing: keys and circles, the draft, packs sent and received, replies, mail on its way.

Read `models` first. Two facts surprise. No table holds a secret: the private half of a key and a password
live in the system's keyring alone. And the circles Public, Community and Team are rows without a name, made
with the tables: their words are the language's, so they are shown in whatever language is spoken.
"""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from desktop.store.columns import NO_ROWID, OWN_IDS, to


def _maybe(target: str) -> Any:
    """A reference that may be empty, and is once its target is deleted."""
    return to(target, is_optional=True, is_emptied=True)


class PersonKey(SQLModel, table=True):
    """A public key that came under a person's name."""

    __tablename__ = "person_key"
    __table_args__ = (Index("person_key_by_person", "person_id"), OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = to("person.id", goes_with=True)
    key: str = Field(unique=True)
    """Ed25519, 64 hex digits."""
    age: str = ""
    """Their age recipient, or empty."""
    first_seen: int = 0
    last_seen: int = 0
    confirmed_at: int = 0
    """When the six words were compared; 0: never."""
    state: str = "known"
    """``known``, ``confirmed``, ``changed`` (another key than before, and nobody has decided) or
    ``refused``."""


class Circle(SQLModel, table=True):
    """People that something may go to. Public (1), Community (2) and Team (3) always exist."""

    __tablename__ = "circle"
    __table_args__ = (OWN_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str = ""
    """Empty for the three that always exist."""
    rank: int = 30
    """How tight: Public 0, Community 10, Team 20, own 30."""


class CirclePerson(SQLModel, table=True):
    """Who is in which circle."""

    __tablename__ = "circle_person"
    __table_args__ = (Index("circle_person_by_person", "person_id"), NO_ROWID)

    circle_id: int = to("circle.id", is_key=True, goes_with=True)
    person_id: int = to("person.id", is_key=True, goes_with=True)


class Draft(SQLModel, table=True):
    """The pack that the basket will become: at most one row, whose id is 1."""

    __tablename__ = "draft"
    __table_args__ = (Index("draft_by_person", "person_id"), Index("draft_by_circle", "circle_id"))

    id: int | None = Field(default=None, primary_key=True)
    title: str = ""
    message: str = ""
    """The covering note, Markdown."""
    person_id: int | None = _maybe("person.id")
    circle_id: int | None = _maybe("circle.id")
    full_text: bool = False
    """Of every item."""
    why_full: str = ""
    with_tags: bool = True
    changed_at: int = 0


class SharedPack(SQLModel, table=True):
    """A pack that was sent or received."""

    __tablename__ = "pack"
    __table_args__ = (
        Index("pack_by_date", "direction", "at", "id"),
        Index("pack_by_person", "person_id"),
        Index("pack_by_circle", "circle_id"),
        Index("pack_by_file", "asset_id"),
        Index("pack_by_uuid", "uuid", "direction", unique=True),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    uuid: str
    direction: str
    """``sent`` or ``received``: one's own pack that is opened here is both, in two rows."""
    title: str = ""
    message: str = ""
    made_at: int = 0
    """As the pack says."""
    at: int = 0
    """When it was sent or came, by this machine's clock."""
    person_id: int | None = _maybe("person.id")
    """To whom, or from whom."""
    sender_name: str = ""
    sender_key: str = ""
    trust: str = ""
    """At arrival: ``unknown``, ``known``, ``confirmed`` or ``changed``; empty for one that was sent."""
    circle_id: int | None = _maybe("circle.id")
    circle: str = ""
    """For whom, in the words of the pack."""
    sha256: str = ""
    """Of the file."""
    bytes: int = 0
    file_name: str = ""
    way: str = "file"
    """``file``, ``draft``, ``mail``, ``folder`` or ``reply``."""
    reply_to: str = ""
    """The UUID of the pack that it answers."""
    state: str = "new"
    """``new``, ``kept`` or ``aside``."""
    asset_id: int | None = _maybe("asset.id")
    """The signed block, so that the view can show it later."""


class PackItem(SQLModel, table=True):
    """One item of a pack, and what of the library it is."""

    __tablename__ = "pack_item"
    __table_args__ = (
        Index("pack_item_by_pack", "pack_id", "ordinal"),
        Index("pack_item_by_uuid", "uuid"),
        Index("pack_item_by_source", "source_id"),
        Index("pack_item_by_note", "note_id"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    pack_id: int = to("pack.id", goes_with=True)
    uuid: str
    ordinal: int
    title: str = ""
    url: str = ""
    source_id: int | None = _maybe("source.id")
    note_id: int | None = _maybe("note.id")
    is_kept: bool = False
    """Taken in."""
    is_new: bool = False
    """Was not in the library before."""
    sentence: str = ""
    """The sender's."""
    captured_at: int = 0
    captured_by: str = ""
    licence: str = ""


class PackAnnotation(SQLModel, table=True):
    """Which annotation or answer came by which pack: one that was deleted since does not come again."""

    __tablename__ = "pack_annotation"
    __table_args__ = (Index("pack_annotation_by_uuid", "uuid"), NO_ROWID)

    pack_id: int = to("pack.id", is_key=True, goes_with=True)
    uuid: str = Field(primary_key=True)


class Reply(SQLModel, table=True):
    """A comment on what was shared: the person's own, or one that came back."""

    __tablename__ = "reply"
    __table_args__ = (
        Index("reply_by_source", "source_id", "made_at"),
        Index("reply_by_note", "note_id"),
        Index("reply_by_annotation", "annotation_id"),
        Index("reply_by_pack", "pack_id"),
        Index("reply_by_person", "person_id"),
        Index("reply_by_answered", "reply_to"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(unique=True)
    reply_to: str = ""
    """The UUID of the item, annotation or reply that it answers."""
    source_id: int | None = _maybe("source.id")
    note_id: int | None = _maybe("note.id")
    annotation_id: int | None = _maybe("annotation.id")
    pack_id: int | None = _maybe("pack.id")
    """The pack it came with, or that it is an answer to."""
    creator: str = ""
    """Empty: the person whose library this is."""
    person_id: int | None = _maybe("person.id")
    body: str = ""
    """Markdown."""
    made_at: int
    changed_at: int = 0
    sent_at: int = 0
    """0: not sent yet, or not one's own."""


class Identity(SQLModel, table=True):
    """Who the person is to others: at most one row, whose id is 1; public halves only."""

    __tablename__ = "identity"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str = ""
    age: str = ""
    made_at: int = 0


class Mailing(SQLModel, table=True):
    """A mail on its way. What was sent cannot be undone, so nothing here is."""

    __tablename__ = "mailing"
    __table_args__ = (
        Index("mailing_by_state", "state", "next_at"),
        Index("mailing_by_pack", "pack_id"),
        Index("mailing_by_file", "asset_id"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    """Its Message-ID: the same at every try, so that a mail that came twice is known as one."""
    recipients: str
    subject: str = ""
    pack_id: int | None = _maybe("pack.id")
    asset_id: int | None = _maybe("asset.id")
    """The whole mail as a file."""
    state: str = "waiting"
    """``waiting``, ``sending``, ``sent``, ``failed`` or ``unsure`` (handed over whole, and no reply came)."""
    tries: int = 0
    next_at: int = 0
    error: str = ""
    """A sentence."""
    made_at: int = 0
    sent_at: int = 0
