"""kithbook receive: from the command line, as a script would."""

import io
from pathlib import Path

import pytest

from desktop.cli.main import run
from desktop.library.opening import open_library
from desktop.paths import of_this_user
from desktop.share import pack_file, signing
from desktop.share.signing import Signer
from desktop.share.values import Pack, Sender
from tests.support.colleagues import item, marked, pack

SEED = b"\x01" * 32
SIGNER = Signer("Anna Berg", signing.key_of(SEED), "", SEED)


def written(folder: Path, one: Pack, signer: Signer = SIGNER, **options: str) -> str:
    return str(pack_file.write(one, folder / "pack", signer, **options).path)  # type: ignore[arg-type]


def two() -> Pack:
    sender = Sender(SIGNER.name, SIGNER.key)
    return pack(item("a", title="One", marks=[marked()]), item("b", title="Two"), sender=sender)


def titles() -> list[str]:
    with open_library(of_this_user(), write=False) as library:
        return [row[0] for row in library.reader.rows("SELECT title FROM source ORDER BY title")]


def test_a_dry_run_says_what_would_happen_and_takes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["receive", written(tmp_path, two()), "--dry-run"]) == 0

    said = capsys.readouterr().out.splitlines()
    assert said == [
        "For the migration", "From Anna Berg, seen for the first time and not yet confirmed.",
        "  1  One", "     New: link only", "  2  Two", "     New: link only",
    ]  # fmt: skip
    assert titles() == []


def test_chosen_items_are_taken_in_and_then_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, two())

    assert run(["receive", file, "--items", "2"]) == 0
    assert titles() == ["Two"]
    assert run(["receive", file]) == 0
    assert titles() == ["One", "Two"]
    assert "Taken in: 1 item from Anna Berg" in capsys.readouterr().out
    assert run(["receive", file]) == 0
    assert "Nothing new: you have all of it." in capsys.readouterr().out


@pytest.mark.parametrize("numbers", ["3", "0", "x", "1;2", "-1", "²"])
def test_a_number_that_is_none_is_told(
    numbers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["receive", written(tmp_path, two()), f"--items={numbers}"]) == 1
    assert capsys.readouterr().err


def test_a_pass_phrase_comes_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, two(), passphrase="seven herons")

    assert run(["receive", file]) == 1
    assert "--pass-phrase-from-stdin" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("seven herons\n"))
    assert run(["receive", file, "--pass-phrase-from-stdin"]) == 0
    assert titles() == ["One", "Two"]


def test_another_key_under_a_known_name_stops_until_it_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["receive", written(tmp_path, two())])
    other = b"\x02" * 32
    stranger = Signer(SIGNER.name, signing.key_of(other), "", other)
    file = written(tmp_path, pack(item("c", title="Three")), stranger)

    assert run(["receive", file]) == 1
    assert "not the one that you know Anna Berg by" in capsys.readouterr().err
    assert run(["receive", file, "--accept-new-key"]) == 0
    assert titles() == ["One", "Three", "Two"]


def test_what_is_no_pack_gets_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text("<p>Hello</p>")

    assert run(["receive", str(tmp_path / "a.html")]) == 1
    assert run(["receive", str(tmp_path / "none.html")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2
