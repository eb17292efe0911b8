"""Every icon that the code names is in the icon set: a missing one would only show when it is painted."""

import re
from pathlib import Path

import pytest

from desktop.ui import icons

UI = Path(__file__).resolve().parents[2] / "desktop" / "ui"
NAME = re.compile(
    r'(?:icon=|icon\(|pixmap\(|svg\(|Signed\([\w.]+, |LinkButton\([\w.]+, "[^"]*", )"([a-z0-9-]+)"'
)


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: str(path.relative_to(UI)))
def test_named_icons_are_there(path: Path) -> None:
    for name in NAME.findall(path.read_text("utf-8")):
        assert icons.svg(name).startswith("<")
