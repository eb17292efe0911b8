"""Pictures and raw pages as files named by their SHA-256. Durable (file and folder synced) when a function returns."""

from pathlib import Path

from desktop.library.values import Asset
from desktop.paths import Paths


def keep(paths: Paths, data: bytes, ext: str, url: str = "") -> Asset:
    """Store a picture or file once. ``ext`` without dot, one of ``MIMES``. Raises BadInput, NoSpace."""
    raise NotImplementedError


def path_of(paths: Paths, res_name: str) -> Path | None:
    """The file behind ``res/<64 hex>.<ext>``; None for any other name or when it is absent."""
    raise NotImplementedError


def keep_page(paths: Paths, html: bytes) -> tuple[str, str]:
    """Store a raw page compressed; (relative name below ``pages``, SHA-256 of the raw bytes). Raises NoSpace."""
    raise NotImplementedError


def read_page(paths: Paths, name: str) -> bytes | None:
    """The raw page by its relative name; None when it is absent or damaged."""
    raise NotImplementedError
