"""Strings that break programs, in every field that a person fills: stored, quoted and found byte by byte."""

import json
from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.library import basket, captures, links, note_markdown, notes, searches, tags, undo, vocabulary
from desktop.library.sense_values import Reason
from desktop.library.tag_paths import key_of
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import page
from tests.support.sensing import annotate

OWN = [
    "a\x00b", "\x01\x08\x0b\x1f\x7f", "\r\n", "\ufeff", "\u202eabc\u202d", "\u2028\u2029", "\ufffe\uffff",
    "e\u0301 \u00e9", "\U0001f468\u200d\U0001f467", "'; DROP TABLE x; --", "%s {0}", "\\", "\\]", "](x)", "#",
    "1)", "```", "~~~\n```", "[1,2]", '{"a":1}', "x" * 50_000, "\u0130\u0131\u00df\ufb01", "/", "a//b", "a/",
]  # fmt: skip


@pytest.fixture(scope="module")
def pieces(root: Path) -> list[str]:
    """Our own alone; the big list, when it is beside the project, in ten pieces."""
    listed = root.parent / "shared" / "corpora" / "strings" / "blns.json"
    more = [text for text in json.loads(listed.read_text("utf-8")) if text] if listed.is_file() else []
    return [*OWN, *("\n".join(more[at::10]) for at in range(10) if more[at::10])]


def test_sentences_queries_titles_and_bodies_keep_them(
    writer: Writer, reader: Reader, pieces: list[str]
) -> None:
    a, b = (captures.add(writer, page(name)).source_id for name in "ab")
    link = links.link(writer, a, b, Reason.SEE).made
    note = notes.make(writer, "", "").made
    for text in pieces:
        links.say(writer, link, text)
        notes.save(writer, note, title=text, body=text)
        read = notes.read(reader, note)

        assert links.of(reader, a)[0].sentence == text.strip()
        assert read is not None
        assert (read.title, read.body) == (text.strip(), text)
        if text.strip():
            made = searches.keep(writer, text, text).made
            (search,) = [one for one in searches.all_of(reader) if one.id == made]
            assert (search.name, search.query) == (text.strip(), text.strip())
    captures.tag(writer, [a], add=["t"])
    before = searches.all_of(reader)
    tags.rename(writer, "t", "u")
    assert searches.all_of(reader) == before
    notes.delete(writer, [note])
    undo.undo(writer)
    assert notes.read(reader, note) == read


def test_quotes_of_them_stay_tied(writer: Writer, reader: Reader, pieces: list[str]) -> None:
    source = captures.add(writer, page()).source_id
    texts = [text for text in pieces if text.strip()]
    marked = [annotate(writer, source, text, comment=text)[0] for text in texts]
    captures.retitle(writer, source, "T [x](y) `z` \\")
    note = notes.read(reader, notes.quote(writer, marked).made)

    assert note is not None
    tied = {one.annotation_id: one.quote for one in note.quotations if one.annotation_id}
    # a comment is the person's own Markdown: one that opens a code block swallows what follows it
    opened = next(at for at, text in enumerate(texts) if text.startswith("```"))
    assert {one: tied.get(one) for one in marked[: opened + 1]} == dict(
        zip(marked[: opened + 1], texts, strict=False)
    )
    basket.put(writer, annotation_ids=marked)
    assert [one.quote for one in basket.items(reader)] == texts
    for text in texts:
        (spot,) = note_markdown.spots(note_markdown.quotation(text, text, "u"))
        assert spot.uuid == "u"


def test_tags_aliases_and_paths_keep_them(writer: Writer, reader: Reader, pieces: list[str]) -> None:
    source = captures.add(writer, page()).source_id
    given = {key_of(text): text.strip() for text in reversed(pieces) if text.strip()}
    captures.tag(writer, [source], add=list(given.values()))

    shown = {row.name for row in vocabulary.tree(reader) if row.id}
    assert shown == set(given.values())
    for text in given.values():
        assert vocabulary.resolve(reader, text) is not None
        assert text in {one.name for one in vocabulary.complete(reader, text, limit=99)}
        vocabulary.family(reader, text)
    captures.tag(writer, [source], add=["target"])
    for at, text in enumerate(given.values()):
        try:
            tags.rename(writer, text, f"moved {at}/{text}")
            tags.add_alias(writer, "target", text)
        except BadInput:
            assert not text.strip("/ ") or "/" in text
    assert undo.undo(writer)
