"""A capture is saved exactly once; the same page again is a version; an unchanged one costs little."""

import dataclasses
from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.library import assets, captures, lists
from desktop.library.opening import Library
from desktop.library.values import Media, NewCapture, State, View
from desktop.paths import Paths
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import NOON, everything, link, page

RICH = NewCapture(
    uuid="11111111-2222-4333-8444-555555555555",
    url="https://site.example/rich?utm_source=letter",
    canonical="https://site.example/rich",
    captured_at=NOON,
    kind="video",
    title="A title",
    author="An author",
    published="2026-05-01",
    is_published_approximate=True,
    site="A site",
    lang="en",
    browser="firefox",
    is_private=True,
    html="<p>One two.</p>",
    text="One two.",
    left_out=("<p>Aside</p>", "<p>Below</p>"),
    notices=("One picture is missing.",),
    excerpt="One two.",
    words=2,
    minutes=1,
    media=Media(12.5, 100.25, "Spoken words."),
    quote="two",
    prefix="One ",
    suffix=".",
    tags=("Work", "learning"),
    goal="Say it shorter",
    why="For Tuesday.",
    found_through="Jonas",
)


def test_everything_that_came_with_a_capture_is_shown(writer: Writer, reader: Reader) -> None:
    added = captures.add(writer, RICH, origin="test")
    detail = lists.detail(reader, added.source_id)

    assert added.outcome == "new"
    assert added.changes.nouns == {Noun.SOURCE, Noun.CAPTURE, Noun.TAG, Noun.GOAL}
    assert (added.changes.ids, added.changes.origin) == ((added.source_id,), "test")
    assert detail is not None
    for name in (
        *(
            "title",
            "author",
            "published",
            "is_published_approximate",
            "site",
            "lang",
            "browser",
            "kind",
            "html",
        ),
        *("text", "left_out", "notices", "media", "words", "minutes", "why", "found_through", "is_private"),
    ):
        assert getattr(detail, name) == getattr(RICH, name), name
    assert detail.url == "https://site.example/rich"
    assert detail.selection == "two"
    assert detail.tags == ("learning", "Work")
    assert detail.goals == ("Say it shorter",)
    assert detail.markdown.strip() == "One two."
    assert (detail.version, len(detail.versions), detail.state) == (1, 1, State.INBOX)
    assert (detail.saved_at, detail.is_read, detail.is_link_only) == (NOON, False, False)
    assert lists.source_of(reader, RICH.uuid) == (added.source_id, added.capture_id)


def test_a_repeat_of_the_same_uuid_changes_nothing(writer: Writer, reader: Reader) -> None:
    first = captures.add(writer, RICH)
    before = everything(reader)
    again = captures.add(writer, dataclasses.replace(RICH, title="Other", text="Other", tags=("new",)))

    assert (again.outcome, again.source_id, again.capture_id) == ("repeat", first.source_id, first.capture_id)
    assert not again.changes
    assert everything(reader) == before


def test_the_same_page_with_another_text_is_the_next_version(writer: Writer, reader: Reader) -> None:
    first = captures.add(writer, page(text="Old text."))
    second = captures.add(
        writer, page("a?utm_source=x", text="New text.", title="New title", captured_at=NOON + 5)
    )
    detail = lists.detail(reader, first.source_id)
    old = lists.detail(reader, first.source_id, first.capture_id)

    assert (second.outcome, second.source_id) == ("version", first.source_id)
    assert detail is not None
    assert old is not None
    assert (detail.text, detail.title, detail.version, detail.saved_at) == (
        "New text.",
        "New title",
        2,
        NOON + 5,
    )
    assert (old.text, old.title, old.version) == ("Old text.", "Title of a", 1)
    assert [(each.number, each.is_same_text) for each in detail.versions] == [(1, False), (2, False)]


def test_an_unchanged_page_points_at_the_same_content(writer: Writer, reader: Reader) -> None:
    first = captures.add(writer, page())
    second = captures.add(writer, page(captured_at=NOON + 5))
    (row,) = lists.page(reader, [first.source_id])

    assert (second.outcome, second.source_id) == ("unchanged", first.source_id)
    assert (row.versions, row.capture_id, row.saved_at) == (2, second.capture_id, NOON + 5)
    detail = lists.detail(reader, first.source_id)
    assert detail is not None
    assert [each.is_same_text for each in detail.versions] == [False, True]
    assert reader.row("SELECT count(*) FROM content") == (1,)


def test_an_unchanged_capture_costs_under_a_kilobyte(writer: Writer, reader: Reader) -> None:
    new = page(
        "a/rather/long/address/of/a/page-with-a-long-name-as-they-often-are",
        text="word " * 4_000,
        title="A title as long as those of newspapers can be: " + "with many words " * 6,
        author="Somebody With Three Names and Somebody Else",
        tags=("one", "two"),
        why="Because.",
        media=Media(1.0, 2.0, "spoken " * 2_000),
    )
    captures.add(writer, new)

    def size() -> int:
        (pages,) = reader.row("PRAGMA page_count") or (0,)
        (size_of_one,) = reader.row("PRAGMA page_size") or (0,)
        return int(pages) * int(size_of_one)

    before = size()
    number = 60
    for at in range(number):
        same = dataclasses.replace(new, uuid=f"00000000-0000-4000-8000-{at:012}", captured_at=NOON + at)
        assert captures.add(writer, same).outcome == "unchanged"

    assert (size() - before) / number < 1_000


def test_two_captures_of_one_address_in_a_row_are_both_kept(writer: Writer, reader: Reader) -> None:
    new = [page(text=f"Text {at}.", captured_at=NOON + at) for at in range(2)]
    added = [captures.add(writer, each) for each in new]

    assert added[0].source_id == added[1].source_id
    assert [lists.detail(reader, each.source_id, each.capture_id).text for each in added] == [  # type: ignore[union-attr]
        "Text 0.",
        "Text 1.",
    ]


def test_rel_canonical_joins_pages_of_one_text_only(writer: Writer, reader: Reader) -> None:
    front = "https://site.example/canonical"
    one = captures.add(writer, page("one", text="Same words.", canonical=front))
    alike = captures.add(writer, page("print/one", text="Same words.", canonical=front))
    other = captures.add(writer, page("two", text="Other words.", canonical=front))
    itself = captures.add(writer, page("canonical", text="The front page.", canonical=front))

    assert alike.source_id == one.source_id
    assert len({one.source_id, other.source_id, itself.source_id}) == 3
    again = captures.add(writer, page("print/one", text="Same words, mended.", canonical=front))
    assert (again.source_id, again.outcome) == (one.source_id, "version")


def test_pages_without_text_are_never_joined_by_what_they_say_of_themselves(writer: Writer) -> None:
    front = "https://site.example/canonical"
    one = captures.add(writer, link("one", canonical=front))
    two = captures.add(writer, link("two", canonical=front))

    assert one.source_id != two.source_id


def test_saving_again_takes_a_page_out_of_trash_and_nowhere_else(writer: Writer, reader: Reader) -> None:
    added = captures.add(writer, page())
    for state, after in (
        (State.TRASH, State.INBOX),
        (State.LATER, State.LATER),
        (State.ARCHIVE, State.ARCHIVE),
    ):
        captures.move(writer, [added.source_id], state)
        captures.add(writer, page())
        (row,) = lists.page(reader, [added.source_id])
        assert row.state is after


def test_what_the_person_says_at_a_second_save_joins_what_stands(writer: Writer, reader: Reader) -> None:
    added = captures.add(writer, page(tags=("one",), why="First.", found_through="Ana", goal="Read plans"))
    captures.add(writer, page(tags=("ONE", "two"), why="Second.", found_through="Ana", goal="Write"))
    (row,) = lists.page(reader, [added.source_id])
    detail = lists.detail(reader, added.source_id)

    assert detail is not None
    assert (row.tags, row.why, detail.found_through) == (("one", "two"), "First.\nSecond.", "Ana")
    assert row.goals == ("Read plans", "Write")


def test_the_persons_title_stays_when_a_new_version_comes(writer: Writer, reader: Reader) -> None:
    added = captures.add(writer, page())
    captures.retitle(writer, added.source_id, "Mine")
    captures.add(writer, page(text="New.", title="Theirs"))

    (row,) = lists.page(reader, [added.source_id])
    assert row.title == "Mine"


def test_a_page_without_a_title_shows_its_address(writer: Writer, reader: Reader) -> None:
    added = captures.add(writer, page(title=""))
    (row,) = lists.page(reader, [added.source_id])
    assert row.title == "https://site.example/a"


def test_a_link_only_capture_shows_its_sentence_until_its_text_comes(writer: Writer, reader: Reader) -> None:
    added = captures.add(writer, link(title="Link text"))
    (before,) = lists.page(reader, [added.source_id])
    changes = captures.complete(
        writer, added.capture_id, page(title="Page title", author="Ana", published="2026-01-02", notices=())
    )
    (after,) = lists.page(reader, [added.source_id])

    assert (before.is_link_only, before.excerpt, before.minutes) == (True, "Saved as a link.", 0)
    assert changes.ids == (added.source_id,)
    assert (after.is_link_only, after.excerpt, after.minutes) == (False, "First paragraph.", 1)
    assert (after.title, after.author, after.kind, after.versions) == ("Page title", "Ana", "page", 1)
    assert not captures.complete(writer, added.capture_id, page(text="Yet another text."))


def test_completing_what_is_gone_changes_nothing(writer: Writer) -> None:
    assert not captures.complete(writer, 77, page())


def test_a_link_to_a_page_whose_text_is_here_loses_nothing(writer: Writer, reader: Reader) -> None:
    added = captures.add(writer, page())
    again = captures.add(writer, link())
    (row,) = lists.page(reader, [added.source_id])

    assert again.outcome == "unchanged"
    assert (row.is_link_only, row.excerpt) == (False, "First paragraph.")


def test_pictures_that_were_missing_are_filled_in(writer: Writer, reader: Reader, paths: Paths) -> None:
    picture = assets.keep(paths, b"\x89PNG picture", "png")
    bare = page(html="<p>First paragraph.</p><img data-src='https://site.example/p.png'>")
    added = captures.add(writer, bare)
    whole = dataclasses.replace(
        bare, html=f"<p>First paragraph.</p><img src='{picture.name}'>", pictures=(picture,)
    )

    assert captures.complete(writer, added.capture_id, whole)
    detail = lists.detail(reader, added.source_id)
    assert detail is not None
    assert picture.name in detail.html
    assert assets.path_of(paths, picture.name) is not None
    assert not captures.complete(writer, added.capture_id, whole)


def test_a_picture_more_makes_a_new_version_of_the_same_words(writer: Writer, paths: Paths) -> None:
    picture = assets.keep(paths, b"\x89PNG picture", "png")
    captures.add(writer, page())
    more = page(html=f"<p>First paragraph.</p><img src='{picture.name}'>", pictures=(picture,))

    assert captures.add(writer, more).outcome == "version"
    assert captures.add(writer, page()).outcome == "unchanged"


def test_files_that_nothing_names_after_all_are_removed(writer: Writer, paths: Paths) -> None:
    name, digest = assets.keep_page(paths, b"<p>first visit")
    captures.add(writer, page(raw_page=name, raw_sha256=digest))
    other, other_digest = assets.keep_page(paths, b"<p>second visit, same text")
    captures.add(writer, page(raw_page=other, raw_sha256=other_digest))

    assert assets.read_page(paths, name) == b"<p>first visit"
    assert assets.read_page(paths, other) is None


def test_pages_without_text_differ_by_their_raw_page(writer: Writer, paths: Paths) -> None:
    def empty(raw: bytes) -> NewCapture:
        name, digest = assets.keep_page(paths, raw)
        return page(text="", raw_page=name, raw_sha256=digest)

    assert captures.add(writer, empty(b"one")).outcome == "new"
    assert captures.add(writer, empty(b"two")).outcome == "version"
    assert captures.add(writer, empty(b"two")).outcome == "unchanged"


@pytest.mark.parametrize(
    "broken",
    [
        {"title": "lone \ud800 surrogate"},
        {"text": "\udfff"},
        {"notices": ("\ud800",)},
        {"left_out": ("\udc00",)},
        {"tags": ("\ud800",)},
        {"why": "\ud83d"},
        {"media": Media(0.0, 0.0, "\ud800")},
        {"captured_at": 2**70},
        {"uuid": ""},
        {"url": ""},
        {"kind": "song"},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_what_cannot_be_stored_is_refused_whole(
    writer: Writer, reader: Reader, broken: dict[str, object]
) -> None:
    before = everything(reader)
    with pytest.raises(BadInput):
        captures.add(writer, page(**broken))

    assert everything(reader) == before
    assert captures.add(writer, page()).outcome == "new"


def test_files_and_folders_are_the_persons_alone_whatever_the_umask(
    library: Library, writer: Writer, tmp_path: Path
) -> None:
    import os

    from desktop.library import backups, snapshot
    from desktop.library.opening import open_library

    old = os.umask(0)
    try:
        paths = Paths(tmp_path / "open" / "kithbook")
        with open_library(paths, write=True) as opened:
            assert opened.writer is not None
            picture = assets.keep(paths, b"picture", "png")
            name, _ = assets.keep_page(paths, b"page")
            captures.add(
                opened.writer, page(pictures=(picture,), html=f"<img src='{picture.name}'>", raw_page=name)
            )
            lists.ids(opened.reader, View())
            snapshot.export(opened.reader, paths)
            backups.backup(paths)
            found = {path: path.stat().st_mode & 0o777 for path in [paths.home, *paths.home.rglob("*")]}
    finally:
        os.umask(old)

    assert {path.name for path in found} >= {"library.db", "library.db-wal", "library.db-shm", "library.lock"}
    wrong = {path: oct(mode) for path, mode in found.items() if mode != (0o700 if path.is_dir() else 0o600)}
    assert wrong == {}
