"""The library closes under reads, commands and long works: nothing is lost, nothing waits for ever."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.library import backups, lists, triage
from desktop.library.archive import export as archive_export
from desktop.library.archive.format import Progress, Stop, Stopped, Tell
from desktop.library.opening import Library
from desktop.library.values import State, View
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.program.holding import Holding
from desktop.ui.settings import safety_acts
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
Loop = asyncio.AbstractEventLoop


class QuietLive:
    def start(self, _library: Library) -> None:
        pass

    async def pause(self) -> None:
        pass


@pytest.fixture
def holding(window: MainWindow, desk: Desk) -> Holding:
    made = Holding(desk, window, QuietLive())  # type: ignore[arg-type]
    made.library = desk.library
    return made


def until_told(told: Tell, stop: Stop, begun: threading.Event) -> None:
    """A long work: it ends only when it is asked to, or after a long time."""
    begun.set()
    told(Progress(1, 0, "files"))
    for _ in range(6000):
        if stop():
            raise Stopped("Stopped.")
        threading.Event().wait(0.005)


def test_a_restore_during_an_export_stops_the_export_and_is_done(
    window: MainWindow,
    desk: Desk,
    holding: Holding,
    wait: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backup = backups.backup(desk.paths)
    begun = threading.Event()
    first = archive_export._lines

    def slow(connection: object, table: str, count: object) -> object:
        begun.set()
        until_told(lambda _: None, count._stop, begun)  # type: ignore[attr-defined]
        return first(connection, table, count)  # type: ignore[arg-type]

    monkeypatch.setattr(archive_export, "_lines", slow)
    acts = safety_acts.of(desk)
    place = tmp_path / "out.zip"
    acts.export(str(place))
    wait(begun.is_set)
    acts.restore(backups.look(backup))
    wait(lambda: "Restored" in window.toast.text and window.is_idle)

    assert not place.exists()
    assert desk.can_write
    assert any("Exporting everything" in sentence for sentence in window.banners.sentences)


def test_what_was_pressed_just_before_a_restore_is_done_and_what_is_read_ends(
    window: MainWindow, desk: Desk, holding: Holding, wait: Wait
) -> None:
    ids = list(window.list.model.ids)
    may_go, is_reading = threading.Event(), threading.Event()
    ended: list[str] = []

    def slow(reader: Reader) -> int:
        with reader.held() as connection:
            is_reading.set()
            may_go.wait(30)
            ended.append("read")
            return int(connection.execute("SELECT count(*) FROM source").fetchone()[0])

    read = desk.tasks.read(slow)
    wait(is_reading.is_set)
    acts = [desk.tasks.run("move", triage.move, (one,), State.ARCHIVE) for one in ids[:3]]
    closed = desk.tasks.start(holding.close())
    closed.add_done_callback(lambda _: ended.append("closed"))
    wait(lambda: all(act.done() for act in acts))
    assert not closed.done()
    may_go.set()
    wait(closed.done)
    assert ended == ["read", "closed"]
    assert (read.result() or 0) > 0
    assert all(act.result() for act in acts)
    opened = desk.tasks.start(holding.open())
    wait(opened.done)

    assert desk.reader is not None
    assert set(ids[:3]) <= set(lists.ids(desk.reader, View(State.ARCHIVE)))
    assert window.banners.sentences == []


def test_an_act_while_the_library_is_closed_is_refused_with_a_sentence(
    window: MainWindow, desk: Desk, holding: Holding, wait: Wait
) -> None:
    ids = list(window.list.model.ids)
    broken: list[str] = []
    desk.tasks.broke.connect(broken.append)
    closed = desk.tasks.start(holding.close())
    wait(closed.done)
    act = desk.tasks.run("move", triage.move, (ids[0],), State.ARCHIVE)
    read = desk.tasks.read(lists.counts)
    wait(lambda: act.done() and read.done())
    assert window.banners.sentences == ["The library is not open."]
    assert read.result() is None
    assert broken == []
    opened = desk.tasks.start(holding.open())
    wait(opened.done)

    assert desk.can_write


def test_trying_again_twice_opens_it_once(
    window: MainWindow, desk: Desk, holding: Holding, wait: Wait
) -> None:
    opened: list[Library] = []
    holding.opened.connect(opened.append)
    holding.reopen()
    holding.reopen()
    wait(lambda: bool(opened) and window.is_idle)

    assert len(opened) == 1
    assert desk.can_write


def test_long_works_keep_nobody_from_reading(desk: Desk, wait: Wait, loop: Loop) -> None:
    begun = [threading.Event() for _ in range(3)]
    for event in begun:
        desk.tasks.start(desk.works.do("Reading", lambda told, stop, one=event: until_told(told, stop, one)))
    wait(lambda: all(event.is_set() for event in begun))
    read = desk.tasks.read(lists.counts)
    wait(read.done)
    assert read.result() is not None
    assert len(desk.works.running) == 3


def test_closing_asks_long_works_to_stop_before_it_waits_for_anything(
    desk: Desk, wait: Wait, loop: Loop
) -> None:
    begun = [threading.Event() for _ in range(3)]
    ends: list[bool] = []

    def act(told: Tell, stop: Stop, one: threading.Event) -> None:
        try:
            until_told(told, stop, one)
        except Stopped:
            ends.append(True)
            raise

    for event in begun:
        desk.tasks.start(desk.works.do("Reading", lambda told, stop, one=event: act(told, stop, one)))
    wait(lambda: all(event.is_set() for event in begun))
    closed = loop.create_task(desk.tasks.close())
    wait(closed.done)

    assert ends == [True] * 3
