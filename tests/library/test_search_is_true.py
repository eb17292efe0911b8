"""Search is true at the commit, whatever the index knows, and the index mends itself."""

import threading
from collections.abc import Iterator

import pytest

from desktop.library import captures, notes, tags, undo
from desktop.library.opening import Library, open_library
from desktop.library.search import indexing
from desktop.library.search.searching import Searcher
from desktop.library.search.values import Kind, Mode
from desktop.library.values import State
from desktop.paths import Paths
from desktop.store.index import Index
from desktop.store.writer import Writer
from tests.support.many import fill
from tests.support.saving import page
from tests.support.sensing import annotate


@pytest.fixture
def searcher(library: Library) -> Iterator[Searcher]:
    made = Searcher(library)
    assert made.wait(60)
    yield made
    made.close()


def test_each_commit_is_found_at_once(searcher: Searcher, writer: Writer) -> None:
    source = captures.add(writer, page("a", "A pivot table.")).source_id
    assert list(searcher.search("pivot").ids) == [source]

    captures.add(writer, page("a", "Now about spring."))
    assert not searcher.search("pivot").ids
    assert list(searcher.search("spring").ids) == [source]

    captures.tag(writer, [source], add=["work/sql"])
    assert list(searcher.search("tag:work spring").ids) == [source]
    undo.undo(writer)
    assert not searcher.search("tag:work spring").ids

    annotate(writer, source, "spring", comment="doubtful")
    assert list(searcher.search("doubtful").ids) == [source]

    captures.move(writer, [source], State.TRASH)
    assert not searcher.search("spring").ids
    captures.delete_for_good(writer, [source])
    assert not searcher.search("spring is:trash").ids


def test_a_renamed_tag_is_found_by_its_new_name_at_once(searcher: Searcher, writer: Writer) -> None:
    source = captures.add(writer, page("a", "Text.", tags=("old/name",))).source_id
    assert searcher.wait()
    tags.rename(writer, "old/name", "new/name")

    assert list(searcher.search("tag:new").ids) == [source]
    assert not searcher.search("tag:old").ids
    assert searcher.wait()
    assert list(searcher.search("nam", mode=Mode.TYPING).ids) == [source]


def test_a_note_is_found_by_its_words(searcher: Searcher, writer: Writer) -> None:
    note = notes.make(writer, "Title", "About crosstabs.").made
    assert searcher.wait()
    assert searcher.search("crosstabs").note_ids == (note,)

    notes.delete(writer, [note])
    assert searcher.wait()
    assert not searcher.search("crosstabs").note_ids


class Halted:
    """Stops the index between two batches, as when it is far behind."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._may_go = threading.Event()
        self._may_go.set()
        own = indexing.Follower._catch_up

        def catch_up(follower: indexing.Follower, index: Index) -> bool:
            self._may_go.wait(60)
            return own(follower, index)

        monkeypatch.setattr(indexing.Follower, "_catch_up", catch_up)

    def halt(self) -> None:
        self._may_go.clear()

    def go_on(self) -> None:
        self._may_go.set()


@pytest.fixture
def halted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Halted]:
    made = Halted(monkeypatch)
    yield made
    made.go_on()


def test_ten_thousand_changes_on_their_way_change_no_answer(paths: Paths, halted: Halted) -> None:
    """The same questions while the index stands still and after it has caught up."""
    fill(paths, 400)
    questions = (
        "case", "case tag:bulk", "tag:bulk", "-tag:bulk", "tag:bulk is:archive", "tag:bulk OR is:inbox",
        "case -(tag:bulk is:inbox)", "case after:last year", "tag:bulk -(after:last year)", "is:trash",
        '"two people" tag:bulk', "team is:later", "has:tag -tag:sql",
    )  # fmt: skip
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        searcher = Searcher(library)
        try:
            assert searcher.wait(60)
            everything = list(range(1, 301))
            halted.halt()
            captures.tag(library.writer, everything, add=["bulk"])
            captures.move(library.writer, everything[::3], State.TRASH)
            meanwhile = [answer(searcher, text) for text in questions]
            typed = set(searcher.search("tag:bulk ca", mode=Mode.TYPING, limit=0).ids)
            halted.go_on()
            assert searcher.wait(60)

            assert [answer(searcher, text) for text in questions] == meanwhile
            assert typed
            assert typed <= set(searcher.search("tag:bulk case", limit=0).ids)
        finally:
            halted.go_on()
            searcher.close()


def answer(searcher: Searcher, text: str) -> tuple[str, int, int, list[int]]:
    found = searcher.search(text, limit=0, mode=Mode.NEWEST)
    return text, found.total, searcher.count(text), list(found.ids)


def test_a_missing_index_is_built_and_says_so_meanwhile(paths: Paths) -> None:
    fill(paths, 100)
    with open_library(paths, write=True) as library:
        searcher = Searcher(library)
        try:
            assert searcher.wait(60)
            assert searcher.search("case").total > 50
            assert not searcher.search("case").said
            assert searcher.progress().done == searcher.progress().total == 100
        finally:
            searcher.close()
    assert paths.index.stat().st_mode & 0o777 == 0o600


def test_a_library_that_is_only_read_says_when_there_is_no_index(paths: Paths) -> None:
    fill(paths, 3)
    with open_library(paths, write=False) as library:
        searcher = Searcher(library)
        (said,) = searcher.search("case").said
        searcher.close()

    assert said.kind is Kind.CATCHING_UP
    assert not paths.index.exists()


@pytest.mark.parametrize("damage", ["text", "empty", "middle", "foreign", "generation"])
def test_a_broken_or_foreign_index_is_built_anew(paths: Paths, damage: str) -> None:
    fill(paths, 60)
    with open_library(paths, write=True) as library:
        searcher = Searcher(library)
        assert searcher.wait(60)
        whole = searcher.search("case").total
        searcher.close()
    if damage == "text":
        paths.index.write_text("no database at all " * 500, "utf-8")
    elif damage == "empty":
        paths.index.write_bytes(b"")
    elif damage == "middle":
        held = bytearray(paths.index.read_bytes())
        held[100 : len(held) : 7] = b"\xff" * len(range(100, len(held), 7))
        paths.index.write_bytes(held)
    elif damage == "foreign":
        held_by_another = Index(paths.index)
        held_by_another.set_state("format", "0")
        held_by_another.close()
    else:
        other = Index(paths.index)
        other.set_state("generation", "another moment")
        other.close()

    with open_library(paths, write=True) as library:
        searcher = Searcher(library)
        try:
            assert searcher.wait(60)
            assert searcher.search("case").total == whole
            assert not searcher.search("case").said
        finally:
            searcher.close()


def test_it_can_be_thrown_away_while_it_is_used(paths: Paths) -> None:
    fill(paths, 60)
    with open_library(paths, write=True) as library:
        searcher = Searcher(library)
        try:
            assert searcher.wait(60)
            whole = searcher.search("case").total
            searcher.rebuild()
            for _ in range(50):
                searcher.search("case", mode=Mode.TYPING)
            assert searcher.wait(60)
            assert searcher.search("case").total == whole
        finally:
            searcher.close()


def test_a_build_that_was_cut_short_goes_on(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(paths, 90)
    monkeypatch.setattr(indexing, "BATCH", 10)
    built: list[int] = []
    own = Index.put

    def put(index: Index, *args: object, **named: object) -> None:
        own(index, *args, **named)  # type: ignore[arg-type]
        built.append(1)
        if len(built) == 3:
            raise OSError("the plug was pulled")

    monkeypatch.setattr(Index, "put", put)
    with open_library(paths, write=True) as library:
        searcher = Searcher(library)
        assert not searcher.wait(0.3)
        searcher.close()
        searcher = Searcher(library)
        try:
            assert searcher.wait(60)
            assert len(built) == 9
            assert searcher.count("-zzz") == searcher.search("-zzz", limit=0).total > 80
        finally:
            searcher.close()


def test_what_is_in_the_index_is_cleared_from_the_outbox(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_CLEAR_AT", 1)
    monkeypatch.setattr(indexing, "_QUIET", 0.01)
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        searcher = Searcher(library)
        captures.add(library.writer, page("a", "A pivot table."))
        try:
            for _ in range(3000):
                if not library.reader.rows("SELECT 1 FROM outbox"):
                    break
                threading.Event().wait(0.01)
            assert not library.reader.rows("SELECT 1 FROM outbox")
        finally:
            searcher.close()
        searcher = Searcher(library)
        assert searcher.search("pivot").total == 1
        searcher.close()


def test_a_process_that_only_reads_sees_what_another_indexed(library: Library, searcher: Searcher) -> None:
    assert library.writer is not None
    captures.add(library.writer, page("a", "A pivot table."))
    assert searcher.wait()
    with open_library(library.paths, write=False) as other:
        reading = Searcher(other)
        assert reading.is_current()
        assert reading.search("pivot").total == 1
        captures.tag(library.writer, [1], add=["work"])
        assert reading.search("tag:work pivot").total == 1
        reading.close()
