"""What the tag editor edits: tags or goals of pages, of a note, of highlights. One editor for all.

Surprising: a bearer is only read and written here; what is shown meanwhile is the editor's own.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from desktop.languages import tr, trn, writing
from desktop.learning import attaching
from desktop.learning.values import EvidenceKind, Thing
from desktop.library import goals, lists, notes, suggesting, tags, vocabulary
from desktop.library.marks import annotations
from desktop.library.sense_values import Completion, Suggestion
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer

MOST = 500
"""Things that are looked at to find which words they share."""

MOST_USED = 12

Command = Callable[[Writer, Sequence[str], Sequence[str]], Changes]
"""Adds words, removes words."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is borne now, how often, and all that may be meant."""

    carried: Counter[str]
    known: tuple[str, ...]
    suggested: tuple[Suggestion, ...] = ()
    used: tuple[Completion, ...] = ()
    """Tags that are used most, for where nothing is suggested."""


class Bearer(Protocol):
    """One or more things with tags, or goals."""

    @property
    def title(self) -> str:
        """Heading of the editor."""

    @property
    def count(self) -> int:
        """How many things."""

    @property
    def is_goals(self) -> bool:
        """Goals instead of tags."""

    @property
    def asks(self) -> tuple[str, str, str]:
        """What the field is called, what stands in it, what its list is called."""

    def read(self, reader: Reader) -> Words:
        """Read what they bear."""

    def command(self) -> Command:
        """What writes the changes, as one act."""


@dataclass(frozen=True, slots=True)
class OfPages:
    """Tags or goals of sources."""

    ids: tuple[int, ...]
    is_goals: bool = False

    @property
    def title(self) -> str:
        """Heading of the editor."""
        if len(self.ids) == 1:
            return tr("Goals of this page") if self.is_goals else tr("Tags of this page")
        number = writing.number(len(self.ids))
        if self.is_goals:
            return trn("Goals of {n} page", "Goals of {n} pages", len(self.ids)).format(n=number)
        return trn("Tags of {n} page", "Tags of {n} pages", len(self.ids)).format(n=number)

    @property
    def count(self) -> int:
        """How many sources are looked at."""
        return min(len(self.ids), MOST)

    @property
    def asks(self) -> tuple[str, str, str]:
        """What the field and its list are called."""
        if self.is_goals:
            return _asks_goals()
        return _asks_tags()

    def read(self, reader: Reader) -> Words:
        """What they bear; for one page, what may fit it too."""
        rows = lists.page(reader, self.ids[:MOST])
        if self.is_goals:
            carried = Counter(word for row in rows for word in row.goals)
            return Words(carried, tuple(one.name for one in lists.goals(reader)))
        carried = Counter(word for row in rows for word in row.tags)
        suggested = suggesting.suggest(reader, self.ids[0]) if len(self.ids) == 1 else ()
        return Words(carried, _tags(reader), tuple(suggested), _used(reader))

    def command(self, sentence: str = "") -> Command:
        """Tag them, or set their goals; with a sentence that says what they show."""
        if self.is_goals and sentence:
            return OfThings(tuple(Thing(EvidenceKind.CAPTURE, one) for one in self.ids)).command(sentence)
        return partial(_on_pages, goals.set_goals if self.is_goals else tags.tag, self.ids)


@dataclass(frozen=True, slots=True)
class OfThings:
    """Goals that highlights, notes, activities or tries are evidence for."""

    things: tuple[Thing, ...]
    is_goals: bool = True

    @property
    def title(self) -> str:
        """Heading of the editor."""
        if len(self.things) == 1:
            return tr("Evidence for which goal?")
        said = tr("Evidence for which goal? ({n} chosen)")
        return said.format(n=writing.number(self.count))

    @property
    def count(self) -> int:
        """How many things."""
        return len(self.things)

    @property
    def asks(self) -> tuple[str, str, str]:
        """What the field and its list are called."""
        return _asks_goals()

    def read(self, reader: Reader) -> Words:
        """The goals that they are evidence for now."""
        carried = attaching.goals_of(reader, self.things)
        return Words(carried, tuple(one.name for one in lists.goals(reader)))

    def command(self, sentence: str = "") -> Command:
        """Attach them to goals and take them from others, as one act."""
        return partial(_on_things, self.things, sentence)


@dataclass(frozen=True, slots=True)
class OfNote:
    """Tags of a note."""

    id: int
    is_goals: bool = False
    count: int = 1

    @property
    def title(self) -> str:
        """Heading of the editor."""
        return tr("Tags of this note")

    @property
    def asks(self) -> tuple[str, str, str]:
        """What the field and its list are called."""
        return _asks_tags()

    def read(self, reader: Reader) -> Words:
        """What it bears."""
        note = notes.read(reader, self.id)
        return Words(Counter(note.tags if note else ()), _tags(reader), (), _used(reader))

    def command(self) -> Command:
        """Give it the tags it had, more or less some."""
        return partial(_on_note, self.id)


@dataclass(frozen=True, slots=True)
class OfHighlights:
    """Tags of highlights, by what each bears already."""

    tags: tuple[tuple[int, tuple[str, ...]], ...]
    is_goals: bool = False

    @property
    def title(self) -> str:
        """Heading of the editor."""
        count = len(self.tags)
        if count == 1:
            return tr("Tags of this highlight")
        said = trn("Tags of {n} highlight", "Tags of {n} highlights", count)
        return said.format(n=writing.number(count))

    @property
    def count(self) -> int:
        """How many highlights."""
        return len(self.tags)

    @property
    def asks(self) -> tuple[str, str, str]:
        """What the field and its list are called."""
        return _asks_tags()

    def read(self, reader: Reader) -> Words:
        """What they bear."""
        carried = Counter(name for _, names in self.tags for name in names)
        return Words(carried, _tags(reader), (), _used(reader))

    def command(self) -> Command:
        """Tag them all."""
        return partial(_on_highlights, tuple(one for one, _ in self.tags))


def _asks_goals() -> tuple[str, str, str]:
    return tr("Add a goal"), tr("A skill, in your own words"), tr("Goals that fit")


def _asks_tags() -> tuple[str, str, str]:
    return tr("Add a tag"), tr("Add a tag"), tr("Tags that fit")


def completions(reader: Reader, typed: str, but: Sequence[str], limit: int) -> list[Completion]:
    """Own tags that fit what was typed."""
    return vocabulary.complete(reader, typed, limit, but)


def _used(reader: Reader) -> tuple[Completion, ...]:
    return tuple(vocabulary.complete(reader, "", MOST_USED))


def _tags(reader: Reader) -> tuple[str, ...]:
    return tuple(one.name for one in lists.tags(reader))


def _on_pages(
    run: Callable[..., Changes],
    ids: tuple[int, ...],
    writer: Writer,
    add: Sequence[str],
    remove: Sequence[str],
) -> Changes:
    return run(writer, ids, add, remove)


def _on_things(
    things: tuple[Thing, ...], sentence: str, writer: Writer, add: Sequence[str], remove: Sequence[str]
) -> Changes:
    return attaching.attach(writer, things, add, remove, sentence)


def _on_note(note_id: int, writer: Writer, add: Sequence[str], remove: Sequence[str]) -> Changes:
    return notes.tag(writer, note_id, add, remove)


def _on_highlights(
    ids: tuple[int, ...], writer: Writer, add: Sequence[str], remove: Sequence[str]
) -> Changes:
    return annotations.tag(writer, ids, add, remove)
