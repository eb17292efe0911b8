"""Libraries of any size, filled by plain SQL: 100,000 sources in seconds, believable in every list column.

Texts are shared by many captures so that the file stays small; everything else varies, always in the same way
for the same ``n``. `sample` is the small hand-written library that pictures show.
"""

import importlib.util
import random
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.store.database import connect_to_write, transaction
from desktop.text.urls import url_key

ROOT = Path(__file__).resolve().parents[2]
DAY = 24 * 3600 * 1000

SITES = (
    "people-at-work.example", "query-desk.example", "health-and-shift.example", "onboarding-notes.example",
    "works-council-review.example", "open-door.example", "plain-spreadsheets.example",
    "the-handover.example", "floor-and-forecast.example", "quiet-meetings.example",
    "letters-on-learning.example", "the-safe-bench.example",
)  # fmt: skip
SUBJECTS = (
    "Pivot tables", "Structured interviews", "Pay bands", "The first ninety days", "Exit questions",
    "Shift planning", "Return-to-work talks", "Engagement surveys", "Meeting notes", "A handover checklist",
    "Regression to the mean", "Query plans", "Feedback in writing", "A learning hour", "Onboarding buddies",
    "Incident reviews", "Shared inboxes", "Budget forecasts", "Accessible documents", "Cohort charts",
)  # fmt: skip
ANGLES = (
    "for people who never liked them", "and what they do not tell you", "after one year",
    "in a team of six", "without new software", "explained with one example", "that nobody argues about",
    "in plain words", "before the quarter ends", "when half the team is remote",
    "from the other side of the table", "done in an hour",
)  # fmt: skip
AUTHORS = (
    "M. Lindqvist",
    "Ana Petrova",
    "Tomás Rey",
    "J. Okafor",
    "Ines Falk",
    "R. Banerjee",
    "Lea Horn",
    "",
)
TAGS = (
    "hiring", "pay", "onboarding", "surveys", "employment-law", "excel", "sql", "charts", "meetings",
    "health", "planning", "writing", "learning", "feedback", "work/sql", "work/reports", "to-share",
    "accessibility",
)  # fmt: skip
GOALS = ("Fair interviews", "Read a query plan", "Write shorter reports")
WHYS = (
    "For the talk with Finance in January.", "Our panel scores by feeling; this could help.",
    "Show it to Jonas before the review.", "The second example is our case exactly.",
)  # fmt: skip
SENTENCES = (
    "The first version of the list had forty lines, and nobody read past the tenth.",
    "We asked the same question in three teams and got three different numbers.",
    "What helped was not the form but the quarter of an hour set aside for it.",
    "A short note on the day is worth more than a long report at the end of the month.",
    "Two people looked at every answer before anybody saw the average.",
    "The table below holds for a team of six; larger teams need a second reader.",
    "It took us a year to notice that the exception had become the rule.",
    "Write down what would change your mind before you open the spreadsheet.",
    "Nobody objected in the meeting, which was the first sign that something was wrong.",
)


def fill(paths: Paths, n: int, *, contents: int = 200, now: int | None = None) -> None:
    """Make the library and add ``n`` sources (2 % with two versions). Ids are 1 … n, ages up to two years."""
    open_library(paths, write=True).close()
    chance = random.Random(n)
    moment = now if now is not None else time.time_ns() // 1_000_000
    connection = connect_to_write(paths.library)
    try:
        with transaction(connection):
            texts = [_content(chance, number + 1) for number in range(min(contents, n))]
            _insert(connection, "content", texts)
            empty = len(texts) + 1
            _insert(connection, "content", [(empty, 0, 0, "", "", "", "[]", "", "", "")])
            _insert(connection, "tag", [(at + 1, name, name, "") for at, name in enumerate(TAGS)])
            _insert(
                connection, "goal", [(at + 1, s.casefold(), s, "open", moment) for at, s in enumerate(GOALS)]
            )
            rows = list(_sources(chance, n, moment, texts, empty))
            _insert(connection, "source", (row for row, _ in rows))
            _insert(connection, "address", ((row[2], row[0]) for row, _ in rows))
            _insert(connection, "capture", _captures(rows))
            _insert(connection, "source_tag", _tags(chance, n))
            _insert(
                connection,
                "source_goal",
                ((at, at // 9 % len(GOALS) + 1) for at in range(1, n + 1) if at % 9 == 0),
            )
            _insert(
                connection,
                "event",
                ((at, row[19], "seek", "captured", 1) for at, (row, _) in enumerate(rows, 1)),
            )
    finally:
        connection.close()


def sample(paths: Paths, now: int | None = None) -> None:
    """Fill a library with the hand-written sample; ``now`` in milliseconds since 1970."""
    _sample_library().fill(paths, now)


def _sample_library() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_library", ROOT / "packaging" / "sample_library.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _insert(connection: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows that may be shorter than the table: columns that came later have a default."""
    them = list(rows)
    if not them:
        return
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")][: len(them[0])]
    signs = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({signs})", them)


def _content(chance: random.Random, number: int) -> tuple[Any, ...]:
    paragraphs = [" ".join(chance.choices(SENTENCES, k=5)) for _ in range(3)]
    text = f"Case {number}.\n\n" + "\n\n".join(paragraphs)
    html = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    words = len(text.split()) * chance.randint(1, 30)
    return (number, words, max(1, words // 230), paragraphs[0][:200], "", "", "[]", "", text, html)


def _sources(
    chance: random.Random, n: int, now: int, texts: list[tuple[Any, ...]], empty: int
) -> Iterator[tuple[tuple[Any, ...], int]]:
    """(source row, content id) for each id: a tenth each Inbox and Later, a fiftieth Trash."""
    for at in range(1, n + 1):
        site = chance.choice(SITES)
        title = f"{chance.choice(SUBJECTS)} {chance.choice(ANGLES)}"
        url = f"https://{site}/{2024 + at % 3}/{title.lower().replace(' ', '-')}-{at}"
        saved = now - int((n - at) / n * 730 * DAY) - chance.randint(0, 3_600_000)
        state = (
            "inbox" if at % 10 == 1 else "later" if at % 10 == 2 else "trash" if at % 50 == 3 else "archive"
        )
        is_link_only = at % 40 == 7
        content = texts[at % len(texts)]
        words, minutes, excerpt = (0, 0, "Saved as link only.") if is_link_only else content[1:4]
        key, progress = url_key(url), 0.4 if at % 13 == 0 else 0.0
        why, found_through = WHYS[at % len(WHYS)] if at % 5 == 0 else "", "Jonas" if at % 17 == 0 else ""
        published = time.strftime("%Y-%m-%d", time.gmtime(saved / 1000 - 86400 * (at % 90)))
        row = (
            *(
                at,
                url,
                key,
                key,
                state,
                saved,
                "",
                why,
                found_through,
                at % 3 == 0,
                0,
                progress,
                saved,
                saved,
            ),
            *(0, title, site, chance.choice(AUTHORS), published, saved, minutes, words, excerpt),
            *("video" if at % 29 == 0 else "page", is_link_only, 2 if at % 50 == 0 else 1),
        )
        yield (*row[:14], at + at // 50, *row[15:]), empty if is_link_only else content[0]


def _captures(rows: list[tuple[tuple[Any, ...], int]]) -> Iterator[tuple[Any, ...]]:
    """Each source's newest capture has the id that its row names; a second version comes right before it."""
    for row, content in rows:
        for number in range(1, row[-1] + 1):
            capture_id = row[14] - row[-1] + number
            captured = row[19] - (row[-1] - number) * DAY
            yield (
                *(
                    capture_id,
                    str(uuid.UUID(int=capture_id)),
                    row[0],
                    number,
                    captured,
                    captured,
                    row[1],
                    row[15],
                ),
                *(
                    row[17],
                    row[18],
                    False,
                    row[16],
                    "en",
                    "firefox",
                    row[23],
                    False,
                    row[24],
                    "",
                    "[]",
                    "",
                    "",
                    "",
                ),
                *("", "{}", content),
            )


def _tags(chance: random.Random, n: int) -> Iterator[tuple[int, int]]:
    for at in range(1, n + 1):
        for tag in sorted(set(chance.choices(range(1, len(TAGS) + 1), k=at % 4))):
            yield at, tag
