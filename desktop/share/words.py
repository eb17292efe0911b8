"""Six words for a key, so that two people can compare it aloud.

Surprising: they are the first 66 bits of a hash of the key, so a forger would have to make keys for thousands
of years to meet all six; and no two words of the list begin with the same four letters.
"""

import hashlib
from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("words.txt")
WORDS = 6
_BITS = 11


def words_of(key: str) -> tuple[str, ...]:
    """The six words of an Ed25519 public key given as hex digits; none for an empty key."""
    if not key:
        return ()
    digest = hashlib.sha256(b"kithbook words 1\n" + key.lower().encode("ascii", "replace")).digest()
    bits = int.from_bytes(digest, "big") >> (256 - WORDS * _BITS)
    every = word_list()
    return tuple(every[bits >> (_BITS * place) & 2047] for place in reversed(range(WORDS)))


def said(key: str) -> str:
    """The six words on one line: ``maple · harbour · seven · lantern · oat · winter``."""
    return " · ".join(words_of(key))


@cache
def word_list() -> tuple[str, ...]:
    """All 2,048, in the order that is their number."""
    lines = _LIST.read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
