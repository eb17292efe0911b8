"""Cleaning a capture: blocks out and in again, nothing of it lost."""

from desktop.library import captures, lists, undo
from desktop.library.marks import annotations, blocks
from desktop.library.values import Detail
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text.block_edits import Edited
from desktop.text.markdown import text_from_html
from tests.support.saving import page

HTML = (
    "<h2>One</h2><p>First paragraph.</p><p>Sign up for our letter!</p>"
    "<ul><li>An item</li><li>Share this</li></ul><p>Last words.</p>"
)
TEXT = text_from_html(HTML)
LEFT_OUT = ("<p>About the author.</p>", "<h3>Sources</h3><p>A book.</p>")


def shown(reader: Reader, added: captures.Added) -> tuple[Detail, Edited]:
    detail = lists.detail(reader, added.source_id)
    assert detail is not None
    return detail, blocks.edited(detail, blocks.edits(reader, added.capture_id))


def save(writer: Writer) -> captures.Added:
    return captures.add(writer, page("a", TEXT, html=HTML, left_out=LEFT_OUT))


def test_what_nobody_edited_is_shown_as_captured(writer: Writer, reader: Reader) -> None:
    detail, edited = shown(reader, save(writer))

    assert (edited.html, edited.text, edited.removed, edited.restored) == (
        detail.html,
        detail.text,
        (),
        frozenset(),
    )


def test_a_block_is_removed_and_put_back_and_the_capture_stays(writer: Writer, reader: Reader) -> None:
    added = save(writer)

    changes = blocks.remove(writer, added.capture_id, ["2", "3/1"])
    detail, edited = shown(reader, added)
    blocks.put_back(writer, added.capture_id, ["2"])
    _, after = shown(reader, added)

    assert (changes.label, changes.nouns, changes.ids) == (
        "2 blocks removed",
        {Noun.CAPTURE},
        (added.source_id,),
    )
    assert edited.text == "One\n\nFirst paragraph.\n\nAn item\n\nLast words."
    assert [(one.path, one.excerpt) for one in edited.removed] == [
        ("2", "Sign up for our letter!"), ("3/1", "Share this"),
    ]  # fmt: skip
    assert detail.text == TEXT
    assert after.text == TEXT.replace("\nShare this", "")


def test_every_edit_is_undone_and_done_again(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    blocks.remove(writer, added.capture_id, ["2"])
    once = shown(reader, added)[1].text
    blocks.bring_in(writer, added.capture_id, 0)
    twice = shown(reader, added)[1].text

    undo.undo(writer)
    first = shown(reader, added)[1].text
    undo.undo(writer)
    second = shown(reader, added)[1].text
    undo.redo(writer)

    assert (first, second, shown(reader, added)[1].text) == (once, TEXT, once)
    assert twice != once


def test_left_out_blocks_come_in_at_the_end_in_page_order(writer: Writer, reader: Reader) -> None:
    added = save(writer)

    blocks.bring_in(writer, added.capture_id, 1)
    blocks.bring_in(writer, added.capture_id, 0)
    _, edited = shown(reader, added)
    blocks.take_out(writer, added.capture_id, 1)

    assert edited.text == f"{TEXT}\n\nAbout the author.\n\nSources\n\nA book."
    assert edited.restored == {0, 1}
    assert shown(reader, added)[1].text == f"{TEXT}\n\nAbout the author."


def test_shown_as_captured_again_in_one_act(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    blocks.remove(writer, added.capture_id, ["0", "1"])
    blocks.bring_in(writer, added.capture_id, 0)

    assert blocks.as_captured(writer, added.capture_id).label == "Shown as captured"
    assert shown(reader, added)[1].text == TEXT
    assert not blocks.as_captured(writer, added.capture_id)


def test_what_is_so_already_is_no_act(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    blocks.remove(writer, added.capture_id, ["1"])

    assert not blocks.remove(writer, added.capture_id, ["1"])
    assert not blocks.put_back(writer, added.capture_id, ["2"])
    assert not blocks.take_out(writer, added.capture_id, 0)


def test_highlights_stay_in_their_place_or_are_known_not_to_be_shown(writer: Writer, reader: Reader) -> None:
    added = save(writer)
    for words in ("Sign up", "Last words"):
        start = TEXT.index(words)
        annotations.highlight(writer, added.capture_id, start, start + len(words))
    blocks.remove(writer, added.capture_id, ["2"])
    blocks.bring_in(writer, added.capture_id, 0)
    detail, edited = shown(reader, added)

    own = edited.own(edited.text.index("the author"), edited.text.index("the author") + 10)
    assert own is not None
    annotations.highlight(writer, added.capture_id, *own)

    places = {one.annotation.quote: one.place for one in annotations.of_capture(reader, added.capture_id)}
    seen = {quote: edited.shown(place.start, place.stop) for quote, place in places.items()}
    assert seen["Sign up"] is None
    assert {edited.text[slice(*place)] for place in seen.values() if place} == {"Last words", "the author"}
    assert places["the author"].start > len(detail.text)
