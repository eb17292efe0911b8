"""What a browser would have put into the spool: a page, a picture, and `Browser`, who puts them there."""

import base64
import hashlib
import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from native_host.spool import Spool

PAGE = """<!doctype html><html lang="en"><head><title>How to debrief – Ward Notes</title>
<meta name="author" content="Miriam Okafor">
<meta property="article:published_time" content="2026-03-04"></head>
<body><nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h1>How to debrief</h1>
<p>A good debrief begins with a question and not with a verdict. Ask what the person saw, and wait for it.</p>
<p>Then say what you saw yourself, in plain words, and name one thing that went well and should be kept.</p>
<figure><img src="/p.png" alt="A circle of chairs"><figcaption>The room before the talk.</figcaption></figure>
<p>At the end agree on one thing to try next time. Write it down where both of you will find it next week.</p>
</article><footer>All rights reserved</footer></body></html>"""

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGNQSFiAFTEMLQkAAmxIAbLcbYIAAAAASUVORK5CYII="
)
"""Eight by eight, blue."""

Section = tuple[str, bytes, str, str]
"""Kind, bytes, content type, address."""


class Browser:
    """Puts messages into the spool as the host does."""

    def __init__(self, folder: Path) -> None:
        self.spool = Spool(folder)
        self._clock = 1_790_000_000_000

    def save(
        self,
        html: str | bytes = PAGE,
        url: str = "https://example.org/debrief",
        sections: Sequence[Section] = (),
        number: str = "",
        **fields: Any,
    ) -> str:
        """One capture; ``html`` empty for a link. Returns its UUID."""
        data = html if isinstance(html, bytes) else html.encode("utf-8", "surrogatepass")
        parts: list[Section] = [("html", data, "text/html; charset=utf-8", "")] if data else []
        parts += sections
        message = {
            "kind": "page" if data else "link",
            "url": url,
            "title": "",
            "captured_at": self._now(),
            "browser": {"name": "chromium", "version": "156.0"},
            "sections": [
                {"kind": kind, "bytes": len(body), "type": type_, "url": address}
                for kind, body, type_, address in parts
            ],
            **fields,
        }
        return self._put("capture", message, [part[1] for part in parts], number)

    def update(self, of: str, number: str = "", **fields: Any) -> str:
        return self._put("update", {"of": of, **fields}, [], number)

    def annotate(self, of: str, quote: str = "", number: str = "", **fields: Any) -> str:
        """A highlight on the live page, or with ``annotation=`` a later edit of one."""
        said = {"quote": quote} if quote else {}
        return self._put("annotate", {"of": of, **said, **fields}, [], number)

    def comment(self, of: str, seconds: float, comment: str, number: str = "", **fields: Any) -> str:
        """Words at a moment of a video on the live page."""
        said = {"of": of, "seconds": seconds, "comment": comment}
        return self._put("timed-comment", said | fields, [], number)

    def tool(self, of: str, name: str, number: str = "", **fields: Any) -> str:
        """A tool added to the toolkit from its own site."""
        return self._put("tool", {"of": of, "name": name, **fields}, [], number)

    def _put(self, op: str, message: dict[str, Any], payload: list[bytes], number: str) -> str:
        number = number or str(uuid.uuid4())
        header = {"op": op, "id": number, "received": self._now(), "browser": "chromium", "message": message}
        self.spool.put(header, payload)
        return number

    def raw(self, number: str, data: bytes) -> Path:
        """A file of the spool, written as it is."""
        path = Path(self.spool.folder) / f"{number}.spool"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(data)
        return path

    def _now(self) -> int:
        self._clock += 1
        return self._clock


def file_of(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """The bytes of a spool file with a header of one's own."""
    whole = {"format": 1, "bytes": len(payload), "sha256": hashlib.sha256(payload).hexdigest(), **header}
    return b"KITHBOOK1\n" + json.dumps(whole).encode() + b"\n" + payload
