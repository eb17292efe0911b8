"""Pictures and raw pages as files named by their SHA-256; durable (file and folder synced) on return.

They are written before the transaction that names them: a crash between leaves a file too many, never one too
few.
"""

import gzip
import hashlib
import os
import re
import time
import zlib
from collections.abc import Iterable
from pathlib import Path

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.values import Asset
from desktop.paths import Paths
from desktop.store import faults
from native_host.durable import make_private, sync_folder

MIMES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "pdf": "application/pdf",
    "json": "application/json",
    "eml": "message/rfc822",
}
"""What is kept: pictures; certificates, which may be a PDF; the signed block of a pack; a mail on its way."""
_RES = re.compile(r"res/([0-9a-f]{64})\.([a-z]{3,4})")
_PAGE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}\.html\.gz")


def keep(paths: Paths, data: bytes, ext: str, url: str = "") -> Asset:
    """Store a picture or certificate once. ``ext`` without dot, one of `MIMES`. Raises BadInput, NoSpace."""
    if ext not in MIMES:
        raise BadInput(tr("Kithbook keeps no files of the kind “{ext}”.").format(ext=ext))
    digest = hashlib.sha256(data).hexdigest()
    _write(paths, paths.assets / digest[:2] / f"{digest}.{ext}", data)
    return Asset(digest, ext, MIMES[ext], len(data), url)


def path_of(paths: Paths, res_name: str) -> Path | None:
    """The file behind ``res/<64 hex>.<ext>``; None for any other name or when it is absent."""
    found = _RES.fullmatch(res_name)
    if not found or found[2] not in MIMES:
        return None
    path = paths.assets / found[1][:2] / f"{found[1]}.{found[2]}"
    return path if path.is_file() else None


def keep_page(paths: Paths, html: bytes) -> tuple[str, str]:
    """Store a raw page compressed; (relative name below ``pages``, SHA-256 of the raw bytes).

    Raises NoSpace.
    """
    digest = hashlib.sha256(html).hexdigest()
    name = f"{digest[:2]}/{digest}.html.gz"
    _write(paths, paths.pages / name, gzip.compress(html, 6, mtime=0))
    return name, digest


def read_page(paths: Paths, name: str) -> bytes | None:
    """The raw page by its relative name; None when it is absent or damaged."""
    if not _PAGE.fullmatch(name):
        return None
    try:
        return gzip.decompress((paths.pages / name).read_bytes())
    except (OSError, EOFError, zlib.error):
        return None


def remove(paths: Paths, names: Iterable[str], kept_before: int | None = None) -> None:
    """Delete the files of assets (``res/…``) and raw pages (relative names) that nothing shows any more.

    ``kept_before``: nanoseconds since 1970; what was kept again since then stays, as a capture on its way
    may name it soon. `sweep` finds it when none did.
    """
    for name in names:
        path = path_of(paths, name) or (paths.pages / name if _PAGE.fullmatch(name) else None)
        if path is not None:
            _unlink(path, kept_before)


def sweep(paths: Paths, named: set[str], kept_before: int) -> int:
    """Delete what a crash left: files that ``named`` (``res/…`` and raw page names) lacks; how many.

    ``kept_before``: nanoseconds since 1970; younger files may belong to a capture that is being saved.
    """
    stray = [
        path
        for folder in (paths.assets, paths.pages)
        for path in folder.glob("??/*")
        if path.is_file() and _name_of(paths, path) not in named
    ]
    return sum(_unlink(path, kept_before) for path in stray)


def _name_of(paths: Paths, path: Path) -> str:
    if path.parent.parent == paths.assets:
        return f"res/{path.name}"
    return f"{path.parent.name}/{path.name}"


def _unlink(path: Path, kept_before: int | None) -> bool:
    try:
        if kept_before is None or path.stat().st_mtime_ns < kept_before:
            path.unlink()
            return True
    except OSError:
        pass  # a file too many harms nobody; it is not worth failing what was done
    return False


def _write(paths: Paths, path: Path, data: bytes) -> None:
    """Beside the target, synced, renamed, folder synced. A file of the right size is taken as written."""
    try:
        if path.is_file() and path.stat().st_size == len(data):
            os.utime(path, ns=(time.time_ns(),) * 2)  # kept again: see `remove`
            return
        for folder in (paths.home, path.parent.parent):
            make_private(folder)
        make_private(path.parent)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            _write_synced(part, data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise faults.told(error, paths.library) from error


def _write_synced(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
