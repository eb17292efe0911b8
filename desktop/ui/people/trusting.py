"""The part of a person's page that asks whether a key is really theirs.

Surprising: nothing here is decided for the person. A new key is shown beside the known one, both by their
words, and stops packs until one of the buttons is pressed.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.share.persons import Person
from desktop.share.trust import KeyState
from desktop.share.words import words_of
from desktop.text.showing import visible
from desktop.ui.parts.buttons import Button, FocusRing
from desktop.ui.parts.notices import tall
from desktop.ui.parts.pills import Pill
from desktop.ui.parts.words_card import Words
from desktop.ui.people.parts import Badge, SixWords, title
from desktop.ui.theme import Theme


class TrustPart(QWidget):
    """``asked``: same, differ, accept, both or refuse."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setSizePolicy(tall())
        self.title = title(theme, "")
        self.badge = Badge(theme)
        self.text = Words(theme, "body", 18, "muted")
        self.known_label = Words(theme, "caption", 16, "muted")
        self.known = SixWords(theme)
        self.other_label = Words(theme, "caption", 16, "muted")
        self.other = SixWords(theme)
        self.buttons = {
            "same": Button(theme, tr("They are the same"), icon="shield-check"),
            "accept": Button(theme, tr("It is their new key"), icon="shield-check"),
            "both": Button(theme, tr("Both are theirs"), kind="quiet"),
            "differ": Button(theme, tr("They differ"), kind="quiet"),
            "refuse": Button(theme, tr("Refuse it"), kind="danger"),
        }
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.badge)
        head.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(FocusRing.ROOM, 4, 0, FocusRing.ROOM)
        row.setSpacing(8)
        for name, button in self.buttons.items():
            row.addWidget(button)
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self.text, self.known_label, self.known, self.other_label, self.other):
            column.addWidget(widget)
        column.addLayout(row)

    def show_person(self, person: Person) -> None:
        """Ask about this one; hidden when there is nothing to ask."""
        name, state = person.row.name, person.state
        if person.doubt_name and person.doubt_name != name:
            self.other_label.say(tr("The key that came, by “{name}”").format(name=visible(person.doubt_name)))
        else:
            self.other_label.say(tr("The key that came"))
        self.setVisible(state is not None or person.row.is_colleague)
        if state is KeyState.CHANGED:
            self._say(
                tr("Is this new key {name}’s?").format(name=name),
                Pill(tr("key changed"), "bad", "shield-alert"),
                tr(
                    "A pack came under this name with another key. They may have a new computer, or somebody "
                    "else uses their name. Ask on the phone which words they see. Until you decide, nothing "
                    "of it is taken in."
                ),
                words_of(person.key), words_of(person.doubt), ("accept", "both", "refuse"),
            )  # fmt: skip
        elif state is KeyState.CONFIRMED:
            self._say(
                tr("It is really {name}").format(name=name),
                Pill(tr("confirmed"), "ok", "shield-check"),
                tr("You compared these six words. What is signed with this key is theirs."),
                words_of(person.key), (), ("differ",),
            )  # fmt: skip
        elif state is KeyState.REFUSED:
            self._say(
                tr("Not {name}").format(name=name),
                Pill(tr("key refused"), "bad", "shield-x"),
                tr("You refused this key: nothing that it signs is taken in."),
                words_of(person.key), (), ("same",),
            )  # fmt: skip
        elif state is KeyState.KNOWN:
            self._say(
                tr("Is it really {name}?").format(name=name),
                Pill(tr("not confirmed"), "plain", "lock"),
                tr(
                    "Read these six words to each other, on the phone or at lunch. If they are the same on "
                    "both screens, it is their key."
                ),
                words_of(person.key), (), ("same", "differ"),
            )  # fmt: skip
        else:
            text = tr("Their key comes with the first signed pack that they send you.")
            asked = tr("Is it really {name}?").format(name=name)
            self._say(asked, Pill(tr("no key yet"), "plain", "lock"), text, (), (), ())

    def _say(
        self,
        asked: str,
        pill: Pill,
        text: str,
        known: Sequence[str],
        other: Sequence[str],
        buttons: Sequence[str],
    ) -> None:
        self.title.setText(asked)
        self.badge.say(pill)
        self.text.say(text)
        self.known.say(known)
        self.other.say(other)
        self.known_label.say(tr("The key that you know"))
        self.known.setVisible(bool(known))
        self.other.setVisible(bool(other))
        self.known_label.setVisible(bool(known and other))
        self.other_label.setVisible(bool(other))
        for name, button in self.buttons.items():
            button.setVisible(name in buttons)
