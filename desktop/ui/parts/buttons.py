"""Buttons that paint themselves from the tokens, in the kinds of the look.

The surprising fact: a click does not take the focus, so triage by mouse leaves the keys with the list; Tab
reaches every button. The focus ring outside a button is a sibling widget, since a widget cannot paint beyond
its own edge.
"""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui import icons
from desktop.ui.actions import Actions, key_text
from desktop.ui.parts.tooltips import short_tip
from desktop.ui.theme import Lengths, Theme

KINDS = ("plain", "main", "quiet", "danger", "icon", "outline")
OPENS = "chevron-down"
"""The icon of what opens a menu: it stands behind the words."""


@dataclass(frozen=True, slots=True)
class _Look:
    ground: QColor | None
    edge: QColor | None
    ink: QColor


class Button(QPushButton):
    """A button. ``kind`` is one of `KINDS`; ``key`` is shown inside as a key cap; ``ink`` is a colour role
    that replaces the usual text colour (``outline`` buttons on banners and toasts)."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        icon: str = "",
        kind: str = "plain",
        key: str = "",
        hint: str = "",
        ink: str = "",
        is_small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent)
        self._theme = theme
        self._icon = icon
        self._kind = kind
        self._key = key_text(key) if key else ""
        self._hint = hint
        self._ink = ink
        self._is_small = is_small
        self._is_hovered = False
        self._ring: FocusRing | None = None
        self._icon_size = Lengths.ICON
        self._follows: QAction | None = None
        self._acts: Actions | None = None
        self._act, self._shows_key = "", False
        self.setAccessibleName(label)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if kind == "icon":
            self.setToolTip(short_tip(label))
        theme.changed.connect(self.update)

    def set_icon(self, name: str) -> None:
        """Show another Lucide icon."""
        self._icon = name
        self.update()

    def set_label(self, label: str) -> None:
        """Say something else; the accessible name follows."""
        self.setText(label)
        self.setAccessibleName(label)
        if self._kind == "icon":
            self.setToolTip(short_tip(label))
        self.updateGeometry()

    def follow(self, action: QAction) -> None:
        """Do what ``action`` does, and be enabled as it is."""
        self._follows = action
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.setEnabled)
        self.setEnabled(action.isEnabled())

    def follow_keys(self, actions: Actions, name: str, shows_key: bool) -> None:
        """Name the key of a registered act in the tooltip, and inside when ``shows_key``; also a new one."""
        self._acts, self._act, self._shows_key = actions, name, shows_key
        actions.keys_changed.connect(self._on_keys_changed)
        self._on_keys_changed()

    def _on_keys_changed(self) -> None:
        if self._acts is None:
            return
        key, label = self._acts.first_key(self._act), self._acts.get(self._act).label
        self.setToolTip(f"{label}  {key}" if key else label)
        if self._shows_key:
            self._key = key
            self.updateGeometry()
            self.update()

    # ── size ────────────────────────────────────────────────────────────────────────────────────────────

    def sizeHint(self) -> QSize:
        height = Lengths.CONTROL_SMALL if self._is_small else Lengths.CONTROL
        if self._kind == "icon":
            return QSize(height, height)
        pad = 8 if self._kind == "quiet" else 9 if self._is_small else 12
        return QSize(self._content_width() + 2 * pad, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _content_width(self) -> int:
        width = QFontMetrics(self._label_font()).horizontalAdvance(self.text())
        if self._icon:
            width += self._icon_size + 7
        small = QFontMetrics(self._theme.font("caption", 500))
        if self._key:
            width += small.horizontalAdvance(self._key) + 10 + 7
        if self._hint:
            width += QFontMetrics(self._theme.font("body")).horizontalAdvance(self._hint) + 7
        return width

    def _label_font(self) -> Any:
        weight = 600 if self._kind == "main" else 500
        return self._theme.font("caption" if self._is_small else "body", weight)

    # ── paint ───────────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if look.ground is not None or look.edge is not None:
            painter.setPen(QPen(look.edge, 1) if look.edge is not None else Qt.PenStyle.NoPen)
            painter.setBrush(look.ground if look.ground is not None else Qt.BrushStyle.NoBrush)
            full = box if look.edge is not None else QRectF(self.rect())
            painter.drawRoundedRect(full, Lengths.RADIUS, Lengths.RADIUS)
        self._paint_content(painter, look)
        if self.hasFocus() and self._kind == "icon":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_content(self, painter: QPainter, look: _Look) -> None:
        ratio = self.devicePixelRatioF()
        if self._kind == "icon":
            picture = icons.pixmap(self._icon, look.ink, self._icon_size, ratio)
            side = self._icon_size
            painter.drawPixmap(QPoint((self.width() - side) // 2, (self.height() - side) // 2), picture)
            return
        x = (self.width() - self._content_width()) // 2
        font = self._label_font()
        width = QFontMetrics(font).horizontalAdvance(self.text())
        if self._icon:
            picture = icons.pixmap(self._icon, look.ink, self._icon_size, ratio)
            is_behind = self._icon == OPENS
            left = x + width + 7 if is_behind else x
            painter.drawPixmap(QPoint(left, (self.height() - self._icon_size) // 2), picture)
            x += 0 if is_behind else self._icon_size + 7
        painter.setFont(font)
        painter.setPen(look.ink)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(x, 0, width + 2, self.height()), middle, self.text())
        x += width + 7
        if self._hint:
            painter.setFont(self._theme.font("body"))
            painter.drawText(QRect(x, 0, self.width() - x, self.height()), middle, self._hint)
        if self._key:
            paint_key(painter, self._theme, QPoint(x, self.height() // 2), self._key)

    def _look(self) -> _Look:
        colour = self._theme.colour
        is_hot, is_down = self._is_hovered and self.isEnabled(), self.isDown()
        if not self.isEnabled():
            return self._disabled_look()
        if self._kind == "main":
            return _Look(colour("accent_hover" if is_hot or is_down else "accent"), None, colour("on_accent"))
        if self._kind == "icon":
            if self.isChecked():
                return _Look(colour("accent_soft"), None, colour("accent"))
            ground = colour("track") if is_down else colour("pill") if is_hot else None
            return _Look(ground, None, colour(self._ink or ("text" if is_hot else "muted")))
        ink = colour(self._ink or {"quiet": "accent", "danger": "danger"}.get(self._kind, "text"))
        if self._kind == "outline":
            shade = QColor(ink)
            shade.setAlpha(40)
            return _Look(shade if is_hot or is_down else None, ink, ink)
        ground = colour("track") if is_down else colour("pill") if is_hot else None
        if self._kind == "quiet":
            return _Look(ground, None, ink)
        return _Look(ground or colour("raised"), colour("line_button"), ink)

    def _disabled_look(self) -> _Look:
        colour = self._theme.colour
        if self._kind == "main":
            return _Look(colour("track"), None, colour("disabled"))
        if self._kind in ("icon", "quiet"):
            return _Look(None, None, colour("disabled"))
        return _Look(colour("raised"), colour("line"), colour("disabled"))

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────

    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        parent = self.parentWidget()
        if self._kind != "icon" and parent is not None:
            if self._ring is None:
                self._ring = FocusRing(self._theme, parent)
            self._ring.surround(self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._drop_ring()
        self.update()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        if self._ring is not None:
            self._ring.surround(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._ring is not None:
            self._ring.surround(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._drop_ring()

    def _drop_ring(self) -> None:
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
            self._ring = None


class FocusRing(QWidget):
    """The 2 px ring, 1 px outside a button."""

    ROOM = 3

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def surround(self, widget: QWidget) -> None:
        """Stand around ``widget``, a sibling."""
        room = self.ROOM
        self.setGeometry(widget.geometry().adjusted(-room, -room, room, room))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


def paint_key(painter: QPainter, theme: Theme, at: QPoint, key: str, ground: str = "pill") -> int:
    """Paint a key cap whose left middle is ``at``; returns its width."""
    font = theme.font("caption", 500)
    width = QFontMetrics(font).horizontalAdvance(key) + 10
    box = QRect(at.x(), at.y() - 8, width, 16)
    painter.setPen(QPen(theme.colour("line"), 1) if theme.is_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(box, Lengths.RADIUS_SMALL, Lengths.RADIUS_SMALL)
    painter.setFont(font)
    painter.setPen(theme.colour("muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    return width


def button_for(
    theme: Theme,
    actions: Actions,
    name: str,
    *,
    kind: str = "icon",
    label: str = "",
    shows_key: bool = False,
    parent: QWidget | None = None,
) -> Button:
    """A button that does a registered act: icon, words, key, tooltip and enabled state come from it."""
    act = actions.get(name)
    button = Button(theme, label or act.label, icon=act.icon, kind=kind, parent=parent)
    button.setObjectName(f"act_{name}")
    button.setAccessibleName(act.label)
    button.follow_keys(actions, name, shows_key)
    button.follow(actions.action(name))
    return button
