"""The strict way in: what a spooled file may hold, and the sentence for what it may not."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.capture.message import LATEST, LONGEST, CaptureMessage, UpdateMessage, parse
from desktop.errors import BadInput
from desktop.library.marks.page_marks import MarkEdit, PageMark
from desktop.library.marks.page_messages import PageComment, PageTool
from native_host.spool import Spooled

NUMBER = "3f2b8c1e-9d4a-4c6b-8e21-5a7f0b9c1d2e"
OTHER = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"


def capture(payload: bytes = b"", header: dict[str, Any] | None = None, **fields: Any) -> CaptureMessage:
    message = {"kind": "link", "url": "https://example.org/a", "captured_at": 1, "sections": [], **fields}
    whole = {"format": 1, "op": "capture", "id": NUMBER, "received": 5, "message": message, **(header or {})}
    found = parse(Spooled(whole, payload))
    assert isinstance(found, CaptureMessage)
    return found


def update(**fields: Any) -> UpdateMessage:
    header = {"format": 1, "op": "update", "id": NUMBER, "received": 5, "message": {"of": OTHER, **fields}}
    found = parse(Spooled(header, b""))
    assert isinstance(found, UpdateMessage)
    return found


def test_every_valid_message_of_the_contract_is_read(root: Path) -> None:
    contract = json.loads((root / "tests/contract/messages.json").read_text("utf-8"))
    payload = base64.b64decode(contract["payload"])
    begins = [one["message"] for one in contract["valid"] if one["message"]["op"] == "begin"]
    updates = [one["message"] for one in contract["valid"] if one["message"]["op"] == "update"]

    for begin in begins:
        header = {"format": 1, "op": "capture", "id": begin["id"], "received": 5, "browser": "chromium"}
        found = parse(Spooled({**header, "message": begin}, payload if begin["bytes"] else b""))
        assert isinstance(found, CaptureMessage)
        assert (found.id, found.kind, found.url) == (begin["id"], begin["kind"], begin["url"])
        assert sum(len(part.data) for part in found.sections) == begin["bytes"]
    for one in updates:
        found_update = parse(Spooled({"format": 1, "op": "update", "id": one["id"], "message": one}, b""))
        assert isinstance(found_update, UpdateMessage)
    marks = [one["message"] for one in contract["valid"] if one["message"]["op"] == "annotate"]
    for one in marks:
        found_mark = parse(Spooled({"format": 1, "op": "annotate", "id": one["id"], "message": one}, b""))
        assert isinstance(found_mark, MarkEdit if "annotation" in one else PageMark)
    others = {"timed-comment": PageComment, "tool": PageTool}
    rest = [one["message"] for one in contract["valid"] if one["message"]["op"] in others]
    for one in rest:
        found_rest = parse(Spooled({"format": 1, "op": one["op"], "id": one["id"], "message": one}, b""))
        assert isinstance(found_rest, others[one["op"]])
    assert begins
    assert updates
    assert marks
    assert {one["op"] for one in rest} == set(others)


def test_a_capture_is_read_whole() -> None:
    found = capture(
        b"<p>Hi</p>PNG",
        kind="selection",
        title="  A \n title ",
        lang="en",
        selection={"html": "<b>Hi</b>", "quote": "Hi", "prefix": "a", "suffix": "b"},
        media={"position": 12.5, "duration": 60, "title": "Talk"},
        tags=["a", "a", " b  c ", ""],
        goal="Debrief well",
        why="For Monday",
        found_through="Miriam",
        private=True,
        browser={"name": "firefox", "version": "153"},
        sections=[
            {"kind": "html", "bytes": 9, "type": "text/html"},
            {"kind": "picture", "bytes": 3, "type": "image/png", "url": "https://example.org/p.png"},
        ],
    )

    assert found.title == "A title"
    assert found.tags == ("a", "b c")
    assert found.selection is not None
    assert found.selection.quote == "Hi"
    assert found.media is not None
    assert (found.media.position, found.media.duration) == (12.5, 60.0)
    assert [(part.kind, part.data) for part in found.sections] == [
        ("html", b"<p>Hi</p>"),
        ("picture", b"PNG"),
    ]
    assert found.is_private
    assert found.browser == "firefox"


def test_lone_surrogates_and_control_characters_are_replaced() -> None:
    found = capture(title="a\ud800b\x00c", why="one\r\ntwo\x07")

    assert found.title == "a�b�c"
    assert found.why == "one\ntwo�"


def test_long_texts_are_cut_and_tags_are_few() -> None:
    found = capture(why="x" * (LONGEST + 5), tags=[f"tag {number}" for number in range(300)])

    assert len(found.why) == LONGEST
    assert len(found.tags) == 100


def test_an_update_tells_untouched_from_emptied() -> None:
    found = update(why="", tags=["x"])

    assert (found.why, found.tags, found.title, found.goal) == ("", ("x",), None, None)


def test_a_moment_out_of_all_time_is_brought_back_into_it() -> None:
    assert capture(captured_at=10**30).captured_at == LATEST
    assert capture(captured_at=-5).captured_at == 0
    assert capture(captured_at=0).captured_at == 5


def test_a_section_of_a_kind_of_the_future_is_skipped() -> None:
    sections = [{"kind": "hologram", "bytes": 2}, {"kind": "html", "bytes": 1, "type": "text/html"}]

    assert [part.data for part in capture(b"abc", sections=sections).sections] == [b"c"]


@pytest.mark.parametrize(
    ("fields", "payload"),
    [
        ({"kind": "telegram"}, b""),
        ({"kind": 7}, b""),
        ({"url": ""}, b""),
        ({"url": ["https://example.org"]}, b""),
        ({"title": {"a": 1}}, b""),
        ({"tags": "a"}, b""),
        ({"tags": [1]}, b""),
        ({"captured_at": True}, b""),
        ({"captured_at": float("nan")}, b""),
        ({"captured_at": "now"}, b""),
        ({"private": "yes"}, b""),
        ({"selection": "x"}, b""),
        ({"media": []}, b""),
        ({"sections": {}}, b""),
        ({"sections": [1]}, b""),
        ({"sections": [{"kind": "html", "bytes": 5}]}, b"abc"),
        ({"sections": [{"kind": "html", "bytes": -1}]}, b"abc"),
        ({"sections": [{"kind": "html", "bytes": 2}]}, b"abc"),
        ({"sections": []}, b"abc"),
        ({"sections": [{"kind": "html", "bytes": 0}] * 5_000}, b""),
        ({"header": {"id": "../../etc/passwd"}}, b""),
        ({"header": {"id": 5}}, b""),
        ({"header": {"format": 2}}, b""),
        ({"header": {"op": "annotate"}}, b""),
        ({"header": {"op": None}}, b""),
        ({"header": {"message": None}}, b""),
        ({"header": {"message": "x"}}, b""),
    ],
)
def test_what_cannot_be_a_capture_gets_a_sentence(fields: dict[str, Any], payload: bytes) -> None:
    with pytest.raises(BadInput, match=r"^[A-Z].*\.$"):
        capture(payload, **fields)


def test_an_update_of_nothing_is_refused() -> None:
    with pytest.raises(BadInput):
        update(of="nobody")


@pytest.mark.parametrize("number", [10**400, -(10**400)])
def test_a_number_beyond_all_floats_stops_nothing(number: int) -> None:
    media = {"position": number, "duration": number, "title": ""}
    found = capture(captured_at=number, media=media)
    assert found.captured_at in (0, LATEST)
    assert found.media is not None
    assert (found.media.position, found.media.duration) == (0.0, 0.0)
