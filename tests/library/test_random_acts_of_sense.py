"""Random acts on tags, links, notes, searches and the basket.

Undone to the start and redone to the end, everything is equal at every stop.
"""

import random
from collections.abc import Callable
from typing import Any

from desktop.errors import BadInput
from desktop.library import basket, captures, links, notes, searches, tags, undo, vocabulary
from desktop.library.sense_values import Colour, Reason
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything, page
from tests.support.sensing import annotate

NAMES = ("a", "a/b", "a/b/c", "b", "A/x", "ä", "c/a", "one", "two")
TABLES = (
    "source_tag", "tag", "alias", "annotation_tag", "note", "note_quote", "note_source", "note_tag", "link",
    "saved_search", "basket", "annotation", "anchor",
)  # fmt: skip


def stop(reader: Reader) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that an act may touch, without when they changed."""
    rows = {name: rows for name, rows in everything(reader).items() if name in TABLES}
    return rows | {"note": [(*row[:5], *row[6:]) for row in rows["note"]]}


def acts(
    chance: random.Random, writer: Writer, reader: Reader, sources: list[int], marks: list[int]
) -> list[Callable[[], Changes]]:
    """One of each kind, with what chance gives it."""

    def name() -> str:
        return chance.choice(NAMES)

    def ids(table: str) -> list[int]:
        return [row[0] for row in reader.rows(f"SELECT id FROM {table}")] or [0]

    some = chance.sample(sources, chance.randint(1, len(sources)))
    note, mark = chance.choice(ids("note")), chance.choice(marks)
    return [
        lambda: tags.tag(writer, some, add=[name(), name()]),
        lambda: tags.tag(writer, some, remove=[name()]),
        lambda: tags.rename(writer, name(), name()),
        lambda: tags.move(writer, name(), chance.choice(["", name()])),
        lambda: tags.merge(writer, [name(), name()], name()),
        lambda: tags.delete(writer, name(), with_children=chance.random() < 0.5),
        lambda: tags.add_alias(writer, name(), name()),
        lambda: tags.set_colour(writer, name(), chance.choice([None, *Colour])),
        lambda: links.link(writer, *chance.sample(sources, 2), chance.choice(list(Reason)), name()),
        lambda: links.unlink(writer, chance.choice(ids("link"))),
        lambda: notes.make(writer, name(), notes.citation(reader, some[0]), [name()]),
        lambda: notes.quote(writer, [mark], note),
        lambda: notes.save(writer, note, body=f"{name()} {notes.citation(reader, some[-1])}"),
        lambda: notes.set_tags(writer, note, [name(), name()]),
        lambda: notes.delete(writer, [note]),
        lambda: searches.keep(writer, "", f"tag:{name()}"),
        lambda: searches.reorder(writer, chance.sample(ids("saved_search"), 1)),
        lambda: searches.remove(writer, [chance.choice(ids("saved_search"))]),
        lambda: basket.toggle(writer, some),
        lambda: basket.put(writer, annotation_ids=[mark], note_ids=[note]),
        lambda: basket.empty(writer),
    ]


def test_every_act_comes_back(writer: Writer, reader: Reader) -> None:
    chance = random.Random(3)
    sources = [captures.add(writer, page(name)).source_id for name in "abcd"]
    marks = [annotate(writer, source)[0] for source in sources]
    stops = [stop(reader)]
    done = refused = 0
    for _ in range(110):
        try:
            changes = chance.choice(acts(chance, writer, reader, sources, marks))()
        except BadInput:
            refused += 1
            assert stop(reader) == stops[-1]
            continue
        assert bool(changes) == bool(changes.label)
        if not changes:
            assert stop(reader) == stops[-1]
        else:
            done += 1
            stops.append(stop(reader))
            assert stops[-1] != stops[-2], changes.label
        assert len({row.name for row in vocabulary.tree(reader)}) == len(vocabulary.tree(reader))

    assert done > 30
    assert refused > 10
    for before in reversed(stops[:-1]):
        assert undo.undo(writer)
        assert stop(reader) == before
    for after in stops[1:]:
        assert undo.redo(writer)
        assert stop(reader) == after
    assert reader.rows("PRAGMA foreign_key_check") == []
    assert reader.rows("PRAGMA integrity_check") == [("ok",)]
