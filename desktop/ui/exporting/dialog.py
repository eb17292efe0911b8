"""Export …: what, in which format, with or without what is private, and where to.

The surprising fact: nothing is written over by Enter alone. A file that is there is named first, and a second
Enter replaces it; a Markdown folder whose files the person edited asks which of the two is to stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.share.export import markdown_folder
from desktop.share.export.formats import Format
from desktop.share.export.markdown_folder import Edited
from desktop.share.export.writing import usable_place
from desktop.share.file_names import file_name
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.export_command import ALL
from desktop.ui.exporting import running
from desktop.ui.exporting.question import EditedQuestion
from desktop.ui.exporting.running import Order
from desktop.ui.exporting.scopes import Scope
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.words_card import Words
from desktop.ui.rows.plain import PlainList, PlainRow

WIDTH, ROWS, ROW = 620, 4, 56
ICONS = {
    "markdown": "notebook-text", "html": "globe", "html-folder": "folder", "pdf": "file-text", "epub": "book",
    "docx": "file-pen", "csv": "table", "jsonl": "braces", "bookmarks": "bookmark", "bibtex": "quote",
    "ris": "quote", "csl-json": "quote", "annotations": "highlighter",
}  # fmt: skip


NOTHING = Edited((), ())


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is at the place already."""

    sentence: str = ""
    """Why it cannot be written there."""
    is_there: bool = False
    """A file that would be replaced."""
    edited: Edited = NOTHING


class ExportDialog(FormOverlay):
    """``scopes``: what can be chosen, at least one; ``chosen`` is the name of the one it opens with."""

    def __init__(self, desk: Desk, scopes: Sequence[Scope], chosen: str, parent: QWidget) -> None:
        super().__init__(desk, tr("Export"), tr("Export"), parent, WIDTH)
        self.scopes = {scope.name: scope for scope in scopes}
        self._agreed: Path | None = None
        choices = [(scope.label, scope.name) for scope in scopes]
        self.what = self.add_choice(tr("What"), choices, chosen)
        self.formats = self._list()
        self.private = QCheckBox(tr("With what I keep private"), self._inner)
        self.private.setChecked(True)
        both = QVBoxLayout()
        both.setSpacing(2)
        both.addWidget(self.private)
        both.addWidget(self._private_words())
        self.fields.addLayout(both)
        self.where = self._place()
        self.fields.addStretch(1)
        self._suggest()
        self.what.currentIndexChanged.connect(self._suggest)
        self.formats.on_current(self._suggest)

    def _list(self) -> PlainList:
        made = PlainList(self.desk, tr("Format"), {}, {}, self._inner)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setFixedHeight(ROWS * ROW)
        made.show_rows(
            [PlainRow(one.name, tr(one.label), tr(one.use), _ending(one), ICONS[one.name]) for one in ALL]
        )
        made.choose_key(self.desk.settings.text("export_format") or ALL[0].name)
        self.add(tr("Format"), made)
        return made

    def _place(self) -> "QWidget":
        row = QHBoxLayout()
        row.setSpacing(8)
        self.fields.addLayout(row)
        self.line = self.add_line(tr("Where"), row=row)
        self.browse = Button(self.desk.theme, tr("Choose …"), icon="folder-open", parent=self._inner)
        self.browse.clicked.connect(self.ask_place)
        self.browse.setFixedHeight(self.line.minimumHeight())
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        return self.line

    def _private_words(self) -> Words:
        words = Words(self.desk.theme, "caption", 16, "muted")
        words.say(
            tr(
                "Private highlights, pages and goals, why a page matters to me, who led me to it, "
                "and what was answered"
            )
        )
        self.private.setAccessibleDescription(words.words())
        return words

    # ── what is chosen ──────────────────────────────────────────────────────────────────────────────────

    @property
    def form(self) -> Format:
        """The format that is chosen."""
        return next((one for one in ALL if one.name == self.formats.key), ALL[0])

    @property
    def scope(self) -> Scope:
        """What is to leave."""
        return self.scopes[str(self.what.currentData())]

    @property
    def place(self) -> Path:
        """Where to; a name alone stands in the folder of before."""
        return self._folder() / Path(self.line.text().strip()).expanduser()

    def _folder(self) -> Path:
        return Path(self.desk.settings.text("export_folder") or Path.home())

    def _suggest(self) -> None:
        """A name for what is chosen, in the folder of before; a folder that was typed stays."""
        folder = self.place.parent if self.line.text().strip() else self._folder()
        self.line.setText(str(folder / file_name(self.scope.stem, self.form.suffix)))
        self._take_back()

    def is_ready(self) -> bool:
        return bool(self.line.text().strip()) and self.desk.reader is not None

    def _on_edited(self) -> None:
        self._take_back()
        super()._on_edited()

    def _take_back(self) -> None:
        """Another place: what was agreed to no longer holds."""
        self._agreed = None
        self.agree.set_label(tr("Export"))
        if self.fault.words():
            self.complain("")

    def ask_place(self) -> None:
        """The system's dialog."""
        dialog = QFileDialog(self._window, tr("Export"), str(self.place.parent))
        dialog.setObjectName("save")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if self.form.is_folder:
            dialog.setNameFilter(tr("Folder"))
        else:
            dialog.setNameFilter(tr(self.form.kind))
            dialog.setDefaultSuffix(self.form.suffix.removeprefix("."))
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # it is asked here
        dialog.selectFile(str(self.place))
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.open()

    def _on_place_chosen(self, place: str) -> None:
        if place and not self._is_closing:
            self.line.setText(place)

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def submit(self) -> None:
        if self.is_ready() and self.agree.isEnabled() and not self.desk.tasks.is_mute:
            self.complain("")
            self.agree.setEnabled(False)
            self.desk.tasks.start(self._begin(self.form, self.place))

    async def _begin(self, form: Format, place: Path) -> None:
        looked = await self.desk.tasks.labour(look, form, place)
        if self._is_closing:
            return
        self.refresh()
        if (form, place) != (self.form, self.place):
            return  # changed meanwhile: Enter meant the place of before
        if looked.sentence:
            self.complain(looked.sentence)
        elif looked.is_there and self._agreed != place:
            self._agreed = place
            self.agree.set_label(tr("Replace"))
            sentence = tr("“{name}” is there already. “Replace” puts the new one in its place.")
            self.complain(sentence.format(name=place.name))
        else:
            self._go(
                Order(self.scope.ids, form, place, self.private.isChecked(), looked.is_there), looked.edited
            )

    def _go(self, order: Order, edited: Edited) -> None:
        self.desk.keep_setting("export_format", order.form.name)
        self.desk.keep_setting("export_folder", str(order.place.parent))
        self.dismiss()
        if edited.changed or edited.away:
            self.desk.ask_overlay(partial(_question, self.desk, order, edited))
        else:
            running.start(self.desk, order)


def look(form: Format, place: Path) -> Looked:
    """Off the GUI thread: whether ``form`` can be written to ``place``, and what stands there."""
    is_there = place.exists()
    is_brought_up = form.name == "markdown" and place.is_dir()
    try:
        usable_place(place, overwrite=is_brought_up or (not form.is_folder and place.is_file()))
        edited = markdown_folder.edited(place) if is_brought_up else NOTHING
    except UserFixable as error:
        return Looked(" ".join(part for part in (str(error), error.action) if part))
    except OSError as error:
        return Looked(tr("This place cannot be read ({reason}).").format(reason=error.strerror))
    return Looked(is_there=is_there and not is_brought_up, edited=edited)


def _question(desk: Desk, order: Order, edited: Edited, window: QWidget) -> Overlay:
    return EditedQuestion(desk, order, edited, window)


def _ending(form: Format) -> str:
    return form.suffix or tr("Folder")
