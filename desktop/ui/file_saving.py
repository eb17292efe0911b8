"""Writing a file where the person says: the dialog of the system, then the bytes, whole or not at all.

The surprising fact: the system's dialog has asked already whether an older file may go, so here it goes, in
one rename once the new one is written.
"""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.errors import NoSpace
from desktop.languages import tr


def ask_place(title: str, name: str, kinds: str, suffix: str, run: Callable[[str], None]) -> QFileDialog:
    """Ask where to; ``run`` gets the path. ``kinds`` as Qt has them: ``Table (*.csv);;Markdown (*.md)``."""
    windows = (one for one in QApplication.topLevelWidgets() if one.objectName() == "window")
    window = next((one for one in windows if one.isVisible()), None)
    dialog = QFileDialog(window, title, str(Path.home()))
    dialog.setObjectName("save")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(str(Path.home() / name))
    dialog.finished.connect(dialog.deleteLater)
    dialog.fileSelected.connect(run)
    dialog.open()
    return dialog


def write(place: Path, data: bytes) -> None:
    """Write the file; the old one stays until the new one is whole. Raises NoSpace."""
    beside = place.with_name(f".{place.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise NoSpace(
            tr("The file could not be written ({reason}).").format(reason=error.strerror),
            tr("Choose another folder."),
        ) from error
