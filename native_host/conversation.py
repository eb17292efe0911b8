"""One browser's conversation with the host: messages in, replies out, captures into the spool.

Surprising: a capture that was kept before is taken again as if it were new and thrown away, because the
browser may not have heard that it is safe. Its id decides, and an acknowledgement is repeated only after the
disk has confirmed it once more.
"""

from __future__ import annotations

import binascii
import hashlib
import os
import time

from native_host import durable, local, messages, snapshot, strict
from native_host.framing import MAX_REPLY
from native_host.identity import PROTOCOL, VERSION
from native_host.refusal import CODES, Refusal, of_disk
from native_host.spool import FORMAT, Spool, socket_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from native_host.durable import Draft

MAX_OPEN = 4
MAX_VOCABULARY_TAGS = 300
MAX_VOCABULARY_GOALS = 50
SPARE_BYTES = 1 << 20
MARKS_SECONDS = 2.0
BROWSERS = ("chromium", "chrome", "edge", "brave", "vivaldi", "opera", "firefox", "librewolf")
_NOT_KEPT = ("v", "op", "parts")
_NOTHING = hashlib.sha256(b"").hexdigest()


class _Taking:
    """A capture whose parts are arriving; without a draft it was kept before, and they are thrown away."""

    def __init__(self, message: dict[str, Any], draft: Draft | None) -> None:
        self.draft = draft
        self.parts: int = message["parts"]
        self.bytes: int = message["bytes"]
        self.sha256: str = message["sha256"]
        self.digest = hashlib.sha256()
        self.next = 0
        self.size = 0

    def add(self, number: int, data: bytes) -> None:
        """Take one part; a part that came before is passed over. Raises Refusal and OSError."""
        if number < self.next:
            return
        if number > self.next or number >= self.parts:
            raise Refusal("bad-request", f"part {self.next} was expected")
        if self.size + len(data) > self.bytes:
            raise Refusal("bad-request", "there are more bytes than begin said")
        if self.draft is not None:
            self.draft.write(data)
        self.digest.update(data)
        self.next += 1
        self.size += len(data)

    def check(self) -> None:
        """Raises Refusal unless all that begin announced has come."""
        if self.next != self.parts or self.size != self.bytes or self.digest.hexdigest() != self.sha256:
            raise Refusal("bad-request", "what came is not what begin said")

    def drop(self) -> None:
        """Leave nothing behind."""
        if self.draft is not None:
            self.draft.drop()


class Conversation:
    """All state of one host process. It knows no pipe: bytes of a message in, bytes of a reply out."""

    def __init__(self, home: str, family: str) -> None:
        """``home`` is the folder of all the app owns, ``family`` that of the browser: chromium or firefox."""
        self._home = home
        self._family = family
        self._spool = Spool(os.path.join(home, "spool"))
        self._snapshot = os.path.join(home, "snapshot")
        self._address = socket_text(home)
        self._taking: dict[str, _Taking] = {}
        self._is_new = False
        self._is_swept = False
        self._ops = {
            "hello": self._hello,
            "context": self._context,
            "begin": self._begin,
            "part": self._part,
            "commit": self._commit,
            "update": self._update,
            "annotate": self._annotate,
            "timed-comment": self._timed_comment,
            "tool": self._tool,
            "find": self._find,
            "marks": self._marks,
            "show": self._show,
        }

    @property
    def is_busy(self) -> bool:
        """Are captures under way?"""
        return bool(self._taking)

    def answer(self, raw: bytes) -> bytes:
        """The reply to one message; it never raises."""
        told: dict[str, Any] = {}
        try:
            message = messages.parse(raw)
            told = {"id": message["id"]} if isinstance(message.get("id"), str) else {}
            act = self._ops.get(message["op"])
            if act is None:
                raise Refusal("unsupported", "the operation is unknown")
            return reply({**told, "ok": True, **act(message)})
        except Refusal as refusal:
            return refused(refusal, told)
        except OSError as error:
            return refused(of_disk(error), told)
        except Exception as error:  # a fault of our own must not look like a dead host
            return refused(Refusal("internal", type(error).__name__), told)

    def after(self) -> None:
        """What may be done once the reply is sent: tell the desktop that something waits, and tidy up."""
        if self._is_new:
            self._is_new = False
            local.poke(self._address)
            if not self._is_swept:
                self._is_swept = True
                self._spool.sweep()

    def close(self) -> None:
        """The browser has hung up: captures that are not whole leave nothing behind."""
        for taking in self._taking.values():
            taking.drop()
        self._taking.clear()

    def _hello(self, message: dict[str, Any]) -> dict[str, Any]:
        browser = message.get("browser")
        record = {
            name: value
            for name in ("version", "pinned", "private_allowed", "extension_version")
            if isinstance(value := message.get(name), bool | str | None) and len(str(value)) <= 200
        }
        try:
            self._spool.hello(
                str(browser) if browser in BROWSERS else self._family,
                {**record, "family": self._family, "at": _now()},
            )
        except OSError:
            pass  # the connect page misses a line; the browser is answered all the same
        return {
            "library": os.path.exists(os.path.join(self._home, "library.db")),
            "desktop": local.is_open(self._address),
            "free_bytes": _free_bytes(self._home),
        }

    def _context(self, message: dict[str, Any]) -> dict[str, Any]:
        url, key = message.get("url"), message.get("url_key")
        if not (isinstance(url, str) or isinstance(key, str)):
            raise Refusal("bad-request", "context needs url_key or url")
        times = {"spool": self._waiting_since(url, key)}
        times["library"] = snapshot.look_up(self._snapshot, key) if isinstance(key, str) else None
        known = [(at, where) for where, at in times.items() if at is not None]
        saved_at, where = max(known, default=(None, None))
        words = snapshot.vocabulary(self._snapshot)
        return {
            "saved": bool(known),
            "saved_at": saved_at,
            "where": where,
            "tags": words["tags"][:MAX_VOCABULARY_TAGS],
            "goals": words["goals"][:MAX_VOCABULARY_GOALS],
            "revision": words["revision"],
        }

    def _waiting_since(self, url: object, key: object) -> int | None:
        """When a waiting capture of this address was received, in ms."""
        times = [
            header["received"]
            for header in self._spool.headers()
            if header.get("op") == "capture"
            and isinstance(header.get("received"), int)
            and isinstance(said := header.get("message"), dict)
            and ((isinstance(key, str) and said.get("url_key") == key) or said.get("url") == url)
        ]
        return max(times, default=None)

    def _begin(self, message: dict[str, Any]) -> dict[str, Any]:
        messages.check_begin(message)
        capture_id = messages.check_id(message)
        if capture_id in self._taking:
            self._taking.pop(capture_id).drop()
        elif len(self._taking) >= MAX_OPEN:
            raise Refusal("busy", f"{MAX_OPEN} captures are under way")
        if self._spool.holds(capture_id):
            self._taking[capture_id] = _Taking(message, None)
            return {"held": True}
        draft = self._draft(message, "capture", message["bytes"], message["sha256"])
        self._taking[capture_id] = _Taking(message, draft)
        return {}

    def _part(self, message: dict[str, Any]) -> dict[str, Any]:
        taking = self._taking.get(messages.check_id(message))
        number, text = messages.part_text(message)
        try:
            data = binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
        except ValueError:
            raise Refusal("bad-request", "data is not base64") from None
        if taking is None:
            raise Refusal("bad-request", "begin first")
        try:
            taking.add(number, data)
        except OSError:
            self._taking.pop(str(message["id"])).drop()
            raise
        return {"n": number}

    def _commit(self, message: dict[str, Any]) -> dict[str, Any]:
        capture_id = messages.check_id(message)
        taking = self._taking.pop(capture_id, None)
        if taking is None:
            if not self._spool.holds(capture_id):
                raise Refusal("bad-request", "begin first")
            return self._confirmed(capture_id, "")
        try:
            taking.check()
        except Refusal:
            taking.drop()
            raise
        if taking.draft is None or self._spool.holds(capture_id):
            taking.drop()
            return self._confirmed(capture_id, taking.sha256)
        spooled_at = taking.draft.keep()
        self._is_new = True
        return {"sha256": taking.sha256, "spooled_at": spooled_at}

    def _update(self, message: dict[str, Any]) -> dict[str, Any]:
        messages.check_update(message)
        return self._at_once(message, "update")

    def _annotate(self, message: dict[str, Any]) -> dict[str, Any]:
        messages.check_annotate(message)
        return self._at_once(message, "annotate")

    def _timed_comment(self, message: dict[str, Any]) -> dict[str, Any]:
        messages.check_timed_comment(message)
        return self._at_once(message, "timed-comment")

    def _tool(self, message: dict[str, Any]) -> dict[str, Any]:
        messages.check_tool(message)
        return self._at_once(message, "tool")

    def _at_once(self, message: dict[str, Any], op: str) -> dict[str, Any]:
        """Keep a message that has no payload."""
        if self._spool.holds(message["id"]):
            return self._confirmed(message["id"], _NOTHING)
        spooled_at = self._draft(message, op, 0, _NOTHING).keep()
        self._is_new = True
        return {"sha256": _NOTHING, "spooled_at": spooled_at}

    def _find(self, message: dict[str, Any]) -> dict[str, Any]:
        words, limit = messages.find_terms(message)
        answer = local.ask(self._address, {"op": "find", "q": words, "limit": limit})
        if answer is None:
            raise Refusal("desktop-closed", "no desktop answers")
        results, said, total = (answer.get(name) for name in ("results", "said", "total"))
        found = results[:limit] if isinstance(results, list) else []
        return {
            "results": found,
            "said": said if isinstance(said, list) else [],
            "total": total if messages.is_count(total) else len(found),
        }

    def _marks(self, message: dict[str, Any]) -> dict[str, Any]:
        """A page's highlights; while the desktop is closed, those that wait in the spool alone."""
        from native_host import marks  # here, because most messages are not about highlights

        url_key = messages.check_marks(message)
        waiting = marks.waiting(self._spool.headers(), url_key)
        answer = local.ask(self._address, {"op": "marks", "url_key": url_key}, MARKS_SECONDS) or {}
        known = answer.get("marks")
        return {
            "marks": marks.together(known if isinstance(known, list) else [], waiting),
            "desktop": isinstance(known, list),
        }

    def _show(self, message: dict[str, Any]) -> dict[str, Any]:
        question = {"op": "show"}
        if message.get("id") is not None:
            question["id"] = messages.check_id(message)
        if local.ask(self._address, question) is None:
            raise Refusal("desktop-closed", "no desktop answers")
        return {}

    def _draft(self, message: dict[str, Any], op: str, size: int, sha256: str) -> Draft:
        if (free := _free_bytes(self._home)) is not None and free < size + SPARE_BYTES:
            raise Refusal("disk-full", f"{free} bytes are free")
        header = {
            "format": FORMAT,
            "op": op,
            "id": message["id"],
            "received": _now(),
            "browser": self._family,
            "bytes": size,
            "sha256": sha256,
            "message": {name: value for name, value in message.items() if name not in _NOT_KEPT},
        }
        try:
            return self._spool.draft(header)
        except ValueError:
            raise Refusal("too-big", "the description is larger than 1 MiB") from None

    def _confirmed(self, capture_id: str, sha256: str) -> dict[str, Any]:
        """The acknowledgement of what was kept before, once more."""
        try:
            header = self._spool.header(capture_id)
            spooled_at = self._spool.confirm(capture_id)
        except FileNotFoundError:
            return {"sha256": sha256, "spooled_at": _now()}  # the desktop has just collected it
        return {"sha256": (header or {}).get("sha256", sha256), "spooled_at": spooled_at}


def reply(said: dict[str, Any]) -> bytes:
    """One reply as bytes, never larger than a browser takes."""
    whole = {"v": PROTOCOL[1], **said, "host": {"version": VERSION, "protocol": PROTOCOL}}
    body = strict.dumps(whole)
    if len(body) > MAX_REPLY:
        return refused(Refusal("too-big", "the answer is too large"), {"id": said.get("id", "")})
    return body


def refused(refusal: Refusal, told: dict[str, Any]) -> bytes:
    """The reply that says no."""
    return reply(
        {
            **({"id": told["id"][:64]} if "id" in told else {}),
            "ok": False,
            "code": refusal.code,
            "number": CODES[refusal.code],
            "why": str(refusal),
        }
    )


def _now() -> int:
    return time.time_ns() // 1_000_000


def _free_bytes(home: str) -> int | None:
    """What is free where the spool stands or will stand; None where the system does not say."""
    folder = home
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    return durable.free_bytes(folder)
