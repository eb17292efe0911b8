"""Tags or goals of one or many pages: chips, a field that completes from the person's own words, one undo.

The surprising fact: nothing is written until it closes with Keep, so a hundred pages change in one act.
"""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desktop.library import lists
from desktop.store.reader import Reader
from desktop.ui import commands
from desktop.ui.buttons import Button
from desktop.ui.desk import Desk
from desktop.ui.overlay import Overlay

WIDTH = 440
MOST = 500
"""Rows that are looked at to find which words they share."""


def _read(reader: Reader, ids: Sequence[int], is_goals: bool) -> tuple[Counter[str], list[str]]:
    """How many of these sources carry each word, and all the person's words."""
    rows = lists.page(reader, ids[:MOST])
    carried = Counter(word for row in rows for word in (row.goals if is_goals else row.tags))
    known = lists.goals(reader) if is_goals else lists.tags(reader)
    return carried, [one.name for one in known]


class TagEditor(Overlay):
    """Enter adds a word, Enter in the empty field keeps, Backspace takes the last chip, Esc leaves all as it
    was.
    """

    def __init__(self, desk: Desk, ids: Sequence[int], parent: QWidget, *, is_goals: bool = False) -> None:
        self._noun = "goal" if is_goals else "tag"
        count = len(ids)
        pages = "this page" if count == 1 else f"{count:,} pages"
        title = f"{'Goals' if is_goals else 'Tags'} of {pages}"
        super().__init__(desk.theme, title, WIDTH, parent)
        self._desk = desk
        self._ids = tuple(ids)
        self._is_goals = is_goals
        self._originals: tuple[str, ...] = ()
        self._carried: Counter[str] = Counter()
        self._words: list[str] = []
        self._all_known: list[str] = []
        heading = QLabel(title, self.panel)
        heading.setFont(desk.theme.font("section"))
        self.chips = QWidget(self.panel)
        self._flow = Flow(self.chips)
        self.field = QLineEdit(self.panel)
        self.field.setMinimumHeight(34)
        self.field.setMaxLength(200)
        self.field.setPlaceholderText("A skill, in your own words" if is_goals else "Add a tag")
        self.field.setAccessibleName("Add a goal" if is_goals else "Add a tag")
        self.field.installEventFilter(self)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._on_completed)
        self._completions = QListView()
        self._completions.setObjectName("completions")
        self._completions.setAccessibleName("Completions")
        completer.setPopup(self._completions)
        self.field.setCompleter(completer)
        self._build(heading)
        desk.tasks.start(self._load())

    def _build(self, heading: QLabel) -> None:
        theme = self._desk.theme
        cancel = Button(theme, "Cancel", parent=self.panel)
        cancel.clicked.connect(self.dismiss)
        keep = Button(theme, "Keep", kind="main", parent=self.panel)
        keep.clicked.connect(self.keep)
        row = QHBoxLayout()
        row.addStretch()
        row.setSpacing(8)
        row.addWidget(cancel)
        row.addWidget(keep)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(self.chips)
        layout.addWidget(self.field)
        layout.addSpacing(4)
        layout.addLayout(row)

    @property
    def words(self) -> list[str]:
        """The words as they stand now."""
        return list(self._words)

    def first_focus(self) -> QWidget:
        return self.field

    async def _load(self) -> None:
        found = await self._desk.tasks.read(_read, self._ids, self._is_goals)
        if found is None or self._is_closing:
            return
        self._carried, self._all_known = found
        self._originals = tuple(self._carried)
        typed = [word for word in self._words if word not in self._carried]
        self._words = [*sorted(self._carried, key=str.casefold), *typed]
        self._fill()

    def _fill(self) -> None:
        self._flow.clear()
        total = min(len(self._ids), MOST)
        for word in self._words:
            count = self._carried.get(word, total)
            label = word if count in (0, total) else f"{word} ({count} of {total})"
            chip = Button(self._desk.theme, label, icon="x", is_small=True, parent=self.chips)
            chip.setAccessibleName(f"Remove {word}")
            chip.setProperty("word", word)
            chip.clicked.connect(self._on_chip_clicked)
            self._flow.addWidget(chip)
            chip.show()
        self._known.setStringList([one for one in self._all_known if one not in self._words])
        self.chips.setVisible(bool(self._words))
        self.refit()

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        height = self.height_for(width)
        return QRect((self.width() - width) // 2, min(120, max(16, self.height() // 6)), width, height)

    # ── what is typed ───────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = self.field.text().strip()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if text:
                    self.add(text)
                else:
                    self.keep()
                return True
            if event.key() == Qt.Key.Key_Comma and text and not self._is_goals:
                self.add(text)
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.field.text() and self._words:
                self.remove(self._words[-1])
                return True
        return super().eventFilter(watched, event)

    def add(self, text: str) -> None:
        """Put a word among the chips."""
        word = " ".join(text.strip().lstrip("#").split())
        # An open list of completions would keep every key of the window to itself.
        self._completions.hide()
        self.field.clear()
        if not word:
            return
        known = {one.casefold(): one for one in (*self._words, *self._all_known)}
        word = known.get(word.casefold(), word)
        self._carried.pop(word, None)
        if word not in self._words:
            self._words.append(word)
        self._fill()

    def remove(self, word: str) -> None:
        """Take a word away, from every page."""
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
            command = commands.set_goals if self._is_goals else commands.tag
            self._desk.tasks.run(f"{self._noun}s", command, self._ids, [*added, *raised], removed)

    def _on_completed(self, word: str) -> None:
        self.add(word)
        # The completer writes the word into the field after this signal.
        self.field.setText("")

    def _on_chip_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.remove(str(sender.property("word")))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)


class Flow(QLayout):
    """Widgets in lines, as words in a text."""

    GAP = 6

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take every widget out and let it go."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        self._arrange(box, is_trial=False)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(WIDTH - 48))

    def minimumSize(self) -> QSize:
        return QSize(60, 26 if self._items else 0)

    def _arrange(self, box: QRect, *, is_trial: bool) -> int:
        x, y, line = box.left(), box.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > box.left() and x + size.width() > box.right() + 1:
                x, y, line = box.left(), y + line + self.GAP, 0
            if not is_trial:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.GAP
            line = max(line, size.height())
        return y + line - box.top()
