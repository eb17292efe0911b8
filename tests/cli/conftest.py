"""Commands run as a person types them, in a home where nothing is fetched."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.capture import station
from desktop.capture.extractor import Extractor
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


class Kept(Extractor):
    """A worker that outlives the command that used it: starting one takes a second."""

    def close(self) -> None:
        """Not yet."""

    def end(self) -> None:
        super().close()


@pytest.fixture(scope="session")
def kept_worker() -> Iterator[Kept]:
    found = Kept()
    yield found
    found.end()


@pytest.fixture
def run(
    paths: Paths, capsys: pytest.CaptureFixture[str], kept_worker: Kept, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run a command; its standard output. It must end with ``status``."""
    monkeypatch.setattr(station, "Extractor", lambda: kept_worker)

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
