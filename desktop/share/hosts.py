"""Which addresses lead inside an organisation or a home, and so do not leave by default. Pure.

Surprising: a name without a dot is one of them (``http://wiki/``), and so is all that is not of the web: a
file's address tells a user name and how folders are laid out.
"""

import ipaddress
import re
from collections.abc import Sequence
from html import unescape

from desktop.capture.addresses import is_open
from desktop.text import urls

_ENDINGS = frozenset(
    ["local", "internal", "lan", "intranet", "corp", "home", "private", "localdomain", "localhost", "arpa"]
)
_ATTRIBUTE = re.compile(r'\s(?:href|data-src|cite|src)="([^"]*)"')
_IN_WORDS = re.compile(
    r"(?:\[(?P<label>[^\[\]\n]{0,999})\]\(\s{0,9}<?)?(?P<url>\b(?:https?|ftp|file|smb)://[^\s<>()\[\]\"'`]+)"
    r"(?(label)[^()\n]{0,99}\)|)",
    re.IGNORECASE,
)
_KEPT = re.compile(r"res/[0-9a-f]{64}\.[a-z]{3,4}")


def is_internal(url: str, more: Sequence[str] = ()) -> bool:
    """Does the address lead to a host that is not of the open internet?

    ``more``: hosts that the person names, each with all below it.
    """
    host = urls.site_name(url).rstrip(".").lower()
    if not host:
        return True
    try:
        return not is_open(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    labels = host.split(".")
    if len(labels) == 1 or labels[-1] in _ENDINGS or labels[-1].isdigit():
        return True
    named = (one.strip().lower().strip(".").removeprefix("www.") for one in more)
    return any(host == one or host.endswith(f".{one}") for one in named if one)


def listed(setting: str) -> tuple[str, ...]:
    """The hosts of a setting, parted by commas or blanks."""
    return tuple(setting.replace(",", " ").split())


def without_internal(html: str, more: Sequence[str] = ()) -> str:
    """Clean HTML without the addresses of such hosts; their words stay. A mail address stays too."""

    def kept(found: re.Match[str]) -> str:
        address = unescape(found[1])
        is_fine = _KEPT.fullmatch(address) or address.lower().startswith("mailto:")
        return found[0] if is_fine or not is_internal(address, more) else ""

    return _ATTRIBUTE.sub(kept, html)


def words_without_internal(markdown: str, more: Sequence[str] = ()) -> str:
    """The same of Markdown: of a link its words stay, and a bare address becomes an ellipsis."""

    def kept(found: re.Match[str]) -> str:
        return (found["label"] or "…") if is_internal(found["url"], more) else found[0]

    return _IN_WORDS.sub(kept, markdown) if "://" in markdown else markdown
