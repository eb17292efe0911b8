"""The torture of library and archive in small, so that it is known to work; `make torture` does it all.

It runs in a process of its own, since it forks.
"""

import subprocess
import sys
from pathlib import Path

import pytest


def played(root: Path, *words: str) -> str:
    ended = subprocess.run(
        [sys.executable, *words], cwd=root, capture_output=True, text=True, check=False, timeout=300
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.mark.parametrize("part", ["a bulk edit", "a restore"])
def test_a_few_kills_lose_nothing(root: Path, part: str) -> None:
    said = played(root, "packaging/torture_library.py", "--kills", "4", "--only", part)

    assert f"library killed in {part}" in said
    assert "0 lost, 0 torn; integrity ok" in said


def test_a_few_kills_while_somebody_learns_lose_nothing(root: Path) -> None:
    said = played(root, "packaging/torture_learning.py", "--kills", "2")

    assert "2 times" in said
    assert "0 lost, 0 torn; integrity ok" in said


def test_a_few_libraries_go_through_an_archive(root: Path) -> None:
    said = played(root, "packaging/torture_archive.py", "--libraries", "3", "--from", "500")

    assert "3 libraries" in said
    assert "0 differences" in said
