"""The cards of the toolkit as rows of a table: name and problem, level, verdict, last used, next review.

The surprising fact: it is one list for keys and screen readers; the columns are only painted, and those that
find no room go, the least telling first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.languages import mark, tr
from desktop.learning.review_values import ToolRow
from desktop.learning.values import LEVELS, Verdict
from desktop.ui.parts import day_words
from desktop.ui.parts.pills import Pill, paint_pill
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.items import At, ItemDelegate
from desktop.ui.theme import Theme
from desktop.ui.toolkit.level import WIDTH as LEVEL_WIDTH
from desktop.ui.toolkit.level import paint_level

LEFT, RIGHT, GAP, HEAD = 20, 20, 16, 28
VERDICTS: Final = {
    Verdict.KEEP: mark("keep"),
    Verdict.LEARN: mark("learn"),
    Verdict.REPLACE: mark("replace"),
}
"""As pills say them, shown through ``tr``."""
_PILLS = {Verdict.KEEP: "ok", Verdict.LEARN: "goal", Verdict.REPLACE: "warn"}


def verdict_words(row: ToolRow) -> str:
    """The verdict in a word; empty while there is none."""
    return tr(VERDICTS[row.verdict]) if row.verdict else ""


def is_due(row: ToolRow) -> bool:
    """Whether its review day has come."""
    return row.days_left is not None and row.days_left <= 0


def in_order(rows: Sequence[ToolRow]) -> list[ToolRow]:
    """Those whose review is due first, the longest overdue on top; the others by name."""
    return sorted(rows, key=lambda row: (not is_due(row), row.days_left if is_due(row) else 0))


def fits(row: ToolRow, which: str, words: str) -> bool:
    """Whether a card belongs into a list: ``all``, ``due`` or a verdict, and holds all the words."""
    if which == "due" and not is_due(row):
        return False
    if which in set(Verdict) and row.verdict != which:
        return False
    text = " ".join((row.name, row.problem, row.alternatives, row.cost, row.note, row.url)).casefold()
    return all(word in text for word in words.casefold().split())


def spoken(row: ToolRow) -> str:
    """A card as a screen reader says it."""
    today = date.today()
    parts = [
        row.name,
        row.problem,
        tr(LEVELS[row.level]),
        verdict_words(row),
        tr("last used: {when}").format(when=day_words.ago(row.last_used, today)),
        tr("review: {when}").format(when=day_words.until(row.days_left)) if row.review_on else "",
    ]
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths; a width of 0: no room."""

    name: tuple[int, int]
    level: tuple[int, int]
    verdict: tuple[int, int]
    used: tuple[int, int]
    review: tuple[int, int]


def columns(width: int) -> Columns:
    """The columns of a list of that width."""
    used = 108 if width >= 600 else 0
    level = LEVEL_WIDTH if width >= 440 else 0
    right = width - RIGHT
    review = right - 98
    last = review - used - (GAP if used else 0)
    verdict = last - 78
    at = verdict - level - (GAP if level else 0)
    return Columns((LEFT, at - GAP - LEFT), (at, level), (verdict, 70), (last, used), (review, 98))


class Headings(QWidget):
    """What the columns are called."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(HEAD)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        found = columns(self.width())
        font = theme.font("caption", 500)
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        right = Qt.AlignmentFlag.AlignRight
        for (left, width), words, side in (
            (found.name, tr("Tool, and the problem it solves"), Qt.AlignmentFlag.AlignLeft),
            (found.level, tr("Level"), Qt.AlignmentFlag.AlignLeft),
            (found.verdict, tr("Verdict"), Qt.AlignmentFlag.AlignLeft),
            (found.used, tr("Last used"), right),
            (found.review, tr("Review"), right),
        ):
            said = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
            if width:
                painter.drawText(QRect(left, 0, width, HEAD - 1), Qt.AlignmentFlag.AlignVCenter | side, said)


class ToolDelegate(ItemDelegate[ToolRow]):
    """Paints cards of one height."""

    def paint_item(self, painter: QPainter, box: QRect, item: ToolRow, at: At) -> None:
        theme, found = self.theme, columns(box.width())
        left, width = found.name
        middle = box.center().y()
        painter.setPen(theme.colour("text"))
        one_line = not item.problem
        top = middle - 10 if one_line else box.top() + 9
        paint_lines(painter, item.name, theme.font("row"), QRect(left, top, width, 0), 19, 1)
        painter.setPen(theme.colour("muted"))
        paint_lines(painter, item.problem, theme.font("body"), QRect(left, top + 19, width, 0), 18, 1)
        if found.level[1]:
            paint_level(painter, theme, found.level[0], middle, item.level)
        if item.verdict:
            pill = Pill(verdict_words(item), _PILLS[item.verdict])
            paint_pill(painter, theme, QPoint(found.verdict[0], middle - 9), pill, is_on_selection=at.is_on)
        painter.setPen(theme.colour("muted"))
        if found.used[1]:
            words = day_words.ago(item.last_used, date.today())
            place = QRect(found.used[0], box.top(), found.used[1], self.HEIGHT - 1)
            _right(painter, theme, "body", place, words)
        painter.setPen(theme.colour("warning" if is_due(item) else "muted"))
        place = QRect(found.review[0], box.top(), found.review[1], self.HEIGHT - 1)
        _right(painter, theme, "strong" if is_due(item) else "body", place, day_words.until(item.days_left))


def _right(painter: QPainter, theme: Theme, step: str, place: QRect, words: str) -> None:
    font = theme.font(step)
    painter.setFont(font)
    words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
