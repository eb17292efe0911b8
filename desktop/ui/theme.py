"""Colours, type and lengths of the look, once. `Tokens` mirrors the design's tokens.json, as a test checks.

The surprising fact: Qt's own colour scheme does nothing off-screen, so the palette is ours in every theme.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.languages import mark, tr
from desktop.text import colours
from desktop.ui.style_sheet import sheet

THEMES: Final = ("light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: every colour by its role."""

    bg: str
    surface: str
    raised: str
    sunken: str
    hover: str
    selected: str
    selected_idle: str
    text: str
    muted: str
    disabled: str
    line: str
    line_button: str
    line_strong: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    on_accent_soft: str
    link: str
    danger: str
    on_danger: str
    danger_soft: str
    on_danger_soft: str
    success: str
    success_soft: str
    on_success_soft: str
    warning: str
    warning_soft: str
    on_warning_soft: str
    focus: str
    text_selection: str
    on_text_selection: str
    own_words: str
    own_words_rule: str
    pill: str
    track: str
    hl_straw: str
    hl_sage: str
    hl_sky: str
    hl_rose: str
    hl_lilac: str
    mark_straw: str
    mark_sage: str
    mark_sky: str
    mark_rose: str
    mark_lilac: str
    chart_seek: str
    chart_sense: str
    chart_share: str
    chart_grid: str
    chart_past: str
    shadow: str
    scrim: str


def _tokens(words: str) -> Tokens:
    return Tokens(*(f"#{word}" for word in words.split()))


# In the order of the fields above, one line per group, so that two themes can be compared by eye.
COLOURS: Final[dict[str, Tokens]] = {
    "light": _tokens("""
        F2EFE9 FBF9F5 FFFFFF EAE6DE F1EDE5 DFEBE8 E9E5DC 26231F 625C53 8D867B E1DCD2 CBC4B7 8F877B
        1B5E5A 134B48 FFFFFF DCEAE7 124844 1B5E5A A3302A FFFFFF F8E4E0 7E211C
        2E6B3A E2EEDF 22542D 8A5A00 F8EBCB 664200 1A6FB5 9CCBC4 1E1C19 F6F1E4 3F4A63 EAE6DE E2DDD3
        FBE9A0 CFE8C6 C9E2F4 F9D3D2 E2D6F3 A67C00 4C8A3F 2F7EB2 C24F57 8159B8
        2F74A6 1B5E5A B45F1F E1DCD2 A79F92 26231F 26231F"""),
    "dark": _tokens("""
        191816 201E1C 2B2926 151412 282623 263A37 2F2C28 EAE5DB ADA599 7C756B 36332E 4D4941 857D72
        86CBC0 A3DBD2 0F2522 25403C B9E4DC 86CBC0 F0958B 2B0D0A 452421 F7C5BE
        93CB98 23391F BFE3BF E5B95B 40331A F0D79C 7DB8EC 2C655F F7F3EB 2A261D AEB9D2 34312C 3B3832
        5A4A12 2F4C2A 234560 5E2F33 463563 DDB43F 86BE78 76B4E0 E98F93 B79AE3
        76B4E0 86CBC0 E8A163 36332E 8A8277 000000 000000"""),
    "contrast": _tokens("""
        000000 000000 0B0B0B 000000 262626 003B36 333333 FFFFFF E6E6E6 A6A6A6 8C8C8C FFFFFF FFFFFF
        7FE3D4 B5F2E8 000000 003B36 FFFFFF 8FD3FF FFA79E 000000 4A0D08 FFFFFF
        A5F0A5 0C3A0C FFFFFF FFD766 3D2C00 FFFFFF FFE14D FFE14D 000000 1A1A1A FFFFFF 1F1F1F 4D4D4D
        5C4A00 1B4A12 0A3F66 66161E 402070 FFD94D 9BE88A 8FD3FF FFA0A6 D0B3FF
        8FD3FF 7FE3D4 FFB870 595959 A6A6A6 000000 000000"""),
}

HIGHLIGHTS: Final = colours.COLOURS
NAMES: Final = {
    "straw": mark("Straw"), "sage": mark("Sage"), "sky": mark("Sky"), "rose": mark("Rose"),
    "lilac": mark("Lilac"),
}  # fmt: skip
"""What the colours of highlights are called until the person calls them something."""

UI_FAMILY: Final = (
    "Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Noto Sans",
    "DejaVu Sans",
)  # fmt: skip
READER_FAMILY: Final = ("Source Serif 4", "Charter", "Sitka Text", "Georgia", "Noto Serif", "DejaVu Serif")
READER_SANS_FAMILY: Final = ("Inter", "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans")
MONO_FAMILY: Final = (
    "JetBrains Mono", "Cascadia Mono", "Consolas", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Type:
    """One step of the type scale; pixels."""

    px: int
    line: int
    weight: int
    families: tuple[str, ...] = UI_FAMILY


SCALE: Final[dict[str, Type]] = {
    "caption": Type(12, 16, 400),
    "body": Type(13, 18, 400),
    "strong": Type(13, 18, 600),
    "row": Type(14, 19, 600),
    "section": Type(15, 20, 600),
    "bar": Type(17, 24, 600),
    "view": Type(21, 28, 600),
    "figure": Type(30, 36, 600),
    # The person's own sentence: serif is what people wrote.
    "own_row": Type(14, 18, 400, READER_FAMILY),
    "own_card": Type(15, 23, 400, READER_FAMILY),
    "own_field": Type(16, 24, 400, READER_FAMILY),
}

WEIGHTS: Final = {
    400: QFont.Weight.Normal,
    500: QFont.Weight.Medium,
    600: QFont.Weight.DemiBold,
    700: QFont.Weight.Bold,
}


class Lengths:
    """Device-independent pixels and milliseconds, as tokens.json has them."""

    SIDEBAR = 208
    RAIL = 52
    LIST = 372
    LIST_MIN = 300
    READER_MIN = 420
    BAR = 48
    PALETTE = 660
    DIALOG = 520
    COLLAPSE_SIDEBAR_BELOW = 1040
    COLLAPSE_LIST_BELOW = 820
    ROW_COMFORTABLE = 104
    ROW_COMPACT = 56
    SIDEBAR_ROW = 28
    DAY = 28
    CONTROL = 32
    CONTROL_SMALL = 26
    FIELD = 34
    RADIUS_SMALL = 4
    RADIUS = 6
    RADIUS_PANEL = 8
    ICON = 16
    ICON_EMPTY = 40
    SETTLE_MS = 160
    TOAST_MS = 6000
    TOAST_REDUCED_MS = 12000


_ROLES: Final = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_danger",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Highlight: "text_selection",
    QPalette.ColorRole.HighlightedText: "on_text_selection",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.Accent: "accent",
}


class Theme(QObject):
    """The theme in force. Ask it for colours and fonts at paint time and repaint on ``changed``."""

    changed = Signal()

    def __init__(self, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._name = self._resolve()
        self._cache: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int, int], QFont] = {}
        self._called: dict[str, str] = {}
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_scheme_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_scheme_changed)

    @property
    def choice(self) -> str:
        """What the person chose: ``system``, ``light``, ``dark`` or ``contrast``."""
        return self._choice

    @property
    def name(self) -> str:
        """What is shown: ``light``, ``dark`` or ``contrast``."""
        return self._name

    @property
    def tokens(self) -> Tokens:
        """The colours in force, as ``#RRGGBB`` text."""
        return COLOURS[self._name]

    @property
    def is_dark(self) -> bool:
        """True when light text stands on a dark ground."""
        return self._name != "light"

    @property
    def is_contrast(self) -> bool:
        """True in high contrast: pills and panels get an edge."""
        return self._name == "contrast"

    def colour(self, role: str) -> QColor:
        """The colour of ``role`` (a field of `Tokens`). Do not change the returned object."""
        known = self._cache.get(role)
        if known is None:
            known = self._cache[role] = QColor(getattr(self.tokens, role))
        return known

    def css(self, role: str) -> str:
        """The colour of ``role`` as ``#RRGGBB``."""
        return str(getattr(self.tokens, role))

    def name_of(self, colour: str) -> str:
        """What the person calls a highlight's colour: "Question", or "Straw" until they say."""
        return self._called.get(colour) or tr(NAMES[colour])

    def call(self, names: Mapping[str, str]) -> None:
        """Call highlights' colours this; those left out or empty have their own names."""
        called = {colour: " ".join(name.split()) for colour, name in names.items()}
        if called != self._called:
            self._called = called
            self.changed.emit()

    def font(self, step: str, weight: int = 0, px: int = 0) -> QFont:
        """The font of a step of the scale (a key of `SCALE`), with another weight or size when given."""
        key = (step, weight, px)
        known = self._fonts.get(key)
        if known is None:
            kind = SCALE[step]
            known = font_of(kind.families, px or kind.px, weight or kind.weight)
            self._fonts[key] = known
        return known

    def line(self, step: str) -> int:
        """Height of a line of that step, pixels."""
        return SCALE[step].line

    def choose(self, choice: str) -> None:
        """Follow the system or take one theme; emits ``changed`` when what is shown changes."""
        self._choice = choice
        self._on_scheme_changed()

    def apply(self) -> None:
        """Give the application our palette, font and style sheet. Call once; later it follows."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        app.setPalette(self.palette())
        app.setFont(self.font("body"))
        app.setStyleSheet(sheet({f.name: self.css(f.name) for f in fields(Tokens)}))

    def palette(self) -> QPalette:
        """Our tokens in Qt's roles."""
        palette = QPalette()
        role = QPalette.ColorRole
        for qt_role, ours in _ROLES.items():
            palette.setColor(qt_role, self.colour(ours))
        for qt_role in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, qt_role, self.colour("disabled"))
        return palette

    def _resolve(self) -> str:
        if self._choice in THEMES:
            return self._choice
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _on_scheme_changed(self) -> None:
        name = self._resolve()
        if name == self._name:
            return
        self._name = name
        self._cache.clear()
        self.apply()
        self.changed.emit()


def font_of(families: tuple[str, ...], px: int, weight: int = 400) -> QFont:
    """A font by families in order of liking, size in pixels and CSS weight."""
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(px)
    font.setWeight(WEIGHTS[weight])
    return font
