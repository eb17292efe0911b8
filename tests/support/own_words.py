"""Every text column of the library: which ones a person's words reach, by which act, and which ones none.

A column that is new stands in neither list, and a test fails until it does: fill it in `write`
by the command that the window uses and name it in `PERSON`, or give a reason in `BY_MACHINE`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from desktop.library import captures, links, notes, searches, tag_paths, tags
from desktop.library.marks import annotations
from desktop.library.sense_values import Reason
from desktop.library.tag_paths import key_of
from desktop.library.values import Media
from desktop.store.writer import Writer
from desktop.text import sanitize
from tests.support import own_words_learn, own_words_share
from tests.support.saving import page

Column = tuple[str, str]
Kept = Callable[[str], str]

T = TypeVar("T")

TARGET = "a tag with aliases"
TOGETHER = 64
"""Strings in one transaction."""


@dataclass(frozen=True)
class Written:
    """Where one string went."""

    source_id: int
    capture_id: int
    note_id: int


def as_it_is(text: str) -> str:
    """Kept to the byte."""
    return text


def bare(text: str) -> str:
    """Blanks around it go."""
    return text.strip()


def alias(text: str) -> str:
    """No alias may have a tag's name, so it is longer; it is tidied as every typed name is."""
    return tag_paths.tidy(f"also {text.strip()}")


PERSON: dict[Column, Kept] = {
    ("source", "title"): bare,
    ("source", "own_title"): bare,
    ("source", "why"): as_it_is,
    ("source", "found_through"): as_it_is,
    ("source", "site"): as_it_is,
    ("source", "author"): as_it_is,
    ("source", "published"): as_it_is,
    ("source", "excerpt"): as_it_is,
    ("capture", "title"): as_it_is,
    ("capture", "author"): as_it_is,
    ("capture", "published"): as_it_is,
    ("capture", "site"): as_it_is,
    ("capture", "lang"): as_it_is,
    ("capture", "browser"): as_it_is,
    ("capture", "note"): as_it_is,
    ("capture", "quote"): as_it_is,
    ("capture", "prefix"): as_it_is,
    ("capture", "suffix"): as_it_is,
    ("content", "text"): as_it_is,
    ("content", "excerpt"): as_it_is,
    ("content", "transcript"): as_it_is,
    ("tag", "name"): bare,
    ("alias", "name"): alias,
    ("goal", "skill"): bare,
    ("annotation", "comment"): bare,
    ("annotation", "link"): bare,
    ("annotation", "quote"): bare,
    ("link", "sentence"): bare,
    ("note", "title"): bare,
    ("note", "body"): as_it_is,
    ("saved_search", "name"): bare,
    ("saved_search", "query"): bare,
    **dict.fromkeys(own_words_learn.PERSON | own_words_share.PERSON, bare),
}
"""What a person types or marks, in the window, the popup or the page; and how it is kept."""

_KEY = "made of what stands beside it, for comparing"
_WORD = "one of a few words of the program's own"
_MADE = "made by the program"

BY_MACHINE: dict[Column, str] = {
    ("source", "url"): "an address: checked and written in one way",
    ("source", "url_key"): _KEY,
    ("source", "canonical_key"): _KEY,
    ("source", "state"): _WORD,
    ("source", "kind"): _WORD,
    ("address", "url_key"): _KEY,
    ("capture", "uuid"): _MADE,
    ("capture", "url"): "an address: checked and written in one way",
    ("capture", "kind"): _WORD,
    ("capture", "notices"): "sentences of the program",
    ("capture", "media"): "numbers",
    ("capture", "given"): "JSON of what stands in columns of a person's",
    ("content", "raw_page"): "a name made of a checksum",
    ("content", "raw_sha256"): "a checksum",
    ("content", "left_out"): "cleaned HTML",
    ("content", "html"): "cleaned HTML",
    ("asset", "sha256"): "a checksum",
    ("asset", "ext"): _WORD,
    ("asset", "mime"): _WORD,
    ("asset", "url"): "an address that the page named",
    ("tag", "key"): _KEY,
    ("tag", "colour"): _WORD,
    ("alias", "key"): _KEY,
    ("goal", "key"): _KEY,
    ("goal", "state"): _WORD,
    ("annotation", "uuid"): _MADE,
    ("annotation", "creator"): "a colleague's name comes with what was received",
    ("annotation", "colour"): _WORD,
    ("annotation", "prefix"): "32 characters of the page",
    ("annotation", "suffix"): "32 characters of the page",
    ("annotation", "range"): "JSON of the program's own",
    ("annotation", "fragment"): _MADE,
    ("annotation", "origin"): _WORD,
    ("anchor", "how"): _WORD,
    ("block_edit", "op"): _WORD,
    ("block_edit", "block"): "a path of numbers",
    ("link", "reason"): _WORD,
    ("note", "uuid"): _MADE,
    ("tombstone", "uuid"): _MADE,
    ("applied", "uuid"): _MADE,
    ("event", "verb"): _WORD,
    ("event", "act"): _WORD,
    **own_words_learn.BY_MACHINE,
    **own_words_share.BY_MACHINE,
}
"""Columns that no words of a person's reach, and why."""


class Within:
    """A writer for commands inside one transaction: a disk that waits for each would take minutes."""

    def __init__(self, writer: Writer, session: Any) -> None:
        self.paths, self._session = writer.paths, session

    def run(self, command: Callable[[Any], T]) -> T:
        """In the transaction that is open."""
        return command(self._session)


def write(writer: Writer, texts: Sequence[str]) -> dict[str, Written]:
    """Put each string into every field, by the commands that the window and the popup use."""
    written: dict[str, Written] = {}
    aliases: set[str] = set()
    for start in range(0, len(texts), TOGETHER):
        some = list(enumerate(texts))[start : start + TOGETHER]
        writer.run(lambda session, some=some: _write(Within(writer, session), some, written, aliases))
    return written


def _write(
    writer: Any, texts: Sequence[tuple[int, str]], written: dict[str, Written], aliases: set[str]
) -> None:
    for number, text in texts:
        saved = written[text] = _save(writer, number, text)
        if text:
            captures.retitle(writer, saved.source_id, text)
        if text.strip():
            annotations.highlight(
                writer, saved.capture_id, 0, len(text), comment=text, tags=(text,), link=text
            )
            searches.keep(writer, text, text)
            if key_of(alias(text)) not in aliases:  # else it is the same word in another writing
                tags.add_alias(writer, TARGET, alias(text))
                aliases.add(key_of(alias(text)))
        own_words_learn.write(writer, number, text)
        own_words_share.write(writer, number, saved.source_id, text)
        if number:
            links.link(writer, saved.source_id, 1, Reason.SEE, text)


def _save(writer: Any, number: int, text: str) -> Written:
    fields = (
        "title", "author", "published", "site", "lang", "browser", "why", "found_through", "excerpt", "note",
        "quote", "prefix", "suffix", "text",
    )  # fmt: skip
    names = (text,) if text.strip() else ()
    new = page(
        f"p{number}",
        **dict.fromkeys(fields, text),
        html=sanitize.clean(f"<p>{text}</p>"),
        tags=(TARGET, *names),
        goal=text,
        media=Media(1.0, 2.0, text),
    )
    added = captures.add(writer, new)
    note_id = notes.make(writer, text, text, names).made
    return Written(added.source_id, added.capture_id, note_id)


def expected(column: Column, texts: list[str]) -> Collection[str]:
    """What that column holds once all of these have been written; what one name stands for twice is one."""
    kept = PERSON[column]
    if column in (
        ("tag", "name"),
        ("goal", "skill"),
        ("alias", "name"),
        *own_words_learn.ONCE,
        *own_words_share.ONCE,
    ):
        return {key_of(kept(text)): kept(text) for text in reversed(texts) if text.strip()}.values()
    return {kept(text) for text in texts if kept(text)}
