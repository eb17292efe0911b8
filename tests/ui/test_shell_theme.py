"""Tokens, contrast, icons and what the theme does to the application."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from desktop.ui import icons
from desktop.ui.actions import Where, is_far, key_text
from desktop.ui.acts.window import WindowActs
from desktop.ui.desk import Desk
from desktop.ui.parts.pills import _KINDS
from desktop.ui.style_sheet import sheet
from desktop.ui.theme import COLOURS, READER_FAMILY, SCALE, THEMES, UI_FAMILY, Lengths, Theme, Tokens
from desktop.ui.window import MainWindow


def test_the_tokens_are_those_of_the_design(shared: Path) -> None:
    drawn = json.loads((shared / "look" / "tokens.json").read_text(encoding="utf-8"))
    names = [field.name for field in fields(Tokens)]

    assert set(drawn["themes"]) == set(THEMES)
    for theme, colours in drawn["themes"].items():
        assert list(colours) == names
        assert {name: getattr(COLOURS[theme], name) for name in names} == colours
    assert tuple(drawn["type"]["ui_family"]) == UI_FAMILY
    assert tuple(drawn["type"]["reader_family"]) == READER_FAMILY
    for step, kind in drawn["type"]["scale"].items():
        assert (SCALE[step].px, SCALE[step].line, SCALE[step].weight) == (
            kind["px"], kind["line"], kind["weight"],
        )  # fmt: skip
    layout, rows = drawn["layout"], drawn["rows"]
    assert (layout["sidebar"], layout["rail"], layout["list"]) == (
        Lengths.SIDEBAR,
        Lengths.RAIL,
        Lengths.LIST,
    )
    assert (
        rows["comfortable"]["capture"], rows["compact"]["capture"],
    ) == (Lengths.ROW_COMFORTABLE, Lengths.ROW_COMPACT)  # fmt: skip
    assert drawn["motion"]["toast_ms"] == Lengths.TOAST_MS


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((ink, on) for ink in ("text", "muted") for on in ("bg", "surface", "raised", "hover", "selected")),
    ("on_accent_soft", "accent_soft"), ("on_accent", "accent"), ("accent", "raised"), ("danger", "raised"),
    ("surface", "text"), *((ink, ground) for ground, ink in _KINDS.values()),
    ("on_accent_soft", "surface"), ("muted", "selected_idle"), ("on_danger_soft", "danger_soft"),
]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_every_ink_stands_out_from_its_ground(theme: str) -> None:
    tokens = COLOURS[theme]
    weak = [pair for pair in PAIRS if contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) < 4.5]

    assert weak == []


def test_a_theme_gives_the_application_its_palette_and_tells_it(qapp: QApplication) -> None:
    theme = Theme("light")
    theme.apply()
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.name))
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == theme.css("bg")
    theme.choose("dark")
    theme.choose("dark")
    assert told == ["dark"]
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == theme.css("surface")

    theme.choose("light")
    theme.deleteLater()


def test_the_style_sheet_leaves_no_role_unfilled() -> None:
    for tokens in COLOURS.values():
        text = sheet({field.name: getattr(tokens, field.name) for field in fields(Tokens)})
        assert "@" not in text


def test_icons_are_tinted_and_sharp(qapp: QApplication) -> None:
    theme = Theme("light")
    picture = icons.pixmap("inbox", theme.colour("danger"), 16, 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)
    image = picture.toImage()
    inks = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {theme.colour("danger").name()}

    with pytest.raises(KeyError):
        icons.svg("no-such-icon")


def test_every_act_has_an_icon_that_exists_and_keys_never_clash(window: MainWindow, desk: Desk) -> None:
    assert WindowActs
    taken: dict[str, str] = {}
    for act in desk.actions:
        if act.icon:
            assert icons.svg(act.icon)
        assert act.label
        for key in act.keys:
            assert key not in taken, f"{key}: {act.name} and {taken.get(key)}"
            taken[key] = act.name
        if act.where is Where.WINDOW:
            everywhere = [one.toString() for one in desk.actions.action(act.name).shortcuts()]
            assert all(is_far(key) for key in everywhere), f"{everywhere} would work in text fields"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("Ctrl+K", "Ctrl K"),
        ("Ctrl+Shift+Z", "Ctrl Shift Z"),
        ("Ctrl++", "Ctrl +"),
        ("#", "#"),
        ("E", "E"),
        ("", ""),
    ],
)
def test_keys_are_written_as_they_are_read(key: str, words: str) -> None:
    assert key_text(key) == words
