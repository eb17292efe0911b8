"""The page "Library and backups" of the settings: where the library is, its backups, everything out and in,
whether everything is whole.

Surprising: it does nothing itself. Its buttons run acts of the registry, and it shows what those left behind.
"""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.library import lists
from desktop.library.backups import Backup, listing
from desktop.library.checking import OK, PROBLEM, Finding
from desktop.library.values import Counts
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button, button_for
from desktop.ui.parts.page import Column, heading
from desktop.ui.parts.words_card import Words
from desktop.ui.settings import safety_acts, safety_words
from desktop.ui.settings.pages import Fact
from desktop.ui.theme import Theme

LOOKS = {OK: ("circle-check", "success"), PROBLEM: ("triangle-alert", "danger")}
FIRST = 5
"""Backups that are shown before one asks for all."""


class BackupRow(Fact):
    """One backup: when, why, what it holds, how large; and the way back to it."""

    def __init__(self, desk: Desk, backup: Backup, button: Button) -> None:
        today = datetime.now().date()
        super().__init__(
            desk.theme, safety_words.when(backup, today), safety_words.line(backup), button, "body"
        )
        self.backup, self.button = backup, button
        button.setEnabled(not backup.trouble)
        if backup.trouble:
            self.words.set_ink("danger")
            button.setToolTip(backup.trouble)
        button.setAccessibleName(tr("Restore {when}").format(when=safety_words.when(backup, today)))


class FindingRow(QWidget):
    """One thing that the check looked at."""

    def __init__(self, desk: Desk, finding: Finding) -> None:
        super().__init__()
        self._theme = desk.theme
        self._icon, self._ink = LOOKS.get(finding.level, ("info", "warning"))
        helps, act = safety_words.help_of(finding)
        says = Words(desk.theme, "body", 20)
        says.say(finding.sentence)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(says)
        if helps:
            more = Words(desk.theme, "caption", 17, "muted")
            more.say(helps)
            column.addWidget(more)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 6, 0, 6)
        row.setSpacing(12)
        row.addLayout(column, 1)
        if act:
            row.addWidget(button_for(desk.theme, desk.actions, act, kind="plain"))
        self.setAccessibleName(f"{finding.sentence} {helps}".strip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink = self._theme.colour(self._ink)
        picture = icons.pixmap(self._icon, ink, 16, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPoint(0, 10), picture)


class Rows(QWidget):
    """Rows that are made anew each time."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def show_rows(self, rows: list[QWidget]) -> None:
        """Show these instead of the ones before."""
        while (item := self.column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for row in rows:
            self.column.addWidget(row)
            row.show()


class SafetyPage(Column):
    """A page of the settings."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._acts = safety_acts.of(desk)
        self._is_all = False
        self._counts = Counts()
        self._backups: list[Backup] = []
        theme = desk.theme
        self.held = Fact(theme, tr("What it holds"), "")
        self.backups = Rows()
        self.findings = Rows()
        self.importing = Fact(
            theme, tr("Import an archive"), "", self._button("import_archive", tr("Import …"))
        )
        self._build(theme)
        self._acts.changed.connect(self._read)
        desk.changed.connect(self._on_changed)

    def _button(self, act: str, label: str = "", kind: str = "plain") -> Button:
        return button_for(self._desk.theme, self._desk.actions, act, kind=kind, label=label)

    def _build(self, theme: Theme) -> None:
        add, paths = self.column.addWidget, self._desk.paths
        copy = Button(theme, tr("Copy"), icon="copy")
        copy.setAccessibleName(tr("Copy the place of the library"))
        copy.clicked.connect(self._on_copy)
        add(heading(theme, tr("Library and backups")))
        self.column.addSpacing(8)
        add(Fact(theme, tr("Where it is"), str(paths.home), copy))
        add(self.held)
        self._section(theme, tr("Backups"), self._button("back_up", kind="main"))
        self._words(
            theme,
            tr(
                "Once a day, and before a newer Kithbook changes it, the library is copied and the copy read "
                "through. The newest of 7 days, 4 weeks and 12 months stay, in {folder}."
            ).format(folder=paths.backups),
        )
        add(self.backups)
        self._section(theme, tr("Is everything whole?"), self._button("check_library", tr("Check now")))
        self._words(
            theme, tr("Library, pictures, saved pages and backups are read through; nothing is changed.")
        )
        add(self.findings)
        rebuild = self._button("rebuild_index", tr("Rebuild"))
        says = tr("Made from the library; building it anew loses nothing.")
        add(Fact(theme, tr("Search index"), says, rebuild))
        self._section(theme, tr("Everything out, everything in"))
        export = self._button("export_archive", tr("Export …"))
        says = tr(
            "One archive in open formats, with every text, highlight, note, picture and saved page. "
            "Keep it on another disk."
        )
        add(Fact(theme, tr("Export everything"), says, export))
        add(self.importing)
        self.column.addStretch(1)

    def _section(self, theme: Theme, title: str, button: Button | None = None) -> None:
        self.column.addSpacing(28)
        row = QHBoxLayout()
        row.addWidget(heading(theme, title, "section"), 1)
        if button is not None:
            row.addWidget(button)
        self.column.addLayout(row)
        self.column.addSpacing(4)

    def _words(self, theme: Theme, words: str) -> None:
        made = Words(theme, "caption", 17, "muted")
        made.say(words)
        self.column.addWidget(made)
        self.column.addSpacing(6)

    def showEvent(self, event: QShowEvent) -> None:
        """Read when it is seen."""
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        if self.isVisible():
            self._desk.tasks.start(self._reload())

    async def _reload(self) -> None:
        tasks = self._desk.tasks
        self._backups = await tasks.work(listing, self._desk.paths) or []
        found = await tasks.read(_counts) if self._desk.reader is not None else None
        if found is not None:
            self._counts, is_empty = found
            self.held.words.say(told(self._counts))
            self.importing.words.say(
                tr("A zip file, or the manifest.json in its folder.")
                if is_empty
                else tr("Only into an empty library, and this one is not empty.")
            )
        self._show_backups()
        self.findings.show_rows([FindingRow(self._desk, one) for one in self._acts.findings])

    def _show_backups(self) -> None:
        shown = self._backups if self._is_all else self._backups[:FIRST]
        rows: list[QWidget] = []
        for backup in shown:
            button = Button(self._desk.theme, tr("Restore …"), is_small=True)
            button.clicked.connect(partial(self._acts.ask_restore, backup, self._counts.all))
            rows.append(BackupRow(self._desk, backup, button))
        if not rows:
            none = Words(self._desk.theme, "body", 20, "muted")
            none.say(tr("There is no backup yet. One is made today while Kithbook is open."))
            rows.append(none)
        hidden = len(self._backups) - len(shown)
        if hidden:
            more = Button(
                self._desk.theme,
                trn("Show {n} more", "Show {n} more", hidden).format(n=writing.number(hidden)),
                kind="quiet",
            )
            more.clicked.connect(self._on_more)
            rows.append(more)
        self.backups.show_rows(rows)

    def _on_more(self) -> None:
        self._is_all = True
        self._show_backups()

    def _on_changed(self, changes: Changes) -> None:
        if Noun.SOURCE in changes.nouns:
            self._read()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._desk.paths.home))
        self._desk.say(tr("Copied"))


def _counts(reader: Reader) -> tuple[Counts, bool]:
    from desktop.library.archive.import_ import is_empty

    return lists.counts(reader), is_empty(reader)


def told(counts: Counts) -> str:
    """How many pages stand where, in a sentence."""
    number = writing.number
    return tr("{pages}: {inbox} in Inbox, {later} in Later, {archive} in Archive. {trash} in Trash.").format(
        pages=trn("{n} page", "{n} pages", counts.all).format(n=number(counts.all)),
        inbox=number(counts.inbox),
        later=number(counts.later),
        archive=number(counts.archive),
        trash=number(counts.trash),
    )
