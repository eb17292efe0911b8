"""The host as a browser meets it: one process, its pipes, its silence, its end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from native_host.messages import NOT_JSON
from native_host.spool import Spool

# All that the host loads. Each module delays every first click; none may be added without need.
LOADED = {
    "__future__",
    "_hashlib", "_json", "_stat", "binascii", "errno", "genericpath", "hashlib", "_blake2",
    "native_host", "native_host.__main__", "native_host.conversation", "native_host.durable",
    "native_host.framing", "native_host.identity", "native_host.local", "native_host.messages",
    "native_host.refusal", "native_host.snapshot", "native_host.spool", "native_host.strict",
    "os", "os.path", "posixpath", "stat", "_collections_abc",
}  # fmt: skip


@pytest.fixture
def host(browser: ModuleType, home: Path) -> Iterator[Any]:
    with browser.HostClient(home) as one:
        yield one


def test_the_host_loads_these_modules_and_no_others(root: Path) -> None:
    source = (
        f"import sys; sys.path.insert(0, {str(root)!r}); before = set(sys.modules)\n"
        "import native_host.__main__\nprint(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", source], capture_output=True, text=True, check=True
    )

    assert set(done.stdout.split()) - LOADED == set()


@pytest.mark.parametrize(
    "caller",
    [
        (),
        ("chrome-extension://abcdefghijklmnopabcdefghijklmnop/",),
        ("chrome-extension://fpknfnlbckkdmaflagpfjglafjofabbp",),
        ("https://example.org/",),
        ("/any/org.kithbook.host.json",),
        ("/any/org.kithbook.host.json", "other@example.org"),
        ("/any/other.json", "kithbook@kithbook.org"),
    ],
)
def test_a_caller_that_is_not_our_extension_is_sent_away(
    browser: ModuleType, home: Path, caller: tuple[str, ...]
) -> None:
    host = browser.HostClient(home, caller=caller)
    with pytest.raises(browser.Gone):
        host.ask({"v": 1, "op": "hello"})

    assert host.close() == 2
    assert not home.exists()


def test_firefox_may_call_and_is_written_down_as_firefox(browser: ModuleType, home: Path) -> None:
    with browser.HostClient(home, caller=browser.FIREFOX) as host:
        assert host.save(b"x")["ok"]
    queue = Spool(home / "spool")

    assert queue.read(queue.waiting()[0]).header["browser"] == "firefox"


def test_chromium_on_windows_passes_a_window_too(browser: ModuleType, home: Path) -> None:
    with browser.HostClient(home, caller=(*browser.CHROMIUM, "--parent-window=7")) as host:
        assert host.ask({"v": 1, "op": "hello"})["ok"]


def test_a_host_that_is_hung_up_on_leaves_quietly(browser: ModuleType, home: Path) -> None:
    host = browser.HostClient(home)
    assert host.save(b"x")["ok"]

    assert host.close() == 0


def test_captures_under_way_leave_nothing_when_the_browser_hangs_up(browser: ModuleType, home: Path) -> None:
    host = browser.HostClient(home)
    assert host.ask(browser.begin_message(b"x"))["ok"]
    assert host.close() == 0

    assert list((home / "spool").iterdir()) == []


def test_a_browser_that_dies_in_the_middle_of_a_message_leaves_nothing(
    browser: ModuleType, home: Path
) -> None:
    host = browser.HostClient(home)
    assert host.ask(browser.begin_message(b"x"))["ok"]
    host.write((100).to_bytes(4, sys.byteorder) + b'{"v":1,')
    assert host.close() == 3

    assert list((home / "spool").iterdir()) == []


def test_stray_prints_do_not_break_the_framing(browser: ModuleType, home: Path, root: Path) -> None:
    source = (
        f"import os, sys; sys.path.insert(0, {str(root)!r})\n"
        "from native_host import __main__, conversation\n"
        "answer = conversation.Conversation.answer\n"
        "def noisy(self, raw):\n"
        "    print('stray', flush=True); os.write(1, b'stray'); os.system('echo stray')\n"
        "    assert sys.stdin.read() == ''\n"
        "    return answer(self, raw)\n"
        "conversation.Conversation.answer = noisy\n"
        "sys.exit(__main__.main())"
    )
    with browser.HostClient(home, source=source) as host:
        assert host.save(b"x")["ok"]
        assert host.ask({"v": 1, "op": "context", "url": "x"})["ok"]


def test_a_host_without_a_place_for_errors_works(browser: ModuleType, home: Path, root: Path) -> None:
    source = "import os; os.close(2); " + browser.code()
    with browser.HostClient(home, source=source) as host:
        assert host.save(b"x")["ok"]


def test_an_idle_host_leaves(browser: ModuleType, home: Path) -> None:
    host = browser.HostClient(home, source=browser.code(idle=0.2))

    assert host.process.wait(60) == 0
    host.close()


def test_a_host_with_a_capture_under_way_waits_longer_then_leaves_nothing(
    browser: ModuleType, home: Path
) -> None:
    host = browser.HostClient(home, source=browser.code(idle=30, busy=0.2))
    assert host.ask(browser.begin_message(b"x"))["ok"]

    assert host.process.wait(60) == 0
    host.close()
    assert list((home / "spool").iterdir()) == []


def test_a_message_that_drips_is_not_waited_for(browser: ModuleType, home: Path) -> None:
    host = browser.HostClient(home, source=browser.code(idle=600, busy=600, frame=0.3))
    host.write((1000).to_bytes(4, sys.byteorder))
    until = time.monotonic() + 60
    while host.process.poll() is None and time.monotonic() < until:
        try:
            host.write(b" ")
        except browser.Gone:
            break
        time.sleep(0.02)

    assert host.process.wait(60) == 0
    host.close()


@pytest.mark.parametrize("size", [(1 << 20) + 1, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_message_over_the_limit_is_refused_before_it_is_read(
    browser: ModuleType, home: Path, size: int
) -> None:
    host = browser.HostClient(home)
    host.write(size.to_bytes(4, sys.byteorder))

    assert host.receive()["code"] == "too-big"
    assert host.close() == 3


def test_a_message_at_the_limit_is_read(browser: ModuleType, home: Path) -> None:
    with browser.HostClient(home) as host:
        body = b'{"v":1,"op":"context","url":"x"}'
        assert host.ask(body.ljust(1 << 20))["ok"]


def test_every_right_text_of_the_suite_passes_the_frames_and_every_wrong_one_is_refused(
    host: Any, json_suite: dict[str, bytes]
) -> None:
    for name, raw in json_suite.items():
        if len(raw) > 1 << 20:
            continue
        reply = host.ask(raw)

        assert not reply["ok"]
        if name.startswith("n_"):
            assert (reply["code"], reply["why"]) == ("bad-request", NOT_JSON)
        if name.startswith("y_"):
            is_object = isinstance(json.loads(raw), dict)
            assert reply["code"] == ("version" if is_object else "bad-request")
            assert reply["why"] != NOT_JSON


def test_files_are_closed_to_others_whatever_the_browser_allows(browser: ModuleType, home: Path) -> None:
    source = "import os; os.umask(0); " + browser.code()
    with browser.HostClient(home, source=source) as host:
        assert host.save(b"x")["ok"]
        assert host.ask({"v": 1, "op": "hello", "browser": "chromium"})["ok"]
    found = {path: path.stat().st_mode & 0o777 for path in (home, *home.rglob("*"))}

    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in found.items())


def test_a_large_capture_takes_little_memory(browser: ModuleType, home: Path) -> None:
    payload = os.urandom(24 << 20)
    with browser.HostClient(home) as host:
        assert host.save(payload)["ok"]
        status = Path(f"/proc/{host.process.pid}/status")
        if not status.exists():
            pytest.skip("the system does not tell a process's memory")
        (peak,) = (
            int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")
        )
    queue = Spool(home / "spool")

    assert peak * 1024 < 64 << 20
    assert queue.read(queue.waiting()[0]).payload == payload


def test_a_killed_host_loses_nothing_that_it_acknowledged(browser: ModuleType, home: Path) -> None:
    host = browser.HostClient(home)
    kept = [host.save(str(n).encode())["sha256"] for n in range(5)]
    host.send(browser.begin_message(b"under way"))
    os.kill(host.process.pid, signal.SIGKILL)
    host.close()
    queue = Spool(home / "spool")

    assert sorted(queue.read(path).header["sha256"] for path in queue.waiting()) == sorted(kept)


def test_a_full_disk_is_answered_and_the_next_host_goes_on(browser: ModuleType, home: Path) -> None:
    source = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)); " + browser.code()
    )
    with browser.HostClient(home, source=source) as host:
        assert host.save(b"small")["ok"]
        assert host.save(os.urandom(400_000))["code"] == "disk-full"
        assert host.save(b"small too")["ok"]
    with browser.HostClient(home) as host:
        assert host.save(os.urandom(400_000))["ok"]

    assert len(Spool(home / "spool").waiting()) == 3
    assert not list((home / "spool").glob(".*.part"))


def test_names_are_the_same_everywhere(root: Path) -> None:
    from desktop import VERSION
    from native_host import identity

    base = json.loads((root / "extension" / "manifest.base.json").read_text("utf-8"))
    script = (root / "extension" / "messages.js").read_text("utf-8")
    builder = (root / "packaging" / "build_extension.py").read_text("utf-8")

    assert identity.VERSION == VERSION
    assert f'"{identity.HOST_NAME}"' in script
    assert f'"{identity.FIREFOX_ID}"' in builder
    assert chromium_id(base["key"]) == identity.CHROMIUM_ID


def chromium_id(key: str) -> str:
    import base64
    import hashlib

    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))
