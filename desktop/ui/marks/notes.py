"""Comments beside the text: notes in the margin where there is room, else a small sign at the line.

Surprising: only notes near what is seen are widgets. Their heights are measured once from their words, so a
page with hundreds of them lays out at once and still scrolls smoothly.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.languages import tr
from desktop.library.sense_values import Annotation
from desktop.share.answers import Reply
from desktop.ui import icons
from desktop.ui.marks.spots import Spot
from desktop.ui.marks.words import by_line, described, note_html, note_words
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.theme import Lengths, Theme

WIDTH = 256
GAP = 32
"""Pixels between the text and the notes."""
_BAR = 4
_PAD = 10
_LINE = 20
_META = 22
_BETWEEN = 14
_NEAR = 100
"""Pixels outside the page at which a note becomes a widget already."""
_MOST = 120
"""Widgets that are kept, seen or not."""

Ask = Callable[[int], None]
"""Wants the highlight of this id on its card."""


class MarginNote(QWidget):
    """One comment: a bar in the highlight's colour, the words, the day, the tags. Enter or a click opens."""

    def __init__(
        self, theme: Theme, annotation: Annotation, replies: Sequence[Reply], ask: Ask, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.annotation = annotation
        self._replies = tuple(replies)
        self._ask_for = ask
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(described(annotation, theme.name_of(annotation.colour), replies))
        is_own = not annotation.creator
        self.setAccessibleDescription(
            tr("Press Enter to change it") if is_own else tr("Press Enter to answer it")
        )
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(_BAR + _PAD, 0, 0, _META)
        column.addWidget(self.words)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.words.setFont(self._theme.font("own_row"))
        body = note_html(self.annotation, self._replies)
        ink = self._theme.css("text")
        self.words.setText(f"<p style='line-height:{_LINE}px;margin:0;color:{ink}'>{body}</p>")
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        self._ask_for(self.annotation.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"mark_{self.annotation.colour}"))
        painter.drawRoundedRect(QRectF(0, 0, _BAR, self.height()), 2, 2)
        font = self._theme.font("caption")
        painter.setFont(font)
        painter.setPen(colour("muted"))
        base = self.height() - _META + 3
        day = by_line(self.annotation)
        box = QRect(_BAR + _PAD, base, self.width(), 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, day)
        x = _BAR + _PAD + painter.fontMetrics().horizontalAdvance(day) + 8
        for tag in self.annotation.tags:
            pill = Pill(tag)
            width = pill_width(self._theme, pill)
            if x + width > self.width():
                break
            paint_pill(painter, self._theme, QPoint(x, base - 1), pill)
            x += width + 6
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, Lengths.RADIUS_SMALL, Lengths.RADIUS_SMALL)


class CommentSign(QAbstractButton):
    """Where there is no margin: a small sign at the line that says the comment in its tooltip."""

    def __init__(
        self, theme: Theme, annotation: Annotation, replies: Sequence[Reply], ask: Ask, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.annotation = annotation
        self._ask_for = ask
        self.setText(described(annotation, theme.name_of(annotation.colour), replies))
        self.setAccessibleName(self.text())
        self.setToolTip(tooltip(note_words(annotation, replies)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._ask)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(22, 22)

    def _ask(self) -> None:
        self._ask_for(self.annotation.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("pill"))
            painter.drawRoundedRect(QRectF(self.rect()), Lengths.RADIUS_SMALL, Lengths.RADIUS_SMALL)
        ink = self._theme.colour(f"mark_{self.annotation.colour}")
        painter.drawPixmap(QPoint(3, 3), icons.pixmap("message-square", ink, 16, self.devicePixelRatioF()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


@dataclass(frozen=True, slots=True)
class _Laid:
    annotation: Annotation
    y: int
    """Document pixels, from the top of the whole page."""
    height: int


class Notes(QObject):
    """All comments of the shown page, laid out once and shown as far as they are seen."""

    asked = Signal(int)
    """The highlight of this id is wanted on its card."""

    def __init__(self, theme: Theme, area: QAbstractScrollArea, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._area = area
        self._laid: list[_Laid] = []
        self._bottoms: list[int] = []
        self._widgets: dict[int, QWidget] = {}
        self._seen: set[int] = set()
        self._x = 0
        self._is_margin = False
        self.replies: Mapping[int, Sequence[Reply]] = {}
        """What was answered to the highlight of this id."""

    @property
    def _viewport(self) -> QWidget:
        # Asked for each time: what Python holds of it does not outlive the closing of a form over the window.
        return self._area.viewport()

    def has_words(self, annotation: Annotation) -> bool:
        """Whether somebody said something to a highlight."""
        return bool(annotation.comment or self.replies.get(annotation.id))

    def lay_out(
        self,
        spots: Sequence[Spot],
        y_of: Callable[[Spot], int],
        x: int,
        *,
        is_margin: bool,
        hidden: int = 0,
        taken: tuple[int, int] = (0, 0),
    ) -> None:
        """Place a note for each commented spot. Heights are document pixels; ``hidden`` is the annotation on
        the card now, which has ``taken`` the margin from its top to its bottom."""
        self.clear()
        self._x, self._is_margin = x, is_margin
        below = -10_000
        for spot in spots:
            if not self.has_words(spot.annotation) or spot.id == hidden:
                continue
            height = self._height(spot.annotation) if is_margin else 22
            y = max(y_of(spot), below)
            if is_margin and y < taken[1] and y + height > taken[0]:
                y = taken[1] + _BETWEEN
            self._laid.append(_Laid(spot.annotation, y, height))
            below = y + height + (_BETWEEN if is_margin else 2)
        self._bottoms = [one.y + one.height for one in self._laid]

    def clear(self) -> None:
        """No notes."""
        for widget in self._widgets.values():
            widget.hide()
            widget.deleteLater()
        self._widgets, self._seen = {}, set()
        self._laid, self._bottoms = [], []

    def scrolled(self, top: int) -> None:
        """``top`` document pixels are above the page now: move what is seen, let go what is far."""
        if not isValid(self._area):  # a closing window scrolls once more
            return
        height = self._viewport.height()
        near: set[int] = set()
        for at in range(bisect_left(self._bottoms, top - _NEAR), len(self._laid)):
            one = self._laid[at]
            if one.y > top + height + _NEAR:
                break
            near.add(one.annotation.id)
            widget = self._widgets.get(one.annotation.id) or self._make(one.annotation)
            width = WIDTH if self._is_margin else 22
            x = self._x if self._is_margin else min(self._x, self._viewport.width() - width - 2)
            widget.setGeometry(x, one.y - top, width, one.height)
            if widget.isHidden():
                widget.show()
        for key in self._seen - near:
            self._widgets[key].hide()  # to come back by scrolling is cheaper than to be made again
            if len(self._widgets) > _MOST:
                self._widgets.pop(key).deleteLater()
        self._seen = near

    def widgets(self) -> list[QWidget]:
        """The notes or signs that stand near what is seen, from the top."""
        made = [self._widgets.get(one.annotation.id) for one in self._laid]
        return [widget for widget in made if widget is not None and not widget.isHidden()]

    def bottom(self) -> int:
        """Document pixels down to the end of the last note."""
        return self._bottoms[-1] if self._bottoms else 0

    def _make(self, annotation: Annotation) -> QWidget:
        kind = MarginNote if self._is_margin else CommentSign
        replies = self.replies.get(annotation.id, ())
        widget = kind(self._theme, annotation, replies, self.asked.emit, self._viewport)
        self._widgets[annotation.id] = widget
        return widget

    def _height(self, annotation: Annotation) -> int:
        label = QLabel()
        label.setFont(self._theme.font("own_row"))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        body = note_html(annotation, self.replies.get(annotation.id, ()))
        label.setText(f"<p style='line-height:{_LINE}px;margin:0'>{body}</p>")
        return label.heightForWidth(WIDTH - _BAR - _PAD) + _META
