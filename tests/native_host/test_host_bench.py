"""The bench of the host's start measures what it says; how fast it is, `make bench` prints."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def bench() -> ModuleType:
    place = Path(__file__).resolve().parents[2] / "packaging" / "bench_host.py"
    spec = importlib.util.spec_from_file_location("packaging_bench_host", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_three_starts_are_measured_against_the_one_that_does_nothing(
    bench: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = bench.rows(1)
    assert [row[0] for row in rows] == [bench.NOTHING, bench.HOST, bench.LAUNCHER]
    assert all(n == 1 and median > 0 for _, n, median, _ in rows)
    assert rows[0][3] == 1

    monkeypatch.setattr(sys, "argv", ["bench_host.py", "1"])
    bench.main()
    assert "ratio" in capsys.readouterr().out
