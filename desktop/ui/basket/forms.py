"""What the basket asks for over the window: why a full text goes along, and a pass phrase, typed twice.

Surprising: a pass phrase is kept nowhere. It lives in the window until the pack is for somebody else, and who
forgets it cannot open the file, which the form says before.
"""

import asyncio
from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.languages import tr
from desktop.store.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.parts.words_card import Words

SHORTEST = 8
"""Letters of a pass phrase."""


class ReasonForm(FormOverlay):
    """Asks why a full text goes along. ``notice``: what is to be known of its licence."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        notice: str,
        run: "Callable[[str], asyncio.Task[Changes | None]]",
        parent: QWidget,
    ) -> None:
        super().__init__(desk, tr("The full text goes along"), tr("Let it go"), parent)
        self._run = run
        about = Words(desk.theme, "body", 19)
        about.say(title)
        self.fields.addWidget(about)
        self.why = self.add_line(tr("Why the whole page, in a few words. It goes with it."), is_own=True)
        self.notice = Words(desk.theme, "caption", 17, "warning")
        self.notice.say(notice)
        self.notice.setVisible(bool(notice))
        self.fields.addWidget(self.notice)

    def is_ready(self) -> bool:
        return bool(self.why.text().strip())

    def act(self) -> "asyncio.Task[Changes | None]":
        return self._run(self.why.text())


class PassphraseForm(FormOverlay):
    """Asks for a pass phrase twice."""

    def __init__(self, desk: Desk, run: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(desk, tr("Encrypt with a pass phrase"), tr("Encrypt"), parent)
        self._run = run
        says = Words(desk.theme, "body", 19, "muted")
        says.say(
            tr(
                "Tell it them by another way, such as the telephone. "
                "Without it nobody can open the file, not even you."
            )
        )
        self.fields.addWidget(says)
        self.first = self.add_line(tr("Pass phrase, {n} letters or more").format(n=SHORTEST))
        self.again = self.add_line(tr("Once more"))
        for field in (self.first, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)

    def is_ready(self) -> bool:
        return len(self.first.text()) >= SHORTEST and bool(self.again.text())

    def act(self) -> None:
        if self.first.text() != self.again.text():
            self.complain(tr("The two are not the same."))
            return
        phrase = self.first.text()
        self.dismiss()
        self._run(phrase)
