"""A Markdown folder is to be brought up to date, and the person wrote into it: which of the two stays?

The surprising fact: keeping is the safe answer and has the focus; it needs no undo, for nothing of the
person's is touched then.
"""

from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.share.export.markdown_folder import Edited
from desktop.ui.desk import Desk
from desktop.ui.exporting import running
from desktop.ui.exporting.running import Order
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay

WIDTH, NAMED = 520, 8


class EditedQuestion(Overlay):
    """Keep mine, or overwrite; Esc exports nothing."""

    def __init__(self, desk: Desk, order: Order, edited: Edited, parent: QWidget) -> None:
        title = tr("You changed files in “{folder}”").format(folder=order.place.name)
        super().__init__(desk.theme, title, WIDTH, parent)
        self._desk, self._order = desk, order
        self.words = _label("\n\n".join(sentences(edited)), self)
        self.words.setWordWrap(True)
        self.cancel = Button(desk.theme, tr("Cancel"), parent=self.panel)
        self.overwrite = Button(desk.theme, tr("Overwrite"), kind="danger", parent=self.panel)
        self.keep = Button(desk.theme, tr("Keep mine"), kind="main", key="Enter", parent=self.panel)
        self.cancel.clicked.connect(self.dismiss)
        self.overwrite.clicked.connect(self._on_overwrite_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        heading = _label(title, self)
        heading.setWordWrap(True)
        heading.setFont(desk.theme.font("section"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for button in (self.cancel, self.overwrite, self.keep):
            row.addWidget(button)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(self.words)
        layout.addLayout(row)

    def first_focus(self) -> QWidget:
        return self.keep

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        height = self.height_for(width)
        return QRect((self.width() - width) // 2, max(16, (self.height() - height) // 3), width, height)

    def _on_keep_clicked(self) -> None:
        self.dismiss()
        running.start(self._desk, self._order)

    def _on_overwrite_clicked(self) -> None:
        self.dismiss()
        running.start(self._desk, replace(self._order, overwrite=True))


def sentences(edited: Edited) -> list[str]:
    """What was changed and moved, by name, and what each answer does."""
    found = []
    if edited.changed:
        said = trn(
            "You wrote into {n} file: {names}.", "You wrote into {n} files: {names}.", len(edited.changed)
        )
        found.append(_named(said, edited.changed))
    if edited.away:
        said = trn(
            "You moved or deleted {n} file: {names}.",
            "You moved or deleted {n} files: {names}.",
            len(edited.away),
        )
        found.append(_named(said, edited.away))
    found.append(
        tr(
            "“Keep mine” leaves these as they are and brings the others up to date. "
            "“Overwrite” writes all anew; what you wrote into them is gone then."
        )
    )
    return found


def _named(sentence: str, names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    return sentence.format(n=writing.number(len(names)), names=shown)


def _label(text: str, parent: Overlay) -> QLabel:
    made = QLabel(text, parent.panel)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made
