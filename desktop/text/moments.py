"""Moments of a film or recording: as a clock shows them, and as an address that starts there.

The surprising fact: no two sites agree on how an address says a second; where nothing is known, the W3C media
fragment (``#t=70``) is what players of plain files understand.
"""

import re
from urllib.parse import urlsplit, urlunsplit

_FRAGMENT = re.compile(r"t=(?:npt:)?(\d{1,7}(?:\.\d{1,3})?)")


def clock(seconds: float) -> str:
    """A place in a film: ``22:10`` or ``1:02:03``."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def time_link(url: str, seconds: float) -> str:
    """The page's address that starts the film at this second, in the way its site understands."""
    whole = max(0, int(seconds))
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in {"youtube.com", "youtu.be", "youtube-nocookie.com"}:
        kept = [pair for pair in parts.query.split("&") if pair and not pair.startswith(("t=", "start="))]
        return urlunsplit(parts._replace(query="&".join([*kept, f"t={whole}s"]), fragment=""))
    return urlunsplit(parts._replace(fragment=f"t={whole}s" if host == "vimeo.com" else f"t={whole}"))


def fragment(seconds: float) -> str:
    """The W3C media fragment of a second: ``t=70`` or ``t=70.5``."""
    return f"t={max(0.0, min(seconds, 9_999_999.0)):.1f}".removesuffix(".0")


def seconds_of(value: str) -> float | None:
    """The second that a media fragment names; None for another fragment. An end is left out."""
    found = _FRAGMENT.match(value)
    return float(found[1]) if found else None


def heard(transcript: str, seconds: float) -> str:
    """The line of a transcript (``1:05 What was said``) that is heard at this second; empty when none is."""
    spoken = ""
    for line in transcript.splitlines():
        time, _, words = line.partition(" ")
        if not re.fullmatch(r"(?:\d+:)?\d{1,3}:\d{2}", time):
            continue
        at = 0
        for part in time.split(":"):
            at = at * 60 + int(part)
        if at > seconds:
            break
        spoken = words.strip()
    return spoken
