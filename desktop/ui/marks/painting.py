"""How highlights and their card stand on the page: marks over the text, and a box beside or below it.

Surprising: marks are extra selections, never part of the document, so the text stays as it was captured.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from desktop.ui.article.browser import ArticleBrowser
from desktop.ui.marks import notes as mark_notes
from desktop.ui.marks.spots import Spot
from desktop.ui.theme import Theme

_CARD_GAP = 24
_BELOW = 8
_WIDEST = 340


def selections(
    theme: Theme, document: QTextDocument, spots: Iterable[Spot], current: int
) -> list[QTextEdit.ExtraSelection]:
    """A ground in its colour for every spot; ``current`` (an annotation id) is underlined too, and all are
    where contrast is wanted."""
    made: list[QTextEdit.ExtraSelection] = []
    forms: dict[tuple[str, bool], QTextCharFormat] = {}
    for spot in spots:
        key = (str(spot.annotation.colour), theme.is_contrast or spot.id == current)
        if key not in forms:
            forms[key] = _form(theme, *key)
        one = QTextEdit.ExtraSelection()
        cursor = QTextCursor(document)
        cursor.setPosition(spot.start)
        cursor.setPosition(spot.stop, QTextCursor.MoveMode.KeepAnchor)
        one.cursor, one.format = cursor, forms[key]
        made.append(one)
    return made


def _form(theme: Theme, colour: str, is_underlined: bool) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setBackground(theme.colour(f"hl_{colour}"))
    if is_underlined:
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        form.setUnderlineColor(theme.colour(f"mark_{colour}"))
    return form


def card_box(browser: ArticleBrowser, spot: Spot, height_at: Callable[[int], int]) -> QRect:
    """Where the card of a highlight stands, viewport pixels: beside its first line where notes stand, else
    below its last one, or above where there is no room below."""
    box = browser.box_of(spot.start, spot.stop)
    room = browser.viewport().height()
    left, right = browser.side(), browser.side() + browser.measure()
    if browser.has_notes_room():
        width = mark_notes.WIDTH + 8
        height = height_at(width)
        return QRect(right + _CARD_GAP, max(4, min(box.top() - 5, room - height - 4)), width, height)
    width = min(_WIDEST, browser.measure())
    height = height_at(width)
    y = box.bottom() + _BELOW
    if y + height > room and box.top() - _BELOW - height >= 0:
        y = box.top() - _BELOW - height
    if box.bottom() < room:
        y = min(y, max(4, room - height - 4))
    return QRect(max(left, min(box.left(), right - width)), y, width, height)
