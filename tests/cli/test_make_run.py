"""What ``make run`` prepares; the whole of it is run by hand and by whoever reviews."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def script(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location("make_run", root / "packaging" / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop("host_client", None)


def test_three_bundled_pages_are_sent_as_a_browser_would(script: ModuleType) -> None:
    assert len(script.PAGES) == 3
    for name in script.PAGES:
        payload, fields = script.message_of(name)

        assert payload.startswith(b"<!doctype html>")
        assert sum(section["bytes"] for section in fields["sections"]) == len(payload)
        assert fields["url"].startswith("https://")
        assert fields["title"]


def test_a_sample_page_comes_through_the_real_host_whole(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from native_host.spool import Spool

    script.save_pages(tmp_path / "home")

    spool = Spool(tmp_path / "home" / "spool")
    assert sorted(len(spool.read(path).payload) for path in spool.waiting()) == sorted(
        len(script.message_of(name)[0]) for name in script.PAGES
    )


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these always have a display")
def test_a_display_is_known_by_its_variable(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not script.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert script.has_display()


def test_a_step_that_fails_says_why(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise RuntimeError("No room.")

    assert script.step("Trying", lambda: None)
    assert not script.step("Failing", fail)
    assert "No room." in capsys.readouterr().out
