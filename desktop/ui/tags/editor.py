"""Tags or goals of one or many things: chips, a field that completes from the person's own words, one undo.

The surprising fact: nothing is written until it closes with Keep, so a hundred pages change in one act.
"""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning.values import Thing
from desktop.library.sense_values import Completion, Suggestion
from desktop.ui.desk import Desk
from desktop.ui.palette.choice_list import ChoiceList
from desktop.ui.palette.rows import HEADING, ONE_LINE, Answer
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.tags.bearers import Bearer, Command, OfPages, OfThings, completions
from desktop.ui.tags.chips import Flow

WIDTH = 480
SHOWN = 6
TALLEST = HEADING + SHOWN * ONE_LINE


class TagEditor(Overlay):
    """Enter adds a word, Enter in the empty field keeps, Backspace takes the last chip, Esc leaves all as it
    was. Down goes into the words that fit, Tab takes the first of them.
    """

    def __init__(self, desk: Desk, bearer: Bearer, parent: QWidget) -> None:
        super().__init__(desk.theme, bearer.title, WIDTH, parent)
        self._desk = desk
        self._bearer = bearer
        self._originals: tuple[str, ...] = ()
        self._carried: Counter[str] = Counter()
        self._words: list[str] = []
        self._known: tuple[str, ...] = ()
        self._suggested: tuple[Suggestion, ...] = ()
        self._used: tuple[Completion, ...] = ()
        heading = QLabel(bearer.title, self.panel)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setFont(desk.theme.font("section"))
        self.chips = QWidget(self.panel)
        self._flow = Flow(self.chips, WIDTH - 48)
        self.field = QLineEdit(self.panel)
        self.field.setMinimumHeight(34)
        self.field.setMaxLength(200)
        name, hint, listed = bearer.asks
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(name)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_text_changed)
        self.list = ChoiceList(desk.theme, listed, TALLEST, self.panel)
        self.list.taken.connect(self._on_taken)
        self.sentence = QLineEdit(self.panel)
        self.sentence.setMinimumHeight(36)
        self.sentence.setMaxLength(2000)
        self.sentence.setFont(desk.theme.font("own_field"))
        self.sentence.setPlaceholderText(tr("What it shows, in a sentence of mine (optional)"))
        self.sentence.setAccessibleName(tr("What it shows, in a sentence of mine (optional)"))
        self.sentence.setVisible(self._is_evidence)
        self.sentence.installEventFilter(self)
        self._build(heading)
        self.list.fill(())
        desk.tasks.start(self._load())

    def _build(self, heading: QLabel) -> None:
        theme = self._desk.theme
        cancel = Button(theme, tr("Cancel"), parent=self.panel)
        cancel.clicked.connect(self.dismiss)
        keep = Button(theme, tr("Keep"), kind="main", parent=self.panel)
        keep.clicked.connect(self.keep)
        row = QHBoxLayout()
        row.addStretch()
        row.setSpacing(8)
        row.addWidget(cancel)
        row.addWidget(keep)
        words = QVBoxLayout()
        words.setContentsMargins(24, 0, 24, 0)
        words.setSpacing(10)
        for widget in (heading, self.chips, self.field):
            words.addWidget(widget)
        row.setContentsMargins(24, 4, 24, 0)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(0, 18, 0, 16)
        layout.setSpacing(8)
        layout.addLayout(words)
        layout.addWidget(self.list)
        below = QVBoxLayout()
        below.setContentsMargins(24, 0, 24, 0)
        below.addWidget(self.sentence)
        layout.addLayout(below)
        layout.addLayout(row)

    @property
    def words(self) -> list[str]:
        """The words as they stand now."""
        return list(self._words)

    @property
    def _is_evidence(self) -> bool:
        """Whether a sentence can say what the things show."""
        return self._bearer.is_goals and isinstance(self._bearer, OfPages | OfThings)

    def first_focus(self) -> QWidget:
        return self.field

    async def _load(self) -> None:
        found = await self._desk.tasks.read(self._bearer.read)
        if found is None or self._is_closing:
            return
        self._carried, self._known = found.carried, found.known
        self._suggested, self._used = found.suggested, found.used
        self._originals = tuple(self._carried)
        typed = [word for word in self._words if word not in self._carried]
        self._words = [*sorted(self._carried, key=str.casefold), *typed]
        self._fill()

    def _fill(self) -> None:
        self._flow.clear()
        total = self._bearer.count
        for word in self._words:
            count = self._carried.get(word, total)
            label = word
            if count not in (0, total):
                label = tr("{word} ({n} of {all})").format(word=word, n=count, all=total)
            chip = Button(self._desk.theme, label, icon="x", is_small=True, parent=self.chips)
            chip.setAccessibleName(tr("Remove {word}").format(word=word))
            chip.setProperty("word", word)
            chip.clicked.connect(self._on_chip_clicked)
            self._flow.addWidget(chip)
            chip.show()
        self.chips.setVisible(bool(self._words))
        self._offer()

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        height = min(self.height_for(width), self.height() - 32)
        top = min(120, max(16, self.height() // 6), max(16, self.height() - height - 16))
        return QRect((self.width() - width) // 2, top, width, height)

    # ── what fits ───────────────────────────────────────────────────────────────────────────────────────

    def _on_text_changed(self) -> None:
        self._offer()

    def _offer(self) -> None:
        """Show what may be meant: suggestions with their reason while nothing is typed."""
        typed = self.field.text().strip().lstrip("#")
        if self._bearer.is_goals:
            fits = [one for one in self._known if typed.casefold() in one.casefold()]
            rest = [one for one in fits if one not in self._words][:SHOWN]
            icon = "target" if self._is_evidence else "plus"
            self._show([Answer(ONE_LINE, one, icon=icon, fills=one) for one in rest])
        elif typed:
            self._desk.tasks.start(self._complete(typed))
        else:
            self._show(self._likely())

    def _likely(self) -> list[Answer]:
        """Suggestions with their reason; where there is none, the tags that are used most."""
        rest = [_choice(one.name, one.reason) for one in self._suggested if one.name not in self._words]
        if rest:
            return [Answer(HEADING, tr("Suggested from your own tags")), *rest[:SHOWN]]
        used = [one for one in self._used if one.name not in self._words][: SHOWN - 1]
        lines = [_choice(one.name, _meant(one.alias, one.count)) for one in used]
        return [Answer(HEADING, tr("Your tags that are used most")), *lines] if lines else []

    async def _complete(self, typed: str) -> None:
        found = await self._desk.tasks.read(completions, typed, tuple(self._words), SHOWN)
        if found is None or self._is_closing or typed != self.field.text().strip().lstrip("#"):
            return
        self._show([_choice(one.name, _meant(one.alias, one.count)) for one in found])

    def _show(self, choices: list[Answer]) -> None:
        self.list.fill(choices)
        self.refit()

    # ── what is typed ───────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or watched not in (self.field, self.sentence):
            return super().eventFilter(watched, event)
        if watched is self.sentence:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.type() == QEvent.Type.KeyPress:
                self.keep()
                return True
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and self._on_key(Qt.Key(event.key())):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, key: Qt.Key) -> bool:
        text, chosen = self.field.text().strip(), self.list.chosen
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if chosen is not None or text:
                self.add(chosen.fills if chosen is not None else text)
            else:
                self.keep()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.go(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Tab and text and self.list.first is not None:
            self.add(self.list.first.fills)
        elif key == Qt.Key.Key_Comma and text and not self._bearer.is_goals:
            self.add(text)
        elif key == Qt.Key.Key_Backspace and not self.field.text() and self._words:
            self.remove(self._words[-1])
        else:
            return False
        return True

    def add(self, text: str) -> None:
        """Put a word among the chips."""
        word = " ".join(text.strip().lstrip("#").split())
        self.field.clear()
        if not word:
            return
        known = {one.casefold(): one for one in (*self._words, *self._known)}
        word = known.get(word.casefold(), word)
        self._carried.pop(word, None)
        if word not in self._words:
            self._words.append(word)
        self._fill()

    def remove(self, word: str) -> None:
        """Take a word away, from everything."""
        if word in self._words:
            self._words.remove(word)
            self._fill()

    def keep(self) -> None:
        """Write what changed, as one act."""
        text = self.field.text().strip()
        if text:
            self.add(text)
        added = [word for word in self._words if word not in self._originals]
        raised = [word for word in self._words if word in self._originals and word not in self._carried]
        removed = [word for word in self._originals if word not in self._words]
        self.dismiss()
        if added or removed or raised:
            self._desk.tasks.run("edit words", self._command(), [*added, *raised], removed)

    def _command(self) -> Command:
        """With the sentence that says what they show, where it is asked for."""
        bearer = self._bearer
        if isinstance(bearer, OfPages | OfThings):
            return bearer.command(self.sentence.text().strip())
        return bearer.command()

    def _on_taken(self, choice: Answer) -> None:
        self.add(choice.fills)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chip_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.remove(str(sender.property("word")))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)


def _choice(name: str, meta: str = "") -> Answer:
    return Answer(ONE_LINE, name, meta, icon="hash" if meta or "/" in name else "plus", fills=name)


def _meant(alias: str, count: int) -> str:
    """What stands behind a tag: the other word by which it was found, and how much bears it."""
    pages = trn("{n} page", "{n} pages", count).format(n=writing.number(count)) if count else ""
    said = tr("“{alias}” means it").format(alias=alias) if alias else ""
    return " · ".join(part for part in (said, pages) if part)


def ask_goals(desk: Desk, things: Sequence[Thing]) -> None:
    """Ask for which goals these are evidence, and what they show."""
    ask_tags(desk, OfThings(tuple(things)))


def ask_tags(desk: Desk, bearer: Bearer) -> None:
    """Open the editor over the window."""

    def make(window: QWidget) -> Overlay:
        return TagEditor(desk, bearer, window)

    desk.ask_overlay(make)
