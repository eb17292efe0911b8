"""A pack holds what was chosen and nothing that is private; a look at it beforehand counts both."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.library import basket, basket_draft, captures, notes
from desktop.library.marks import annotations
from desktop.library.opening import Library, open_library
from desktop.library.values import State
from desktop.paths import Paths
from desktop.share.choice import Choice, Chosen, from_basket, of_sources
from desktop.share.gather import gather
from desktop.share.leaving import (
    full_texts_without_licence,
    long_quotations,
    what_leaves,
    what_stays,
)
from desktop.share.values import Item, Pack, Sender
from desktop.text.web_annotation import to_json
from native_host import strict
from tests.support.saving import page
from tests.support.sensing import annotate
from tests.support.sharing import PNG, fill_basket, generate, leaked

ANA = Sender("Ana", "ab" * 32)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Paths(tmp_path / "kithbook"), write=True) as opened:
        yield opened


def gathered(library: Library, choice: Choice) -> Pack:
    return gather(library.reader, library.paths, choice, ANA)


def only(library: Library, one: Chosen, **fields: Any) -> Item:
    (item,) = gathered(library, Choice((one,), **fields)).items
    return item


def as_bytes(pack: Pack) -> bytes:
    """Everything in it, annotations also as the W3C model writes them."""
    told = dataclasses.asdict(pack)
    for picture in told["pictures"]:
        picture["data"] = picture["data"].hex()
    marks = [to_json(mark.web) for item in pack.items for mark in item.annotations]
    return strict.dumps([told, marks])


def saved(library: Library, name: str = "a", **fields: Any) -> tuple[int, int]:
    assert library.writer is not None
    added = captures.add(library.writer, page(name, **fields))
    return added.source_id, added.capture_id


@pytest.mark.parametrize("seed", range(4))
def test_no_byte_of_what_is_private_leaves_any_library(library: Library, seed: int) -> None:
    made = generate(library, seed)
    pack = gathered(library, made.choice)
    data = as_bytes(pack)

    assert leaked(data, made.canaries) == []
    assert [word for word in made.open_words if word.encode() not in data] == []
    chosen = [
        one for one in made.choice.chosen if one.source_id in made.source_ids or one.note_id in made.note_ids
    ]
    assert [bool(item.html) for item in pack.items] == [one.full_text for one in chosen]


def test_the_basket_gathers_as_its_choice(library: Library) -> None:
    made = generate(library, 7)
    fill_basket(library, made)

    direct, by_basket = (
        gather(library.reader, library.paths, choice, ANA, uuid="u", made_at=5)
        for choice in (made.choice, from_basket(library.reader, made.choice.hosts))
    )
    assert by_basket == dataclasses.replace(
        direct, title=by_basket.title, items=tuple(dataclasses.replace(one) for one in by_basket.items)
    )
    assert {one.uuid for one in by_basket.items} == {one.uuid for one in direct.items}


def test_by_default_a_page_goes_with_its_link_its_excerpt_and_the_persons_own_marks(library: Library) -> None:
    source, _ = saved(library, "a", author="Lin", tags=("work/sql",), text="First paragraph. And more of it.")
    assert library.writer is not None
    own, _ = annotate(library.writer, source, comment="Our case.")
    annotate(library.writer, source, "And more", creator="Jonas")

    item = only(library, Chosen(source))
    assert (item.url, item.title, item.author, item.tags) == (
        "https://site.example/a",
        "Title of a",
        "Lin",
        ("work/sql",),
    )
    assert (item.html, item.why_full, item.captured_by) == ("", "", "Ana")
    assert [(mark.web.creator, mark.web.comment) for mark in item.annotations] == [("Ana", "Our case.")]
    assert only(library, Chosen(source), with_tags=False).tags == ()
    assert own


def test_a_highlight_of_somebody_else_goes_only_when_it_is_named_and_with_its_author(
    library: Library,
) -> None:
    source, _ = saved(library)
    assert library.writer is not None
    theirs, _ = annotate(library.writer, source, creator="Jonas")

    item = only(library, Chosen(source, annotation_ids=(theirs,)))
    assert [mark.web.creator for mark in item.annotations] == ["Jonas"]


def test_what_is_private_goes_when_the_very_item_says_so(library: Library) -> None:
    source, capture = saved(library, is_private=True)
    assert library.writer is not None
    annotations.highlight(library.writer, capture, 0, 5, comment="mine", is_private=True)

    assert gathered(library, of_sources([source])).items == ()
    item = only(library, Chosen(source, with_private=True))
    assert [mark.web.comment for mark in item.annotations] == ["mine"]


def test_a_mark_made_on_a_private_version_stays_though_the_page_was_saved_openly_since(
    library: Library,
) -> None:
    source, _ = saved(library, text="Only for me.", is_private=True)
    assert library.writer is not None
    annotate(library.writer, source, "Only for me.")
    saved(library, text="For everyone.")

    item = only(library, Chosen(source))
    assert (item.annotations, item.excerpt) == ((), "For everyone.")
    assert what_stays(library.reader, of_sources([source])).private_annotations == 1


def test_the_full_text_goes_with_its_pictures_and_without_addresses_inside(library: Library) -> None:
    from desktop.library import assets

    kept = assets.keep(library.paths, PNG, "png")
    linked = '<a href="http://wiki/x">it</a>, <a href="https://open.example/">open</a>'
    html = f'<p>All of {linked}.</p><img src="{kept.name}">'
    source, _ = saved(library, html=html, text="All of it, open.", pictures=(kept,))
    pack = gathered(library, Choice((Chosen(source, full_text=True, why_full="Short."),)))

    assert pack.items[0].html == html.replace(' href="http://wiki/x"', "")
    assert pack.items[0].why_full == "Short."
    assert [(one.name, one.mime, one.data) for one in pack.pictures] == [(kept.name, "image/png", PNG)]
    whole = gathered(library, of_sources([source], full_text=True, why_full="For the course."))
    assert whole.items[0].why_full == "For the course."
    path = assets.path_of(library.paths, kept.name)
    assert path is not None
    path.unlink()
    assert "res/" not in gathered(library, of_sources([source], full_text=True)).items[0].html


def test_a_page_in_trash_and_one_that_is_gone_do_not_leave(library: Library) -> None:
    source, _ = saved(library)
    assert library.writer is not None
    captures.move(library.writer, [source], State.TRASH)

    assert gathered(library, of_sources([source, 99])).items == ()


def test_an_address_inside_stays_unless_it_was_ticked(library: Library) -> None:
    source, capture = saved(library, url="http://wiki/plan")
    assert library.writer is not None
    annotations.highlight(library.writer, capture, 0, 5)

    item = only(library, Chosen(source))
    assert (item.url, item.site) == ("", "")
    assert "inside an organisation" in item.notice
    assert item.annotations[0].web.url == f"urn:uuid:{item.uuid}"
    assert only(library, Chosen(source, with_address=True)).url == "http://wiki/plan"


def test_a_page_keeps_its_uuid_when_it_is_saved_again(library: Library) -> None:
    source, _ = saved(library, text="One.")
    first = only(library, Chosen(source)).uuid
    saved(library, text="Two.")

    assert only(library, Chosen(source)).uuid == first


def test_licence_and_paywall_are_read_from_the_page_as_it_was_kept(library: Library) -> None:
    from desktop.library import assets

    raw = (
        b'<link rel=license href="https://creativecommons.org/licenses/by/4.0/">'
        b'<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    )
    name, digest = assets.keep_page(library.paths, raw)
    source, _ = saved(library, raw_page=name, raw_sha256=digest)
    open_source, _ = saved(library, "b", text="Second.")

    item = only(library, Chosen(source, full_text=True))
    assert item.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert "paywall" in item.notice
    pack = gathered(library, of_sources([source, open_source], full_text=True))
    assert full_texts_without_licence(pack) == ["Title of b"]


def test_much_quoting_is_told(library: Library) -> None:
    text = "Word after word. " * 60
    source, capture = saved(library, text=text)
    other, other_capture = saved(library, "b", text=text + "Other.")
    assert library.writer is not None
    annotations.highlight(library.writer, capture, 0, 300)
    annotations.highlight(library.writer, other_capture, 0, 90)

    (told,) = long_quotations(library.reader, gathered(library, of_sources([source, other])))
    assert (told.title, told.quoted, told.of) == ("Title of a", 299, len(text))
    assert long_quotations(library.reader, gathered(library, of_sources([source], full_text=True))) == []


def test_the_look_beforehand_counts_what_leaves_and_what_stays(library: Library) -> None:
    source, capture = saved(library, why="For the panel", goal="SQL", tags=("sql",))
    inside, _ = saved(library, url="http://wiki/a", text="Inside.")
    private, _ = saved(library, "p", text="Private.", is_private=True)
    assert library.writer is not None
    annotations.highlight(library.writer, capture, 0, 5, comment="mine")
    annotations.highlight(library.writer, capture, 6, 15, comment="not yours", is_private=True)
    note = notes.make(library.writer, "T", "B").made
    secret = notes.make(library.writer, "S", "S", is_private=True).made
    choice = Choice(
        (
            Chosen(source, sentence="Read it."),
            *map(Chosen, (inside, private)),
            Chosen(0, note),
            Chosen(0, secret),
        ),
        message="Hello",
    )

    leaves, stays = what_leaves(gathered(library, choice)), what_stays(library.reader, choice)
    assert (leaves.pages, leaves.notes, leaves.addresses, leaves.sentences) == (2, 1, 1, 1)
    assert (leaves.quotations, leaves.comments, leaves.tags, leaves.full_texts) == (1, 1, 1, 0)
    assert leaves.message
    assert (stays.private_pages, stays.private_annotations, stays.private_notes) == (1, 1, 1)
    assert (stays.whys, stays.goals, stays.addresses, stays.full_texts) == (1, 1, 1, 2)


def test_a_note_loses_what_it_quotes_of_private_things_and_nothing_else(library: Library) -> None:
    source, capture = saved(library)
    assert library.writer is not None
    mark = annotations.highlight(library.writer, capture, 0, 5, comment="a secret", is_private=True).made
    note = notes.make(library.writer, "Plan", "Before.").made
    notes.quote(library.writer, [mark], note)
    held = notes.read(library.reader, note)
    assert held is not None
    notes.save(library.writer, note, body=held.body + "\n\nAfter.")

    item = only(library, Chosen(note_id=note))
    assert "First" not in item.markdown
    assert "a secret" not in item.markdown
    assert item.markdown.startswith("Before.")
    assert item.markdown.endswith("After.")
    assert "a secret" in only(library, Chosen(note_id=note, with_private=True)).markdown
    assert source


def test_single_highlights_in_the_basket_are_one_item_with_their_page(library: Library) -> None:
    source, capture = saved(library)
    assert library.writer is not None
    marks = [annotations.highlight(library.writer, capture, at, at + 3).made for at in (0, 4, 8)]
    basket.put(library.writer, annotation_ids=marks[:2])
    first, second = basket.items(library.reader)
    basket_draft.say(library.writer, first.id, "One.")
    basket_draft.say(library.writer, second.id, "Two.")

    (one,) = from_basket(library.reader).chosen
    assert (one.annotation_ids, one.sentence) == (tuple(marks[:2]), "One.\n\nTwo.")
    basket.put(library.writer, [source])
    (whole,) = from_basket(library.reader).chosen
    assert whole.annotation_ids is None
