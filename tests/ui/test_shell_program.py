"""The program as a process: what the first paint imports, one window, ending, pictures, faults."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from desktop.cli import running
from desktop.errors import BadInput
from desktop.library.opening import open_library
from desktop.paths import Paths, of_this_user
from desktop.ui import shot

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0

FIRST_PAINT = """
import asyncio, json, sys
from desktop import app
from desktop.paths import of_this_user
from desktop.ui.program import looping
from desktop.ui.program.first_window import first_window
from desktop.ui.shell.state import WindowState

async def main():
    window, desk = first_window(of_this_user(), WindowState())
    window.show()
    await asyncio.sleep(0.2)
    window.grab()
    heavy = ("sqlmodel", "sqlalchemy", "trafilatura", "keyring", "httpx", "lxml", "nh3", "pypdfium2")
    print(json.dumps([[name for name in heavy if name in sys.modules], len(window.list.model.ids)]))
    await desk.tasks.close()
    desk.close_reader()
    window.hide()
    return 0

sys.exit(looping.run(main))
"""


def until(holds: Callable[[], object]) -> object:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def said(paths: Paths, message: dict[str, object]) -> dict[str, Any]:
    """The window's answer, however long a busy machine takes."""
    answer = until(lambda: running.ask(paths, message, seconds=PATIENCE))
    assert isinstance(answer, dict)
    return answer


@pytest.fixture
def home(sample_home: Path) -> Paths:
    """This test's own copy of the sample library, where the program looks for it."""
    import shutil

    paths = of_this_user()
    shutil.copytree(sample_home, paths.home)
    return paths


@pytest.fixture
def start() -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Starts the program; ends what is still running afterwards."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(*words: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_the_first_page_is_drawn_before_the_large_libraries_are_imported(home: Paths) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    heavy, rows = json.loads(done.stdout.strip().splitlines()[-1])

    assert heavy == []
    assert rows > 5


def test_commands_do_not_import_qt() -> None:
    code = "import sys; from desktop.__main__ import main; main(['list']); print('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )

    assert done.stdout.strip().splitlines()[-1] == "False"


def test_one_window_answers_comes_forward_and_ends_in_order(
    home: Paths, start: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    first = start()
    until(lambda: running.ask(home, {"op": "ping"}))
    assert said(home, {"op": "poke"}) == {"ok": True, "version": "0.1.0"}
    found = said(home, {"op": "find", "q": "query plan", "limit": 5})
    assert any("query plan" in one["title"] for one in found["results"])
    assert all(one["url"].startswith("http") and len(one["capture"]) == 36 for one in found["results"])
    told = said(home, {"op": "marks", "url_key": "nowhere.example/"})
    assert told == {"ok": True, "marks": []}
    assert said(home, {"op": "marks"}) == {"ok": False, "code": "bad-request"}
    assert said(home, {"op": "nonsense"}) == {"ok": False, "code": "unsupported"}
    until((home.snapshot / "known.bin").exists)  # it is written some time after the first paint

    second = start("--view", "archive")
    assert second.wait(PATIENCE) == 0  # it brought the first one forward
    assert first.poll() is None
    first.send_signal(signal.SIGTERM)
    assert first.wait(PATIENCE) == 0
    assert json.loads(home.window.read_text(encoding="utf-8"))["view"] == "archive"
    assert (
        not Path(str(home.library) + "-wal").exists() or Path(str(home.library) + "-wal").stat().st_size == 0
    )
    with open_library(home, write=True):
        pass  # the lock was let go


def test_a_damaged_library_is_a_sentence_and_no_crash(
    home: Paths, start: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    home.library.write_bytes(b"this is no database at all, not even a little" * 40)
    process = start()
    until(lambda: running.ask(home, {"op": "ping"}))
    until(lambda: home.log.exists())
    process.send_signal(signal.SIGTERM)

    assert process.wait(PATIENCE) == 0
    assert b"this is no database" in home.library.read_bytes()


def test_a_locked_library_opens_for_reading(
    home: Paths, start: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    with open_library(home, write=True):
        process = start()
        until(lambda: running.ask(home, {"op": "ping"}))
        assert said(home, {"op": "find", "q": "query plan", "limit": 1})["results"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_shot_draws_a_view_of_the_size_asked(
    home: Paths, tmp_path: Path, start: Callable[..., object]
) -> None:
    before = sorted((one.name, one.stat().st_size) for one in home.home.iterdir() if one.suffix == ".json")
    out = tmp_path / "inbox.png"
    process = start("shot", "inbox", str(out), "--theme", "dark", "--size", "900x640")
    assert process.wait(PATIENCE) == 0  # type: ignore[attr-defined]
    from PySide6.QtGui import QImage

    image = QImage(str(out))
    assert (image.width(), image.height()) == (900, 640)
    assert image.pixelColor(2, 300).name() == "#191816"
    assert before == sorted(
        (one.name, one.stat().st_size) for one in home.home.iterdir() if one.suffix == ".json"
    )


@pytest.mark.parametrize("text", ["", "1280", "x", "100x100", "axb", "1280x", "9000x9000", "-5x400"])
def test_a_size_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        shot.parse_size(text)


def test_a_wrong_view_or_place_is_told(
    home: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shot.parse_size("800×600") == (800, 600)
    assert main(["shot", "nowhere", str(tmp_path / "x.png")]) == 2
    capsys.readouterr()
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
