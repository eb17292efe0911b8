"""What ``make run`` does: opens the window, or, on a machine without a display, does the same job off-screen.

With a display: this computer's browsers are connected, then the window opens on your own library.
Without one: three sample pages go through the real host process as a browser would send them, are collected
and shown; the pictures of the window are in build/run/pictures. Nothing outside build/run is touched then.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "run"
PICTURES = PLACE / "pictures"
SAMPLES = Path(__file__).resolve().parent / "sample_pages"
PAGES: dict[str, dict[str, Any]] = {
    "handover": {"tags": ["work/shifts"], "found_through": "Jonas"},
    "rounding": {"tags": ["work/reports"], "goal": "Reports that add up"},
    "shelf": {
        "tags": ["learning"],
        "why": "Our team keeps links in five places. This is one habit for all of us.",
    },
}
"""The bundled pages, whole as on the web, and what a person would tell of each."""
SHOTS = (
    ("inbox", "light"), ("reader", "light"), ("connect", "light"), ("guide", "light"),
    ("inbox", "dark"), ("reader", "dark"),
)  # fmt: skip

sys.path.insert(0, str(Path(__file__).resolve().parent))

from host_client import HostClient  # noqa: E402


def main() -> int:
    """The exit status."""
    return in_window() if has_display() else off_screen()


def has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def in_window() -> int:
    connected = subprocess.run([*program(), "connect"], check=False)
    if connected.returncode:
        print("No browser was connected; the window says what helps.")
    print("Opening the window …", flush=True)
    return subprocess.call(program())


def off_screen() -> int:
    print("There is no display here, so Kithbook does its job off-screen, in a folder of its own.\n")
    environment = throw_away_home()
    home = Path(environment["KITHBOOK_HOME"])
    # The browser's folder is what tells the program that there is a browser to connect.
    (Path(environment["HOME"]) / ".config" / "chromium").mkdir(parents=True)
    if not step("Connecting the browser", lambda: ask("connect", environment=environment)):
        return 1
    if not step("Saving three pages through the host, as a browser does", lambda: save_pages(home)):
        return 1
    if not step("Collecting them into the library", lambda: ask("collect", environment=environment)):
        return 1
    print(ask("list", environment=environment))
    if not step("Taking the window's pictures", lambda: take_pictures(environment)):
        return 1
    print_way_in(home)
    return 0


def program() -> list[str]:
    return [sys.executable, "-m", "desktop"]


def throw_away_home() -> dict[str, str]:
    """A new, empty home below build/run, and the environment that leads there."""
    shutil.rmtree(PLACE, ignore_errors=True)
    user, runtime = PLACE / "user", PLACE / "runtime"
    home = PLACE / "home"
    for folder in (user, runtime, home, PICTURES):
        folder.mkdir(parents=True, mode=0o700)
    # The samples' sites are invented: there is nothing to fetch.
    (home / "settings.json").write_text(json.dumps({"fetch_after_save": False}), "utf-8")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "KITHBOOK_", "QT_"))
    }
    return {
        **kept,
        "HOME": str(user),
        "KITHBOOK_HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }


def step(what: str, work: Any) -> bool:
    """Do one step and say how it went."""
    began = time.monotonic()
    print(f"{what} … ", end="", flush=True)
    try:
        work()
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        print(f"failed.\n{error}")
        return False
    print(f"done ({time.monotonic() - began:.1f} s).", flush=True)
    return True


def ask(*arguments: str, environment: dict[str, str]) -> str:
    """Run one command of the program and return what it prints. Raises RuntimeError with what it says."""
    done = subprocess.run(
        [*program(), *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"kithbook {' '.join(arguments)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def save_pages(home: Path) -> None:
    """hello, then begin, parts and commit for each page; each is acknowledged when it is safe on disk."""
    with HostClient(home) as host:
        hello = {
            "v": 1, "op": "hello", "id": "00000000-0000-4000-8000-000000000000", "browser": "chromium",
            "version": "156.0", "pinned": True, "private_allowed": False, "extension_version": "0.1.0",
        }  # fmt: skip
        if not host.ask(hello).get("ok"):
            raise RuntimeError("The host did not answer the browser's hello.")
        for name in PAGES:
            payload, fields = message_of(name)
            reply = host.save(payload, **fields)
            if not reply.get("ok"):
                raise RuntimeError(f"The host refused a page: {reply}")


def message_of(name: str) -> tuple[bytes, dict[str, Any]]:
    """A page as a browser would send it: HTML with whole addresses, pictures, and what a person told."""
    page = (SAMPLES / f"{name}.html").read_text("utf-8")
    url = re.findall(r'<link rel="canonical" href="([^"]+)"', page)[0]
    folder = url.rpartition("/")[0]
    pictures = re.findall(r'<img src="([^"/]+)"', page)
    for picture in pictures:
        page = page.replace(f'src="{picture}"', f'src="{folder}/{picture}"')
    contents = [page.encode(), *((SAMPLES / picture).read_bytes() for picture in pictures)]
    sections = [{"kind": "html", "bytes": len(contents[0]), "type": "text/html; charset=utf-8"}]
    for picture, content in zip(pictures, contents[1:], strict=True):
        address = f"{folder}/{picture}"
        sections.append({"kind": "picture", "bytes": len(content), "type": "image/png", "url": address})
    title = unescape(re.findall(r"<title>([^<]+)</title>", page)[0])
    return b"".join(contents), {"url": url, "title": title, **PAGES[name], "sections": sections}


def take_pictures(environment: dict[str, str]) -> None:
    def take(shot: tuple[str, str]) -> None:
        view, theme = shot
        ask("shot", view, str(PICTURES / f"{view}-{theme}.png"), "--theme", theme, environment=environment)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take, SHOTS))


def print_way_in(home: Path) -> None:
    print("\nThe window as it looks now:")
    for path in sorted(PICTURES.glob("*.png")):
        print(f"  {path.relative_to(ROOT)}")
    print(
        "\nOn a computer with a display, “make run” connects your browsers and opens the window on your own\n"
        "library. To look at this sample there:\n"
        f"  KITHBOOK_HOME={home.relative_to(ROOT)} .venv/bin/kithbook"
    )


if __name__ == "__main__":
    sys.exit(main())
