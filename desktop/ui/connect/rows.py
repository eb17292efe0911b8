"""The list of browsers, each with its exact state and the next thing to do. The connect page, the settings
and the first steps show the same one.

Surprising: it looks anew by itself while it is to be seen, since what changes it happens in another program.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QFileSystemWatcher, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.capture import connecting
from desktop.capture.connecting import BrowserState
from desktop.languages import tr
from desktop.store.changes import Changes, Noun
from desktop.ui import icons
from desktop.ui.connect.words import Card, Step, card_of, extension_folder, how_to_add, not_found, summary
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import Flow, tall
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths, Theme

LOOK_MS = 3000
_TONES = {
    "ok": ("circle-check", "success"),
    "next": ("circle-dashed", "warning"),
    "wait": ("clock", "muted"),
    "stuck": ("info", "muted"),
}


class Signed(QWidget):
    """An icon and a word or two beside it."""

    def __init__(self, theme: Theme, icon: str, words: str, ink: str, weight: int = 0) -> None:
        super().__init__()
        self._theme, self._icon, self._ink = theme, icon, ink
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 10, 0)
        self.words = Words(theme, "caption", 18, ink, weight=weight)
        self.words.setWordWrap(False)
        self.words.say(words)
        row.addWidget(self.words)
        self.setAccessibleName(words)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        picture = icons.pixmap(self._icon, self._theme.colour(self._ink), 14, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(0, (self.height() - 14) // 2 + 2), picture)


def sign_of(theme: Theme, step: Step) -> Signed:
    """A step as the list shows it: done, open, or unknown."""
    if step.is_done is None:
        return Signed(theme, "circle-question-mark", tr("{step}: not known").format(step=step.label), "muted")
    icon, ink = ("circle-check", "success") if step.is_done else ("circle-dashed", "muted")
    sign = Signed(theme, icon, step.label, ink)
    sign.setAccessibleName(
        tr("{step}: done").format(step=step.label)
        if step.is_done
        else tr("{step}: not yet").format(step=step.label)
    )
    return sign


class HowTo(QWidget):
    """Numbered steps on a quiet ground; what stands between backquotes can be copied."""

    def __init__(self, desk: Desk, lines: Sequence[str]) -> None:
        super().__init__()
        self._theme = desk.theme
        self._desk = desk
        self.setSizePolicy(tall())
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 12, 12)
        column.setSpacing(6)
        for number, line in enumerate(lines, 1):
            row = QHBoxLayout()
            words = Words(desk.theme, "body", 19)
            words.say(f"{number}.  {line.replace('`', '')}")
            row.addWidget(words, 1)
            if "`" in line:
                copy = Button(desk.theme, tr("Copy"), icon="copy", kind="icon", is_small=True)
                copy.setObjectName(line.split("`")[1])
                copy.setAccessibleName(tr("Copy {text}").format(text=line.split("`")[1]))
                copy.clicked.connect(self._on_copy)
                row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        desk.theme.changed.connect(self.update)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.sender().objectName())
        self._desk.say(tr("Copied"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        contrast = self._theme.is_contrast
        painter.setPen(QPen(self._theme.colour("line"), 1) if contrast else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("hover"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Lengths.RADIUS_PANEL, Lengths.RADIUS_PANEL)


class BrowserRow(QWidget):
    """One browser."""

    act_asked = Signal(str, str)
    """The browser's key, and what is to be done."""

    def __init__(self, desk: Desk, state: BrowserState, *, is_main: bool, is_open: bool) -> None:
        super().__init__()
        self._theme = desk.theme
        self.card: Card = card_of(state, datetime.now(UTC))
        self.button: Button | None = None
        self.setSizePolicy(tall())
        self.setAccessibleName(f"{self.card.name}: {self.card.state}. {self.card.sentence}")
        body = QVBoxLayout()
        body.setSpacing(2)
        body.addLayout(self._title())
        sentence = Words(desk.theme, "body", 19, "muted")
        sentence.say(self.card.sentence)
        body.addWidget(sentence)
        if self.card.steps:
            steps = Flow()
            steps.show_widgets([sign_of(desk.theme, step) for step in self.card.steps])
            body.addWidget(steps)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(body, 1)
        if self.card.act:
            row.addWidget(self._make_button(is_main), 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(52, 14, 0, 14)
        whole.setSpacing(10)
        whole.addLayout(row)
        if is_open and self.card.act == "steps":
            whole.addWidget(HowTo(desk, how_to_add(state, extension_folder(state.family))))
        if self.card.command:
            whole.addWidget(HowTo(desk, (f"`{self.card.command}`",)))
        desk.theme.changed.connect(self.update)

    def _title(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        name = Words(self._theme, "row", 20)
        name.setWordWrap(False)
        name.say(self.card.name)
        icon, ink = _TONES[self.card.tone]
        line.addWidget(name)
        line.addWidget(Signed(self._theme, icon, self.card.state, ink, 600))
        line.addStretch(1)
        for widget in (name,):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        return line

    def _make_button(self, is_main: bool) -> Button:
        self.button = Button(self._theme, self.card.label, kind="main" if is_main else "plain")
        self.button.setAccessibleName(f"{self.card.label}: {self.card.name}")
        self.button.clicked.connect(self._on_clicked)
        return self.button

    def _on_clicked(self) -> None:
        self.act_asked.emit(self.card.key, self.card.act)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))
        painter.setPen(QPen(colour("line"), 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colour("pill"))
        painter.drawRoundedRect(QRectF(0, 15, 36, 36), Lengths.RADIUS, Lengths.RADIUS)
        picture = icons.pixmap("globe", colour("text"), 18, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(9, 24), picture)


class BrowserList(QWidget):
    """Every browser found, kept up to date while it is shown."""

    refreshed = Signal(object)
    """The new states: ``list[BrowserState]``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.states: list[BrowserState] = []
        self._open = ""
        self._is_looking = self._is_stale = False
        self._is_kept = False
        self.setSizePolicy(tall())
        self.intro = Words(desk.theme, "body", 20, "muted")
        self.absent = Words(desk.theme, "caption", 18, "muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.intro)
        column.addLayout(self._rows)
        column.addWidget(self.absent)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_folder_changed)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.refresh)
        desk.changed.connect(self._on_changed)

    def rows(self) -> list[BrowserRow]:
        """The rows, in order."""
        items = (self._rows.itemAt(number) for number in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, BrowserRow)]

    def refresh(self) -> None:
        """Look at the browsers again, off the GUI thread; once more when asked while looking."""
        self._is_stale = True
        if not self._is_looking:
            self._is_looking = True
            self._desk.tasks.start(self._look())

    async def _look(self) -> None:
        try:
            while self._is_stale:
                self._is_stale = False
                states = await self._desk.tasks.work(connecting.states, self._desk.paths)
                if states is not None:
                    self.show_states(states)
        finally:
            self._is_looking = False

    def show_states(self, states: list[BrowserState]) -> None:
        """Show these; nothing moves when nothing changed."""
        self._watch()
        if states == self.states and self.rows():
            return
        self.states = states
        self.intro.say(summary(states))
        missing = not_found(states)
        self.absent.say(missing)
        self.absent.setVisible(bool(missing))
        self._rebuild()
        self.refreshed.emit(states)

    def _rebuild(self) -> None:
        for row in self.rows():
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        has_main = False
        for state in self.states:
            if not state.is_found:
                continue
            is_open = state.key == self._open
            row = BrowserRow(self._desk, state, is_main=not has_main, is_open=is_open)
            has_main = has_main or row.button is not None
            row.act_asked.connect(self._on_act_asked)
            self._rows.addWidget(row)
            row.show()
        self.updateGeometry()

    def _on_act_asked(self, key: str, act: str) -> None:
        if act == "connect":
            self._desk.tasks.start(self._connect_browser(key))
        elif act == "steps":
            self._open = "" if self._open == key else key
            self._rebuild()

    async def _connect_browser(self, key: str) -> None:
        states = await self._desk.tasks.work(connecting.connect, self._desk.paths, key)
        if states is not None:
            self.show_states(states)
            self._desk.announce(Changes(frozenset({Noun.BROWSER})))

    def _watch(self) -> None:
        folder = self._desk.paths.spool / "browsers"
        if folder.is_dir() and str(folder) not in self._watcher.directories():
            self._watcher.addPath(str(folder))

    def _on_folder_changed(self, _folder: str) -> None:
        self.refresh()
        self._desk.announce(Changes(frozenset({Noun.BROWSER})))

    def _on_changed(self, changes: Changes) -> None:
        if Noun.BROWSER in changes.nouns and self._timer.isActive():
            self.refresh()

    def keep_looking(self, is_wanted: bool) -> None:
        """Look also while another page stands in front: for a panel that shows the state elsewhere."""
        self._is_kept = is_wanted
        if is_wanted:
            self._timer.start()
            self.refresh()
        elif not self.isVisible():
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at once, and again every three seconds."""
        super().showEvent(event)
        self._timer.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """A list that nobody sees looks at nothing."""
        if not self._is_kept:
            self._timer.stop()
        super().hideEvent(event)
