"""The keys of one act: those it has, a field that takes the next press, a sentence when that key is taken.

The surprising fact: the field answers no key but Tab and Escape by what it usually does; everything else that
is pressed in it is the answer.
"""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.languages import tr, writing
from desktop.ui import own_keys
from desktop.ui.actions import key_text
from desktop.ui.desk import Desk
from desktop.ui.own_keys import MOST, Clash
from desktop.ui.parts.buttons import Button, paint_key
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths, Theme


class KeyField(QWidget):
    """Has the focus and shows the key that was pressed last. ``pressed`` says it, as portable text."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = ""
        self.setFixedHeight(40)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(tr("Press a key"))
        theme.changed.connect(self.update)

    def show_key(self, key: str) -> None:
        """Show this key; empty asks for one."""
        self._key = key
        self.setAccessibleName(tr("Key: {key}").format(key=key_text(key)) if key else tr("Press a key"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 40)

    def event(self, event: QEvent) -> bool:
        # Keys of the window's acts would be answered there before they come here.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        key = own_keys.pressed(event)
        if key:
            self.pressed.emit(key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        has_focus = self.hasFocus()
        painter.setBrush(colour("raised"))
        painter.setPen(QPen(colour("focus" if has_focus else "line_strong"), 2 if has_focus else 1))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), Lengths.RADIUS, Lengths.RADIUS)
        if self._key:
            words = key_text(self._key)
            painter.setFont(self._theme.font("strong"))
            painter.setPen(colour("text"))
        else:
            words = (
                tr("Press a key, alone or with Ctrl, Alt or Shift")
                if has_focus
                else tr("Choose this to press a key")
            )
            painter.setFont(self._theme.font("body"))
            painter.setPen(colour("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect().adjusted(12, 0, -12, 0), middle, words)


class KeyCap(Button):
    """A key that the act has; a click takes it away."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__(theme, key_text(key), icon="x", is_small=True)
        self.key = key
        self.setAccessibleName(tr("Take {key} away").format(key=key_text(key)))
        self.setToolTip(tr("Take {key} away").format(key=key_text(key)))


class KeyEditor(Overlay):
    """Over the window; what is chosen holds at once and is kept in the settings."""

    def __init__(self, desk: Desk, name: str, parent: QWidget) -> None:
        self._act = desk.actions.get(name)
        super().__init__(
            desk.theme, tr("Keys of “{label}”").format(label=self._act.label), Lengths.DIALOG, parent
        )
        self._desk = desk
        self._wanted = ""
        self._clash: Clash | None = None
        title = QLabel(tr("Keys of “{label}”").format(label=self._act.label), self.panel)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setFont(desk.theme.font("section"))
        self._caps = QHBoxLayout()
        self._caps.setSpacing(6)
        self.field = KeyField(desk.theme, self.panel)
        self.field.pressed.connect(self._on_pressed)
        self.says = Words(desk.theme, "body", 20, "muted")
        self.take = Button(desk.theme, tr("Use it all the same"), kind="main", parent=self.panel)
        self.usual = Button(desk.theme, tr("Usual keys"), kind="quiet", parent=self.panel)
        self.close_button = Button(desk.theme, tr("Close"), key="Esc", parent=self.panel)
        self.take.clicked.connect(self._on_take)
        self.usual.clicked.connect(self._on_usual)
        self.close_button.clicked.connect(self.dismiss)
        self._build(title)
        desk.actions.keys_changed.connect(self._show)
        self._show()

    def _build(self, title: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.usual)
        row.addStretch()
        row.addWidget(self.close_button)
        row.addWidget(self.take)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addLayout(self._caps)
        layout.addWidget(self.field)
        layout.addWidget(self.says)
        layout.addLayout(row)

    def first_focus(self) -> QWidget:
        return self.field

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        return QRect((self.width() - width) // 2, min(140, self.height() // 6), width, self.height_for(width))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the act has now."""
        return self._desk.actions.get(self._act.name).keys

    def _show(self) -> None:
        while (item := self._caps.takeAt(0)) is not None:
            cap = item.widget()
            if cap is not None:
                cap.hide()
                cap.deleteLater()
        for key in self.keys:
            cap = KeyCap(self._theme, key)
            cap.clicked.connect(self._on_cap_clicked)
            self._caps.addWidget(cap)
            cap.show()
        if not self.keys:
            none = Words(self._theme, "body", 26, "muted")
            none.say(tr("No key"))
            self._caps.addWidget(none)
        self._caps.addStretch(1)
        self.usual.setEnabled(self.keys != self._desk.actions.usual_keys(self._act.name))
        self._say()
        self.refit()

    def _say(self) -> None:
        self.take.setVisible(self._clash is not None and bool(self._clash.name))
        if self._clash is None:
            self.says.say(tr("The new key is kept at once. Esc closes."))
        elif self._clash.name:
            other = self._desk.actions.get(self._clash.name)
            left = [key_text(key) for key in other.keys if key != self._wanted]
            then = (
                tr("It keeps {keys}.").format(keys=writing.listed(left))
                if left
                else tr("It would have no key then.")
            )
            self.says.say(f"{self._clash.sentence} {then}")
        else:
            self.says.say(self._clash.sentence)
        if self.isVisible():
            self.refit()

    def _on_pressed(self, key: str) -> None:
        self._wanted = key
        self.field.show_key(key)
        self._clash = None
        if key in self.keys:
            self._say()
            return
        self._clash = own_keys.clash(self._desk.actions, self._act.name, key)
        if self._clash is None and len(self.keys) >= MOST:
            self._clash = Clash(tr("An act has {most} keys at most. Take one away first.").format(most=MOST))
        if self._clash is None:
            self._keep((*self.keys, key))
        self._say()

    def _on_take(self) -> None:
        self._clash = None
        # Of three keys the last one gives way: the person asked for this one in so many words.
        self._keep((*self.keys[: MOST - 1], self._wanted))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_usual(self) -> None:
        self._clash = None
        self.field.show_key("")
        self._keep(self._desk.actions.usual_keys(self._act.name))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_cap_clicked(self) -> None:
        cap = self.sender()
        if isinstance(cap, KeyCap):
            self._clash = None
            self.field.show_key("")
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keep(tuple(key for key in self.keys if key != cap.key))

    def _keep(self, keys: tuple[str, ...]) -> None:
        keep_keys(self._desk, self._act.name, keys)


def keep_keys(desk: Desk, name: str, keys: tuple[str, ...]) -> None:
    """Give an act these keys and keep them; what fails to be kept is said and changes nothing."""
    own = own_keys.read(desk.settings.text("keys"))
    desk.keep_setting("keys", own_keys.write(own_keys.given(desk.actions, own, name, keys)))


def width_of(theme: Theme, keys: tuple[str, ...]) -> int:
    """Pixels that these key caps take."""
    metrics = QFontMetrics(theme.font("caption", 500))
    return sum(metrics.horizontalAdvance(key_text(key)) + 16 for key in keys)


def paint_keys(painter: QPainter, theme: Theme, box: QRect, keys: tuple[str, ...]) -> None:
    """Key caps at the right end of ``box``."""
    at = box.center()
    at.setX(box.right() - width_of(theme, keys) + 6)
    for key in keys:
        at.setX(at.x() + paint_key(painter, theme, at, key_text(key)) + 6)
