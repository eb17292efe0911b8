"""A source as bibliographies know it: names of its authors, a date, where and when it was seen, a key.

The surprising fact: pages write their authors in any way ("By Ana Petrova & T. Rey"), so names are read with
care and, when in doubt, kept whole as one name rather than cut in two wrong ones.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.share.export.selection import Exported
from desktop.text.urls import site_name

_BY = re.compile(r"^\s*(?:by|von|par|por|door)\s*:?\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:;|\s(?:and|und|et|y|en)\s|\s?&\s?)\s*", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:team|staff|editors?|editorial|redaktion|desk|group|agency|institute|university|universität|ministry|"
    r"office|inc|ltd|gmbh|press|news|foundation|association|commission|contributors?|community|authors?)\b",
    re.IGNORECASE,
)
_PARTICLES = re.compile(r"van|von|der|den|del?|della|di|da|dos|du|la|le|zum?|zur|ter|ten|af|av|bin|ibn|al|el")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SMALL = re.compile(r"an?|the|der|die|das|eine?|les?|la|une?|el|los|of|on|in|for|and")
_LONGEST_NAME, _MOST_NAMES = 200, 50


@dataclass(frozen=True, slots=True)
class Name:
    """An author. ``given`` is empty for one who is kept whole: a group, or a name of one word."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """``Petrova, Ana``."""
        return f"{self.family}, {self.given}" if self.given else self.family


def one_line(text: str) -> str:
    """All white space as single spaces, other control characters gone."""
    shown = " ".join(text.split())
    return shown if shown.isprintable() else "".join(_shown(char) for char in shown)


def title_of(one: Exported) -> str:
    """On one line; the address when it has none."""
    return one_line(one.title) or one.url


def site_of(one: Exported) -> str:
    """The name of its site."""
    return one_line(one.site) or site_name(one.url)


def names_of(one: Exported) -> tuple[Name, ...]:
    """Its authors in order; empty when none is known."""
    author = _BY.sub("", one_line(one.author))
    if not author:
        return ()
    if len(author) > _LONGEST_NAME * 5:
        return (Name(author[: _LONGEST_NAME * 5]),)
    found: list[Name] = []
    for part in _AND.split(author):
        found += [_name(each) for each in _parted(part) if each]
    return tuple(dict.fromkeys(found))[:_MOST_NAMES]


def issued_of(one: Exported) -> tuple[int, ...]:
    """Year, or year and month, or year, month and day; empty when unknown."""
    found = _DATE.match(one.published)
    if found is None:
        return ()
    parts = tuple(int(part) for part in found.groups() if part)
    if not parts[0] or (len(parts) > 1 and not 1 <= parts[1] <= 12):
        return parts[:1] if parts[0] else ()
    return parts[:2] if len(parts) > 2 and not 1 <= parts[2] <= 31 else parts


def seen_of(one: Exported) -> tuple[int, int, int] | None:
    """The day (UTC) on which its newest version was saved; None when unknown."""
    try:
        day = datetime.fromtimestamp(one.captured_at / 1000, UTC) if one.captured_at > 0 else None
    except (ValueError, OverflowError, OSError):
        day = None
    return (day.year, day.month, day.day) if day else None


def excerpt_of(one: Exported) -> str:
    """The beginning of its text, to the end of a word."""
    excerpt = one_line(one.excerpt)
    if not excerpt or excerpt[-1] in ".!?…”\"'»)" or len(excerpt) < 100:
        return excerpt
    return f"{excerpt.rpartition(' ')[0] or excerpt}…"


def said_of(one: Exported) -> list[str]:
    """The person's words about it and what they marked, a line each: why, then quotations and comments."""
    lines = [one_line(one.why)] if one.why.strip() else []
    for mark in one.annotations:
        quote, comment = one_line(mark.quote), one_line(mark.comment)
        line = " — ".join(part for part in (f"“{quote}”" if quote else "", comment) if part)
        if line:
            lines.append(line)
    return lines


class Keys:
    """Makes keys such as ``petrova2024pivot-1a2b``, from the source alone: a later export has the same.

    Two sources that would share one get longer endings.
    """

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, one: Exported) -> str:
        """The key of the next source: letters, digits and hyphens."""
        names, issued = names_of(one), issued_of(one)
        head = _word(names[0].family) if names else _word(site_of(one).partition(".")[0])
        words = (_word(word) for word in title_of(one).split()[:12])
        title = next((word for word in words if word and not _SMALL.fullmatch(word)), "")
        year = str(issued[0]) if issued else ""
        stem = f"{head[:24]}{year}{title[:24]}" or "page"
        digits = one.uuid.replace("-", "")
        key = next(
            (key for size in (4, 8, 32) if (key := f"{stem}-{digits[:size]}") not in self._given),
            f"{stem}-{len(self._given)}",
        )
        self._given.add(key)
        return key


def _parted(text: str) -> list[str]:
    """At commas, when each part looks like a whole name; ``Petrova, Ana`` and ``King, Jr.`` stay one."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1 and all(len(part.split()) > 1 for part in parts):
        return parts
    return [text.strip(" ,")]


def _name(text: str) -> Name:
    family, comma, given = (part.strip() for part in text.partition(","))
    words = text.split()
    if _GROUP.search(text) or len(text) > _LONGEST_NAME or len(words) > 6 or any(c.isdigit() for c in text):
        return Name(text)
    if comma:
        return Name(family, given) if family and given and "," not in given else Name(text)
    if len(words) < 2:
        return Name(text)
    last = len(words) - 1
    if words[last].casefold() in _SUFFIXES and last > 1:
        last -= 1
    while last > 1 and _PARTICLES.fullmatch(words[last - 1]):
        last -= 1
    return Name(" ".join(words[last:]), " ".join(words[:last]))


def _word(text: str) -> str:
    """Small Latin letters and digits of it."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("ß", "ss")
    return "".join(char for char in plain if char.isascii() and char.isalnum())


def _shown(char: str) -> str:
    """A character that prints, or nothing; marks that join letters stay, those that turn the line do not."""
    return char if char.isprintable() or char in "\u200c\u200d\u00ad" else ""
