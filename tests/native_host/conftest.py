"""A browser for the host's tests, and an unpacked JSON corpus."""

import importlib.util
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from native_host.conversation import Conversation
from native_host.refusal import CODES
from native_host.spool import Spool

ROOT = Path(__file__).resolve().parents[2]


def by_path(name: str) -> ModuleType:
    """A script of ``packaging``, which is no package."""
    known = sys.modules.get(f"packaging_{name}")
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def browser() -> ModuleType:
    """`packaging/host_client.py`: `browser.HostClient(home)` starts a host."""
    return by_path("host_client")


@pytest.fixture
def home(own_home: Path) -> Path:
    """The folder of all the app owns; the host makes it."""
    return own_home / "kithbook"


@pytest.fixture(scope="session")
def json_suite(shared: Path) -> dict[str, bytes]:
    """JSONTestSuite: name of the file → its bytes."""
    place = shared / "corpora" / "json" / "json.tar.xz"
    if not place.is_file():
        pytest.skip("the JSON corpus is not here")
    with tarfile.open(place) as archive:
        return {
            Path(member.name).name: file.read()
            for member in archive
            if member.isfile() and member.name.endswith(".json") and (file := archive.extractfile(member))
        }


class Talk:
    """A conversation in Python values."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.host = Conversation(str(home), "chromium")
        self.spool = Spool(home / "spool")

    def __call__(self, message: Any) -> dict[str, Any]:
        raw = message if isinstance(message, bytes) else json.dumps(message).encode()
        reply = json.loads(self.host.answer(raw))
        assert reply["v"] == 1
        assert reply["host"] == {"version": "0.1.0", "protocol": [1, 1]}
        if not reply["ok"]:
            assert reply["number"] == CODES[reply["code"]]
        return reply

    def op(self, op: str, capture_id: str = "", **fields: Any) -> dict[str, Any]:
        return self({"v": 1, "op": op, **({"id": capture_id} if capture_id else {}), **fields})


@pytest.fixture
def talk(home: Path) -> Iterator[Talk]:
    one = Talk(home)
    yield one
    one.host.close()


@pytest.fixture
def save(talk: Talk, browser: ModuleType) -> Any:
    def whole(payload: bytes, capture_id: str = "", **fields: Any) -> dict[str, Any]:
        begin = browser.begin_message(payload, capture_id, **fields)
        for message in (begin, *browser.parts_of(begin["id"], payload)):
            assert talk(message)["ok"]
        return talk.op("commit", begin["id"])

    return whole
