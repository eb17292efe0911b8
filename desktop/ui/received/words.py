"""What is said about packs that came: pure, so that it can be read in a test.

Surprising: everything in a pack is somebody else's choice of letters. Names and titles are shown with their
hidden signs written out.
"""

from dataclasses import dataclass
from datetime import date

from desktop.languages import tr, trn, writing
from desktop.share.inbox import Received
from desktop.share.offer import Becomes, Offer, OfferedItem
from desktop.share.received import Looked
from desktop.share.replies import Reply
from desktop.share.trust import KnownKey, Verdict
from desktop.share.values import Item, ItemKind, Trust
from desktop.share.words import words_of
from desktop.text.colours import COLOURS
from desktop.text.showing import visible
from desktop.ui.marks.words import one_line, plain_comment, short
from desktop.ui.parts import moments
from desktop.ui.parts.pills import Pill

MOST_MARKS = 12
"""Highlights that a row shows; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Said:
    """One paragraph of a row: whose it is, what it says, how it is painted."""

    kind: str
    """``sentence``, ``quote``, ``comment`` or ``more``."""
    text: str
    by: str = ""
    colour: str = ""
    """Of the highlight that it belongs to."""


def name_of(sender: str) -> str:
    """A sender as they call themselves, in one line."""
    return visible(one_line(sender)) or tr("Sender unknown")


def title_of(pack: Received) -> str:
    """What it is called."""
    return visible(one_line(pack.title)) or tr("A pack without a title")


def list_line(pack: Received, today: date) -> str:
    """``Miriam · 09:12``; a name that nobody signed is none."""
    name = name_of(pack.sender) if pack.key else tr("Sender unknown")
    return f"{name} · {moments.short(pack.at, today)}"


def state_pill(pack: Received) -> Pill | None:
    """What is the matter with a pack nobody has decided about."""
    if pack.state != "new":
        return None
    if pack.trust == Trust.CHANGED:
        return Pill(tr("key changed"), "bad")
    return Pill(tr("new"), "goal") if pack.key else Pill(tr("unsigned"), "warn")


def state_words(pack: Received) -> str:
    """What was decided."""
    if pack.state == "aside":
        return tr("set aside")
    if pack.state == "new":
        return ""
    if pack.is_answer and pack.kept == pack.items:
        return tr("joined")
    kept, every = writing.number(pack.kept), writing.number(pack.items)
    return tr("kept {kept} of {all}").format(kept=kept, all=every)


def spoken(pack: Received) -> str:
    """A pack as a screen reader says it."""
    pill = state_pill(pack)
    said = (title_of(pack), list_line(pack, date.today()), pill.text if pill else state_words(pack))
    return ", ".join(part for part in said if part)


def item_title(item: Item) -> str:
    """What it is called."""
    return visible(one_line(item.title)) or item.url or tr("Untitled")


def item_pills(one: OfferedItem, is_kept: bool) -> list[Pill]:
    """What taking it in would do, in a few words."""
    made: list[Pill] = []
    if one.becomes is Becomes.NEW:
        is_note = one.item.kind is ItemKind.NOTE
        made.append(Pill(tr("new note") if is_note else tr("new page"), "ok"))
    elif one.becomes is Becomes.JOINS:
        made.append(Pill(joins(one), "goal", "link", is_whole=True))
    elif one.becomes is Becomes.DELETED:
        made.append(Pill(tr("you threw it away"), "warn"))
    else:
        made.append(Pill(tr("kept") if is_kept else tr("nothing new"), "plain", "check" if is_kept else ""))
    if one.item.kind is ItemKind.PAGE:
        made.append(Pill(tr("full text"), "plain", "file-text") if one.item.html else Pill(tr("link only")))
    return made


def joins(one: OfferedItem) -> str:
    """``you have it: 2 quotes join``."""
    number = one.new_quotes or one.new_answers
    if not number:
        return tr("you have it: its text joins")
    if one.new_quotes:
        said = trn("you have it: {n} quote joins", "you have it: {n} quotes join", number)
    else:
        said = trn("you have it: {n} answer joins", "you have it: {n} answers join", number)
    return said.format(n=writing.number(number))


def item_meta(item: Item) -> str:
    """``Bedside Letters · 9 min · saved by Miriam 2 Nov``."""
    parts = [visible(one_line(item.site)), visible(one_line(item.author))]
    parts.append(tr("{n} min").format(n=item.minutes) if item.minutes else "")
    if item.captured_by and item.captured_at:
        day = moments.day_of(item.captured_at)
        saved = tr("saved by {name} {day}")
        parts.append(
            saved.format(name=name_of(item.captured_by), day=writing.short_day(day, has_year=_is_old(day)))
        )
    parts.append(visible(one_line(item.notice)))
    return " · ".join(part for part in parts if part)


def said_in(item: Item, sender: str) -> list[Said]:
    """What people say of it: the sender's sentence, then the highlights with their comments."""
    made = []
    if item.sentence.strip():
        made.append(Said("sentence", visible_words(item.sentence), name_of(sender)))
    if item.kind is ItemKind.NOTE and item.markdown.strip():
        made.append(Said("sentence", short(visible_words(item.markdown), 600)))
    for one in item.annotations[:MOST_MARKS]:
        web, by = one.web, name_of(one.web.creator)
        colour = web.colour if web.colour in COLOURS else COLOURS[0]
        if web.selectors.quote.exact:
            made.append(Said("quote", visible_words(web.selectors.quote.exact), "", colour))
        if web.comment.strip():
            made.append(Said("comment", visible_words(web.comment), by, colour))
    more = len(item.annotations) - MOST_MARKS
    if more > 0:
        text = trn("and {n} more highlight", "and {n} more highlights", more)
        made.append(Said("more", text.format(n=writing.number(more))))
    return made


def answers_of(shown: Looked) -> dict[str, list[Said]]:
    """One's own answers by the UUID of the item, so that they stand below it."""
    made: dict[str, list[Said]] = {}
    for one in shown.replies:
        item = next((each for each in shown.offer.items if _is_about(each, one)), None)
        if item is not None and not one.creator:
            by = tr("Me, not sent yet") if not one.sent_at else tr("Me")
            made.setdefault(item.item.uuid, []).append(Said("comment", visible_words(one.body), by))
    return made


def _is_about(item: OfferedItem, reply: Reply) -> bool:
    if reply.source_id:
        return item.source_id == reply.source_id
    return bool(reply.note_id) and item.note_id == reply.note_id


def visible_words(markdown: str) -> str:
    """Somebody's words as they are read, in one paragraph, with nothing hidden in them."""
    return visible(one_line(plain_comment(markdown)))


def visible_lines(markdown: str) -> str:
    """The same with its paragraphs."""
    lines = (visible(one_line(line)) for line in plain_comment(markdown).split("\n"))
    return "\n".join(lines).strip()


def item_spoken(one: OfferedItem, is_ticked: bool, sender: str) -> str:
    """An item as a screen reader says it."""
    said = [f"{part.by}: {part.text}" if part.by else part.text for part in said_in(one.item, sender)]
    state = tr("chosen") if is_ticked else tr("not chosen")
    return ". ".join([f"{item_title(one.item)}, {state}", one.sentence, item_meta(one.item), *said])


def keep_label(chosen: int, every: int) -> str:
    """The main button."""
    return tr("Keep {chosen} of {all}").format(chosen=writing.number(chosen), all=writing.number(every))


def sender_pill(verdict: Verdict) -> Pill:
    """How far the sender is known, beside their name."""
    if not verdict.is_signed:
        return Pill(tr("unknown: nobody signed it"), "warn", "circle-question-mark", is_whole=True)
    if verdict.is_blocked:
        return Pill(tr("the key has changed"), "bad", "shield-alert", is_whole=True)
    if verdict.is_own:
        return Pill(tr("you made it"), "plain", "shield-check", is_whole=True)
    if verdict.trust is Trust.CONFIRMED:
        at = verdict.known.confirmed_at if verdict.known else 0
        day = writing.long_day(moments.day_of(at), has_year=_is_old(moments.day_of(at))) if at else ""
        said = tr("confirmed {day}, six words compared").format(day=day) if day else tr("confirmed")
        return Pill(said, "ok", "shield-check", is_whole=True)
    if verdict.trust is Trust.KNOWN:
        return Pill(tr("known, not yet confirmed"), "goal", "shield", is_whole=True)
    return Pill(tr("signed, seen for the first time"), "warn", "shield", is_whole=True)


def made_line(shown: Looked) -> str:
    """``made 23 Nov · 142 KB · nothing altered``."""
    day = moments.day_of(shown.made_at) if shown.made_at else None
    parts = [tr("made {day}").format(day=writing.short_day(day, has_year=_is_old(day)))] if day else []
    parts.append(size_of(shown.bytes))
    if shown.offer.opened.is_signed:
        parts.append(tr("nothing altered"))
    return " · ".join(parts)


def size_of(size: int) -> str:
    """``142 KB``."""
    if size >= 1_000_000:
        return tr("{n} MB").format(n=writing.decimal(size / 1_000_000))
    return tr("{n} KB").format(n=writing.number(max(1, round(size / 1000))))


def key_words(key: str) -> str:
    """The six words of a key."""
    return " · ".join(words_of(key)) if key else ""


def old_keys(verdict: Verdict) -> list[tuple[str, str]]:
    """(whose, six words) of the keys that this name, or this key, was known by."""
    known: list[KnownKey] = list(verdict.others)
    return [(name_of(one.name), key_words(one.key)) for one in known]


def changed_sentence(verdict: Verdict) -> str:
    """What the banner of a changed key adds: both keys in words."""
    lines = [
        tr("This pack: {name}, {words}").format(name=name_of(verdict.name), words=key_words(verdict.key))
    ]
    for name, said in old_keys(verdict):
        lines.append(tr("You know: {name}, {words}").format(name=name, words=said))
    if verdict.other_name and verdict.known is not None:
        said = tr("This key was that of {name}.").format(name=name_of(verdict.other_name))
        lines.append(said)
    return "\n".join(lines)


def can_take(offer: Offer) -> list[str]:
    """UUIDs of the items that can be ticked."""
    return (
        [] if offer.refusal else [one.item.uuid for one in offer.items if one.becomes is not Becomes.NOTHING]
    )


def _is_old(day: date) -> bool:
    return day.year != date.today().year
