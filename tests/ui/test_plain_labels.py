"""What a page says is never taken for markup by a label or a tooltip, which would load what it names."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import desktop.ui
from desktop.library import lists
from desktop.library.values import View
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.rows.model import RowModel

FILES = sorted(Path(desktop.ui.__file__).parent.rglob("*.py"))
HOSTILE = 'News <img src="file:///etc/x.png"> & <b>more</b>'


def _is_ours(call: ast.Call) -> bool:
    """Whether the label says a text of the program's own from the beginning."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Call):
        return isinstance(first.func, ast.Name) and first.func.id == "tr"
    return isinstance(first, ast.Constant)


def _loose_labels(path: Path) -> list[str]:
    """Labels of changing words that leave it to Qt whether these are markup."""
    found = []
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        told = {
            ast.unparse(call.func.value)
            for call in ast.walk(function)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "setTextFormat"
        }
        for made in ast.walk(function):
            if (
                isinstance(made, ast.Assign)
                and isinstance(made.value, ast.Call)
                and ast.unparse(made.value.func) == "QLabel"
                and not _is_ours(made.value)
                and not told & {ast.unparse(target) for target in made.targets}
            ):
                found.append(f"{path.name}:{made.lineno}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_label_of_changing_words_says_whether_they_are_markup(path: Path) -> None:
    assert _loose_labels(path) == []


def test_the_tooltip_of_a_row_is_no_markup(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    model = RowModel()
    assert desk.reader is not None
    model.use(desk.reader)
    model.replace(lists.ids(desk.reader, View()))
    row = model.row_at(0)
    assert row is not None
    monkeypatch.setattr(model, "row_at", lambda _number: replace(row, title=HOSTILE))
    shown = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert shown == tooltip(HOSTILE)


def test_the_tooltip_of_a_small_button_is_no_markup(desk: Desk, qtbot: QtBot) -> None:
    button = Button(desk.theme, f"Attach {HOSTILE}", icon="plus", kind="icon")
    qtbot.addWidget(button)
    assert button.toolTip() == tooltip(f"Attach {HOSTILE}")
    button.set_label("Attach")
    assert button.toolTip() == "Attach"


def test_a_tooltip_shows_markup_as_it_stands() -> None:
    shown = tooltip(HOSTILE)
    assert shown.startswith("<span>")
    assert shown.count("<") == 2
