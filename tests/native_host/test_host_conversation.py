"""The conversation: every operation, every refusal, and the examples that the extension is tested with."""

import base64
import errno
import hashlib
import json
import os
import uuid
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from native_host import conversation, durable, snapshot
from native_host.refusal import CODES

EXAMPLES = json.loads(Path(__file__).parents[1].joinpath("contract", "messages.json").read_text("utf-8"))
PAYLOAD = base64.b64decode(EXAMPLES["payload"])


def hidden(home: Path) -> list[Path]:
    return list((home / "spool").glob(".*"))


@pytest.mark.parametrize("example", EXAMPLES["invalid"], ids=lambda e: e["name"])
def test_a_wrong_message_is_refused_with_the_code_that_the_extension_expects(
    talk: Any, example: dict[str, Any]
) -> None:
    if example["message"] and isinstance(example["message"], dict) and example["message"].get("op") == "part":
        assert talk(next(e["message"] for e in EXAMPLES["valid"] if e["message"]["op"] == "begin"))["ok"]

    assert talk(example["message"])["code"] == example["code"]


@pytest.mark.parametrize("example", EXAMPLES["valid"], ids=lambda e: e["name"])
def test_a_right_message_is_taken(talk: Any, example: dict[str, Any]) -> None:
    message = example["message"]
    if message["op"] in ("part", "commit"):
        begin = next(e["message"] for e in EXAMPLES["valid"] if e["message"]["op"] == "begin")
        assert talk(begin)["ok"]
    if message["op"] == "commit":
        assert talk(next(e["message"] for e in EXAMPLES["valid"] if e["message"]["op"] == "part"))["ok"]
    reply = talk(message)

    if message["op"] in ("find", "show"):
        assert reply["code"] == "desktop-closed"
    else:
        assert reply["ok"]


def test_a_capture_is_kept_as_it_came(talk: Any, save: Any) -> None:
    payload = os.urandom(500_000)
    capture_id = str(uuid.uuid4())
    reply = save(payload, capture_id, title="é \ud800", mood="curious")
    (path,) = talk.spool.waiting()
    read = talk.spool.read(path)

    assert reply["sha256"] == hashlib.sha256(payload).hexdigest()
    assert path.stem == capture_id
    assert read.payload == payload
    assert read.header["op"] == "capture"
    assert read.header["browser"] == "chromium"
    assert read.header["message"]["title"] == "é \ud800"
    assert read.header["message"]["mood"] == "curious"
    assert not {"v", "op", "parts"} & read.header["message"].keys()
    assert abs(reply["spooled_at"] - read.header["received"]) < 60_000
    assert hidden(talk.home) == []


def test_a_capture_may_have_no_payload(save: Any, talk: Any) -> None:
    assert save(b"", kind="link", sections=[])["ok"]
    assert talk.spool.read(talk.spool.waiting()[0]).payload == b""


def test_a_repeat_ends_in_the_same_acknowledgement_and_the_same_file(talk: Any, save: Any) -> None:
    capture_id = str(uuid.uuid4())
    first = save(b"one", capture_id)

    assert save(b"one", capture_id) == first
    assert talk.op("commit", capture_id) == first
    assert len(talk.spool.waiting()) == 1


def test_the_first_keeping_of_an_id_stays(talk: Any, save: Any, browser: ModuleType) -> None:
    capture_id = str(uuid.uuid4())
    first = save(b"one", capture_id)
    begin = talk(browser.begin_message(b"two", capture_id))

    assert begin["held"] is True
    assert save(b"two", capture_id)["sha256"] == first["sha256"]
    assert talk.spool.read(talk.spool.waiting()[0]).payload == b"one"


def test_two_hosts_may_take_the_same_capture_at_once(
    talk: Any, home: Path, browser: ModuleType, save: Any
) -> None:
    capture_id = str(uuid.uuid4())
    other = type(talk)(home)
    for message in (browser.begin_message(b"one", capture_id), *browser.parts_of(capture_id, b"one")):
        assert other(message)["ok"]
    first = save(b"one", capture_id)

    assert other.op("commit", capture_id) == first
    assert len(talk.spool.waiting()) == 1
    assert hidden(home) == []


def test_a_repeat_of_what_was_just_collected_is_acknowledged(
    talk: Any, save: Any, browser: ModuleType
) -> None:
    capture_id = str(uuid.uuid4())
    save(b"one", capture_id)
    assert talk(browser.begin_message(b"one", capture_id))["held"]
    assert talk(browser.parts_of(capture_id, b"one")[0])["ok"]
    talk.spool.remove(talk.spool.waiting()[0])

    assert talk.op("commit", capture_id)["sha256"] == hashlib.sha256(b"one").hexdigest()


def test_parts_come_in_order_and_a_part_may_come_twice(talk: Any, browser: ModuleType) -> None:
    payload = os.urandom(400_000)
    begin = browser.begin_message(payload)
    parts = browser.parts_of(begin["id"], payload)
    talk(begin)

    assert talk(parts[1])["code"] == "bad-request"
    assert talk(parts[0])["ok"]
    assert talk(parts[0])["ok"]
    assert talk(parts[1])["ok"]
    assert talk(parts[2])["ok"]
    assert talk(parts[1])["ok"]
    assert talk.op("commit", begin["id"])["ok"]
    assert talk.spool.read(talk.spool.waiting()[0]).payload == payload


def test_begin_again_starts_again(talk: Any, browser: ModuleType, save: Any) -> None:
    payload = os.urandom(400_000)
    begin = browser.begin_message(payload)
    talk(begin)
    talk(browser.parts_of(begin["id"], payload)[0])

    assert save(payload, begin["id"])["ok"]
    assert talk.spool.read(talk.spool.waiting()[0]).payload == payload
    assert hidden(talk.home) == []


def test_what_does_not_add_up_is_not_kept(talk: Any, browser: ModuleType) -> None:
    for payload, other in ((b"one", b"two"), (b"one", b"on"), (b"one", b"ones")):
        begin = browser.begin_message(payload)
        talk(begin)
        talk(browser.parts_of(begin["id"], other)[0])

        assert talk.op("commit", begin["id"])["code"] == "bad-request"
    assert talk.spool.waiting() == []
    assert hidden(talk.home) == []


def test_commit_before_all_parts_keeps_nothing(talk: Any, browser: ModuleType) -> None:
    begin = browser.begin_message(b"one")
    talk(begin)

    assert talk.op("commit", begin["id"])["code"] == "bad-request"
    assert talk.op("part", begin["id"], n=0, data="b25l")["code"] == "bad-request"
    assert talk.spool.waiting() == []


def test_at_most_four_captures_are_under_way(talk: Any, browser: ModuleType) -> None:
    begun = [browser.begin_message(b"x") for _ in range(5)]

    assert [talk(begin)["ok"] for begin in begun] == [True, True, True, True, False]
    assert talk(browser.begin_message(b"x"))["code"] == "busy"
    assert talk.host.is_busy
    for message in (
        browser.parts_of(begun[0]["id"], b"x")[0],
        {"v": 1, "op": "commit", "id": begun[0]["id"]},
    ):
        assert talk(message)["ok"]
    assert talk(begun[4])["ok"]
    talk.host.close()
    assert not talk.host.is_busy
    assert hidden(talk.home) == []


def test_a_part_over_its_limit_is_too_big(talk: Any, browser: ModuleType) -> None:
    payload = os.urandom(400_000)
    begin = browser.begin_message(payload)
    talk(begin)
    data = base64.b64encode(payload[: 192 * 1024 + 3]).decode()

    assert talk.op("part", begin["id"], n=0, data=data)["code"] == "too-big"


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk-full"), (errno.EFBIG, "disk-full"), (errno.EIO, "io"), (errno.EROFS, "io")],
)
@pytest.mark.parametrize("place", ["write", "fsync", "open"])
def test_a_fault_of_the_disk_has_its_code_and_leaves_nothing(
    talk: Any,
    save: Any,
    browser: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    code: str,
    place: str,
) -> None:
    save(b"before")

    def fail(*_: object) -> None:
        raise OSError(number, "planted")

    begin = browser.begin_message(b"now")
    messages = [begin, *browser.parts_of(begin["id"], b"now"), {"v": 1, "op": "commit", "id": begin["id"]}]
    if place == "open":
        monkeypatch.setattr(durable.os, place, fail)
    replies = []
    for n, message in enumerate(messages):
        if n == 1 and place != "open":
            monkeypatch.setattr(durable.os, place, fail)
        replies.append(talk(message))
    monkeypatch.undo()

    assert code in [reply.get("code") for reply in replies]
    assert not replies[-1]["ok"]
    assert [talk.spool.read(path).payload for path in talk.spool.waiting()] == [b"before"]
    assert hidden(talk.home) == []


def test_a_nearly_full_disk_is_told_at_the_beginning(
    talk: Any, browser: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "free_bytes", lambda folder: 2_000_000)

    assert talk(browser.begin_message(b"x"))["ok"]
    assert talk(browser.begin_message(b"x" * 1_500_000))["code"] == "disk-full"


def test_a_repeated_acknowledgement_waits_for_the_disk_too(
    talk: Any, save: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture_id = str(uuid.uuid4())
    save(b"one", capture_id)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "planted")

    monkeypatch.setattr(durable.os, "fsync", fail)

    assert talk.op("commit", capture_id)["code"] == "io"


def test_an_update_is_kept_under_its_own_id(talk: Any) -> None:
    one, of = str(uuid.uuid4()), str(uuid.uuid4())
    first = talk.op("update", one, of=of, tags=["a"], why="So.")

    assert first["ok"]
    assert talk.op("update", one, of=of, why="Other.") == first
    read = talk.spool.read(talk.spool.waiting()[0])
    assert read.header["op"] == "update"
    assert read.header["message"] == {"id": one, "of": of, "tags": ["a"], "why": "So."}


def test_an_annotation_is_kept_for_a_desktop_that_knows_it(talk: Any) -> None:
    one, of = str(uuid.uuid4()), str(uuid.uuid4())

    assert talk.op("annotate", one, of=of, quote="so")["ok"]
    assert talk.op("annotate", one, quote="so")["code"] == "bad-request"
    assert talk.spool.read(talk.spool.waiting()[0]).header["op"] == "annotate"


def test_hello_says_what_is_there_and_notes_who_called(talk: Any, home: Path) -> None:
    reply = talk.op(
        "hello", browser="vivaldi", version="7", pinned=None, private_allowed=True, extension_version="0.1.0"
    )

    assert (reply["library"], reply["desktop"]) == (False, False)
    assert reply["free_bytes"] > 0
    assert "home" not in reply
    note = talk.spool.hellos()["vivaldi"]
    assert (note["version"], note["pinned"], note["private_allowed"]) == ("7", None, True)
    home.joinpath("library.db").write_bytes(b"")
    assert talk.op("hello", browser="chromium")["library"] is True


def test_a_browser_that_we_do_not_know_is_noted_by_its_family(talk: Any) -> None:
    talk.op("hello", browser="../../x", version=["a"], pinned="y" * 1000)

    assert talk.spool.hellos().keys() == {"chromium"}
    assert "version" not in talk.spool.hellos()["chromium"]
    assert "pinned" not in talk.spool.hellos()["chromium"]


def test_hello_is_answered_even_when_it_cannot_be_noted(talk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "planted")

    monkeypatch.setattr(durable, "Draft", fail)

    assert talk.op("hello", browser="chromium")["ok"]


def test_context_knows_the_library_and_what_still_waits(talk: Any, home: Path, save: Any) -> None:
    snapshot.write(
        home / "snapshot",
        revision=7,
        tags=[f"t{n}" for n in range(400)],
        goals=[{"id": n, "skill": "s"} for n in range(60)],
        known=[("example.org/kept", 5), ("example.org/both", 5)],
    )
    save(b"x", url="https://example.org/waits", url_key="example.org/waits")
    save(b"x", url="https://example.org/both", url_key="example.org/both")

    def where(key: str) -> tuple[Any, ...]:
        reply = talk.op("context", url_key=key)
        return reply["saved"], reply["where"], reply["saved_at"] is not None

    assert where("example.org/kept") == (True, "library", True)
    assert where("example.org/waits") == (True, "spool", True)
    assert where("example.org/both") == (True, "spool", True)
    assert where("example.org/new") == (False, None, False)
    assert talk.op("context", url="https://example.org/waits")["where"] == "spool"
    reply = talk.op("context", url_key="x")
    assert (len(reply["tags"]), len(reply["goals"]), reply["revision"]) == (300, 50, 7)


def test_context_forgets_what_was_collected(talk: Any, save: Any) -> None:
    save(b"x", url_key="k")
    assert talk.op("context", url_key="k")["saved"] is True
    talk.spool.remove(talk.spool.waiting()[0])

    assert talk.op("context", url_key="k")["saved"] is False


def test_an_answer_that_no_browser_would_take_is_refused(talk: Any, home: Path) -> None:
    snapshot.write(home / "snapshot", revision=1, tags=["x" * 4000 for _ in range(300)], goals=[], known=[])

    assert talk.op("context", url_key="k")["code"] == "too-big"


def test_a_fault_of_our_own_is_answered_too(talk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(conversation.snapshot, "vocabulary", break_down)
    reply = talk.op("context", url_key="k")

    assert (reply["code"], reply["why"]) == ("internal", "RuntimeError")


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"{", b'"x"', b"null", b'{"v":true,"op":"hello"}', b'{"v":1,"op":7}']
)
def test_bytes_that_are_no_message_are_refused(talk: Any, raw: bytes) -> None:
    assert talk(raw)["code"] in ("bad-request", "version")


def test_every_code_stands_in_the_protocol(root: Path) -> None:
    text = (root / "docs" / "protocol.md").read_text("utf-8")

    assert all(f"| {number} | `{code}` |" in text for code, number in CODES.items())
    assert list(CODES.values()) == list(range(1, len(CODES) + 1))


def test_every_operation_stands_in_the_protocol(root: Path, talk: Any) -> None:
    text = (root / "docs" / "protocol.md").read_text("utf-8")

    assert all(f"`{op}" in text for op in talk.host._ops)
