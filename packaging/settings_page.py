"""Writes ``docs/settings.md``: every setting with its values, from where they are defined.

Surprising: a test compares the page with what this would write, so a setting cannot be forgotten there.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.settings import GROUPS, SETTINGS, Setting  # noqa: E402

PAGE = ROOT / "docs" / "settings.md"


def reference() -> str:
    """The text of the page, in Markdown."""
    lines = [
        "# Settings",
        "",
        "They stand on the settings page of the window, but for those marked *file only*. Kithbook keeps",
        "them in `settings.json` in its home folder. A file that cannot be read is kept beside it under",
        "another name, and the usual values are used. [Keys](keys.md) have a page of their own.",
    ]
    for group in GROUPS:
        lines += ["", f"## {group}", "", "| name | what it does | values | usual |", "|---|---|---|---|"]
        lines += [_row(one) for one in SETTINGS if one.group == group]
    return "\n".join(lines) + "\n"


def _row(one: Setting) -> str:
    spoken = {True: "true", False: "false", "": "none"}
    kinds = {str: "text", int: "a whole number", bool: "`true`, `false`"}
    values = ", ".join(f"`{choice.value}`" for choice in one.choices) or kinds[type(one.default)]
    usual = spoken.get(one.default, str(one.default))
    hidden = " *File only.*" if one.is_hidden else ""
    return f"| `{one.name}` | **{one.label}.** {one.help}{hidden} | {values} | {usual} |"


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
