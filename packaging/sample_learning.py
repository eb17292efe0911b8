"""What the invented person of the sample library learns: goals with evidence, courses, tries, tools, reviews.

    python packaging/sample_library.py HOME

calls this too. All of it stands in ``samples/learning.json``: days are counted back from today (negative:
ahead), pages by the number in front of their file's name, highlights by their order in ``sense.json``.
"""

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.learning import (
    activities,
    days,
    evidence,
    goals,
    levels,
    questions,
    selfcheck,
    study,
    toolkit,
    tries,
    units,
)
from desktop.learning.review import STEPS
from desktop.learning.values import ActivityKind, EvidenceKind, GoalState, Status, Thing, Verdict, Went
from desktop.library.acts import act
from desktop.library.marks import timed_comments
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

ACTS = {"seek": "saved", "sense": "highlighted", "share": "passed on"}
SAMPLES = Path(__file__).resolve().parent / "samples"


class _Sample:
    """Fills one library."""

    def __init__(self, writer: Writer, reader: Reader, now: datetime) -> None:
        self.writer, self.now, self.today = writer, now, now.date()
        self.pages = _pages(reader)
        captures = dict(reader.rows("SELECT id, capture_id FROM source"))
        self.captures = {number: captures[page] for number, page in self.pages.items()}
        self.marks = [row[0] for row in reader.rows("SELECT id FROM annotation ORDER BY id")]
        self.notes = [row[0] for row in reader.rows("SELECT id FROM note ORDER BY id")]
        self.goals: dict[str, int] = {row[1]: row[0] for row in reader.rows("SELECT id, skill FROM goal")}

    def day(self, back: int) -> str:
        return (self.today - timedelta(days=back)).isoformat()

    def at(self, back: int, hour: int = 10) -> int:
        moment = (self.now - timedelta(days=back)).replace(hour=hour, minute=20, second=0, microsecond=0)
        return int(min(moment, self.now - timedelta(minutes=5)).timestamp() * 1000)

    def goal(self, told: dict[str, Any]) -> None:
        """A goal, or all that is to be said of one that pages are tied to already."""
        due = told.get("due")
        named = {
            "why": told["why"], "level_to": told["to"], "by_date": "" if due is None else self.day(due),
            "next_step": told.get("next", ""), "framework": told.get("framework", ""),
            "code": told.get("code", ""), "label": told.get("label", ""), "tags": told.get("tags", ()),
        }  # fmt: skip
        goal_id = self.goals.get(told["skill"], 0)
        if goal_id:
            goals.edit(self.writer, goal_id, level_from=told["from"], **named)
        else:
            goal_id = goals.make(self.writer, told["skill"], level_from=told["from"], **named).made
            self.goals[told["skill"]] = goal_id
        made = [self.evidence(goal_id, one) for one in told["evidence"]]
        for one in told["tries"]:
            self.attempt(goal_id, one)
        for one in told["levels"]:
            levels.move(self.writer, goal_id, one["to"], one["sentence"], made[:3], self.day(one["day"]))
        if "state" in told:
            goals.close(self.writer, goal_id, GoalState(told["state"]), told["closing"])

    def evidence(self, goal_id: int, told: dict[str, Any]) -> int:
        day, sentence = self.day(told["day"]), told.get("sentence", "")
        if "who" in told:
            return evidence.feedback(self.writer, goal_id, told["who"], sentence, day).made
        thing = Thing(EvidenceKind.CAPTURE, self.pages.get(told.get("page", 0), 0))
        if "mark" in told:
            thing = Thing(EvidenceKind.ANNOTATION, self.marks[told["mark"] - 1])
        elif "note" in told:
            thing = Thing(EvidenceKind.NOTE, self.notes[told["note"] - 1])
        return evidence.attach(self.writer, goal_id, [thing], sentence, day).made

    def attempt(self, goal_id: int, told: dict[str, Any]) -> None:
        source_id = self.pages.get(told.get("page", 0), 0)
        by = self.day(told["due"]) if "due" in told else ""
        made = tries.plan(self.writer, told["what"], by, goal_id, source_id).made
        if "result" in told:
            tries.resolve(self.writer, made, told["result"], Went(told["went"]), self.day(told["day"]))

    def activity(self, told: dict[str, Any]) -> None:
        begins = told.get("begins")
        made = activities.make(
            self.writer, ActivityKind(told["kind"]), told["title"], provider=told.get("provider", ""),
            people=told.get("people", ""), minutes=told["minutes"], cost=told.get("cost", ""),
            begins=f"{self.day(begins[0])}T{begins[1]}" if begins else "",
            status=Status(told["status"]), note=told.get("note", ""), goal_id=self.goals[told["goal"]],
            source_id=self.pages[told["page"]] if "page" in told else 0,
        ).made  # fmt: skip
        if told.get("position"):
            activities.edit(self.writer, made, position=told["position"])
        if told["units"]:
            units.paste(self.writer, made, "\n".join(told["units"]))
        for back, minutes in told["sessions"]:
            study.log(self.writer, made, minutes, started=self.at(back, 18))
        for back, time, minutes, what in told.get("planned", ()):
            study.plan(self.writer, made, f"{self.day(back)}T{time}", minutes, note=what)
        for seconds, text in told.get("comments", ()):
            timed_comments.comment(self.writer, self.captures[told["page"]], seconds, text)

    def tool(self, told: dict[str, Any]) -> None:
        toolkit.make(
            self.writer, told["name"], told["problem"], url=told["url"], level=told["level"],
            last_used=self.day(told["used"]), cost=told["cost"], alternatives=told["alternatives"],
            verdict=Verdict(told["verdict"]), review_on=self.day(told["review"]),
            source_ids=[self.pages[page] for page in told["pages"]],
        )  # fmt: skip

    def check(self, told: dict[str, Any]) -> None:
        quarter = days.quarter_of(self.today)
        if told["quarter"] < 0:
            quarter = days.quarter_before(quarter)
        selfcheck.write(self.writer, quarter, told["number"], told["answer"])

    def question(self, told: dict[str, Any]) -> None:
        made = questions.ask(self.writer, told["text"]).made
        if "answer" in told:
            questions.answer(self.writer, made, told["answer"])

    def date_back(self, told: dict[str, Any]) -> None:
        """What the commands dated today happened on its own day; the log of twelve weeks is written."""

        def work(connection: sqlite3.Connection) -> Changes:
            connection.execute(
                "UPDATE evidence SET on_date = (SELECT date(saved_at / 1000, 'unixepoch', 'localtime') "
                "FROM source WHERE source.id = source_id) WHERE kind = 'capture' AND on_date = ?",
                (self.day(0),),
            )
            for table in ("evidence", "level_change"):
                connection.execute(
                    f"UPDATE {table} SET made_at = min(made_at, "
                    "CAST(strftime('%s', on_date, '+10 hours') AS INTEGER) * 1000)"
                )
            for goal in (*told["goals"], *told["closed"]):
                began = (self.at(goal["began"]), self.goals[goal["skill"]])
                connection.execute("UPDATE goal SET made_at = ? WHERE id = ?", began)
                if "quiet" in goal:
                    connection.execute(
                        "UPDATE evidence SET made_at = min(made_at, ?) WHERE goal_id = ?",
                        (self.at(goal["quiet"]), began[1]),
                    )
            self._units_done(connection, told)
            for row in told["questions"]:
                connection.execute(
                    "UPDATE question SET asked_at = ? WHERE text = ?", (self.at(row["day"]), row["text"])
                )
            self._reviews(connection, told)
            self._log(connection, told["weeks"])
            return Changes(frozenset({Noun.GOAL}), (), "", "Dated")

        act(self.writer, work)

    def _units_done(self, connection: sqlite3.Connection, told: dict[str, Any]) -> None:
        for row in told["activities"]:
            connection.execute(
                "UPDATE unit SET done_at = ?3 WHERE ordinal < ?2 AND activity_id = "
                "(SELECT id FROM activity WHERE title = ?1)",
                (row["title"], row.get("units_done", 0) + self._first_ordinal(connection), self.at(6)),
            )

    def _first_ordinal(self, connection: sqlite3.Connection) -> int:
        return int(connection.execute("SELECT coalesce(min(ordinal), 0) FROM unit").fetchone()[0])

    def _reviews(self, connection: sqlite3.Connection, told: dict[str, Any]) -> None:
        for row in told["reviews"]:
            start = self.at(row["day"], 15)
            end = start + row["minutes"] * 60_000
            review_id = connection.execute(
                "INSERT INTO review (started_at, step, finished_at, closing) VALUES (?, ?, ?, ?)",
                (start, STEPS[-1], end, row["closing"]),
            ).lastrowid
            for number, step in enumerate(STEPS, 1):
                at = start + (end - start) * number // len(STEPS)
                connection.execute(
                    "INSERT INTO review_step VALUES (?, ?, ?, 'done', 0)", (review_id, step, at)
                )

    def _log(self, connection: sqlite3.Connection, weeks: list[list[int]]) -> None:
        """Acts by week, the oldest first; what the commands wrote today goes."""
        connection.execute("DELETE FROM event")
        monday = self.today - timedelta(days=self.today.weekday())
        sources = list(self.pages.values())
        for back, numbers in enumerate(reversed(weeks)):
            start = datetime.combine(monday - timedelta(days=7 * back), self.now.time())
            for verb, count in zip(("seek", "sense", "share"), numbers, strict=True):
                for at in range(count):
                    moment = start + timedelta(hours=(at * 11) % 100)
                    at_ms = int(min(moment, self.now).timestamp() * 1000)
                    source_id = sources[(at + back) % len(sources)]
                    connection.execute(
                        "INSERT INTO event (at, verb, act, count, noun, ref_id) "
                        "VALUES (?, ?, ?, 1, 'source', ?)",
                        (at_ms, verb, ACTS[verb], source_id),
                    )


def _pages(reader: Reader) -> dict[int, int]:
    """Source ids by the number of the sample."""
    known = dict(reader.rows("SELECT url, id FROM source"))
    found = {}
    for path in SAMPLES.glob("*.html"):
        told = json.loads(path.read_text(encoding="utf-8").partition("-->\n")[0].removeprefix("<!--"))
        if told["url"] in known:
            found[int(path.name[:2])] = known[told["url"]]
    return found


def fill(paths: Paths, now: int | None = None) -> None:
    """Add it all to a filled sample library. ``now`` in milliseconds since 1970."""
    moment = datetime.fromtimestamp(now / 1000) if now is not None else datetime.now()
    told = json.loads((SAMPLES / "learning.json").read_text(encoding="utf-8"))
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        sample = _Sample(library.writer, library.reader, moment)
        for goal in (*told["goals"], *told["closed"]):
            sample.goal(goal)
        for name, add in (
            ("activities", sample.activity),
            ("tools", sample.tool),
            ("questions", sample.question),
            ("self_check", sample.check),
        ):
            for one in told[name]:
                add(one)
        sample.date_back(told)
