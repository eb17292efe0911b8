"""The rows of the page of people: somebody with a badge, a site that brought something, what went between.

Surprising: sites that brought something stand among the people, for the question is the same: what was kept.
"""

from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning.review_values import PersonRow
from desktop.share.persons import Person
from desktop.share.trust import KeyState
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.faces import paint_face
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.items import At, ItemDelegate, ItemList, ItemModel

PERSON, SITE, PASSED = 52, 36, 44
SIDE, FACE = 16, 28
MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = MIDDLE | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list: a person, or a site that brought something."""

    key: str
    """``person:<name>`` or ``site:<name>``."""
    row: PersonRow
    person: Person | None = None

    @property
    def line(self) -> str:
        """What stands below the name."""
        return self.row.topics or self.row.note or self.row.how_met

    @property
    def kept(self) -> str:
        """How much of what they brought was kept; empty when they brought nothing."""
        if not self.row.brought:
            return ""
        return trn("{n} kept", "{n} kept", self.row.kept).format(n=writing.number(self.row.kept))


@dataclass(frozen=True, slots=True)
class Passed:
    """One thing that went between, or that somebody brought. ``key``: what opens it."""

    key: str
    title: str
    icon: str
    said: str = ""
    when: str = ""


def badge(person: Person | None) -> Pill | None:
    """What is said of their key; None for confirmed (a sign is enough) and for who is no colleague."""
    if person is None or person.state is KeyState.CONFIRMED:
        return None
    if person.state is KeyState.CHANGED:
        return Pill(tr("key changed"), "bad", "shield-alert")
    if person.state is KeyState.REFUSED:
        return Pill(tr("key refused"), "bad", "shield-x")
    if person.state is KeyState.KNOWN:
        return Pill(tr("known"))
    return Pill(tr("no key yet")) if person.row.is_colleague else None


def trust_words(person: Person | None) -> str:
    """The same for a screen reader."""
    if person is not None and person.state is KeyState.CONFIRMED:
        return tr("confirmed")
    shown = badge(person)
    return shown.text if shown else ""


def spoken(entry: Entry) -> str:
    """A row as a screen reader says it."""
    parts = (entry.row.name, trust_words(entry.person), entry.line, entry.kept)
    return ", ".join(part for part in parts if part)


class EntryDelegate(ItemDelegate[Entry]):
    """Paints people with a face, sites with a globe."""

    HEIGHT = PERSON
    IS_MEASURED = True

    def height(self, item: Entry, width: int) -> int:
        return PERSON if item.person is not None else SITE

    def paint_item(self, painter: QPainter, box: QRect, item: Entry, at: At) -> None:
        theme, small = self.theme, self.theme.font("caption")
        number = item.kept if item.person is not None else writing.number(item.row.kept)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(box.adjusted(0, 0, -SIDE, 0), RIGHT, number)
        room = box.width() - 2 * SIDE - QFontMetrics(small).horizontalAdvance(number) - 12
        if item.person is None:
            self._paint_site(painter, box, item.row.name, room)
            return
        top = box.top() + (box.height() - FACE) // 2
        paint_face(painter, theme, QRectF(box.left() + SIDE, top, FACE, FACE), item.row.name)
        left, room = box.left() + SIDE + FACE + 12, room - FACE - 12
        self._paint_name(painter, QRect(left, box.top() + (8 if item.line else 16), room, 19), item, at)
        painter.setPen(theme.colour("muted"))
        if item.line:
            paint_lines(painter, item.line, small, QRect(left, box.top() + 27, room, 0), 17, 1)

    def _paint_name(self, painter: QPainter, box: QRect, item: Entry, at: At) -> None:
        theme, font = self.theme, self.theme.font("row")
        pill = badge(item.person)
        sign = item.person is not None and item.person.state is KeyState.CONFIRMED
        taken = pill_width(theme, pill) + 8 if pill else 22 if sign else 0
        name = QFontMetrics(font).elidedText(item.row.name, Qt.TextElideMode.ElideRight, box.width() - taken)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(box, MIDDLE, name)
        x = box.left() + QFontMetrics(font).horizontalAdvance(name) + 8
        if pill:
            paint_pill(painter, theme, QPoint(x, box.top()), pill, is_on_selection=at.is_on)
        elif sign:
            ratio = painter.device().devicePixelRatio()
            shield = icons.pixmap("shield-check", theme.colour("success"), 14, ratio)
            painter.drawPixmap(QPoint(x, box.top() + 3), shield)

    def _paint_site(self, painter: QPainter, box: QRect, name: str, room: int) -> None:
        theme = self.theme
        globe = icons.pixmap("globe", theme.colour("muted"), 16, painter.device().devicePixelRatio())
        painter.drawPixmap(QPoint(box.left() + SIDE, box.top() + (box.height() - 16) // 2), globe)
        painter.setPen(theme.colour("text"))
        line = QRect(box.left() + SIDE + 26, box.top() + 8, room - 26, 0)
        paint_lines(painter, name, theme.font("body"), line, 19, 1)


class EntryList(ItemList[Entry]):
    """The list of people and sites."""

    def __init__(self, desk: Desk, acts: dict[str, str], keys: dict[str, str], parent: QWidget) -> None:
        values = ItemModel(attrgetter("key"), attrgetter("row.name"), spoken)
        super().__init__(
            desk, tr("People and sources"), values, EntryDelegate(desk.theme), acts, keys, parent
        )

    @property
    def key(self) -> str:
        """The key of the current row; empty: none."""
        return self.current.key if self.current is not None else ""


class PassedDelegate(ItemDelegate[Passed]):
    """Paints one line: what it is, what became of it, when."""

    HEIGHT = PASSED

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Active:
            super().paint_ground(painter, option)
            return
        box = option.rect  # nothing is chosen in it while the keys are elsewhere
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self.theme.colour("hover"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self.theme.colour("line"))

    def paint_item(self, painter: QPainter, box: QRect, item: Passed, at: At) -> None:
        theme, ratio = self.theme, painter.device().devicePixelRatio()
        picture = icons.pixmap(item.icon, theme.colour("muted"), 16, ratio)
        painter.drawPixmap(QPoint(box.left() + 6, box.top() + (box.height() - 16) // 2), picture)
        small = theme.font("caption")
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        room = box.adjusted(0, 0, -6, 0)
        painter.drawText(room, RIGHT, item.when)
        said = room.adjusted(0, 0, -76, 0)
        width = min(QFontMetrics(small).horizontalAdvance(item.said), box.width() // 3)
        text = QFontMetrics(small).elidedText(item.said, Qt.TextElideMode.ElideRight, width + 2)
        painter.drawText(said, RIGHT, text)
        painter.setPen(theme.colour("text"))
        line = QRect(box.left() + 34, box.top() + 12, said.right() - width - 16 - box.left() - 34, 0)
        paint_lines(painter, item.title, theme.font("body"), line, 20, 1)


class PassedList(ItemList[Passed]):
    """As high as its rows: the pane around it scrolls."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        values = ItemModel(attrgetter("key"), attrgetter("title"), _passed_spoken)
        super().__init__(desk, tr("Between us"), values, PassedDelegate(desk.theme), {}, {}, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(0)

    def show_passed(self, rows: list[Passed]) -> None:
        """Show these, all of them."""
        self.setFixedHeight(len(rows) * PASSED)
        self.show_items(rows)

    @property
    def key(self) -> str:
        """The key of the current row; empty: none."""
        return self.current.key if self.current is not None else ""


def _passed_spoken(one: Passed) -> str:
    return ", ".join(part for part in (one.title, one.said, one.when) if part)
