"""Names and addresses shown so that they cannot deceive: hidden signs written out, hosts as the network asks.

Surprising: a sign of direction can make ``exe.gpj`` read ``jpg.exe``, and letters of another script look like
ours; both are harmless once they are seen.
"""

import unicodedata
from urllib.parse import urlsplit


def visible(text: str) -> str:
    """The text with controls, invisible signs and signs of direction written out as ``⟨U+202E⟩``."""
    hidden = {"Cc", "Cf", "Zl", "Zp", "Co", "Cs", "Cn"}
    return "".join(
        f"⟨U+{ord(letter):04X}⟩" if unicodedata.category(letter) in hidden else letter for letter in text
    )


def host_of(address: str) -> str:
    """The host as the network asks for it, its look behind when that is another: ``xn--… (аpple.com)``."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    wire, look = _wire(host), _look(host)
    return wire if wire == look else f"{wire} ({visible(look)})"


def _wire(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return visible(host)


def _look(host: str) -> str:
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
