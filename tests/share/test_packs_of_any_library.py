"""Libraries made by chance (a thousand in ``make torture PART=packs``): nothing lost, let out or doubled."""

from pathlib import Path

import pytest

from tests.support.pack_trip import empty_library, send_and_take


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_library(tmp_path_factory.mktemp("empty") / "home")


@pytest.mark.parametrize("start", range(0, 36, 9))
def test_a_pack_loses_nothing_lets_nothing_private_out_and_comes_in_once(start: int, empty: Path) -> None:
    for seed in range(start, start + 9):
        fields, wrong = send_and_take(seed, empty, pages=1 + seed % 2)

        assert not wrong, f"seed {seed}"
        assert fields
