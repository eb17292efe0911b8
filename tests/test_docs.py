"""The documents are true: links lead somewhere, and every command, setting and error code is described."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    broken = [
        target
        for target in LINK.findall(page.read_text("utf-8"))
        if not target.startswith(("http://", "https://", "mailto:", "kithbook:"))
        and not (page.parent / target).exists()
    ]

    assert not broken


def test_every_command_is_described() -> None:
    from desktop.cli import main

    text = (ROOT / "docs" / "commands.md").read_text("utf-8")

    assert not [one.name for one in main.COMMANDS if f"`kithbook {one.name}" not in text]


def test_every_setting_is_described() -> None:
    from desktop import settings

    text = (ROOT / "docs" / "settings.md").read_text("utf-8")

    assert not [setting.name for setting in settings.SETTINGS if f"`{setting.name}`" not in text]


def test_decision_pages_are_numbered_without_gaps() -> None:
    numbers = sorted(int(page.name[:3]) for page in (ROOT / "docs" / "decisions").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_the_glossary_has_each_word_once() -> None:
    rows = re.findall(
        r"^\| \*\*(.+?)\*\* \|", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE
    )

    assert rows
    assert len(rows) == len(set(rows))
