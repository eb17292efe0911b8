"""The libraries that benches and pictures use are true: every highlight stands where it says."""

import importlib.util
from pathlib import Path

from desktop.library import basket, links, notes, searches, vocabulary
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.store.reader import Reader
from tests.support.many import fill, sample
from tests.support.many_marks import mark
from tests.support.saving import NOON

DAY = 24 * 3600 * 1000


def check(reader: Reader) -> int:
    """How many annotations; each is where its quote is, and nothing refers to what is not there."""
    rows = reader.rows(
        "SELECT substr(text, annotation.start + 1, annotation.stop - annotation.start), annotation.quote, "
        "anchor.start, annotation.start, annotation.made_at >= captured_at FROM annotation "
        "JOIN capture ON capture.id = annotation.capture_id JOIN content ON content.id = content_id "
        "JOIN anchor ON anchor.annotation_id = annotation.id AND anchor.capture_id = capture.id"
    )
    assert all(text == quote and at == start and is_after for text, quote, at, start, is_after in rows)
    assert reader.rows("PRAGMA foreign_key_check") == []
    return len(rows)


def test_thousands_of_highlights_over_a_filled_library(paths: Paths) -> None:
    fill(paths, 300)
    mark(paths, 500, in_one=40, notes=5, links=20)
    mark(paths, 10)
    with open_library(paths, write=False) as library:
        reader = library.reader

        assert check(reader) == 550
        assert reader.row("SELECT max(n) FROM (SELECT count(*) AS n FROM annotation GROUP BY source_id)") >= (
            40,
        )
        note = notes.read(reader, 3)
        assert note is not None
        assert [one.annotation_id > 0 for one in note.quotations] == [True] * 3
        assert reader.row("SELECT count(*) FROM link") == (20,)


def test_the_sample_library_makes_sense(paths: Paths, root: Path) -> None:
    now = NOON
    sample(paths, now)
    spec = importlib.util.spec_from_file_location("sample_sense", root / "packaging" / "sample_sense.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.fill(paths, now)
    with open_library(paths, write=False) as library:
        reader = library.reader

        assert check(reader) == 19
        assert [note.quotes for note in notes.all_of(reader)] == [2, 3, 2]
        assert all(one.source_id for one in notes.read(reader, 1).quotations)  # type: ignore[union-attr]
        assert len(searches.all_of(reader)) == basket.count(reader) == 3
        assert [row.aliases for row in vocabulary.tree(reader) if row.aliases] == [("a11y",), ("labour law",)]
        linked = [
            one for (source,) in reader.rows("SELECT id FROM source") for one in links.of(reader, source)
        ]
        assert len(linked) == 10
