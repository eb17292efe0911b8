"""What the host answers when it cannot do what it was asked. The names and numbers are append-only.

Surprising: an extension of another version reads them, so none may ever change its meaning; add at the end,
and in the table of ``docs/protocol.md``.
"""

from __future__ import annotations

import errno

CODES = {
    "bad-request": 1,
    "too-big": 2,
    "disk-full": 3,
    "io": 4,
    "version": 5,
    "no-library": 6,
    "unsupported": 7,
    "desktop-closed": 8,
    "busy": 9,
    "internal": 10,
}
_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


class Refusal(Exception):
    """The answer is no; ``code`` is one of `CODES`, ``str(error)`` says why, without any content."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


def of_disk(error: OSError) -> Refusal:
    """The refusal for a fault of the disk."""
    code = "disk-full" if error.errno in _FULL else "io"
    return Refusal(code, errno.errorcode.get(error.errno or 0, "unknown"))
