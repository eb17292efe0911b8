"""The left pane: the method's words, the person's tags and goals, the browser's state and Settings.

The surprising fact: below 1,040 pixels the same widget becomes a rail of icons; only the delegate and the
widths change.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.library import highlights, lists, searches, vocabulary
from desktop.library.sense_values import SavedSearch, TagRow
from desktop.library.values import Counts, Named
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.buttons import Button, button_for, paint_key
from desktop.ui.desk import Desk
from desktop.ui.menus import APP_ACTS, menu_of
from desktop.ui.sidebar_list import Entry, SidebarList
from desktop.ui.sidebar_menus import SearchMenu, TagMenu
from desktop.ui.theme import Lengths
from desktop.ui.views import SEEK, count_of
from native_host.spool import Spool

TAGS_SHOWN = 40
ALL_TAGS = "all-tags"


class Sidebar(QWidget):
    """Lists of the library; asks the desk for a view."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_rail = False
        self._counts = Counts()
        self._tags: list[TagRow] = []
        self._searches: list[SavedSearch] = []
        self._marks = 0
        self._found: dict[int, int] = {}
        self._shows_all_tags = False
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
        self.list.chosen.connect(self._on_chosen)
        self.list.menu_asked.connect(self._on_menu_asked)
        desk.searching.opened.connect(self.refresh)
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

    @property
    def searches(self) -> list[SavedSearch]:
        """The saved searches, for naming their lists."""
        return self._searches

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
            self._counts, self._tags, self._goals, self._searches, self._marks = found
            self._fill()
            await self._count()

    async def _count(self) -> None:
        """Numbers beside the saved searches."""
        asked = list(self._searches)
        if not asked:
            return
        counts = await self._desk.searching.counts([one.query for one in asked])
        if counts is not None:
            self._found = {one.id: count for one, count in zip(asked, counts, strict=True)}
            self._fill()

    def _fill(self) -> None:
        entries = [Entry("", "Seek")]
        for place in SEEK:
            entries.append(Entry(place.name, place.label, place.icon, count_of(place, self._counts)))
        entries += [Entry("", "Sense"), Entry("highlights", "Highlights", "highlighter", self._marks)]
        if self._goals and not self._is_rail:
            entries.append(Entry("", "Goals"))
            entries += [Entry(f"goal:{one.id}", one.name, "target", one.count) for one in self._goals]
        if self._searches and not self._is_rail:
            entries.append(Entry("", "Saved searches"))
            entries += [
                Entry(f"search:{one.id}", one.name, "search", self._found.get(one.id, 0))
                for one in self._searches
            ]
        if self._tags and not self._is_rail:
            entries.append(Entry("", "Tags"))
            entries += self._tag_entries()
        self.list.fill(entries)
        self.list.set_active(self._active)

    def _tag_entries(self) -> list[Entry]:
        shown = self._tags if self._shows_all_tags else most_used(self._tags, TAGS_SHOWN)
        entries = [
            Entry(
                f"tag:{one.name}",
                one.last,
                "hash",
                one.total,
                one.depth,
                one.colour.value if one.colour else "",
            )
            for one in shown
        ]
        if len(self._tags) > TAGS_SHOWN:
            label = "Show fewer tags" if self._shows_all_tags else f"Show all {len(self._tags):,} tags"
            icon = "chevron-up" if self._shows_all_tags else "chevron-down"
            entries.append(Entry(ALL_TAGS, label, icon))
        return entries

    def _on_chosen(self, name: str) -> None:
        if name == ALL_TAGS:
            self._shows_all_tags = not self._shows_all_tags
            self._fill()
            return
        self._desk.ask_view(name)

    def _on_menu_asked(self, name: str, at: QPoint) -> None:
        menu = self._menu(name)
        if menu is not None and self._desk.can_write:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(at)

    def _menu(self, name: str) -> QMenu | None:
        kind, _, rest = name.partition(":")
        if kind == "tag":
            tag = next((one for one in self._tags if one.name == rest and one.id), None)
            names = [one.name for one in self._tags]
            return TagMenu(self._desk, tag, names, self._active, self) if tag else None
        search = next((one for one in self._searches if name == f"search:{one.id}"), None)
        return SearchMenu(self._desk, search, self) if search else None

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & {
            Noun.SOURCE,
            Noun.CAPTURE,
            Noun.TAG,
            Noun.GOAL,
            Noun.SEARCH,
            Noun.ANNOTATION,
            Noun.BROWSER,
        }:
            self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._desk.theme.colour("bg"))


def _read(reader: Reader) -> tuple[Counts, list[TagRow], list[Named], list[SavedSearch], int]:
    marks = highlights.counts(reader).all
    counts, goals = lists.counts(reader), lists.goals(reader)
    return counts, vocabulary.tree(reader), goals, searches.all_of(reader), marks


def most_used(tree: Sequence[TagRow], limit: int) -> list[TagRow]:
    """The tags to show first, by use, each with what stands below it; the tree stays a tree."""
    families: list[list[TagRow]] = []
    for one in tree:
        if not one.depth:
            families.append([])
        families[-1].append(one)
    families.sort(key=lambda family: -family[0].total)
    return [one for family in families for one in family][:limit]


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
