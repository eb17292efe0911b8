"""The spool: captures that are safe on disk and wait for the desktop. Also says where home is.

A capture is one file, written as `durable` says; only when it is kept may anybody be told so. Surprising:
nothing here imports `pathlib` until the desktop asks for a path: that import costs the host as much time as
the whole start of the interpreter.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time

from native_host import strict
from native_host.durable import (
    Draft,
    kept_at,
    make_private,
    remove_quietly,
    sync_folder,
    write_whole,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Any

MAGIC = b"KITHBOOK1\n"
SUFFIX = ".spool"
FORMAT = 1
MAX_HEADER = 1 << 20
OLD_PART_SECONDS = 3600
FRESH_MS = 60_000
_HEX = frozenset("0123456789abcdef")


class Damaged(Exception):
    """A spool file that cannot be read; ``str(error)`` is a sentence for the person."""


def is_id(value: object) -> bool:
    """Is this a UUID as we write it: 36 characters, lower case? Nothing else becomes a file name."""
    if not isinstance(value, str) or len(value) != 36:
        return False
    groups = value.split("-")
    return [len(group) for group in groups] == [8, 4, 4, 4, 12] and _HEX.issuperset("".join(groups))


def home_text() -> str:
    """The folder of all the app owns, as text: ``KITHBOOK_HOME``, else the system's place for data."""
    chosen = os.environ.get("KITHBOOK_HOME")
    if chosen:
        return os.path.abspath(chosen)
    user = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(
            os.environ.get("LOCALAPPDATA") or os.path.join(user, "AppData", "Local"), "Kithbook"
        )
    if sys.platform == "darwin":
        return os.path.join(user, "Library", "Application Support", "Kithbook")
    data = os.environ.get("XDG_DATA_HOME") or ""
    return os.path.join(data if os.path.isabs(data) else os.path.join(user, ".local", "share"), "kithbook")


def home() -> Path:
    """The folder that holds all the app owns. It need not exist yet."""
    return _path(home_text())


def socket_text(home: str) -> str:
    """Where the running desktop of this home listens, under 100 bytes; a pipe name on Windows."""
    name = "kithbook-" + hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()[:16]
    if sys.platform == "win32":
        return "\\\\.\\pipe\\" + name
    runtime = os.environ.get("XDG_RUNTIME_DIR") or ""
    if os.path.isabs(runtime) and len(os.fsencode(runtime)) <= 60 and os.path.isdir(runtime):
        return os.path.join(runtime, name)
    return os.path.join(
        "/tmp", f"kithbook-{os.getuid()}", name
    )  # the desktop makes this folder and checks it


def socket_path(home: Path) -> Path:
    """Where the running desktop of ``home`` listens."""
    return _path(socket_text(os.fspath(home)))


class Spooled:
    """One spool file, read and checked: ``header`` as docs/protocol.md lists it, ``payload`` as it came."""

    __slots__ = ("header", "payload")

    def __init__(self, header: dict[str, Any], payload: bytes) -> None:
        self.header = header
        self.payload = payload


class Spool:
    """The folder of waiting captures. Host and desktop use it at the same time; every file has one writer."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """``folder`` need not exist yet: it is made, 0700, by the first write."""
        self.folder = os.fspath(folder)
        self._known: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {}

    def draft(self, header: dict[str, Any]) -> Draft:
        """Begin a file: the header is written, the payload is to follow. OSError passes.

        The caller answers for ``bytes`` and ``sha256``. ValueError when the header is too long or has no id.
        """
        line = strict.dumps({"format": FORMAT, **header})
        if len(line) > MAX_HEADER:
            raise ValueError("the header is larger than 1 MiB")
        path = self.path_text(header["id"])
        make_private(self.folder)
        draft = Draft(path)
        try:
            draft.write(MAGIC + line + b"\n")
        except BaseException:
            draft.drop()
            raise
        return draft

    def put(self, header: dict[str, Any], payload: Iterable[bytes] = ()) -> None:
        """Write one file durably; ``bytes`` and ``sha256`` of the payload are filled in. OSError passes."""
        chunks = [bytes(chunk) for chunk in payload]
        digest = hashlib.sha256(b"".join(chunks))
        size = sum(map(len, chunks))
        draft = self.draft({**header, "bytes": size, "sha256": digest.hexdigest()})
        try:
            for chunk in chunks:
                draft.write(chunk)
        except BaseException:
            draft.drop()
            raise
        draft.keep()

    def path_text(self, capture_id: str) -> str:
        """Where the file of this id is or would be."""
        if not is_id(capture_id):
            raise ValueError("the id is not a UUID")
        return os.path.join(self.folder, capture_id + SUFFIX)

    def holds(self, capture_id: str) -> bool:
        """Does a file of this id wait here?"""
        return os.path.exists(self.path_text(capture_id))

    def confirm(self, capture_id: str) -> int:
        """Force a waiting file and the folder to disk once more; returns its time of keeping in ms.

        The writer before us may have been killed after the rename and before the folder was safe.
        """
        path = self.path_text(capture_id)
        file = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(file)
        finally:
            os.close(file)
        sync_folder(self.folder)
        return kept_at(path)

    def names(self) -> list[str]:
        """Names of the waiting files, in no order."""
        try:
            return [
                name
                for name in os.listdir(self.folder)
                if name.endswith(SUFFIX) and is_id(name[: -len(SUFFIX)])
            ]
        except FileNotFoundError:
            return []

    def waiting(self) -> list[Path]:
        """The waiting files, oldest first; what cannot be read comes first, to be set aside."""
        order = []
        for name in self.names():
            header = self._header(name) or {}
            received = header.get("received")
            when = received if isinstance(received, int) else 0
            order.append((when, header.get("op") != "capture", name))
        return [_path(os.path.join(self.folder, name)) for *_, name in sorted(order)]

    def headers(self) -> Iterator[dict[str, Any]]:
        """The headers of the waiting files, in no order, cheaply: a file seen before is not read again."""
        names = self.names()
        for gone in self._known.keys() - set(names):
            del self._known[gone]
        for name in names:
            header = self._header(name)
            if header is not None:
                yield header

    def header(self, capture_id: str) -> dict[str, Any] | None:
        """The header of one waiting file; None when there is none or it cannot be read."""
        return self._header(os.path.basename(self.path_text(capture_id)))

    def _header(self, name: str) -> dict[str, Any] | None:
        path = os.path.join(self.folder, name)
        try:
            state = os.stat(path)
            mark = (state.st_mtime_ns, state.st_size)
            known = self._known.get(name)
            if known is not None and known[0] == mark:
                return known[1]
            with open(path, "rb") as file:
                header = _read_header(file)
        except (OSError, Damaged):
            return None
        self._known[name] = (mark, header)
        return header

    def read(self, path: str | os.PathLike[str]) -> Spooled:
        """Read and check one file. Raises Damaged with a sentence; OSError when the disk refuses."""
        with open(path, "rb") as file:
            header = _read_header(file)
            payload = file.read()
        if header["id"] + SUFFIX != os.path.basename(os.fspath(path)):
            raise Damaged("The file does not belong to its name.")
        if len(payload) != header.get("bytes"):
            raise Damaged("The file is shorter or longer than it says.")
        if hashlib.sha256(payload).hexdigest() != header.get("sha256"):
            raise Damaged("The file was changed after it was written.")
        return Spooled(header, payload)

    def remove(self, path: str | os.PathLike[str]) -> None:
        """Delete a collected file, durably. A file that is gone already is no error."""
        remove_quietly(os.fspath(path))
        sync_folder(self.folder)

    def set_aside(self, path: str | os.PathLike[str], reason: str) -> Path:
        """Move a file that cannot be collected to ``damaged/``, with the reason as a text beside it."""
        folder = os.path.join(self.folder, "damaged")
        make_private(folder)
        stem = os.path.basename(os.fspath(path))
        target, count = os.path.join(folder, stem), 1
        while os.path.exists(target):
            count += 1
            target = os.path.join(folder, f"{stem}-{count}")
        write_whole(target + ".txt", (reason.strip() + "\n").encode("utf-8", "replace"))
        os.replace(path, target)
        sync_folder(folder)
        sync_folder(self.folder)
        return _path(target)

    def damaged(self) -> list[Path]:
        """The files that were set aside, by name; their reasons stand beside them."""
        folder = os.path.join(self.folder, "damaged")
        try:
            names = sorted(name for name in os.listdir(folder) if not name.endswith(".txt"))
        except FileNotFoundError:
            return []
        return [_path(os.path.join(folder, name)) for name in names]

    def sweep(self) -> int:
        """Delete the hidden files of writers that died over an hour ago; returns how many."""
        count, now = 0, time.time()
        try:
            with os.scandir(self.folder) as entries:
                parts = [e.path for e in entries if e.name.startswith(".") and e.name.endswith(".part")]
        except FileNotFoundError:
            return 0
        for path in parts:
            try:
                if now - os.stat(path).st_mtime > OLD_PART_SECONDS:
                    os.unlink(path)
                    count += 1
            except OSError:
                continue  # another sweeper was faster
        return count

    def hello(self, browser: str, record: dict[str, Any]) -> None:
        """Note what a browser said of itself in ``browsers/<browser>.json``; ``browser`` is our own word."""
        if not browser.isascii() or not browser.isalpha():
            raise ValueError("the browser's name is not one of ours")
        folder = os.path.join(self.folder, "browsers")
        place = os.path.join(folder, browser + ".json")
        known = _note(place) or {}
        if all(known.get(name) == value for name, value in record.items() if name != "at"):
            since, now = known.get("at"), record.get("at")
            if isinstance(since, int) and isinstance(now, int) and 0 <= now - since < FRESH_MS:
                return  # replacing a file costs more than all the rest of a hello
        make_private(folder)
        write_whole(place, strict.dumps(record), is_durable=False)

    def hellos(self) -> dict[str, dict[str, Any]]:
        """What each browser last said of itself, by the browser's name; unreadable notes are left out."""
        folder = os.path.join(self.folder, "browsers")
        found: dict[str, dict[str, Any]] = {}
        try:
            names = sorted(name for name in os.listdir(folder) if name.endswith(".json"))
        except FileNotFoundError:
            return {}
        for name in names:
            record = _note(os.path.join(folder, name))
            if record is not None:
                found[name.removesuffix(".json")] = record
        return found


def _note(path: str) -> dict[str, Any] | None:
    """What stands in a small JSON file, if it is an object."""
    try:
        with open(path, "rb") as file:
            value = strict.loads(file.read(MAX_HEADER))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def _read_header(file: Any) -> dict[str, Any]:
    if file.read(len(MAGIC)) != MAGIC:
        raise Damaged("The file does not begin as a capture of Kithbook does.")
    line = file.readline(MAX_HEADER + 2)
    if not line.endswith(b"\n"):
        raise Damaged("The file breaks off in its first lines.")
    try:
        header = strict.loads(line)
    except ValueError:
        raise Damaged("The description of the capture cannot be read.") from None
    if not isinstance(header, dict) or not is_id(header.get("id")):
        raise Damaged("The description of the capture lacks its number.")
    if header.get("format") != FORMAT:
        raise Damaged("The file was written by another version of Kithbook.")
    return header


def _path(text: str) -> Path:
    from pathlib import Path

    return Path(text)
