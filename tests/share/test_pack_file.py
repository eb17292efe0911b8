"""A pack goes out as one file and comes back the same; what was touched on the way does not."""

import base64
import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from desktop.errors import BadInput, NoSpace, Refused, UserFixable
from desktop.share import opening, pack_file, pack_html
from desktop.share.opening import NeedsKey, open_block, open_bytes, open_pack
from desktop.share.pack_file import OPEN_PACK, OPEN_SEAL, write
from desktop.share.signing import new_seed, sign
from desktop.share.values import Pack, Sender
from tests.support.packs import AGE, SEED, annotation, item, pack, picture, readings, signer, uuid

TIMES = 1_000


def named(given: Pack) -> Pack:
    """The pack as its signer's."""
    own = signer()
    return replace(given, sender=Sender(own.name, own.key, own.age))


@pytest.fixture
def signed(tmp_path: Path) -> bytes:
    return write(readings(), tmp_path / "p.html", signer()).path.read_bytes()


def test_a_signed_pack_comes_back_the_same(tmp_path: Path) -> None:
    written = write(readings(), tmp_path / "Readings.html", signer())

    opened = open_pack(written.path)

    assert opened.pack == named(readings())
    assert opened.is_signed
    assert opened.key == signer().key
    assert opened.does_visible_part_match is True
    assert (opened.block, opened.signature) == (written.block, written.signature)
    assert [path.name for path in tmp_path.glob("*.html*")] == ["Readings.html"]


def test_the_same_pack_gives_the_same_bytes(tmp_path: Path) -> None:
    one = write(readings(), tmp_path / "a.html", signer())
    two = write(readings(), tmp_path / "b.html", signer())

    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.sha256 == two.sha256


def test_an_unsigned_pack_names_no_key(tmp_path: Path) -> None:
    given = replace(readings(), sender=Sender("Ana", signer().key))

    opened = open_pack(write(given, tmp_path / "p.html").path)

    assert not opened.is_signed
    assert opened.key == opened.pack.sender.key == opened.signature == ""
    assert opened.pack.sender.name == "Ana"


def test_a_pack_in_another_language_still_matches_its_page(tmp_path: Path) -> None:
    written = write(readings(), tmp_path / "p.html", signer(), lang="de")

    assert 'lang="de"' in written.path.read_text("utf-8")
    assert open_pack(written.path).does_visible_part_match is True


def test_a_large_pack_is_a_zip_with_its_pictures_beside(tmp_path: Path) -> None:
    written = write(readings(), tmp_path / "p.html", signer(), alone=1_000)

    opened = open_pack(written.path)

    assert written.path.name == "p.zip"
    assert opened.pack == named(readings())
    assert opened.does_visible_part_match is True


def test_a_kept_block_opens_again_without_its_file(tmp_path: Path) -> None:
    opened = open_pack(write(readings(), tmp_path / "p.html", signer()).path)
    pictures = {one.name: one.data for one in opened.pack.pictures}

    assert open_block(opened.block, opened.signature, opened.key, pictures).pack == opened.pack
    assert open_block(opened.block, opened.signature, opened.key, {}).pack.pictures == ()
    with pytest.raises(Refused):
        open_block(opened.block + b" ", opened.signature, opened.key, pictures)


def test_what_another_person_wrote_into_the_page_is_seen(signed: bytes) -> None:
    other = signed.replace(b"Number three is the one to steal", b"Number three is the one to avoid", 1)

    opened = open_bytes(other)

    assert opened.does_visible_part_match is False
    assert "to steal" in opened.pack.items[1].sentence


def test_a_page_by_another_version_is_not_called_false(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_html, "FORM", 99)
    written = write(readings(), tmp_path / "p.html", signer())
    monkeypatch.undo()

    assert open_pack(written.path).does_visible_part_match is None


def span(page: bytes) -> tuple[int, int]:
    """Where the signed block and its seal stand."""
    return page.index(OPEN_PACK), page.rindex(b"</script>")


def refusals(damaged: Callable[[random.Random], bytes]) -> int:
    chance, refused = random.Random(7), 0
    for _ in range(TIMES):
        try:
            open_bytes(damaged(chance))
        except UserFixable:
            refused += 1
    return refused


def test_of_a_thousand_bit_flips_none_is_accepted(signed: bytes) -> None:
    first, last = span(signed)

    def flipped(chance: random.Random) -> bytes:
        page, place = bytearray(signed), chance.randrange(first, last)
        page[place] ^= 1 << chance.randrange(8)
        return bytes(page)

    assert refusals(flipped) == TIMES


def test_of_a_thousand_truncations_none_is_accepted(signed: bytes) -> None:
    first, last = span(signed)

    assert refusals(lambda chance: signed[: chance.randrange(first, last)]) == TIMES


def test_a_thousand_lost_pieces_are_noticed(signed: bytes) -> None:
    first, last = span(signed)

    def shortened(chance: random.Random) -> bytes:
        start = chance.randrange(first, last - 1)
        return signed[:start] + signed[chance.randrange(start + 1, last) :]

    assert refusals(shortened) == TIMES


def test_a_signature_that_was_taken_off_is_missed(signed: bytes) -> None:
    start = signed.index(OPEN_SEAL) + len(OPEN_SEAL)
    end = signed.index(b"</script>", start)
    seal = json.loads(signed[start:end]) | {"key": "", "signature": ""}
    bare = signed[:start] + json.dumps(seal, sort_keys=True, separators=(",", ":")).encode() + signed[end:]

    with pytest.raises(Refused, match="another key"):
        open_bytes(bare)


def test_a_signature_by_another_key_than_the_sender_named_is_refused(signed: bytes) -> None:
    start = signed.index(OPEN_SEAL) + len(OPEN_SEAL)
    end = signed.index(b"</script>", start)
    block = base64.b64decode(
        signed[signed.index(OPEN_PACK) + len(OPEN_PACK) : signed.index(b"</script>", span(signed)[0])]
    )
    seed = new_seed()
    other = signer(seed=seed)
    seal = json.loads(signed[start:end]) | {"key": other.key, "signature": sign(seed, block).hex()}
    page = signed[:start] + json.dumps(seal, sort_keys=True, separators=(",", ":")).encode() + signed[end:]

    with pytest.raises(Refused, match="another key"):
        open_bytes(page)


def test_a_picture_that_was_exchanged_in_the_page_is_missed(signed: bytes) -> None:
    shown = re.search(rb'src="data:image/png;base64,([^"]+)"', signed)
    assert shown is not None
    other = signed.replace(shown[1], base64.b64encode(picture(2, 64).data))

    with pytest.raises(Refused, match="picture"):
        open_bytes(other)


@pytest.mark.parametrize("data", [b"", b"<html>", b"PK", b"PK\3\4" + bytes(100), b"\x00" * 5_000, OPEN_PACK])
def test_what_is_no_pack_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        open_bytes(data)

    assert str(refused.value).endswith(".")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    for place in (tmp_path / "none.html", tmp_path):
        with pytest.raises(BadInput, match="cannot be read"):
            open_pack(place)


def test_a_pack_for_one_person_opens_by_their_key_and_the_senders(tmp_path: Path) -> None:
    ben = pyrage.x25519.Identity.generate()
    path = write(readings(), tmp_path / "p.html", signer(), to=[str(ben.to_public())]).path

    assert path.name == "p.html.age"
    assert open_pack(path, identity=str(ben)).pack == named(readings())
    assert open_pack(path, identity=str(AGE)).is_signed
    for wrong in ("", str(pyrage.x25519.Identity.generate()), "nonsense"):
        with pytest.raises(NeedsKey) as needs:
            open_pack(path, identity=wrong)
        assert not needs.value.is_passphrase


def test_a_pack_under_a_pass_phrase_opens_by_it_alone(tmp_path: Path) -> None:
    path = write(readings(), tmp_path / "p.html", passphrase="correct horse").path

    assert open_pack(path, passphrase="correct horse").pack.title == readings().title
    with pytest.raises(NeedsKey, match="locked"):
        open_pack(path)
    with pytest.raises(NeedsKey, match="wrong") as needs:
        open_pack(path, passphrase="wrong horse")
    assert needs.value.is_passphrase


def test_a_pass_phrase_that_would_eat_the_memory_is_not_tried() -> None:
    header = b"age-encryption.org/v1\n-> scrypt c2FsdHNhbHRzYWx0c2FsdA 30\nAAAA\n--- AAAA\n"

    with pytest.raises(Refused, match="memory"):
        open_bytes(header, passphrase="x")


def test_age_files_of_debian_open_here_and_ours_there(tmp_path: Path) -> None:
    age, keygen = shutil.which("age"), shutil.which("age-keygen")
    if age is None or keygen is None:
        pytest.skip("Debian's age is not installed")
    key = tmp_path / "key.txt"
    subprocess.run([keygen, "-o", str(key)], check=True, capture_output=True)
    identity = key.read_text().splitlines()[-1]
    public = str(pyrage.x25519.Identity.from_str(identity).to_public())
    plain = write(readings(), tmp_path / "p.html", signer()).path
    ours = write(readings(), tmp_path / "q.html", signer(), to=[public]).path

    there = subprocess.run([age, "-d", "-i", str(key), str(ours)], check=True, capture_output=True).stdout
    assert there == plain.read_bytes()
    for more in ([], ["-a"]):
        theirs = tmp_path / "theirs.age"
        subprocess.run([age, "-r", public, *more, "-o", str(theirs), str(plain)], check=True)
        assert open_pack(theirs, identity=identity).is_signed


def test_no_recipient_is_no_reason_to_send_it_open(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="key of this person"):
        write(readings(), tmp_path / "p.html", to=["age1nonsense"])

    assert list(tmp_path.glob("p*")) == []


def test_what_a_receiver_would_refuse_is_not_written(tmp_path: Path) -> None:
    for given in (pack((item(1, "x" * 9_000),)), pack((item(1, "a"), item(1, "b")))):
        with pytest.raises(BadInput, match="cannot be made into a pack"):
            write(given, tmp_path / "p.html")

    assert list(tmp_path.glob("p*")) == []


def test_a_folder_that_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(NoSpace, match="could not be written"):
        write(readings(), tmp_path / "gone" / "p.html")


def test_a_full_disk_is_said_and_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(readings(), tmp_path / "p.html").path
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pack_file, "write_whole", full)
    with pytest.raises(NoSpace, match="disk is full"):
        write(readings(), path, signer())

    assert path.read_bytes() == before


def test_an_answer_to_an_answer_is_shown_once_and_a_ring_of_them_too() -> None:
    marks = (
        annotation(1, "alpha"),
        annotation(2, "", "beta", reply_to=uuid(1)),
        annotation(3, "", "gamma", reply_to=uuid(2)),
        annotation(4, "", "delta", reply_to=uuid(5)),
        annotation(5, "", "omega", reply_to=uuid(4)),
    )

    page = pack_file.page(pack((item(1, "One", annotations=marks),)))

    assert [page.count(word) for word in ("alpha", "beta", "gamma", "delta", "omega")] == [1] * 5


def test_signs_that_turn_names_and_hosts_round_are_written_out() -> None:
    given = pack(
        (item(1, "One", author="Ana\u202egnp", url="https://xn--pple-43d.com/"),), sender=Sender("B\u202een")
    )

    page = pack_file.page(given)

    assert "\u202e" not in page
    assert "⟨U+202E⟩" in page
    assert "xn--pple-43d.com (аpple.com)" in page


def test_an_address_that_is_not_of_the_web_does_not_leave(tmp_path: Path) -> None:
    given = pack((item(1, "One", url="javascript:alert(1)"), item(2, "Two", url="file:///etc/passwd")))

    opened = open_pack(write(given, tmp_path / "p.html").path)

    assert [one.url for one in opened.pack.items] == ["", ""]


def test_the_page_changed_so_its_form_must_have_another_number() -> None:
    """When this fails: raise `pack_html.FORM`, and write the new pair here."""
    page = pack_file.page(readings(), signer(), "en")
    page = page.replace(str(AGE.to_public()), "age")

    assert (pack_html.FORM, opening.hashlib.sha256(page.encode()).hexdigest()[:16]) == (1, "ecf2a082310bef8f")
    assert SEED.hex() not in page
