"""The search benchmark's two questions to a candidate."""

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., str]

CAPTURES = [
    {
        "id": at, "url": f"https://a.example/{at}", "site": "a.example", "title": f"Title {at}",
        "author": "Ann",
        "lang": "en", "created": 1_500_000_000 + at * 10_000_000, "words": 6,
        "body": "Common words and a restored thing." if at % 2 else "Common words alone.",
        "tags": ["work/howto"] if at < 5 else [], "goals": ["Goal 1"] if at == 3 else [],
        "highlights": [{"quote": "Common words", "note": "n", "created": 1_600_000_000}] if at == 1 else [],
    }
    for at in range(1, 21)
]  # fmt: skip

QUERIES = [
    {"n": 1, "class": "common", "words": ["common"], "order": "relevance", "runs": 2},
    {"n": 2, "class": "newest", "words": ["common"], "order": "newest", "runs": 1},
    {"n": 3, "class": "count", "words": ["restored"], "count": True, "runs": 1},
    {"n": 4, "class": "filter", "words": ["common"], "tag": "work/howto", "after": 1_520_000_000, "runs": 1},
    {"n": 5, "class": "phrase", "phrase": "words and a", "order": "relevance", "runs": 1},
    {"n": 6, "class": "typing", "prefix": "common r", "order": "relevance", "runs": 1},
    {"n": 7, "class": "typo", "typo": "ristored", "want": "restored", "runs": 1},
    {"n": 8, "class": "and3", "words": ["common", "nowhere", "thing"], "order": "relevance", "runs": 1},
]


def test_a_library_is_made_and_queried(run: Run, tmp_path: Path) -> None:
    corpus, queries, library = tmp_path / "c.jsonl", tmp_path / "q.jsonl", tmp_path / "library"
    corpus.write_text("".join(json.dumps(one) + "\n" for one in CAPTURES), "utf-8")
    queries.write_text("".join(json.dumps(one) + "\n" for one in QUERIES), "utf-8")

    made = json.loads(run("bench-import", "--library", str(library), "--corpus", str(corpus)))
    said = json.loads(run("bench-search", "--library", str(library), "--queries", str(queries)))
    results = {one["n"]: one for one in said["results"]}

    assert made["captures"] == 20
    assert len(results[1]["ms"]) == 2
    assert len(results[1]["top"]) == 20
    assert results[2]["top"] == list(range(20, 0, -1))
    assert results[3]["hits"] == 10
    assert results[4]["top"] == [4, 3] or sorted(results[4]["top"]) == [3, 4]
    assert sorted(results[5]["top"]) == list(range(1, 21, 2))
    assert results[6]["top"]
    assert results[7]["suggestion"] == "restored"
    assert results[8]["top"] == []
    assert "There is a library" in run(
        "bench-import", "--library", str(library), "--corpus", str(corpus), status=1
    )
