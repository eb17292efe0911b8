"""Acts that take something along: Export …, Copy citation, and the menu of citation styles.

The surprising fact: "Export …" opens with what is selected when that is more than one page, for one page is
always selected; from a row's menu it opens with the selection.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.errors import BadInput
from desktop.languages import chosen, mark, tr, trn, writing
from desktop.paths import Paths
from desktop.share.citing_styles import BY_NAME, STYLES
from desktop.store.reader import Reader
from desktop.ui.actions import Act, Where
from desktop.ui.desk import Desk
from desktop.ui.exporting import clipboard, scopes
from desktop.ui.exporting.scopes import Here
from desktop.ui.parts.overlay import Overlay

if TYPE_CHECKING:
    from desktop.share.citation import Copied

GROUP = mark("Sense and share")
MOST_CITED = 500
"""Pages at once: each takes citeproc a few milliseconds."""


class Shown(Protocol):
    """Whoever knows what the window shows."""

    def here(self) -> Here:
        """What is shown now."""


class ExportActs(QObject):
    """Registers itself; lives as long as the desk. One per window: `of` finds it."""

    def __init__(self, desk: Desk, shown: Shown) -> None:
        super().__init__(desk)
        self._desk, self._shown = desk, shown
        add = desk.actions.add
        ask, selected = partial(self.ask, ""), partial(self.ask, scopes.SELECTION)
        add(Act("export", tr("Export …"), ask, ("Ctrl+Shift+E",), "folder-output", GROUP,
                is_enabled=self._is_open))  # fmt: skip
        for name, label, run, keys, icon in (
            ("export_selected", tr("Export what is selected …"), selected, (), "folder-output"),
            ("cite", tr("Copy citation"), self.cite, ("Ctrl+Shift+C",), "quote"),
            ("cite_as", tr("Copy citation as …"), self.ask_style, (), "quote"),
        ):
            add(
                Act(name, label, run, keys, icon, GROUP, Where.LIST, self._can_act, tr("Choose a page first"))
            )

    def _is_open(self) -> bool:
        return self._desk.reader is not None

    def _can_act(self) -> bool:
        return self._is_open() and bool(self._desk.selected)

    # ── export ──────────────────────────────────────────────────────────────────────────────────────────

    def ask(self, name: str = "") -> None:
        """Open the dialog with a scope chosen: ``selection``, ``list``, ``all``, ``tag:…``, ``goal:<id>``."""
        if self._is_open():
            self._desk.tasks.start(self._ask(name, self._shown.here()))

    async def _ask(self, name: str, here: Here) -> None:
        found = await self._desk.tasks.read(scopes.of, here, name)
        if found is None:
            return
        if not found:
            self._desk.say(tr("There is nothing to export."))
            return
        self._desk.ask_overlay(partial(self._dialog, found, name or _first(here)))

    def _dialog(self, found: Sequence[scopes.Scope], name: str, window: QWidget) -> Overlay:
        from desktop.ui.exporting.dialog import ExportDialog

        return ExportDialog(self._desk, found, name, window)

    # ── citations ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def style(self) -> str:
        """The style of before."""
        kept = self._desk.settings.text("cite_style")
        return kept if kept in BY_NAME else STYLES[0].name

    def cite(self) -> None:
        """Put the citation of what is selected on the clipboard, in the style of before."""
        self._desk.tasks.start(self._cite(self._desk.selected, self.style))

    def cite_in(self, style: str, _is_checked: bool = False) -> None:
        """The same in this style, which is kept for the next time."""
        if style == self.style or self._desk.keep_setting("cite_style", style):
            self._desk.tasks.start(self._cite(self._desk.selected, style))

    def ask_style(self) -> None:
        """The small menu of styles."""
        window = QApplication.activeWindow()
        if window is None:
            return
        menu = self.style_menu(window)
        menu.aboutToHide.connect(menu.deleteLater)
        focus = QApplication.focusWidget() or window
        menu.popup(focus.mapToGlobal(QPoint(48, min(96, focus.height()))))

    def style_menu(self, parent: QWidget) -> QMenu:
        """The styles; the one of before is ticked."""
        menu = QMenu(parent)
        menu.setAccessibleName(tr("Style of citations"))
        group = QActionGroup(menu)
        for one in STYLES:
            action = QAction(one.label, menu)
            action.setCheckable(True)
            action.setChecked(one.name == self.style)
            action.triggered.connect(partial(self.cite_in, one.name))
            group.addAction(action)
            menu.addAction(action)
        return menu

    async def _cite(self, ids: tuple[int, ...], style: str) -> None:
        copied = await self._desk.tasks.read(_cited, self._desk.paths, ids, style)
        if copied is None:
            return
        clipboard.put(copied.text, copied.html)
        said = trn("Citation copied ({style})", "{n} citations copied ({style})", len(ids))
        self._desk.say(said.format(n=writing.number(len(ids)), style=BY_NAME[style].label))


def of(desk: Desk) -> ExportActs | None:
    """The acts of the desk's window; None while it has none."""
    return desk.findChild(ExportActs)


def _first(here: Here) -> str:
    if here.goal:
        return f"goal:{here.goal}"
    return scopes.SELECTION if len(here.selected) > 1 else scopes.LIST if here.place else scopes.ALL


def _cited(reader: Reader, paths: Paths, ids: Sequence[int], style: str) -> "Copied":
    from desktop.share import citation
    from desktop.share.export.selection import Items

    if len(ids) > MOST_CITED:
        raise BadInput(
            tr("{n} pages are too many citations at once.").format(n=writing.number(len(ids))),
            tr("Export them as BibTeX, RIS or CSL-JSON."),
        )
    return citation.cite(list(Items(reader, paths, ids).without_text()), style, chosen())
