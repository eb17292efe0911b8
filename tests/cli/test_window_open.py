"""Commands while the window is open: it does the work."""

import json
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import opened, running
from desktop.paths import Paths
from native_host import spool

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a Unix socket")

Run = Callable[..., str]


class Window:
    """What the window's socket answers, and what it was asked."""

    def __init__(self, place: Path, answer: Callable[[dict[str, Any]], bytes]) -> None:
        self.asked: list[dict[str, Any]] = []
        self._answer = answer
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(place))
        self._server.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection = self._server.accept()[0]
            except OSError:
                return
            with connection, connection.makefile("rwb") as lines:
                self.asked.append(json.loads(lines.readline()))
                lines.write(self._answer(self.asked[-1]))

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()


@pytest.fixture
def window(paths: Paths) -> Iterator[Callable[[Callable[[dict[str, Any]], bytes]], Window]]:
    opened_windows: list[Window] = []

    def make(answer: Callable[[dict[str, Any]], bytes]) -> Window:
        place = spool.socket_path(paths.home)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        opened_windows.append(Window(place, answer))
        return opened_windows[-1]

    yield make
    for one in opened_windows:
        one.close()


def test_with_the_window_open_it_collects(
    run: Run,
    page: str,
    paths: Paths,
    window: Callable[[Callable[[dict[str, Any]], bytes]], Window],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # This window answers when it has collected, however long a busy machine takes; the real one at once.
    monkeypatch.setattr(running, "ask", partial(running.ask, seconds=60))

    def collect(_: dict[str, Any]) -> bytes:
        opened.collect(paths)
        return b'{"ok": true}\n'

    there = window(collect)

    assert run("add", page).startswith("Saved as 1: How to debrief")
    assert run("collect") == "Kithbook is open and collects by itself.\n"
    assert {"op": "poke"} in there.asked


@pytest.mark.parametrize("answer", [b"", b"\n", b"[]\n", b"nonsense\n", b"\xff\n"])
def test_an_answer_that_is_none_is_taken_for_none(
    paths: Paths, window: Callable[[Callable[[dict[str, Any]], bytes]], Window], answer: bytes
) -> None:
    window(lambda _: answer)

    assert running.ask(paths, {"op": "ping"}) is None


def test_a_socket_of_somebody_else_is_not_spoken_to(
    paths: Paths,
    window: Callable[[Callable[[dict[str, Any]], bytes]], Window],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = window(lambda _: b'{"ok": true}\n')
    somebody_else = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: somebody_else)

    assert running.ask(paths, {"op": "show", "view": "inbox"}) is None
    assert there.asked == []


def test_without_a_window_nobody_answers(paths: Paths) -> None:
    assert running.ask(paths, {"op": "ping"}) is None
