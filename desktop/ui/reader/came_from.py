"""Who sent a page, below its title: the name, the day, what they said of it, and the way to answer.

Surprising: a page that two people sent has two lines. The page itself knows nothing of them; the packs
say it.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.share.answers import Reply
from desktop.share.provenance import Provenance
from desktop.text.showing import visible
from desktop.ui.marks.words import one_line, plain_comment
from desktop.ui.parts.notices import Flow, LinkButton, tall
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Theme

MOST = 3
"""Packs that are named; a page that many send says how many."""


class CameFrom(QWidget):
    """Hidden while nobody sent the page."""

    pack_asked = Signal(int)
    """The pack (its id) is wanted under Received."""
    answer_asked = Signal()
    answers_asked = Signal()
    """What was answered is wanted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(tall())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.links = Flow()
        self.hide()

    def show_page(self, came: Sequence[Provenance], replies: Sequence[Reply], *, can_write: bool) -> None:
        """Name who sent it, the last one first."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(bool(came or replies))
        self.links = Flow()
        self.links.show_widgets(self._links(came, replies, can_write))
        self._column.addWidget(self.links)
        for one in list(reversed(came))[:MOST]:
            if one.sentence.strip():
                said = Words(self._theme, "own_row", 20)
                words = visible(one_line(plain_comment(one.sentence)))
                said.say(tr("{name}: {words}").format(name=_name(one.sender), words=words))
                self._column.addWidget(said)

    def _links(self, came: Sequence[Provenance], replies: Sequence[Reply], can_write: bool) -> list[QWidget]:
        made: list[QWidget] = []
        for one in list(reversed(came))[:MOST]:
            link = LinkButton(self._theme, visible(one.words), "package-open")
            link.setProperty("pack", one.pack_id)
            link.setToolTip(tr("Open the pack that it came with"))
            link.clicked.connect(self._on_pack)
            made.append(link)
        if replies:
            number = len(replies)
            said = trn("{n} answer", "{n} answers", number).format(n=writing.number(number))
            link = LinkButton(self._theme, said, "message-square")
            link.clicked.connect(self.answers_asked)
            made.append(link)
        if came and can_write:
            link = LinkButton(self._theme, tr("Answer"), "reply")
            link.clicked.connect(self.answer_asked)
            made.append(link)
        return made

    def _on_pack(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.pack_asked.emit(int(sender.property("pack")))


def _name(name: str) -> str:
    return visible(one_line(name)) or tr("somebody")
