"""A little of everything that Learning shows, for walks through the views."""

from desktop.learning import activities, evidence, goals, study, tries
from desktop.learning.values import ActivityKind, Status
from desktop.library.marks import timed_comments
from desktop.library.opening import Library

PDF = b"%PDF-1.4\n"


def learn_some(library: Library, sign: str = "", *, has_comment: bool = True) -> int:
    """Fill a library that has a page; ``sign`` stands before each word of the person's. The activity's id."""
    writer, reader = library.writer, library.reader
    assert writer is not None
    source_id, capture_id = reader.rows("SELECT id, capture_id FROM source WHERE state = 'inbox' LIMIT 1")[0]
    goal = goals.make(writer, f"{sign}Learning").made
    made = activities.make(
        writer, ActivityKind.COURSE, f"{sign}Course", provider=f"{sign}School", people=f"{sign}Teacher",
        url="https://example.invalid/course", begins="2026-11-02", ends="2027-02-28", cost=f"{sign}free",
        status=Status.DOING, note=f"{sign}Note", goal_id=goal, source_id=source_id, is_private=True,
        outline=f"[x] {sign}One 10 min\n{sign}Two 1 h 20 min",
    ).made  # fmt: skip
    activities.make(writer, ActivityKind.BOOK, f"{sign}Book")
    study.log(writer, made, 90, f"{sign}done")
    study.plan(writer, made, "2999-01-02 10:00", 30, note=f"{sign}plan")
    evidence.certificate(writer, goal, PDF, activity_id=made)
    if has_comment:
        timed_comments.comment(writer, capture_id, 75.0, f"{sign}Mine", f"{sign}heard")
    tried = tries.plan(writer, f"{sign}Try", "2026-01-01", goal, source_id).made
    tries.resolve(writer, tried, f"{sign}Worked")
    tries.plan(writer, f"{sign}Later", "2026-01-01", goal, source_id)
    study.begin(writer, made)
    return made
