"""Goals, evidence, activities and all that hangs on them by the thousand, over a library that `many` filled.

The same numbers make the same rows. Everything stands in the tables as the commands would have left it, so
that pages can be measured and pictures taken.
"""

import datetime
import random
import uuid
from collections.abc import Iterator
from typing import Any

from desktop.paths import Paths
from desktop.store.database import connect_to_write, transaction

SKILLS = (
    "Data analysis", "SQL", "Facilitation", "Technical writing", "Statistics", "Project planning",
    "Interviewing", "Presenting", "Python", "Visual design", "Negotiation", "Accessibility",
)  # fmt: skip
KINDS = ("course", "video", "webinar", "workshop", "podcast", "book", "mooc", "conference", "project")
STATUSES = ("planned", "doing", "done", "done", "dropped")
SENTENCES = (
    "I rewrote our monthly report with it and it now takes ten minutes.",
    "Explained it to two colleagues; one of them uses it now.",
    "Tried it on last year's numbers: the same result as by hand.",
    "", "It contradicts what we do at present, so I asked for a review.",
)  # fmt: skip
PEOPLE = ("Ada", "Jonas", "Mira", "the data newsletter", "Priya", "our book circle")
_DAY = 24 * 3600 * 1000


def learn(
    paths: Paths, *, goals: int = 200, activities: int = 5_000, evidence: int = 20_000, now: int
) -> None:
    """Add these numbers, dated before ``now`` (milliseconds); needs at least one page with text.

    Beside them: five units and two sessions per activity, a level change for each goal's second and ninth
    piece of evidence, a try per ten, a tool and a question per goal, and a review per week of a year.
    """
    connection = connect_to_write(paths.library)
    try:
        with transaction(connection):
            made = _Made(connection, random.Random(goals + activities + evidence), now)
            made.goals(goals)
            made.activities(activities)
            made.evidence(evidence)
            made.tries(evidence // 10)
            made.others(goals)
    finally:
        connection.close()


class _Made:
    def __init__(self, connection: Any, chance: random.Random, now: int) -> None:
        self.connection, self.chance, self.now = connection, chance, now
        self.goal_ids: list[int] = []
        self.activity_ids: list[int] = []
        self.sources = [row[0] for row in connection.execute("SELECT id FROM source WHERE state <> 'trash'")]

    def goals(self, number: int) -> None:
        first = self._first("goal")
        rows = []
        for at in range(number):
            skill = SKILLS[at % len(SKILLS)] + (f" {at // len(SKILLS) + 1}" if at >= len(SKILLS) else "")
            state = "open" if at % 5 else "reached"
            by = self._date(self.chance.randint(-20, 200))
            row = (
                first + at,
                f"many {skill.casefold()}",
                skill,
                state,
                self._ago(400),
                "So that I can do it alone.",
            )
            rows.append(
                (
                    *row,
                    "",
                    "",
                    "",
                    at % 2,
                    at % 2,
                    3,
                    by,
                    "Ask for a task",
                    "",
                    0,
                    self._ago(30),
                    at % 17 == 0,
                )
            )
        self._put("goal", rows)
        self.goal_ids = [row[0] for row in rows]

    def activities(self, number: int) -> None:
        first, unit = self._first("activity"), self._first("unit")
        rows, units, sessions = [], [], []
        for at in range(number):
            kind, status = KINDS[at % len(KINDS)], STATUSES[at % len(STATUSES)]
            begins = self._date(self.chance.randint(-300, 60)) if at % 3 else ""
            row = (first + at, str(uuid.UUID(int=first + at)), kind, f"{kind.title()} {at + 1}", "Open Uni")
            row += (
                self.chance.choice(PEOPLE),
                f"https://learn.example/{at}",
                begins,
                "",
                "",
                90,
                "",
                "",
                status,
            )
            row += (
                "",
                0,
                self._ago(300),
                self._ago(10),
                0,
                self._goal(at),
                self._source(at) if at % 4 else None,
                None,
            )
            rows.append(row)
            for part in range(5):
                done = self._ago(5) if status == "done" or (status == "doing" and part < 2) else 0
                units.append((unit + len(units), first + at, part + 1, 0, f"Unit {part + 1}", 18, done))
            sessions += [
                (None, first + at, self._ago(200), self.chance.randint(10, 90), 0, "") for _ in range(2)
            ]
        self._put("activity", rows)
        self._put("unit", units)
        self._put("study_time", sessions)
        self.activity_ids = [row[0] for row in rows]

    def evidence(self, number: int) -> None:
        marks = self.connection.execute("SELECT id, source_id FROM annotation LIMIT 50000").fetchall()
        first = self._first("evidence")
        rows = [self._witness(first + at, at, marks) for at in range(number)]
        self._put("evidence", rows)
        self.connection.execute(
            "INSERT OR IGNORE INTO source_goal SELECT source_id, goal_id FROM evidence "
            "WHERE kind = 'capture' AND id >= ?",
            (first,),
        )
        self._levels(rows)

    def tries(self, number: int) -> None:
        rows = []
        for at in range(number):
            is_done = at % 3 == 0
            row = (None, f"Use it in the report of week {at}", self._date(self.chance.randint(-30, 60)))
            row += (
                "done" if is_done else "planned",
                "well" if is_done else "",
                SENTENCES[0] if is_done else "",
            )
            row += (self._date(-at % 90) if is_done else "", self._ago(100), self._ago(9), 0)
            rows.append((*row, self._goal(at), self._source(at)))
        self._put("try", rows)

    def others(self, number: int) -> None:
        ago = self._ago
        verdicts = ("keep", "learn", "replace", "")
        self._put("tool", [
            (None, f"Tool {at + 1}", "", "Joins over large files", at % 5, self._date(-at % 90),
             "", "a sheet", verdicts[at % 4], self._date(at - 30), "", ago(300), ago(90))
            for at in range(number)
        ])  # fmt: skip
        self._put("question", [
            (None, f"How do I do number {at + 1}?", ago(60), 0 if at % 3 else ago(3), "", 0, None, None)
            for at in range(number)
        ])  # fmt: skip
        self._put("review", [
            (None, self.now - at * 7 * _DAY - 900_000, "closing", self.now - at * 7 * _DAY, "A good week.")
            for at in range(1, 53)
        ])  # fmt: skip
        verbs = (("seek", "captured"), ("sense", "highlighted"), ("sense", "linked"), ("share", "sent"))
        self._put("event", [(None, ago(90), *verbs[at % 4], 1, "", 0) for at in range(number * 20)])

    def _witness(self, row_id: int, at: int, marks: list[tuple[int, int]]) -> tuple[Any, ...]:
        kind = ("capture", "annotation", "activity", "feedback")[at % 4]
        kind = (
            "feedback"
            if (kind == "annotation" and not marks) or (kind == "activity" and not self.activity_ids)
            else kind
        )
        mark, source = marks[at % len(marks)] if kind == "annotation" else (None, None)
        source = self._source(at) if kind == "capture" else source
        activity = self.activity_ids[at % len(self.activity_ids)] if kind == "activity" else None
        sentence = SENTENCES[at % len(SENTENCES)] or (SENTENCES[1] if kind == "feedback" else "")
        who = PEOPLE[at % len(PEOPLE)] if kind == "feedback" else ""
        row = (
            row_id,
            self._goal(at),
            kind,
            sentence,
            who,
            self._date(-(at // 60) % 400 - 400),
            self._ago(400),
        )
        return (*row, at % 29 == 0, source, mark, None, activity, None, None)

    def _levels(self, rows: list[tuple[Any, ...]]) -> None:
        of_goal: dict[int, list[int]] = {}
        for row in rows:
            of_goal.setdefault(row[1], []).append(row[0])
        change = self._first("level_change")
        for goal_id, ids in of_goal.items():
            (level,) = self.connection.execute("SELECT level FROM goal WHERE id = ?", (goal_id,)).fetchone()
            for ago, evidence_id in zip((200, 40), ids[1:9:7], strict=False):
                values = (
                    change,
                    goal_id,
                    level,
                    level + 1,
                    self._date(-ago),
                    SENTENCES[0],
                    self.now - ago * _DAY,
                )
                self._put("level_change", [values])
                self._put("level_evidence", [(change, evidence_id)])
                change, level = change + 1, level + 1
            self.connection.execute("UPDATE goal SET level = ? WHERE id = ?", (level, goal_id))

    def _goal(self, at: int) -> int | None:
        return self.goal_ids[at % len(self.goal_ids)] if self.goal_ids else None

    def _source(self, at: int) -> int:
        return int(self.sources[at * 7919 % len(self.sources)])

    def _ago(self, most: int) -> int:
        return self.now - self.chance.randrange(most * _DAY)

    def _date(self, shift: int) -> str:
        today = datetime.datetime.fromtimestamp(self.now / 1000).astimezone().date()
        return (today + datetime.timedelta(days=shift)).isoformat()

    def _first(self, table: str) -> int:
        (found,) = self.connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()
        return int(found)

    def _put(self, table: str, rows: list[tuple[Any, ...]] | Iterator[tuple[Any, ...]]) -> None:
        known = list(rows)
        if known:
            signs = ", ".join("?" * len(known[0]))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({signs})", known)
