"""Letters made equal for search: case, diacritics, widths, ligatures; and pairs of letters for scripts that
put no blanks between words.

Surprising: what goes into the index is already folded here, on both sides, so the index's own tokeniser only
cuts. Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are cut into overlapping pairs, so that any two
neighbouring characters find a text.
"""

import re
import unicodedata
from itertools import accumulate

_SPECIAL = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "ng",
    "ŧ": "t", "ĸ": "k", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "’": "'", "‘": "'", "ʼ": "'",
}  # fmt: skip

_PAIRED = (
    "\u0e01-\u0e5b\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_PAIRED}]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_HAS_LETTER = re.compile(rf"[^\W_]|[{_PAIRED}]")


class _Folded(dict[str, str]):
    """Each character's folding, looked up once."""

    def __missing__(self, character: str) -> str:
        made = self[character] = _fold_one(character)
        return made


def _fold_one(character: str) -> str:
    low = unicodedata.normalize("NFKC", _SPECIAL.get(character, character)).casefold()
    return "".join(_SPECIAL.get(part, _bare(part)) for part in low)


def _bare(part: str) -> str:
    """One character without its diacritics; of scripts whose marks are letters, the marks stay."""
    kind = unicodedata.category(part)
    if kind in ("Co", "Cs", "Cc"):
        return " "  # private characters are the index's own marks
    if not ("\u0900" <= part < "\u1ab0" or "\u1ab0" <= part < "\u1e00" or part >= "\u2000"):
        decomposed = unicodedata.normalize("NFD", part)
        return "".join(_SPECIAL.get(each, each) for each in decomposed if unicodedata.category(each) != "Mn")
    if kind == "Mn" and ("\u1ab0" <= part < "\u1e00" or "\u20d0" <= part < "\u2100" or part >= "\ufe20"):
        return ""
    return part


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Lower case, no diacritics, one width: what two words have in common when a person calls them equal."""
    if text.isascii():
        return text.lower()
    return "".join(map(_FOLDED.__getitem__, unicodedata.normalize("NFC", text)))


def fold_with_places(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and for each of its characters the place in ``text``; None when places are equal."""
    if text.isascii():
        return text.lower(), None
    parts = [_FOLDED[character] for character in text]
    folded = "".join(parts)
    if len(folded) == len(text) and all(len(part) == 1 for part in parts):
        return folded, None
    starts = [0, *accumulate(map(len, parts))]
    places = [at for at, part in enumerate(parts) for _ in part]
    assert len(places) == starts[-1]
    return folded, [*places, len(text)]


def indexable(text: str) -> str:
    """As it goes into the index: folded beyond ASCII (the index folds ASCII itself), paired."""
    if text.isascii():
        return text
    folded = _BEYOND_ASCII.sub(_fold_run, unicodedata.normalize("NFC", text))
    return _RUN.sub(_pairs, folded)


def searchable(text: str) -> str:
    """As a question asks for it: like `indexable`, but a paired run at the end may go on in the text."""
    return " ".join(_RUN.sub(_asked_pairs, fold(text)).split())


def has_letters(text: str) -> bool:
    """Whether there is anything that an index can hold."""
    return _HAS_LETTER.search(fold(text)) is not None


def is_paired(text: str) -> bool:
    """Whether it holds characters of a script that is cut into pairs."""
    return _RUN.search(text) is not None


def _fold_run(run: re.Match[str]) -> str:
    return "".join(map(_FOLDED.__getitem__, run[0]))


def _pairs(run: re.Match[str]) -> str:
    letters = run[0]
    return f" {' '.join(letters[at : at + 2] for at in range(len(letters)))} "


def _asked_pairs(run: re.Match[str]) -> str:
    letters = run[0]
    if len(letters) == 1 or _HAS_LETTER.search(run.string, run.end()):
        return _pairs(run)
    return f" {' '.join(letters[at : at + 2] for at in range(len(letters) - 1))} "
