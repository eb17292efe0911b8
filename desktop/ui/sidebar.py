"""The left pane: the method's words, the person's tags and goals, the browser's state and Settings.

The surprising fact: below 1,040 pixels the same widget becomes a rail of icons; only the delegate and the
widths change.
"""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.library import lists
from desktop.library.values import Counts, Named
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.buttons import Button, button_for, paint_key
from desktop.ui.desk import Desk
from desktop.ui.menus import APP_ACTS, menu_of
from desktop.ui.sidebar_list import Entry, SidebarList
from desktop.ui.theme import Lengths
from desktop.ui.views import SEEK, count_of
from native_host.spool import Spool

TAGS_SHOWN = 40


class Sidebar(QWidget):
    """Lists of the library; asks the desk for a view."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_rail = False
        self._counts = Counts()
        self._tags: list[Named] = []
        self._goals: list[Named] = []
        self._active = "inbox"
        self.brand = Brand(desk, self)
        self.find_field = FindField(desk, self)
        self.list = SidebarList(desk.theme, self)
        self.foot = Foot(desk, self)
        self._field = QWidget(self)
        self._around = QHBoxLayout(self._field)
        self._around.setContentsMargins(8, 0, 8, 4)
        self._around.addWidget(self.find_field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.brand)
        layout.addWidget(self._field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.foot)
        self.setFixedWidth(Lengths.SIDEBAR - 1)
        self.list.chosen.connect(desk.ask_view)
        desk.changed.connect(self._on_changed)
        desk.theme.changed.connect(self.update)
        self._fill()

    @property
    def is_rail(self) -> bool:
        """True while only icons are shown."""
        return self._is_rail

    @property
    def goals(self) -> list[Named]:
        """The open goals, for naming their lists."""
        return self._goals

    def set_rail(self, is_rail: bool) -> None:
        """Only icons, or all."""
        if is_rail == self._is_rail:
            return
        self._is_rail = is_rail
        self.setFixedWidth((Lengths.RAIL if is_rail else Lengths.SIDEBAR) - 1)
        self.brand.set_rail(is_rail)
        self.find_field.set_rail(is_rail)
        self.foot.set_rail(is_rail)
        self._around.setContentsMargins(*((9, 0, 9, 0) if is_rail else (8, 0, 8, 4)))
        self.list.set_rail(is_rail)
        self._fill()

    def set_active(self, name: str) -> None:
        """Mark the view that is shown."""
        self._active = name
        self.list.set_active(name)

    def set_counts(self, counts: Counts) -> None:
        """Numbers beside the lists."""
        if counts != self._counts:
            self._counts = counts
            self._fill()

    def refresh(self) -> None:
        """Read tags, goals, counts and the browsers' state anew, off the GUI thread."""
        if self._desk.reader is not None:
            self._desk.tasks.start(self._reload())
        self._desk.tasks.start(self.foot.reload())

    async def _reload(self) -> None:
        found = await self._desk.tasks.read(_read)
        if found is not None:
            self._counts, self._tags, self._goals = found
            self._fill()

    def _fill(self) -> None:
        entries = [Entry("", "Seek")]
        for place in SEEK:
            entries.append(Entry(place.name, place.label, place.icon, count_of(place, self._counts)))
        if self._goals and not self._is_rail:
            entries.append(Entry("", "Goals"))
            entries += [Entry(f"goal:{one.id}", one.name, "target", one.count) for one in self._goals]
        if self._tags and not self._is_rail:
            entries.append(Entry("", "Tags"))
            most = sorted(self._tags, key=_by_count)[:TAGS_SHOWN]
            entries += [Entry(f"tag:{one.name}", one.name, "hash", one.count) for one in most]
        self.list.fill(entries)
        self.list.set_active(self._active)

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & {Noun.SOURCE, Noun.CAPTURE, Noun.TAG, Noun.GOAL, Noun.BROWSER}:
            self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._desk.theme.colour("bg"))


def _read(reader: Reader) -> tuple[Counts, list[Named], list[Named]]:
    return lists.counts(reader), lists.tags(reader), lists.goals(reader)


def _by_count(one: Named) -> tuple[int, str]:
    return -one.count, one.name.casefold()


class Brand(QWidget):
    """Mark, name and the application menu."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_rail = False
        self.setFixedHeight(Lengths.BAR)
        self.menu_button = Button(desk.theme, "Menu", icon="menu", kind="icon", parent=self)
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
        super().__init__(desk.theme, "Menu", icon="menu", kind="icon", parent=parent)

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
        super().__init__(desk.theme, "Answer now", icon="search", parent=parent)
        self._is_rail = False
        self.setAccessibleName("Answer now: find pages and commands")
        self.setToolTip("Find pages and commands  Ctrl K")
        self.clicked.connect(desk.actions.action("palette").trigger)

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
        width = QFontMetrics(theme.font("caption", 500)).horizontalAdvance("Ctrl K") + 10
        paint_key(painter, theme, QPoint(self.width() - 9 - width, self.height() // 2), "Ctrl K")


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
        super().__init__(desk.theme, "No browser yet", kind="quiet", parent=parent)
        self._is_connected = False
        self.clicked.connect(desk.actions.action("connect").trigger)

    def say(self, browsers: list[str]) -> None:
        """These browsers have said hello."""
        self._is_connected = bool(browsers)
        more = f" and {len(browsers) - 1} more" if len(browsers) > 1 else ""
        text = f"{browsers[0]}{more} connected" if browsers else "No browser yet"
        self.set_label(text)
        self.setToolTip(", ".join(browsers) or "Connect a browser to save pages with one click")

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
