"""The reader's bar above the text, its foot below, and the panel that sets type, size and width.

Surprising: the bar knows no act of its own; its buttons do what the registry says, so a key, a menu and a
button can never differ.
"""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from desktop.languages import tr
from desktop.library.values import Detail, State
from desktop.settings import BY_NAME, Value
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button, button_for
from desktop.ui.parts.notices import LinkButton
from desktop.ui.parts.segments import Segments
from desktop.ui.theme import READER_FAMILY, READER_SANS_FAMILY, Lengths, Theme

FOOT = 28
SIZES = (12, 14, 16, 18, 21)
"""How large the letters on the size buttons are drawn."""
_FULL = 560
_LEFT_ROOM = 130
"""Pixels that the foot keeps for how much is left to read."""


class Line(QWidget):
    """A short upright line that parts two groups of buttons."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(13, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(6, 0, 1, 20, self._theme.colour("line"))


class ReaderBar(QWidget):
    """48 pixels: the acts at the left, contents, versions, type and the original at the right."""

    contents_asked = Signal()
    versions_asked = Signal()
    look_asked = Signal()
    more_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._detail: Detail | None = None
        self._has_contents = False
        self.setFixedHeight(Lengths.BAR)
        theme = desk.theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 14, 1)
        self._row.setSpacing(2)
        self.acts: dict[str, Button] = {}
        self._add_acts()
        self._row.addStretch(1)
        self.contents = Button(theme, tr("Contents"), icon="list", kind="quiet", ink="muted")
        self.versions = Button(theme, tr("Version 1"), icon="history", kind="quiet", ink="muted")
        self.look = Button(theme, tr("Type, size and width"), icon="a-large-small", kind="icon")
        self.original = Button(theme, tr("Open original (Ctrl O)"), icon="external-link", kind="icon")
        self.more = Button(theme, tr("More"), icon="ellipsis", kind="icon")
        for button in (self.contents, self.versions, self.look, self.original, self.more):
            self._row.addWidget(button)
        self.contents.clicked.connect(self.contents_asked)
        self.versions.clicked.connect(self.versions_asked)
        self.look.clicked.connect(self.look_asked)
        self.more.clicked.connect(self.more_asked)
        theme.changed.connect(self.update)

    def _add_acts(self) -> None:
        self._add("back")
        self._add("done", kind="plain", label=tr("Done"), shows_key=True)
        self._add("inbox", kind="plain", label=tr("To Inbox"), shows_key=True)
        self._add("later")
        self._add("trash")
        self._add("delete")
        if "tag" in self.acts or self._desk.actions.has("tag"):
            self._row.addWidget(Line(self._desk.theme))
        self._add("tag")
        self._add("goal")
        self._add("highlight")
        self._add("basket")

    def _add(self, name: str, *, kind: str = "icon", label: str = "", shows_key: bool = False) -> None:
        if not self._desk.actions.has(name):
            return
        button = button_for(
            self._desk.theme, self._desk.actions, name, kind=kind, label=label, shows_key=shows_key
        )
        self.acts[name] = button
        self._row.addWidget(button)
        if name == "back":
            action = self._desk.actions.action(name)
            action.visibleChanged.connect(self._fit)
        self._fit_act(name)

    def show_detail(self, detail: Detail | None, *, has_contents: bool) -> None:
        """Fit the buttons to this capture."""
        self._detail, self._has_contents = detail, has_contents
        if detail is not None:
            self.versions.set_label(tr("Version {version}").format(version=detail.version))
        self._fit()

    def _fit_act(self, name: str) -> None:
        state = self._detail.state if self._detail is not None else None
        is_kept_away = state in (State.ARCHIVE, State.TRASH)
        shown = {
            "back": self._desk.actions.has("back") and self._desk.actions.action("back").isVisible(),
            "done": not is_kept_away,
            "inbox": is_kept_away,
            "trash": state is not State.TRASH,
            "delete": state is State.TRASH,
            "basket": self.width() >= _FULL,
        }
        if name in self.acts:
            self.acts[name].setVisible(shown.get(name, True))

    def _fit(self) -> None:
        for name in self.acts:
            self._fit_act(name)
        is_wide = self.width() >= _FULL
        detail = self._detail
        self.contents.setVisible(is_wide and self._has_contents and self.width() >= 680)
        self.versions.setVisible(is_wide and detail is not None and len(detail.versions) > 1)
        self.original.setVisible(is_wide and detail is not None)
        self.look.setVisible(detail is not None)
        self.more.setVisible(detail is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._desk.theme.colour("line"))


class ReaderFoot(QWidget):
    """28 pixels: how far it was read, or where the link under the pointer leads, and what was left out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._left = ""
        self._link = ""
        self._progress = 0.0
        self.setFixedHeight(FOOT)
        self.marks = LinkButton(theme, "", "", ink="muted")
        self.ties = LinkButton(theme, "", "", ink="muted")
        self.words = LinkButton(theme, "", "", ink="muted")
        self.left_out = LinkButton(theme, "", "", ink="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(14)
        row.addStretch(1)
        for button in self._buttons():
            row.addWidget(button)
            button.hide()
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, FOOT)

    def show_left(self, words: str, progress: float) -> None:
        """How much is left to read, and the bar beside it."""
        self._left, self._progress = words, progress
        self.setAccessibleName(words)
        self.update()

    def show_link(self, words: str) -> None:
        """Where the link under the pointer leads; empty shows the reading again."""
        self._link = words
        self._fit()

    def link(self) -> str:
        """What is said of the link under the pointer."""
        return self._link

    def show_left_out(self, words: str) -> None:
        """The words of the button at the right; empty hides it."""
        self._say(self.left_out, words)

    def show_marks(self, words: str) -> None:
        """How many highlights stand on the page; empty hides the button."""
        self._say(self.marks, words)

    def show_ties(self, words: str) -> None:
        """How many links and notes the page has; empty hides the button."""
        self._say(self.ties, words)

    def show_words(self, words: str) -> None:
        """How many of the person's own words the page has; empty hides the button."""
        self._say(self.words, words)

    def _say(self, button: LinkButton, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)
        button.updateGeometry()
        self._fit()

    def _buttons(self) -> tuple[LinkButton, ...]:
        return self.marks, self.ties, self.words, self.left_out

    def _fit(self) -> None:
        """What there is room for: highlights first, then what was left out, then the words."""
        room = self.width() - 32 - _LEFT_ROOM
        for button in (self.marks, self.ties, self.left_out, self.words):
            room -= button.sizeHint().width() + 14 if button.text() else 0
            button.setVisible(bool(button.text()) and not self._link and room >= 0)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        painter.fillRect(self.rect(), colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, colour("line"))
        font = self._theme.font("caption")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(colour("text" if self._link else "muted"))
        taken = sum(button.sizeHint().width() + 14 for button in self._buttons() if not button.isHidden())
        room = self.width() - 32 - (0 if self._link else taken)
        text = metrics.elidedText(self._link or self._left, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QPoint(16, (FOOT + metrics.ascent() - metrics.descent()) // 2 + 1), text)
        x = 16 + metrics.horizontalAdvance(text) + 12
        if not self._link and self._left and x + 120 < room:
            painter.setPen(QPen(Qt.PenStyle.NoPen))
            painter.setBrush(colour("track"))
            painter.drawRoundedRect(QRectF(x, FOOT / 2 - 1.5, 120, 4), 2, 2)
            painter.setBrush(colour("accent"))
            painter.drawRoundedRect(QRectF(x, FOOT / 2 - 1.5, max(4.0, 120 * self._progress), 4), 2, 2)


class LookPanel(QFrame):
    """Type, size, width and space between lines; each choice shows at once in the text behind."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._desk = desk
        self.setAccessibleName(tr("Type, size and width"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        self.choices: dict[str, Segments] = {}
        for line, name in enumerate(("reader_font", "reader_size", "reader_width", "line_height")):
            setting = BY_NAME[name]
            label = QLabel(tr(setting.label))
            segments = setting_segments(desk, name)
            segments.picked.connect(self._on_picked)
            segments.setObjectName(name)
            self.choices[name] = segments
            grid.addWidget(label, line, 0)
            grid.addWidget(segments, line, 1, Qt.AlignmentFlag.AlignRight)

    def open_below(self, button: QWidget) -> None:
        """Show the panel under this button, its right edge with the button's."""
        for name, segments in self.choices.items():
            segments.choose(self._desk.settings.get(name))
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 4))
        self.move(corner)
        self.show()

    def _on_picked(self, value: Value) -> None:
        self._desk.set_setting(self.sender().objectName(), value)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("raised"))
        painter.setPen(self._desk.theme.colour("line_button"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def setting_segments(desk: Desk, name: str) -> Segments:
    """The choices of a setting side by side; those of the reading size are letters of that size."""
    setting = BY_NAME[name]
    is_sans = desk.settings.text("reader_font") == "sans"
    sizes = SIZES if name == "reader_size" else ()
    family = READER_SANS_FAMILY if is_sans else READER_FAMILY
    return Segments(
        desk.theme, tr(setting.label), setting.choices, desk.settings.get(name), sizes=sizes, family=family
    )
