"""The password of a mail account: in the keyring, and found nowhere else."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from desktop.cli import main
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.share import mail_account, mail_round, mailing, secrets
from desktop.share.letters import Letter
from desktop.share.secrets import Secrets, forget_session
from tests.support.mail_server import PASSWORD, USER, certificate, serving

ROOT = Path(__file__).resolve().parents[2]


class InMemory(KeyringBackend):
    """A keyring that lasts as long as a test."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username))


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemory]:
    before, made = keyring.get_keyring(), InMemory()
    monkeypatch.setattr(secrets, "SAFE", secrets.SAFE | {__name__})
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)
    forget_session()


def seen_in_processes(secret: bytes) -> list[str]:
    """Command lines and environments of all processes that hold it."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                if secret in (place / name).read_bytes():
                    found.append(f"{place.name}/{name}")
            except OSError:
                continue  # gone, or somebody else's
    return found


def files_with(folder: Path, secret: bytes) -> list[str]:
    return [str(one) for one in folder.rglob("*") if one.is_file() and secret in one.read_bytes()]


def test_the_password_is_found_nowhere_but_in_the_keyring(
    ring: InMemory, tmp_path: Path, own_home: Path, capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    from desktop.library.opening import open_library

    caplog.set_level("DEBUG")
    paths, cert = Paths(own_home / "kithbook"), certificate(tmp_path / "cert", "localhost")
    with serving(cert) as server, open_library(paths, write=True) as library:
        settings, held = Settings.load(paths), Secrets(paths)
        one = mail_account.account(USER, "localhost", server.port, "starttls")
        mail_account.keep(settings, held, one, PASSWORD)
        assert library.writer is not None
        for wrong in (False, True):
            mailing.post(library.writer, Letter(("ben@firm.example",), "Six pages", "Hello", sender=USER))
            mailing.wake(library.writer)
            password = held.get(one.secret_name) + ("x" if wrong else "")
            mail_round.send_due(library, one, password, ca_file=cert[0], patience=20)
        states = sorted(found.state for found in mailing.outbox(library.reader))
        shown = repr((one, held, settings, mailing.outbox(library.reader)))
        in_processes = seen_in_processes(PASSWORD.encode())
    out = capfd.readouterr()

    assert states == ["failed", "sent"]
    assert list(ring.kept.values()) == [PASSWORD]
    assert mail_account.account_of(Settings.load(paths)) == one
    assert files_with(own_home, PASSWORD.encode()) == []
    assert in_processes == []
    ours = [record for record in caplog.records if not record.name.startswith("mail.")]  # the test's server
    assert PASSWORD not in shown + out.out + out.err + "".join(one.getMessage() for one in ours)

    mail_account.forget(settings, held)
    assert not ring.kept
    assert mail_account.account_of(Settings.load(paths)) is None


def test_the_command_reads_the_password_from_standard_input(
    ring: InMemory, own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    done = main.run(["mail", "account", "ana@gmx.de"])
    out = capsys.readouterr()

    assert done == 0
    assert "mail.gmx.net, port 465" in out.out
    assert "POP3 and IMAP" in out.err
    assert list(ring.kept.values()) == [PASSWORD]
    assert files_with(own_home, PASSWORD.encode()) == []
    assert main.run(["mail", "outbox"]) == 0
    assert "empty" in capsys.readouterr().out
    assert main.run(["mail", "forget"]) == 0
    assert not ring.kept
    assert main.run(["mail", "test"]) == 1
    assert "no mail account yet" in capsys.readouterr().err


_REAL = """
import sys
from pathlib import Path
import keyring
from desktop.paths import Paths
from desktop.share.secrets import Secrets
held = Secrets(Paths(Path(sys.argv[1])))
assert held.is_lasting, type(keyring.get_keyring())
held.set("mail:ana@firm.example", "pass-canary")
again = Secrets(Paths(Path(sys.argv[1])))
assert again.get("mail:ana@firm.example") == "pass-canary"
again.delete("mail:ana@firm.example")
assert again.get("mail:ana@firm.example") == ""
print("kept by", type(keyring.get_keyring()).__module__)
"""


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="no gnome-keyring-daemon here: the Secret Service of a desktop is not proved on this machine",
)
def test_a_real_secret_service_keeps_the_password(tmp_path: Path, own_home: Path) -> None:
    script = tmp_path / "keep.py"
    script.write_text(_REAL)
    unlock = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
    run = f'{unlock}; exec "{sys.executable}" "{script}" "{tmp_path / "library"}"'

    ours = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", run],
        env={**ours, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "SecretService" in done.stdout or "libsecret" in done.stdout or "chainer" in done.stdout
    assert files_with(own_home, b"pass-canary") == []
