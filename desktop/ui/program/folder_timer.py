"""The shared folder looked into every half minute, on a thread of its own; what came is said by a toast.

Surprising: a folder that is gone is said once, and looked for again without a word until it is back.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.languages import tr, trn, writing
from desktop.library.opening import Library
from desktop.share.secrets import Secrets
from desktop.store.changes import Changes, Noun
from desktop.text.showing import visible
from desktop.ui.desk import Desk, Trouble
from desktop.ui.received import opening

if TYPE_CHECKING:
    from desktop.share.folder import Watch
    from desktop.share.folder_inbox import Arrived, News

LOOK_MS = 30_000
GONE = "shared folder"


class FolderTimer(QObject):
    """Runs `share.folder_inbox.look`."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._library: Library | None = None
        self._secrets = Secrets(desk.paths)
        self._watch: Watch | None = None
        self._place = ""
        self._is_looking = self._is_gone = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        desk.changed.connect(self._on_changed)
        desk.tasks.draining.connect(self.stop)

    def start(self, library: Library) -> None:
        """Look for this library, if it can be written."""
        if library.writer is not None:
            self._library, self._watch, self._place = library, None, ""
            self._timer.start()
            self.look()

    def stop(self) -> None:
        """Look no more; a look that is under way ends by itself."""
        self._timer.stop()
        self._library = None

    def _on_changed(self, changes: Changes) -> None:
        if Noun.SETTING in changes.nouns and self._desk.settings.text("shared_folder") != self._place:
            self.look()

    def look(self) -> None:
        """Look now, unless a look is under way."""
        if self._library is None or self._is_looking:
            return
        place = self._desk.settings.text("shared_folder")
        if not place:
            self._watch, self._place = None, ""
            self._desk.heal(GONE)
            return
        self._is_looking = True
        self._desk.tasks.start(self._look(self._library, place))

    async def _look(self, library: Library, place: str) -> None:
        try:
            found = await self._desk.tasks.labour(self._found, library, place)
            if self._library is library:
                self._say(found)
        except Exception as error:
            self._desk.tasks.report(error)
        finally:
            self._is_looking = False

    def _found(self, library: Library, place: str) -> "News":
        """On another thread."""
        from desktop.share import folder, folder_inbox

        if self._watch is None or place != self._place:
            self._watch, self._place = folder.Watch(Path(place), folder.known_in(library.reader)), place
        return folder_inbox.look(library, self._secrets, self._watch)

    def _say(self, news: "News") -> None:
        desk = self._desk
        if news.says and not self._is_gone:
            desk.trouble(Trouble(news.says, "", "warn", (), GONE))
        elif not news.says:
            desk.heal(GONE)
        self._is_gone = bool(news.says)
        if news.changes:
            desk.announce(news.changes)
        openings = opening.of(desk)
        openings.unlike.update(one.pack_id for one in news.arrived if one.is_unlike)
        if len(news.arrived) == 1:
            self._offer(news.arrived[0])
        elif news.arrived:
            number = len(news.arrived)
            said = trn("{n} packs are here", "{n} packs are here", number).format(n=writing.number(number))
            desk.offer(said, tr("Show"), partial(desk.ask_view, "received"))

    def _offer(self, one: "Arrived") -> None:
        desk = self._desk
        if not one.pack_id:
            said = tr("An encrypted pack is here: {name}").format(name=visible(one.path.name))
            desk.offer(said, tr("Open"), partial(opening.of(desk).open_files, (one.path,)))
            return
        name = visible(" ".join(one.sender.split()))[:60]
        said = tr("A pack from {name} is here").format(name=name) if name else tr("An unsigned pack is here")
        desk.offer(said, tr("Open"), partial(desk.ask_view, f"received:{one.pack_id}"))
