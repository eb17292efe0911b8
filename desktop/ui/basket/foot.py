"""The foot of the basket: what leaves and what stays in figures, for whom, and the buttons that hand it over.

Surprising: a page that was meant for fewer people stops the hand-over until the person has said what is to
happen to it. Nothing else here ever does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import people
from desktop.share import circles, trust
from desktop.share.making import Seen
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.basket import words
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import OPENS, Button
from desktop.ui.parts.words_card import Words
from desktop.ui.settings.safety_words import size as size_in_words
from desktop.ui.theme import Lengths, Theme

SIDE: Final = 16
NARROW: Final = 560


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody or some people for whom a pack can be."""

    name: str
    person_id: int = 0
    circle_id: int = 0
    hint: str = ""
    """How many they are."""
    age: str = ""
    """The key that a file can be encrypted to; of a person who is known by it."""


NOBODY: Final = Recipient("")


def recipients(reader: Reader) -> list[Recipient]:
    """Circles, the widest first, then colleagues by name."""
    found = [
        Recipient(one.name, 0, one.id, _people(one.members) if one.id != circles.PUBLIC else "")
        for one in circles.all_of(reader)
    ]
    keys = {one.person_id: one.age for one in trust.keys(reader) if one.state in ("known", "confirmed")}
    return found + [
        Recipient(one.name, one.id, 0, "", keys.get(one.id, "")) for one in people.colleagues(reader)
    ]


def _people(number: int) -> str:
    return trn("{n} person", "{n} people", number).format(n=writing.number(number)) if number else ""


class ToButton(Button):
    """For whom: a button that opens a menu of circles and people."""

    chosen = Signal(object)
    """A `Recipient`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Nobody yet"), icon="users", parent=parent)
        self._all: Sequence[Recipient] = ()
        self.clicked.connect(self.open)

    def show_recipient(self, one: Recipient, every: Sequence[Recipient]) -> None:
        """Show who was chosen, out of these."""
        self._all = every
        self._hint = one.hint
        self.set_icon("user" if one.person_id else "users")
        self.set_label(one.name or tr("Nobody yet"))
        said = one.name or tr("not said")
        self.setAccessibleName(tr("To: {name}").format(name=said))
        self.setToolTip(tr("For whom it is"))

    def sizeHint(self) -> QSize:
        width = super()._content_width() + 24 + 26
        return QSize(max(150, min(width, 260)), Lengths.CONTROL)

    def minimumSizeHint(self) -> QSize:
        return QSize(110, Lengths.CONTROL)

    def _content_width(self) -> int:
        """Button puts its content into the middle; here it begins at the left."""
        return max(super()._content_width(), self.width() - 2 * 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        ink = self._theme.colour("muted")
        picture = icons.pixmap(OPENS, ink, 16, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(self.width() - 26, (self.height() - 16) // 2), picture)

    def menu_of(self) -> QMenu:
        """Everybody it could be for."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("For whom"))
        ink = self._theme.colour("muted")
        for at, one in enumerate((NOBODY, *self._all)):
            if at and one.person_id and not self._all[at - 2].person_id:
                menu.addSeparator()
            label = one.name or tr("Nobody in particular")
            if one.age:
                label += "\t" + tr("can be encrypted")
            elif one.hint:
                label += f"\t{one.hint}"
            action = menu.addAction(
                icons.icon("user" if one.person_id else "users", ink), label.replace("&", "&&")
            )
            action.triggered.connect(lambda _=False, one=one: self.chosen.emit(one))
        return menu

    def open(self) -> None:
        """Show the menu above the button."""
        menu = self.menu_of()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))


class TighterBanner(QWidget):
    """Says that a page was meant for fewer people, or that the pack is saved, and asks what is to happen."""

    left_out = Signal()
    sent_all_the_same = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_good = False
        self.words = Words(theme, "strong", 19, "on_warning_soft")
        self.leave_out = Button(
            theme, tr("Leave it out"), kind="outline", ink="on_warning_soft", is_small=True
        )
        self.all_the_same = Button(theme, "", kind="outline", ink="on_warning_soft", is_small=True)
        self.leave_out.clicked.connect(self.left_out)
        self.all_the_same.clicked.connect(self.sent_all_the_same)
        buttons = QWidget(self)
        row = QHBoxLayout(buttons)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.leave_out)
        row.addWidget(self.all_the_same)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(44, 6, SIDE - 3, 6)
        self._both.setSpacing(6)
        self._both.addWidget(self.words, 1)
        self._both.addWidget(buttons)
        self.hide()
        theme.changed.connect(self.update)

    def ask(self, sentence: str, first: str = "", second: str = "", *, is_good: bool = False) -> None:
        """Ask about this, with two answers; an empty sentence: nothing has to be asked."""
        self._is_good = is_good
        self.words.set_ink("on_success_soft" if is_good else "on_warning_soft")
        self.words.say(sentence)
        for button, label in ((self.leave_out, first), (self.all_the_same, second)):
            button.set_label(label)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        self._both.setDirection(direction.LeftToRight if self.width() >= NARROW else direction.TopToBottom)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        kind = "success_soft" if self._is_good else "warning_soft"
        painter.fillRect(self.rect(), self._theme.colour(kind))
        ink, icon = self._theme.colour(f"on_{kind}"), "check" if self._is_good else "lock"
        painter.drawPixmap(QPoint(SIDE, 14), icons.pixmap(icon, ink, 16, self.devicePixelRatioF()))


class SplitButton(QWidget):
    """The main button, and beside it one that opens what else can be done."""

    def __init__(self, theme: Theme, label: str, icon: str, more: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.main = Button(theme, label, icon=icon, kind="main", parent=self)
        self.more = _More(theme, more, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(1)
        row.addWidget(self.main)
        row.addWidget(self.more)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.main.sizeHint().width() + 30 + 7, Lengths.CONTROL + 6)


class _More(Button):
    """The half with the arrow."""

    def __init__(self, theme: Theme, label: str, parent: QWidget) -> None:
        super().__init__(theme, "", icon=OPENS, kind="main", parent=parent)
        self.setAccessibleName(label)
        self.setToolTip(label)

    def sizeHint(self) -> QSize:
        return QSize(30, Lengths.CONTROL)

    def _content_width(self) -> int:
        return 30  # what opens a menu stands 7 pixels behind words that are not there


class Figures(QWidget):
    """``What leaves  6 links  9 quotes …``, and at the right what stays."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.parts: list[str] = []
        self.stays = ""
        self.setFixedHeight(22)
        theme.changed.connect(self.update)

    def show_figures(self, seen: Seen) -> None:
        """Say them."""
        self.parts = words.leaving(seen.leaves)
        self.stays = words.staying(seen.stays)
        whole = words.staying_whole(seen.stays)
        self.setToolTip(tr("What stays") + f"\n{whole}" if whole else "")
        leaves = ", ".join(self.parts) or tr("nothing")
        said = tr("What leaves: {parts}. {stays}.").format(parts=leaves, stays=self.stays)
        self.setAccessibleName(said)
        self.setFixedHeight(22 * len(self._lines()))
        self.update()

    def _lines(self) -> list[list[str]]:
        """The parts in lines that fit."""
        metrics = QFontMetrics(self._theme.font("body"))
        title = QFontMetrics(self._theme.font("strong")).horizontalAdvance(tr("What leaves"))
        stays = metrics.horizontalAdvance(self.stays) + 40
        lines: list[list[str]] = [[]]
        room = self.width() - title - stays
        for part in self.parts:
            wide = metrics.horizontalAdvance(part) + 16
            if lines[-1] and wide > room:
                lines.append([])
                room = self.width() - title
            lines[-1].append(part)
            room -= wide
        return lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(22 * len(self._lines()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        title = tr("What leaves")
        start = QFontMetrics(theme.font("strong")).horizontalAdvance(title) + 16
        painter.drawText(QRect(0, 0, start, 22), middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.setFont(theme.font("body"))
        metrics = painter.fontMetrics()
        for number, line in enumerate(self._lines()):
            x = start
            for part in line:
                painter.drawText(
                    QRect(x, number * 22, self.width() - x, 22), middle | Qt.AlignmentFlag.AlignLeft, part
                )
                x += metrics.horizontalAdvance(part) + 16
        if self.stays:
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRect(0, 0, self.width(), 22), middle | Qt.AlignmentFlag.AlignRight, self.stays)
            at = self.width() - metrics.horizontalAdvance(self.stays) - 19
            lock = icons.pixmap("lock", theme.colour("muted"), 14, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(at, 4), lock)


class Foot(QWidget):
    """Everything below the preview but the banner."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = self._theme = desk.theme
        self.figures = Figures(theme)
        self.look_twice = Words(theme, "caption", 17, "warning")
        self.look_twice.hide()
        self.to = ToButton(theme)
        self.lock = Button(theme, "", icon="lock-keyhole", kind="quiet", is_small=True)
        self.lock.hide()
        self.weight = Words(theme, "caption", 18, "muted")
        self.weight.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.weight.setWordWrap(False)
        self.first_way = Button(theme, tr("Mail draft"), icon="mail")
        self.save = SplitButton(theme, tr("Save file"), "file-down", tr("More ways to hand it over"))
        to = Words(theme, "body", 20, "muted")
        to.say(tr("To"))
        to.setWordWrap(False)
        to.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(9)
        for widget in (to, self.to, self.lock):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.weight)
        row.addWidget(self.first_way)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 11, 17, 9)
        column.setSpacing(6)
        column.addWidget(self.figures)
        column.addWidget(self.look_twice)
        column.addLayout(row)
        theme.changed.connect(self.update)

    def show_seen(self, seen: Seen) -> None:
        """Say what leaves."""
        self.figures.show_figures(seen)
        twice = words.second_look(seen)
        self.look_twice.say(twice)
        self.look_twice.setVisible(bool(twice))
        self.weight.say(_size_of(seen))
        may_leave = bool(seen.pack.items)
        for button in (self.first_way, self.save.main, self.save.more):
            button.setEnabled(may_leave)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.weight.setVisible(self.width() >= NARROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("sunken"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(0, 0, self.width(), 0)


def _size_of(seen: Seen) -> str:
    """About as large as the file will be: the page, its data beside it, its pictures twice over a third."""
    size = len(seen.page.encode()) * 2 + seen.leaves.picture_bytes * 4 // 3
    return tr("about {size}").format(size=size_in_words(size))
