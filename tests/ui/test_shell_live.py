"""New captures come into the open window: announced, never moving what one looks at."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.capture.collect import Collected
from desktop.errors import NoSpace
from desktop.library import captures, snapshot
from desktop.library.values import NewCapture
from desktop.store.changes import Changes, Noun
from desktop.text.urls import url_key
from desktop.ui.desk import Desk
from desktop.ui.program.instance import MOST_LINES, Instance, Line
from desktop.ui.program.live import Live
from desktop.ui.window import MainWindow
from native_host.snapshot import look_up
from native_host.spool import Spool, socket_path

Wait = Callable[[Callable[[], bool]], None]
NOW = 4_000_000_000_000
"""A moment after everything in the sample, so that what comes stands on top."""


def new(number: int) -> NewCapture:
    return NewCapture(
        uuid=f"00000000-0000-4000-8000-{number:012d}", url=f"https://new.example/{number}",
        captured_at=NOW + number, title=f"Fresh page {number}", site="new.example",
        html="<p>Fresh.</p>", text=f"Fresh {number}.", excerpt="Fresh.", words=2, minutes=1,
    )  # fmt: skip


def save(desk: Desk, number: int) -> None:
    def command(writer: object) -> Changes:
        return captures.add(writer, new(number)).changes  # type: ignore[arg-type]

    desk.tasks.run("save", command)


def top_of(window: MainWindow, source_id: int) -> int:
    model = window.list.model
    return window.list.view.visualRect(model.index(model.position_of(source_id))).top()


def test_a_new_page_appears_on_top_and_the_selection_stays(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    chosen = window.list.current
    count = len(window.list.model.ids)
    save(desk, 1)
    wait(lambda: len(window.list.model.ids) == count + 1 and window.is_idle)
    row = window.list.model.row_at(0)

    assert row is not None
    assert row.title == "Fresh page 1"
    assert window.list.current == chosen
    assert not window.list.chip.isVisible()


def test_scrolled_down_nothing_moves_and_the_new_ones_are_announced(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    bar = window.list.view.verticalScrollBar()
    bar.setValue(260)
    watched = window.list.model.id_at(window.list.view.visible_rows()[1])
    before = top_of(window, watched)
    count = len(window.list.model.ids)
    save(desk, 1)
    save(desk, 2)
    wait(lambda: len(window.list.model.ids) == count + 2 and window.is_idle)
    # A heading "Today" of another day may come above; what is looked at stays to the pixel.
    assert top_of(window, watched) == before
    assert window.list.chip.isVisible()
    assert window.list.chip.text() == "2 new"

    window.list.chip.click()
    assert bar.value() == 0
    assert not window.list.chip.isVisible()


class FakeStation:
    """Stands for the collecting side: says what it is told to."""

    def __init__(self, *answers: Collected | Exception) -> None:
        self.answers = list(answers)
        self.looks = 0
        self.is_closed = False
        self.completing, self.may_complete = threading.Event(), threading.Event()
        self.may_complete.set()

    def collect(self, told: Callable[[Changes], None]) -> Collected:
        self.looks += 1
        answer = self.answers.pop(0) if self.answers else Collected()
        if isinstance(answer, Exception):
            raise answer
        told(answer.changes)
        return answer

    def complete(self, told: Callable[[Changes], None]) -> Changes:
        self.completing.set()
        self.may_complete.wait(30)
        return Changes()

    def stop(self) -> None:
        self.may_complete.set()

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def live(desk: Desk, qtbot: QtBot, loop: object) -> Iterator[Live]:
    made = Live(desk)
    made._station = FakeStation()  # type: ignore[assignment]
    yield made
    ended = desk.tasks.start(made.close())
    qtbot.waitUntil(ended.done, timeout=30_000)


def test_a_file_in_the_spool_is_noticed_without_a_poke(live: Live, desk: Desk, wait: Wait) -> None:
    station = FakeStation()
    live._station = station  # type: ignore[assignment]
    assert desk.library is not None
    live.start(desk.library)
    wait(lambda: station.looks == 1 and desk.tasks.is_idle)
    Spool(desk.paths.spool).put(
        {"format": 1, "op": "capture", "id": "0" * 8 + "-0000-4000-8000-" + "0" * 12}, [b"x"]
    )
    wait(lambda: station.looks >= 2)
    looks = station.looks
    live.poke()

    wait(lambda: station.looks > looks)


def test_the_next_page_does_not_wait_for_the_pictures_of_the_last_one(
    live: Live, desk: Desk, wait: Wait
) -> None:
    station = FakeStation()
    station.may_complete.clear()  # a host of pictures that answers nothing
    live._station = station  # type: ignore[assignment]
    assert desk.library is not None
    live.start(desk.library)
    wait(station.completing.is_set)
    looks = station.looks
    live.poke()
    wait(lambda: station.looks > looks)

    assert not station.may_complete.is_set()


def test_a_pause_ends_what_is_fetched_and_a_start_collects_again(live: Live, desk: Desk, wait: Wait) -> None:
    first, second = FakeStation(), FakeStation()
    first.may_complete.clear()
    live._station = first  # type: ignore[assignment]
    assert desk.library is not None
    live.start(desk.library)
    wait(first.completing.is_set)
    paused = desk.tasks.start(live.pause())
    live.look()
    wait(paused.done)
    assert first.is_closed
    assert live._station is None
    live._station = second  # type: ignore[assignment]
    live.start(desk.library)

    wait(lambda: second.looks >= 1)


def test_a_window_that_only_reads_hears_of_every_commit_and_of_every_noun(
    desk: Desk, desk_on: Callable[..., Desk], wait: Wait, qtbot: QtBot
) -> None:
    reading = desk_on(desk.paths, False)
    assert reading.library is not None
    told: list[Changes] = []
    reading.changed.connect(told.append)
    live = Live(reading)
    live.start(reading.library)
    live._commits.setInterval(10)
    for number in range(1, 4):
        save(desk, 20 + number)
        wait(lambda number=number: len(told) == number)  # type: ignore[misc]
    ended = reading.tasks.start(live.close())
    wait(ended.done)

    assert all(changes.nouns == frozenset(Noun) for changes in told)


def test_a_snapshot_that_failed_is_written_at_the_end(
    live: Live, desk: Desk, wait: Wait, monkeypatch: pytest.MonkeyPatch, window: MainWindow
) -> None:
    def fail(_reader: object, _paths: object) -> None:
        raise NoSpace("The disk is full.")

    assert desk.library is not None
    with monkeypatch.context() as broken:
        broken.setattr(snapshot, "export", fail)
        live.start(desk.library)
        wait(lambda: window.banners.sentences == ["The disk is full."] and desk.tasks.is_idle)
    live._snapshot.stop()
    live._export_at_end()

    assert (desk.paths.snapshot / "vocabulary.json").exists()


def test_the_hosts_snapshot_follows_within_its_second(live: Live, desk: Desk, wait: Wait) -> None:
    assert desk.library is not None
    live.start(desk.library)
    wait(lambda: (desk.paths.snapshot / "vocabulary.json").exists())
    save(desk, 7)

    def knows() -> bool:
        words = json.loads((desk.paths.snapshot / "vocabulary.json").read_text(encoding="utf-8"))
        return bool(words["tags"])

    wait(knows)
    first = (desk.paths.snapshot / "known.bin").stat().st_size
    save(desk, 8)
    wait(lambda: (desk.paths.snapshot / "known.bin").stat().st_size > first)


def test_what_was_saved_in_the_last_second_is_in_the_snapshot_at_close(
    live: Live, desk: Desk, wait: Wait
) -> None:
    assert desk.library is not None
    live.start(desk.library)
    wait(lambda: (desk.paths.snapshot / "vocabulary.json").exists() and desk.tasks.is_idle)
    live._snapshot.setInterval(3_600_000)
    save(desk, 9)
    ends = [desk.tasks.start(live.close())]
    wait(ends[0].done)
    assert look_up(desk.paths.snapshot, url_key("https://new.example/9")) is None
    ends.append(asyncio.ensure_future(desk.tasks.close()))
    wait(ends[1].done)

    assert look_up(desk.paths.snapshot, url_key("https://new.example/9")) == NOW + 9


def test_a_close_without_news_writes_no_snapshot(live: Live, desk: Desk, wait: Wait) -> None:
    assert desk.library is not None
    live.start(desk.library)
    wait(lambda: (desk.paths.snapshot / "vocabulary.json").exists() and desk.tasks.is_idle)
    before = (desk.paths.snapshot / "known.bin").stat().st_mtime_ns
    live._export_at_end()

    assert (desk.paths.snapshot / "known.bin").stat().st_mtime_ns == before


def test_a_full_disk_is_said_with_what_is_safe_and_healed(
    live: Live, desk: Desk, wait: Wait, window: MainWindow
) -> None:
    station = FakeStation(NoSpace("The disk is full, so nothing was saved.", "Free some space."), Collected())
    live._station = station  # type: ignore[assignment]
    assert desk.library is not None
    live.start(desk.library)
    wait(lambda: window.banners.sentences == ["The disk is full, so nothing was saved."])
    live.look()

    wait(lambda: window.banners.sentences == [])


def test_a_damaged_file_is_told_in_its_sentence(
    live: Live, desk: Desk, wait: Wait, window: MainWindow
) -> None:
    live._station = FakeStation(Collected(set_aside=("One saved page could not be read.",)))  # type: ignore[assignment]
    assert desk.library is not None
    live.start(desk.library)

    wait(lambda: window.banners.sentences == ["One saved page could not be read."])


@pytest.fixture
def line(loop: object, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[bytes], bytes]]:
    """A client of the local socket, on a thread of its own as another process would be."""
    home = tmp_path / "place"
    home.mkdir()

    def answer(message: dict[str, object], reply: Callable[[dict[str, object]], None]) -> None:
        if message.get("op") == "fail":
            raise RuntimeError("planted")
        reply({"ok": True, "heard": message})

    instance = Instance(home, answer)
    assert instance.listen()

    def say(data: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(30)
            client.connect(str(socket_path(home)))
            client.sendall(data)
            client.setblocking(False)
            heard = b""

            def has_line() -> bool:
                nonlocal heard
                try:
                    part = client.recv(65536)
                except BlockingIOError:
                    return False
                heard += part
                return not part or b"\n" in heard

            qtbot.waitUntil(has_line, timeout=30_000)
            return heard

    yield say
    instance.close()
    assert not socket_path(home).exists()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b'{"op":"ping"}\n', ""),
        (b"not json\n", "bad-request"),
        (b"[1,2]\n", "bad-request"),
        (b'{"op":"fail"}\n', "bad-request"),
        (b'{"op":NaN}\n', "bad-request"),
    ],
)
def test_the_socket_answers_one_line_for_one_line(
    line: Callable[[bytes], bytes], sent: bytes, code: str
) -> None:
    answer = json.loads(line(sent))

    assert answer["ok"] is (not code)
    assert answer.get("code", "") == code


def test_an_endless_line_is_cut_off(line: Callable[[bytes], bytes]) -> None:
    assert line(b"x" * 100_000) == b""


def test_more_lines_at_once_than_anybody_needs_are_hung_up_on(
    loop: object, tmp_path: Path, qtbot: QtBot
) -> None:
    heard: list[dict[str, object]] = []
    instance = Instance(tmp_path, lambda message, _reply: heard.append(message))
    assert instance.listen()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(str(socket_path(tmp_path)))
        client.sendall(b"{}\n" * (MOST_LINES + 10))
        qtbot.waitUntil(lambda: bool(heard) and not instance.findChildren(Line), timeout=30_000)
    assert len(heard) <= MOST_LINES
    instance.close()


def test_closing_hangs_up_on_whoever_is_still_there(loop: object, tmp_path: Path, qtbot: QtBot) -> None:
    instance = Instance(tmp_path, lambda _message, reply: reply({"ok": True}))
    assert instance.listen()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(str(socket_path(tmp_path)))
        qtbot.waitUntil(lambda: bool(instance.findChildren(Line)), timeout=30_000)
        instance.close()
        client.settimeout(30)
        assert client.recv(10) == b""
    assert not socket_path(tmp_path).exists()
