"""Below the units of an activity: planned sessions, study time, comments, tries, the certificate.

The surprising fact: comments and tries belong to the page that the activity came from; here they are shown
and lead there.
"""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.errors import BadInput, NoSpace
from desktop.languages import tr
from desktop.learning import evidence, study
from desktop.learning.values import Activity, Planned, Session, TryRow, TryState
from desktop.library import assets
from desktop.library.marks.timed_comments import TimedComment
from desktop.paths import Paths
from desktop.text.moments import clock
from desktop.ui import open_url
from desktop.ui.activities import acts as learning_acts
from desktop.ui.activities.parts import CommentLine, Line, PartHead
from desktop.ui.desk import Desk
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.study import words

SESSIONS_SHOWN = 12
LARGEST = 20 * 1024 * 1024


class Rest(QWidget):
    """Made again for each activity that is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._acts = learning_acts.of(desk)
        self._whole: Activity | None = None
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_activity(self, whole: Activity) -> None:
        """Show what belongs to it; the same as before stays as it is."""
        if whole == self._whole:
            return
        self._whole = whole
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget(self)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._add_planned(column, whole)
        self._add_comments(column, whole)
        self._add_tries(column, whole)
        self._add_sessions(column, whole)
        self._add_certificate(column, whole)
        self._column.addWidget(self._content)

    def _add_planned(self, column: QVBoxLayout, whole: Activity) -> None:
        if not whole.planned:
            return
        head = PartHead(self._desk.theme, tr("Planned"), tr("Export as a calendar"))
        head.link.clicked.connect(partial(self._acts.calendar.ask_export, whole.row.id))
        column.addWidget(head)
        for one in whole.planned:
            column.addWidget(self._planned_line(one))

    def _planned_line(self, one: Planned) -> Line:
        when = words.when(one.begins, date.today())
        text = f"{when} · {one.note}" if one.note else when
        line = Line(self._desk.theme, "calendar", text, words.hours(one.minutes) if one.minutes else "")
        if self._desk.can_write:
            drop = line.add(tr("Plan it no longer: {when}").format(when=when), "x")
            drop.clicked.connect(partial(self._desk.tasks.run, "unplan", study.unplan, [one.id]))
        return line

    def _add_comments(self, column: QVBoxLayout, whole: Activity) -> None:
        if not whole.comments:
            return
        column.addWidget(PartHead(self._desk.theme, tr("Comments")))
        for one in whole.comments:
            column.addWidget(self._comment_line(one))

    def _comment_line(self, one: TimedComment) -> CommentLine:
        line = CommentLine(self._desk.theme, clock(one.seconds), one.comment, one.caption)
        line.time.setToolTip(tooltip(open_url.told(one.url)))
        line.time.clicked.connect(partial(open_url.open_url, one.url))
        return line

    def _add_tries(self, column: QVBoxLayout, whole: Activity) -> None:
        if not whole.tries:
            return
        column.addWidget(PartHead(self._desk.theme, tr("Tries")))
        for one in whole.tries:
            column.addWidget(self._try_line(one))

    def _try_line(self, one: TryRow) -> Line:
        text = f"{one.what}\n{one.result}" if one.result else one.what
        line = Line(self._desk.theme, "flask-conical", text, words.due(one), is_own=True)
        if one.state is TryState.PLANNED and self._desk.can_write:
            ask = line.add(tr("How did it go? {what}").format(what=one.what), "check")
            ask.clicked.connect(partial(self._acts.how_did_it_go, one.id))
        return line

    def _add_sessions(self, column: QVBoxLayout, whole: Activity) -> None:
        shown = [one for one in whole.sessions if not one.is_running]
        if not shown:
            return
        column.addWidget(PartHead(self._desk.theme, tr("Study time")))
        for one in shown[:SESSIONS_SHOWN]:
            column.addWidget(self._session_line(one))
        if len(shown) > SESSIONS_SHOWN:
            rest = sum(one.minutes for one in shown[SESSIONS_SHOWN:])
            text = tr("{n} earlier sessions").format(n=len(shown) - SESSIONS_SHOWN)
            column.addWidget(Line(self._desk.theme, "", text, words.hours(rest)))

    def _session_line(self, one: Session) -> Line:
        text = words.minutes_of(one.started, one.minutes, date.today())
        line = Line(self._desk.theme, "timer", f"{text}\n{one.note}" if one.note else text)
        if self._desk.can_write:
            change = line.add(tr("Change the session: {when}").format(when=text), "pencil")
            change.clicked.connect(partial(self._acts.log, one))
            drop = line.add(tr("Delete the session: {when}").format(when=text), "x")
            drop.clicked.connect(partial(self._desk.tasks.run, "delete a session", study.remove, [one.id]))
        return line

    def _add_certificate(self, column: QVBoxLayout, whole: Activity) -> None:
        if not whole.row.certificate:
            return
        column.addWidget(PartHead(self._desk.theme, tr("Certificate")))
        kind = whole.row.certificate.rpartition(".")[2].upper()
        line = Line(self._desk.theme, "award", tr("Kept in the library"), tr("{kind} file").format(kind=kind))
        save = line.add(tr("Save a copy of the certificate"), "download")
        save.clicked.connect(self._ask_copy)
        column.addWidget(line)

    # ── the certificate ─────────────────────────────────────────────────────────────────────────────────

    def keep_certificate(self, place: str) -> None:
        """Keep this file with the activity, and as evidence for its goal."""
        if place and self._whole is not None:
            self._desk.tasks.start(self._keep(Path(place), self._whole))

    async def _keep(self, place: Path, whole: Activity) -> None:
        data = await self._desk.tasks.work(_load, place)
        if data is not None:
            row = whole.row
            self._desk.tasks.run("certificate", evidence.certificate, row.goal_id, data, activity_id=row.id)

    def _ask_copy(self) -> None:
        if self._whole is None:
            return
        ending = self._whole.row.certificate.rpartition(".")[2]
        dialog = QFileDialog(self.window(), tr("Save a copy of the certificate"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(str(Path.home() / tr("Certificate.{ending}").format(ending=ending)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(self.copy)
        dialog.open()

    def copy(self, place: str) -> None:
        """Write a copy of the certificate to this file."""
        if place and self._whole is not None:
            name = self._whole.row.certificate
            self._desk.tasks.start(self._copy(name, Path(place)))

    async def _copy(self, name: str, place: Path) -> None:
        if await self._desk.tasks.work(_copy, self._desk.paths, name, place):
            self._desk.say(tr("A copy is in {name}").format(name=place.name))


def _load(place: Path) -> bytes:
    try:
        if place.stat().st_size > LARGEST:
            raise BadInput(tr("A certificate may have 20 MB."))
        return place.read_bytes()
    except OSError as error:
        raise BadInput(tr("{name} could not be read.").format(name=place.name), str(error)) from error


def _copy(paths: Paths, name: str, place: Path) -> bool:
    kept = assets.path_of(paths, name)
    if kept is None:
        raise BadInput(tr("The certificate is not here any more."))
    try:
        place.write_bytes(kept.read_bytes())
    except OSError as error:
        raise NoSpace(tr("{name} could not be written.").format(name=place.name), str(error)) from error
    return True
