"""Random acts on basket, draft, circles and people: undone and redone, all is equal at every stop."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import BadInput
from desktop.learning import people
from desktop.library import basket, basket_draft, captures, undo
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.share import circles
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything, page
from tests.support.sensing import annotate

NAMES = ("Ana", "ana", "Bo", "Çem", "Team", "", "Reading circle", "‮evil")
TABLES = ("basket", "draft", "circle", "circle_person", "person", "source")
SILENT = {"draft": -1}
"""The column that says when it changed: no act of its own."""


def stop(reader: Reader) -> dict[str, list[tuple[Any, ...]]]:
    rows = {name: rows for name, rows in everything(reader).items() if name in TABLES}
    return {
        name: [row[: SILENT[name]] for row in found] if name in SILENT else found
        for name, found in rows.items()
    }


def acts(
    chance: random.Random, writer: Writer, reader: Reader, sources: list[int]
) -> list[Callable[[], Changes]]:
    """One of each kind, with what chance gives it."""

    def ids(table: str) -> list[int]:
        return [row[0] for row in reader.rows(f"SELECT id FROM {table}")] or [0]

    name, other = chance.choice(NAMES), chance.choice(NAMES)
    some = chance.sample(sources, chance.randint(1, len(sources)))
    items = chance.sample(ids("basket"), 1)
    person, circle = chance.choice(ids("person")), chance.choice(ids("circle"))
    mark = chance.choice(ids("annotation"))
    return [
        lambda: basket.put(writer, some, [mark]),
        lambda: basket.take_out(writer, items),
        lambda: basket_draft.say(writer, items[0], name),
        lambda: basket_draft.keep_why(writer, ids("basket")),
        lambda: basket_draft.put_under(writer, ids("basket"), name),
        lambda: basket_draft.with_full_text(writer, items, name),
        lambda: basket_draft.without_full_text(writer, ids("basket")),
        lambda: basket_draft.with_private(writer, items, chance.random() < 0.5),
        lambda: basket_draft.with_address(writer, items, chance.random() < 0.5),
        lambda: basket_draft.write(writer, title=name, message=other),
        lambda: basket_draft.address_to(writer, person),
        lambda: basket_draft.address_to(writer, 0, circle),
        lambda: basket_draft.whole_pack_full_text(writer, chance.random() < 0.5, "why"),
        lambda: basket_draft.clear(writer),
        lambda: circles.make(writer, name),
        lambda: circles.rename(writer, circle, other),
        lambda: circles.remove(writer, circle),
        lambda: circles.add(writer, circle, ids("person")),
        lambda: circles.take_out(writer, circle, [person]),
        lambda: circles.set_circle(writer, some, chance.choice([0, circle])),
        lambda: people.keep(writer, name, other, address="a@b.example", how_met=other, topics=name),
        lambda: people.rename(writer, name, other),
        lambda: people.remove(writer, [person]),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_every_act_is_undone_and_redone_exactly(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with open_library(Paths(tmp_path / "kithbook"), write=True) as library:
        assert library.writer is not None
        writer, reader = library.writer, library.reader
        sources = [captures.add(writer, page(name, why=name)).source_id for name in "abc"]
        for source in sources:
            annotate(writer, source)
        stops = [stop(reader)]
        for _ in range(40):
            try:
                changes = chance.choice(acts(chance, writer, reader, sources))()
            except BadInput:
                continue
            if changes.label:
                stops.append(stop(reader))
            else:
                assert stop(reader) == stops[-1]
        for wanted in reversed(stops[:-1]):
            assert undo.undo(writer)
            assert stop(reader) == wanted
        for wanted in stops[1:]:
            assert undo.redo(writer)
            assert stop(reader) == wanted
        assert reader.rows("PRAGMA foreign_key_check") == []
