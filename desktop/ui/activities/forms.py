"""Forms about an activity: a new one in few keys, all its fields, its outline with a preview.

The surprising fact: a new activity asks for its title alone; the other fields wait behind it, and the kind
follows a word of the title ("Webinar: …") until the person chooses one.
"""

import asyncio
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import activities, goals, typed_days, units
from desktop.learning.units import Line
from desktop.learning.values import Activity, ActivityKind, GoalRow, GoalState
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.parts.words_card import Words
from desktop.ui.study import words

PREVIEW_LINES = 6
INDENT = "\N{NO-BREAK SPACE}" * 4
"""Of a unit below another one: plain blanks would be shown as one."""


def open_goals(reader: Reader) -> list[GoalRow]:
    """The goals that something new may serve."""
    return goals.all_of(reader, (GoalState.OPEN,))


def goal_choices(rows: list[GoalRow], chosen: int = 0, name: str = "") -> list[tuple[str, int]]:
    """What a field for a goal offers; ``chosen`` stands there also when it is closed by now."""
    known = [(row.skill, row.id) for row in rows]
    if chosen and chosen not in {one[1] for one in known}:
        known.append((name, chosen))
    return [(tr("No goal"), 0), *known]


def kind_choices() -> list[tuple[str, str]]:
    """The kinds by their names; a field keeps an enumeration as its text."""
    return [(words.kind(kind), kind.value) for kind in words.KINDS]


class ActivityForm(FormOverlay):
    """A new activity, or the fields of one that is there."""

    def __init__(
        self, desk: Desk, whole: Activity | None, rows: list[GoalRow], goal_id: int, parent: QWidget
    ) -> None:
        title = tr("New learning activity") if whole is None else tr("Change this activity")
        super().__init__(desk, title, tr("Add") if whole is None else tr("Keep"), parent, 600)
        self._whole = whole
        self._is_kind_chosen = whole is not None
        row = whole.row if whole else None
        self.name = self.add_line(tr("Title"), row.title if row else "", tr("What you will learn from"))
        line = self.add_row()
        self.kind = self.add_choice(
            tr("Kind"), kind_choices(), (row.kind if row else ActivityKind.COURSE).value, line
        )
        chosen = row.goal_id if row else goal_id
        choices = goal_choices(rows, chosen, row.goal if row else "")
        self.goal = self.add_choice(tr("Goal it serves"), choices, chosen, line)
        self._add_rest(whole)
        self.kind.activated.connect(self._on_kind_chosen)
        self.name.textEdited.connect(self._on_title_edited)

    def _add_rest(self, whole: Activity | None) -> None:
        row = whole.row if whole else None
        line = self.add_row()
        self.provider = self.add_line(tr("Who offers it"), row.provider if row else "", row=line)
        self.people = self.add_line(tr("People"), row.people if row else "", row=line)
        self.url = self.add_line(tr("Address"), row.url if row else "", "https://")
        line = self.add_row()
        hint = typed_days.hint_of_moment()
        self.begins = self.add_line(tr("Begins"), typed_days.shown(row.begins) if row else "", hint, row=line)
        self.ends = self.add_line(tr("Ends"), typed_days.shown(row.ends) if row else "", hint, row=line)
        self.zone = self.add_line(tr("Time zone"), row.zone if row else "", tr("wherever I am"), row=line)
        line = self.add_row()
        planned = (
            "" if row is None or not row.minutes or (whole and _minutes_of_units(whole)) else str(row.minutes)
        )
        self.minutes = self.add_line(tr("Planned time"), planned, tr("90, or 1 h 30"), row=line)
        self.cost = self.add_line(tr("Cost"), row.cost if row else "", row=line)
        self.position = self.add_line(tr("Where I am in it"), row.position if row else "", "12:40", row=line)
        self.note = self.add_text(tr("What I took from it"), whole.note if whole else "")
        self.note.setFont(self.desk.theme.font("own_field"))
        self.outline: OutlineField | None = None
        if whole is None:
            self.outline = OutlineField(self)
        self.lock = QCheckBox(tr("Keep it private: no portfolio shows it by itself"))
        self.lock.setChecked(bool(row and row.is_private))
        self.fields.addWidget(self.lock)

    def is_ready(self) -> bool:
        return bool(self.name.text().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        today = date.today()
        begins, ends = (typed_days.moment(one.text(), today) for one in (self.begins, self.ends))
        minutes = typed_days.minutes(self.minutes.text())
        if begins is None or ends is None:
            self.complain(
                tr("That is no day: write it like {hint}.").format(hint=typed_days.hint_of_moment())
            )
            return None
        if minutes is None:
            self.complain(tr("Planned time is written like 90, or 1 h 30."))
            return None
        said: dict[str, Any] = {
            "provider": self.provider.text(), "people": self.people.text(), "url": self.url.text(),
            "begins": begins, "ends": ends, "zone": self.zone.text(), "minutes": minutes,
            "cost": self.cost.text(), "note": self.note.toPlainText(), "is_private": self.lock.isChecked(),
        }  # fmt: skip
        if self._whole is None:
            return self._make(said)
        return self.desk.tasks.run(
            "change an activity", activities.edit, self._whole.row.id,
            kind=ActivityKind(self.kind.currentData()), goal_id=self.goal.currentData(),
            title=self.name.text(), position=self.position.text(), **said,
        )  # fmt: skip

    def _make(self, said: dict[str, Any]) -> "asyncio.Task[Changes | None]":
        outline = self.outline.field.toPlainText() if self.outline else ""
        return self.desk.tasks.run(
            "new activity", activities.make, ActivityKind(self.kind.currentData()), self.name.text(),
            goal_id=self.goal.currentData(), outline=outline, **said,
        )  # fmt: skip

    def after(self, changes: Changes) -> None:
        if self._whole is None and changes.made:
            self.desk.ask_view(f"activity:{changes.made}")

    def _on_kind_chosen(self) -> None:
        self._is_kind_chosen = True

    def _on_title_edited(self, text: str) -> None:
        if self._is_kind_chosen:
            return
        guessed = kind_of(text)
        if guessed is not None:
            self.kind.setCurrentIndex(self.kind.findData(guessed.value))


def kind_of(title: str) -> ActivityKind | None:
    """The kind that a word of the title names, in the chosen language or in English."""
    said = title.casefold().replace(":", " ").split()
    for kind in words.KINDS:
        if words.kind(kind).casefold() in said or kind.value in said:
            return kind
    return None


def _minutes_of_units(whole: Activity) -> int:
    return sum(unit.minutes for unit in whole.units)


class OutlineField:
    """A field for an outline and below it what it is read as."""

    def __init__(self, form: FormOverlay, text: str = "", height: int = 84) -> None:
        hint = tr("Paste its table of contents: one unit on each line")
        self.field = form.add_text(tr("Units"), text, hint, height)
        self.preview = Words(form.desk.theme, "caption", 18, "muted")
        form.fields.addWidget(self.preview)
        self._form = form
        self.field.textChanged.connect(self.look)
        self.look()

    def look(self) -> None:
        """Read it again."""
        text = self.field.toPlainText()
        lines = units.outline(text) if text.count("\n") <= units.MOST else []
        self.preview.say(preview(lines))
        self.preview.setVisible(bool(lines))
        self._form.refit()


def preview(lines: list[Line]) -> str:
    """``40 units, 12 h 30`` and the first of them as they will stand."""
    if not lines:
        return ""
    number = trn("{n} unit", "{n} units", len(lines)).format(n=writing.number(len(lines)))
    minutes = sum(line.minutes for line in lines)
    done = sum(line.is_done for line in lines)
    parts = [number, words.hours(minutes) if minutes else ""]
    parts.append(trn("{n} done", "{n} done", done).format(n=writing.number(done)) if done else "")
    shown = [", ".join(part for part in parts if part)]
    for line in lines[:PREVIEW_LINES]:
        sign = "✓" if line.is_done else "·"
        length = f"  {words.hours(line.minutes)}" if line.minutes else ""
        shown.append(f"{INDENT * line.depth}{sign} {line.title}{length}")
    if len(lines) > PREVIEW_LINES:
        shown.append("…")
    return "\n".join(shown)


class OutlineForm(FormOverlay):
    """Units of an activity, pasted: all of them in one step."""

    def __init__(self, desk: Desk, activity_id: int, title: str, text: str, parent: QWidget) -> None:
        super().__init__(desk, tr("Units of {title}").format(title=title), tr("Add these units"), parent, 600)
        self._activity_id = activity_id
        self.outline = OutlineField(self, text, 180)
        hint = Words(desk.theme, "caption", 17, "muted")
        hint.say(
            tr(
                "Bullets and numbers are left out. An indent or # makes a level, 12:30 or 1 h 20 min at the "
                "end is how long it takes, [x] is done."
            )
        )
        self.fields.addWidget(hint)
        self.agree.setToolTip(tr("Ctrl Enter"))

    def is_ready(self) -> bool:
        return bool(self.outline.field.toPlainText().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        text = self.outline.field.toPlainText()
        return self.desk.tasks.run("paste an outline", units.paste, self._activity_id, text)


def goal_box(form: FormOverlay, rows: list[GoalRow], chosen: int, name: str = "") -> QComboBox:
    """A field for the goal that something serves."""
    return form.add_choice(tr("Goal it serves"), goal_choices(rows, chosen, name), chosen)
