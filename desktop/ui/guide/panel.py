"""The first steps, as a panel over the window: what is done shows at once, whoever did it and wherever.

Surprising: no step is ticked by a click. The panel asks the library and the browsers, and believes only them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.capture.connecting import BrowserState
from desktop.languages import mark, tr
from desktop.library import basket, lists
from desktop.library.values import View
from desktop.share import sent
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.guide.goal import GoalPage
from desktop.ui.guide.pages import ConnectPage, SavePage, SharePage
from desktop.ui.guide.steps import CONNECT, SHARE, Held, Line, Progress, lines, progress_of
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths, Theme

WIDTH, HEIGHT, SIDE = 960, 624, 268
NARROW, FOLDED = 800, 64
_NOUNS = frozenset({Noun.SOURCE, Noun.CAPTURE, Noun.GOAL, Noun.BROWSER, Noun.PACK, Noun.BASKET})
_NEXT = (
    mark("Next: save a page"),
    mark("Next: name a goal"),
    mark("Next: share something"),
    mark("Start reading"),
)


class StepButton(QAbstractButton):
    """One step in the list: its number or a tick, its name, how it stands."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self._line = Line("", "", False)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(54)
        theme.changed.connect(self.update)

    def say(self, line: Line) -> None:
        """Show how the step stands."""
        self._line = line
        self.setText(line.title)
        done = tr("done") if line.is_done else tr("not yet")
        self.setAccessibleName(
            tr("Step {number}: {title}, {done}, {below}").format(
                number=self._number, title=line.title, done=done, below=line.below
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE - 40, 54)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        is_on = self.isChecked()
        if is_on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("selected" if is_on else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), Lengths.RADIUS, Lengths.RADIUS)
        self._paint_number(painter, is_on)
        if self.width() > FOLDED:
            self._paint_words(painter, is_on)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_words(self, painter: QPainter, is_on: bool) -> None:
        colour = self._theme.colour
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._theme.font("strong" if is_on else "body"))
        painter.setPen(colour("on_accent_soft" if is_on else "text"))
        painter.drawText(QRect(44, 9, self.width() - 50, 19), middle, self._line.title)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(colour("on_accent_soft" if is_on else "muted"))
        metrics = painter.fontMetrics()
        below = metrics.elidedText(self._line.below, Qt.TextElideMode.ElideRight, self.width() - 52)
        painter.drawText(QRect(44, 28, self.width() - 50, 17), middle, below)

    def _paint_number(self, painter: QPainter, is_on: bool) -> None:
        colour = self._theme.colour
        disc = QRectF(10.75, 10.75, 20.5, 20.5)
        if self._line.is_done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("success"))
            painter.drawEllipse(disc)
            tick = icons.pixmap("check", colour("surface"), 14, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(14, 14), tick)
            return
        painter.setPen(QPen(colour("accent" if is_on else "line_strong"), 1.5))
        painter.setBrush(colour("accent") if is_on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        painter.setFont(self._theme.font("caption", 600))
        painter.setPen(colour("on_accent" if is_on else "muted"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))


class GuideView(QWidget):
    """The panel. It closes itself by ``closed``; whoever shows it takes it away then."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(tr("First steps"))
        self.progress = Progress()
        self._held = Held()
        self._is_looking = self._is_stale = False
        self._has_chosen = False
        self.steps = QButtonGroup(self)
        self.pages = QStackedWidget()
        self.connect_page = ConnectPage(desk)
        self.save_page = SavePage(desk)
        self.goal_page = GoalPage(desk)
        self.share_page = SharePage(desk)
        for page in (self.connect_page, self.save_page, self.goal_page, self.share_page):
            self.pages.addWidget(page)
        theme = desk.theme
        self.not_now = Button(theme, tr("Not now"), kind="quiet")
        self.back = Button(theme, tr("Back"))
        self.next = Button(theme, tr(_NEXT[0]))
        self._build()
        self._connect_all()
        self._show_progress(self.progress)
        self.go_to(CONNECT)
        self._has_chosen = False

    def _build(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._side())
        right = QVBoxLayout()
        right.setContentsMargins(36, 26, 36, 16)
        right.setSpacing(0)
        right.addWidget(self.pages, 1)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(0, 16, 0, 0)
        self._foot.setSpacing(8)
        self._foot.addWidget(self.not_now)
        self._foot.addStretch(1)
        self._foot.addWidget(self.back)
        self._foot.addWidget(self.next)
        right.addLayout(self._foot)
        whole.addLayout(right, 1)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 92, 20, 20)
        column.setSpacing(0)
        for number in range(4):
            button = StepButton(self._desk.theme, number + 1)
            self.steps.addButton(button, number)
            column.addWidget(button)
        column.addStretch(1)
        words = Words(self._desk.theme, "caption", 16, "muted")
        words.say(
            tr(
                "Everything stays on this computer. You can close this and find it again in the menu, "
                "“First steps”."
            )
        )
        column.addWidget(words)
        self._side_widget, self._side_column, self._promise = side, column, words
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the steps are numbers alone."""
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        self._side_widget.setFixedWidth(FOLDED if is_narrow else SIDE)
        margin = 10 if is_narrow else 20
        self._side_column.setContentsMargins(margin, 92, margin, 20)
        self._promise.setVisible(not is_narrow)

    def _connect_all(self) -> None:
        self.steps.idClicked.connect(self.go_to)
        self.not_now.clicked.connect(self._on_not_now)
        self.back.clicked.connect(self._on_back)
        self.next.clicked.connect(self._on_next)
        self.share_page.left.connect(self._close)
        self.connect_page.browsers.refreshed.connect(self._on_browsers)
        self._desk.changed.connect(self._on_changed)
        self._desk.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    # What is so

    def refresh(self) -> None:
        """Ask the library again; once more when it changed while it was being asked."""
        self._is_stale = True
        if not self._is_looking and self._desk.reader is not None:
            self._is_looking = True
            self._desk.tasks.start(self._look())

    async def _look(self) -> None:
        try:
            while self._is_stale:
                self._is_stale = False
                found = await self._desk.tasks.read(_look_up)
                if found is not None:
                    self._held = found
                    self._show_held()
        finally:
            self._is_looking = False

    def _show_held(self) -> None:
        self._show_progress(progress_of(self.connect_page.browsers.states, self._held))

    def _show_progress(self, progress: Progress) -> None:
        self.progress = progress
        for number, line in enumerate(lines(progress)):
            button = self.steps.button(number)
            if isinstance(button, StepButton):
                button.say(line)
        self.save_page.show_progress(progress)
        self.goal_page.show_progress(progress)
        self.share_page.show_progress(progress)
        if not self._has_chosen and self.isVisible():
            self._choose(progress.next)
        self._label()

    # Going on

    def go_to(self, step: int) -> None:
        """Show a step because the person asked for it; from now on the panel does not change it by itself."""
        self._has_chosen = True
        self._choose(step)

    def _choose(self, step: int) -> None:
        button = self.steps.button(step)
        if button is not None:
            button.setChecked(True)
        self.pages.setCurrentIndex(step)
        self._label()

    def _label(self) -> None:
        step = self.pages.currentIndex()
        self.back.setEnabled(step > CONNECT)
        self.next.set_label(tr(_NEXT[step]))
        self.not_now.setVisible(not self.progress.is_under_way)

    def _on_back(self) -> None:
        self.go_to(max(CONNECT, self.pages.currentIndex() - 1))

    def _on_next(self) -> None:
        step = self.pages.currentIndex()
        if step < SHARE:
            self.go_to(step + 1)
        else:
            self._close()

    def _on_not_now(self) -> None:
        self._close()

    def _close(self) -> None:
        if not self._desk.settings.flag("guide_closed"):
            self._desk.set_setting("guide_closed", True)
        self.closed.emit()

    def _on_browsers(self, _states: Sequence[BrowserState]) -> None:
        self._show_held()

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & _NOUNS and self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Look when it is seen."""
        super().showEvent(event)
        self._label()
        self.connect_page.browsers.keep_looking(True)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop looking."""
        self.connect_page.browsers.keep_looking(False)
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._desk.theme
        side = self._side_widget.width() if self._side_widget.isVisible() else 0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()), Lengths.RADIUS_PANEL, Lengths.RADIUS_PANEL)
        if side:
            painter.setClipRect(0, 0, side, self.height())
            painter.setBrush(theme.colour("bg"))
            painter.drawRoundedRect(QRectF(0, 0, side + 20, self.height()), 8, 8)
            painter.setClipping(False)
            painter.fillRect(side, 0, 1, self.height(), theme.colour("line"))
            left = 20 if side > FOLDED else 14
            painter.drawPixmap(QPoint(left, 30), icons.mark(36, self.devicePixelRatioF()))
        if side > FOLDED:
            painter.setFont(theme.font("bar"))
            painter.setPen(theme.colour("text"))
            painter.drawText(QPoint(69, 46), "Kithbook")
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QPoint(69, 63), tr("about a minute"))
        left = side + 36
        top = self.height() - 64
        painter.fillRect(left, top, self.width() - left - 36, 1, theme.colour("line"))


def _look_up(reader: Reader) -> Held:
    """In a reading thread: pages, goals, the title of the newest page, packs that left, the basket."""
    counts, newest = lists.counts(reader), ""
    if counts.all:
        ids = lists.ids(reader, View(state=None))
        rows = lists.page(reader, ids[:1])
        newest = rows[0].title if rows else ""
    shared = tuple(pack.title for pack in sent.all_of(reader, "sent", 3))
    return Held(counts, tuple(lists.goals(reader)), newest, shared, basket.count(reader))


def is_wanted(desk: Desk, browsers: Sequence[BrowserState], pages: int) -> bool:
    """Whether the first steps should open by themselves: not after "Not now", nor once two are done."""
    is_connected = any(state.is_connected for state in browsers)
    return not desk.settings.flag("guide_closed") and not (is_connected and pages > 0)


def make(desk: Desk) -> QWidget:
    """The panel, for the window's overlay and for ``kithbook shot guide``."""
    return GuideView(desk)
