"""One name, one pair of keys, made once; the private halves are in the keyring and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as Nothing

from desktop.library import undo
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.share import identity, secrets
from desktop.share.opening import open_pack
from desktop.share.pack_file import write
from desktop.share.secrets import Secrets, forget_session
from tests.support.packs import readings


class Ring(KeyringBackend):
    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    before, ring = keyring.get_keyring(), Ring()
    monkeypatch.setattr(secrets, "SAFE", secrets.SAFE | {__name__})
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)
    forget_session()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = open_library(Paths(tmp_path / "library"), write=True)
    yield library
    library.close()


def ready(library: Library, name: str = "Ana") -> identity.Ready:
    assert library.writer is not None
    return identity.ready(library.reader, library.writer, Secrets(library.paths), name)


def test_keys_are_made_at_the_first_share_and_kept(library: Library, ring: Ring) -> None:
    assert identity.own(library.reader) == identity.Own("")

    first, again = ready(library), ready(library, "Somebody")

    assert first == again
    assert first.signer is not None
    assert first.why_unsigned == ""
    kept = identity.own(library.reader)
    assert (kept.name, kept.key, kept.age) == ("Ana", first.sender.key, first.sender.age)
    assert len(kept.words) == 6
    assert len(ring.kept) == 2


def test_a_pack_signed_by_it_opens_and_what_is_for_it_too(
    library: Library, ring: Ring, tmp_path: Path
) -> None:
    made = ready(library)
    path = write(readings(), tmp_path / "p.html", made.signer, to=[made.sender.age]).path

    opened = open_pack(path, identity=identity.age_identity(Secrets(library.paths)))

    assert opened.pack.sender == made.sender


def test_no_private_half_is_in_any_file(library: Library, ring: Ring) -> None:
    ready_again = ready(library)
    library.close()

    files = b"".join(path.read_bytes() for path in library.paths.home.rglob("*") if path.is_file())
    for value in ring.kept.values():
        assert value.encode() not in files
        assert value.removeprefix("AGE-SECRET-KEY-").encode() not in files
    assert not any(value in repr(ready_again) for value in ring.kept.values())


def test_without_a_keyring_nothing_is_signed_and_the_person_is_told(library: Library) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Nothing())
    try:
        made = ready(library)
    finally:
        keyring.set_keyring(before)

    assert made.signer is None
    assert made.sender.name == "Ana"
    assert "not signed" in made.why_unsigned
    assert "no keyring" in made.why_unsigned
    assert identity.own(library.reader).key == ""


def test_without_a_writer_a_key_is_used_and_none_is_made(library: Library, ring: Ring) -> None:
    reading = Secrets(library.paths)

    assert identity.ready(library.reader, None, reading, "Ana").signer is None
    assert not ring.kept
    made = ready(library)
    assert identity.ready(library.reader, None, reading, "Ana") == made


def test_a_key_that_is_gone_is_not_quietly_replaced(library: Library, ring: Ring) -> None:
    old = ready(library).sender.key
    ring.kept.clear()

    lost = ready(library)
    assert lost.signer is None
    assert "not in the keyring" in lost.why_unsigned
    assert identity.own(library.reader).key == old

    assert library.writer is not None
    new = identity.renew(library.reader, library.writer, Secrets(library.paths))
    assert new.sender.key not in ("", old)
    assert ready(library).sender == new.sender


def test_another_name_leaves_the_key_and_can_be_undone(library: Library, ring: Ring) -> None:
    key = ready(library).sender.key
    assert library.writer is not None

    changes = identity.rename(library.writer, "  Ana   Lima ")

    assert changes.label == "My name is now Ana Lima"
    assert ready(library).sender.name == "Ana Lima"
    assert ready(library).sender.key == key
    undo.undo(library.writer)
    assert ready(library).sender.name == "Ana"
