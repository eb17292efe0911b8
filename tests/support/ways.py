"""For tests of the ways out: a pack in a window, a real mail server, what is given to the system."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.learning import people
from desktop.share import mail_account, mailing, pack_file, secrets, sent
from desktop.share.mailing import Mailed
from desktop.share.making import MadePack
from desktop.ui.desk import Desk
from desktop.ui.ways import posting
from desktop.ui.ways.acts import Way, acts
from desktop.ui.window import MainWindow
from tests.support import packs
from tests.support.mail_server import PASSWORD, USER, Server, certificate, serving

Wait = Callable[[Callable[[], bool]], None]
LEFT = Qt.MouseButton.LeftButton
LEILA = "leila@team.example"


class Catcher(QObject):
    """Takes what is given to the system."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


@pytest.fixture
def opened() -> Iterator[list[QUrl]]:
    catcher, schemes = Catcher(), ("http", "https", "mailto", "file")
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, catcher, "take")
    yield catcher.urls
    for scheme in schemes:
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A real one, whose certificate the system trusts."""
    cert = certificate(tmp_path / "cert", "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(cert[0]))
    with serving(cert) as running:
        yield running
    secrets.forget_session()


@pytest.fixture
def person_id(desk: Desk) -> int:
    """Leila, with her address."""
    assert desk.library is not None
    assert desk.library.writer is not None
    people.keep(desk.library.writer, "Leila", address=LEILA)
    row = people.named(desk.library.reader, "Leila")
    assert row is not None
    return row.id


@pytest.fixture
def ways(desk: Desk, tmp_path: Path, person_id: int) -> list[Way]:
    async def made() -> MadePack:
        pack = packs.pack(packs.readings().items[:2], title="Reading for Leila", message="Have a *look*.")
        written = pack_file.write(pack, tmp_path / "Reading.kithbook.html", packs.signer())
        return MadePack(pack, written, packs.signer(), "", person_id)

    return list(acts(desk, made))


def run(ways: list[Way], label: str) -> None:
    next(one for one in ways if one.label == label).run()


def mails(desk: Desk) -> list[Mailed]:
    assert desk.reader is not None
    return mailing.outbox(desk.reader)


def recorded(desk: Desk) -> list[str]:
    assert desk.reader is not None
    return [one.way for one in sent.all_of(desk.reader, "sent")]


def keep_account(desk: Desk, server: Server, password: str = PASSWORD) -> None:
    one = mail_account.account(USER, "127.0.0.1", server.port, "starttls")
    mail_account.keep(desk.settings, posting.of(desk).secrets, one, password)


def start(desk: Desk) -> None:
    assert desk.library is not None
    posting.of(desk).start(desk.library)


def press(window: MainWindow, words: str) -> None:
    """The button of a banner."""
    button = next(one for one in window.banners.findChildren(QAbstractButton) if one.text() == words)
    QTest.mouseClick(button, LEFT)
