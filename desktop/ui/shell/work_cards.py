"""Cards for long work, above the window's lower right corner: what it is, how far, how long still, Cancel.

Surprising: a card appears only when the work has lasted a moment. Most backups are made before that, and
something that flashes up and goes tells nobody anything.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.shadow import paint_floating
from desktop.ui.parts.words_card import Words
from desktop.ui.study.bar import floor
from desktop.ui.theme import Lengths, Theme
from desktop.ui.works import Work

WIDTH, MARGIN, SHADE = 320, 20, 16
SOON_MS = 400


class Bar(QProgressBar):
    """A 4-pixel bar in the tokens' colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTextVisible(False)
        self.setFixedHeight(4)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("track"))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(self._theme.colour("accent"))
        share = self.value() / self.maximum() if self.maximum() else 0.25
        painter.drawRoundedRect(QRectF(0, 0, max(4.0, self.width() * share), self.height()), 2, 2)


class WorkCard(QWidget):
    """One piece of work."""

    def __init__(self, theme: Theme, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self.work = work
        self._theme = theme
        self.label = Words(theme, "strong", 19)
        self.label.say(work.label)
        self.says = Words(theme, "caption", 17, "muted")
        self.bar = Bar(theme)
        self.cancel = Button(theme, tr("Cancel"), kind="quiet", is_small=True)
        self.cancel.setAccessibleName(tr("Cancel: {what}").format(what=work.label))
        self.cancel.setVisible(work.can_stop)
        self.cancel.clicked.connect(work.stop)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.label, 1)
        head.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADE + 14, SHADE + 10, SHADE + 14, SHADE + 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.says)
        column.addSpacing(2)
        column.addWidget(self.bar)
        self.setFixedWidth(WIDTH + 2 * SHADE)
        work.progressed.connect(self.show_progress)
        theme.changed.connect(self.update)
        self.show_progress()

    def show_progress(self) -> None:
        """Say how far it is."""
        self.says.say(words_of(self.work))
        self.bar.setMaximum(self.work.progress.total)
        self.bar.setValue(self.work.progress.done)
        self.bar.setAccessibleName(self.work.label)
        self.cancel.setEnabled(not self.work.is_stopping)
        self.setAccessibleName(f"{self.work.label}: {self.says.words()}")

    def sizeHint(self) -> QSize:
        return QSize(WIDTH + 2 * SHADE, max(super().sizeHint().height(), 66 + 2 * SHADE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = QRectF(self.rect()).adjusted(SHADE, SHADE, -SHADE, -SHADE)
        paint_floating(QPainter(self), self._theme, box, is_dialog=False)


class WorkCards(QObject):
    """Shows a card for everything that `Desk.works` has under way."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._timers: dict[Work, QTimer] = {}
        self.cards: dict[Work, WorkCard] = {}
        desk.works.begun.connect(self._on_begun)
        desk.works.ended.connect(self._on_ended)
        window.installEventFilter(self)

    def _on_begun(self, work: Work) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self._on_time_over)
        self._timers[work] = timer
        timer.start(SOON_MS)

    def _on_time_over(self) -> None:
        due = [work for work, timer in self._timers.items() if not timer.isActive()]
        for work in due:
            self._timers.pop(work).deleteLater()
            card = WorkCard(self._desk.theme, work, self._window)
            self.cards[work] = card
            card.adjustSize()
            card.show()
            card.raise_()
        self.place()

    def _on_ended(self, work: Work) -> None:
        timer = self._timers.pop(work, None)
        if timer is not None:
            timer.stop()
            timer.deleteLater()
        card = self.cards.pop(work, None)
        if card is not None:
            card.hide()
            card.deleteLater()
        self.place()

    def place(self) -> None:
        """Stand one above the other; above the toast where there is no room beside it."""
        window = self._window
        is_narrow = window.width() < Lengths.COLLAPSE_SIDEBAR_BELOW
        bottom = floor(window) - MARGIN - (60 if is_narrow else 0)
        for card in self.cards.values():
            height = card.sizeHint().height()
            card.resize(card.width(), height)
            card.move(window.width() - MARGIN - WIDTH - SHADE, bottom - height + SHADE)
            bottom -= height - 2 * SHADE + 8

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.place()
        return False


def words_of(work: Work) -> str:
    """``1,200 of 5,000 · about 2 minutes left``."""
    if work.is_stopping:
        return tr("Stopping …")
    if not work.progress.total:
        return tr("A moment …")
    done = tr("{done} of {total}").format(
        done=writing.number(work.progress.done), total=writing.number(work.progress.total)
    )
    left = work.seconds_left()
    if left is None or left < 1:
        return done
    minutes = round(left / 60)
    if minutes < 1:
        return tr("{done} · less than a minute left").format(done=done)
    return trn("{done} · about {n} minute left", "{done} · about {n} minutes left", minutes).format(
        done=done, n=minutes
    )
