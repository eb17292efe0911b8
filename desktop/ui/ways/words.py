"""The outbox in words: pure, so that it can be read in a test."""

from collections.abc import Sequence
from datetime import UTC, datetime

from desktop.languages import tr, trn, writing
from desktop.share.file_names import one_line
from desktop.share.mailing import Mailed, MailState
from desktop.text.showing import visible
from desktop.ui.parts import moments

MOST_NAMES = 3


def subject(one: Mailed) -> str:
    """What it is called, on one line."""
    return visible(one_line(one.subject, 120)) or tr("A mail without a subject")


def who(one: Mailed) -> str:
    """To whom: ``ana@firm.example and 2 more``."""
    more = len(one.to) - MOST_NAMES
    if more <= 0:
        return writing.listed(list(one.to))
    rest = trn("{n} more", "{n} more", more).format(n=writing.number(more))
    return writing.listed([*one.to[:MOST_NAMES], rest])


def state(one: Mailed, now: int) -> str:
    """Where it is, in a few words. ``now``: milliseconds since 1970."""
    if one.state is MailState.WAITING and one.next_at > now:
        minutes = max(1, (one.next_at - now + 59_999) // 60_000)
        return trn("tried again in {n} minute", "tried again in {n} minutes", minutes).format(
            n=writing.number(minutes)
        )
    return {
        MailState.WAITING: tr("waits to be sent"),
        MailState.SENDING: tr("being sent"),
        MailState.SENT: tr("sent"),
        MailState.FAILED: tr("not sent"),
        MailState.UNSURE: tr("has it arrived?"),
    }[one.state]


def line(one: Mailed, now: int) -> str:
    """The second line of a row: to whom, where it is, since when, how large."""
    day = datetime.fromtimestamp(now / 1000, UTC).astimezone().date()
    return " · ".join((who(one), state(one, now), moments.short(one.sent_at or one.made_at, day)))


def spoken(one: Mailed, now: int) -> str:
    """A mail as a screen reader says it."""
    return ", ".join(part for part in (subject(one), who(one), state(one, now), one.error) if part)


def outcome(sent: Sequence[int], waiting: int, says: str, mails: Sequence[Mailed]) -> str:
    """The toast after a round; empty when banners say all there is."""
    if len(sent) == 1:
        found = next((one for one in mails if one.id == sent[0]), None)
        return tr("Sent to {who}").format(who=who(found)) if found else tr("Sent")
    if sent:
        return trn("{n} mail sent", "{n} mails sent", len(sent)).format(n=writing.number(len(sent)))
    return tr("It waits in the outbox. {why}").format(why=says) if waiting else ""
