"""Canonical JSON: one value has one way to be written, so its bytes can be signed and compared.

Surprising: what is read must be canonical too, byte for byte. That alone refuses a name that stands twice in
an object: every parser resolves that in its own way, so it could be signed as one thing and read as another.
"""

import json
import re
from typing import Any

from desktop.errors import Refused
from desktop.languages import tr
from native_host import strict

MOST_BYTES = 16 * 1024 * 1024
MOST_VALUES = 1_000_000
"""Objects, lists and their members: a few bytes of ``[{},{},…`` cost a hundred in memory."""
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')


def dumps(value: object) -> bytes:
    """UTF-8, keys sorted, no white space, only whole numbers are safe; text as it stands, not normalised.

    Raises ValueError for NaN, for half a surrogate pair and for nesting that is too deep.
    """
    try:
        text = json.dumps(
            value,
            ensure_ascii=False,
            allow_nan=False,
            sort_keys=True,
            separators=(",", ":"),
            check_circular=False,
        )
    except RecursionError:
        raise ValueError("this is nested too deeply") from None
    return text.encode("utf-8")


def loads(raw: bytes) -> dict[str, Any]:
    """The object written in ``raw``. Raises `errors.Refused` when it is none, not canonical, or too much."""
    if len(raw) > MOST_BYTES:
        raise Refused(tr("This pack is too large to be opened."))
    outside = _TEXT.sub(b"", raw)
    if sum(outside.count(sign) for sign in (b",", b"[", b"{")) > MOST_VALUES:
        raise Refused(tr("This pack holds more than Kithbook opens at once."))
    try:
        value = strict.loads(raw)
        is_same = isinstance(value, dict) and dumps(value) == raw
    except ValueError as error:
        raise Refused(tr("The data in this pack cannot be read.")) from error
    if not is_same:
        raise Refused(tr("The data in this pack cannot be read."))
    return dict(value)
