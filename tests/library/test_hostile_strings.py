"""Strings that break programs go through every text field and come back byte by byte, also by undo."""

import json
from pathlib import Path

import pytest

from desktop.library import captures, lists, undo
from desktop.library.tags import key_of
from desktop.library.values import Media
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import page

OWN = [
    "a\x00b", "\x00", "\x01\x08\x0b\x1f\x7f", "\r\n", "\r", " ", "\ufeff", "\u202eabc\u202d", "\u2028\u2029",
    "\ufffe\uffff", "e\u0301 \u00e9", "\U0001f468\u200d\U0001f467", "'; DROP TABLE x; --",
    "%s %d {0} {x}", "\\", "NULL", "None", "0x1F", "1e309", "-0", "[1,2]", '{"a":1}', "null", "true",
    "x" * 100_000, "\u0130\u0131\u00df\ufb01",
]  # fmt: skip


@pytest.fixture(scope="module")
def naughty(root: Path) -> list[str]:
    """Our own, and the big list of naughty strings when it is beside the project."""
    listed = root.parent / "shared" / "corpora" / "strings" / "blns.json"
    more = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else []
    return [text for text in OWN + more if text]


@pytest.fixture(scope="module")
def strings(naughty: list[str]) -> list[str]:
    """The same in fewer pieces, where each costs a transaction: our own alone, the others eight at a time."""
    own, more = naughty[: len(OWN)], naughty[len(OWN) :]
    return own + ["\n".join(more[at : at + 8]) for at in range(0, len(more), 8)]


def test_every_text_field_of_a_capture_keeps_them(writer: Writer, reader: Reader, strings: list[str]) -> None:
    fields = (
        "title",
        "author",
        "published",
        "site",
        "lang",
        "browser",
        "html",
        "text",
        "why",
        "found_through",
    )
    for at, text in enumerate(strings):
        new = page(
            f"p{at}", **dict.fromkeys(fields, text), excerpt=text, quote=text, prefix=text, suffix=text,
            note=text, left_out=(text, text), notices=(text,), media=Media(0.1, 1 / 3, text),
        )  # fmt: skip
        added = captures.add(writer, new)
        detail = lists.detail(reader, added.source_id, with_markdown=False)

        assert detail is not None
        assert {name: getattr(detail, name) for name in fields} == dict.fromkeys(fields, text)
        assert (detail.left_out, detail.notices, detail.selection) == ((text, text), (text,), text)
        assert detail.media == Media(0.1, 1 / 3, text)
        (row,) = lists.page(reader, [added.source_id])
        assert (row.title, row.site, row.author, row.excerpt, row.why) == (text,) * 5


def test_tags_and_goals_keep_them(writer: Writer, reader: Reader, naughty: list[str]) -> None:
    added = captures.add(writer, page())
    by_key = {key_of(text): text.strip() for text in reversed(naughty) if text.strip()}
    names = set(by_key.values())
    captures.tag(writer, [added.source_id], add=list(names))
    captures.set_goals(writer, [added.source_id], add=list(names))
    (row,) = lists.page(reader, [added.source_id])

    assert set(row.tags) == set(row.goals) == names
    assert {tag.name for tag in lists.tags(reader)} == names
    undo.undo(writer)
    undo.undo(writer)
    (row,) = lists.page(reader, [added.source_id])
    assert row.tags == row.goals == ()
    undo.redo(writer)
    undo.redo(writer)
    (row,) = lists.page(reader, [added.source_id])
    assert set(row.tags) == set(row.goals) == names


def test_undo_brings_them_back(writer: Writer, reader: Reader, strings: list[str]) -> None:
    added = captures.add(writer, page())
    for text in strings:
        captures.set_why(writer, added.source_id, text)
    (row,) = lists.page(reader, [added.source_id])
    assert row.why == strings[-1]

    seen = []
    while undo.undo(writer):
        (row,) = lists.page(reader, [added.source_id])
        seen.append(row.why)
    expected = [
        text for text, after in zip([*strings, None], [*strings[1:], ""], strict=False) if text != after
    ]
    assert seen == [*reversed(expected[: len(seen) - 1]), ""]


def test_titles_are_found_by_them(writer: Writer, reader: Reader, strings: list[str]) -> None:
    for text in strings:
        lists.find_titles(reader, text)
        key_of(text)
