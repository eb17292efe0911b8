"""What goes into a portfolio: which goals, under which name, in which form, which kinds of evidence.

The surprising fact: a kind is offered only where the chosen goals hold evidence of it, and private things are
no kind: they stay out until they are asked for by a tick of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.languages import tr, writing
from desktop.learning.portfolio import KINDS
from desktop.learning.values import EvidenceKind, GoalRow
from desktop.settings import Choice
from desktop.ui.desk import Desk
from desktop.ui.parts.page import Column, heading
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words_card import Words
from desktop.ui.portfolio.forms import BY_NAME, FORMS
from desktop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person chose."""

    goals: tuple[int, ...] = ()
    person: str = ""
    form: str = "html"
    left_out: frozenset[EvidenceKind] = frozenset()
    """Kinds without a tick."""
    with_private: bool = False

    @property
    def kinds(self) -> frozenset[EvidenceKind]:
        """Kinds with a tick."""
        return frozenset(EvidenceKind) - self.left_out


class TickLine(QCheckBox):
    """A box to tick with its words, and a number at the right."""

    def __init__(self, theme: Theme, words: str, number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._theme, self._number = theme, number
        self.setAccessibleName(f"{words}, {number}" if number else words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(160, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 30)

    def hitButton(self, _at: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self._theme.colour
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        box, is_on = QRectF(6.5, (self.height() - 16) / 2 + 0.5, 15, 15), self.isChecked()
        painter.setPen(QPen(colour("accent" if is_on else "line_strong"), 1.5))
        painter.setBrush(colour("accent") if is_on else colour("raised"))
        painter.drawRoundedRect(box, 4, 4)
        if is_on:
            painter.setPen(QPen(colour("on_accent"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            x, y = box.x(), box.y()
            points = [QPointF(x + 3.5, y + 8), QPointF(x + 6.5, y + 11), QPointF(x + 11.5, y + 4.5)]
            painter.drawPolyline(QPolygonF(points))
        self._paint_words(painter)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_words(self, painter: QPainter) -> None:
        theme, flags = self._theme, Qt.AlignmentFlag.AlignVCenter
        font = theme.font("body")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        behind = metrics.horizontalAdvance(self._number) + 14 if self._number else 6
        room = self.width() - 32 - behind
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.colour("text" if self.isEnabled() else "disabled"))
        painter.drawText(QRect(30, 0, room + 2, self.height()), flags, words)
        painter.setPen(theme.colour("muted"))
        right = QRect(self.width() - behind, 0, behind - 8, self.height())
        painter.drawText(right, flags | Qt.AlignmentFlag.AlignRight, self._number)


class Choices(Column):
    """At the left of the portfolio. ``changed``: something else was chosen."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, side=18)
        self._desk, self._theme = desk, desk.theme
        self._left_out: set[EvidenceKind] = set()
        self.goals: dict[int, TickLine] = {}
        self.kinds: dict[EvidenceKind, TickLine] = {}
        self.name = QLineEdit(desk.settings.text("my_name"))
        self.name.setAccessibleName(tr("My name"))
        self.name.setPlaceholderText(tr("As it shall stand there; may be empty"))
        self.name.textChanged.connect(self._on_changed)
        self.name.editingFinished.connect(self.keep_name)
        self.forms = Segments(
            desk.theme, tr("Form"), [Choice(form.name, form.label) for form in FORMS], "html"
        )
        self.forms.picked.connect(self._on_changed)
        self.private = TickLine(desk.theme, tr("What is private, too"))
        self.private.toggled.connect(self._on_changed)
        self.summary = Words(desk.theme, "caption", 17, "muted")
        self.use = Words(desk.theme, "caption", 17, "muted")
        self.use.say(tr(FORMS[0].use))
        self._goals, self._kinds = QVBoxLayout(), QVBoxLayout()
        for part in (self._goals, self._kinds):
            part.setSpacing(0)
        self._build()

    def _build(self) -> None:
        column, theme = self.column, self._theme
        column.addWidget(heading(theme, tr("Form"), "strong"))
        column.addSpacing(6)
        column.addWidget(self.forms)
        column.addSpacing(5)
        column.addWidget(self.use)
        column.addSpacing(12)
        column.addWidget(heading(theme, tr("Goals"), "strong"))
        column.addSpacing(4)
        column.addLayout(self._goals)
        column.addSpacing(16)
        column.addWidget(heading(theme, tr("My name"), "strong"))
        column.addSpacing(4)
        column.addWidget(self.name)
        column.addSpacing(16)
        column.addWidget(heading(theme, tr("Evidence that leaves"), "strong"))
        column.addSpacing(4)
        column.addLayout(self._kinds)
        column.addWidget(self.private)
        column.addSpacing(12)
        column.addWidget(self.summary)
        column.addStretch(1)

    def wish(self) -> Wish:
        """What is chosen now."""
        form = next((str(one.choice.value) for one in self.forms.segments() if one.isChecked()), "html")
        chosen = tuple(goal_id for goal_id, tick in self.goals.items() if tick.isChecked())
        left_out = frozenset(self._left_out)
        return Wish(chosen, self.name.text().strip(), form, left_out, self.private.isChecked())

    def show_goals(self, rows: Sequence[GoalRow], chosen: Sequence[int]) -> None:
        """Offer these goals, those of ``chosen`` ticked."""
        _clear(self._goals)
        self.goals = {}
        for row in rows:
            tick = TickLine(self._theme, row.skill, writing.number(row.evidence))
            tick.setChecked(row.id in chosen)
            tick.toggled.connect(self._on_changed)
            self.goals[row.id] = tick
            self._goals.addWidget(tick)
        self._order()

    def show_kinds(self, counts: dict[EvidenceKind, int]) -> None:
        """Offer these kinds, with how much there is of each."""
        if counts == {kind: int(tick.property("count")) for kind, tick in self.kinds.items()}:
            return
        focused = next((kind for kind, tick in self.kinds.items() if tick.hasFocus()), None)
        _clear(self._kinds)
        self.kinds = {}
        for kind, count in counts.items():
            tick = TickLine(self._theme, tr(KINDS[kind]), writing.number(count))
            tick.setProperty("count", count)
            tick.setChecked(kind not in self._left_out)
            tick.toggled.connect(self._on_kind_toggled)
            self.kinds[kind] = tick
            self._kinds.addWidget(tick)
        self._order()
        if focused in self.kinds:
            self.kinds[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _order(self) -> None:
        """Tab goes from the top down, also through what came later."""
        forms = self.forms.segments()
        order = (*forms, *self.goals.values(), self.name, *self.kinds.values(), self.private)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _on_kind_toggled(self, _is_on: bool) -> None:
        for kind, tick in self.kinds.items():
            (self._left_out.discard if tick.isChecked() else self._left_out.add)(kind)
        self._on_changed()

    def keep_name(self) -> None:
        """Remember the name for the next time, and for all else that bears it."""
        name = self.name.text().strip()
        if name != self._desk.settings.text("my_name") and not self._desk.tasks.is_mute:
            self._desk.keep_setting("my_name", name)

    def _on_changed(self, _what: object = None) -> None:
        self.use.say(tr(BY_NAME[self.wish().form].use))
        self.changed.emit()


def _clear(layout: QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
