"""Two libraries on one machine: a pack goes from one window to the other, and its answer comes back.

Both windows are driven by key events, drops and clicks (`at_two_desks`), each in a process of its own. What
both libraries hold afterwards is compared here.
"""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.library import captures, lists
from desktop.library.marks import annotations, highlights
from desktop.library.opening import Library, open_library
from desktop.share import opening, provenance, receiving, replies
from tests.end_to_end.at_two_desks import ANA, ANSWERS, JONAS, LEFT_OUT, NOTE, PAGES, TITLE, sentence
from tests.end_to_end.machine import ROOT, Machine
from tests.support.saving import everything, page

FIRST = "A limit keeps a queue short."
SECOND = "What waits longest is told first; nobody else hears of it."
COMMENT = "Ours did the same."
HIS_OWN = 4
"""The page that Jonas has already."""
BOOKKEEPING = ("journal_entry", "journal_change", "outbox", "sqlite_sequence")
TOGETHER_S = 220


def text_of(number: int) -> str:
    return f"Page {number} begins. {FIRST} {SECOND} Page {number} ends."


def new_page(number: int) -> captures.NewCapture:
    about = {"author": f"Ünal {number}", "published": f"2025-03-0{number + 1}", "lang": "en"}
    return page(f"p{number}", text_of(number), title=f"Queues, part {number}", **about)


@pytest.fixture
def ana() -> Iterator[Machine]:
    machine = Machine()
    yield machine
    machine.close()


@pytest.fixture
def jonas() -> Iterator[Machine]:
    machine = Machine()
    yield machine
    machine.close()


@contextlib.contextmanager
def library_of(machine: Machine) -> Iterator[Library]:
    with contextlib.closing(open_library(machine.paths, write=True)) as library:
        yield library


def read_and_mark(library: Library) -> None:
    """Five pages; two passages are marked on each, one with a comment and a tag."""
    assert library.writer is not None
    for number in range(PAGES):
        text = text_of(number)
        added = captures.add(library.writer, new_page(number))
        for quote, said in ((FIRST, COMMENT), (SECOND, "")):
            at = text.index(quote)
            end, tags = at + len(quote), ("risk",) if said else ()
            annotations.highlight(library.writer, added.capture_id, at, end, comment=said, tags=tags)


def at_the_desk(machine: Machine, act: str, *files: Path) -> None:
    command = [sys.executable, "-m", "tests.end_to_end.at_two_desks", act, machine.paths.home, *files]
    done = subprocess.run(
        command, cwd=ROOT, env=machine.env, capture_output=True, text=True, timeout=TOGETHER_S, check=False
    )
    assert done.returncode == 0, f"{act}: {done.returncode}\n{done.stdout}\n{done.stderr}"


def source_of(library: Library, title: str) -> int:
    rows = library.reader.rows("SELECT id FROM source WHERE title = ?", (title,))
    return int(rows[0][0]) if rows else 0


def page_fields(library: Library, title: str) -> dict[str, object]:
    detail = lists.detail(library.reader, source_of(library, title))
    assert detail is not None
    return {name: getattr(detail, name) for name in ("title", "url", "author", "published", "lang", "site")}


def mark_fields(library: Library, title: str) -> list[tuple[object, ...]]:
    """All of a highlight but who says so, which is not the same at the two desks."""
    found = highlights.of_source(library.reader, source_of(library, title))
    return sorted(
        (
            one.uuid,
            one.quote,
            one.prefix,
            one.suffix,
            one.colour,
            one.comment,
            one.link,
            one.tags,
            one.made_at,
        )
        for one in found
    )


def authors(library: Library, title: str) -> set[str]:
    return {one.creator for one in highlights.of_source(library.reader, source_of(library, title))}


def answers(library: Library) -> list[tuple[str, str, str, str]]:
    """By UUID: what was said, to what, by whom, on which page."""
    titles = dict(library.reader.rows("SELECT id, title FROM source"))
    found = [one for source_id in titles for one in replies.of_source(library.reader, source_id)]
    return sorted((one.uuid, one.body, one.creator, titles[one.source_id]) for one in found)


def add_again(library: Library, file: Path) -> None:
    """A second import of the same file changes no row of any table."""
    assert library.writer is not None
    before = everything(library.reader, but=BOOKKEEPING)
    opened = opening.open_pack(file)
    kept = {one[0] for one in library.reader.rows("SELECT uuid FROM pack_item WHERE is_kept")}
    wanted = [one.uuid for one in opened.pack.items if one.uuid in kept]
    assert not receiving.take(library.writer, library.reader, library.paths, opened, wanted)
    assert everything(library.reader, but=BOOKKEEPING) == before


def test_a_pack_goes_to_a_colleague_and_the_answer_comes_back(
    ana: Machine, jonas: Machine, tmp_path: Path
) -> None:
    pack, reply = tmp_path / "pack.kithbook.html", tmp_path / "reply.kithbook.html"
    with library_of(ana) as hers:
        read_and_mark(hers)
    with library_of(jonas) as his:
        assert his.writer is not None
        captures.add(his.writer, new_page(HIS_OWN))

    at_the_desk(ana, "sends", pack)
    at_the_desk(jonas, "answers", pack, reply)
    at_the_desk(ana, "joins", reply)

    sent = opening.open_pack(pack)
    back = opening.open_pack(reply)
    titles = [one.title for one in sent.pack.items]
    kept = [title for number, title in enumerate(titles) if number != LEFT_OUT]
    assert (sent.is_signed, sent.pack.title, sent.pack.message, len(titles)) == (True, TITLE, NOTE, PAGES)
    assert [one.sentence for one in sent.pack.items] == [sentence(title) for title in titles]
    assert (back.is_signed, back.pack.sender.name, back.pack.reply_to) == (True, JONAS, sent.pack.uuid)
    with library_of(ana) as hers, library_of(jonas) as his:
        assert not source_of(his, titles[LEFT_OUT])
        for title in kept:
            assert page_fields(his, title) == page_fields(hers, title)
            assert mark_fields(his, title) == mark_fields(hers, title) != []
            assert (authors(hers, title), authors(his, title)) == ({""}, {ANA})
            (came,) = provenance.of_source(his.reader, source_of(his, title))
            assert (came.sender, came.sentence) == (ANA, sentence(title))
        said = answers(his)
        by_title = {title: (body, by) for _, body, by, title in said}
        assert by_title == {title: (body, "") for body, title in zip(ANSWERS, titles, strict=False)}
        assert answers(hers) == [(uuid, body, JONAS, title) for uuid, body, _, title in said]
        add_again(his, pack)
        add_again(hers, reply)
