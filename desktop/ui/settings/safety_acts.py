"""Acts on the library as a whole: back up, restore, check, export, import, build the index anew.

The surprising fact: they work from anywhere in the window, by Ctrl+K too; the page "Library and backups" only
shows them. What they import (archives, checks) is imported when they first run.
"""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.languages import mark, tr, trn, writing
from desktop.library.archive.format import Progress, Stop, Tell
from desktop.library.search.values import Progress as IndexProgress
from desktop.paths import Paths
from desktop.store.reader import Reader
from desktop.ui.actions import Act
from desktop.ui.desk import Desk, Trouble
from desktop.ui.dialogs.confirm import Confirm
from desktop.ui.parts.overlay import Overlay
from desktop.ui.works import Replacing, Work

if TYPE_CHECKING:
    from desktop.library.archive.export import Exported
    from desktop.library.archive.import_ import Imported
    from desktop.library.backups import Backup, Restored
    from desktop.library.checking import Finding

GROUP = mark("Library")
INDEX_MS, INDEX_BUSY_MS = 1000, 200


class SafetyActs(QObject):
    """One per window; `of` finds it."""

    changed = Signal()
    """There are other backups, or other findings."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.findings: tuple[Finding, ...] = ()
        """What the last check found; empty before there was one."""
        self.setObjectName("safety")
        self._index: Work | None = None
        self._is_index_asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(INDEX_MS)
        self._timer.timeout.connect(self.look_at_index)
        desk.searching.opened.connect(self._timer.start)
        show, add = partial(desk.ask_view, "safety"), desk.actions.add
        add(Act("safety", tr("Library and backups"), show, (), "hard-drive", tr("Go to")))
        for name, label, run, icon in (
            ("back_up", tr("Back up now"), self.back_up, "save"),
            ("check_library", tr("Check that everything is whole"), self.check, "shield-check"),
            ("export_archive", tr("Export everything …"), self.ask_export, "package"),
            ("import_archive", tr("Import an archive …"), self.ask_import, "package-open"),
            ("rebuild_index", tr("Rebuild the search index"), self.rebuild_index, "refresh-cw"),
        ):
            add(Act(name, label, run, (), icon, tr(GROUP), is_enabled=self._is_open, why_not=_closed()))

    def _is_open(self) -> bool:
        return self._desk.reader is not None

    # ── backups ─────────────────────────────────────────────────────────────────────────────────────────

    def back_up(self) -> None:
        """Make a backup now."""
        self._desk.tasks.start(self._back_up())

    async def _back_up(self) -> None:
        act = partial(_back_up, self._desk.paths)
        made = await self._desk.works.do(tr("Backing up the library"), act, can_stop=False)
        if made is not None:
            self._desk.say(tr("Backed up, and the backup read through"))
            self.changed.emit()

    def ask_restore(self, backup: "Backup", pages_now: int) -> None:
        """Say what a restore will do, and do it when the person agrees."""
        self._desk.ask_overlay(partial(self._make_question, backup, pages_now))

    def _make_question(self, backup: "Backup", pages_now: int, window: QWidget) -> Overlay:
        from desktop.ui.settings import safety_words

        title, text = safety_words.restore_title(backup), safety_words.restore_text(backup, pages_now)
        box = Confirm(self._desk, title, text, tr("Restore"), window, kind="main")
        box.agreed.connect(partial(self.restore, backup))
        return box

    def restore(self, backup: "Backup") -> None:
        """Put the backup in the place of the library, which is kept."""
        act = partial(_restore, self._desk.paths, backup.path)
        self._desk.replace_asked.emit(Replacing(tr("Restoring a backup"), act, self._on_restored))

    def _on_restored(self, restored: "Restored") -> None:
        self._desk.say(tr("Restored. The library of before is kept among the backups."))
        if restored.missing:
            sentence = trn(
                "{n} picture or saved page was deleted since that backup and is gone.",
                "{n} pictures and saved pages were deleted since that backup and are gone.",
                restored.missing,
            ).format(n=writing.number(restored.missing))
            self._desk.trouble(Trouble(sentence, tr("All texts are there."), "warn", key="restored"))
        self.changed.emit()

    # ── is everything whole? ────────────────────────────────────────────────────────────────────────────

    def check(self) -> None:
        """Read everything through; the page shows what was found."""
        self._desk.tasks.start(self._check())

    async def _check(self) -> None:
        act = partial(_check, self._desk.paths)
        found = await self._desk.works.do(tr("Reading everything through"), act)
        if found is None:
            return
        self.findings = found
        self.changed.emit()
        bad = sum(one.level != "ok" for one in found)
        self._desk.say(
            trn("The check found {n} thing to look at", "The check found {n} things to look at", bad).format(
                n=bad
            )
            if bad
            else tr("Everything is whole")
        )
        if bad:
            self._desk.ask_view("safety")

    # ── everything out, everything in ───────────────────────────────────────────────────────────────────

    def ask_export(self) -> None:
        """Ask where to, then write everything there."""
        name = f"Kithbook {datetime.now():%Y-%m-%d}.zip"
        dialog = self._dialog(tr("Export everything"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(str(Path.home() / name))
        # The export writes over nothing: it says so itself, in the window.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self.export)
        dialog.open()

    def export(self, place: str) -> None:
        """Write everything into an archive at ``place``."""
        if place:
            self._desk.tasks.start(self._export(Path(place)))

    async def _export(self, place: Path) -> None:
        reader = self._desk.reader
        if reader is None:
            return
        act = partial(_export, reader, self._desk.paths, place)
        done = await self._desk.works.do(tr("Exporting everything"), act)
        if done is None:
            return
        self._desk.say(tr("Everything is in {name}").format(name=done.path.name))
        if done.missing:
            sentence = trn(
                "{n} picture or saved page is gone or damaged, so the archive lacks it.",
                "{n} pictures and saved pages are gone or damaged, so the archive lacks them.",
                len(done.missing),
            ).format(n=writing.number(len(done.missing)))
            self._desk.trouble(Trouble(sentence, tr("All texts are in it."), "warn", key="exported"))

    def ask_import(self) -> None:
        """Ask for the archive, then take it in; a library that holds something says why not."""
        self._desk.tasks.start(self._ask_import())

    async def _ask_import(self) -> None:
        is_empty = await self._desk.tasks.read(_is_empty)
        if is_empty is None:
            return
        if not is_empty:
            sentence = tr("An archive is taken only into an empty library, and this one is not empty.")
            self._desk.trouble(Trouble(sentence, tr("Nothing was changed."), "info", key="import"))
            return
        dialog = self._dialog(tr("Import an archive"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Archives of Kithbook (*.zip *.json)"))
        dialog.fileSelected.connect(self.import_)
        dialog.open()

    def import_(self, place: str) -> None:
        """Take the archive in; ``manifest.json`` stands for the folder it lies in."""
        if not place:
            return
        source = Path(place)
        source = source.parent if source.name == "manifest.json" else source
        act = partial(_import, self._desk.paths, source)
        wanted = Replacing(tr("Importing the archive"), act, self._on_imported, can_stop=True)
        self._desk.replace_asked.emit(wanted)

    def _on_imported(self, done: "Imported") -> None:
        self._desk.say(
            trn("Imported: {n} row", "Imported: {n} rows", done.rows).format(n=writing.number(done.rows))
        )
        self.changed.emit()

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        windows = (one for one in QApplication.topLevelWidgets() if one.objectName() == "window")
        window = next((one for one in windows if one.isVisible()), None)
        dialog = QFileDialog(window, title, str(Path.home()))
        dialog.setAcceptMode(mode)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    # ── the search index ────────────────────────────────────────────────────────────────────────────────

    def rebuild_index(self) -> None:
        """Throw the index away and build it anew; a card tells how far it is."""
        self._is_index_asked = self._desk.searching.rebuild()
        if self._is_index_asked:
            self._timer.start(INDEX_BUSY_MS)
            self._show_index(IndexProgress(0, 0, True))

    def look_at_index(self) -> None:
        """Show how far the index is while it is built; it looks by itself, too."""
        progress = self._desk.searching.progress()
        is_building = progress is not None and progress.is_rebuilding and progress.total > 0
        if self._is_index_asked and not is_building:
            self._desk.tasks.start(self._ask_whether_done())
            return
        self._show_index(progress if is_building else None)

    async def _ask_whether_done(self) -> None:
        if await self._desk.searching.is_current() and self._is_index_asked:
            self._is_index_asked = False
            self._show_index(None)
            self._desk.say(tr("The search index is built anew"))

    def _show_index(self, progress: IndexProgress | None) -> None:
        if progress is None:
            self._timer.setInterval(INDEX_MS)
            if self._index is not None:
                self._desk.works.end(self._index)
                self._index = None
            return
        if self._index is None:
            self._timer.setInterval(INDEX_BUSY_MS)
            self._index = self._desk.works.begin(tr("Building the search index"))
        self._index.tell(Progress(progress.done, progress.total, "index"))


def of(desk: Desk) -> SafetyActs:
    """The window's own; made when there is none yet."""
    found = desk.findChild(SafetyActs, "safety")
    return found if isinstance(found, SafetyActs) else SafetyActs(desk)


def _closed() -> str:
    return tr("The library is not open")


def _back_up(paths: Paths, _told: Tell, _stop: Stop) -> Path:
    from desktop.library import backups

    return backups.backup(paths)


def _restore(paths: Paths, backup: Path, _told: Tell, _stop: Stop) -> "Restored":
    from desktop.library import backups

    return backups.restore(paths, backup)


def _check(paths: Paths, told: Tell, stop: Stop) -> "tuple[Finding, ...]":
    from desktop.library import checking

    return checking.check(paths, told, stop)


def _export(reader: Reader, paths: Paths, place: Path, told: Tell, stop: Stop) -> "Exported":
    from desktop.library.archive import export

    return export.export(reader, paths, place, told, stop)


def _import(paths: Paths, source: Path, told: Tell, stop: Stop) -> "Imported":
    from desktop.library.archive import import_

    return import_.import_archive(paths, source, told, stop)


def _is_empty(reader: Reader) -> bool:
    from desktop.library.archive import import_

    return import_.is_empty(reader)
