"""Ways to go on in a question: names of filters, and behind a colon the person's own tags, goals, sites.

Surprising: only what would find something is offered, so a completion never leads to nothing.
"""

import re
from collections.abc import Callable, Iterable

from desktop.languages import tr, trn, writing
from desktop.library import vocabulary
from desktop.library.search.values import Completion
from desktop.store.query_terms import HAS, IS, LANGUAGES, MEANINGS, NAMES, TYPES
from desktop.store.reader import Reader
from desktop.text.folding import fold

_LAST = re.compile(
    r"(?P<minus>-?)(?:(?P<name>[^\W\d_]+):)?(?P<open>[\"“„]?)(?P<typed>[^\s\"“”„()]*|(?<=[\"“„])[^\"“”„]*)$"
)
_DATES = (
    "today",
    "yesterday",
    "this week",
    "last week",
    "this month",
    "last month",
    "this year",
    "last year",
)

_Offers = list[tuple[str, str]]


def complete(reader: Reader, text: str, cursor: int, limit: int) -> list[Completion]:
    """What may stand at the cursor (code points), the likeliest first."""
    found = _LAST.search(text[:cursor])
    if found is None:
        return []
    rest = re.match(r"[^\s()\"“”]*[\"”]?", text[cursor:])
    end = cursor + (rest.end() if rest else 0)
    typed, named = found["typed"], found["name"]
    if named is None:
        if not typed or found["open"]:
            return []
        start = found.start("typed")
        names = [name for name in MEANINGS if name.startswith(fold(typed))]
        return [Completion(f"{name}:", f"{name}:", start, end, tr(MEANINGS[name])) for name in names[:limit]]
    name = NAMES.get(fold(named), "")
    offers = _OFFERS[name](reader, typed.lstrip("="), limit) if name in _OFFERS else []
    start = found.end("name") + 1
    return [Completion(label, _quoted(label), start, end, detail) for label, detail in offers[:limit]]


def _quoted(value: str) -> str:
    """With quotation marks where blanks or brackets would end it, and a blank to go on."""
    return f'"{value}" ' if re.search(r"[\s()]", value) else f"{value} "


def _tags(reader: Reader, typed: str, limit: int) -> _Offers:
    return [(one.name, _pages(one.count)) for one in vocabulary.complete(reader, typed, limit)]


def _goals(reader: Reader, typed: str, limit: int) -> _Offers:
    rows = reader.rows(
        "SELECT skill, count(source_id) FROM goal LEFT JOIN source_goal ON goal_id = goal.id "
        "GROUP BY goal.id ORDER BY goal.state <> 'open', count(source_id) DESC"
    )
    return [(skill, _pages(number)) for skill, number in rows if fold(typed) in fold(skill)]


def _most_used(column: str) -> Callable[[Reader, str, int], _Offers]:
    def offers(reader: Reader, typed: str, limit: int) -> _Offers:
        rows = reader.rows(
            f"SELECT {column}, count(*) FROM source WHERE state <> 'trash' AND {column} <> '' "
            f"GROUP BY {column} ORDER BY count(*) DESC, {column}"
        )
        return list(_fitting(rows, typed))[:limit]

    return offers


def _fitting(rows: Iterable[tuple[str, int]], typed: str) -> Iterable[tuple[str, str]]:
    """Names a word of which begins so."""
    wanted = fold(typed)
    for name, number in rows:
        folded = fold(name)
        if folded.startswith(wanted) or re.search(rf"(?<![^\W_]){re.escape(wanted)}", folded):
            yield name, _pages(number)


def _listed(values: Iterable[str]) -> Callable[[Reader, str, int], _Offers]:
    known = list(dict.fromkeys(values))

    def offers(_reader: Reader, typed: str, _limit: int) -> _Offers:
        return [(value, "") for value in known if value.startswith(fold(typed))]

    return offers


def _languages(reader: Reader, typed: str, _limit: int) -> _Offers:
    names = {code: name for name, code in reversed(LANGUAGES.items())}
    rows = reader.rows(
        "SELECT lower(substr(lang, 1, 2)) AS code, count(*) FROM capture GROUP BY 1 ORDER BY 2 DESC"
    )
    return [
        (code, f"{names.get(code, code)}, {_pages(number)}")
        for code, number in rows
        if code.startswith(fold(typed)) and code
    ]


def _pages(number: int) -> str:
    return trn("{n} page", "{n} pages", number).format(n=writing.number(number))


_OFFERS: dict[str, Callable[[Reader, str, int], _Offers]] = {
    "tag": _tags,
    "goal": _goals,
    "site": _most_used("site"),
    "author": _most_used("author"),
    "person": _most_used("found_through"),
    "is": _listed(IS.values()),
    "has": _listed(HAS.values()),
    "type": _listed(TYPES.values()),
    "lang": _languages,
    "before": _listed(_DATES),
    "after": _listed(_DATES),
}
