"""The window as it is drawn first: from plain SQLite, before sqlmodel, the extraction or the keyring are
imported.
"""

from desktop.errors import UserFixable
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.program import looping
from desktop.ui.shell.state import WindowState
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow


def first_window(
    paths: Paths, state: WindowState, *, theme: str = "", reader: Reader | None = None
) -> tuple[MainWindow, Desk]:
    """A window with its first page in it, not yet shown. ``theme`` overrules the setting.

    A library that cannot be read yet (absent, older, damaged) gives an empty window; opening it says why.
    """
    app = looping.application()
    settings = Settings.load(paths)
    look = Theme(theme or settings.text("theme"), app)
    look.apply()
    desk = Desk(paths, settings, look, app)
    window = MainWindow(desk, state)
    own = reader is None and paths.library.exists()
    found = Reader(paths.library) if own else reader
    if found is not None:
        desk.open_reader(found)
        try:
            window.show_first()
        except UserFixable:
            desk.close_reader()
        except Exception:
            if not own:
                raise
            # An older library lacks columns; it is brought up to date by opening it, after the first paint.
            desk.close_reader()
    return window, desk
