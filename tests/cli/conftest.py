"""Commands run as a person types them, in a home where nothing is fetched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.paths import Paths, of_this_user
from desktop.settings import Settings
from tests.support.spooled import PAGE

Run = Callable[..., str]


@pytest.fixture
def paths() -> Paths:
    """The library's place; nothing is fetched unless a test asks for it."""
    found = of_this_user()
    Settings.load(found).set("fetch_after_save", False)
    return found


@pytest.fixture
def run(paths: Paths, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; its standard output. It must end with ``status``."""

    def go(*words: str, status: int = 0) -> str:
        capsys.readouterr()
        ended = main.run(words)
        said = capsys.readouterr()
        assert ended == status, said.err
        return said.out if status == 0 else said.err

    return go


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "debrief.html"
    path.write_text(PAGE, "utf-8")
    return str(path)
