"""The manifests that the system's package writes for all users, and how the program treats them."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from native_host import browsers, manifest
from native_host.browsers import Ground
from native_host.launcher import Program

ROOT = Path(__file__).resolve().parents[2]
HOST = "/usr/lib/kithbook/kithbook-host"
FROZEN = Program(HOST)


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    """A machine on which the package is installed."""
    for place, content in script("system_manifests").system_manifests().items():
        path = tmp_path / "system" / place
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return Ground("linux", tmp_path / "user", {}, which=lambda _name: None, root=tmp_path / "system")


@pytest.fixture
def home(ground: Ground) -> Path:
    return ground.user / ".local/share/kithbook"


def test_every_manifest_starts_the_host_of_the_package_and_lets_our_extension_in_alone() -> None:
    written = script("system_manifests").system_manifests()

    assert len(written) == 6
    for place, content in written.items():
        said = json.loads(content)
        assert place.endswith("/org.kithbook.host.json")
        assert said["path"] == HOST
        allowed = said.get("allowed_origins") or said.get("allowed_extensions")
        assert allowed in (list(manifest.ORIGINS), [manifest.FIREFOX_ID])


@pytest.mark.parametrize("key", sorted(browsers.SYSTEM))
def test_a_browser_is_registered_by_the_package_and_nothing_is_written_for_the_user(
    key: str, ground: Ground, home: Path
) -> None:
    browser = browsers.by_key(key)
    assert browser is not None

    assert manifest.state(browser, home, ground, FROZEN).word == "registered"
    manifest.connect(browser, home, ground, FROZEN)

    assert not ground.user.exists()


def test_a_file_of_the_user_that_would_outlive_the_package_is_taken_away(ground: Ground, home: Path) -> None:
    browser = browsers.BROWSERS[0]
    before = Program(sys.executable, str(ROOT))
    (own,) = manifest.connect(browser, home, ground, before)
    assert own.is_file()

    assert manifest.state(browser, home, ground, FROZEN).word == "outdated"
    manifest.connect(browser, home, ground, FROZEN)

    assert not own.exists()
    assert manifest.state(browser, home, ground, FROZEN).word == "registered"


def test_another_kithbook_of_the_user_is_seen_as_such(ground: Ground, home: Path, tmp_path: Path) -> None:
    browser = browsers.BROWSERS[0]
    other = tmp_path / "other-host"
    other.write_text("")
    own = browsers.places(browser, ground, home)[0]
    own.parent.mkdir(parents=True)
    own.write_bytes(manifest.content("chromium", other))

    assert manifest.state(browser, home, ground, FROZEN).word == "foreign"


def test_a_library_elsewhere_needs_a_launcher_of_its_own(ground: Ground, tmp_path: Path) -> None:
    browser = browsers.BROWSERS[0]
    elsewhere = tmp_path / "elsewhere"

    assert manifest.state(browser, elsewhere, ground, FROZEN).word == "missing"
    (own,) = manifest.connect(browser, elsewhere, ground, FROZEN)

    assert own.is_relative_to(ground.user)


def test_a_program_run_from_its_sources_does_not_lean_on_the_package(ground: Ground, home: Path) -> None:
    browser = browsers.BROWSERS[0]

    assert manifest.state(browser, home, ground, Program(sys.executable, str(ROOT))).word == "missing"
