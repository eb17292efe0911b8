"""Captures that have to do with one another, found offline: by the rare words they share, by tags and goals.

Surprising: no machine learning. A word counts by how often this text says it and how few texts do.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from desktop.languages import tr
from desktop.library import lists
from desktop.library.search.values import Similar
from desktop.store.index_match import expression, key
from desktop.store.index_reading import IndexReader
from desktop.store.query import And, Keys, Not, Or, Word
from desktop.store.reader import Reader
from desktop.text.folding import indexable

_WORDS = 10
_LOOKED_AT = 60
_SMOOTH = 20
"""Reciprocal rank fusion's constant: the first places of each list count most."""
_LETTERS = re.compile(r"[^\W\d_]{4,30}")
_MOST_LETTERS = 200_000


def find(reader: Reader, index: IndexReader, source_id: int, limit: int) -> list[Similar]:
    """The best few, without the source itself and without Trash."""
    found = reader.row(
        "SELECT source.title, content.text FROM source JOIN capture ON capture.id = source.capture_id "
        "JOIN content ON content.id = capture.content_id WHERE source.id = ?",
        (source_id,),
    )
    if found is None:
        return []
    words = _telling(index, f"{found[0]}\n{found[0]}\n{found[1]}")
    by_words = _by_words(index, words)
    shared = _by_names(reader, source_id)
    scores: defaultdict[int, float] = defaultdict(float)
    for ranks in (by_words, list(shared)):
        for rank, other in enumerate(ranks):
            scores[other] += 1 / (_SMOOTH + rank)
    scores.pop(source_id, None)
    best = sorted(scores, key=lambda other: (-scores[other], -other))[:limit]
    held = {word: set(index.newest("ft_body", expression(Word(word)), -1)) for word in words}
    rows = {row.id: row for row in lists.page(reader, best)}
    return [
        Similar(rows[other], _reason([word for word in words if other in held[word]], shared.get(other, [])))
        for other in best
        if other in rows
    ]


def _telling(index: IndexReader, text: str) -> list[str]:
    """The words that tell this text from others, the most telling first."""
    said = Counter(_LETTERS.findall(indexable(text[:_MOST_LETTERS]).lower()))
    numbers = index.numbers(list(said)[:20_000]) if said else {}
    size = max(index.size(), 1)
    weights = {
        word: (1 + math.log(said[word])) * math.log(size / number)
        for word, number in numbers.items()
        if number < size / 5 or size < 50
    }
    return sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]


def _by_words(index: IndexReader, words: Sequence[str]) -> list[int]:
    if not words:
        return []
    some = Or(tuple(map(Word, words))) if len(words) > 1 else Word(words[0])
    node = And((some, Not(Keys((key("d", "trash"),)))))
    return [one for one, _ in index.ranked(expression(node), _LOOKED_AT)]


def _by_names(reader: Reader, source_id: int) -> dict[int, list[str]]:
    """Others that bear the same tags or goals, most and rarest first, with their names."""
    rows = reader.rows(
        """
        WITH mine AS (
            SELECT 'tag ' || name AS said, 't' AS kind, tag_id AS of FROM source_tag
            JOIN tag ON tag.id = tag_id WHERE source_id = ?1
            UNION ALL SELECT 'goal ' || skill, 'g', goal_id FROM source_goal JOIN goal ON goal.id = goal_id
            WHERE source_id = ?1
        ), others AS (
            SELECT source_id, said FROM mine JOIN source_tag ON kind = 't' AND tag_id = of
            UNION ALL SELECT source_id, said FROM mine JOIN source_goal ON kind = 'g' AND goal_id = of
        ), sizes AS (SELECT said, count(*) AS number FROM others GROUP BY said)
        SELECT source_id, json_group_array(said) FROM others JOIN sizes USING (said)
        WHERE source_id <> ?1 AND source_id NOT IN (SELECT id FROM source WHERE state = 'trash')
        GROUP BY source_id ORDER BY sum(1.0 / number) DESC, source_id DESC LIMIT ?2
        """,
        (source_id, _LOOKED_AT),
    )
    return {other: json.loads(said) for other, said in rows}


def _reason(words: Sequence[str], names: Sequence[str]) -> str:
    """Say "Also about pivot, table · tag sql"."""
    parts = [tr("Also about {words}").format(words=", ".join(words[:3]))] if words else []
    return " · ".join([*parts, *names[:2]])
