"""Which page goes to which network, with which words; its own page there is opened in the browser.

Surprising: nothing is sent from here, and the form says so. The person signs in at the network, sees the
words once more and presses the button there.
"""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.share import social
from desktop.ui import open_url
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.parts.words_card import Words


@dataclass(frozen=True, slots=True)
class Linked:
    """A page that may be shared."""

    title: str
    url: str
    sentence: str = ""


class LinkForm(FormOverlay):
    """For one page or several, of which one is chosen."""

    last_network, last_instance = "linkedin", ""
    """As chosen last, until the program ends."""

    def __init__(self, desk: Desk, links: list[Linked], parent: QWidget) -> None:
        super().__init__(desk, tr("Share a link on …"), tr("Open it there"), parent)
        self.links = links
        self.page = None
        if len(links) > 1:
            choices = [(one.title or one.url, at) for at, one in enumerate(links)]
            self.page = self.add_choice(tr("Page"), list(choices), 0)
            self.page.currentIndexChanged.connect(self._on_page)
        networks = [(one.label, one.name) for one in social.NETWORKS]
        self.network = self.add_choice(tr("Network"), list(networks), LinkForm.last_network)
        self.instance = self.add_line(tr("Server of your account"), LinkForm.last_instance, "mastodon.social")
        self.words = self.add_text(tr("Your words"), "", height=84)
        says = Words(desk.theme, "caption", 17, "muted")
        says.say(tr("Nothing is sent from here: your browser opens the network with the words and the link."))
        self.fields.addWidget(says)
        self.network.currentIndexChanged.connect(self._on_network)
        self._on_page()
        self._on_network()

    @property
    def link(self) -> Linked:
        """The page that is chosen."""
        return self.links[self.page.currentData() if self.page is not None else 0]

    def _on_page(self) -> None:
        self.words.setPlainText(self.link.sentence or self.link.title)

    def _on_network(self) -> None:
        chosen = next(one for one in social.NETWORKS if one.name == self.network.currentData())
        self.instance.setEnabled(chosen.asks_instance)
        self.words.setEnabled(chosen.most > 0)
        self.words.setToolTip("" if chosen.most else tr("This network takes the link alone."))

    def submit(self) -> None:
        """Open the network's page; a refusal is said below the fields."""
        name = str(self.network.currentData())
        try:
            where = social.address(name, self.words.toPlainText(), self.link.url, self.instance.text())
        except UserFixable as error:
            self.complain(f"{error} {error.action}".strip())
            return
        LinkForm.last_network, LinkForm.last_instance = name, self.instance.text()
        if not open_url.open_url(where):
            self.complain(tr("No browser could be opened."))
            return
        self.dismiss()
