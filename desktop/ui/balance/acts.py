"""The acts behind a number of the balance view, over the window: what was done, on what, when.

The surprising fact: an act on something that is gone stays in the list and says so; the log keeps what was
done, not what became of it.
"""

from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import balance
from desktop.learning.review_values import Act
from desktop.ui.balance import words as balance_words
from desktop.ui.desk import Desk
from desktop.ui.parts import moments
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.rows.plain import PlainList, PlainRow
from desktop.ui.theme import Lengths

ICONS = {
    "source": "file-text", "note": "notebook-pen", "goal": "target", "activity": "graduation-cap",
    "try": "flask-conical", "tool": "wrench", "question": "circle-question-mark", "review": "list-checks",
    "card": "brain",
}  # fmt: skip
VIEWS = {
    "note": "note",
    "goal": "goal",
    "activity": "activity",
    "try": "try",
    "tool": "toolkit",
    "question": "question",
}


class ActsList(Overlay):
    """Of one verb (empty: all), of one week (its Monday; empty: of the last ``number`` weeks)."""

    def __init__(self, desk: Desk, parent: QWidget, verb: str, week: str, number: int) -> None:
        self.title = _title(verb, week, number)
        super().__init__(desk.theme, self.title, Lengths.PALETTE, parent)
        self._desk = desk
        self._acts: dict[str, Act] = {}
        heading = QLabel(self.title, self.panel)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setFont(desk.theme.font("section"))
        self.said = QLabel(self.panel)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setFont(desk.theme.font("caption"))
        self.list = PlainList(desk, self.title, {}, {}, self.panel)
        self.list.opened.connect(self._on_opened)
        self.close_button = Button(desk.theme, tr("Close"), key="Esc", parent=self.panel)
        self.close_button.clicked.connect(self.dismiss)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.addWidget(heading, 1)
        head.addWidget(self.said)
        foot.setContentsMargins(24, 0, 24, 0)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(1, 18, 1, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        desk.tasks.start(self._load(verb, week, number))

    def first_focus(self) -> QWidget:
        return self.list

    def panel_box(self) -> QRect:
        width, height = min(self._width, self.width() - 32), min(560, self.height() - 48)
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    async def _load(self, verb: str, week: str, number: int) -> None:
        found = await self._desk.tasks.read(partial(balance.acts, number=number), verb, week)
        if found is None or self._is_closing:
            return
        self._acts = {str(act.id): act for act in found}
        count = trn("{n} act", "{n} acts", len(found)).format(n=writing.number(len(found)))
        self.said.setText(count if found else tr("Nothing was done then."))
        self.list.show_rows([_row(act) for act in found])

    def _on_opened(self, _index: QModelIndex) -> None:
        act = self._acts.get(self.list.key)
        if act is None or not act.title:
            return
        self.dismiss()
        if act.noun == "source":
            self._desk.ask_source(act.ref_id)
        elif act.noun in VIEWS:
            self._desk.ask_view(f"{VIEWS[act.noun]}:{act.ref_id}")


def _row(act: Act) -> PlainRow:
    is_gone = act.noun in VIEWS | {"source": ""} and bool(act.ref_id) and not act.title
    line = tr("It is not here any more.") if is_gone else act.title
    when = moments.short(act.at, date.today())
    return PlainRow(
        str(act.id), balance_words.name_of(act), line, when, ICONS.get(act.noun, "dot"), is_quiet=is_gone,
        said=moments.spoken(act.at, date.today()),
    )  # fmt: skip


def _title(verb: str, week: str, number: int) -> str:
    name = tr(balance_words.NAMES[verb]) if verb else tr("All acts")
    if week:
        return tr("{verb}, week of {day}").format(verb=name, day=balance_words.week_of(week, date.min))
    return tr("{verb}, the last {n} weeks").format(verb=name, n=number)
