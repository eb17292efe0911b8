"""What the desktop tells the host: tags, open goals, and which addresses are in the library.

The host never opens the library. Surprising: the known addresses are a file of sorted 24-byte records that is
bisected, because reading 100,000 keys from JSON takes longer than the whole answer may.
"""

from __future__ import annotations

import hashlib
import os

from native_host import durable, strict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

VOCABULARY = "vocabulary.json"
KNOWN = "known.bin"
RECORD = 24
MAX_VOCABULARY = 4 << 20


def digest(url_key: str) -> bytes:
    """The 16 bytes by which an address is looked up."""
    return hashlib.sha256(url_key.encode("utf-8", "surrogatepass")).digest()[:16]


def write(
    folder: str | os.PathLike[str],
    *,
    revision: int,
    tags: list[str],
    goals: list[dict[str, Any]],
    known: Iterable[tuple[str, int]],
) -> None:
    """Write the snapshot, each file in one step. ``known`` gives (url key, ms since 1970). OSError passes."""
    write_known(folder, known)
    write_vocabulary(folder, revision=revision, tags=tags, goals=goals)


def write_vocabulary(
    folder: str | os.PathLike[str], *, revision: int, tags: list[str], goals: list[dict[str, Any]]
) -> None:
    """Write tags (most used first) and open goals (``{"id": …, "skill": …}``). OSError passes."""
    durable.make_private(folder)
    data = strict.dumps({"revision": revision, "tags": tags, "goals": goals})
    durable.write_whole(os.path.join(os.fspath(folder), VOCABULARY), data, is_durable=False)


def write_known(folder: str | os.PathLike[str], known: Iterable[tuple[str, int]]) -> None:
    """Write the known addresses; of an address named twice the newest date counts. OSError passes."""
    durable.make_private(folder)
    newest: dict[bytes, int] = {}
    for url_key, saved_at in known:
        key = digest(url_key)
        newest[key] = max(saved_at, newest.get(key, 0))
    data = b"".join(key + newest[key].to_bytes(8, "big") for key in sorted(newest))
    durable.write_whole(os.path.join(os.fspath(folder), KNOWN), data, is_durable=False)


def look_up(folder: str | os.PathLike[str], url_key: str) -> int | None:
    """When the address was last saved, in ms since 1970; None when it is not known."""
    wanted = digest(url_key)
    try:
        with open(os.path.join(os.fspath(folder), KNOWN), "rb") as file:
            low, high = 0, os.fstat(file.fileno()).st_size // RECORD
            while low < high:
                middle = (low + high) // 2
                file.seek(middle * RECORD)
                record = file.read(RECORD)
                if record[:16] == wanted:
                    return int.from_bytes(record[16:], "big")
                if record[:16] < wanted:
                    low = middle + 1
                else:
                    high = middle
    except OSError:
        return None
    return None


def vocabulary(folder: str | os.PathLike[str]) -> dict[str, Any]:
    """``{"revision": int, "tags": [str], "goals": [{"id", "skill"}]}``; empty without a snapshot."""
    try:
        with open(os.path.join(os.fspath(folder), VOCABULARY), "rb") as file:
            value = strict.loads(file.read(MAX_VOCABULARY))
    except (OSError, ValueError):
        value = {}
    if not isinstance(value, dict):
        value = {}
    revision, tags, goals = value.get("revision"), value.get("tags"), value.get("goals")
    return {
        "revision": revision if isinstance(revision, int) else 0,
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
        "goals": [goal for goal in goals if isinstance(goal, dict)] if isinstance(goals, list) else [],
    }
