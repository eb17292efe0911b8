"""Archives and data that were made to harm: refused in a sentence, nothing written, little memory used."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import Refused, UserFixable
from desktop.share import canonical, pack_file, pack_json, pack_zip
from desktop.share.opening import open_bytes, open_pack
from desktop.share.pack_file import write
from desktop.share.pack_html import FORM
from tests.support.packs import picture, readings, signer

OPEN_ALL = """
import re, sys
from pathlib import Path
from desktop.errors import UserFixable
from desktop.share.opening import open_pack
for name in sys.argv[1:]:
    try:
        open_pack(Path(name))
        print("accepted", name)
    except UserFixable as error:
        assert str(error).endswith("."), error
# Not getrusage: its greatest size counts what the test's own process had before the start of this one.
print(int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def values() -> dict[str, Any]:
    return pack_json.to_values(replace(readings(), pictures=()), "en", FORM)


def sealed(given: object) -> bytes:
    """A page that holds these values, whole and unsigned."""
    block = given if isinstance(given, bytes) else canonical.dumps(given)
    return b"<html>" + pack_file._data(block, "", "") + b"</html>"


def zip_of(files: list[tuple[str, bytes]], **more: Any) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files:
            told = zipfile.ZipInfo(name)
            for key, value in more.items():
                setattr(told, key, value)
            made.writestr(told, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_every_hostile_archive_is_refused_and_nothing_is_written(shared: Path, tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is measured as Linux tells it")
    archives = sorted((shared / "corpora" / "packs").glob("*.zip"))
    bombs = {
        "values.html": b"[" + b"{}," * 5_000_000 + b"{}]",
        "deep.html": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "long.html": b'{"a":"' + b"x" * (17 << 20) + b'"}',
    }
    for name, block in bombs.items():
        (tmp_path / name).write_bytes(sealed(block))
    files = [*archives, *(tmp_path / name for name in bombs)]
    work = tmp_path / "work"
    work.mkdir()

    own = {"PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run(
        [sys.executable, "-c", OPEN_ALL, *map(str, files)],
        cwd=work, env=own, capture_output=True, text=True, check=True,
    )  # fmt: skip

    *accepted, memory = ran.stdout.split("\n")[:-1]
    assert len(archives) >= 10
    assert accepted == []
    assert int(memory) < 256
    assert list(work.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "../pack.html",
        "/pack.html",
        "res/../pack.html",
        "C:pack.html",
        "res\\a.png",
        "pack.html/",
        "RES/a.png",
    ],
)
def test_a_member_by_another_name_is_refused(tmp_path: Path, name: str) -> None:
    packed = write(readings(), tmp_path / "p.html", signer(), alone=1).path.read_bytes()
    with zipfile.ZipFile(BytesIO(packed)) as whole:
        files = [(one, whole.read(one)) for one in whole.namelist()]

    assert open_bytes(zip_of(files)).is_signed
    with pytest.raises(Refused, match="does not belong"):
        open_bytes(zip_of([*files, (name, b"x")]))


def test_a_member_that_is_a_link_locked_or_altered_is_refused(tmp_path: Path) -> None:
    packed = write(readings(), tmp_path / "p.html", signer(), alone=1).path.read_bytes()
    with zipfile.ZipFile(BytesIO(packed)) as whole:
        files = [(one, whole.read(one)) for one in whole.namelist()]
    other = [(name, data if not name.startswith("res/") else picture(5, 64).data) for name, data in files]

    for hostile in (
        zip_of(files, external_attr=0o120777 << 16),
        zip_of(other),
        zip_of(files[1:]),
        packed[:-40],
        packed[: len(packed) // 2],
    ):
        with pytest.raises(UserFixable):
            open_bytes(hostile)


def test_a_zip_that_claims_a_huge_table_is_refused_unread() -> None:
    end = b"PK\5\6" + bytes(8) + (50 << 20).to_bytes(4, "little") + bytes(6)

    with pytest.raises(Refused, match="more than a pack may hold"):
        open_bytes(b"PK\3\4" + bytes(200) + end)


def test_a_page_that_packs_too_well_for_a_zip_is_stored_as_it_is() -> None:
    page, _ = pack_zip.read(BytesIO(pack_zip.zipped(b"a" * 3_000_000, {})))

    assert len(page) == 3_000_000


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.update(format="another"),
        lambda v: v.update(version="1"),
        lambda v: v.update(uuid="../../etc"),
        lambda v: v.update(title=7),
        lambda v: v.update(title=None),
        lambda v: v.update(made="yesterday"),
        lambda v: v.update(made="2026-11-24T00:00:00"),
        lambda v: v.update(items={}),
        lambda v: v.update(items=[1]),
        lambda v: v.update(items=[v["items"][0]] * 2),
        lambda v: v["items"][0].update(url="javascript:alert(1)"),
        lambda v: v["items"][0].update(url="file:///etc/passwd"),
        lambda v: v["items"][0].update(kind="program"),
        lambda v: v["items"][0].update(words=True),
        lambda v: v["items"][0].update(words=-1),
        lambda v: v["items"][0].update(tags=["x" * 300]),
        lambda v: v["items"][0].update(tags=["x"] * 300),
        lambda v: v["items"][0]["annotations"][0].update(type="Link"),
        lambda v: v["items"][0]["annotations"][0].update(target="javascript:alert(1)"),
        lambda v: v["items"][0]["annotations"][0].update({"kithbook:replyTo": "x"}),
        lambda v: v.update(pictures=[{"name": "res/../../x.png", "mime": "image/png", "bytes": 1}]),
        lambda v: v.update(pictures=[{"name": f"res/{'0' * 64}.png", "mime": "image/png", "bytes": 1}]),
        lambda v: v.pop("sender"),
        lambda v: v["sender"].update(key="0" * 64),
        lambda v: v["sender"].update(age="AGE-SECRET-KEY-1"),
        lambda v: v.pop("page"),
    ],
)
def test_data_that_is_not_as_the_format_says_is_refused(change: Change) -> None:
    given = json.loads(canonical.dumps(values()))
    assert open_bytes(sealed(given)).pack.title == readings().title
    change(given)

    with pytest.raises(Refused):
        open_bytes(sealed(given))


@pytest.mark.parametrize(
    "block", [b"", b"[]", b"{}", b"1", b'{"a":NaN}', b'{"a":1,"a":1}', b'{ "a":1}', b"\xff"]
)
def test_what_is_not_canonical_json_is_refused(block: bytes) -> None:
    with pytest.raises(Refused):
        open_bytes(sealed(block))


def test_a_pack_of_a_newer_version_says_so() -> None:
    with pytest.raises(Refused, match="newer Kithbook"):
        open_bytes(sealed(values() | {"version": 2}))


def test_hostile_html_in_the_data_is_cleaned_before_anybody_sees_it() -> None:
    given = values()
    given["items"][0]["html"] = (
        "<p onclick=alert(1)>a<script>alert(1)</script><iframe src=//e.example></iframe>"
    )

    opened = open_bytes(sealed(given))

    assert opened.pack.items[0].html == "<p>a</p>"
    assert opened.does_visible_part_match is False


def test_a_file_larger_than_any_pack_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(100 << 20)

    with pytest.raises(Refused, match="too large"):
        open_pack(path)
