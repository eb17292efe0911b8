"""A note joins quotations, and they stay linked to their source whatever is edited."""

import pytest

from desktop.errors import BadInput
from desktop.library import captures, deletion, note_markdown, notes, undo, vocabulary
from desktop.library.acts import act, as_json
from desktop.library.note_markdown import Spot, citation, plain, quotation, spots
from desktop.library.values import State
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text.markdown import text_from_html
from tests.support.saving import everything, page
from tests.support.sensing import annotate

NOT_UNDONE = ("outbox", "journal_entry", "journal_change", "sqlite_sequence")


@pytest.fixture
def pages(writer: Writer) -> list[int]:
    return [captures.add(writer, page(name)).source_id for name in "ab"]


def rows(reader: Reader, table: str) -> list[tuple[int, ...]]:
    return reader.rows(f"SELECT * FROM {table} ORDER BY 1, 2")


def test_highlights_of_several_pages_are_joined_in_a_new_note(
    writer: Writer, reader: Reader, pages: list[int]
) -> None:
    one, one_uuid = annotate(writer, pages[0], "The first *quote*", comment="My thought.")
    two, two_uuid = annotate(writer, pages[1], "Two\n\nparagraphs")
    changes = notes.quote(writer, [two, one], title="Joined")
    note = notes.read(reader, changes.made)

    assert changes.label == "2 quotations put into: Joined"
    assert changes.ids == tuple(pages)
    assert note is not None
    assert note.body == (
        "> Two\n>\n> paragraphs\n>\n"
        f"> — [Title of b](kithbook:annotation/{two_uuid})\n\n"
        "> The first \\*quote\\*\n>\n"
        f"> — [Title of a](kithbook:annotation/{one_uuid})\n\nMy thought.\n"
    )
    assert [(each.annotation_id, each.source_id, each.quote) for each in note.quotations] == [
        (two, pages[1], "Two\n\nparagraphs"),
        (one, pages[0], "The first *quote*"),
    ]
    assert note.body[note.quotations[1].start :].startswith("> The first")
    assert rows(reader, "note_quote") == [(note.id, one, 2), (note.id, two, 1)]
    assert rows(reader, "note_source") == [(note.id, pages[0]), (note.id, pages[1])]


def test_a_quotation_stays_linked_when_words_title_and_order_are_edited(
    writer: Writer, reader: Reader, pages: list[int]
) -> None:
    one, one_uuid = annotate(writer, pages[0], "quoted")
    note_id = notes.quote(writer, [one]).made
    captures.retitle(writer, pages[0], "A title of my own")
    notes.save(
        writer,
        note_id,
        body=f"Intro\n\n> übersetzt, and\n> shortened — [x](kithbook:annotation/{one_uuid})\n\nEnd",
    )
    note = notes.read(reader, note_id)

    assert note is not None
    (quotation,) = note.quotations
    assert (quotation.annotation_id, quotation.title, quotation.quote) == (one, "A title of my own", "quoted")
    assert note.body[quotation.start : quotation.stop].startswith("> übersetzt")
    assert rows(reader, "note_quote") == [(note_id, one, 1)]
    assert [row.id for row in notes.of_source(reader, pages[0])] == [note_id]


def test_without_its_address_it_is_an_ordinary_block_quote(
    writer: Writer, reader: Reader, pages: list[int]
) -> None:
    one, _ = annotate(writer, pages[0], "quoted")
    note_id = notes.quote(writer, [one]).made
    notes.save(writer, note_id, body="> quoted")

    assert rows(reader, "note_quote") == rows(reader, "note_source") == []
    undo.undo(writer)
    assert rows(reader, "note_quote") == [(note_id, one, 1)]
    assert notes.of_source(reader, pages[1]) == []


def test_a_page_is_cited_by_a_link(writer: Writer, reader: Reader, pages: list[int]) -> None:
    captures.add(writer, page("a", "Another text."))
    cited = notes.citation(reader, pages[0])
    changes = notes.make(writer, " Cites ", f"See {cited}, twice {cited}.", tags=["one", "ONE", "two"])
    note = notes.read(reader, changes.made)

    assert note is not None
    assert (note.title, note.tags, changes.nouns) == ("Cites", ("one", "two"), {Noun.NOTE, Noun.TAG})
    assert [(each.source_id, each.annotation_id) for each in note.quotations] == [(pages[0], 0)] * 2
    assert rows(reader, "note_source") == [(note.id, pages[0])]
    assert notes.citation(reader, 999) == ""


def test_a_deleted_annotation_leaves_its_words(writer: Writer, reader: Reader, pages: list[int]) -> None:
    one, _ = annotate(writer, pages[0], "quoted words")
    note_id = notes.quote(writer, [one]).made

    def work(connection: object) -> Changes:
        deletion.remove_annotations(connection, as_json([one]))  # type: ignore[arg-type]
        return Changes(frozenset({Noun.ANNOTATION}), (), "", "Highlight removed")

    before = everything(reader, but=NOT_UNDONE)
    act(writer, work)
    note = notes.read(reader, note_id)

    assert note is not None
    assert "quoted words" in note.body
    assert (note.quotations[0].annotation_id, note.quotations[0].source_id) == (0, 0)
    undo.undo(writer)
    assert everything(reader, but=NOT_UNDONE) == before


def test_each_act_on_a_note_is_undone_and_redone(writer: Writer, reader: Reader, pages: list[int]) -> None:
    one, _ = annotate(writer, pages[0])
    note_id = notes.make(writer, "Title", "Body").made
    for command in (
        lambda: notes.save(writer, note_id, title="Other", body="Other body"),
        lambda: notes.quote(writer, [one, one], note_id),
        lambda: notes.set_tags(writer, note_id, ["a/b", "c"]),
        lambda: notes.set_private(writer, note_id, True),
        lambda: notes.make(writer, "", f"{notes.citation(reader, pages[1])} first words", ["x"]),
        lambda: notes.delete(writer, [note_id]),
    ):
        before = everything(reader, but=NOT_UNDONE)
        assert command().label
        after = everything(reader, but=NOT_UNDONE)
        undo.undo(writer)
        # when it changed is no part of what is undone
        assert stripped(everything(reader, but=NOT_UNDONE)) == stripped(before) != stripped(after)
        undo.redo(writer)
        assert stripped(everything(reader, but=NOT_UNDONE)) == stripped(after)


def stripped(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    return rows | {"note": [(*row[:5], *row[6:]) for row in rows["note"]]}


def test_nothing_changed_is_no_act(writer: Writer, reader: Reader) -> None:
    note_id = notes.make(writer, "Title", "Body", ["t"]).made

    assert (
        notes.save(writer, note_id) == notes.save(writer, note_id, title="Title ", body="Body") == Changes()
    )
    assert notes.set_tags(writer, note_id, ["T"]) == notes.set_private(writer, note_id, False) == Changes()
    assert notes.delete(writer, [note_id + 1]) == Changes()
    assert notes.read(reader, note_id + 1) is None
    with pytest.raises(BadInput, match="not here any more"):
        notes.save(writer, note_id + 1, title="x")
    with pytest.raises(BadInput, match="choose a highlight"):
        notes.quote(writer, [77])


def test_lists_show_the_newest_change_first_and_filter_by_tag(writer: Writer, reader: Reader) -> None:
    first = notes.make(
        writer, "", "# Heading\n\n> a *quoted* [word](https://site.example)\n\nmore " + "x " * 200
    ).made
    second = notes.make(writer, "Second", "", ["work/sql"]).made
    writer.run(lambda s: s.connection().exec_driver_sql("UPDATE note SET changed_at = id"))
    listed = notes.all_of(reader)

    assert [row.id for row in listed] == [second, first]
    assert (listed[1].title, len(listed[1].excerpt), listed[1].excerpt[-1]) == ("Heading", 201, "…")
    assert listed[1].excerpt.startswith("Heading a quoted word more x")
    assert [row.id for row in notes.all_of(reader, vocabulary.family(reader, "work"))] == [second]
    assert notes.all_of(reader, ()) == []


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("\n\n- *One* line\nanother", "One line"),
        ("", ""),
        ("> \n>\n", ""),
        ("word " * 40, "word word word word word word word word word word word…"),
        ("x" * 100, "x" * 59 + "…"),
    ],
)
def test_a_note_without_a_title_shows_its_first_line(
    writer: Writer, reader: Reader, body: str, title: str
) -> None:
    notes.make(writer, "", body)

    assert notes.all_of(reader)[0].title == title


def test_deleting_a_page_for_good_leaves_the_notes_own_words(
    writer: Writer, reader: Reader, pages: list[int]
) -> None:
    one, _ = annotate(writer, pages[0], "quoted words")
    note_id = notes.quote(writer, [one]).made
    captures.move(writer, [pages[0]], State.TRASH)
    captures.delete_for_good(writer, [pages[0]])
    note = notes.read(reader, note_id)

    assert note is not None
    assert "quoted words" in note.body
    assert rows(reader, "note_quote") == rows(reader, "note_source") == rows(reader, "annotation") == []


@pytest.mark.parametrize(
    "quote",
    ["plain", "# no heading", "- no list", "1. no list", "a > b < c & d", "[x](y)", "*a* _b_ `c` \\",
     "> deep", "a\n\n\nb", "   indented", "=====", "~~~", "<script>alert(1)</script>",
     "𝒷ig ‮right", "```\nno code"],
)  # fmt: skip
@pytest.mark.parametrize("title", ["Title", "A [b] (c) \\ `d`", "", "two\nlines", "](kithbook:annotation/x)"])
def test_any_quote_and_title_make_one_tie(quote: str, title: str) -> None:
    made = quotation(quote, title, "id-1")
    body = f"Before\n\n{made}\n\nAfter"

    assert spots(body) == [Spot("annotation", "id-1", 8, 8 + len(made))]
    assert all(line.startswith(">") for line in made.split("\n"))


def test_ties_are_found_where_markdown_has_links_and_nowhere_else() -> None:
    fenced = "```\n> [a](kithbook:annotation/in-code)\n```\n"
    body = (
        f'{fenced}See [A \\] b](<kithbook:capture/c-1> "T") and\n> q\n> — [t](kithbook:annotation/a-1)\n\n'
        f"> — [t](kithbook:annotation/a-2)\ntext [t](kithbook:annotation/a-3) "
        "[no](kithbook:tag/x) kithbook:capture/y\n"
        "~~~\n[b](kithbook:capture/open-fence)"
    )

    assert [(spot.kind, spot.uuid) for spot in spots(body)] == [
        ("capture", "c-1"), ("annotation", "a-1"), ("annotation", "a-2"), ("annotation", "a-3"),
    ]  # fmt: skip
    taken = [body[spot.start : spot.stop] for spot in spots(body)]
    assert taken[1] == "> q\n> — [t](kithbook:annotation/a-1)"
    assert taken[3] == "[t](kithbook:annotation/a-3)"


def test_words_of_a_note_without_its_signs() -> None:
    quoted = quotation("q [x]", "T", "u")
    text = f"# A title\n\n1. one **bold** `code`\n- two\n\n{quoted}\n\n{citation('Page', 'c')}"

    assert plain(text) == "A title one bold code two q [x] — T Page"
    assert plain("") == note_markdown.plain("\n> \n") == ""
    assert text_from_html("<p>kept apart from capture text</p>")


def test_a_very_long_note_is_read_in_one_go() -> None:
    body = "\n\n".join(quotation("words " * 20, f"Title {at}", f"id-{at}") for at in range(2_000))

    assert [spot.uuid for spot in spots(body)] == [f"id-{at}" for at in range(2_000)]
