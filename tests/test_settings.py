"""Settings: defaults, checks, the file, and the page that describes them."""

import importlib.util
import json
import stat
from pathlib import Path

import pytest

from desktop.errors import BadInput, NoSpace
from desktop.paths import Paths
from desktop.settings import BY_NAME, GROUPS, SETTINGS, Settings

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "kithbook")


def test_without_a_file_every_setting_has_its_default(paths: Paths) -> None:
    found = Settings.load(paths)

    assert all(found.get(one.name) == one.default for one in SETTINGS)
    assert found.notice == ""
    assert not paths.settings.exists()


def test_a_value_that_was_set_is_there_next_time(paths: Paths) -> None:
    Settings.load(paths).set("reader_size", 21)
    found = Settings.load(paths)

    assert found.number("reader_size") == 21
    assert found.text("theme") == "system"
    assert found.flag("fetch_after_save") is True


def test_the_file_is_the_persons_alone(paths: Paths) -> None:
    Settings.load(paths).set("theme", "dark")

    assert stat.S_IMODE(paths.settings.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.home.stat().st_mode) == 0o700


def test_a_file_with_wider_rights_becomes_the_persons_alone(paths: Paths) -> None:
    paths.home.mkdir()
    paths.settings.write_text("{}")
    paths.settings.chmod(0o644)
    Settings.load(paths).set("theme", "dark")

    assert stat.S_IMODE(paths.settings.stat().st_mode) == 0o600


def test_keys_of_a_newer_version_stay_in_the_file(paths: Paths) -> None:
    paths.home.mkdir()
    paths.settings.write_text(json.dumps({"from_the_future": {"a": [1]}, "theme": "dark"}))
    found = Settings.load(paths)
    found.set("density", "compact")

    kept = json.loads(paths.settings.read_text())
    assert kept == {"from_the_future": {"a": [1]}, "theme": "dark", "density": "compact"}


def test_a_value_that_does_not_fit_gives_the_default(paths: Paths) -> None:
    paths.home.mkdir()
    paths.settings.write_text(json.dumps({"theme": "pink", "reader_size": "17", "fetch_after_save": 1}))
    found = Settings.load(paths)

    assert found.text("theme") == "system"
    assert found.number("reader_size") == 17
    assert found.flag("fetch_after_save") is True


@pytest.mark.parametrize("damage", [b"{", b"\xff\xfe", b"[1]", b'"text"', b""])
def test_a_damaged_file_is_set_aside_with_a_sentence(paths: Paths, damage: bytes) -> None:
    paths.home.mkdir()
    paths.settings.write_bytes(damage)
    found = Settings.load(paths)

    assert "could not be read" in found.notice
    assert found.text("theme") == "system"
    assert (paths.home / "settings.damaged-1.json").read_bytes() == damage


def test_a_second_damaged_file_does_not_replace_the_first(paths: Paths) -> None:
    paths.home.mkdir()
    for text in ("{1", "{2"):
        paths.settings.write_text(text)
        Settings.load(paths)

    assert (paths.home / "settings.damaged-1.json").read_text() == "{1"
    assert (paths.home / "settings.damaged-2.json").read_text() == "{2"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", 1),
        ("reader_size", 18),
        ("reader_size", True),
        ("fetch_after_save", "yes"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_do(paths: Paths, name: str, value: object) -> None:
    found = Settings.load(paths)
    with pytest.raises(BadInput, match=name):
        found.set(name, value)  # type: ignore[arg-type]

    assert found.get(name) == BY_NAME[name].default


def test_a_name_that_is_no_setting_is_a_fault_of_ours(paths: Paths) -> None:
    with pytest.raises(KeyError):
        Settings.load(paths).get("nothing")


def test_a_disk_that_refuses_leaves_file_and_value_as_they_were(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Settings.load(paths)
    found.set("theme", "dark")

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.settings.os.fsync", refuse)
    with pytest.raises(NoSpace, match="could not be kept"):
        found.set("theme", "light")

    assert found.text("theme") == "dark"
    assert Settings.load(paths).text("theme") == "dark"
    assert [path.name for path in paths.home.iterdir()] == ["settings.json"]


def test_reset_brings_the_default_back(paths: Paths) -> None:
    found = Settings.load(paths)
    found.set("theme", "dark")
    found.reset("theme")

    assert found.text("theme") == "system"


def test_every_default_is_one_of_its_choices_and_every_group_is_known() -> None:
    assert [one.name for one in SETTINGS if one.check(one.default) != one.default] == []
    assert {one.group for one in SETTINGS} == set(GROUPS)
    assert len(BY_NAME) == len(SETTINGS)
    assert all(one.label and one.help.endswith(".") for one in SETTINGS)


def test_the_settings_page_of_the_docs_is_written_from_the_settings() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")

    spec = importlib.util.spec_from_file_location("settings_page", ROOT / "packaging" / "settings_page.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert page == made.reference(), "write it anew: python packaging/settings_page.py"
