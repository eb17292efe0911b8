"""The torture in small, so that it is known to work; ``make torture`` runs it in earnest."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from native_host.spool import Spool


@pytest.fixture(scope="module")
def torture() -> ModuleType:
    place = Path(__file__).resolve().parents[2] / "packaging" / "torture_host.py"
    spec = importlib.util.spec_from_file_location("packaging_torture_host", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_twenty_kills_lose_nothing(torture: ModuleType) -> None:
    count = torture.kills(20, seed=11)

    assert count.runs == 20
    assert count.after_first >= 10
    assert (count.lost, count.doubled, count.torn) == (0, 0, 0)
    assert count.is_clean


def test_a_failing_disk_loses_nothing(torture: ModuleType) -> None:
    count = torture.failing_disk(faults=1)

    assert count.is_clean
    assert count.notes


def test_a_lost_capture_and_a_torn_one_would_be_seen(torture: ModuleType, tmp_path: Path) -> None:
    queue = Spool(tmp_path / "spool")
    ids = [f"3f2b8c1e-9d4a-4c6b-8e21-5a7f0b9c1d2{n}" for n in range(3)]
    for capture_id in ids[:2]:
        queue.put({"op": "capture", "id": capture_id, "received": 1}, [b"x"])
    digest = queue.read(queue.waiting()[0]).header["sha256"]
    path = queue.waiting()[0]
    path.write_bytes(path.read_bytes()[:-1])
    count = torture.Count("planted")
    torture.check(tmp_path, dict.fromkeys(ids, digest), count)

    assert (count.lost, count.torn) == (2, 1)
    assert not count.is_clean
    assert "planted" in count.row()


def test_what_cannot_be_mounted_is_said_with_its_reason(torture: ModuleType, tmp_path: Path) -> None:
    with torture.mounted("nothing", tmp_path, "-t", "no-such-kind") as reason:
        assert reason


def test_a_host_that_forces_nothing_to_disk_is_what_the_control_is(
    torture: ModuleType, tmp_path: Path
) -> None:
    source = "import os; os.fsync = lambda file: None; " + torture.CLIENT.code()
    with torture.CLIENT.HostClient(tmp_path / "kithbook", source=source) as host:
        assert host.save(b"x")["ok"]
