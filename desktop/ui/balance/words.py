"""The words of the balance view: what acts are called, what a week was, what a number means."""

from datetime import date
from typing import Final

from desktop.languages import mark, tr, trn, writing
from desktop.learning import days
from desktop.learning.balance import VERBS
from desktop.learning.review_values import Act, Stand, WeekActs
from desktop.ui.charts.values import Axes, Spot, Stack, StackedBars

NAMES: Final = {"seek": mark("Seek"), "sense": mark("Sense"), "share": mark("Share")}
MEANS: Final = {
    "seek": mark("pages saved, searches, questions"),
    "sense": mark("highlights, sentences, notes, tries, reviews"),
    "share": mark("what you put together and passed on"),
}
ACTS: Final = {
    "captured": mark("Saved a page"),
    "asked a question": mark("Asked a question"),
    "planned an activity": mark("Planned an activity"),
    "added a tool": mark("Added a tool"),
    "answered a question": mark("Answered a question"),
    "answered the self-check": mark("Answered the self-check"),
    "attached evidence": mark("Attached evidence"),
    "changed a level": mark("Changed a level"),
    "commented on a moment": mark("Commented on a moment"),
    "finished units": mark("Finished units"),
    "highlighted": mark("Highlighted"),
    "linked": mark("Linked pages"),
    "looked at a tool": mark("Looked at a tool"),
    "made a goal": mark("Made a goal"),
    "planned a try": mark("Planned a try"),
    "remembered": mark("Remembered a highlight"),
    "reviewed the week": mark("Reviewed the week"),
    "said why": mark("Said why it matters"),
    "studied": mark("Studied"),
    "tagged": mark("Tagged"),
    "tied to a goal": mark("Tied a page to a goal"),
    "triaged": mark("Looked through the inbox"),
    "tried": mark("Tried something"),
    "wrote a note": mark("Wrote a note"),
    "wrote a portfolio": mark("Wrote a portfolio"),
    "sent a pack": mark("Sent a pack"),
    "took in a pack": mark("Took in a pack"),
    "commented on what was shared": mark("Commented on what was shared"),
    "answered": mark("Sent an answer"),
    "activity planned": mark("Planned an activity"),
    "activity doing": mark("Began an activity"),
    "activity done": mark("Finished an activity"),
    "activity dropped": mark("Dropped an activity"),
}
"""By their names in the log; one that is not here is shown as the log has it."""


def name_of(act: Act) -> str:
    """What was done, as it is shown."""
    known = tr(ACTS[act.act]) if act.act in ACTS else act.act[:1].upper() + act.act[1:]
    return tr("{act}, {n} at once").format(act=known, n=writing.number(act.count)) if act.count > 1 else known


def week_of(week: str, today: date) -> str:
    """``8 Sep``; this one is now."""
    monday = days.parse(week) or today
    return tr("now") if monday == days.week_of(today) else writing.short_day(monday)


def bars(weeks: list[WeekActs], today: date) -> StackedBars:
    """Acts by week."""
    stacks = []
    for one in weeks:
        values = tuple(getattr(one, verb) for verb in VERBS)
        label = week_of(one.week, today)
        said = tuple(
            tr("{week}: {n} × {verb}").format(week=label, n=writing.number(value), verb=tr(NAMES[verb]))
            for verb, value in zip(VERBS, values, strict=True)
        )
        stacks.append(Stack(values, said, label))
    sums = [sum(getattr(one, verb) for one in weeks) for verb in VERBS]
    sentence = tr(
        "In {n} weeks: {seek} acts of seeking, {sense} of sense-making, {share} of sharing."
    ).format(n=len(weeks), seek=sums[0], sense=sums[1], share=sums[2])
    return StackedBars(sentence, tuple(stacks))


def axes(stands: list[Stand]) -> Axes:
    """The way over the two axes, the oldest first; where there is too little to say, nothing stands."""
    known = [one for one in stands if one.name]
    spots = []
    for number, one in enumerate(known):
        is_last = number == len(known) - 1
        label = tr("now") if is_last else tr("before") if number == 0 else ""
        said = tr("{name}: sense-making {sense} %, sharing {share} %").format(
            name=one.name, sense=one.sense_making, share=one.sharing
        )
        spots.append(Spot(one.sharing / 100, one.sense_making / 100, said, label))
    sentence = spots[-1].said if spots else tr("There is too little yet to say.")
    return Axes(sentence, tuple(spots), tr("sharing"), tr("making sense"))


def log_says(stand: Stand) -> str:
    """What the log shows, in the person's own numbers."""
    if not stand.name:
        return stand.sentence
    of_sense = tr("Of {all} acts of seeking and sense-making, {n} made sense of something.").format(
        all=writing.number(stand.seek + stand.sense), n=writing.number(stand.sense)
    )
    of_share = trn("{n} act passed something on.", "{n} acts passed something on.", stand.share).format(
        n=writing.number(stand.share)
    )
    return f"{stand.sentence}\n{of_sense} {of_share}"
