"""The text columns of sharing, for `own_words`: which a person's words reach, and by which commands."""

from contextlib import suppress
from typing import Any

from desktop.errors import BadInput
from desktop.learning import people
from desktop.library import basket, basket_draft
from desktop.share import circles

PERSON = {
    ("circle", "name"),
    ("basket", "sentence"),
    ("basket", "why_full"),
    ("person", "how_met"),
    ("person", "topics"),
}
ONCE = (("circle", "name"),)
"""Of which one stands for all writings of a word."""

_WORD = "one of a few words of the program's own"
_KEY = "a public key"
_UUID = "made by the program that made the pack"
_SAID = "comes with what was received, or is made of what is sent; the tests of packs fill it"

BY_MACHINE = {
    ("person", "address"): "an address for mail, checked",
    ("basket", "heading"): "its blanks are tidied; the tests of the basket fill it",
    ("draft", "title"): "there is one draft: the tests of the basket fill it",
    ("draft", "message"): "there is one draft: the tests of the basket fill it",
    ("draft", "why_full"): "there is one draft: the tests of the basket fill it",
    ("circle", "key"): "made of the name, for comparing",
    ("person_key", "key"): _KEY,
    ("person_key", "age"): _KEY,
    ("person_key", "state"): _WORD,
    ("pack", "uuid"): _UUID,
    ("pack", "direction"): _WORD,
    ("pack", "title"): _SAID,
    ("pack", "message"): _SAID,
    ("pack", "sender_name"): _SAID,
    ("pack", "sender_key"): _KEY,
    ("pack", "trust"): _WORD,
    ("pack", "circle"): _SAID,
    ("pack", "sha256"): "a checksum",
    ("pack", "file_name"): _SAID,
    ("pack", "way"): _WORD,
    ("pack", "reply_to"): _UUID,
    ("pack", "state"): _WORD,
    ("pack_item", "uuid"): _UUID,
    ("pack_item", "title"): _SAID,
    ("pack_item", "url"): _SAID,
    ("reply", "uuid"): _UUID,
    ("reply", "reply_to"): _UUID,
    ("pack_item", "sentence"): _SAID,
    ("pack_item", "captured_by"): _SAID,
    ("pack_item", "licence"): _SAID,
    ("pack_annotation", "uuid"): _UUID,
    ("reply", "creator"): _SAID,
    ("reply", "body"): _SAID,
    ("identity", "name"): "said once; the tests of identity fill it",
    ("identity", "key"): _KEY,
    ("identity", "age"): _KEY,
}


def write(writer: Any, number: int, source_id: int, text: str) -> None:
    """Put one string into every field of sharing, by the commands that the window uses."""
    if not text.strip():
        return
    people.keep(writer, f"colleague {number}", how_met=text, topics=text)
    basket.put(writer, [source_id])
    (item,) = writer.run(lambda session: _newest(session))
    basket_draft.say(writer, item, text)
    basket_draft.with_full_text(writer, [item], text)
    basket_draft.write(writer, title=text, message=text)
    with suppress(BadInput):  # the name of a circle that is there, in another writing
        circles.make(writer, text)


def _newest(session: Any) -> tuple[int]:
    from desktop.store.sessions import plain

    found: tuple[int] = plain(session).execute("SELECT max(id) FROM basket").fetchone()
    return found
