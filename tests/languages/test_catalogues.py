"""The catalogues: every text of the code, translated, with its placeholders, and compiled."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop import languages
from desktop.languages import tr, trn, writing


@pytest.fixture(scope="module")
def translations(root: Path) -> ModuleType:
    """packaging/translations.py, by its path."""
    place = root / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("kithbook_translations", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_language_is_complete_and_compiled(translations: ModuleType) -> None:
    """Mended by ``python packaging/translations.py`` and the missing lines of the ``.po`` file."""
    template = translations.extracted()
    found = [fault for path in translations.catalogues() for fault in translations.faults(path, template)]

    assert not found
    assert translations.TEMPLATE.read_bytes() == translations.as_po(template), "run packaging/translations.py"


def test_every_language_of_the_settings_has_a_catalogue(translations: ModuleType) -> None:
    spoken = {path.parent.parent.name for path in translations.catalogues()}

    assert spoken == set(languages.LANGUAGES) - {"en"}


def test_a_fault_in_a_catalogue_is_found(translations: ModuleType, tmp_path: Path) -> None:
    place = tmp_path / "de" / "LC_MESSAGES" / "kithbook.po"
    place.parent.mkdir(parents=True)
    good = translations.catalogues()[0].read_text("utf-8")
    bad = re.sub(r'msgid "Undo"\nmsgstr ".*"', 'msgid "Undo"\nmsgstr ""', good)
    bad = re.sub(r'(msgstr "[^"\n]*)\{when\}', r"\1{wann}", bad, count=1)
    place.write_text(bad, "utf-8")
    found = " ".join(translations.faults(place, translations.extracted()))

    assert "missing: 'Undo'" in found
    assert "other placeholders" in found
    assert "run compile" in found


def test_german_says_its_plurals_numbers_and_days() -> None:
    from datetime import date

    with languages.speaking("de"):
        assert tr("Undo") == "Rückgängig"
        assert [trn("{n} page", "{n} pages", n).format(n=n) for n in (0, 1, 2)] == [
            "0 Seiten", "1 Seite", "2 Seiten",
        ]  # fmt: skip
        assert (writing.number(1234567), writing.decimal(1234.56)) == ("1.234.567", "1.234,6")
        assert writing.long_day(date(2025, 3, 2)) == "2. März 2025"
        assert writing.listed(["a", "b", "c"]) == "a, b und c"


def test_a_command_speaks_the_language_it_is_told(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--help"], cwd=root, capture_output=True, check=True,
        env=os.environ | {"KITHBOOK_LANGUAGE": "de", "PYTHONIOENCODING": "utf-8"}, encoding="utf-8",
    )  # fmt: skip

    assert "die letzte Handlung zurücknehmen" in " ".join(done.stdout.split())


def test_no_text_stands_inside_an_f_string_where_it_would_not_be_found(root: Path) -> None:
    """What extracts the texts reads no Python inside of them."""
    hidden = []
    for path in sorted((root / "desktop").rglob("*.py")):
        for outer in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(outer, ast.JoinedStr):
                hidden += [
                    f"{path.name}:{call.lineno}"
                    for call in ast.walk(outer)
                    if isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id in ("tr", "trn", "trc", "mark")
                    and isinstance(call.args[0], ast.Constant)
                ]

    assert hidden == []
