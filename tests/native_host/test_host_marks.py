"""A page's highlights: what waits in the spool, alone or laid over what the desktop knows."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from native_host import marks, spool
from tests.support.desktops import Desktop

KEY = "example.org/a"
PAGE = str(uuid.uuid4())


def annotate(talk: Any, **fields: Any) -> str:
    number = str(uuid.uuid4())
    said = {"of": PAGE, "url_key": KEY, **fields}
    assert talk.op("annotate", number, **said)["ok"]
    return number


@pytest.fixture
def desktop(home: Path) -> Iterator[Desktop]:
    one = Desktop(str(spool.socket_path(home)), b'{"ok":true,"marks":[]}\n')
    yield one
    one.stop()


def test_while_the_desktop_is_closed_what_waits_is_told_and_that_it_is_not_all(talk: Any) -> None:
    first = annotate(talk, quote="Ask first", prefix="a ", suffix=" b", colour="rose")
    annotate(talk, quote="Elsewhere", url_key="example.org/b")

    reply = talk.op("marks", url_key=KEY)

    assert reply["desktop"] is False
    assert reply["marks"] == [
        {"id": first, "quote": "Ask first", "prefix": "a ", "suffix": " b", "colour": "rose", "comment": ""}
    ]


def test_changes_that_wait_are_part_of_it(talk: Any) -> None:
    first = annotate(talk, quote="Ask first", colour="rose")
    second = annotate(talk, quote="Then wait")
    annotate(talk, annotation=first, colour="sky", comment="Mine")
    annotate(talk, annotation=second, removed=True)

    (one,) = talk.op("marks", url_key=KEY)["marks"]

    assert (one["id"], one["colour"], one["comment"]) == (first, "sky", "Mine")


def test_what_waits_is_laid_over_what_the_desktop_knows(talk: Any, desktop: Desktop) -> None:
    known, gone, other = (str(uuid.uuid4()) for _ in range(3))
    rows = [{"id": name, "quote": name, "colour": "straw"} for name in (known, gone, other)]
    desktop.answer = json.dumps({"ok": True, "marks": rows}).encode() + b"\n"
    annotate(talk, annotation=known, colour="lilac")
    annotate(talk, annotation=gone, removed=True)

    reply = talk.op("marks", url_key=KEY)

    assert reply["desktop"] is True
    assert {one["id"]: one["colour"] for one in reply["marks"]} == {known: "lilac", other: "straw"}
    assert desktop.heard == [{"op": "marks", "url_key": KEY}]


def test_an_answer_stays_within_one_reply(talk: Any, desktop: Desktop) -> None:
    rows = [{"id": str(n), "quote": "é" * 20_000, "comment": "x" * 1_000} for n in range(30)]
    desktop.answer = json.dumps({"ok": True, "marks": rows}).encode() + b"\n"

    reply = talk.op("marks", url_key=KEY)

    assert reply["ok"]
    assert 10 < len(reply["marks"]) < 30


@pytest.mark.parametrize(
    "said",
    [
        {"quote": 5},
        {"annotation": 5, "colour": "sky"},
        {"quote": "x", "url_key": ["example.org/a"]},
    ],
)
def test_a_message_of_another_shape_is_passed_over(said: dict[str, Any]) -> None:
    header = {"op": "annotate", "id": "1", "message": {"url_key": KEY, **said}}

    assert marks.together([], marks.waiting([header], KEY)) == []
