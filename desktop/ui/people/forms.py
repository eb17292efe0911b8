"""Forms about people and circles: a new person in one line and Enter, a circle and who is in it.

Surprising: the name is the only field that is needed; everything else can be said the day it is known.
"""

import asyncio
from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QCompleter, QGridLayout, QLineEdit, QWidget

from desktop.languages import tr
from desktop.learning.review_values import PersonRow
from desktop.share import circles, persons
from desktop.share.circles import PUBLIC, CircleRow
from desktop.store.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay


class Ticks(QWidget):
    """Names with a tick each, in two columns."""

    def __init__(self, choices: Sequence[tuple[str, int]], chosen: Sequence[int]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setVerticalSpacing(6)
        self.boxes: dict[int, QCheckBox] = {}
        for at, (name, number) in enumerate(choices):
            box = QCheckBox(name.replace("&", "&&"))
            box.setAccessibleName(name)
            box.setChecked(number in chosen)
            self.boxes[number] = box
            grid.addWidget(box, at // 2, at % 2)
        for box in self.boxes.values():
            self.setFocusProxy(box)
            break

    def chosen(self) -> list[int]:
        """What is ticked."""
        return [number for number, box in self.boxes.items() if box.isChecked()]


class PersonForm(FormOverlay):
    """Somebody new, or somebody known. ``names``: offered while a new name is typed."""

    def __init__(
        self,
        desk: Desk,
        row: PersonRow | None,
        known: Sequence[CircleRow],
        names: Sequence[str],
        parent: QWidget,
        circle_id: int = 0,
    ) -> None:
        title = tr("Somebody new") if row is None else tr("Change what you know of {name}")
        super().__init__(desk, title.format(name=row.name if row else ""), tr("Keep"), parent)
        self._known_as = row.name if row else ""
        hint = tr("Their name, as in “found through”")
        self.name = self.add_line(tr("Name"), self._known_as, hint)
        if row is None and names:
            self.name.setCompleter(QCompleter(list(names), self.name))
        self.address = self.add_line(tr("Mail address"), row.address if row else "", "name@team.example")
        self.topics = self.add_line(
            tr("What they know about"), row.topics if row else "", tr("joins, tests, saying a range aloud")
        )
        self.met = self.add_text(tr("How we met, when I ask them"), row.how_met if row else "", "", 64)
        self.met.setFont(desk.theme.font("own_field"))
        choices = [(one.name, one.id) for one in known if one.id != PUBLIC]
        self.circles = Ticks(choices, row.circles if row else (circle_id,))
        self.add(tr("Circles they are in"), self.circles)

    def is_ready(self) -> bool:
        return bool(self.name.text().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        return self.desk.tasks.run(
            "write about somebody",
            persons.write,
            self._known_as,
            self.name.text(),
            address=self.address.text(),
            how_met=self.met.toPlainText(),
            topics=self.topics.text(),
            circle_ids=self.circles.chosen(),
        )

    def after(self, changes: Changes) -> None:
        self.desk.ask_view(f"person:{self.name.text().strip()}")


class CircleForm(FormOverlay):
    """A new circle, or one that is there: its name if it is one's own, and who is in it."""

    def __init__(
        self, desk: Desk, row: CircleRow | None, people: Sequence[PersonRow], parent: QWidget
    ) -> None:
        title = tr("A new circle") if row is None else tr("Circle “{name}”").format(name=row.name)
        super().__init__(desk, title, tr("Keep"), parent)
        self._id = row.id if row else 0
        self.name: QLineEdit | None = None
        if row is None or row.is_own:
            hint = tr("Data guild, mentors, my manager")
            self.name = self.add_line(tr("What it is called"), row.name if row else "", hint)
        choices = [(one.name, one.id) for one in people if one.id]
        inside = [one.id for one in people if row is not None and row.id in one.circles]
        self.people = Ticks(choices, inside)
        self.add(tr("Who is in it"), self.people)

    def is_ready(self) -> bool:
        return self.name is None or bool(self.name.text().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        name = self.name.text() if self.name is not None else ""
        return self.desk.tasks.run("write a circle", circles.settle, self._id, name, self.people.chosen())
