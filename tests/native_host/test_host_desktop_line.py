"""The line from the host to a running desktop: pokes, questions, and a desktop that talks nonsense."""

import socket
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from native_host import durable, local, spool
from tests.support.desktops import Desktop


@pytest.fixture
def desktop(home: Path) -> Iterator[Desktop]:
    one = Desktop(str(spool.socket_path(home)), b'{"ok":true,"results":[{"title":"a"},{"title":"b"}]}\n')
    yield one
    one.stop()


def test_find_is_passed_on_to_the_desktop(talk: Any, desktop: Desktop) -> None:
    assert talk.op("find", q="debrief", limit=1)["results"] == [{"title": "a"}]
    assert desktop.heard == [{"op": "find", "q": "debrief", "limit": 1}]


def test_what_the_desktop_says_of_a_search_is_passed_on(talk: Any, desktop: Desktop) -> None:
    desktop.answer = b'{"ok":true,"results":[],"said":["Nothing for \xe2\x80\x9cx\xe2\x80\x9d."],"total":0}\n'

    reply = talk.op("find", q="x")

    assert (reply["said"], reply["total"]) == (["Nothing for “x”."], 0)


def test_show_is_passed_on_to_the_desktop(talk: Any, desktop: Desktop) -> None:
    one = str(uuid.uuid4())

    assert talk.op("show", one)["ok"]
    assert talk.op("show")["ok"]
    assert desktop.heard == [{"op": "show", "id": one}, {"op": "show"}]


def test_hello_sees_the_desktop(talk: Any, desktop: Desktop) -> None:
    assert talk.op("hello", browser="chromium")["desktop"] is True


def test_the_desktop_is_poked_after_a_keeping_and_only_then(talk: Any, desktop: Desktop, save: Any) -> None:
    talk.host.after()
    save(b"x")
    talk.host.after()
    talk.host.after()
    desktop_heard = desktop.heard
    assert talk.op("find", q="x")["ok"]  # the desktop answers in turn, so the poke has been heard

    assert desktop_heard == [{"op": "poke"}, {"op": "find", "q": "x", "limit": 10}]


@pytest.mark.parametrize("answer", [b"", b"{", b"[]\n", b"no\n"])
def test_a_desktop_that_talks_nonsense_is_a_closed_one(talk: Any, home: Path, answer: bytes) -> None:
    nonsense = Desktop(str(spool.socket_path(home)), answer)
    try:
        assert talk.op("find", q="x")["code"] == "desktop-closed"
    finally:
        nonsense.stop()


def test_without_a_desktop_nobody_waits(home: Path) -> None:
    address = spool.socket_text(str(home))

    assert not local.is_open(address)
    assert not local.poke(address)
    assert local.ask(address, {"op": "ping"}) is None


def test_a_desktop_that_never_answers_is_left_in_time(home: Path) -> None:
    address = spool.socket_path(home)
    durable.make_private(address.parent)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(address))
        silent.listen()

        assert local.ask(str(address), {"op": "ping"}, seconds=0.05) is None
        assert local.poke(str(address))
    address.unlink()


def test_a_socket_of_somebody_else_is_not_spoken_to(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = spool.socket_path(home)
    durable.make_private(address.parent)
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(address))
        other.listen()
        monkeypatch.setattr(local.os, "getuid", lambda: 12345)

        assert not local.poke(str(address))
    address.unlink()
