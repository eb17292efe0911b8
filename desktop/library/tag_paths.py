"""Tag names as paths: ``work/sql`` stands below ``work``. Pure, and light enough for the first paint.

The surprising fact: nothing is stored of the tree. A tag's children are the tags whose key begins with its
key and a slash, which is one range of the index, so moving a subtree is renaming its tags.
"""

import unicodedata
from collections.abc import Iterable

SLASH = "/"
_AFTER_SLASH = "0"
"""The character after the slash: everything below "work" lies between "work/" and "work0"."""


def key_of(name: str) -> str:
    """By what two tags (or skills) are the same: case and blanks around a path's parts do not matter."""
    whole = SLASH.join(part.strip() for part in name.split(SLASH))
    return unicodedata.normalize("NFC", whole.strip()).casefold()


def named(names: Iterable[str]) -> list[str]:
    """The names without blanks around them, empty ones and doubles; the first writing stays."""
    kept: dict[str, str] = {}
    for name in names:
        if name.strip():
            kept.setdefault(key_of(name), name.strip())
    return list(kept.values())


def below(key: str) -> tuple[str, str]:
    """The keys of all tags below this one: ``low < key < high``, as SQLite compares text."""
    return key + SLASH, key + _AFTER_SLASH


def parents(name: str) -> list[str]:
    """The paths above a name, from the top: ``a/b/c`` gives ``a`` and ``a/b``. Empty parts make no level."""
    return [name[:at] for at, sign in enumerate(name) if sign == SLASH and name[:at].strip(SLASH)]


def beginning(name: str, path: str) -> str:
    """The first parts of a name as it is written, as many as ``path`` (a key) has."""
    return SLASH.join(name.split(SLASH)[: path.count(SLASH) + 1]).strip()


def depth(name: str) -> int:
    """How deep a name stands: 0 at the top."""
    return len(parents(name))


def last_part(name: str) -> str:
    """What stands after the last slash, or the name itself when nothing does."""
    return name.rpartition(SLASH)[2] or name


def tidy(name: str) -> str:
    """A name as a person means it: no blanks around its parts, no empty part at its ends or between.

    For names that are typed to rename or move; what a capture brought is kept to the byte.
    """
    return SLASH.join(part.strip() for part in name.split(SLASH) if part.strip())
