"""Pieces of the balance view: three large numbers that open their acts, and the rows of the self-check."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.languages import tr, writing
from desktop.learning.balance import VERBS
from desktop.learning.review_values import CheckAnswer, Stand
from desktop.ui.balance import words as balance_words
from desktop.ui.parts.notices import tall
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths, Theme

TALL = 104
NARROW = 620


class Figure(QAbstractButton):
    """The number of acts of a verb; a click opens them."""

    def __init__(self, theme: Theme, verb: str, is_first: bool) -> None:
        super().__init__()
        self._theme, self.verb, self._is_first = theme, verb, is_first
        self.number = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say(0)
        theme.changed.connect(self.update)

    def say(self, number: int) -> None:
        """Show this number."""
        self.number = number
        name, means = tr(balance_words.NAMES[self.verb]), tr(balance_words.MEANS[self.verb])
        self.setText(writing.number(number))
        self.setAccessibleName(tr("{name}: {n}, open them").format(name=name, n=writing.number(number)))
        self.setToolTip(means)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, TALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(90, TALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, colour = self._theme, self._theme.colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect().adjusted(1, 1, -1, -1), colour("hover"))
        if not self._is_first:
            painter.fillRect(0, 0, 1, self.height(), colour("line"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"chart_{self.verb}"))
        painter.drawRoundedRect(QRectF(19, 20, 8, 8), 2, 2)
        painter.setPen(colour("text"))
        painter.setFont(theme.font("strong"))
        painter.drawText(QPoint(35, 29), tr(balance_words.NAMES[self.verb]))
        painter.setFont(theme.font("figure"))
        painter.drawText(QRect(18, 36, self.width() - 24, 38), Qt.AlignmentFlag.AlignVCenter, self.text())
        small = theme.font("caption")
        painter.setFont(small)
        painter.setPen(colour("muted"))
        means = tr(balance_words.MEANS[self.verb])
        means = QFontMetrics(small).elidedText(means, Qt.TextElideMode.ElideRight, self.width() - 30)
        painter.drawText(QPoint(19, 88), means)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)


class Figures(QWidget):
    """The three in one frame."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self.figures = [Figure(theme, verb, number == 0) for number, verb in enumerate(VERBS)]
        for figure in self.figures:
            row.addWidget(figure, 1)
        theme.changed.connect(self.update)

    def say(self, stand: Stand) -> None:
        """Show the sums of this."""
        for figure in self.figures:
            figure.say(int(getattr(stand, figure.verb)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("raised"))
        radius = Lengths.RADIUS_PANEL
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class CheckRow(QAbstractButton):
    """One question of the self-check with this quarter's answer and the last one; a click answers it."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self.number = theme, number
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(tall())
        self.question = Words(theme, "strong", 19)
        self.answer = Words(theme, "own_row", 20)
        self.before = Words(theme, "own_row", 20, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 11, 0, 12)
        row.setSpacing(24)
        for words, stretch in ((self.question, 5), (self.answer, 9), (self.before, 5)):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(words, stretch, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self.update)

    def say(self, one: CheckAnswer) -> None:
        """Show it."""
        self.question.say(one.question)
        self.answer.set_ink("text" if one.answer else "muted")
        self.answer.say(one.answer or tr("Not answered yet"))
        before = tr("{quarter}: “{answer}”").format(quarter=one.before_quarter, answer=one.before)
        self.before.say(before if one.before else "")
        said = tr("Question {n}: {question} {answer}").format(
            n=one.number, question=one.question, answer=one.answer or tr("Not answered yet")
        )
        self.setAccessibleName(said)
        self.setAccessibleDescription(before if one.before else "")
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else 40

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(max(480, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.before.setVisible(self.width() >= NARROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        if self.underMouse():
            painter.fillRect(self.rect(), colour("hover"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -2), 4, 4)
