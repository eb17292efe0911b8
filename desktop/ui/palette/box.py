"""The Ctrl+K box: passages, lists and commands as one types; ``>`` lists the commands alone.

The surprising fact: answers that arrive late are dropped by comparing them with what stands in the field by
then, so no request is ever cancelled; what comes when typing pauses leaves a choice made meanwhile alone.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.languages import mark, tr
from desktop.library import lists
from desktop.library.search.values import Mode
from desktop.library.values import Row
from desktop.ui import icons
from desktop.ui.actions import Act
from desktop.ui.desk import Desk
from desktop.ui.palette import answers as palette_answers
from desktop.ui.palette import things as palette_things
from desktop.ui.palette.rows import HEADING, ONE_LINE, TWO_LINES, Answer, AnswerDelegate
from desktop.ui.parts.buttons import paint_key
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.rows.items import ItemModel
from desktop.ui.searching import lacks_index
from desktop.ui.theme import Lengths
from desktop.ui.views import SEEK

FIELD: Final = 54
FOOT: Final = 42
TOP: Final = 84
HEIGHT: Final = 458
LEAST: Final = 240
PASSAGES: Final = 8
PAUSE: Final = 220
"""Milliseconds without a key after which the answers are ranked and counted."""
WHOLE: Final = "Ctrl+Enter"
COMMANDS_FIRST: Final = ("guide", "connect", "settings", "theme", "density", "undo")


class AnswerModel(ItemModel[Answer]):
    """Answers in order, with headings between. What is typed makes others each time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(id, _words, _words, parent)

    def is_heading(self, item: Answer) -> bool:
        return item.is_heading


def _words(answer: Answer) -> str:
    return ", ".join(part for part in (answer.title, answer.meta, answer.line) if part)


class Palette(Overlay):
    """Opens over the window; `run` of the chosen answer is called after it has closed."""

    def __init__(self, desk: Desk, parent: QWidget, text: str = "") -> None:
        super().__init__(desk.theme, tr("Answer now"), Lengths.PALETTE, parent)
        self._desk = desk
        self._has_moved = False
        self._has_ranked = self._shown_for = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._on_pause)
        self.field = QLineEdit(self.panel)
        self.field.setObjectName("bare")
        self.field.setFont(desk.theme.font("body", px=17))
        self.field.setPlaceholderText(tr("Find a passage, or type > for commands"))
        self.field.setAccessibleName(tr("Find a passage or a command"))
        self.field.setFixedHeight(FIELD)
        self.field.setTextMargins(48, 0, 60, 0)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.installEventFilter(self)
        self.model = AnswerModel(self)
        self.list = QListView(self.panel)
        self.list.setModel(self.model)
        self.list.setItemDelegate(AnswerDelegate(desk.theme, self))
        self.list.setAccessibleName(tr("Answers"))
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._on_clicked)
        self.bar = OverlayBar(desk.theme, self.list)
        self.foot = PaletteFoot(desk, self.panel)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.field)
        layout.addSpacing(1)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.foot)
        self.field.setText(text)
        self._on_text_changed(text)

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        top = TOP if self.height() > 560 else 24
        return QRect((self.width() - width) // 2, top, width, min(self._needs(), self.height() - top - 24))

    def _needs(self) -> int:
        rows = sum(answer.height for answer in self.model.items)
        return max(LEAST, min(HEIGHT, FIELD + FOOT + 5 + rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._desk.theme
        painter = QPainter(self)
        box = self.panel.geometry()
        painter.fillRect(
            QRect(box.left() + 1, box.top() + FIELD + 1, box.width() - 2, 1), theme.colour("line")
        )
        glass = icons.pixmap("search", theme.colour("text"), 20, self.devicePixelRatioF())
        painter.drawPixmap(box.left() + 17, box.top() + 18, glass)
        paint_key(painter, theme, box.topRight() + QPoint(-46, 28), "Esc")

    # ── answers ─────────────────────────────────────────────────────────────────────────────────────────

    def _on_text_changed(self, text: str) -> None:
        self._has_moved = False
        if text.startswith(">") or not text.strip() or self._desk.reader is None:
            self._pause.stop()
            self._show(text, [])
            return
        self._desk.tasks.start(self._ask(text, Mode.TYPING))
        self._pause.start()

    def _on_pause(self) -> None:
        self._desk.tasks.start(self._ask(self.field.text(), Mode.RANKED))

    async def _ask(self, text: str, mode: Mode) -> None:
        how = {"limit": PASSAGES, "passages": PASSAGES, "mode": mode, "channel": "palette"}
        found = await self._desk.searching.search(text, **how)
        if found is None or lacks_index(found):
            await self._ask_titles(text, [] if found is None else palette_answers.said(found))
            return
        ways = await self._desk.searching.complete(text, len(text))
        things = await palette_things.find(self._desk, text)
        is_late = self._is_closing or text != self.field.text() or found.is_overtaken
        if is_late or (mode is Mode.TYPING and self._has_ranked == text):
            return
        self._has_ranked = text if mode is Mode.RANKED else ""
        answers = [*palette_answers.said(found), *palette_answers.completions(text, ways)]
        self._show(text, answers, [*palette_answers.passages(self._desk, found), *things])

    async def _ask_titles(self, text: str, before: Sequence[Answer]) -> None:
        """Titles alone, while there is no index to ask."""
        rows = await self._desk.tasks.read(lists.find_titles, text, PASSAGES)
        things = await palette_things.find(self._desk, text)
        if rows is None or self._is_closing or text != self.field.text():
            return
        heading = [Answer(HEADING, tr("Pages"), meta=str(len(rows)))] if rows else []
        self._show(text, before, [*heading, *(self._page(row) for row in rows), *things])

    def _show(self, text: str, before: Sequence[Answer], found: Sequence[Answer] = ()) -> None:
        answers: list[Answer] = [*before, *found]
        words = text.removeprefix(">").strip().casefold()
        if not text.startswith(">") and words:
            places = [place for place in SEEK if words in place.label.casefold()]
            answers += [Answer(HEADING, tr("Lists"))] if places else []
            answers += [self._place(place.name, place.label, place.icon) for place in places]
        commands = self._commands(text, words)
        is_asked = bool(words) and not text.startswith(">")
        asking = palette_things.asking(self._desk, text.strip()) if is_asked else []
        if is_asked and self._desk.searching.is_open:
            asking.insert(0, self._whole_search(text.strip()))
        if asking and not (found or commands or len(answers) > len(before)):
            # A miss: Enter keeps it, so that it is not lost.
            answers += [Answer(HEADING, tr("Nothing found")), *reversed(asking)]
            found = asking
        elif commands or asking:
            answers += [Answer(HEADING, tr("Commands")), *asking, *map(self._command, commands)]
        if not answers:
            answers.append(Answer(HEADING, tr("Nothing is called “{text}”").format(text=text.strip())))
        self._shown_for = text
        chosen = self._chosen() if self._has_moved else None
        self.model.show(answers)
        self._choose_again(chosen, len(before) if found else 0)
        self.refit()

    def _commands(self, text: str, words: str) -> list[Act]:
        commands = [act for act in self._desk.actions if self._fits(act, words)]
        if text:
            return commands
        first = {name: order for order, name in enumerate(COMMANDS_FIRST)}
        return sorted((act for act in commands if act.name in first), key=lambda act: first[act.name])

    def _chosen(self) -> Answer | None:
        row = self.list.currentIndex().row()
        return self.model.items[row] if row >= 0 else None

    def _choose_again(self, chosen: Answer | None, first: int) -> None:
        """What was chosen by hand, else the first passage, else the first line."""
        if chosen is not None:
            for place, answer in enumerate(self.model.items):
                if (answer.title, answer.meta, answer.icon) == (chosen.title, chosen.meta, chosen.icon):
                    self.list.setCurrentIndex(self.model.index(place))
                    return
        self._choose(first, 1)
        if first:
            self.list.scrollToTop()

    def _fits(self, act: Act, words: str) -> bool:
        return (
            act.is_listed and act.is_enabled() and all(word in act.label.casefold() for word in words.split())
        )

    def _page(self, row: Row) -> Answer:
        line = row.why or row.excerpt
        run = _asking(self._desk.ask_source, row.id)
        return Answer(TWO_LINES, row.title or tr("Untitled"), row.site, line, "book-open", run=run)

    def _whole_search(self, text: str) -> Answer:
        run = _asking(self._desk.ask_search, text)
        return Answer(
            ONE_LINE,
            tr("Search the whole library for “{text}”").format(text=text),
            icon="list-filter",
            key=WHOLE,
            run=run,
        )

    def _place(self, name: str, label: str, icon: str) -> Answer:
        return Answer(
            ONE_LINE,
            tr("Open {label}").format(label=label),
            icon=icon,
            run=_asking(self._desk.ask_view, name),
        )

    def _command(self, act: Act) -> Answer:
        key = act.keys[0] if act.keys else ""
        return Answer(ONE_LINE, act.label, icon=act.icon or "command", key=key, run=act.run)

    # ── keys ────────────────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
            if key in step:
                self._has_moved = True
                self._choose(self.list.currentIndex().row(), step[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                held = event.modifiers()
                is_whole = bool(held & Qt.KeyboardModifier.ControlModifier)
                is_ask = bool(held & Qt.KeyboardModifier.ShiftModifier)
                self._on_enter(WHOLE if is_whole else palette_things.ASK if is_ask else "")
                return True
            if key == Qt.Key.Key_Tab and self._complete():
                return True
        return super().eventFilter(watched, event)

    def _on_enter(self, key: str) -> None:
        """What is chosen; with a key held, the line of that key."""
        if not key:
            self._on_clicked(self.list.currentIndex())
            return
        for place, answer in enumerate(self.model.items):
            if answer.key == key:
                self._on_clicked(self.model.index(place))
                return

    def _complete(self) -> bool:
        """Take the chosen way to go on, or the first; one that is out of date by a key is no way."""
        if self._shown_for != self.field.text():
            return True
        chosen = self._chosen()
        if chosen is None or not chosen.fills:
            chosen = next((answer for answer in self.model.items if answer.key == "Tab"), None)
        if chosen is None:
            return False
        self.field.setText(chosen.fills)
        return True

    def _choose(self, start: int, step: int) -> None:
        answers = self.model.items
        place = max(0, min(len(answers) - 1, start + step)) if start or step > 1 or step < 0 else 0
        direction = 1 if step > 0 else -1
        while 0 <= place < len(answers) and not answers[place].is_choice:
            place += direction
        if 0 <= place < len(answers):
            self.list.setCurrentIndex(self.model.index(place))
            if place <= 1:
                self.list.scrollToTop()

    def _on_clicked(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        answer = self.model.items[index.row()]
        if answer.fills:
            self.field.setText(answer.fills)
        elif answer.run is not None:
            self.dismiss()
            answer.run()


class PaletteFoot(QWidget):
    """The keys that work in the box."""

    KEYS = (
        ("↑ ↓", mark("move")),
        ("↵", mark("open at the place")),
        ("Tab", mark("complete")),
        (">", mark("commands")),
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self.setFixedHeight(FOOT)
        self.setAccessibleName(
            tr("Up and down move, Enter opens at the place, Tab completes, > lists commands, Esc closes")
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg"))
        painter.setClipRect(self.rect())
        painter.drawRoundedRect(self.rect().adjusted(0, -12, 0, 0), 7, 7)
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.colour("line"))
        x = 16
        for key, said in self.KEYS:
            words = tr(said)
            x += paint_key(painter, theme, QPoint(x, self.height() // 2), key) + 6
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("muted"))
            box = QRect(x, 0, 160, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            x += painter.fontMetrics().horizontalAdvance(words) + 16


def _asking(ask: Callable[[Any], None], what: Any) -> Callable[[], None]:
    def run() -> None:
        ask(what)

    return run
