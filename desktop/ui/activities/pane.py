"""One activity at the right of the list: its facts, the timer, units, plans, sessions, comments, tries.

The surprising fact: it is read anew as a whole after each change and only what differs is made again, so the
unit that has the focus keeps it while ticks come and go.
"""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.learning import activities, activity_rows, units
from desktop.learning.values import Activity, Status, Unit
from desktop.ui import icons, open_url
from desktop.ui.activities import acts as learning_acts
from desktop.ui.activities.parts import Figures, PartHead, TimerCard, figures_of
from desktop.ui.activities.rest import Rest
from desktop.ui.activities.units import UnitList
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.line_dialog import Line as Asked
from desktop.ui.parts.notices import Flow, PillButton
from desktop.ui.parts.page import Column, heading
from desktop.ui.parts.pills import Pill
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.parts.words_card import Words, WordsCard
from desktop.ui.study import words
from desktop.ui.theme import Lengths

STATUS_KINDS = {Status.DOING: "ok", Status.PLANNED: "plain", Status.DONE: "plain", Status.DROPPED: "plain"}


class ActivityPane(QWidget):
    """``left``: Escape asks for the list."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._acts = learning_acts.of(desk)
        self.whole: Activity | None = None
        self._wanted = 0
        theme = desk.theme
        self.setAccessibleName(tr("Activity"))
        self.kind = Words(theme, "caption", 18, "muted")
        self.back = self._icon_button(tr("Back to Learning"), "arrow-left")
        self.open = self._icon_button(tr("Open its page in the browser"), "external-link")
        self.page = self._icon_button(tr("Read the page it came from"), "book-open")
        self.edit = self._icon_button(tr("Change the activity"), "pencil")
        self.more = self._icon_button(tr("More about this activity"), "ellipsis")
        self.title = heading(theme, "")
        self.facts = Words(theme, "body", 19, "muted")
        self.pills = Flow()
        self.figures = Figures(theme)
        self.timer = TimerCard(desk)
        self.head = PartHead(theme, tr("Units"), tr("Paste an outline"))
        self.units = UnitList(desk)
        self.note = WordsCard(theme, tr("What I took from it"))
        self.rest = Rest(desk)
        self.area = Column(theme, side=24)
        self._build()
        self._connect()
        self.show_activity(None)

    def _icon_button(self, label: str, icon: str) -> Button:
        return Button(self._desk.theme, label, icon=icon, kind="icon", parent=self)

    def _build(self) -> None:
        bar = QWidget(self)
        bar.setFixedHeight(Lengths.BAR)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(2)
        row.addWidget(self.back)
        row.addWidget(self.kind, 1)
        for button in (self.page, self.open, self.edit, self.more):
            row.addWidget(button)
        column = self.area.column
        for widget, gap in (
            (self.title, 2), (self.facts, 8), (self.pills, 10), (self.figures, 10), (self.timer, 0),
            (self.head, 0), (self.units, 12), (self.note, 0), (self.rest, 0),
        ):  # fmt: skip
            column.addWidget(widget)
            column.addSpacing(gap)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.area, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.open.clicked.connect(self._open_url)
        self.page.clicked.connect(self._open_page)
        self.edit.clicked.connect(self._acts.edit)
        self.more.clicked.connect(self._on_more_clicked)
        self.head.link.clicked.connect(self._acts.paste)
        self.timer.start.clicked.connect(self._start)
        self.timer.log.clicked.connect(partial(self._acts.log, None))
        self.timer.plan.clicked.connect(self._acts.plan)
        self.units.asked.connect(self._on_units_asked)
        self.units.left.connect(self.left)
        self.units.selectionModel().currentChanged.connect(self._roll)
        self.note.kept.connect(self._keep_note)

    # ── what is shown ───────────────────────────────────────────────────────────────────────────────────

    @property
    def activity_id(self) -> int:
        """What is shown; 0: nothing."""
        return self.whole.row.id if self.whole else 0

    def show_id(self, activity_id: int) -> None:
        """Show this activity, or read it again; 0: none."""
        self._wanted = activity_id
        if not activity_id:
            self.show_activity(None)
        elif self._desk.reader is not None:
            self._desk.tasks.start(self._load(activity_id))

    async def _load(self, activity_id: int) -> None:
        whole = await self._desk.tasks.read(activity_rows.read, activity_id)
        if activity_id == self._wanted:
            self.show_activity(whole)

    def show_activity(self, whole: Activity | None) -> None:
        """Show all that belongs to it."""
        is_another = whole is None or self.activity_id != whole.row.id
        self.whole = whole
        self.area.setVisible(whole is not None)
        for button in (self.open, self.page, self.edit, self.more):
            button.setVisible(whole is not None)
        self._acts.choose(self.activity_id)
        if whole is None:
            self.kind.say("")
            return
        row, today = whole.row, date.today()
        self.kind.say(words.kind(row.kind))
        self.title.say(row.title)
        facts = words.facts(whole, today)
        self.facts.say(facts)
        self.facts.setVisible(bool(facts))
        self._show_pills(whole)
        self.figures.say(figures_of(whole))
        self.timer.show_activity(row.id, row.next_unit)
        self.units.show_units(whole.units)
        self.open.setVisible(open_url.may_open(row.url))
        self.open.setToolTip(tooltip(open_url.told(row.url)) if row.url else "")
        self.page.setVisible(bool(row.source_id))
        self.note.show_words(whole.note)
        self.rest.show_activity(whole)
        if is_another:
            self.area.verticalScrollBar().setValue(0)
            self.units.clearSelection()
            self.units.setCurrentIndex(self.units.units.index(-1))

    def _show_pills(self, whole: Activity) -> None:
        row, theme = whole.row, self._desk.theme
        pills: list[QWidget] = []
        if row.goal:
            pill = PillButton(theme, Pill(row.goal, "goal", "target"), f"goal:{row.goal_id}")
            pill.clicked.connect(partial(self._desk.ask_view, f"goal:{row.goal_id}"))
            pills.append(pill)
        status = PillButton(theme, Pill(words.status(row.status), STATUS_KINDS[row.status]), "")
        status.setAccessibleName(tr("Where it stands: {status}").format(status=words.status(row.status)))
        status.clicked.connect(self._on_more_clicked)
        pills.append(status)
        if row.is_private:
            lock = PillButton(theme, Pill(tr("private"), "plain", "lock"), "")
            lock.setAccessibleName(tr("Private: no portfolio shows it by itself"))
            lock.clicked.connect(self._acts.edit)
            pills.append(lock)
        self.pills.show_widgets(pills)

    def focus(self) -> None:
        """Go into the activity: its units, else the timer."""
        if self.units.isVisibleTo(self):
            self.units.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.timer.stop if self.timer.is_running else self.timer.start).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def tick_next(self) -> None:
        """The next unit is done."""
        unit = next((one for one in self.whole.units if not one.done_at), None) if self.whole else None
        if unit is not None:
            self._desk.tasks.run("unit done", units.mark_done, [unit.id])

    def _on_units_asked(self, what: str, chosen: list[Unit]) -> None:
        if not self._desk.can_write or self.whole is None:
            return
        ids = [unit.id for unit in chosen]
        if what == "tick":
            is_done = not all(unit.done_at for unit in chosen)
            self._desk.tasks.run("units done", units.mark_done, ids, is_done)
        elif what == "remove":
            self._desk.tasks.run("delete units", units.remove, ids)
        elif what == "rename":
            self._rename(chosen[0])
        else:
            self._move(chosen[0], -1 if what == "up" else 1)

    def _rename(self, unit: Unit) -> None:
        def keep(title: str) -> None:
            self._desk.tasks.run("rename a unit", units.edit, unit.id, title)

        self._desk.ask_line(Asked(tr("Unit"), tr("Its title"), unit.title, tr("Keep"), keep))

    def _move(self, unit: Unit, step: int) -> None:
        ids = [one.id for one in self.units.units.rows]
        at = ids.index(unit.id)
        to = at + step
        if 0 <= to < len(ids):
            ids[at], ids[to] = ids[to], ids[at]
            self._desk.tasks.run("move a unit", units.reorder, unit.activity_id, ids)

    def _start(self) -> None:
        self._acts.study.begin(self.activity_id)

    def _keep_note(self, text: str) -> None:
        self._desk.tasks.run("note", activities.edit, self.activity_id, note=text)

    def _open_url(self) -> None:
        if self.whole is not None:
            open_url.open_url(self.whole.row.url)

    def _open_page(self) -> None:
        if self.whole is not None:
            self._desk.ask_source(self.whole.row.source_id)

    def menu(self) -> QMenu:
        """What else can be done with it."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("More about this activity"))
        row = self.whole.row if self.whole else None
        for status in words.STATUSES:
            action = menu.addAction(words.status(status))
            action.setCheckable(True)
            action.setChecked(row is not None and row.status is status)
            action.triggered.connect(partial(self._set_status, status))
        menu.addSeparator()
        for label, icon, run in (
            (tr("Change the activity …"), "pencil", self._acts.edit),
            (tr("Paste an outline …"), "clipboard-paste", self._acts.paste),
            (tr("Log a session of study …"), "clock-plus", partial(self._acts.log, None)),
            (tr("Plan a session …"), "calendar-plus", self._acts.plan),
            (tr("Add the certificate …"), "award", self._ask_certificate),
            (tr("Export it as a calendar …"), "calendar-arrow-up", self._export),
        ):
            ink = self._desk.theme.colour("muted")
            menu.addAction(icons.icon(icon, ink), label).triggered.connect(run)
        menu.addSeparator()
        red = self._desk.theme.colour("danger")
        menu.addAction(icons.icon("trash-2", red), tr("Delete")).triggered.connect(self._delete)
        return menu

    def _on_more_clicked(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _set_status(self, status: Status) -> None:
        self._desk.tasks.run("status", activities.set_status, [self.activity_id], status)

    def _delete(self) -> None:
        self._desk.tasks.run("delete an activity", activities.remove, [self.activity_id])

    def _export(self) -> None:
        self._acts.calendar.ask_export(self.activity_id)

    def _ask_certificate(self) -> None:
        windows = (one for one in QApplication.topLevelWidgets() if one.objectName() == "window")
        window = next((one for one in windows if one.isVisible()), None)
        dialog = QFileDialog(window, tr("The certificate"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("PDF and pictures (*.pdf *.png *.jpg *.jpeg *.webp)"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(self.rest.keep_certificate)
        dialog.open()

    def _roll(self) -> None:
        box = self.units.visualRect(self.units.currentIndex())
        inner = self.area.widget()
        if box.isValid() and inner is not None and self.units.hasFocus():
            middle = self.units.mapTo(inner, box.center())
            self.area.ensureVisible(middle.x(), middle.y(), 0, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, self._desk.theme.colour("line"))
