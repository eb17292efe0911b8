"""The passage that answers: a few lines of the text around the words that were asked for.

Surprising: it is found in the text itself, since the index keeps no text; places are code points, so that the
reader can jump there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.store.query import Node, Word, words_of
from desktop.text.folding import fold, fold_with_places, is_paired

LONGEST = 240
_BEFORE = 60
_MOST_PLACES = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one text."""

    text: str
    marks: tuple[tuple[int, int], ...]
    """Code-point spans of the matched words in ``text``."""
    place: int
    """Where the first of them stands in the whole text; -1 when none does."""
    found: int
    """How many of the different words it holds."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What to mark: made once for a question, used for every row."""

    pattern: re.Pattern[str] | None
    words: tuple[str, ...]
    """Folded."""


def sought(node: Node | None, column: str = "title") -> Sought:
    """The words of a question that a text may be marked with: those of any field, and those of one."""
    words = {_regex(word): fold(word.text) for word in words_of(node) if word.column in ("", column)}
    if not words:
        return Sought(None, ())
    longest_first = sorted(words, key=len, reverse=True)
    return Sought(re.compile("|".join(longest_first)), tuple(dict.fromkeys(words.values())))


def passage(text: str, sought: Sought, longest: int = LONGEST) -> Passage:
    """The stretch that holds most of the words; the beginning when it holds none."""
    if sought.pattern is None:
        return Passage(_clean(text[: longest + 1], longest), (), -1, 0)
    folded, places = fold_with_places(text)
    spans = []
    for found in sought.pattern.finditer(folded):
        start, end = found.span()
        spans.append((start, end, found[0]) if places is None else (places[start], places[end], found[0]))
        if len(spans) == _MOST_PLACES:
            break
    if not spans:
        return Passage(_clean(text[: longest + 1], longest), (), -1, 0)
    first, last, number = _densest(spans, longest - _BEFORE)
    start, end = _cut(text, spans[first][0], longest)
    inside = [(max(a, start), min(b, end)) for a, b, _ in spans[first : last + 1] if a < end and b > start]
    head = "… " if start else ""
    shown, moved = _flattened(text[start:end], [(a - start, b - start) for a, b in inside])
    tail = " …" if end < len(text.rstrip()) else ""
    marks = tuple((a + len(head), b + len(head)) for a, b in moved)
    return Passage(f"{head}{shown}{tail}", marks, spans[first][0], number)


def best(passages: Iterable[Passage]) -> int:
    """Which of several holds most of the words; the first of equals."""
    numbers = [each.found for each in passages]
    return numbers.index(max(numbers))


def _regex(word: Word) -> str:
    """A folded word as the tokeniser sees it: between signs that are no letters."""
    parts = re.findall(r"[^\W_]+", fold(word.text))
    inner = r"[\W_]+".join(map(re.escape, parts)) or r"(?!)"
    if is_paired(inner):
        return inner
    return rf"(?<![^\W_]){inner}" + ("" if word.is_prefix else r"(?![^\W_])")


def _densest(spans: Sequence[tuple[int, int, str]], width: int) -> tuple[int, int, int]:
    """(first, last, number of different words) of the window that holds most different words."""
    best_found, first = (0, 0, 0), 0
    for last, (_, end, _) in enumerate(spans):
        while end - spans[first][0] > width and first < last:
            first += 1
        number = len({word for _, _, word in spans[first : last + 1]})
        if number > best_found[2]:
            best_found = first, last, number
    first, _, number = best_found
    last = first
    while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= width:
        last += 1
    return first, last, number


def _cut(text: str, at: int, longest: int) -> tuple[int, int]:
    """Bounds at blanks, with a little before the match; from the start of its sentence when that is near."""
    start = max(0, at - _BEFORE) if len(text) > longest else 0
    if start:
        near = text[start:at]
        sentence = max(near.rfind(". "), near.rfind("\n"), near.rfind("? "), near.rfind("! "))
        blank = near.find(" ")
        start += sentence + 1 if sentence >= 0 else blank + 1 if blank >= 0 else 0
        start += len(text[start:at]) - len(text[start:at].lstrip())
    end = min(len(text), start + longest)
    if end < len(text):
        blank = text.rfind(" ", max(at, end - 30), end)
        end = blank if blank > at else end
    return start, end


def _flattened(text: str, marks: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Line breaks as one blank each: no mark moves."""
    return re.sub(r"[\r\n\t\x0b\x0c\u2028\u2029]", " ", text), marks


def _clean(text: str, longest: int) -> str:
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    blank = flat.rfind(" ", 0, longest)
    return f"{flat[: blank if blank > longest // 2 else longest]} …"
