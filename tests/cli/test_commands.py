"""The commands as a person types them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli import main, opened
from desktop.cli.command import Command
from desktop.errors import UserFixable
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.settings import Settings
from native_host.spool import Spool
from tests.support.pdf_file import pdf_file
from tests.support.spooled import PAGE
from tests.support.web import serving

Run = Callable[..., str]


def test_every_command_has_help(run: Run) -> None:
    whole = run("--help")

    for command in main.COMMANDS:
        assert command.name in whole
        assert command.help in " ".join(whole.split())
        assert run(command.name, "--help").startswith(f"usage: kithbook {command.name}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("frobnicate",), "“frobnicate” is not known here. “kithbook --help” says more."),
        (("add",), "Something is missing: URL|FILE. “kithbook add --help” says more."),
        ((), "Something is missing: COMMAND. “kithbook --help” says more."),
        (("show", "1", "--format", "word"), "“word” is not known here. Choose one of text, markdown, html,"),
        (("list", "--limit", "ten"), "--limit needs a whole number, and “ten” is none."),
        (("add", "page.html", "--foo"), "“--foo” is not known here. “kithbook add --help” says more."),
        (("goals", "add", "x", "--by"), "--by needs a value behind it. “kithbook goals add --help”"),
    ],
)  # fmt: skip
def test_wrong_use_is_two_and_one_sentence_and_the_help(run: Run, words: tuple[str, ...], said: str) -> None:
    answer = run(*words, status=2)

    assert said in answer
    assert answer.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "9" * 30), "There is no page 9"),
        (("find", " "), "There is nothing to look for."),
        (("add", "."), "“.” is a folder. Name a file in it."),
        (("portfolio", "9" * 30, "out.html"), "There is no goal “9"),
        (("portfolio", "Talks", "out"), "The name of the file does not say which form it shall have."),
        (("toolkit", "table", "out.xlsx"), "not as .xlsx. Name the file ….csv"),
        (("toolkit", "table", "no-folder/out.csv"), "The folder no-folder is not there."),
        (("activities", "add", "book", "B", "--minutes", "-4"), "Minutes are a number from 0."),
        (("activities", "add", "book", "B", "--begins", "someday 14:00"), "“someday 14:00” is not a time."),
        (("activities", "import", "."), "is a folder."),
        (("activities", "import", "none.ics"), "There is no file “none.ics”."),
    ],
)
def test_clumsy_input_is_refused_in_a_sentence_that_helps(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    assert said in run(*words, status=1)


def test_an_outline_that_is_none_plans_nothing(run: Run, tmp_path: Path) -> None:
    picture = tmp_path / "outline.png"
    picture.write_bytes(b"\x89PNG\0\n" * 3000)

    assert "is not a text file" in run("activities", "add", "book", "B", "--outline", str(picture), status=1)
    picture.write_text("\n \n", encoding="utf-8")
    assert "There are no units" in run("activities", "add", "book", "B", "--outline", str(picture), status=1)
    assert "Nothing planned yet" in run("activities")


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == "Kithbook 0.1.0\n"


def test_a_page_is_added_listed_shown_and_known_to_the_host(run: Run, page: str, paths: Paths) -> None:
    said = run(
        "add", page, "--tag", "one", "--tag", "two", "--goal", "Debrief well", "--why", "For Monday",
        "--found-through", "Miriam",
    )  # fmt: skip

    assert said.startswith("Saved as 1: How to debrief")
    (row,) = json.loads(run("list", "--json"))
    assert (row["state"], row["tags"], row["goals"], row["why"]) == (
        "inbox", ["one", "two"], ["Debrief well"], "For Monday",
    )  # fmt: skip
    assert "How to debrief" in run("list")
    assert "begins with a question" in run("show", "1")
    assert "# How to debrief" in run("show", "1", "--format", "markdown")
    assert run("show", "1", "--format", "html").startswith("<")
    assert json.loads(run("show", "1", "--format", "json"))["found_through"] == "Miriam"
    assert json.loads((paths.snapshot / "vocabulary.json").read_text("utf-8"))
    assert not Spool(paths.spool).names()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes.md", b"# Notes of Monday\n\n- *one*\n- two", "Notes of Monday"),
        ("notes.txt", b"Some words.\n\nMore words.", "notes"),
        ("paper.PDF", pdf_file([("A paper on debriefing.",)], title="On debriefing"), "On debriefing"),
    ],
)
def test_files_are_added_by_their_kind(run: Run, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    assert words in run("add", str(path))
    assert len(run("show", "1")) > 40


def test_an_address_is_fetched(run: Run, paths: Paths) -> None:
    settings = Settings.load(paths)
    settings.set("fetch_after_save", True)
    settings.set("allow_addresses", "127.0.0.1")
    with serving() as web:
        said = run("add", web.page("/debrief", PAGE.encode()))

    assert "How to debrief" in said
    assert "begins with a question" in run("show", "1")


def test_an_address_that_does_not_answer_is_saved_as_a_link(
    run: Run, paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    Settings.load(paths).set("fetch_after_save", True)

    assert main.run(["add", "http://127.0.0.1:1/page"]) == 0
    said = capsys.readouterr()
    assert said.out == "Saved as 1: page\n"
    assert said.err.startswith("Not fetched: ")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("nowhere.html", "There is no file"),
        ("example.org/a", "https://"),
        ("ftp://example.org/a", "There is no file"),
    ],
)
def test_what_is_neither_is_a_sentence(run: Run, what: str, words: str) -> None:
    said = run("add", what, status=1)

    assert words in said
    assert said.count("\n") == 1


def test_a_file_of_another_kind_is_a_sentence(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(b"PK")

    assert "HTML, PDF, text and Markdown" in run("add", str(path), status=1)


def test_a_number_that_is_not_there_is_a_sentence(run: Run) -> None:
    assert "There is no page 7" in run("show", "7", status=1)
    assert "There is no page x" in run("show", "x", status=1)


def test_the_list_is_cut_and_says_so(run: Run, tmp_path: Path) -> None:
    assert "Nothing here yet" in run("list")
    for number in range(3):
        path = tmp_path / f"note {number}.txt"
        path.write_text(f"Words of note {number}.")
        run("add", str(path), "--tag", f"tag{number}")

    assert run("list", "--limit", "1").splitlines()[1] == "… and 2 more: --limit 0 shows all."
    assert len(run("list", "--limit", "0").splitlines()) == 3
    assert len(json.loads(run("list", "--json", "--tag", "tag1"))) == 1
    assert json.loads(run("list", "--json", "--state", "archive")) == []


def test_collecting_tells_what_came(run: Run, page: str, paths: Paths) -> None:
    from desktop.cli import add

    assert run("collect") == "0 pages collected.\n"
    message, data = add.read(page)
    number = add.spooled(paths, message, data)
    assert Spool(paths.spool).holds(number)

    assert run("collect") == "1 page collected.\n"
    assert run("show", number) == run("show", "1")


def test_collecting_sets_damaged_files_aside_and_says_so(run: Run, paths: Paths) -> None:
    paths.spool.mkdir(parents=True, mode=0o700)
    (paths.spool / "00000000-0000-0000-0000-000000000001.spool").write_bytes(b"nothing")

    said = run("collect", status=1)

    assert "set aside" in said
    assert str(paths.spool / "damaged") in said


def test_undo_with_nothing_to_undo_says_so(run: Run, page: str) -> None:
    run("add", page)

    assert run("undo") == "There is nothing to undo.\n"


def test_a_library_in_use_is_a_sentence(
    run: Run, paths: Paths, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr(opened, "PATIENCE", 0.2)
    paths.home.mkdir(parents=True, exist_ok=True)
    with open_library(paths, write=True):
        assert "Another Kithbook" in run("undo", status=1)
        assert "Another Kithbook" in run("collect", status=1)
        assert "Another Kithbook" in run("add", page, status=1)
        assert run("list").startswith("Nothing here yet")
    # What could not be collected waits; the next one takes it.
    assert run("collect") == "1 page collected.\n"


def command(run: Callable[..., int]) -> Command:
    return Command("try", "try it", lambda parser: None, run)


def test_a_command_of_the_window_can_be_added(paths: Paths) -> None:
    assert main.run(["try"], extra=[command(lambda _: 7)]) == 7


def test_an_error_is_one_sentence_and_what_helps(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: object) -> int:
        raise UserFixable("The disk is full.", "Free some space.")

    assert main.run(["try"], extra=[command(fail)]) == 1
    assert capsys.readouterr().err == "The disk is full. Free some space.\n"


def test_a_mistake_of_ours_goes_to_the_log(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: object) -> int:
        raise ZeroDivisionError

    assert main.run(["try"], extra=[command(fail)]) == 1
    assert str(paths.log) in capsys.readouterr().err
    assert "ZeroDivisionError" in paths.log.read_text("utf-8")


def test_an_interruption_is_no_error(paths: Paths) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    assert main.run(["try"], extra=[command(interrupt)]) == 130


def test_the_program_runs_as_a_module_and_its_worker_too(root: Path, paths: Paths, page: str) -> None:
    """One real process: the command, the worker it starts, and each line flushed."""
    program = [sys.executable, "-m", "desktop"]
    added = subprocess.run(
        [*program, "add", page], cwd=root, capture_output=True, text=True, check=False, timeout=120
    )

    assert added.returncode == 0, added.stderr
    assert added.stdout.startswith("Saved as 1: How to debrief")
    with subprocess.Popen(
        [*program, "extract", "--batch"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as batch:
        assert batch.stdin is not None
        assert batch.stdout is not None
        for number in range(2):
            batch.stdin.write(json.dumps({"id": number, "url": "", "html": PAGE}).encode() + b"\n")
            batch.stdin.flush()
            assert json.loads(batch.stdout.readline())["id"] == number
        batch.stdin.close()
        assert batch.wait(60) == 0


def test_a_reader_that_has_enough_is_no_error(paths: Paths) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    listed = subprocess.run(
        [sys.executable, "-m", "desktop", "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    os.close(writing)

    assert b"Traceback" not in listed.stderr


def test_help_loads_neither_the_library_nor_the_extraction(root: Path) -> None:
    code = (
        "import sys; from desktop.cli import main; main.run(['--help']);"
        "print([name for name in ('sqlmodel', 'trafilatura', 'httpx', 'PySide6') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )

    assert said.stdout.splitlines()[-1] == "[]"
