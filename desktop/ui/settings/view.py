"""The settings page: groups at the left, their rows at the right; typing finds a setting in any group.

Surprising: rows come from `SETTINGS`, keys from the registry, browsers from the browsers' own list: nothing
is said here a second time.
"""

from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.languages import mark, tr
from desktop.settings import GROUPS, HIGHLIGHTS, INBOX, READING, SAVING, SETTINGS
from desktop.ui import icons
from desktop.ui.connect.rows import BrowserList
from desktop.ui.connect.view import fill
from desktop.ui.desk import Desk
from desktop.ui.keys.page import KeysPage
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import Column, Ground, PageBar, heading
from desktop.ui.parts.words_card import Words
from desktop.ui.settings.pages import Sample
from desktop.ui.settings.rows import SettingRow
from desktop.ui.settings.safety_page import SafetyPage
from desktop.ui.settings.sharing_page import SharingPage
from desktop.ui.theme import Lengths, Theme

KEYS, BROWSERS, LIBRARY = mark("Keys"), mark("Browsers"), mark("Library and backups")
SHARING = mark("Sharing")
PAGES = (READING, INBOX, HIGHLIGHTS, SAVING, SHARING, KEYS, BROWSERS, LIBRARY)
OTHERS = {
    SHARING: mark("mail account password test shared folder my name six words key hosts inside"),
    KEYS: mark("shortcuts letters"),
    BROWSERS: mark("connect extension Firefox Chromium Chrome"),
    LIBRARY: mark("backup restore check damaged search index export import archive folder place"),
}
"""Pages that hold no settings, and more words that find them."""
NAMED = {"safety": LIBRARY, "settings:keys": KEYS, "settings:sharing": SHARING}
_ICONS = {
    READING: "palette",
    INBOX: "inbox",
    HIGHLIGHTS: "highlighter",
    SAVING: "shield-check",
    SHARING: "share-2",
    KEYS: "keyboard",
    BROWSERS: "globe",
    LIBRARY: "hard-drive",
}
PROMISE = mark(
    "There is no account and no server. What you save stays on this computer, in files only you can read. "
    "A page of a private window is kept like any other once you click; nothing is saved without a click."
)
NAV = 224
RAIL = 52
NARROW = 700


class NavButton(QAbstractButton):
    """One page of the settings."""

    def __init__(self, theme: Theme, name: str, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setText(tr(name))
        self.setAccessibleName(tr(name))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(NAV - 16, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        is_on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if is_on or self.underMouse():
            painter.setBrush(colour("selected" if is_on else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), Lengths.RADIUS, Lengths.RADIUS)
        ink = colour("accent" if is_on else "muted")
        picture = icons.pixmap(self._icon, ink, 16, self.devicePixelRatioF())
        painter.drawPixmap(
            QPoint(8 if self.width() > RAIL else (self.width() - 16) // 2, (self.height() - 16) // 2), picture
        )
        painter.setFont(self._theme.font("strong" if is_on else "body"))
        painter.setPen(colour("on_accent_soft" if is_on else "text"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self.width() > RAIL:
            painter.drawText(QRect(33, 0, self.width() - 38, self.height()), middle, self.text())
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)


class Nav(Ground):
    """The names of the pages."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "bg")
        self.setFixedWidth(NAV)
        self.group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.title = heading(theme, tr("Settings"), "bar")
        self.title.setContentsMargins(16, 12, 0, 12)
        column.addWidget(self.title)
        inner = QVBoxLayout()
        inner.setContentsMargins(8, 4, 8, 8)
        inner.setSpacing(0)
        for number, name in enumerate(PAGES):
            button = NavButton(theme, name, _ICONS[name])
            self.group.addButton(button, number)
            inner.addWidget(button)
        column.addLayout(inner)
        column.addStretch(1)
        self.group.idToggled.connect(self._on_toggled)

    def fold(self, is_folded: bool) -> None:
        """Show icons alone, or names too."""
        self.setFixedWidth(RAIL if is_folded else NAV)
        self.title.say("" if is_folded else tr("Settings"))
        for button in self.group.buttons():
            button.setToolTip(button.text() if is_folded else "")

    def choose(self, name: str) -> None:
        """Show this page as chosen."""
        button = self.group.button(PAGES.index(name))
        if button is not None:
            button.setChecked(True)

    def _on_toggled(self, number: int, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(PAGES[number])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(self.width() - 1, 0, 1, self.height(), self._theme.colour("line"))


class SettingsView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(tr("Settings"))
        self.rows: list[SettingRow] = []
        self.nav = Nav(desk.theme)
        self.pages = QStackedWidget()
        self.find_field = QLineEdit()
        self._build_pages()
        self._found = Column(desk.theme)
        self._nothing = Words(desk.theme, "body", 20, "muted")
        self._found.column.addWidget(heading(desk.theme, tr("Found")))
        self._found.column.addSpacing(8)
        self._found.column.addWidget(self._nothing)
        self._found_rows: list[SettingRow] = []
        self._found_pages: dict[str, Button] = {}
        for name in OTHERS:
            button = Button(desk.theme, tr("Open {page}").format(page=tr(name)), icon=_ICONS[name])
            button.clicked.connect(partial(self._on_page_found, name))
            self._found_pages[name] = button
            self._found.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._found.column.addSpacing(6)
        for setting in SETTINGS:
            if not setting.is_hidden:
                row = SettingRow(desk, setting)
                self._found_rows.append(row)
                self._found.column.addWidget(row)
        self._found.column.addStretch(1)
        self.pages.addWidget(self._found)
        self._build()
        self._glass = self.find_field.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._glass.setText(tr("Find a setting"))
        desk.theme.changed.connect(self._tint)
        self._tint()
        self.nav.chosen.connect(self.show_page)
        self.find_field.textChanged.connect(self._on_find_changed)
        self.nav.choose(READING)

    def _tint(self) -> None:
        self._glass.setIcon(icons.icon("search", self._desk.theme.colour("muted")))

    def _build_pages(self) -> None:
        for group in GROUPS:
            self.pages.addWidget(self._group_page(group))
        self.pages.addWidget(SharingPage(self._desk))
        self.pages.addWidget(KeysPage(self._desk))
        browsers = Column(self._desk.theme)
        browsers.column.addWidget(heading(self._desk.theme, tr(BROWSERS)))
        browsers.column.addSpacing(4)
        fill(browsers.column, self._desk, BrowserList(self._desk))
        self.pages.addWidget(browsers)
        self.pages.addWidget(SafetyPage(self._desk))

    def _group_page(self, group: str) -> Column:
        page = Column(self._desk.theme)
        page.column.addWidget(heading(self._desk.theme, tr(group)))
        page.column.addSpacing(8)
        for setting in SETTINGS:
            if setting.group != group or setting.is_hidden:
                continue
            row = SettingRow(self._desk, setting)
            self.rows.append(row)
            page.column.addWidget(row)
            if setting.name == "line_height":
                page.column.addSpacing(6)
                page.column.addWidget(Sample(self._desk))
                page.column.addSpacing(6)
        if group == SAVING:
            page.column.addSpacing(16)
            words = Words(self._desk.theme, "body", 20, "muted")
            words.say(tr(PROMISE))
            page.column.addWidget(words)
        page.column.addStretch(1)
        return page

    def _build(self) -> None:
        bar = PageBar(self._desk.theme)
        self.find_field.setPlaceholderText(tr("Find a setting"))
        self.find_field.setAccessibleName(tr("Find a setting"))
        self.find_field.setMaximumWidth(280)
        self.find_field.setMinimumWidth(120)
        self._kept = Words(self._desk.theme, "body", 20, "muted")
        self._kept.say(tr("Changes are kept at once"))
        self._kept.setWordWrap(False)
        bar.row.addWidget(self.find_field, 100)
        bar.row.addStretch(1)
        bar.row.addWidget(self._kept)
        self._kept.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(bar)
        right.addWidget(self.pages)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.nav)
        whole.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the pages keep only their icons."""
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        self.nav.fold(is_narrow)
        self._kept.setVisible(not is_narrow)

    def show_named(self, name: str) -> None:
        """Show the page that a view's name means: ``safety`` or ``settings:keys``."""
        self.nav.choose(NAMED[name])
        self.show_page(NAMED[name])

    def show_page(self, name: str) -> None:
        """Show one of `PAGES`."""
        self.find_field.clear()
        self.pages.setCurrentIndex(PAGES.index(name))

    def _on_page_found(self, name: str) -> None:
        self.nav.choose(name)
        self.show_page(name)

    def _on_find_changed(self, words: str) -> None:
        if not words.strip():
            checked = self.nav.group.checkedId()
            self.pages.setCurrentIndex(max(0, checked))
            return
        count = 0
        for name, button in self._found_pages.items():
            text = f"{tr(name)} {tr(OTHERS[name])}".casefold()
            is_found = all(word in text for word in words.casefold().split())
            button.setVisible(is_found)
            count += is_found
        for row in self._found_rows:
            is_found = row.matches(words)
            row.setVisible(is_found)
            count += is_found
        self._nothing.say("" if count else tr("No setting has these words."))
        self._nothing.setVisible(not count)
        self.pages.setCurrentWidget(self._found)


def make(desk: Desk) -> QWidget:
    """The page, for the window and for ``kithbook shot settings``."""
    return SettingsView(desk)
