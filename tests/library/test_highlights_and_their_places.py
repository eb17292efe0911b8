"""Highlights: made, changed, undone, carried to new versions, lost and placed again."""

import pytest

from desktop.errors import BadInput
from desktop.library import captures, lists, undo
from desktop.library.marks import annotations
from desktop.library.marks.annotations import Filter, HighlightOrder
from desktop.library.sense_values import Colour, How
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import page, statements
from tests.support.undoing import next_undo

PARAGRAPHS = (
    "Pivot tables summarise long lists without a single formula.",
    "The source should be a table, so that new rows are found by themselves.",
    "Refresh the pivot table whenever the source has changed.",
    "Slicers filter several pivot tables at once and show what is chosen.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def html_of(text: str) -> str:
    return "".join(f"<p>{part}</p>" for part in text.split("\n\n"))


def save(writer: Writer, text: str = TEXT, address: str = "a", **others: object) -> captures.Added:
    return captures.add(writer, page(address, text, html=html_of(text), **others))


def mark(writer: Writer, capture_id: int, words: str, text: str = TEXT, **others: object) -> int:
    start = text.index(words)
    return annotations.highlight(writer, capture_id, start, start + len(words), **others).made  # type: ignore[arg-type]


def test_a_highlight_keeps_its_passage_by_four_selectors(writer: Writer, reader: Reader) -> None:
    added = save(writer)

    changes = annotations.highlight(
        writer,
        added.capture_id,
        TEXT.index("The source") - 1,
        TEXT.index(", so that"),
        Colour.SAGE,
        "**Yes**",
        ["excel"],
    )
    (placed,) = annotations.of_capture(reader, added.capture_id)

    assert changes.label == "Highlighted"
    assert changes.ids == (added.source_id,)
    assert Noun.ANNOTATION in changes.nouns
    assert placed.annotation.id == changes.made
    assert placed.annotation.quote == "The source should be a table"
    assert placed.annotation.prefix.endswith("formula.\n\n")
    assert placed.annotation.suffix.startswith(", so that")
    assert '"/p[2]"' in placed.annotation.range
    assert placed.annotation.fragment == ":~:text=The%20source%20should%20be%20a%20table"
    assert (placed.annotation.colour, placed.annotation.comment) == (Colour.SAGE, "**Yes**")
    assert placed.annotation.tags == ("excel",)
    assert TEXT[placed.place.start : placed.place.stop] == placed.annotation.quote
    assert (placed.place.how, placed.place.certainty) == (How.EXACT, 100)


def test_marking_the_same_words_again_only_changes_the_colour(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    first = mark(writer, added.capture_id, "pivot table whenever")

    again = mark(writer, added.capture_id, "pivot table whenever", colour=Colour.ROSE)

    assert again == first
    assert [one.colour for one in annotations.of_source(reader, added.source_id)] == [Colour.ROSE]


@pytest.mark.parametrize("passage", [(0, 0), (59, 61), (4000, 5000)])
def test_a_passage_without_words_cannot_be_marked(writer: Writer, passage: tuple[int, int]) -> None:
    added = save(writer)

    with pytest.raises(BadInput):
        annotations.highlight(writer, added.capture_id, *passage)


def test_colour_comment_link_tags_and_privacy_are_changed_and_undone(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    made = mark(writer, added.capture_id, "Slicers filter")
    before = annotations.read(reader, made)

    acts = [
        annotations.recolour(writer, [made], Colour.LILAC),
        annotations.comment(writer, made, " Try it on Monday. "),
        annotations.set_link(writer, made, "https://example.org/"),
        annotations.set_tags(writer, made, ["work/excel"]),
        annotations.set_private(writer, [made], True),
    ]
    after = annotations.read(reader, made)
    for _ in acts:
        undo.undo(writer)

    assert all(acts)
    assert [act.label for act in acts] == [
        "Colour changed", "Comment saved", "Link saved", "Tags changed", "Highlight kept private",
    ]  # fmt: skip
    assert after is not None
    assert (after.colour, after.comment, after.link, after.tags, after.is_private) == (
        Colour.LILAC, "Try it on Monday.", "https://example.org/", ("work/excel",), True,
    )  # fmt: skip
    undone = annotations.read(reader, made)
    assert undone is not None
    assert before is not None
    assert (undone.colour, undone.comment, undone.link, undone.tags, undone.is_private) == (
        before.colour, "", "", (), False,
    )  # fmt: skip


def test_what_changes_nothing_is_no_act(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    made = mark(writer, added.capture_id, "Slicers filter")

    assert not annotations.recolour(writer, [made], Colour.STRAW)
    assert not annotations.comment(writer, made, "")
    assert not annotations.remove(writer, [made + 1])
    assert next_undo(reader) == "Highlighted"


def test_removed_highlights_come_back_whole(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    ids = [mark(writer, added.capture_id, words, tags=["t"]) for words in ("Slicers filter", "Refresh the")]
    before = annotations.of_capture(reader, added.capture_id)

    removed = annotations.remove(writer, ids)
    gone = annotations.of_capture(reader, added.capture_id)
    undo.undo(writer)

    assert removed.label == "2 highlights removed"
    assert gone == []
    assert annotations.of_capture(reader, added.capture_id) == before


def test_a_new_version_carries_highlights_and_lists_the_lost(writer: Writer, reader: Reader) -> None:
    first = save(writer)
    kept = mark(writer, first.capture_id, "new rows are found")
    edited = mark(writer, first.capture_id, PARAGRAPHS[2])
    gone = mark(writer, first.capture_id, PARAGRAPHS[3])
    text = "\n\n".join(
        (
            "Sale: all courses for less.",
            *PARAGRAPHS[:2],
            "Refresh that pivot table whenever the source has changed.",
        )
    )

    second = save(writer, text)
    places = {one.annotation.id: one.place for one in annotations.of_capture(reader, second.capture_id)}

    assert second.outcome == "version"
    assert Noun.ANNOTATION in second.changes.nouns
    assert (places[kept].how, text[places[kept].start : places[kept].stop]) == (
        How.QUOTE,
        "new rows are found",
    )
    assert places[edited].how == How.FUZZY
    assert text[places[edited].start : places[edited].stop].startswith("Refresh that pivot")
    assert places[gone].how == How.LOST
    assert [one.id for one in annotations.lost_of(reader, first.source_id)] == [gone]
    assert [one.place.how for one in annotations.of_capture(reader, first.capture_id)] == [How.EXACT] * 3


def test_a_page_saved_unchanged_shows_its_highlights_in_the_same_place(
    writer: Writer, reader: Reader
) -> None:
    first = save(writer)
    mark(writer, first.capture_id, "Slicers filter")

    second = save(writer)

    assert second.outcome == "unchanged"
    (before,) = annotations.of_capture(reader, first.capture_id)
    (after,) = annotations.of_capture(reader, second.capture_id)
    assert (after.place.start, after.place.how) == (before.place.start, How.EXACT)


def test_a_highlight_made_on_the_newest_version_is_shown_on_the_older_ones(
    writer: Writer, reader: Reader
) -> None:
    first = save(writer)
    text = f"New top.\n\n{TEXT}"
    second = save(writer, text)

    mark(writer, second.capture_id, "Slicers filter", text)

    (there,) = annotations.of_capture(reader, first.capture_id)
    assert TEXT[there.place.start : there.place.stop] == "Slicers filter"


def test_a_lost_highlight_is_placed_again_by_hand_and_carried_from_there(
    writer: Writer, reader: Reader
) -> None:
    first = save(writer)
    lost = mark(writer, first.capture_id, PARAGRAPHS[3])
    said_anew = "With slicers one click filters many tables."
    text = "\n\n".join((*PARAGRAPHS[:3], said_anew))
    second = save(writer, text)

    changes = annotations.place_again(writer, lost, second.capture_id, text.index(said_anew), len(text))
    third = save(writer, f"New top.\n\n{text}")

    assert changes.label == "Highlight placed"
    assert annotations.lost_of(reader, first.source_id) == []
    (placed,) = annotations.of_capture(reader, third.capture_id)
    assert placed.place.how == How.QUOTE
    assert f"New top.\n\n{text}"[placed.place.start : placed.place.stop] == said_anew
    assert placed.annotation.quote == PARAGRAPHS[3]


def test_a_highlight_cannot_be_placed_on_another_page(writer: Writer) -> None:
    one, other = save(writer), save(writer, address="b")
    made = mark(writer, one.capture_id, "Slicers filter")

    with pytest.raises(BadInput):
        annotations.place_again(writer, made, other.capture_id, 0, 10)


def test_a_version_without_text_loses_nothing_once_its_text_comes(writer: Writer, reader: Reader) -> None:
    first = save(writer)
    mark(writer, first.capture_id, "Slicers filter")
    empty = page("a", "", raw_page="x", raw_sha256="0" * 64)
    second = captures.add(writer, empty)
    (before,) = annotations.of_capture(reader, second.capture_id)

    captures.complete(writer, second.capture_id, page("a", TEXT, html=html_of(TEXT)))

    (after,) = annotations.of_capture(reader, second.capture_id)
    assert (before.place.how, after.place.how) == (How.LOST, How.EXACT)


def test_a_passage_of_a_left_out_block_is_marked_beyond_the_text(writer: Writer, reader: Reader) -> None:
    added = save(writer, left_out=("<p>About the author: she teaches.</p>",))
    start = len(TEXT) + 2

    made = annotations.highlight(writer, added.capture_id, start, start + 16).made
    found = annotations.read(reader, made)

    assert found is not None
    assert (found.quote, found.range) == ("About the author", "")


def test_all_highlights_are_read_in_one_statement_and_filtered(writer: Writer, reader: Reader) -> None:
    first, second = save(writer), save(writer, address="b")
    a = mark(
        writer, first.capture_id, "Pivot tables", colour=Colour.SKY, comment="Start here", tags=["work/sql"]
    )
    b = mark(writer, second.capture_id, "Slicers filter", colour=Colour.ROSE)
    c = mark(writer, second.capture_id, "Refresh the", colour=Colour.ROSE, comment="Weekly")
    captures.set_goals(writer, [second.source_id], add=["Excel"])
    (goal,) = lists.goals(reader)

    def ids(wanted: Filter | None = None, order: HighlightOrder = HighlightOrder.NEWEST) -> list[int]:
        return [one.id for one in annotations.all_of(reader, wanted, order)]

    with statements(reader.connection()) as seen:
        assert ids() == [c, b, a]
    assert len(seen) == 1
    assert ids(order=HighlightOrder.OLDEST) == [a, b, c]
    assert ids(order=HighlightOrder.SOURCE) == [c, b, a]
    assert ids(order=HighlightOrder.COLOUR) == [c, b, a]
    assert ids(Filter(colours=(Colour.SKY,))) == [a]
    assert ids(Filter(tag="work")) == [a]
    assert ids(Filter(goal=goal.id)) == [c, b]
    assert ids(Filter(source_id=first.source_id)) == [a]
    assert ids(Filter(words="start pivot")) == [a]
    assert ids(Filter(words="100%")) == []
    assert ids(Filter(only_comments=True)) == [c, a]
    assert ids(Filter(only_lost=True)) == ids(Filter(before=1)) == []
    listed = annotations.ids(reader, Filter(colours=(Colour.ROSE,)), HighlightOrder.OLDEST)
    assert list(listed) == [b, c]
    assert [one.id for one in annotations.page(reader, [c, 999, a])] == [c, a]
    assert annotations.page(reader, annotations.ids(reader)) == annotations.all_of(reader)
    counted = annotations.counts(reader)
    assert (counted.all, counted.by_colour, counted.commented, counted.lost) == (
        3, {Colour.SKY: 1, Colour.ROSE: 2}, 2, 0,
    )  # fmt: skip


def test_highlights_of_a_page_in_trash_are_not_listed(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    mark(writer, added.capture_id, "Slicers filter")

    captures.move(writer, [added.source_id], lists.State.TRASH)

    assert annotations.all_of(reader) == []
    assert annotations.counts(reader).all == 0


def test_a_page_deleted_for_good_takes_its_highlights_along(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    mark(writer, added.capture_id, "Slicers filter")
    captures.move(writer, [added.source_id], lists.State.TRASH)

    captures.delete_for_good(writer, [added.source_id])

    assert reader.rows("SELECT (SELECT count(*) FROM annotation), (SELECT count(*) FROM anchor)") == [(0, 0)]
