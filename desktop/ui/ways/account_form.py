"""The form for one's mail account: the address first, and what is known of its provider is filled in.

Surprising: the password field is empty even when a password is kept. It goes into the keyring and never comes
back into the window; left empty, the kept one stays.
"""

import asyncio
from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.share import mail_account, mailing
from desktop.share.mail_account import Account
from desktop.share.mail_providers import PORTS, Security, provider_of
from desktop.store.changes import Changes, Noun
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.parts.words_card import Words
from desktop.ui.ways import posting


class AccountForm(FormOverlay):
    """``then`` is called once the account is kept."""

    def __init__(self, desk: Desk, parent: QWidget, then: Callable[[], None] = lambda: None) -> None:
        here = mail_account.account_of(desk.settings)
        super().__init__(desk, tr("Your mail account"), tr("Keep"), parent)
        self._then = then
        self._is_touched = here is not None
        """The server was typed or kept: an address does not change it any more."""
        self.address = self.add_line(tr("Your address"), here.address if here else "", "ana@firm.example")
        self.hint = Words(desk.theme, "caption", 17, "muted")
        self.fields.addWidget(self.hint)
        row = self.add_row()
        self.host = self.add_line(
            tr("Server for sending (SMTP)"), here.host if here else "", "smtp.firm.example", row=row
        )
        choices = [(tr("TLS, port 465"), Security.TLS), (tr("STARTTLS, port 587"), Security.STARTTLS)]
        self.security = self.add_choice(
            tr("Encryption"), list(choices), here.security if here else Security.TLS, row
        )
        self.port = self.add_line(
            tr("Port, if another"), str(here.port) if here and here.port != PORTS[here.security] else ""
        )
        shown = here.user if here and here.user != here.address else ""
        self.user = self.add_line(tr("User name, if it is not the address"), shown)
        kept = tr("Empty: the one that is kept") if here else ""
        self.password = self.add_line(tr("Password"), "", kept)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.where = Words(desk.theme, "caption", 17, "muted")
        self.where.say(tr("The password goes into the keyring of this computer, nowhere else."))
        self.fields.addWidget(self.where)
        self.address.textChanged.connect(self._on_address)
        self.host.textEdited.connect(self._on_touched)
        self._on_address(self.address.text())
        desk.tasks.start(self._look_at_keyring())

    async def _look_at_keyring(self) -> None:
        notice = await self.desk.tasks.work(posting.of(self.desk).secrets.notice)
        if notice:
            self.where.say(notice)
            self.refit()

    def _on_touched(self, _text: str) -> None:
        self._is_touched = True

    def _on_address(self, typed: str) -> None:
        known = provider_of(typed)
        self.hint.say(known.hint if known else "")
        self.hint.setVisible(bool(known and known.hint))
        if known is not None and not self._is_touched:
            self.host.setText(known.host if known.takes_passwords else "")
            self.security.setCurrentIndex(self.security.findData(known.security))
        if self.isVisible():
            self.refit()

    def is_ready(self) -> bool:
        return "@" in self.address.text()

    def typed(self) -> Account:
        """What the fields say. Raises BadInput."""
        port = self.port.text().strip()
        return mail_account.account(
            self.address.text(),
            self.host.text(),
            (int(port) if port.isdecimal() and len(port) < 6 else -1) if port else 0,
            str(self.security.currentData()),
            self.user.text(),
        )

    def act(self) -> "asyncio.Task[Changes | None] | None":
        try:
            account = self.typed()
        except UserFixable as error:
            self.complain(f"{error} {error.action}".strip())
            return None
        return self.desk.tasks.start(self._keep(account))

    async def _keep(self, account: Account) -> Changes | None:
        desk, password = self.desk, self.password.text()
        secrets = posting.of(desk).secrets
        try:
            await desk.tasks.attempt(mail_account.keep, desk.settings, secrets, account, password)
        except UserFixable as error:
            self.complain(f"{error} {error.action}".strip())
            return None
        desk.announce(Changes(frozenset({Noun.SETTING})))
        return Changes(frozenset({Noun.SETTING}))

    def after(self, changes: Changes) -> None:
        self.desk.tasks.start(self._wake())
        self._then()

    async def _wake(self) -> None:
        """What waits may go now: the password may have been the reason."""
        await self.desk.tasks.run("wake the outbox", mailing.wake, can_undo=False)
        posting.of(self.desk).send_now()
