"""Which of the person's own tags may fit a source, and why: counted, never guessed, never invented.

Three reasons: pages of the same site bear the tag, pages with the same words in the title do, or it goes
together with a tag that is on the page already. The surprising fact: only the newest pages are asked, so that
an answer costs the same in a library of any size, and follows the person's habits of today.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.languages import tr, writing
from desktop.library.sense_values import Suggestion
from desktop.library.tag_paths import last_part
from desktop.store.reader import Reader

_NEWEST_OF_SITE = 200
_NEWEST_TITLES = 20_000
_NEWEST_TAGGED = 2_000
_WORDS_ASKED = 4
_LONG = 4
_WORD = re.compile(r"[^\W_]+")
_FEWEST = 2
_ENOUGH = 0.25
"""A share of pages below this is chance, not a habit."""

_SITE = """WITH some AS (SELECT id FROM source WHERE site = ?1 AND id <> ?2 AND state <> 'trash'
        ORDER BY id DESC LIMIT ?3)
    SELECT tag_id, count(*), (SELECT count(*) FROM some) FROM some JOIN source_tag ON source_id = some.id
    GROUP BY tag_id"""
_TITLE = """WITH newest AS (SELECT id, title FROM source WHERE state <> 'trash' ORDER BY id DESC LIMIT ?3),
        some AS (SELECT id FROM newest WHERE title LIKE '%' || ?1 || '%' AND id <> ?2)
    SELECT tag_id, count(*), (SELECT count(*) FROM some) FROM some JOIN source_tag ON source_id = some.id
    GROUP BY tag_id"""
_TOGETHER = """WITH some AS (SELECT source_id FROM source_tag WHERE tag_id = ?1 AND source_id <> ?2
        ORDER BY source_id DESC LIMIT ?3)
    SELECT tag_id, count(*), (SELECT count(*) FROM some) FROM some JOIN source_tag USING (source_id)
    WHERE tag_id <> ?1 GROUP BY tag_id"""


@dataclass(frozen=True, slots=True)
class _Vote:
    tag_id: int
    weight: float
    reason: str


def suggest(reader: Reader, source_id: int, limit: int = 5) -> list[Suggestion]:
    """Own tags that may fit a source and are not on it, the likeliest first, each with its reason."""
    row = reader.row("SELECT title, site FROM source WHERE id = ?", (source_id,))
    if row is None:
        return []
    title, site = row
    names = dict(reader.rows("SELECT id, name FROM tag"))
    present = [
        one for (one,) in reader.rows("SELECT tag_id FROM source_tag WHERE source_id = ?", (source_id,))
    ]
    weights: dict[int, float] = {}
    best: dict[int, _Vote] = {}
    for vote in _votes(reader, source_id, title, site, [(one, names[one]) for one in present], names):
        if vote.tag_id in present:
            continue
        weights[vote.tag_id] = weights.get(vote.tag_id, 0.0) + vote.weight
        if vote.tag_id not in best or vote.weight > best[vote.tag_id].weight:
            best[vote.tag_id] = vote
    order = sorted(weights, key=lambda one: (-weights[one], names[one]))
    return [Suggestion(names[one], best[one].reason) for one in order[:limit]]


def _votes(
    reader: Reader,
    source_id: int,
    title: str,
    site: str,
    present: list[tuple[int, str]],
    names: dict[int, str],
) -> Iterator[_Vote]:
    words = _words(title)
    for tag_id, name in names.items():
        if _words(last_part(name)) and set(_words(last_part(name))) <= set(words):
            yield _Vote(
                tag_id, 1.5, tr("“{last_part}” stands in the title").format(last_part=last_part(name))
            )
    if site:
        yield from _counted(reader, _SITE, (site, source_id, _NEWEST_OF_SITE), "site", site)
    for word in sorted(words, key=len, reverse=True)[:_WORDS_ASKED]:
        if len(word) >= _LONG:
            values = (word, source_id, _NEWEST_TITLES)
            yield from _counted(reader, _TITLE, values, "word", word)
    for tag_id, name in present:
        tagged = (tag_id, source_id, _NEWEST_TAGGED)
        yield from _counted(reader, _TOGETHER, tagged, "tag", name)


def _counted(reader: Reader, sql: str, values: tuple[object, ...], kind: str, name: str) -> Iterator[_Vote]:
    """A vote for each tag that enough of the asked pages bear; weight is their share, less for few pages."""
    for tag_id, count, of in reader.rows(sql, values):
        share = count / of
        if count >= _FEWEST and share >= _ENOUGH:
            yield _Vote(tag_id, share * min(1.0, 0.4 + count / 10), _why(kind, name, count))


def _why(kind: str, name: str, count: int) -> str:
    """Why a tag is suggested, for a number of pages that is never 1."""
    if kind == "site":
        text = tr("on {n} pages of {name}")
    elif kind == "word":
        text = tr("on {n} pages with “{name}” in the title")
    else:
        text = tr("together with “{name}” on {n} pages")
    return text.format(n=writing.number(count), name=name)


def _words(text: str) -> list[str]:
    """The words of a title, folded, each once."""
    return list(dict.fromkeys(_WORD.findall(text.casefold())))
