"""The files that the package carries for the desktop, the notice, and what is trimmed."""

import configparser
import importlib.util
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEBIAN = ROOT / "packaging" / "debian"
ID = "org.kithbook.Kithbook"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def entry() -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read(DEBIAN / f"{ID}.desktop", "utf-8")
    return found


def test_the_desktop_entry_opens_a_pack_and_has_an_act_that_answers() -> None:
    found = entry()

    assert found["Desktop Entry"]["Exec"] == "kithbook %f"
    assert found["Desktop Action answer"]["Exec"] == "kithbook --answer"


def test_the_entry_takes_the_type_that_the_package_describes() -> None:
    kind = "{http://www.freedesktop.org/standards/shared-mime-info}"
    described = ElementTree.parse(DEBIAN / "kithbook-mime.xml").getroot().find(f"{kind}mime-type")
    assert described is not None

    assert entry()["Desktop Entry"]["MimeType"] == f"{described.get('type')};"
    assert {one.get("pattern") for one in described.findall(f"{kind}glob")} == {
        f"*.kithbook{ending}" for ending in (".html", ".zip", ".html.age", ".zip.age")
    }


def test_the_window_bears_the_name_of_the_entry() -> None:
    looping = (ROOT / "desktop/ui/program/looping.py").read_text("utf-8")

    assert f'setDesktopFileName("{ID}")' in looping


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/imageformats/libqwebp.so", True),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("babel/locale-data/root.dat", True),
        ("babel/locale-data/de_AT.dat", True),
        ("babel/locale-data/fr.dat", False),
        ("libQt6EglFsKmsSupport.so.6", False),
        ("libQt6EglFSDeviceIntegration.so.6", False),
        ("libicudata.so.73", True),
        ("desktop/share/words.txt", True),
    ],
)
def test_only_what_no_one_needs_is_left_out(name: str, is_kept: bool) -> None:
    assert script("trimming").is_wanted(name) is is_kept


def test_the_notice_names_each_part_with_its_licence_and_each_text_once() -> None:
    notice = script("package_notice")
    parts = notice.parts(["nh3", "lxml"], {"qt": "6.11.3"})

    text = notice.notice(parts, "Own words")

    assert "Own words" in text
    assert "- Qt 6.11.3: LGPL-3.0-only" in text
    assert all(part.licence for part in parts)
    assert all(text.count(one.strip()) == 1 for part in parts for _name, one in part.texts)


def test_the_bill_of_materials_is_the_same_for_the_same_parts() -> None:
    notice = script("package_notice")
    parts = notice.parts(["nh3"], {})

    bill = notice.bill(parts, "1.2.3")

    assert bill == notice.bill(parts, "1.2.3")
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["components"][0]["purl"].startswith("pkg:pypi/nh3@")
    assert all(one["licenses"] for one in bill["components"])
