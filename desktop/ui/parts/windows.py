"""The window of the program, for whoever opens a dialog of the system over it."""

from PySide6.QtWidgets import QApplication, QWidget


def front_window() -> QWidget | None:
    """The main window that is seen, if any."""
    windows = (one for one in QApplication.topLevelWidgets() if one.objectName() == "window")
    return next((one for one in windows if one.isVisible()), None)
