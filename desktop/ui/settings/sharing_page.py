"""The page "Sharing" of the settings: my name, six words, the mail account, the shared folder, hosts inside.

Surprising: the six words are there only after the first pack. A key is made when it is needed, and looking at
a page of the settings makes none.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.share import identity, mail_account, words
from desktop.share.identity import Own
from desktop.share.mail_account import Account, account_of
from desktop.share.secrets import Secrets
from desktop.store.changes import Changes, Noun
from desktop.ui.desk import Desk
from desktop.ui.dialogs.confirm import Confirm
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import tall
from desktop.ui.parts.page import Column, heading
from desktop.ui.parts.words_card import Words
from desktop.ui.settings.pages import Fact
from desktop.ui.theme import Theme
from desktop.ui.ways import leaving, posting
from desktop.ui.ways.account_form import AccountForm

FIELD = 240


class FieldRow(QWidget):
    """A label, what it means, and a field that is kept when it is left."""

    def __init__(self, theme: Theme, label: str, helps: str, hint: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(tall())
        text = QVBoxLayout()
        text.setSpacing(0)
        name, more = Words(theme, "strong", 19), Words(theme, "caption", 17, "muted")
        name.say(label)
        more.say(helps)
        text.addWidget(name)
        text.addWidget(more)
        self.field = QLineEdit()
        self.field.setAccessibleName(label)
        self.field.setAccessibleDescription(helps)
        self.field.setPlaceholderText(hint)
        self.field.setFixedWidth(FIELD)
        self.field.editingFinished.connect(lambda: keep(self.field.text().strip()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 11)
        row.setSpacing(16)
        row.addLayout(text, 1)
        row.addWidget(self.field, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self.update)

    def show_text(self, text: str) -> None:
        """Show what is kept, unless the person is typing."""
        if not self.field.hasFocus():
            self.field.setText(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))


class SharingPage(Column):
    """A page of the settings."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._own = Own("")
        theme = desk.theme
        self.name = FieldRow(
            theme, tr("My name"), tr("Colleagues see it on everything that you share."), tr("Your name"),
            self._keep_name,
        )  # fmt: skip
        self.six = Fact(theme, tr("My six words"), "", self._copy_button())
        self.keyring = Words(theme, "caption", 17, "warning")
        self.keyring.hide()
        self.account = Fact(theme, tr("Account"), "")
        self.change = Button(theme, "", icon="mail")
        self.test = Button(theme, tr("Send me a test mail"), icon="send")
        self.forget = Button(theme, tr("Forget account"), icon="trash-2")
        self.result = Words(theme, "body", 20)
        self.result.hide()
        self.folder = Fact(theme, tr("Folder"), "")
        self.choose = Button(theme, tr("Choose …"), icon="folder")
        self.leave = Button(theme, tr("Use it no more"), icon="x")
        self.hosts = FieldRow(
            theme, tr("Hosts inside"),
            tr("Servers of your organisation, with commas between them. Their addresses never leave."),
            "wiki.firm.example", self._keep_hosts,
        )  # fmt: skip
        self._build(theme)
        self.change.clicked.connect(self.ask_account)
        self.test.clicked.connect(self.send_test)
        self.forget.clicked.connect(self.ask_forget)
        self.choose.clicked.connect(partial(leaving.choose_folder, desk))
        self.leave.clicked.connect(partial(desk.keep_setting, "shared_folder", ""))
        desk.changed.connect(self._on_changed)
        self._show()

    def _copy_button(self) -> Button:
        self.copy = Button(self._desk.theme, tr("Copy"), icon="copy")
        self.copy.setAccessibleName(tr("Copy my six words"))
        self.copy.clicked.connect(self._on_copy)
        return self.copy

    def _build(self, theme: Theme) -> None:
        add = self.column.addWidget
        add(heading(theme, tr("Sharing")))
        self.column.addSpacing(8)
        for widget in (self.name, self.six, self.keyring):
            add(widget)
        self._section(theme, tr("Mail account"), tr(
            "Packs can go out by your own account. Its password goes into the keyring, nowhere else."
        ))  # fmt: skip
        add(self.account)
        self._row(self.change, self.test, self.forget)
        add(self.result)
        self._section(theme, tr("Shared folder"), tr(
            "A folder that colleagues see too, such as one of Nextcloud or OneDrive: packs go in, and new "
            "ones of others are found there."
        ))  # fmt: skip
        add(self.folder)
        self._row(self.choose, self.leave)
        self._section(theme, tr("What stays inside"), "")
        add(self.hosts)
        self.column.addStretch(1)

    def _section(self, theme: Theme, title: str, says: str) -> None:
        self.column.addSpacing(28)
        self.column.addWidget(heading(theme, title, "section"))
        if says:
            more = Words(theme, "caption", 17, "muted")
            more.say(says)
            self.column.addSpacing(2)
            self.column.addWidget(more)

    def _row(self, *buttons: Button) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 6)
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    # ── what is so ──────────────────────────────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        """Read when it is seen."""
        super().showEvent(event)
        self._desk.tasks.start(self._read())

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & {Noun.SETTING, Noun.IDENTITY}:
            self._show()
            if self.isVisible():
                self._desk.tasks.start(self._read())

    async def _read(self) -> None:
        own = await self._desk.tasks.read(identity.own)
        if own is not None:
            self._own = own
        notice = await self._desk.tasks.work(posting.of(self._desk).secrets.notice)
        self.keyring.say(notice or "")
        self.keyring.setVisible(bool(notice))
        self._show()

    def _show(self) -> None:
        settings, here = self._desk.settings, account_of(self._desk.settings)
        self.name.show_text(self._own.name or settings.text("my_name"))
        self.hosts.show_text(settings.text("inside_hosts"))
        six = words.said(self._own.key)
        self.six.words.say(
            tr("{words}\nA colleague compares them aloud with yours on their screen.").format(words=six)
            if six
            else tr("They are made with the first pack that you sign.")
        )
        self.copy.setVisible(bool(six))
        self.account.words.say(_told(here) if here else tr("None yet. A mail draft works without one."))
        self.change.set_label(tr("Change …") if here else tr("Add an account …"))
        self.change.setAccessibleName(tr("Change the mail account") if here else tr("Add a mail account"))
        self.test.setVisible(here is not None)
        self.forget.setVisible(here is not None)
        folder = settings.text("shared_folder")
        self.folder.words.say(folder or tr("None yet."))
        self.leave.setVisible(bool(folder))

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def _keep_name(self, name: str) -> None:
        if name == (self._own.name or self._desk.settings.text("my_name")):
            return
        if self._desk.keep_setting("my_name", name) and self._own.name:
            self._desk.tasks.run("rename", identity.rename, name)

    def _keep_hosts(self, hosts: str) -> None:
        if hosts != self._desk.settings.text("inside_hosts"):
            self._desk.keep_setting("inside_hosts", hosts)

    def _on_copy(self) -> None:
        from desktop.ui.exporting import clipboard

        six = words.said(self._own.key)
        clipboard.put(six, six)
        self._desk.say(tr("Copied"))

    def ask_account(self) -> None:
        """The form."""
        self.result.hide()
        self._desk.ask_overlay(lambda window: AccountForm(self._desk, window))

    def send_test(self) -> None:
        """A mail to oneself; what came of it stands below the account."""
        here = account_of(self._desk.settings)
        if here is not None and self.test.isEnabled():
            self.test.setEnabled(False)
            self._say(tr("Sending a test mail to {address} …").format(address=here.address), "muted")
            self._desk.tasks.start(self._test(here))

    async def _test(self, here: Account) -> None:
        name = self._own.name or self._desk.settings.text("my_name")
        try:
            await self._desk.tasks.labour(_test, here, posting.of(self._desk).secrets, name)
            self._say(tr("It works: look into your inbox for “Kithbook can send”."), "success")
        except UserFixable as error:
            self._say(f"{error} {error.action}".strip(), "danger")
        finally:
            self.test.setEnabled(True)

    def _say(self, sentence: str, ink: str) -> None:
        self.result.set_ink(ink)
        self.result.say(sentence)
        self.result.show()

    def ask_forget(self) -> None:
        """Ask, since the password is gone then."""
        here = account_of(self._desk.settings)
        if here is None:
            return

        def make(window: QWidget) -> Confirm:
            title = tr("Forget the account {address}?").format(address=here.address)
            said = tr("Its password is removed from the keyring. Mails that wait stay in the outbox.")
            box = Confirm(self._desk, title, said, tr("Forget account"), window)
            box.agreed.connect(lambda: self._desk.tasks.start(self._forget()))
            return box

        self._desk.ask_overlay(make)

    async def _forget(self) -> None:
        try:
            await self._desk.tasks.attempt(
                mail_account.forget, self._desk.settings, posting.of(self._desk).secrets
            )
        except UserFixable as error:
            self._say(f"{error} {error.action}".strip(), "danger")
            return
        self.result.hide()
        self._desk.announce(Changes(frozenset({Noun.SETTING})))
        self._desk.say(tr("The account is forgotten"))


def _told(one: Account) -> str:
    return tr("{address}\nby {host}, port {port}, {security}").format(
        address=one.address, host=one.host, port=one.port, security=one.security.value.upper()
    )


def _test(one: Account, secrets: Secrets, name: str) -> None:
    """On a thread of its own. Raises UserFixable."""
    import asyncio

    from desktop.share import mail  # brings aiosmtplib

    asyncio.run(mail.send_test(one, secrets.get(one.secret_name), name))
