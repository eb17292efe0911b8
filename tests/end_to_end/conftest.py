"""Real browsers for the end-to-end tests: one process of each for a module, started once more if it fails.

Two modules may run at once: each has a machine of its own with its folders, ports and screen, and each
process of the tests builds the extension into a folder of its own.
"""

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end import flows, hostile
from tests.end_to_end.machine import ROOT, Machine
from tests.end_to_end.pages import Site
from tests.end_to_end.starting import start


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the tests measured; no figure of these decides whether a test passes."""
    for report in (one for found in terminalreporter.stats.values() for one in found):
        for name, line in getattr(report, "user_properties", ()):
            if name == "note" and report.when == "call":
                terminalreporter.write_line(line)


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Prints a line at the end of the run, from whichever process the test runs in."""

    def keep(line: str) -> None:
        request.node.user_properties.append(("note", line))

    return keep


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both extensions, built anew."""
    folder = tmp_path_factory.mktemp("extension")
    script = ROOT / "packaging" / "build_extension.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True, cwd=ROOT, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The loopback site."""
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which browser."""
    return str(request.param)


payloads, proxy, bare = hostile.payloads, hostile.proxy, hostile.bare
"""Fixtures that stand there."""


@pytest.fixture(scope="module")
def machine(kind: str) -> Iterator[Machine]:
    """A computer for all the tests of a module with one browser."""
    machine = Machine()
    yield machine
    machine.close()


@pytest.fixture(scope="module")
def browser(kind: str, machine: Machine, extension: Path) -> Iterator[Any]:
    """The browser with our extension, not connected to any host yet."""
    browser = start(kind, machine.folder / "browser", machine.env)
    try:
        flows.install(browser, extension / kind)
        yield browser
    finally:
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A failure tells what the extension, the spool, the library and the logs say."""
    report = yield
    if report.failed and call.when == "call":
        used = getattr(item, "funcargs", {})
        for name in ("browser", "machine"):
            if name in used:
                with contextlib.suppress(Exception):
                    report.sections.append((f"what the {name} says", used[name].report()))
    return report
