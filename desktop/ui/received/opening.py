"""Packs that are opened here: from a file that was dropped, chosen, or named when the program was started.

Surprising: the file is opened and verified on another thread before the library hears of it. One that is
refused leaves nothing behind but a sentence.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desktop.errors import UserFixable
from desktop.languages import mark, tr
from desktop.paths import Paths
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.text.showing import visible
from desktop.ui.actions import Act
from desktop.ui.desk import Desk, Trouble
from desktop.ui.parts.line_dialog import Line, LineDialog

if TYPE_CHECKING:
    from desktop.share.opening import Opened

TRIES: Final = 3
MOST_FILES: Final = 20
"""That are opened at once; the rest can be dropped again."""
PATIENCE: Final = 0.4
"""Seconds before a card says that a file is being opened."""


class PhraseDialog(LineDialog):
    """Asks for the pass phrase of a pack; ``answer`` is the phrase, or None when the person turned back."""

    def __init__(self, desk: Desk, name: str, said: str, parent: QWidget) -> None:
        line = Line(tr("The pass phrase of {name}").format(name=name), said, "", tr("Open"), self._keep)
        super().__init__(desk.theme, line, parent)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self.closed.connect(self._on_closed)

    def _keep(self, _stripped: str) -> None:
        if not self.answer.done():
            self.answer.set_result(self.field.text())

    def _on_closed(self) -> None:
        # Enter closes first and answers then: the answer is given in the same turn of the loop.
        self.answer.get_loop().call_soon(self._give_up)

    def _give_up(self) -> None:
        if not self.answer.done():
            self.answer.set_result(None)


class Openings(QObject):
    """One per window; `of` finds it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("openings")
        self._desk = desk
        self._waiting: list[Path] = []
        self._is_busy = False
        self.unlike: set[int] = set()
        """Packs of which a browser shows something else than what is in them."""
        add = desk.actions.add
        add(
            Act("open_pack", tr("Open a pack …"), self.ask_file, ("Ctrl+Shift+O",), "package-open",
                mark("Share"), is_enabled=lambda: desk.can_write)
        )  # fmt: skip
        add(Act("show_received", tr("Open Received"), self._show, (), "package-open", mark("Go to")))

    def _show(self) -> None:
        self._desk.ask_view("received")

    def ask_file(self) -> None:
        """Choose a file."""
        parent = next((one for one in _windows() if one.isVisible()), None)
        dialog = QFileDialog(parent, tr("Open a pack"), str(Path.home()))
        dialog.setObjectName("open_pack")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("Packs") + " (*.html *.htm *.zip *.age)", tr("All files") + " (*)"])
        dialog.finished.connect(dialog.deleteLater)
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, names: list[str]) -> None:
        self.open_files([Path(name) for name in names])

    def open_files(self, files: Sequence[Path]) -> None:
        """Open these one after another; each that is a pack is kept and shown under Received."""
        room = MOST_FILES - len(self._waiting)
        self._waiting += list(files)[:room]
        if len(files) > room:
            self._desk.say(tr("Not all of these were opened. Drop the others once more."))
        if self._waiting and not self._is_busy:
            self._is_busy = True
            self._desk.tasks.start(self._open_all())

    async def _open_all(self) -> None:
        try:
            while self._waiting:
                await self._open(self._waiting.pop(0))
        finally:
            self._is_busy = False

    async def _open(self, file: Path) -> None:
        name = visible(file.name)
        self._desk.heal(f"pack {name}")
        try:
            opened = await self._read(file, name)
        except UserFixable as error:
            self._desk.trouble(
                Trouble(
                    tr("“{name}” was not opened. {why}").format(name=name, why=error),
                    " ".join((tr("Nothing of it was kept."), error.action)).strip(),
                    key=f"pack {name}",
                )
            )
            return
        if opened is None:
            return
        changes = await self._desk.tasks.run(
            "keep a pack", _keep, self._desk, opened, file.name, _size(file), can_undo=False
        )
        if changes is None or not changes.made:
            return
        if opened.does_visible_part_match is False:
            self.unlike.add(changes.made)
        self._desk.ask_view(f"received:{changes.made}")

    async def _read(self, file: Path, name: str) -> "Opened | None":
        """The pack in a file; asks for its pass phrase. None: the person turned back. Raises UserFixable."""
        from desktop.share.opening import NeedsKey

        phrase, said = "", tr("Whoever sent it knows the phrase. It is not kept.")
        for left in range(TRIES, -1, -1):
            try:
                return await self._patiently(file, name, phrase)
            except NeedsKey as error:
                if not error.is_passphrase or not left:
                    raise
                if phrase:
                    said = str(error)
            given = await self._ask_phrase(name, said)
            if given is None:
                return None
            phrase = given
        return None

    async def _patiently(self, file: Path, name: str, phrase: str) -> "Opened | None":
        """Open it on another thread; a card with Cancel stands by when it takes long."""
        desk = self._desk
        task = desk.tasks.start(desk.tasks.labour(_opened, desk.paths, file, phrase))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if done:
            return task.result()
        work = desk.works.begin(tr("Opening {name}").format(name=name), can_stop=True)
        stopped = asyncio.get_running_loop().create_future()

        def look() -> None:
            if work.is_stopping and not stopped.done():
                stopped.set_result(None)

        work.progressed.connect(look)
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                task.add_done_callback(_forget)
                return None
            return task.result()
        finally:
            stopped.cancel()
            desk.works.end(work)

    async def _ask_phrase(self, name: str, said: str) -> str | None:
        made: list[PhraseDialog] = []

        def make(window: QWidget) -> PhraseDialog:
            made.append(PhraseDialog(self._desk, name, said, window))
            return made[0]

        self._desk.ask_overlay(make)
        return await made[0].answer if made else None


def of(desk: Desk) -> Openings:
    """The window's own; made when there is none yet."""
    found = desk.findChild(Openings, "openings")
    return found if isinstance(found, Openings) else Openings(desk)


def _forget(task: "asyncio.Task[Opened]") -> None:
    """The person did not wait for it: whatever came of it is not wanted."""
    if not task.cancelled():
        task.exception()


def _opened(paths: Paths, file: Path, phrase: str) -> "Opened":
    """On another thread. An encrypted file is tried with one's own key before anybody is asked."""
    from desktop.share import identity
    from desktop.share.opening import NeedsKey, open_pack
    from desktop.share.secrets import Secrets

    try:
        return open_pack(file, passphrase=phrase)
    except NeedsKey as error:
        if error.is_passphrase:
            raise
        try:
            own = identity.age_identity(Secrets(paths))
        except UserFixable:
            own = ""
        if not own:
            raise
        return open_pack(file, identity=own)


def _keep(writer: Writer, desk: Desk, opened: "Opened", name: str, size: int) -> Changes:
    from desktop.share import receiving

    assert desk.reader is not None
    return receiving.keep_offer(writer, desk.reader, opened, file_name=name, size=size)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _windows() -> list[QWidget]:
    from PySide6.QtWidgets import QApplication

    return [one for one in QApplication.topLevelWidgets() if one.objectName() == "window"]
