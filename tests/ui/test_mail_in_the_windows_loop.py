"""The window's own loop can carry a mail; why it does not is told in `share.mail`."""

from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from desktop.share import mail
from desktop.share.mail_account import account
from tests.support.mail_server import PASSWORD, USER, certificate, serving


def test_a_mail_goes_out_by_starttls_in_the_loop_of_qasync(tmp_path: Path, qapp: QApplication) -> None:
    cert = certificate(tmp_path / "cert", "127.0.0.1")
    with serving(cert) as server, qasync.QEventLoop(qapp) as loop:
        one = account(USER, "127.0.0.1", server.port, "starttls")

        loop.run_until_complete(mail.send_test(one, PASSWORD, ca_file=cert[0], patience=20))

        assert len(server.got) == 1
