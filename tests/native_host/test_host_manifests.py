"""Manifests of every browser on every system: where they stand, what they say, in what state they are."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from native_host import browsers, launcher, manifest
from native_host.browsers import BROWSERS, Browser, Ground
from native_host.launcher import Program
from native_host.registry import WindowsRegistry

NAME = "org.kithbook.host.json"
LINUX = {
    "chromium": ".config/chromium/NativeMessagingHosts",
    "chrome": ".config/google-chrome/NativeMessagingHosts",
    "edge": ".config/microsoft-edge/NativeMessagingHosts",
    "brave": ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts",
    "vivaldi": ".config/vivaldi/NativeMessagingHosts",
    "opera": ".config/opera/NativeMessagingHosts",
    "firefox": ".mozilla/native-messaging-hosts",
    "librewolf": ".librewolf/native-messaging-hosts",
}
MAC = {
    "chromium": "Chromium",
    "chrome": "Google/Chrome",
    "edge": "Microsoft Edge",
    "brave": "BraveSoftware/Brave-Browser",
    "vivaldi": "Vivaldi",
    "opera": "com.operasoftware.Opera",
    "firefox": "Mozilla",
    "librewolf": "LibreWolf",
}
WINDOWS = {
    "chromium": ["Software\\Chromium"],
    "chrome": ["Software\\Google\\Chrome"],
    "edge": ["Software\\Microsoft\\Edge"],
    "brave": ["Software\\Google\\Chrome", "Software\\BraveSoftware\\Brave-Browser"],
    "vivaldi": ["Software\\Google\\Chrome", "Software\\Vivaldi"],
    "opera": ["Software\\Google\\Chrome", "Software\\Opera Software"],
    "firefox": ["Software\\Mozilla"],
    "librewolf": ["Software\\Mozilla", "Software\\LibreWolf"],
}


class Registry:
    """A registry in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.values.get(key)

    def put(self, key: str, value: str) -> None:
        self.values[key] = value

    def drop(self, key: str) -> None:
        self.values.pop(key, None)


def browser_of(key: str) -> Browser:
    found = browsers.by_key(key)
    assert found is not None
    return found


def ground(
    user: Path, system: str = "linux", programs: dict[str, str] | None = None, **fields: Any
) -> Ground:
    return Ground(system=system, user=user, which=(programs or {}).get, **fields)


@pytest.mark.parametrize("browser", BROWSERS, ids=lambda browser: browser.key)
def test_manifests_stand_where_the_browser_looks_on_linux(
    browser: Browser, tmp_path: Path, home: Path
) -> None:
    assert browsers.places(browser, ground(tmp_path), home) == [tmp_path / LINUX[browser.key] / NAME]
    assert browsers.registry_keys(browser, ground(tmp_path)) == []


@pytest.mark.parametrize("browser", BROWSERS, ids=lambda browser: browser.key)
def test_manifests_stand_where_the_browser_looks_on_macos(
    browser: Browser, tmp_path: Path, home: Path
) -> None:
    wanted = tmp_path / "Library/Application Support" / MAC[browser.key] / "NativeMessagingHosts" / NAME

    assert browsers.places(browser, ground(tmp_path, "darwin"), home) == [wanted]


@pytest.mark.parametrize("browser", BROWSERS, ids=lambda browser: browser.key)
def test_the_registry_names_the_manifest_on_windows(browser: Browser, tmp_path: Path, home: Path) -> None:
    here = ground(tmp_path, "win32", registry=Registry())
    wanted = home / "host" / f"org.kithbook.host.{browser.family}.json"
    keys = [f"{key}\\NativeMessagingHosts\\org.kithbook.host" for key in WINDOWS[browser.key]]
    assert manifest.state(browser, home, here).word == "missing"

    assert manifest.connect(browser, home, here) == [wanted]
    assert here.registry.values == dict.fromkeys(keys, str(wanted))
    assert manifest.state(browser, home, here).word == "registered"
    here.registry.values[keys[0]] = "C:\\elsewhere.json"
    assert manifest.state(browser, home, here).word == "outdated"
    manifest.disconnect(browser, home, here)
    assert here.registry.values == {}


@pytest.mark.parametrize("browser", BROWSERS, ids=lambda browser: browser.key)
def test_a_manifest_says_what_the_browser_wants_to_hear(browser: Browser, tmp_path: Path, home: Path) -> None:
    here = ground(tmp_path)
    (path,) = manifest.connect(browser, home, here)
    said = json.loads(path.read_bytes())

    assert said["name"] == "org.kithbook.host"
    assert said["type"] == "stdio"
    assert said["path"] == str(home / "host" / "kithbook-host")
    assert Path(said["path"]).is_absolute()
    if browser.family == "firefox":
        assert said["allowed_extensions"] == ["kithbook@kithbook.org"]
        assert "allowed_origins" not in said
    else:
        assert said["allowed_origins"] == [f"chrome-extension://{manifest.CHROMIUM_ID}/"]
        assert "allowed_extensions" not in said
    assert manifest.state(browser, home, here) == manifest.State("registered", path)


def test_a_manifest_never_holds_a_relative_path() -> None:
    with pytest.raises(ValueError, match="absolute"):
        manifest.content("firefox", Path("host/kithbook-host"))
    assert b"C:" in manifest.content("firefox", Path("C:\\home\\host.bat"))


@pytest.fixture
def firefox() -> Browser:
    return browser_of("firefox")


def test_a_manifest_is_missing_until_it_is_written_and_after_it_is_removed(
    firefox: Browser, tmp_path: Path, home: Path
) -> None:
    here = ground(tmp_path)
    assert manifest.state(firefox, home, here).word == "missing"
    (path,) = manifest.connect(firefox, home, here)

    assert manifest.disconnect(firefox, home, here) == [path]
    assert manifest.state(firefox, home, here).word == "missing"
    assert manifest.disconnect(firefox, home, here) == []


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'{"name":"org.kithbook.host","path":"/gone/kithbook-host"}']
)
def test_a_manifest_that_leads_nowhere_is_outdated_and_mended(
    firefox: Browser, tmp_path: Path, home: Path, raw: bytes
) -> None:
    here = ground(tmp_path)
    (path,) = manifest.connect(firefox, home, here)
    path.write_bytes(raw)
    assert manifest.state(firefox, home, here).word == "outdated"

    manifest.connect(firefox, home, here)
    assert manifest.state(firefox, home, here).word == "registered"


@pytest.mark.parametrize("harm", ["gone", "changed", "not executable"])
def test_a_manifest_whose_launcher_is_not_as_it_should_be_is_outdated(
    firefox: Browser, tmp_path: Path, home: Path, harm: str
) -> None:
    here = ground(tmp_path)
    manifest.connect(firefox, home, here)
    place = launcher.path(home, "linux")
    if harm == "gone":
        place.unlink()
    elif harm == "changed":
        place.write_text("#!/bin/sh\n")
    else:
        place.chmod(0o600)
        if os.access(place, os.X_OK):
            pytest.skip("this user may execute anything")

    assert manifest.state(firefox, home, here).word == "outdated"


def test_a_manifest_of_another_kithbook_that_is_still_there_is_foreign_and_not_removed(
    firefox: Browser, tmp_path: Path, home: Path
) -> None:
    here = ground(tmp_path)
    other = tmp_path / "other"
    (path,) = manifest.connect(firefox, other, here)

    assert manifest.state(firefox, home, here).word == "foreign"
    assert manifest.disconnect(firefox, home, here) == []
    assert path.exists()
    launcher.path(other, "linux").unlink()
    assert manifest.state(firefox, home, here).word == "outdated"


def test_a_new_firefox_is_told_at_both_its_places(firefox: Browser, tmp_path: Path, home: Path) -> None:
    (tmp_path / ".config/mozilla").mkdir(parents=True)
    here = ground(tmp_path)

    assert browsers.is_found(firefox, here)
    assert manifest.connect(firefox, home, here) == [
        tmp_path / ".mozilla/native-messaging-hosts" / NAME,
        tmp_path / ".config/mozilla/native-messaging-hosts" / NAME,
    ]
    (tmp_path / ".mozilla/native-messaging-hosts" / NAME).unlink()
    assert manifest.state(firefox, home, here).word == "missing"


def test_a_moved_config_folder_is_followed(tmp_path: Path, home: Path) -> None:
    here = ground(tmp_path, environ={"XDG_CONFIG_HOME": "/moved"})

    assert browsers.places(browser_of("chrome"), here, home) == [
        Path("/moved/google-chrome/NativeMessagingHosts", NAME)
    ]


@pytest.mark.parametrize("browser", BROWSERS, ids=lambda browser: browser.key)
def test_a_browser_is_found_by_its_profile_or_its_program(browser: Browser, tmp_path: Path) -> None:
    assert not browsers.is_found(browser, ground(tmp_path))
    program = {browser.programs[0]: f"/usr/bin/{browser.programs[0]}"}
    assert browsers.is_found(browser, ground(tmp_path, programs=program))
    (tmp_path / browser.linux).mkdir(parents=True)
    assert browsers.is_found(browser, ground(tmp_path))


def test_a_browser_is_found_on_windows_and_macos_by_its_profile(tmp_path: Path) -> None:
    chrome = browser_of("chrome")
    (tmp_path / "AppData/Local/Google/Chrome").mkdir(parents=True)
    assert browsers.is_found(chrome, ground(tmp_path, "win32"))
    assert not browsers.is_found(chrome, ground(tmp_path, "darwin"))
    (tmp_path / "Library/Application Support/Google/Chrome").mkdir(parents=True)
    assert browsers.is_found(chrome, ground(tmp_path, "darwin"))
    (tmp_path / "roaming/Mozilla/Firefox").mkdir(parents=True)
    here = ground(tmp_path, "win32", environ={"APPDATA": str(tmp_path / "roaming")})
    assert browsers.is_found(browser_of("firefox"), here)


@pytest.mark.parametrize(
    ("key", "programs", "folders", "wanted"),
    [
        ("firefox", {"firefox": "/snap/bin/firefox"}, [], "snap"),
        ("firefox", {}, ["snap/firefox"], "snap"),
        ("firefox", {"firefox": "/usr/bin/firefox"}, ["snap/firefox"], ""),
        ("firefox", {}, [".var/app/org.mozilla.firefox"], "flatpak"),
        ("firefox", {"firefox": "/var/lib/flatpak/exports/bin/firefox"}, [], "flatpak"),
        ("firefox", {"firefox": "/usr/bin/firefox"}, [".var/app/org.mozilla.firefox"], ""),
        ("chromium", {"chromium": "/snap/bin/chromium"}, [], "snap"),
        ("chrome", {}, [".var/app/com.google.Chrome"], "flatpak"),
        ("chrome", {}, [], ""),
    ],
)
def test_a_sandbox_is_seen(
    tmp_path: Path, key: str, programs: dict[str, str], folders: list[str], wanted: str
) -> None:
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    here = ground(tmp_path, programs=programs)

    assert browsers.sandbox(browser_of(key), here) == wanted
    assert browsers.is_found(browser_of(key), here) is bool(programs or folders)
    assert browsers.sandbox(browser_of(key), ground(tmp_path, "darwin", programs)) == ""


def test_a_sandboxed_browser_is_told_inside_its_sandbox_too(tmp_path: Path, home: Path) -> None:
    here = ground(tmp_path, programs={"chromium": "/snap/bin/chromium"})
    assert tmp_path / "snap/chromium/common/chromium/NativeMessagingHosts" / NAME in browsers.places(
        browser_of("chromium"), here, home
    )
    (tmp_path / ".var/app/org.mozilla.firefox").mkdir(parents=True)
    assert (
        tmp_path / ".var/app/org.mozilla.firefox/.mozilla/native-messaging-hosts" / NAME
        in browsers.places(browser_of("firefox"), ground(tmp_path), home)
    )


def test_the_launcher_starts_the_host_with_its_home(browser: ModuleType, tmp_path: Path) -> None:
    home = tmp_path / 'it\'s a "home" of $HOME'
    place = launcher.write(home, "linux", launcher.this_program())
    environ = {"KITHBOOK_HOME": str(tmp_path / "wrong"), "PYTHONPATH": str(tmp_path), "PYTHONHOME": ""}
    with browser.HostClient(tmp_path, command=(str(place),), environ=environ) as host:
        assert host.save(b"x")["ok"]

    assert len(list((home / "spool").glob("*.spool"))) == 1
    assert place.stat().st_mode & 0o777 == 0o700


def test_the_launcher_needs_nothing_of_the_environment(tmp_path: Path) -> None:
    home = tmp_path / "home"
    place = launcher.write(home, "linux", launcher.this_program())
    question = b'{"v":1,"op":"context","url":"x"}'
    done = subprocess.run(
        [str(place), manifest.ORIGINS[0]],
        input=len(question).to_bytes(4, sys.byteorder) + question,
        capture_output=True, env={}, cwd="/", check=True, timeout=60,
    )  # fmt: skip

    assert json.loads(done.stdout[4:])["ok"]


def test_the_windows_launcher_is_a_batch_file() -> None:
    program = Program("C:\\Programs\\100%\\python.exe", "C:\\Users\\é\\kithbook")
    text = launcher.text(Path("C:/Users/é/Home"), "win32", program).decode("utf-8")
    lines = text.split("\r\n")

    assert lines[0] == "@echo off"
    assert 'set "KITHBOOK_HOME=C:/Users/é/Home"' in lines
    assert '"C:\\Programs\\100%%\\python.exe" "-I" "-S" "-c" ' in text
    assert "sys.path.insert(0, 'C:\\\\Users\\\\é\\\\kithbook')" in text
    assert lines[-2].endswith(" %*")
    assert launcher.path(Path("h"), "win32").name == "kithbook-host.bat"


def test_a_frozen_program_starts_its_second_executable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/kithbook/kithbook")
    program = launcher.this_program()

    assert program == Program("/opt/kithbook/kithbook-host")
    assert b'exec /opt/kithbook/kithbook-host "$@"' in launcher.text(Path("/h"), "linux", program)


def test_a_profile_of_its_own_can_be_told_too(browser: ModuleType, tmp_path: Path, home: Path) -> None:
    path = manifest.write_into(tmp_path / "profile/NativeMessagingHosts", "chromium", home)
    said = json.loads(path.read_bytes())

    assert path.name == NAME
    with browser.HostClient(home, command=(said["path"],)) as host:
        assert host.ask({"v": 1, "op": "context", "url": "x"})["ok"]


def test_the_registry_is_read_and_written_below_the_current_user() -> None:
    class Winreg:
        HKEY_CURRENT_USER, REG_SZ = 1, 2

        def __init__(self) -> None:
            self.keys: dict[tuple[int, str], str] = {}

        def QueryValue(self, root: int, key: str) -> str:
            if (root, key) not in self.keys:
                raise FileNotFoundError
            return self.keys[root, key]

        def SetValue(self, root: int, key: str, kind: int, value: str) -> None:
            assert kind == self.REG_SZ
            self.keys[root, key] = value

        def DeleteKey(self, root: int, key: str) -> None:
            if self.keys.pop((root, key), None) is None:
                raise FileNotFoundError

    registry = WindowsRegistry(Winreg())
    assert registry.get("a") is None
    registry.put("a", "b")
    assert registry.get("a") == "b"
    registry.drop("a")
    registry.drop("a")
    assert registry.get("a") is None
