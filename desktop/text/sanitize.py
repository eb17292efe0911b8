"""The one gate for HTML: at capture, at show, at import, at export.

Surprising: depth and size are checked before the parser runs, since nh3's time grows faster than the nesting
(100,000 nested elements take it two minutes), and a bare carriage return would make the gate not idempotent.
"""

from collections.abc import Mapping


def clean(html: str, pictures: Mapping[str, str] = {}) -> str:  # noqa: B006 - never changed
    """Only article markup, no ids, no styles, no scripts, nothing that loads.

    ``pictures`` maps an absolute picture address to its ``res/<64 hex>.<ext>``. A picture not in it keeps its address in
    ``data-src``; a picture with neither is shown as its alt text. Idempotent. Raises `errors.Refused` over 20 MiB or
    when elements are nested deeper than 512.
    """
    raise NotImplementedError


def res_name(sha256: str, ext: str) -> str:
    """``res/<64 hex>.<ext>``: the only form of a picture source that passes the gate."""
    return f"res/{sha256}.{ext}"
