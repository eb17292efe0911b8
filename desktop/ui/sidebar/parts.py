"""The sidebar's parts: mark and menu on top, the field that opens the Ctrl+K box, the browsers' state below.

Surprising: the field is a button. Typing happens in the box, which has room for answers.
"""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.menus import APP_ACTS, menu_of
from desktop.ui.parts.buttons import Button, button_for, paint_key
from desktop.ui.theme import Lengths
from native_host.spool import Spool


class Brand(QWidget):
    """Mark, name and the application menu."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_rail = False
        self.setFixedHeight(Lengths.BAR)
        self.menu_button = Button(desk.theme, tr("Menu"), icon="menu", kind="icon", parent=self)
        self.menu_button.clicked.connect(self._on_menu_clicked)
        self.mark = MarkButton(desk, self)
        self.mark.setGeometry(9, 8, 33, 33)
        self.mark.hide()
        self.mark.clicked.connect(self._on_menu_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 9, 0)
        layout.addStretch()
        layout.addWidget(self.menu_button)

    def set_rail(self, is_rail: bool) -> None:
        """Only the mark, which opens the menu then."""
        self._is_rail = is_rail
        self.menu_button.setVisible(not is_rail)
        self.mark.setVisible(is_rail)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._is_rail:
            painter.drawPixmap(QPoint(16, 13), icons.mark(22, self.devicePixelRatioF()))
            painter.setFont(self._desk.theme.font("section"))
            painter.setPen(self._desk.theme.colour("text"))
            painter.drawText(QRect(46, 0, 120, self.height()), Qt.AlignmentFlag.AlignVCenter, "Kithbook")

    def _on_menu_clicked(self) -> None:
        menu = menu_of(self._desk, APP_ACTS, self)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.mark if self._is_rail else self.menu_button
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))


class MarkButton(Button):
    """The mark as the menu's button, while only icons are shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, tr("Menu"), icon="menu", kind="icon", parent=parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_hovered or self.hasFocus():
            pen = QPen(self._theme.colour("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(pen)
            painter.setBrush(self._theme.colour("pill"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.drawPixmap(QPoint(6, 5), icons.mark(22, self.devicePixelRatioF()))


class FindField(Button):
    """Looks like a field and opens the Ctrl+K box."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, tr("Answer now"), icon="search", parent=parent)
        self._is_rail = False
        self.setAccessibleName(tr("Answer now: find pages and commands"))
        self._desk = desk
        desk.actions.keys_changed.connect(self._say_key)
        self._say_key()
        self.clicked.connect(desk.actions.action("palette").trigger)

    def _say_key(self) -> None:
        self.setToolTip(
            tr("Find pages and commands  {key}").format(key=self._desk.actions.first_key("palette")).rstrip()
        )
        self.update()

    def set_rail(self, is_rail: bool) -> None:
        """Only the glass."""
        self._is_rail = is_rail
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(33 if self._is_rail else 191, Lengths.CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_ringed = self.hasFocus()
        painter.setPen(QPen(theme.colour("focus" if is_ringed else "line_strong"), 2 if is_ringed else 1))
        painter.setBrush(theme.colour("raised"))
        inset = 1.0 if is_ringed else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        glass = icons.pixmap("search", theme.colour("muted"), 16, self.devicePixelRatioF())
        painter.drawPixmap(QPoint((self.width() - 16) // 2 if self._is_rail else 9, 8), glass)
        if self._is_rail:
            return
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRect(33, 0, 120, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        key = self._desk.actions.first_key("palette")
        if key:
            width = QFontMetrics(theme.font("caption", 500)).horizontalAdvance(key) + 10
            paint_key(painter, theme, QPoint(self.width() - 9 - width, self.height() // 2), key)


class Foot(QWidget):
    """The browsers' state and Settings."""

    asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_rail = False
        self._browsers: list[str] = []
        self.setFixedHeight(41)
        self.state = StateButton(desk, self)
        self.settings = button_for(desk.theme, desk.actions, "settings", parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 1, 9, 0)
        layout.setSpacing(0)
        layout.addWidget(self.state, 1)
        layout.addWidget(self.settings)

    def set_rail(self, is_rail: bool) -> None:
        """Only Settings."""
        self.state.setVisible(not is_rail)

    async def reload(self) -> None:
        """Ask the spool which browsers have said hello."""
        found = await self._desk.tasks.work(_browsers, self._desk)
        if found is not None:
            self.state.say(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("bg"))
        painter.fillRect(QRect(0, 0, self.width(), 1), self._desk.theme.colour("line"))


def _browsers(desk: Desk) -> list[str]:
    hellos = Spool(desk.paths.spool).hellos()
    return sorted(name.replace("-", " ").title() for name in hellos)


class StateButton(Button):
    """A dot and the browsers' state in words; opens the connect page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, tr("No browser yet"), kind="quiet", parent=parent)
        self._is_connected = False
        self.clicked.connect(desk.actions.action("connect").trigger)

    def say(self, browsers: list[str]) -> None:
        """These browsers have said hello."""
        self._is_connected = bool(browsers)
        text = tr("No browser yet")
        if len(browsers) > 1:
            text = tr("{browser} and {n} more connected").format(browser=browsers[0], n=len(browsers) - 1)
        elif browsers:
            text = tr("{browser} connected").format(browser=browsers[0])
        self.set_label(text)
        self.setToolTip(", ".join(browsers) or tr("Connect a browser to save pages with one click"))

    def sizeHint(self) -> QSize:
        return QSize(150, Lengths.SIDEBAR_ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("pill"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("success" if self._is_connected else "warning"))
        painter.drawEllipse(QRectF(12, (self.height() - 8) / 2, 8, 8))
        font = theme.font("body")
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        room = self.width() - 33
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(33, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
