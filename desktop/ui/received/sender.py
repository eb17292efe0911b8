"""The head of a pack that came: who it is from, what they wrote, and what must be decided first.

Surprising: a pack whose key has changed can be read in full; only taking it in waits until the person has
said whose key it is.
"""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.share import trust
from desktop.share.received import Looked
from desktop.ui import icons
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.faces import paint_face
from desktop.ui.parts.notices import Flow, Notice, tall
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.parts.words_card import Words
from desktop.ui.received import words
from desktop.ui.received.rows import FACE
from desktop.ui.theme import Lengths, Theme

MESSAGE_MOST = 132
"""Pixels of the covering note that are seen at once."""


class SenderLine(QWidget):
    """The face, the name, how far they are known; on the right when it was made."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name, self._made = "", ""
        self._is_signed = False
        self._pill: Pill | None = None
        self.setFixedHeight(FACE + 4)
        theme.changed.connect(self.update)

    def show_sender(self, shown: Looked) -> None:
        """Say who it is from."""
        verdict = shown.offer.verdict
        self._name, self._is_signed = words.name_of(verdict.name), verdict.is_signed
        self._pill, self._made = words.sender_pill(verdict), words.made_line(shown)
        self.setAccessibleName(f"{trust.told(verdict)} {self._made}")
        self.setToolTip(self.accessibleName() if self._is_signed else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, FACE + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        box = self.rect().adjusted(0, 2, 0, -2)
        face = box.adjusted(0, 0, 0, 0)
        face.setWidth(FACE)
        paint_face(painter, theme, QRectF(face), self._name, is_known=self._is_signed)
        painter.setFont(theme.font("row"))
        painter.setPen(theme.colour("text"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        room = box.adjusted(FACE + 12, 0, 0, 0)
        metrics = painter.fontMetrics()
        pill_room = pill_width(theme, self._pill) if self._pill else 0
        widest = max(60, room.width() - pill_room - 10)
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, widest)
        painter.drawText(room, middle, name)
        x = room.left() + metrics.horizontalAdvance(name) + 10
        if self._pill is not None:
            paint_pill(painter, theme, QPoint(x, box.center().y() - 8), self._pill)
            x += pill_room + 12
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("muted"))
        if painter.fontMetrics().horizontalAdvance(self._made) <= box.right() - x:
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box, right, self._made)


class Letter(QWidget):
    """The covering note on the ground of what people write; a long one is scrolled in its place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(tall())
        self.words = Words(theme, "own_card", 23)
        self.words.setContentsMargins(0, 8, 8, 9)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setAutoFillBackground(False)
        self.area.setWidget(self.words)
        self.words.setAutoFillBackground(False)
        OverlayBar(theme, self.area)
        self.area.setParent(self)  # no layout: it would ask the area how high it is, and that does not know
        theme.changed.connect(self.update)

    def say(self, text: str) -> None:
        """Show it, or nothing."""
        self.words.say(text)
        self.setVisible(bool(text))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return min(MESSAGE_MOST, self.words.heightForWidth(max(100, width - 21)))

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.area.setGeometry(self.rect().adjusted(17, 0, -4, 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        painter.setPen(QPen(colour("line"), 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colour("own_words"))
        painter.drawRoundedRect(QRectF(self.rect()), Lengths.RADIUS_SMALL, Lengths.RADIUS_SMALL)
        painter.fillRect(0, 0, 3, self.height(), colour("own_words_rule"))


class KeyBanner(QWidget):
    """The name is known by another key: both are named, and the person says whose this one is."""

    accepted = Signal()
    refused = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(tall())
        self.title = Words(theme, "strong", 19, "on_danger_soft")
        self.keys = Words(theme, "body", 20, "on_danger_soft")
        self.hint = Words(theme, "caption", 17, "on_danger_soft")
        self.hint.say(
            tr(
                "Nothing is taken in until you decide. Ask them, by telephone or face to face: they have a "
                "new computer, or somebody uses their name."
            )
        )
        outline = {"kind": "outline", "ink": "on_danger_soft", "is_small": True}
        self.accept = Button(theme, "", **outline)  # type: ignore[arg-type]
        self.refuse = Button(theme, tr("Refuse this key"), **outline)  # type: ignore[arg-type]
        self.accept.clicked.connect(self.accepted)
        self.refuse.clicked.connect(self.refused)
        acts = Flow(room=3)
        acts.show_widgets([self.accept, self.refuse])
        column = QVBoxLayout(self)
        column.setContentsMargins(38, 10, 12, 10)
        column.setSpacing(4)
        for widget in (self.title, self.keys, self.hint, acts):
            column.addWidget(widget)
        theme.changed.connect(self.update)
        self.hide()

    def show_offer(self, shown: Looked) -> None:
        """Show it when the sender's key stops the pack."""
        verdict = shown.offer.verdict
        self.setVisible(verdict.is_blocked)
        if not verdict.is_blocked:
            return
        self.title.say(trust.told(verdict))
        self.keys.say(words.changed_sentence(verdict))
        self.accept.set_label(
            tr("It is really {name}: take the new key").format(name=words.name_of(verdict.name))
        )
        self.accept.setAccessibleName(self.accept.text())
        self.updateGeometry()
        self.setAccessibleName(f"{self.title.words()} {self.keys.words()}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.colour("on_danger_soft")
        painter.setPen(QPen(ink, 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("danger_soft"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Lengths.RADIUS_PANEL, Lengths.RADIUS_PANEL)
        painter.drawPixmap(QPoint(12, 12), icons.pixmap("shield-alert", ink, 16, self.devicePixelRatioF()))


class PackHead(QWidget):
    """Everything above the items."""

    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.line = SenderLine(theme)
        self.title = Words(theme, "view", 28)
        self.answers = Words(theme, "body", 20, "muted")
        self.letter = Letter(theme)
        self.banner = KeyBanner(theme)
        self.notices = QVBoxLayout()
        self.notices.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 18, 28, 14)
        column.setSpacing(8)
        for widget in (self.line, self.title, self.answers, self.banner):
            column.addWidget(widget)
        column.addLayout(self.notices)
        column.addWidget(self.letter)
        self.setSizePolicy(tall())

    def show_pack(self, shown: Looked, *, does_match: bool) -> None:
        """Show it. ``does_match``: the readable part of its file says what the pack says."""
        offer = shown.offer
        self.line.show_sender(shown)
        self.title.say(words.title_of(shown.row))
        self.answers.say(
            tr("It answers “{title}”, which you sent.").format(title=words.visible_words(offer.answers))
            if offer.answers
            else ""
        )
        self.answers.setVisible(bool(offer.answers))
        self.letter.say(words.visible_lines(offer.opened.pack.message))
        self.banner.show_offer(shown)
        while (item := self.notices.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for icon, sentence in self._notices(shown, does_match):
            self.notices.addWidget(Notice(self._theme, "warning", icon, sentence))

    def _notices(self, shown: Looked, does_match: bool) -> list[tuple[str, str]]:
        offer, made = shown.offer, []
        verdict = offer.verdict
        if not verdict.is_signed:
            made.append(("circle-question-mark", trust.told(verdict)))
        elif verdict.other_name and not verdict.is_blocked:
            made.append(("shield", trust.told(verdict)))
        if offer.refusal and not verdict.is_blocked:
            made.append(("triangle-alert", offer.refusal))
        if not does_match:
            said = tr("What a browser shows of this file is not what is in it. Here you see what is in it.")
            made.append(("triangle-alert", said))
        return made

    def event(self, event: QEvent) -> bool:
        """Say that another height is wanted whenever a part has changed its own."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(self.rect(), self._theme.colour("surface"))
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))
