"""Every format alike: the same bytes twice, and nothing left by a full disk, a stop or a wrong place."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.errors import BadInput, NoSpace
from desktop.share.export.formats import FORMATS, Format
from desktop.share.export.writing import Progress, Stopped
from tests.support.exporting import Given, exported, marked

ITEMS = Given(*(exported(number, annotations=(marked(number, comment="Mine"),)) for number in range(1, 21)))

each = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def place(form: Format, tmp_path: Path, folder: str = "made") -> Path:
    (tmp_path / folder).mkdir(exist_ok=True)
    return tmp_path / folder / f"out{form.suffix}"


def contents(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    return {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()}


@each
def test_the_same_library_makes_the_same_bytes(
    form: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Progress] = []
    made = form.write(ITEMS, place(form, tmp_path, "one"), tell=told.append)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    form.write(ITEMS, place(form, tmp_path, "two"))

    found = contents(place(form, tmp_path, "one"))
    assert found == contents(place(form, tmp_path, "two"))
    assert found
    assert made.items == 20
    assert told[-1].done == told[-1].total == 20
    assert oct(made.path.stat().st_mode & 0o077) == "0o0"


@each
def test_a_stop_leaves_nothing(form: Format, tmp_path: Path) -> None:
    out, asked = place(form, tmp_path), iter(range(5))
    with pytest.raises(Stopped):
        form.write(ITEMS, out, stop=lambda: next(asked, None) is None)

    assert list(out.parent.iterdir()) == []


@contextmanager
def full_disk(size: int = 300) -> Iterator[None]:
    """No file may become larger: the kernel itself refuses, whatever writes it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@each
def test_a_full_disk_leaves_nothing_and_is_said(form: Format, tmp_path: Path) -> None:
    out = place(form, tmp_path)
    with full_disk(), pytest.raises(NoSpace, match="disk is full"):
        form.write(ITEMS, out)

    assert list(out.parent.iterdir()) == []


@each
def test_a_place_that_cannot_be_is_said(form: Format, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not there"):
        form.write(ITEMS, tmp_path / "nowhere" / f"out{form.suffix}")
    taken = place(form, tmp_path)
    taken.write_bytes(b"mine")
    with pytest.raises(BadInput, match="there already"):
        form.write(ITEMS, taken)

    assert taken.read_bytes() == b"mine"
    if not form.is_folder:
        form.write(ITEMS, taken, overwrite=True)
        assert taken.read_bytes() != b"mine"


def test_a_full_disk_leaves_an_older_folder_whole(tmp_path: Path) -> None:
    from desktop.share.export import markdown_folder

    out = tmp_path / "out"
    markdown_folder.write(Given(exported(1), exported(2)), out)
    before = contents(out)
    with full_disk(), pytest.raises(NoSpace):
        markdown_folder.write(Given(exported(1, why="New"), exported(2, why="New")), out)

    assert contents(out) == before
    assert markdown_folder.write(Given(exported(1, why="New"), exported(2, why="New")), out).files == 2
