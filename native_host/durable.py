"""Files that are whole or not there, and on disk before anybody is told so.

Written under a hidden name, forced to disk, renamed, and then the folder is forced to disk. Surprising:
without the last step a power cut may take back the name, though the content is safe.
"""

from __future__ import annotations

import os
import sys


def is_private(folder: str) -> bool:
    """Does the folder belong to this user alone? On Windows the profile's own rights decide."""
    if sys.platform == "win32":
        return True
    try:
        state = os.lstat(folder)
    except OSError:
        return False
    return state.st_uid == os.getuid() and state.st_mode & 0o170077 == 0o040000


def make_private(folder: str | os.PathLike[str]) -> None:
    """Make the folder and its missing parents, 0700, durably; one that others may enter is closed to them."""
    text = os.fspath(folder)
    if not os.path.isdir(text):
        parent = os.path.dirname(text)
        if parent and not os.path.isdir(parent):
            make_private(parent)
        try:
            os.mkdir(text, 0o700)
        except FileExistsError:
            pass  # another process was faster
        # The name of a new folder is no safer than that of a new file: what lies in it would go with it.
        sync_folder(parent or ".")
    if sys.platform != "win32" and os.stat(text).st_mode & 0o077:
        os.chmod(text, 0o700)


class Draft:
    """A file being written: ``keep()`` makes it durable and visible, ``drop()`` leaves nothing behind."""

    def __init__(self, path: str, mode: int = 0o600) -> None:
        """Open the hidden file beside ``path``. OSError passes."""
        self._folder, name = os.path.split(path)
        self._final = path
        self._part = os.path.join(self._folder, f".{name}.{os.getpid()}-{id(self):x}.part")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._file = os.open(self._part, flags, mode)

    def write(self, data: bytes) -> None:
        """Append. OSError passes (a full disk, a failing one); the caller drops the draft then."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._file, rest) :]

    def keep(self, *, is_durable: bool = True) -> int:
        """Force the file to disk, give it its name, force the folder; returns the time of keeping in ms.

        When this raises, nothing is kept, and nobody may be told that it is.
        """
        try:
            if is_durable:
                os.fsync(self._file)
            file, self._file = self._file, -1
            os.close(file)
            os.replace(self._part, self._final)
        except BaseException:
            self.drop()
            raise
        try:
            if is_durable:
                sync_folder(self._folder)
        except BaseException:
            remove_quietly(self._final)
            raise
        return kept_at(self._final)

    def drop(self) -> None:
        """Close and delete the hidden file."""
        if self._file >= 0:
            file, self._file = self._file, -1
            os.close(file)
        remove_quietly(self._part)


def write_whole(path: str, data: bytes, *, is_durable: bool = True, mode: int = 0o600) -> None:
    """Replace a small file in one step; durable unless told otherwise. OSError passes."""
    draft = Draft(path, mode)
    try:
        draft.write(data)
    except BaseException:
        draft.drop()
        raise
    draft.keep(is_durable=is_durable)


def sync_folder(folder: str | os.PathLike[str]) -> None:
    """Force the names in a folder to disk. Windows has no such call and keeps names in its own journal."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free_bytes(folder: str) -> int | None:
    """What this user may still write there; None where it cannot be told without more of the library."""
    if sys.platform == "win32":
        return None
    try:
        state = os.statvfs(folder)
    except OSError:
        return None
    return state.f_bavail * state.f_frsize


def remove_quietly(path: str) -> None:
    """Delete a file if that can be done."""
    try:
        os.unlink(path)
    except OSError:
        pass


def kept_at(path: str) -> int:
    """When the file was last written, in ms since 1970: the same for every repeat of an acknowledgement."""
    return os.stat(path).st_mtime_ns // 1_000_000
