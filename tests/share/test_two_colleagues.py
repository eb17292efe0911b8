"""Two people with a library each: one sends, the other comments and answers, the answer finds its place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.library import captures, lists, notes, undo
from desktop.library.marks import annotations, highlights
from desktop.library.opening import Library
from desktop.share import opening, pack_file, provenance, receiving, replies, sent, signing
from desktop.share.choice import Choice, Chosen
from desktop.share.gather import gather
from desktop.share.opening import Opened
from desktop.share.signing import Signer
from desktop.share.values import Pack, Sender
from tests.support.colleagues import SAID, TEXT, library, saved
from tests.support.saving import page


@dataclass
class Colleague:
    """A person: a library, a key, a desk to put files on."""

    library: Library
    signer: Signer
    desk: Path

    @property
    def sender(self) -> Sender:
        return Sender(self.signer.name, self.signer.key, self.signer.age)

    def send(self, pack: Pack, way: str = "file") -> Path:
        assert self.library.writer is not None
        written = pack_file.write(pack, self.desk / f"{pack.uuid}.html", self.signer)
        sent.record(
            self.library.writer, pack, block=written.block, sha256=written.sha256, size=written.size, way=way
        )
        return written.path

    def take(self, path: Path, *uuids: str) -> Opened:
        assert self.library.writer is not None
        opened = opening.open_pack(path)
        wanted = uuids or tuple(one.uuid for one in opened.pack.items)
        receiving.take(self.library.writer, self.library.reader, self.library.paths, opened, wanted)
        return opened

    def source(self, title: str = "") -> int:
        return int(
            self.library.reader.rows("SELECT id FROM source WHERE title LIKE ? ORDER BY id", (f"%{title}%",))[
                0
            ][0]
        )

    def pack_id(self) -> int:
        return int(self.library.reader.rows("SELECT max(id) FROM pack WHERE direction = 'received'")[0][0])


def colleague(folder: Path, name: str, seed: int) -> Colleague:
    desk = folder / "desk"
    desk.mkdir(parents=True)
    secret = bytes([seed]) * 32
    return Colleague(library(folder / "home"), Signer(name, signing.key_of(secret), "", secret), desk)


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Colleague]:
    one = colleague(tmp_path / "anna", "Anna Berg", 1)
    with one.library:
        yield one


@pytest.fixture
def ben(tmp_path: Path) -> Iterator[Colleague]:
    one = colleague(tmp_path / "ben", "Ben Okafor", 2)
    with one.library:
        yield one


def chosen(anna: Colleague, **others: object) -> Pack:
    """A page with a highlight that Anna made, and a note of hers, gathered."""
    writer = anna.library.writer
    assert writer is not None
    (source_id,) = saved(anna.library, page("queues", TEXT, tags=("work/queues",), author="C. Writer"))
    detail = lists.detail(anna.library.reader, source_id)
    assert detail is not None
    start = TEXT.index(SAID)
    annotations.highlight(
        writer, detail.capture_id, start, start + len(SAID), comment="Ours does the same.", tags=("risk",)
    )
    note_id = notes.make(writer, "What I make of it", "Queues *need* a limit.", ("own",)).made
    choice = Choice(
        (Chosen(source_id, sentence="Read the second part.", **others), Chosen(note_id=note_id)), "Queues"
    )  # type: ignore[arg-type]
    return gather(anna.library.reader, anna.library.paths, choice, anna.sender)


def mark_of(one: Colleague) -> tuple[int, str]:
    row = one.library.reader.rows("SELECT id, uuid FROM annotation ORDER BY id")[0]
    return row[0], row[1]


@pytest.mark.parametrize("full_text", [False, True])
def test_what_was_chosen_arrives_in_all_its_fields(anna: Colleague, ben: Colleague, full_text: bool) -> None:
    ben.take(anna.send(chosen(anna, full_text=full_text, why_full="Her own page")))

    hers, his = (lists.detail(one.library.reader, one.source()) for one in (anna, ben))
    assert hers is not None
    assert his is not None
    for name in ("title", "author", "published", "site", "lang", "kind", "url", "tags"):
        assert getattr(his, name) == getattr(hers, name), name
    assert (his.text == hers.text, his.html == hers.html) == (full_text, full_text)
    (her_mark,) = highlights.of_source(anna.library.reader, hers.id)
    (his_mark,) = highlights.of_source(ben.library.reader, his.id)
    for name in (
        "uuid",
        "made_at",
        "colour",
        "comment",
        "link",
        "quote",
        "prefix",
        "suffix",
        "fragment",
        "tags",
    ):
        assert getattr(his_mark, name) == getattr(her_mark, name), name
    assert (her_mark.creator, his_mark.creator) == ("", "Anna Berg")
    if full_text:
        assert (his_mark.start, his_mark.stop, his_mark.range) == (
            her_mark.start,
            her_mark.stop,
            her_mark.range,
        )
    (came,) = provenance.of_source(ben.library.reader, his.id)
    assert (came.sentence, came.captured_by, came.captured_at) == (
        "Read the second part.",
        "Anna Berg",
        hers.saved_at,
    )
    (note,) = notes.all_of(ben.library.reader)
    assert (note.title, note.tags) == ("What I make of it", ("own",))


def test_comments_go_back_and_join_the_very_page_and_highlight(anna: Colleague, ben: Colleague) -> None:
    writer, reader = ben.library.writer, ben.library.reader
    assert writer is not None
    ben.take(anna.send(chosen(anna)))
    source_id = ben.source()
    replies.comment(writer, "We had this last **March**.", annotation_id=mark_of(ben)[0])
    replies.comment(writer, "Thank you.", source_id=source_id)
    note_id = notes.all_of(reader)[0].id
    replies.comment(writer, "Which limit?", note_id=note_id)

    answer = replies.make_pack(reader, ben.pack_id(), ben.sender, message="Three things")
    path = ben.send(answer, way="reply")
    assert not replies.waiting(reader, ben.pack_id())
    opened = anna.take(path)

    offer = receiving.look(anna.library.reader, opened)
    assert offer.answers == "Queues"
    said = replies.of_source(anna.library.reader, anna.source())
    assert [(one.body, one.creator, one.annotation_id, one.reply_to) for one in said] == [
        ("We had this last **March**.", "Ben Okafor", mark_of(anna)[0], mark_of(anna)[1]),
        ("Thank you.", "Ben Okafor", 0, answer.items[0].uuid),
    ]
    (to_note,) = replies.of_note(anna.library.reader, notes.all_of(anna.library.reader)[0].id)
    assert to_note.body == "Which limit?"
    (exchange,) = sent.all_of(anna.library.reader, "sent")
    assert (exchange.answers, exchange.comments, exchange.items) == (1, 3, 2)
    assert [
        one.direction
        for one in sent.between(ben.library.reader, sent.all_of(ben.library.reader)[0].person_id or 1)
    ]
    assert not receiving.look(anna.library.reader, opened).wanted  # once is enough


def test_an_answer_finds_its_place_after_the_sender_saved_another_version(
    anna: Colleague, ben: Colleague
) -> None:
    assert anna.library.writer is not None
    assert ben.library.writer is not None
    ben.take(anna.send(chosen(anna)))
    captures.add(anna.library.writer, page("queues", "Something else stands here now. " + TEXT))
    annotations.comment(anna.library.writer, mark_of(anna)[0], "Changed since")
    replies.comment(ben.library.writer, "Yes.", annotation_id=mark_of(ben)[0])

    anna.take(ben.send(replies.make_pack(ben.library.reader, ben.pack_id(), ben.sender)))

    (said,) = replies.of_source(anna.library.reader, anna.source())
    assert said.annotation_id == mark_of(anna)[0]
    assert highlights.of_source(anna.library.reader, anna.source())[0].comment == "Changed since"
    undo.undo(anna.library.writer)
    assert not replies.of_source(anna.library.reader, anna.source())
    undo.redo(anna.library.writer)
    assert len(replies.of_source(anna.library.reader, anna.source())) == 1


def test_an_answer_to_what_the_sender_deleted_since_is_kept_with_the_page(
    anna: Colleague, ben: Colleague
) -> None:
    assert anna.library.writer is not None
    assert ben.library.writer is not None
    ben.take(anna.send(chosen(anna)))
    replies.comment(ben.library.writer, "Yes.", annotation_id=mark_of(ben)[0])
    path = ben.send(replies.make_pack(ben.library.reader, ben.pack_id(), ben.sender))
    annotations.remove(anna.library.writer, [mark_of(anna)[0]])

    anna.take(path)

    (said,) = replies.of_source(anna.library.reader, anna.source())
    assert (said.body, said.annotation_id) == ("Yes.", 0)


def test_own_highlights_on_what_came_can_go_back_and_private_ones_cannot(
    anna: Colleague, ben: Colleague
) -> None:
    writer, reader = ben.library.writer, ben.library.reader
    assert writer is not None
    ben.take(anna.send(chosen(anna, full_text=True, why_full="Her own page")))
    detail = lists.detail(reader, ben.source())
    assert detail is not None
    open_id = annotations.highlight(writer, detail.capture_id, 0, 9, comment="Mine").made
    hidden = annotations.highlight(writer, detail.capture_id, 4, 20, comment="canary", is_private=True).made
    assert replies.own_marks(reader, ben.pack_id()) == [open_id]

    answer = replies.make_pack(reader, ben.pack_id(), ben.sender, annotation_ids=[open_id, hidden])
    path = ben.send(answer)
    anna.take(path)

    assert b"canary" not in path.read_bytes()
    marks = {one.comment: one.creator for one in highlights.of_source(anna.library.reader, anna.source())}
    assert marks == {"Ours does the same.": "", "Mine": "Ben Okafor"}
    assert not highlights.lost_of(anna.library.reader, anna.source())


def test_an_answer_can_be_answered_in_turn(anna: Colleague, ben: Colleague) -> None:
    assert anna.library.writer is not None
    assert ben.library.writer is not None
    ben.take(anna.send(chosen(anna)))
    replies.comment(ben.library.writer, "Why?", annotation_id=mark_of(ben)[0])
    anna.take(ben.send(replies.make_pack(ben.library.reader, ben.pack_id(), ben.sender)))
    (question,) = replies.of_source(anna.library.reader, anna.source())
    replies.comment(anna.library.writer, "Because.", reply_id=question.id)

    ben.take(anna.send(replies.make_pack(anna.library.reader, anna.pack_id(), anna.sender)))

    said = replies.of_source(ben.library.reader, ben.source())
    assert [(one.body, one.creator) for one in said] == [("Why?", ""), ("Because.", "Anna Berg")]
    assert said[1].reply_to == said[0].uuid


def test_what_is_passed_on_keeps_its_first_author(anna: Colleague, ben: Colleague, tmp_path: Path) -> None:
    ben.take(anna.send(chosen(anna)))
    choice = Choice((Chosen(ben.source(), annotation_ids=(mark_of(ben)[0],)),), "Passed on")
    passed = gather(ben.library.reader, ben.library.paths, choice, ben.sender)
    clara = colleague(tmp_path / "clara", "Clara Diaz", 3)
    with clara.library:
        clara.take(ben.send(passed))

        (mark,) = highlights.of_source(clara.library.reader, clara.source())
        assert (mark.creator, mark.comment) == ("Anna Berg", "Ours does the same.")
        (came,) = provenance.of_source(clara.library.reader, clara.source())
        assert (came.sender, came.captured_by) == ("Ben Okafor", "Anna Berg")
        clara.take(anna.send(replace(chosen_again(anna), uuid="1" * 8 + passed.uuid[8:])))
        assert len(highlights.of_source(clara.library.reader, clara.source())) == 1
        assert len(provenance.of_source(clara.library.reader, clara.source())) == 2


def chosen_again(anna: Colleague) -> Pack:
    choice = Choice((Chosen(anna.source()),), "Again")
    return gather(anna.library.reader, anna.library.paths, choice, anna.sender)


def test_a_comment_is_changed_removed_and_undone_and_only_ones_own(anna: Colleague, ben: Colleague) -> None:
    writer, reader = ben.library.writer, ben.library.reader
    assert writer is not None
    ben.take(anna.send(chosen(anna)))
    made = replies.comment(writer, " Yes. ", source_id=ben.source()).made

    replies.edit(writer, made, "No.")
    assert [one.body for one in replies.of_source(reader, ben.source())] == ["No."]
    assert not replies.edit(writer, made, "No. ")
    replies.remove(writer, [made])
    assert not replies.of_source(reader, ben.source())
    undo.undo(writer)
    undo.undo(writer)
    assert [one.body for one in replies.of_source(reader, ben.source())] == ["Yes."]

    with pytest.raises(BadInput, match="no words"):
        replies.comment(writer, "  ", source_id=ben.source())
    with pytest.raises(BadInput, match="not here any more"):
        replies.comment(writer, "x", annotation_id=999)
    (own,) = saved(ben.library, page("own"))
    with pytest.raises(BadInput, match="Nobody sent you this"):
        replies.comment(writer, "x", source_id=own)


def test_there_is_no_answer_without_a_comment(anna: Colleague, ben: Colleague) -> None:
    ben.take(anna.send(chosen(anna)))

    with pytest.raises(BadInput, match="nothing to send back"):
        replies.make_pack(ben.library.reader, ben.pack_id(), ben.sender)


def test_what_is_sent_twice_stands_once_with_its_newest_way(anna: Colleague) -> None:
    pack = chosen(anna)
    anna.send(pack)
    anna.send(pack, way="mail")

    (exchange,) = sent.all_of(anna.library.reader)
    assert (exchange.way, exchange.items, exchange.direction) == ("mail", 2, "sent")
    assert sent.one(anna.library.reader, exchange.id) == exchange
    assert [row[0] for row in anna.library.reader.rows("SELECT act FROM event WHERE verb = 'share'")] == [
        "sent a pack"
    ] * 2
