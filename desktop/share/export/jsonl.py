"""JSON Lines: a JSON object for each source, with its whole text, for programs.

The surprising fact: a line is written with no line break inside whatever the text holds, also none of those
that only some programs take for one.
"""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.share.export.selection import Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file
from native_host import strict

_OTHER_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_NOT_FOR_OTHERS = ("id", "capture_id", "content_id")


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`."""

    def pieces(steps: Steps) -> Iterator[bytes]:
        for one in items:
            yield line(one)
            steps.step("jsonl")

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


def line(one: Exported) -> bytes:
    """The source as one line."""
    text = strict.dumps(as_json(one)).decode()
    return (text.translate(_OTHER_BREAKS) + "\n").encode()


def as_json(one: Exported) -> dict[str, Any]:
    """All that is known of it; times in milliseconds since 1970, UTC."""
    found = {name: value for name, value in asdict(one).items() if name not in _NOT_FOR_OTHERS}
    found["people"] = one.people
    found["annotations"] = [
        {name: value for name, value in asdict(mark).items() if name not in ("id", "source_id", "capture_id")}
        for mark in one.annotations
    ]
    return found
