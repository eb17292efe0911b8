"""The charts of one goal, made of its page: level over time, minutes by week, the ladder.

The surprising fact: the plan of minutes is what the person meant to study for this goal (planned minutes of
open activities over the weeks that are left), and there is no line where nothing was planned.
"""

from datetime import date, timedelta

from desktop.languages import tr, trn, writing
from desktop.learning import days
from desktop.learning.overview import GoalLine
from desktop.learning.values import GoalPage, GoalRow
from desktop.ui.charts.values import Aim, Bar, Bars, Dot, Ladder, Step, StepLine
from desktop.ui.goals import words as goal_words

WEEKS_SHOWN = 12
DOTS = 60
"""Pieces of evidence on the line, the newest; more would be a smear."""


def ladder(row: GoalRow, *, is_small: bool = False) -> Ladder:
    """Where a goal stands on the scale."""
    return Ladder(goal_words.level_sentence(row), goal_words.levels(), row.level, row.level_to, is_small)


def over_time(page: GoalPage, today: date) -> StepLine:
    """The level of a goal since it was made, its evidence, and its aim."""
    words = goal_words.levels()
    began = days.day_of(page.goal.made_at)
    first = page.levels[0].on_date if page.levels else ""
    dated = [day for day in (days.parse(row.on_date) for row in page.evidence[:DOTS]) if day]
    began = min([began, *dated, *([_day(first, began)] if first else [])])
    said = tr("{day}: began at {level}")
    steps = [
        Step(
            began,
            page.goal.level_from,
            said.format(day=_said(began), level=words[page.goal.level_from]),
        )
    ]
    for one in page.levels:
        day = _day(one.on_date, began)
        is_up = one.level > one.level_before
        label = tr("raised {day}") if is_up else tr("lowered {day}")
        steps.append(
            Step(
                day,
                one.level,
                tr("{day}: {level}. {sentence}").format(
                    day=_said(day), level=words[one.level], sentence=one.sentence
                ),
                label.format(day=writing.short_day(day)),
            )
        )
    dots = [
        Dot(
            _day(entry.day, began),
            tr("{day}: {what}").format(day=_said(_day(entry.day, began)), what=_named(entry)),
        )
        for entry in goal_words.entries(page)
        if entry.evidence is not None
    ][:DOTS]
    return StepLine(_line_sentence(page), words, tuple(steps), tuple(dots), _aim(page), today)


def minutes(page: GoalPage, today: date) -> Bars:
    """Study for a goal in the last twelve weeks; this week is not over, hence hollow."""
    found = {one.week: one.minutes for one in page.weeks}
    this = days.week_of(today)
    bars = []
    for back in range(WEEKS_SHOWN - 1, -1, -1):
        monday = this - back * timedelta(days=7)
        number = found.get(monday.isoformat(), 0)
        label = writing.short_day(monday) if back else tr("this week")
        said = trn("{week}: {n} minute", "{week}: {n} minutes", number)
        bars.append(Bar(number, said.format(week=label, n=writing.number(number)), label, not back))
    plan = planned(page, today)
    words = tr("plan {n}").format(n=writing.number(plan)) if plan else ""
    return Bars(_bars_sentence([bar.value for bar in bars], plan), tuple(bars), plan, words)


def planned(page: GoalPage, today: date) -> int:
    """Minutes a week that would do what is planned until the goal's date; 0: nothing is planned."""
    left = sum(
        max(0, one.minutes - one.spent) for one in page.activities if one.status in ("planned", "doing")
    )
    end = days.parse(page.goal.by_date)
    if not left or end is None or end <= today:
        return 0
    return -(-left // max(1, (end - today).days // 7) // 5) * 5


def studied(page: GoalPage) -> str:
    """``880 in 12 weeks``."""
    number = sum(one.minutes for one in page.weeks[-WEEKS_SHOWN:])
    said = trn("{n} in {weeks} weeks", "{n} in {weeks} weeks", number)
    return said.format(n=writing.number(number), weeks=WEEKS_SHOWN)


def spark(line: GoalLine) -> Bars:
    """Evidence by week, for a row."""
    return Bars("", tuple(Bar(number, "") for number in line.pieces), is_sparkline=True)


def _aim(page: GoalPage) -> Aim | None:
    if page.goal.level_to is None:
        return None
    word = goal_words.levels()[page.goal.level_to]
    day = days.parse(page.goal.by_date)
    if day is None:
        return Aim(page.goal.level_to, None, tr("Aim: {level}").format(level=word))
    said = tr("Aim: {level} by {day}").format(level=word, day=_said(day))
    return Aim(page.goal.level_to, day, said, writing.long_day(day, has_year=False))


def _line_sentence(page: GoalPage) -> str:
    words = goal_words.levels()
    began = tr("Began at “{level}”.").format(level=words[page.goal.level_from])
    changes = trn("{n} change of level.", "{n} changes of level.", len(page.levels))
    shown = tr("{pieces}.").format(pieces=goal_words.pieces(page.row.evidence))
    now = goal_words.level_sentence(page.row)
    return " ".join((began, changes.format(n=writing.number(len(page.levels))), now, shown))


def _bars_sentence(values: list[int], plan: int) -> str:
    whole = trn("{n} minute in 12 weeks.", "{n} minutes in 12 weeks.", sum(values))
    parts = [whole.format(n=writing.number(sum(values)))]
    if any(values):
        parts.append(tr("The most in one week: {n}.").format(n=writing.number(max(values))))
    if plan:
        parts.append(tr("Plan: {n} a week.").format(n=writing.number(plan)))
    return " ".join(parts)


def _named(entry: goal_words.Entry) -> str:
    return ", ".join(part for part in (entry.title, entry.meta) if part)


def _day(text: str, other: date) -> date:
    return days.parse(text) or other


def _said(day: date) -> str:
    return writing.long_day(day)
