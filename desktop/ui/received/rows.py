"""How packs and the items of a pack are painted.

Surprising: the tick of an item is painted, and Space or a click on the row sets it. The list itself is the
one thing that has the focus, so that a pack of two hundred items needs no two hundred widgets.
"""

from datetime import date
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPen

from desktop.share.inbox import Received
from desktop.share.offer import OfferedItem
from desktop.ui import icons
from desktop.ui.parts.faces import paint_face
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.received import words
from desktop.ui.received.words import Said
from desktop.ui.rows.delegate import count_lines, paint_lines
from desktop.ui.rows.items import At, ItemDelegate, ItemList
from desktop.ui.theme import Theme

PACK_HEIGHT: Final = 64
FACE: Final = 28
LEFT, RIGHT, TOP, BOTTOM = 56, 28, 12, 14
TITLE, META, LINE, GAP = 20, 18, 23, 3
INSET = 14
MOST_LINES = {"sentence": 8, "quote": 6, "comment": 8, "more": 1}
TICK = QRect(28, 14, 16, 16)


class PackDelegate(ItemDelegate[Received]):
    """A pack in the list: whose, what it is called, when it came, what was decided."""

    HEIGHT = PACK_HEIGHT

    def paint_item(self, painter: QPainter, box: QRect, item: Received, at: At) -> None:
        theme, top = self.theme, box.top()
        if item.is_new:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(QRectF(box.left() + 8, top + 17, 6, 6))
        face = QRect(box.left() + 20, top + 12, FACE, FACE)
        paint_face(painter, theme, QRectF(face), words.name_of(item.sender), is_known=bool(item.key))
        left, right = box.left() + 60, box.right() - 15
        painter.setPen(theme.colour("text"))
        title = QRect(left, top + 12, right - left, 0)
        paint_lines(
            painter, words.title_of(item), theme.font("row", 600 if item.is_new else 500), title, 20, 1
        )
        room = right
        pill = words.state_pill(item)
        if pill is not None:
            room -= pill_width(theme, pill)
            paint_pill(painter, theme, QPoint(room, top + 34), pill, is_on_selection=at.is_on)
        else:
            room -= self._paint_right(painter, QRect(left, top + 34, right - left, META), item)
        painter.setPen(theme.colour("muted"))
        line = QRect(left, top + 34, room - left - 8, 0)
        paint_lines(painter, words.list_line(item, date.today()), theme.font("caption"), line, META, 1)

    def _paint_right(self, painter: QPainter, place: QRect, item: Received) -> int:
        said = words.state_words(item)
        font = self.theme.font("caption")
        painter.setFont(font)
        painter.setPen(self.theme.colour("muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
        return QFontMetrics(font).horizontalAdvance(said)


class PackItemDelegate(ItemDelegate[OfferedItem]):
    """An item of the pack that is looked at."""

    HEIGHT = 110
    IS_MEASURED = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.ticked: set[str] = set()
        self.can_take: frozenset[str] = frozenset()
        self.kept: frozenset[str] = frozenset()
        self.sent_by = ""
        self.answers: dict[str, list[Said]] = {}
        """One's own answers, by the UUID of the item."""

    def height(self, item: OfferedItem, width: int) -> int:
        room = width - LEFT - RIGHT
        height = TOP + TITLE * self._title_lines(item, room) + BOTTOM
        height += META if words.item_meta(item.item) else 0
        said = self._said(item)
        for one in said:
            height += self._lines(one, room) * LINE + GAP
        return height + (4 if said else 0)

    def paint_item(self, painter: QPainter, box: QRect, item: OfferedItem, at: At) -> None:
        theme = self.theme
        self._paint_tick(painter, TICK.translated(box.topLeft()), item.item.uuid)
        left, room, top = box.left() + LEFT, box.width() - LEFT - RIGHT, box.top() + TOP
        painter.setPen(theme.colour("text"))
        lines = self._title_lines(item, room)
        place = QRect(left, top, room, 0)
        used = paint_lines(painter, words.item_title(item.item), theme.font("row"), place, TITLE, 2)
        if used == 1 and lines == 1:
            width = QFontMetrics(theme.font("row")).horizontalAdvance(words.item_title(item.item))
            self._paint_pills(painter, QPoint(left + width + 8, top + 1), item, at)
        else:
            self._paint_pills(painter, QPoint(left, top + used * TITLE + 1), item, at)
        top += lines * TITLE
        meta = words.item_meta(item.item)
        if meta:
            painter.setPen(theme.colour("muted"))
            paint_lines(painter, meta, theme.font("caption"), QRect(left, top, room, 0), META, 1)
            top += META
        self._paint_said(painter, QRect(left, top + 4, room, 0), self._said(item))

    def _said(self, item: OfferedItem) -> list[Said]:
        return words.said_in(item.item, self.sent_by) + self.answers.get(item.item.uuid, [])

    def _title_lines(self, item: OfferedItem, room: int) -> int:
        """Lines of the title and its pills: those stand beside it where there is room."""
        font = self.theme.font("row")
        title = words.item_title(item.item)
        pills = sum(pill_width(self.theme, one) + 6 for one in self._pills(item))
        if QFontMetrics(font).horizontalAdvance(title) + pills + 8 <= room:
            return 1
        return count_lines(title, font, room, 2) + 1

    def _pills(self, item: OfferedItem) -> list[Pill]:
        return words.item_pills(item, item.item.uuid in self.kept)

    def _paint_pills(self, painter: QPainter, at: QPoint, item: OfferedItem, place: At) -> None:
        for pill in self._pills(item):
            paint_pill(painter, self.theme, at, pill, is_on_selection=place.is_on)
            at += QPoint(pill_width(self.theme, pill) + 6, 0)

    def _paint_tick(self, painter: QPainter, box: QRect, uuid: str) -> None:
        theme, is_on, can = self.theme, uuid in self.ticked, uuid in self.can_take
        edge = theme.colour("line_strong" if can else "line")
        painter.setPen(QPen(theme.colour("accent") if is_on and can else edge, 1.5 if can else 1))
        painter.setBrush(theme.colour("accent") if is_on and can else QColor(0, 0, 0, 0))
        painter.drawRoundedRect(QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
        is_here = not can and uuid in self.kept
        if (is_on and can) or is_here:
            ink = theme.colour("on_accent" if can else "muted")
            ratio = painter.device().devicePixelRatio()
            painter.drawPixmap(box.topLeft() + QPoint(2, 2), icons.pixmap("check", ink, 12, ratio))

    def _lines(self, one: Said, room: int) -> int:
        """Lines of a paragraph; the name of whose it is stands in front of it."""
        width = room - self._inset(one)
        return count_lines(one.text, self.theme.font(_step(one)), max(60, width), MOST_LINES[one.kind])

    def _inset(self, one: Said) -> int:
        name = QFontMetrics(self.theme.font("caption", 600)).horizontalAdvance(one.by) + 6 if one.by else 0
        return (INSET if one.colour else 0) + name

    def _paint_said(self, painter: QPainter, place: QRect, said: list[Said]) -> None:
        theme, top = self.theme, place.top()
        bar = 0
        for number, one in enumerate(said):
            bar = top if one.kind == "quote" or (one.colour and not bar) else bar
            inset = self._inset(one)
            if one.by:
                painter.setFont(theme.font("caption", 600))
                painter.setPen(theme.colour("muted"))
                at = QRect(place.left() + (INSET if one.colour else 0), top, inset, LINE)
                painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, one.by)
            painter.setPen(theme.colour("muted" if one.kind == "more" else "text"))
            words_at = QRect(place.left() + inset, top, max(60, place.width() - inset), 0)
            used = paint_lines(
                painter, one.text, theme.font(_step(one)), words_at, LINE, MOST_LINES[one.kind]
            )
            top += used * LINE + GAP
            after = said[number + 1] if number + 1 < len(said) else None
            is_end = after is None or after.kind != "comment" or not after.colour
            if one.colour and is_end:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(f"mark_{one.colour}"))
                painter.drawRoundedRect(QRectF(place.left(), bar + 2, 4, top - GAP - bar - 4), 2, 2)
                bar = 0


def _step(one: Said) -> str:
    return "caption" if one.kind == "more" else "own_card"


class PackItemList(ItemList[OfferedItem]):
    """The items of a pack; a click on the tick sets it."""

    ticked = Signal(int)
    """The row whose tick was clicked."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and at.x() < LEFT - 4:
            self.ticked.emit(index.row())
