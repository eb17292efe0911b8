"""Words, reading time and excerpt of a text.

Surprising: Chinese and Japanese write without spaces, so there a character counts for half a word.
"""

import re

WORDS_A_MINUTE = 230
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONGEST = 1_000
"""Signs of a title or name."""
_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’)»]*(?:\s|$)|[。！？]")


def words_of(text: str) -> int:
    """Words of a text; two Chinese or Japanese characters count as one."""
    wide = len(_WIDE.findall(text))
    return len(_WORD.findall(_WIDE.sub(" ", text))) + (wide + 1) // 2


def minutes_of(text: str) -> int:
    """Whole minutes to read a text; at least 1 when there is one."""
    words = words_of(text)
    return max(1, round(words / WORDS_A_MINUTE)) if words else 0


def excerpt_of(text: str, length: int = 240) -> str:
    """The first prose of a text, at most ``length`` characters, cut at a word."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    prose = next((line for line in lines if len(line) > 60 and _SENTENCE_END.search(line)), "")
    start = prose or next((line for line in lines if line), "")
    if len(start) <= length:
        return start
    cut = start[: length - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > length // 2 else cut).rstrip(" ,;:–—-") + "…"


def shortened(text: str, longest: int = LONGEST) -> str:
    """A title or name that somebody else wrote, cut when it is longer than any that is one."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
