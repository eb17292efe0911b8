"""What somebody could try who means harm: names that look alike, words put into my mouth, endless files."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.library import lists
from desktop.library.marks import annotations, highlights
from desktop.library.opening import Library
from desktop.share import joining, mailing, replies, trust
from desktop.share.export.csv_table import safe
from desktop.share.export.markdown_page import body, plain, quoted
from desktop.share.file_names import file_name
from desktop.share.hosts import words_without_internal
from desktop.share.letters import Letter
from desktop.share.opening import open_pack
from desktop.share.trust import KnownKey, decide
from desktop.share.values import Sender, SharedAnnotation, Trust
from desktop.text import anchoring
from desktop.text.alike import Ground
from desktop.text.markdown_html import to_html
from desktop.text.selectors import Quote
from tests.support.colleagues import ANNA, SAID, TEXT, item, library, marked, pack, saved, sealed, take
from tests.support.saving import link, page

ALIKE = ("\u0410nna Berg", "Anna B\u0435rg", "An\u200dna Berg", "Anna\u3164Berg", "\u0391nn\u03b1 Berg")


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Library]:
    with library(tmp_path / "mine") as opened:
        yield opened


def by(one: SharedAnnotation, creator: str) -> SharedAnnotation:
    return replace(one, web=replace(one.web, creator=creator))


@pytest.mark.parametrize("name", ALIKE)
def test_a_name_that_only_looks_like_one_i_know_stops_the_pack(name: str) -> None:
    keys = [KnownKey(1, ANNA.name, ANNA.key)]

    assert decide(Sender(name, "c3" * 32), True, keys).trust is Trust.CHANGED
    assert decide(Sender("Ann Berg", "c3" * 32), True, keys).trust is Trust.UNKNOWN


def test_two_people_whose_names_look_alike_stay_two_once_both_are_accepted(mine: Library) -> None:
    assert mine.writer is not None
    other = Sender("Anna B\u0435rg", "c3" * 32)

    trust.accept(mine.writer, ANNA)
    trust.accept(mine.writer, other)

    assert [trust.of(mine.reader, one, True).trust for one in (ANNA, other)] == [Trust.KNOWN, Trust.KNOWN]
    assert len({one.person_id for one in trust.keys(mine.reader)}) == 2


def test_no_pack_puts_words_into_my_mouth(mine: Library) -> None:
    marks = [by(marked(), ""), replace(by(marked("third one"), "\u200b"), reply_to=item().uuid)]
    opened = sealed(pack(item(marks=marks), sender=Sender("")), is_signed=False)

    (source_id,) = take(mine, opened).ids

    assert [mark.creator for mark in highlights.of_source(mine.reader, source_id)] == ["somebody"]
    assert [one.creator for one in replies.of_source(mine.reader, source_id)] == ["somebody"]


def test_an_answer_joins_no_highlight_of_another_page(mine: Library) -> None:
    (other,) = saved(mine, page("mine", TEXT))
    detail = lists.detail(mine.reader, other)
    assert mine.writer is not None
    assert detail is not None
    start = TEXT.index(SAID)
    annotations.highlight(mine.writer, detail.capture_id, start, start + len(SAID))
    ((uuid,),) = mine.reader.rows("SELECT uuid FROM annotation")

    answer = replace(marked("third one"), reply_to=uuid)
    take(mine, sealed(pack(item(marks=[answer]))))

    assert mine.reader.rows("SELECT annotation_id FROM reply") == [(None,)]


def test_text_for_another_address_never_becomes_mine_by_a_uuid(mine: Library) -> None:
    (source_id,) = saved(mine, link("bank"))
    ((uuid,),) = mine.reader.rows("SELECT uuid FROM capture")

    take(mine, sealed(pack(item(html="<p>Send your money here.</p>", uuid=uuid))))

    detail = lists.detail(mine.reader, source_id)
    assert detail is not None
    assert detail.is_link_only


def test_highlights_that_stand_nowhere_are_not_looked_for_without_end(
    mine: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining.Patience, "__init__", lambda self: setattr(self, "_left", 0.0))
    saved(mine, page("a", TEXT))

    (source_id,) = take(mine, sealed(pack(item(text="Other.", marks=[marked()])))).ids

    assert len(highlights.lost_of(mine.reader, source_id)) == 1


def test_a_passage_that_would_take_minutes_is_lost_at_once() -> None:
    words = " ".join(f"w{number * 7919 % 99_991}" for number in range(20_000))
    other = " ".join(f"v{number * 7919 % 99_991}" for number in range(4_000))

    assert anchoring.find(Ground(words), Quote(other)).how == "lost"
    assert anchoring.find(Ground("a" * 20_000), Quote("a" * 90 + "b", "a" * 32, "a" * 32)).how == "lost"


@pytest.mark.parametrize(
    "text",
    [
        "# a" + " " * 90_000 + "b",
        "a" + " " * 90_000 + "b",
        "[a](" + " " * 90_000 + "b",
        "[a](b" + " " * 90_000 + "c",
        "".join("`" * (1 + number % 80) + "a" for number in range(2_000)),
    ],
    ids=["heading", "blanks", "link", "title", "ticks"],
)
def test_comments_that_were_written_to_be_slow_are_not(text: str) -> None:
    assert to_html(text)  # each of them took minutes, and the lock of the interpreter with them


def test_a_pipe_or_a_device_is_no_pack(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("made for Linux")
    os.mkfifo(tmp_path / "pack.html")

    for place in (tmp_path / "pack.html", Path("/dev/zero"), tmp_path):
        with pytest.raises(BadInput):
            open_pack(place)


def test_a_private_highlight_is_not_quoted_in_an_answer(mine: Library) -> None:
    writer = mine.writer
    assert writer is not None
    done = take(mine, sealed(pack(item(html=f"<p>{TEXT}</p>"))))
    detail = lists.detail(mine.reader, done.ids[0])
    assert detail is not None
    start = TEXT.index(SAID)
    made = annotations.highlight(writer, detail.capture_id, start, start + len(SAID), is_private=True).made
    replies.comment(writer, "To myself.", annotation_id=made)

    (sent,) = replies.make_pack(mine.reader, done.made, Sender("Me")).items

    assert sent.annotations[0].web.selectors.quote == Quote("")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("See [the wiki](http://wiki/x) and http://10.0.0.1/y.", "See the wiki and …"),
        ('[a](<https://docs.corp/a> "b") file:///home/me/x', "a …"),
        (
            "[a](https://firm.example/a) https://firm.example",
            "[a](https://firm.example/a) https://firm.example",
        ),
        ("http://a.secret.example/", "…"),
    ],
)
def test_addresses_inside_an_organisation_leave_comments_and_notes(words: str, expected: str) -> None:
    assert words_without_internal(words, ("secret.example",)) == expected


def test_no_exported_file_runs_in_a_spreadsheet_or_in_obsidian() -> None:
    assert safe('a;=HYPERLINK("x")') == 'a;\'=HYPERLINK("x")'
    assert safe("a\n=cmd|x") == "a\n'=cmd|x"
    assert safe("a; -3\n- b") == "a; -3\n- b"
    page = "a \\<% b %> `$= c`\n\n```dataviewjs\nx <% y\n```"
    assert body(page)[0].decode() == "a &lt;% b %> `$ = c`\n\n```\nx < % y\n```\n"
    assert "<%" not in plain("<% a %>") + quoted("<% a %>") + quoted("é <% a %>")


def test_the_outbox_keeps_bare_addresses(mine: Library) -> None:
    assert mine.writer is not None
    for to in ("ana@firm.example\n", "Ana <ana@firm.example>"):
        mailing.post(mine.writer, Letter((to,), "A", "B", sender="me@firm.example"))

    assert {one.to for one in mailing.outbox(mine.reader)} == {("ana@firm.example",)}


def test_a_device_with_a_blank_behind_it_is_a_device_too() -> None:
    assert file_name("con .txt", ".html") == "_con .txt.html"
