"""What tests with hostile markup share: the payloads, and a browser whose ways out all lead to our proxy."""

import json
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.arena import Proxy
from tests.end_to_end.machine import Machine
from tests.end_to_end.starting import start


@pytest.fixture(scope="module")
def payloads(shared: Path) -> list[str]:
    lines = (shared / "corpora" / "xss" / "payloads.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["payload"] for line in lines]


@pytest.fixture(scope="module")
def proxy() -> Iterator[Proxy]:
    proxy = Proxy()
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def bare(kind: str, machine: Machine, proxy: Proxy) -> Iterator[Any]:
    """A browser without our extension whose every way out leads to our proxy."""
    host, port = "127.0.0.1", proxy.port
    if kind == "chromium":
        wishes: dict[str, Any] = {"switches": (f"--proxy-server={host}:{port}",)}
    else:
        preferences = {"network.proxy.type": 1}
        for scheme in ("http", "ssl"):
            preferences |= {f"network.proxy.{scheme}": host, f"network.proxy.{scheme}_port": port}
        wishes = {"preferences": preferences}
    browser = start(kind, machine.folder / "bare", machine.env, **wishes)
    yield browser
    browser.close()


def written_out(payload: str) -> set[str]:
    """The payload and what it becomes when a page decodes it once."""
    unescaped = re.sub(r"\\x([0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), payload)
    return {payload, unescaped, urllib.parse.unquote(payload)}
