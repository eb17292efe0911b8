"""Handing the pack over: the name it is signed with, the file, the record of what left, and what comes after.

Surprising: the file that is opened in the browser and the file that is saved are made by the same call, so
what was looked at is what leaves.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.library import basket_draft
from desktop.library.archive.format import Progress, Stop, Tell
from desktop.library.opening import Library
from desktop.share import hosts, identity, making, sent
from desktop.share.choice import Choice
from desktop.share.file_names import file_name
from desktop.share.making import MadePack
from desktop.share.secrets import Secrets
from desktop.ui import file_saving
from desktop.ui.desk import Desk
from desktop.ui.open_url import open_own_page, show_in_folder
from desktop.ui.parts.line_dialog import Line, LineDialog

PLAIN_ENDING: Final = ".kithbook"


@dataclass(frozen=True, slots=True)
class Seal:
    """How the file is encrypted; empty: it is not."""

    to: tuple[str, ...] = ()
    """Keys of those who can open it."""
    passphrase: str = ""


class Handing(QObject):
    """Makes files of what is in the basket."""

    saved = Signal(object)
    """A `MadePack` was saved where the person wanted it, and noted."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.seal = Seal()
        self.agreed: frozenset[int] = frozenset()
        """Sources that the person lets go beyond their circle."""
        self.flush: Callable[[], Sequence[asyncio.Task[Any]]] = tuple
        """Keeps what is being written; what is made waits for that."""
        self._folders: list[Path] = []
        desk.tasks.at_end(self._tidy)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Those that the person counts as inside."""
        return hosts.listed(self._desk.settings.text("inside_hosts"))

    # ── the name ────────────────────────────────────────────────────────────────────────────────────────

    async def is_named(self) -> bool:
        """Whether it is known with which name the person signs; asked the first time. False: not answered."""
        own = await self._desk.tasks.read(identity.own)
        if own is None or own.name or self._desk.settings.text("my_name").strip():
            return own is not None
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def keep(name: str) -> None:
            if not answer.done():
                answer.set_result(self._desk.keep_setting("my_name", name))

        def leave() -> None:
            if not answer.done():
                answer.set_result(False)

        asked = tr("Colleagues see it on everything that you share. It can be changed in the settings.")
        line = Line(tr("Your name"), asked, "", tr("That is me"), keep)

        def make(window: QWidget) -> LineDialog:
            dialog = LineDialog(self._desk.theme, line, window)
            dialog.closed.connect(partial(QTimer.singleShot, 0, leave))  # Enter closes first, then answers
            return dialog

        self._desk.ask_overlay(make)
        return await answer

    # ── files ───────────────────────────────────────────────────────────────────────────────────────────

    async def make(self, out: Path, *, is_leaving: bool = True) -> MadePack | None:
        """Write the pack as this file; None when it failed, which was said by then."""
        library = self._desk.library
        if library is None:
            return None
        for kept in self.flush():
            await kept
        seal = self.seal if is_leaving else Seal()
        agreed = self.agreed if is_leaving else None
        name = self._desk.settings.text("my_name")
        act = partial(_make, library, out, self.hosts, name, seal, agreed)
        return await self._desk.works.do(tr("Making the pack"), act, can_stop=False)

    def folder(self) -> Path:
        """A private folder of this window's own; it goes when the window closes."""
        made = Path(tempfile.mkdtemp(prefix="kithbook-"))
        self._folders.append(made)
        return made

    def _tidy(self) -> None:
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def open_in_browser(self, title: str) -> None:
        """Make the very file and open it in the person's browser."""

        async def go() -> None:
            if not await self.is_named():
                return
            folder = await self._desk.tasks.work(self.folder)
            made = await self.make(folder / named_file(title), is_leaving=False) if folder else None
            if made is None:
                return
            path = made.written.path
            if path.suffix != ".html":
                show_in_folder(path)
            elif not open_own_page(path):
                self._desk.offer(
                    tr("No browser could be opened."), tr("Show in folder"), partial(show_in_folder, path)
                )

        self._desk.tasks.start(go())

    async def for_a_way(self, title: str) -> MadePack | None:
        """The file in a private folder, for a way that sends it on."""
        if not await self.is_named():
            return None
        folder = await self._desk.tasks.work(self.folder)
        return await self.make(folder / named_file(title)) if folder else None

    # ── saving ──────────────────────────────────────────────────────────────────────────────────────────

    def save(self, choice: Choice) -> None:
        """Ask where to, write it there, note what left and for whom."""

        async def ask() -> None:
            if not await self.is_named():
                return
            file_saving.ask_place(
                tr("Save the pack"),
                f"{named_file(choice.title)}.html",
                tr("Pack (*.html)"),
                "html",
                self._save_at,
            )

        self._desk.tasks.start(ask())

    def _save_at(self, place: str) -> None:
        self._desk.tasks.start(self.save_as(Path(place)))

    async def save_as(self, place: Path) -> MadePack | None:
        """The same, when the place is known."""
        made = await self.make(place)
        if made is not None:
            await self.record(made)
            self.said(made)
            self.saved.emit(made)
        return made

    async def record(self, made: MadePack, way: str = "file") -> None:
        """Note what left."""
        written = made.written
        await self._desk.tasks.run(
            "a pack left", sent.record, made.pack, block=written.block, sha256=written.sha256,
            size=written.size, way=way, file_name=written.path.name, person_id=made.person_id,
            circle_id=made.circle_id,
        )  # fmt: skip

    def said(self, made: MadePack) -> None:
        """Say where it is, and what may be done next."""
        path = made.written.path
        told = tr("The pack is in {name}").format(name=path.name)
        if made.why_unsigned:
            told = f"{told}. {made.why_unsigned}"
        self._desk.offer(told, tr("Show in folder"), partial(show_in_folder, path))

    def begin_anew(self) -> None:
        """Empty the basket and its draft; undoable."""
        self.seal = Seal()
        self._desk.tasks.run("clear the basket", basket_draft.clear)


def named_file(title: str) -> str:
    """What a pack's file is called, without its last ending: a system knows packs by this one."""
    return file_name(title, PLAIN_ENDING, tr("Pack"))


def _make(
    library: Library,
    out: Path,
    inside: Sequence[str],
    name: str,
    seal: Seal,
    agreed: frozenset[int] | None,
    tell: Tell,
    _stop: Stop,
) -> MadePack:
    tell(Progress(0, 0, ""))
    return making.make(
        library, Secrets(library.paths), out, hosts=inside, name=name, to=seal.to, passphrase=seal.passphrase,
        agreed=agreed,
    )  # fmt: skip
