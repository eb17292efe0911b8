"""What is built: manifests, ids, zips, icons, words, colours."""

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import desktop
from native_host import manifest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "extension"
PERMISSIONS = ["activeTab", "alarms", "contextMenus", "nativeMessaging", "scripting", "storage"]
SHOWN_BY_THE_BROWSER = {"name", "description", "action_title", "command_highlight", "command_comment"}
LANGUAGES = sorted(path.name for path in (SOURCE / "_locales").iterdir())


def script(name: str) -> ModuleType:
    """A script of packaging/, loaded by its path: that folder is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("extension")
    script("build_extension").build(target)
    return target


def read(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return value


def sources(*endings: str) -> str:
    paths = sorted(path for path in SOURCE.rglob("*") if path.suffix in endings)
    return "\n".join(path.read_text("utf-8") for path in paths)


def test_the_ids_are_those_the_host_expects() -> None:
    build = script("build_extension")
    base = read(SOURCE / "manifest.base.json")

    assert build.chromium_id(base["key"]) == manifest.CHROMIUM_ID
    assert manifest.FIREFOX_ID == build.FIREFOX_ID
    assert f'HOST = "{manifest.HOST_NAME}"' in (SOURCE / "messages.js").read_text("utf-8")


def test_both_manifests_ask_for_no_site_and_differ_only_where_the_browsers_do(built: Path) -> None:
    chromium = read(built / "chromium" / "manifest.json")
    firefox = read(built / "firefox" / "manifest.json")

    for each in (chromium, firefox):
        assert each["permissions"] == PERMISSIONS
        assert "host_permissions" not in each
        assert "content_scripts" not in each
        assert each["optional_host_permissions"] == ["<all_urls>"]
        assert each["version"] == desktop.VERSION
    differing = {name for name in chromium.keys() | firefox.keys() if chromium.get(name) != firefox.get(name)}
    assert differing == {"key", "background", "minimum_chrome_version", "browser_specific_settings"}
    assert firefox["browser_specific_settings"]["gecko"]["data_collection_permissions"] == {
        "required": ["none"]
    }


def test_everything_a_manifest_or_a_page_names_is_there(built: Path) -> None:
    folder = built / "chromium"
    made = read(folder / "manifest.json")
    named = [
        *made["icons"].values(),
        made["action"]["default_popup"],
        made["options_ui"]["page"],
        "background.js",
        "painted.css",
        "strip.css",
        "search/search.html",
        *(f"_locales/{name}/messages.json" for name in LANGUAGES),
    ]
    for page in folder.rglob("*.html"):
        for link in re.findall(r'(?:src|href)="([^"]+)"', page.read_text("utf-8")):
            named.append(str((page.parent / link).resolve().relative_to(folder.resolve())))
    for module in folder.rglob("*.js"):
        for link in re.findall(r'from "(\.[^"]+)"', module.read_text("utf-8")):
            named.append(str((module.parent / link).resolve().relative_to(folder.resolve())))
    for name in re.findall(r'url\("([^"]+)"\)', (folder / "look.css").read_text("utf-8")):
        named.append(name)

    assert [name for name in named if not (folder / name).is_file()] == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    pages = sources(".html", ".css")

    assert re.findall(r'(?:src|href)="(?:https?:)?//', pages) == []
    assert re.findall(r"@import|url\(['\"]?(?:https?:)?//", pages) == []
    assert not re.search(
        r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", sources(".js")
    )


def test_the_same_sources_give_the_same_zips_byte_for_byte(built: Path, tmp_path: Path) -> None:
    script("build_extension").build(tmp_path)
    for path in built.glob("*.zip"):
        assert (
            hashlib.sha256(path.read_bytes()).digest()
            == hashlib.sha256((tmp_path / path.name).read_bytes()).digest()
        )
        with zipfile.ZipFile(path) as archive:
            assert "manifest.json" in archive.namelist()


def test_icons_come_from_the_package_and_none_is_unused(built: Path) -> None:
    look = (SOURCE / "look.css").read_text("utf-8")
    markup = sources(".html", ".js")
    named = set(re.findall(r"\.icon-([a-z0-9-]+) \{ --icon", look))

    assert {path.stem for path in (built / "firefox" / "icons" / "lucide").glob("*.svg")} == named
    assert [
        name for name in sorted(named) if f"icon-{name}" not in markup and f'"{name}"' not in markup
    ] == []
    assert not (SOURCE / "icons" / "lucide").exists()


def test_every_word_is_in_the_list_and_none_is_unused() -> None:
    listed = set(read(SOURCE / "_locales" / "en" / "messages.json"))
    code = sources(".js", ".html")
    quoted = set(re.findall(r'"([a-z][a-z0-9_]*)"', code))
    asked = set(re.findall(r'\bt\("([a-z0-9_]+)"', code)) | set(
        re.findall(r'data-t[a-z-]*="([a-z0-9_]+)"', code)
    )
    asked |= {
        f"{stem}_{form}" for stem in re.findall(r'many\("([a-z0-9_]+)"', code) for form in ("one", "many")
    }
    notes = re.search(r"NOTES = Object\.freeze\((\[.*?\])\)", code)
    codes = re.search(r"KNOWN_CODES = new Set\((\[.*?\])\)", code)
    menus = re.findall(r'menu\("([a-z]+)"', code)
    colours = re.search(r"COLOURS = Object\.freeze\((\[.*?\])\)", code)
    assert notes
    assert codes
    assert colours
    made = {f"note_{note.replace('-', '_')}" for note in json.loads(notes[1]) if note}
    made |= {f"code_{each.replace('-', '_')}" for each in json.loads(codes[1])}
    made |= {f"menu_{each}" for each in menus}
    made |= {f"colour_{each}" for each in json.loads(colours[1])}

    assert (asked | made) - listed == set()
    assert listed - asked - made - quoted - SHOWN_BY_THE_BROWSER == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words_and_places(language: str) -> None:
    ours = read(SOURCE / "_locales" / "en" / "messages.json")
    theirs = read(SOURCE / "_locales" / language / "messages.json")

    def places(entry: dict[str, str]) -> list[str]:
        return sorted(re.findall(r"\$\d|\*\*|`", entry["message"]))

    assert list(theirs) == list(ours)
    assert {key: entry["message"] for key, entry in theirs.items() if not entry["message"].strip()} == {}
    assert {key: places(entry) for key, entry in theirs.items()} == {
        key: places(entry) for key, entry in ours.items()
    }


def test_another_language_repeats_few_words_of_english() -> None:
    ours = read(SOURCE / "_locales" / "en" / "messages.json")
    german = read(SOURCE / "_locales" / "de" / "messages.json")

    same = {key for key in ours if ours[key]["message"] == german[key]["message"]}

    assert same == {"name", "what_seconds", "code", "version"}


def test_the_colours_on_a_page_are_those_of_the_design(shared: Path) -> None:
    tokens = read(shared / "look" / "tokens.json")["themes"]
    text = (SOURCE / "strip.css").read_text("utf-8") + (SOURCE / "painted.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--kb-([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r"\.kithbook-strip-host \{(.*?)\}", text, re.S)
    )
    painted = dict(re.findall(r"highlight\(kithbook-([a-z-]+)\) \{ background-color: (#[0-9a-f]{6});", text))

    for name, ours in (("light", light), ("dark", dark)):
        for key, value in ours.items():
            token = key.replace("-", "_")
            token = f"hl_{token}" if f"hl_{token}" in tokens[name] else token
            assert tokens[name][token].lower() == value, key
    assert light.keys() == dark.keys()
    assert len(painted) == 10
    for key, value in painted.items():
        theme = "dark" if key.endswith("-dark") else "light"
        assert tokens[theme][f"hl_{key.removesuffix('-dark')}"].lower() == value


def test_the_colours_are_those_of_the_design(shared: Path) -> None:
    tokens = read(shared / "look" / "tokens.json")["themes"]
    blocks = re.findall(r":root \{(.*?)\n *\}", (SOURCE / "look.css").read_text("utf-8"), re.S)
    for name, block in zip(("light", "dark", "contrast"), blocks, strict=True):
        ours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))

        assert {
            key: value for key, value in ours.items() if tokens[name][key.replace("-", "_")].lower() != value
        } == {}
        assert len(ours) > 30


def test_no_colour_stands_outside_the_tokens() -> None:
    look = (SOURCE / "look.css").read_text("utf-8")
    rest = look[look.index("* { box-sizing") :] + sources(".html")
    for name in ("popup/popup.css", "page.css", "search/search.css"):
        rest += (SOURCE / name).read_text("utf-8")

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s])", rest) == []


def test_modules_stay_within_the_size_that_one_can_read() -> None:
    long = {
        path.name: text.count("\n")
        for path in SOURCE.rglob("*.js")
        if (text := path.read_text("utf-8")).count("\n") > 400
    }

    assert long == {}


def test_web_ext_finds_no_error(built: Path) -> None:
    lint = ROOT / "packaging" / "lint_extension.py"
    done = subprocess.run(
        [sys.executable, str(lint), str(built / "firefox")],
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    if done.returncode == 3:
        pytest.skip("npm cannot be reached, so web-ext is not here to lint the extension")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 errors, 0 warnings" in done.stdout
