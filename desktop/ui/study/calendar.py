"""Calendar files: planned sessions out by a save dialog, events in by an open dialog or by dropping a file.

The surprising fact: what is dropped is read, never kept or opened; only ``.ics`` files on this machine count.
"""

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.errors import BadInput, NoSpace
from desktop.languages import tr
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.study import commands as learning_commands

LARGEST = 5 * 1024 * 1024


class Calendar(QObject):
    """Dialogs and files."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._activity_id = 0

    def ask_export(self, activity_id: int = 0) -> None:
        """Ask where to; of one activity, or of all (0)."""
        self._activity_id = activity_id
        title = tr("Export planned sessions as a calendar")
        dialog = self._dialog(title, QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.selectFile(str(Path.home() / tr("Learning.ics")))
        dialog.fileSelected.connect(self.export)
        dialog.open()

    def export(self, place: str) -> None:
        """Write the calendar to this file."""
        if place:
            self._desk.tasks.start(self._export(Path(place)))

    async def _export(self, place: Path) -> None:
        data = await self._desk.tasks.read(_written, self._activity_id)
        if data is not None and await self._desk.tasks.work(_save, place, data):
            self._desk.say(tr("The calendar is in {name}").format(name=place.name))

    def ask_import(self) -> None:
        """Ask for the file, then make activities of its events."""
        dialog = self._dialog(tr("Import a calendar file"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Calendar files (*.ics)"))
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, place: str) -> None:
        """Make activities of the events in this file."""
        if place:
            self._desk.tasks.start(self._take(Path(place)))

    async def _take(self, place: Path) -> None:
        data = await self._desk.tasks.work(_load, place)
        if data is None:
            return
        changes = await self._desk.tasks.run("import a calendar", learning_commands.take_calendar, data)
        if changes is None:
            return
        if not changes:
            self._desk.say(changes.label)
        self._desk.ask_view(f"activity:{changes.made}" if changes.made else "learning")

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        windows = (one for one in QApplication.topLevelWidgets() if one.objectName() == "window")
        window = next((one for one in windows if one.isVisible()), None)
        dialog = QFileDialog(window, title, str(Path.home()))
        dialog.setAcceptMode(mode)
        dialog.finished.connect(dialog.deleteLater)
        return dialog


def dropped(data: QMimeData) -> str:
    """The calendar file among what is dragged; empty: there is none."""
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return next((one for one in files if one.lower().endswith(".ics")), "")


def _written(reader: Reader, activity_id: int) -> bytes:
    from desktop.learning import calendar

    return calendar.write(reader, activity_id)


def _save(place: Path, data: bytes) -> bool:
    try:
        place.write_bytes(data)
    except OSError as error:
        raise NoSpace(tr("{name} could not be written.").format(name=place.name), str(error)) from error
    return True


def _load(place: Path) -> bytes:
    try:
        if place.stat().st_size > LARGEST:
            raise BadInput(tr("This calendar file is larger than 5 MB."))
        return place.read_bytes()
    except OSError as error:
        raise BadInput(tr("{name} could not be read.").format(name=place.name), str(error)) from error
