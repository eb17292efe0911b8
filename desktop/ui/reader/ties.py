"""One line of what belongs to a page: how, a title that leads there, a sentence, what can be done.

Surprising: the title is cut to the room there is, and keeps its whole name for a screen reader.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import LinkButton, tall
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Theme


class TitleButton(LinkButton):
    """A title that is cut where there is no room for it."""

    def __init__(self, theme: Theme, title: str, icon: str) -> None:
        super().__init__(theme, title, icon)
        self._whole = title
        self._wanted = super().sizeHint()
        self.setToolTip(tooltip(title))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._wanted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics, room = QFontMetrics(self._theme.font(self._step)), self.width() - 22
        name = self.accessibleName()
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
        self.setAccessibleName(name)


class TieRow(QWidget):
    """How it belongs here, the title that leads there, the person's sentence, and what can be done."""

    def __init__(self, theme: Theme, how: str, title: str, icon: str, sentence: str = "") -> None:
        super().__init__()
        self.setObjectName("tie_row")
        self.setSizePolicy(tall())
        self.title = TitleButton(theme, title, icon)
        self.title.setAccessibleName(f"{how} {title}")
        label = Words(theme, "caption", 18, "muted")
        label.say(how)
        label.setFixedSize(132, 18)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.title, 1)
        top.addLayout(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 1)
        column.setSpacing(0)
        column.addLayout(top)
        if sentence:
            words = Words(theme, "own_row", 19)
            words.say(sentence)
            words.setContentsMargins(160, 0, 0, 2)
            column.addWidget(words)

    def add(self, theme: Theme, label: str, icon: str) -> Button:
        """A small button at the right."""
        button = Button(theme, label, icon=icon, kind="icon", is_small=True)
        self.buttons.addWidget(button)
        return button
