"""A few kills of the collecting process; a thousand are in ``make torture``."""

import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="no fork on Windows")
def test_ten_kills_lose_double_and_tear_nothing(root: Path) -> None:
    # In a process of its own: it forks, and a test run has threads.
    torture = subprocess.run(
        [sys.executable, root / "packaging" / "torture_desktop.py", "--kills", "10", "--only-kills"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert torture.returncode == 0, torture.stdout + torture.stderr
    assert re.search(r"10 times, .* 0 lost, 0 doubled, 0 torn; integrity ok", torture.stdout)
