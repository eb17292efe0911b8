"""``kithbook doctor``: each line says how a thing stands, and what helps where it is not well."""

import json
import sqlite3
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop import paths
from desktop.capture import connecting, health
from desktop.cli import main
from desktop.library.opening import open_library
from desktop.paths import Paths
from native_host import manifest, snapshot
from native_host.browsers import Ground
from native_host.spool import Spool


@pytest.fixture
def here(own_home: Path) -> Ground:
    (own_home / ".mozilla").mkdir()
    return Ground("linux", own_home, {"DISPLAY": ":7"}, which=lambda name: None)


@pytest.fixture
def mine() -> Paths:
    return paths.of_this_user()


def lines(mine: Paths, here: Ground) -> dict[str, health.Check]:
    return {check.name: check for check in health.check(mine, here).checks}


def test_a_new_machine_is_well_but_for_the_browser(mine: Paths, here: Ground) -> None:
    report = health.check(mine, here)
    found = {check.name: check.level for check in report.checks}

    assert found == {
        "program": "ok",
        "packages": "ok",
        "sqlite": "ok",
        "folder": "ok",
        "library": "ok",
        "waiting": "ok",
        "host": "warning",
        "firefox": "problem",
        "disk": "ok",
        "display": "ok",
    }
    assert not report.is_well
    assert not mine.home.exists()


def test_a_machine_in_use_is_well(mine: Paths, here: Ground) -> None:
    connecting.connect(mine, ground=here)
    open_library(mine, write=True).close()
    snapshot.write(mine.snapshot, revision=1, tags=[], goals=[], known=[])
    Spool(mine.spool).hello("firefox", {"version": "153", "at": 1})
    report = health.check(mine, here)
    found = {check.name: check for check in report.checks}

    assert report.is_well
    assert {check.level for check in report.checks} == {"ok"}
    assert "holds 0 captures" in found["library"].sentence
    assert "answers" in found["host"].sentence
    assert "Firefox 153 is connected" in found["firefox"].sentence


def test_every_line_that_is_not_well_says_what_helps(mine: Paths, here: Ground) -> None:
    for check in health.check(mine, here).checks:
        assert check.sentence.endswith(".")
        assert check.level == "ok" or check.action


def test_what_waits_and_what_was_set_aside_is_counted(mine: Paths, here: Ground) -> None:
    queue = Spool(mine.spool)
    for _ in range(3):
        queue.put({"op": "capture", "id": str(uuid.uuid4()), "received": 1})
    queue.set_aside(queue.waiting()[0], "It was torn.")
    found = lines(mine, here)

    assert found["waiting"].sentence.startswith("2 captures safe on disk")
    assert found["damaged"].level == "warning"
    assert str(mine.spool / "damaged") in found["damaged"].action


def test_a_damaged_library_is_a_problem(mine: Paths, here: Ground) -> None:
    mine.home.mkdir(mode=0o700)
    mine.library.write_bytes(b"this is no database, whatever its name says" * 100)
    found = lines(mine, here)["library"]

    assert found.level == "problem"
    assert found.sentence


def test_a_library_of_a_newer_kithbook_is_a_problem(mine: Paths, here: Ground) -> None:
    open_library(mine, write=True).close()
    connection = sqlite3.connect(mine.library)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    found = lines(mine, here)["library"]

    assert (found.level, "newer" in found.sentence) == ("problem", True)


def test_a_library_without_a_snapshot_is_a_warning(mine: Paths, here: Ground) -> None:
    open_library(mine, write=True).close()
    for file in mine.snapshot.glob("*"):
        file.unlink()

    assert lines(mine, here)["popup"].level == "warning"


def test_a_host_that_does_not_run_is_a_problem(mine: Paths, here: Ground) -> None:
    connecting.connect(mine, ground=here)
    (mine.launcher / "kithbook-host").write_text("#!/bin/sh\nexit 1\n")
    found = lines(mine, here)

    assert found["host"].level == "problem"
    assert found["firefox"].level == "problem"
    assert "connect" in found["host"].action


def test_another_kithbook_in_the_browser_is_a_warning(mine: Paths, here: Ground, tmp_path: Path) -> None:
    connecting.connect(Paths(tmp_path / "other"), ground=here)
    found = lines(mine, here)["firefox"]

    assert found.level == "warning"
    assert "--browser firefox" in found.action


def test_a_sandboxed_browser_is_a_warning_with_its_command(mine: Paths, own_home: Path) -> None:
    (own_home / "snap/firefox").mkdir(parents=True)
    here = Ground("linux", own_home, which=lambda name: None)
    connecting.connect(mine, ground=here)
    found = lines(mine, here)["firefox"]

    assert found.level == "warning"
    assert found.action.startswith("flatpak permission-set webextensions")


def test_no_browser_and_no_display_are_warnings(mine: Paths, own_home: Path) -> None:
    found = lines(mine, Ground("linux", own_home, which=lambda name: None))

    assert found["browsers"].level == "warning"
    assert found["display"].level == "warning"


def test_an_open_folder_is_a_warning(mine: Paths, here: Ground) -> None:
    mine.home.mkdir()
    mine.home.chmod(0o755)
    found = lines(mine, here)["folder"]

    assert (found.level, found.action) == ("warning", f"chmod 700 {mine.home}")


@pytest.mark.parametrize(("free", "level"), [(5 << 30, "ok"), (500 << 20, "warning"), (1 << 20, "problem")])
def test_a_disk_that_fills_is_told_in_time(
    mine: Paths, here: Ground, monkeypatch: pytest.MonkeyPatch, free: int, level: str
) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))

    assert lines(mine, here)["disk"].level == level


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "a moment"), (90, "1 minute"), (7300, "2 hours"), (200_000, "2 days")]
)
def test_an_age_is_told_in_words(seconds: float, words: str) -> None:
    assert health._age(seconds) == words


def test_the_command_ends_with_one_when_there_is_a_problem(
    mine: Paths, here: Ground, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(manifest, "this_ground", lambda: here)
    assert main.run(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "PROBLEM firefox: Firefox has not been told of Kithbook. Run “kithbook connect”." in said

    connecting.connect(mine, ground=here)
    assert main.run(["doctor", "--json"]) == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert report["is_well"] is True
    assert {"name", "level", "sentence", "action"} == report["checks"][0].keys()
