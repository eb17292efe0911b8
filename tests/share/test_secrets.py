import logging
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as Nothing
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop.paths import Paths
from desktop.share import secrets
from desktop.share.secrets import Locked, Secrets, forget_session


class Ring(KeyringBackend):
    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Shut(Ring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    set_password = delete_password = get_password  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def own_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)
    forget_session()


@pytest.fixture
def safe(monkeypatch: pytest.MonkeyPatch) -> Ring:
    ring = Ring()
    monkeypatch.setattr(secrets, "SAFE", secrets.SAFE | {__name__})
    keyring.set_keyring(ring)
    return ring


def test_a_secret_is_kept_in_the_keyring_and_found_again(tmp_path: Path, safe: Ring) -> None:
    Secrets(Paths(tmp_path)).set("mail:ana@firm.example", "s3cret")

    again = Secrets(Paths(tmp_path))
    assert again.get("mail:ana@firm.example") == "s3cret"
    assert again.is_lasting
    assert again.notice() == ""
    assert list(safe.kept.values()) == ["s3cret"]


def test_two_libraries_share_no_secret(tmp_path: Path, safe: Ring) -> None:
    Secrets(Paths(tmp_path / "one")).set("signing key", "a")
    Secrets(Paths(tmp_path / "two")).set("signing key", "b")

    assert Secrets(Paths(tmp_path / "one")).get("signing key") == "a"
    assert len(safe.kept) == 2


def test_a_deleted_secret_is_gone_and_deleting_none_is_no_error(tmp_path: Path, safe: Ring) -> None:
    kept = Secrets(Paths(tmp_path))
    kept.set("a", "1")
    kept.delete("a")
    kept.delete("a")

    assert kept.get("a") == ""
    assert not safe.kept


def test_without_a_keyring_a_secret_lives_until_the_program_ends(tmp_path: Path) -> None:
    keyring.set_keyring(Nothing())
    kept = Secrets(Paths(tmp_path))
    kept.set("a", "1")

    assert Secrets(Paths(tmp_path)).get("a") == "1"
    assert not kept.is_lasting
    assert "no keyring" in kept.notice()
    forget_session()
    assert kept.get("a") == ""


def test_a_backend_that_is_not_the_systems_own_is_refused_by_name(tmp_path: Path) -> None:
    ring = Ring()
    keyring.set_keyring(ring)
    kept = Secrets(Paths(tmp_path))
    kept.set("a", "1")

    assert not ring.kept
    assert f"{__name__}.Ring" in kept.notice()
    assert kept.get("a") == "1"


def test_of_a_chain_only_a_safe_backend_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(ChainerBackend())
    ring = Ring()
    monkeypatch.setattr(secrets, "SAFE", secrets.SAFE | {__name__})
    monkeypatch.setattr(ChainerBackend, "backends", [Nothing(), ring])

    Secrets(Paths(tmp_path)).set("a", "1")

    assert list(ring.kept.values()) == ["1"]


def test_a_keyring_that_stays_locked_is_said_and_not_taken_for_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "SAFE", secrets.SAFE | {__name__})
    keyring.set_keyring(Shut())
    kept = Secrets(Paths(tmp_path))

    for call in (lambda: kept.get("a"), lambda: kept.set("a", "1"), lambda: kept.delete("a")):
        with pytest.raises(Locked, match="did not open"):
            call()


def test_no_secret_is_logged_or_shown(tmp_path: Path, safe: Ring, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    kept = Secrets(Paths(tmp_path))
    kept.set("a", "canary-7")

    assert "canary-7" not in caplog.text
    assert "canary-7" not in repr(kept)
