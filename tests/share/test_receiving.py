"""A pack that comes: looked at, taken in once, joined, undone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.library import deletion, lists, notes, triage, undo
from desktop.library.marks import annotations, highlights
from desktop.library.opening import Library
from desktop.library.sense_values import Colour
from desktop.library.values import State
from desktop.share import provenance, receiving, trust
from desktop.share.receiving import Becomes
from desktop.share.values import Item, ItemKind
from tests.support.colleagues import (
    ANNA,
    BEN,
    SAID,
    TEXT,
    becomes,
    item,
    library,
    marked,
    pack,
    png,
    saved,
    sealed,
    take,
)
from tests.support.saving import everything, link, page

NOT_CONTENT = ("journal_entry", "journal_change", "outbox", "sqlite_sequence")


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Library]:
    with library(tmp_path / "mine") as opened:
        yield opened


def test_a_link_comes_with_its_highlights_its_author_and_who_sent_it(mine: Library) -> None:
    one = marked(comment="Ours does the same.", tags=("sql",), colour="sage")
    opened = sealed(pack(item(marks=[one], tags=("databases",), sentence="Look at the *second*.")))

    done = take(mine, opened)

    (source_id,) = done.ids
    detail = lists.detail(mine.reader, source_id)
    assert detail is not None
    assert (detail.title, detail.is_link_only, detail.tags) == ("Title of a", True, ("databases",))
    assert detail.found_through == ANNA.name
    (mark,) = highlights.of_source(mine.reader, source_id)
    assert (mark.uuid, mark.creator, mark.quote, mark.comment) == (
        one.web.uuid, ANNA.name, SAID, "Ours does the same.",
    )  # fmt: skip
    assert (mark.colour, mark.tags, mark.made_at) == ("sage", ("sql",), one.web.made_at)
    assert [lost.uuid for lost in highlights.lost_of(mine.reader, source_id)] == [mark.uuid]
    (came,) = provenance.of_source(mine.reader, source_id)
    assert (came.sender, came.sentence, came.is_new) == (ANNA.name, "Look at the *second*.", True)
    assert came.words.startswith("from Anna Berg, ")
    assert provenance.of_annotation(mine.reader, mark.uuid)[0].pack_id == done.made


def test_nothing_is_fetched_for_a_page_that_came_as_a_link(mine: Library) -> None:
    take(mine, sealed(pack(item())))

    assert not list((mine.paths.spool / "errands").glob("*"))


def test_the_full_text_becomes_a_capture_with_the_highlights_in_their_places(mine: Library) -> None:
    one = marked()
    opened = sealed(pack(item(html=f"<p>{TEXT}</p>", marks=[one])))

    (source_id,) = take(mine, opened).ids

    detail = lists.detail(mine.reader, source_id)
    assert detail is not None
    assert detail.text == TEXT
    assert not detail.is_link_only
    (placed,) = highlights.of_capture(mine.reader, detail.capture_id)
    assert detail.text[placed.place.start : placed.place.stop] == SAID


def test_highlights_join_a_page_that_i_have_and_stand_in_my_own_text(mine: Library) -> None:
    my_text = "An introduction that only mine has. " + TEXT
    (source_id,) = saved(mine, page("a", my_text))
    one, gone = marked(), marked("Words that I never had at all", "Words that I never had at all, anywhere")
    opened = sealed(pack(item(html=f"<p>{TEXT}</p>", marks=[one, gone])))

    (offered,) = receiving.look(mine.reader, opened).items
    done = take(mine, opened)

    assert (offered.becomes, offered.new_quotes, offered.brings_text) == (Becomes.JOINS, 2, False)
    assert done.ids == (source_id,)
    detail = lists.detail(mine.reader, source_id)
    assert detail is not None
    assert detail.text == my_text
    assert len(detail.versions) == 1
    placed = {one.annotation.uuid: one for one in highlights.of_capture(mine.reader, detail.capture_id)}
    mark = placed[one.web.uuid]
    assert my_text[mark.place.start : mark.place.stop] == SAID
    assert (mark.annotation.prefix, mark.annotation.suffix) == (
        one.web.selectors.quote.prefix, one.web.selectors.quote.suffix,
    )  # fmt: skip
    assert [lost.uuid for lost in highlights.lost_of(mine.reader, source_id)] == [gone.web.uuid]


def test_a_page_that_i_have_as_a_link_gets_the_text_that_came(mine: Library) -> None:
    (source_id,) = saved(mine, link("a"))
    opened = sealed(pack(item(html=f"<p>{TEXT}</p>", marks=[marked()])))

    assert receiving.look(mine.reader, opened).items[0].brings_text
    take(mine, opened)

    detail = lists.detail(mine.reader, source_id)
    assert detail is not None
    assert detail.text == TEXT
    assert len(detail.versions) == 2
    assert not highlights.lost_of(mine.reader, source_id)


def test_a_second_import_adds_nothing(mine: Library) -> None:
    opened = sealed(
        pack(item("a", marks=[marked()]), item("b", html=f"<p>{TEXT}</p>"), note("A thought"), title="Three")
    )
    take(mine, opened)
    before = everything(mine.reader, but=NOT_CONTENT)

    assert becomes(mine, opened) == [Becomes.NOTHING] * 3
    assert not take(mine, opened)
    assert everything(mine.reader, but=NOT_CONTENT) == before


def test_a_second_import_adds_nothing_after_i_changed_what_came(mine: Library) -> None:
    assert mine.writer is not None
    kept, removed = marked(), marked("The first thing that was said.")
    opened = sealed(pack(item(html=f"<p>{TEXT}</p>", marks=[kept, removed]), note("A thought")))
    (source_id,) = take(mine, opened).ids
    ids = {one.uuid: one.id for one in highlights.of_source(mine.reader, source_id)}
    annotations.recolour(mine.writer, [ids[kept.web.uuid]], Colour.ROSE)
    annotations.remove(mine.writer, [ids[removed.web.uuid]])
    triage.retitle(mine.writer, source_id, "My title")
    notes.save(mine.writer, mine.reader.rows("SELECT id FROM note")[0][0], body="Mine")
    before = everything(mine.reader, but=NOT_CONTENT)

    assert not take(mine, opened)
    again = sealed(replace(opened.pack, uuid="0" * 8 + opened.pack.uuid[8:]))
    assert becomes(mine, again) == [Becomes.NOTHING] * 2
    take(mine, again)  # by another pack: it is only noted that it came

    after = everything(mine.reader, but=NOT_CONTENT)
    for table in ("source", "capture", "content", "annotation", "anchor", "note", "reply", "tag"):
        assert after[table] == before[table], table


def test_the_words_of_somebody_else_stay_theirs(mine: Library) -> None:
    assert mine.writer is not None
    one = marked(comment="Hers")
    (source_id,) = take(mine, sealed(pack(item("a", marks=[one])))).ids
    (mark,) = highlights.of_source(mine.reader, source_id)

    with pytest.raises(BadInput, match="the words of Anna Berg"):
        annotations.comment(mine.writer, mark.id, "Mine")
    with pytest.raises(BadInput, match="the words of Anna Berg"):
        annotations.edit(mine.writer, mark.id, colour=Colour.ROSE, comment="Mine")
    assert annotations.edit(mine.writer, mark.id, colour=Colour.ROSE, comment="Hers ", tags=("mine",))
    (mark,) = highlights.of_source(mine.reader, source_id)
    assert (mark.comment, mark.creator, mark.colour, mark.tags) == ("Hers", "Anna Berg", "rose", ("mine",))


def test_undo_takes_all_of_it_back_and_redo_brings_it_again(mine: Library) -> None:
    assert mine.writer is not None
    opened = sealed(pack(item("a", html=f"<p>{TEXT}</p>", marks=[marked()], tags=("x",)), note("A thought")))
    (source_id,) = take(mine, opened).ids
    before = everything(mine.reader, but=NOT_CONTENT)

    undo.undo(mine.writer)
    for table in ("annotation", "note", "source_tag", "person", "person_key", "pack_annotation", "event"):
        assert not mine.reader.rows(f"SELECT * FROM {table}"), table
    assert state_of(mine, source_id) == State.TRASH
    assert becomes(mine, opened) == [Becomes.NEW] * 2
    undo.redo(mine.writer)

    after = everything(mine.reader, but=NOT_CONTENT)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


def test_what_was_undone_can_be_taken_again(mine: Library) -> None:
    assert mine.writer is not None
    opened = sealed(pack(item("a", marks=[marked()], tags=("x",)), note("A thought")))
    (source_id,) = take(mine, opened).ids
    undo.undo(mine.writer)

    assert take(mine, opened).ids == (source_id,)

    assert state_of(mine, source_id) == State.INBOX
    assert len(highlights.of_source(mine.reader, source_id)) == 1
    assert len(mine.reader.rows("SELECT 1 FROM note")) == 1
    assert not take(mine, opened)


def test_what_i_threw_away_comes_back_only_when_it_is_chosen(mine: Library) -> None:
    assert mine.writer is not None
    (source_id,) = saved(mine, page("a"))
    triage.move(mine.writer, [source_id], State.TRASH)
    opened = sealed(pack(item("a", marks=[marked()]), item("b")))

    offered = receiving.look(mine.reader, opened)

    assert [one.becomes for one in offered.items] == [Becomes.DELETED, Becomes.NEW]
    assert offered.wanted == (opened.pack.items[1].uuid,)
    take(mine, opened, opened.pack.items[0].uuid)
    assert state_of(mine, source_id) == State.INBOX


def test_what_i_deleted_for_good_leaves_no_word_and_is_known_as_deleted(
    mine: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion, "_ON_THE_WAY", -60_000_000_000)  # as if it had come long ago
    assert mine.writer is not None
    opened = sealed(pack(item("a", html=f"<p>{TEXT}</p>", sentence="Sentence"), item("b")))
    ids = take(mine, opened, opened.pack.items[0].uuid).ids
    triage.move(mine.writer, ids, State.TRASH)

    deletion.delete_for_good(mine.writer, ids)

    assert becomes(mine, opened) == [Becomes.DELETED, Becomes.NEW]
    kept = b"".join(one.read_bytes() for one in mine.paths.home.rglob("*") if one.is_file())
    assert SAID.encode() not in kept
    assert b"Sentence" not in kept
    take(mine, opened, opened.pack.items[0].uuid)
    assert becomes(mine, opened) == [Becomes.NOTHING, Becomes.NEW]


def test_only_the_chosen_items_come_and_the_rest_can_come_later(mine: Library) -> None:
    opened = sealed(pack(item("a"), item("b")))
    take(mine, opened, opened.pack.items[1].uuid)

    assert becomes(mine, opened) == [Becomes.NEW, Becomes.NOTHING]
    take(mine, opened, opened.pack.items[0].uuid)
    assert becomes(mine, opened) == [Becomes.NOTHING] * 2
    with pytest.raises(BadInput, match="no such item"):
        take(mine, opened, "not-there")


def test_a_kept_pack_can_be_opened_again_with_its_pictures_and_put_aside(mine: Library) -> None:
    assert mine.writer is not None
    picture = png()
    html = f'<p>{TEXT}</p><img src="{picture.name}" alt="A chart">'
    opened = sealed(pack(item("a", html=html), pictures=(picture,)))
    kept = receiving.keep_offer(mine.writer, mine.reader, opened, file_name="a.html", way="folder")

    again = receiving.reopen(mine.reader, mine.paths, kept.made)

    assert (again.pack, again.key, again.is_signed) == (opened.pack, opened.key, True)
    assert receiving.keep_offer(mine.writer, mine.reader, opened).made == kept.made
    assert receiving.put_aside(mine.writer, [kept.made])
    assert receiving.look(mine.reader, opened).state == "aside"
    undo.undo(mine.writer)
    (source_id,) = take(mine, again).ids
    detail = lists.detail(mine.reader, source_id)
    assert detail is not None
    assert picture.name in detail.html
    assert receiving.look(mine.reader, opened).state == "kept"


def test_a_page_without_an_address_is_kept_under_its_own_name(mine: Library) -> None:
    opened = sealed(pack(item("a", url="", site="")))
    take(mine, opened)

    assert mine.reader.rows("SELECT url FROM source") == [(f"urn:uuid:{opened.pack.items[0].uuid}",)]
    assert not take(mine, opened)


def test_one_highlight_named_twice_comes_once(mine: Library) -> None:
    one = marked()
    (source_id,) = take(mine, sealed(pack(item("a", marks=[one, one])))).ids

    assert len(highlights.of_source(mine.reader, source_id)) == 1


def test_a_comment_at_a_moment_of_a_film_is_never_lost(mine: Library) -> None:
    from desktop.text.selectors import Quote, Selectors

    one = marked(selectors=Selectors(-1, -1, Quote(""), "", "t=70"), comment="Here")
    (source_id,) = take(mine, sealed(pack(item("a", media="video", marks=[one])))).ids

    assert not highlights.lost_of(mine.reader, source_id)
    assert highlights.of_source(mine.reader, source_id)[0].fragment == "t=70"


def test_who_took_something_in_is_known_afterwards_and_only_then(mine: Library) -> None:
    assert mine.writer is not None
    opened = sealed(pack(item("a"), sender=BEN))
    receiving.keep_offer(mine.writer, mine.reader, opened)
    assert trust.of(mine.reader, BEN, True).trust == "unknown"

    take(mine, opened)

    assert trust.of(mine.reader, BEN, True).trust == "known"
    assert mine.reader.rows("SELECT verb, act FROM event") == [("share", "took in a pack")]


def note(title: str) -> Item:
    return item(kind=ItemKind.NOTE, title=title, url="", media="", markdown="What I *think*.", tags=("own",))


def state_of(mine: Library, source_id: int) -> str:
    return str(mine.reader.rows("SELECT state FROM source WHERE id = ?", (source_id,))[0][0])
