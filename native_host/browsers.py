"""The browsers we know, and where each looks for the programs it may start, on each system.

Only Linux has been run; the places of macOS and Windows stand here as their makers document them. Surprising:
Firefox keeps its profiles in ``~/.config/mozilla`` since version 147, yet looks in ``~/.mozilla``.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from native_host.identity import HOST_NAME
from native_host.registry import WindowsRegistry


class Registry(Protocol):
    """The part of the Windows registry that we use: default values below HKEY_CURRENT_USER."""

    def get(self, key: str) -> str | None:
        """The default value of a key, None when there is no such key."""

    def put(self, key: str, value: str) -> None:
        """Make the key and set its default value."""

    def drop(self, key: str) -> None:
        """Delete the key; none is no error."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the machine looks like; given to every function, so that any system can be tested on any other."""

    system: str
    """``linux``, ``darwin`` or ``win32``, as `sys.platform` says."""
    user: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    registry: Registry | None = None
    which: Callable[[str], str | None] = shutil.which
    root: Path = Path("/")
    """Where the places of the whole system begin."""


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser. Folders are relative to: home (Linux), Application Support (macOS), AppData (Windows)."""

    key: str
    name: str
    family: str
    linux: str
    mac: str
    windows: str
    registry: tuple[str, ...]
    programs: tuple[str, ...]
    snap: str = ""
    flatpak: str = ""


SYSTEM = {
    "chromium": "/etc/chromium/native-messaging-hosts",
    "chrome": "/etc/opt/chrome/native-messaging-hosts",
    "edge": "/etc/opt/edge/native-messaging-hosts",
    "brave": "/etc/opt/brave/native-messaging-hosts",
    "vivaldi": "/etc/opt/vivaldi/native-messaging-hosts",
    "firefox": "/usr/lib/mozilla/native-messaging-hosts",
}
"""Where a package of the system registers the host for every user of it; Linux only."""

BROWSERS = (
    Browser(
        "chromium", "Chromium", "chromium", ".config/chromium", "Chromium", "Local/Chromium",
        ("Software\\Chromium",), ("chromium", "chromium-browser"), "chromium", "org.chromium.Chromium",
    ),
    Browser(
        "chrome", "Google Chrome", "chromium", ".config/google-chrome", "Google/Chrome",
        "Local/Google/Chrome", ("Software\\Google\\Chrome",), ("google-chrome", "google-chrome-stable"),
        "", "com.google.Chrome",
    ),
    Browser(
        "edge", "Microsoft Edge", "chromium", ".config/microsoft-edge", "Microsoft Edge",
        "Local/Microsoft/Edge", ("Software\\Microsoft\\Edge",), ("microsoft-edge", "microsoft-edge-stable"),
        "", "com.microsoft.Edge",
    ),
    Browser(
        "brave", "Brave", "chromium", ".config/BraveSoftware/Brave-Browser", "BraveSoftware/Brave-Browser",
        "Local/BraveSoftware/Brave-Browser",
        ("Software\\Google\\Chrome", "Software\\BraveSoftware\\Brave-Browser"),
        ("brave-browser", "brave"), "brave", "com.brave.Browser",
    ),
    Browser(
        "vivaldi", "Vivaldi", "chromium", ".config/vivaldi", "Vivaldi", "Local/Vivaldi",
        ("Software\\Google\\Chrome", "Software\\Vivaldi"), ("vivaldi", "vivaldi-stable"), "vivaldi",
        "com.vivaldi.Vivaldi",
    ),
    Browser(
        "opera", "Opera", "chromium", ".config/opera", "com.operasoftware.Opera", "Roaming/Opera Software",
        ("Software\\Google\\Chrome", "Software\\Opera Software"), ("opera", "opera-stable"), "opera",
        "com.opera.Opera",
    ),
    Browser(
        "firefox", "Firefox", "firefox", ".mozilla", "Mozilla", "Roaming/Mozilla/Firefox",
        ("Software\\Mozilla",), ("firefox", "firefox-esr"), "firefox", "org.mozilla.firefox",
    ),
    Browser(
        "librewolf", "LibreWolf", "firefox", ".librewolf", "LibreWolf", "Roaming/librewolf",
        ("Software\\Mozilla", "Software\\LibreWolf"), ("librewolf",), "",
        "io.gitlab.librewolf-community",
    ),
)  # fmt: skip


def this_ground() -> Ground:
    """The machine we run on."""
    return Ground(
        system="linux" if sys.platform.startswith(("linux", "freebsd")) else sys.platform,
        user=Path.home(),
        environ=os.environ,
        registry=_registry(),
    )


def by_key(key: str) -> Browser | None:
    """The browser of this key, None when we know none."""
    return next((browser for browser in BROWSERS if browser.key == key), None)


def is_found(browser: Browser, ground: Ground) -> bool:
    """Is the browser on this machine: its profile, its program or its sandbox?"""
    if _root(browser, ground).is_dir() or sandbox(browser, ground):
        return True
    if browser.key == "firefox" and _new_firefox(ground).is_dir():
        return True
    if ground.system == "darwin":
        return Path("/Applications", f"{browser.name}.app").exists()
    return ground.system == "linux" and any(map(ground.which, browser.programs))


def sandbox(browser: Browser, ground: Ground) -> str:
    """``snap`` or ``flatpak`` when the browser can be had here only inside one, else an empty text."""
    if ground.system != "linux":
        return ""
    programs = [found for name in browser.programs if (found := ground.which(name))]
    snaps = [found for found in programs if found.startswith("/snap/")]
    flatpaks = [found for found in programs if "/flatpak/exports/" in found]
    if browser.snap and (snaps or (not programs and (ground.user / "snap" / browser.snap).is_dir())):
        return "snap"
    if len(programs) > len(flatpaks):
        return ""
    kept = ground.user / ".var/app" / browser.flatpak
    return "flatpak" if flatpaks or kept.is_dir() else ""


def places(browser: Browser, ground: Ground, home: Path) -> list[Path]:
    """The manifest files that tell this browser of the host. On Windows one file, named by the registry."""
    name = HOST_NAME + ".json"
    if ground.system == "win32":
        return [home / "host" / f"{HOST_NAME}.{browser.family}.json"]
    is_gecko_on_linux = browser.family == "firefox" and ground.system == "linux"
    folder = "native-messaging-hosts" if is_gecko_on_linux else "NativeMessagingHosts"
    roots = [_root(browser, ground), *_sandbox_roots(browser, ground)]
    if browser.key == "firefox" and ground.system == "linux" and _new_firefox(ground).is_dir():
        roots.append(_new_firefox(ground))
    return [root / folder / name for root in roots]


def system_place(browser: Browser, root: Path = Path("/")) -> Path | None:
    """The manifest file that a package of the system writes for this browser, None when none is known."""
    folder = SYSTEM.get(browser.key)
    return root / folder[1:] / (HOST_NAME + ".json") if folder else None


def registry_keys(browser: Browser, ground: Ground) -> list[str]:
    """The registry keys whose default value names the manifest; none but on Windows."""
    if ground.system != "win32":
        return []
    return [f"{key}\\NativeMessagingHosts\\{HOST_NAME}" for key in browser.registry]


def _root(browser: Browser, ground: Ground) -> Path:
    if ground.system == "darwin":
        return ground.user / "Library/Application Support" / browser.mac
    if ground.system == "win32":
        kind, _, rest = browser.windows.partition("/")
        given = ground.environ.get("LOCALAPPDATA" if kind == "Local" else "APPDATA")
        return Path(given) / rest if given else ground.user / "AppData" / kind / rest
    return _below_config(browser.linux, ground)


def _below_config(relative: str, ground: Ground) -> Path:
    chosen = ground.environ.get("XDG_CONFIG_HOME", "")
    if relative.startswith(".config/") and chosen.startswith("/"):
        return Path(chosen) / relative.removeprefix(".config/")
    return ground.user / relative


def _new_firefox(ground: Ground) -> Path:
    return _below_config(".config/mozilla", ground)


def _sandbox_roots(browser: Browser, ground: Ground) -> list[Path]:
    """Where the browser looks from inside its sandbox, if it can be had at all."""
    kind = sandbox(browser, ground)
    if kind == "snap" and browser.family == "chromium":
        return [ground.user / "snap" / browser.snap / "common" / browser.linux.removeprefix(".config/")]
    if kind == "flatpak":
        kept = ground.user / ".var/app" / browser.flatpak
        return [kept / browser.linux.replace(".config/", "config/", 1)]
    return []


def _registry() -> Registry | None:
    return WindowsRegistry() if os.name == "nt" else None
