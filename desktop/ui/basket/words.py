"""What the basket says, in words: figures of what leaves and stays, and what an empty one says.

Surprising: nothing is said that is zero, and what stays is said as loudly as what leaves.
"""

from collections.abc import Sequence

from desktop.languages import tr, trn, writing
from desktop.share.basket_rows import BasketRow
from desktop.share.leaving import Leaves, Stays
from desktop.share.making import Seen
from desktop.ui.views import Emptiness


def counted(row: BasketRow) -> str:
    """``2 quotes, 1 comment`` of a thing; empty when it has none."""
    parts = []
    if row.quotes:
        parts.append(trn("{n} quote", "{n} quotes", row.quotes).format(n=writing.number(row.quotes)))
    if row.comments:
        parts.append(trn("{n} comment", "{n} comments", row.comments).format(n=writing.number(row.comments)))
    return ", ".join(parts)


def kind_of(row: BasketRow) -> str:
    """What it is, in a word."""
    if row.item.note_id:
        return tr("note")
    return tr("highlight") if row.item.annotation_id else tr("page")


def title_of(row: BasketRow) -> str:
    """What it is called."""
    return row.item.title or tr("Untitled")


def spoken(row: BasketRow) -> str:
    """A thing as a screen reader says it."""
    item = row.item
    stays = tr("private, stays here") if not row.number else ""
    sentence = item.sentence or tr("no sentence yet")
    full = tr("with its full text") if item.full_text else ""
    circle = tr("{circle} only").format(circle=row.circle) if row.circle else ""
    parts = (kind_of(row), item.quote, title_of(row), item.site, circle, stays, sentence, counted(row), full)
    return ", ".join(part for part in parts if part)


def leaving(leaves: Leaves) -> list[str]:
    """``6 links``, ``9 quotes``, …: what is in the pack."""

    def of(number: int, words: str) -> str:
        return words.format(n=writing.number(number)) if number > 0 else ""

    links, bare, notes = leaves.addresses, leaves.pages - leaves.addresses, leaves.notes
    quotes, own, full = leaves.quotations, leaves.comments + leaves.sentences, leaves.full_texts
    parts = [
        of(links, trn("{n} link", "{n} links", links)),
        of(bare, trn("{n} page without its link", "{n} pages without their links", bare)),
        of(notes, trn("{n} note", "{n} notes", notes)),
        of(quotes, trn("{n} quote", "{n} quotes", quotes)),
        of(own, trn("{n} of my comments", "{n} of my comments", own)),
        of(full, trn("{n} full text", "{n} full texts", full)),
    ]
    return [part for part in parts if part]


def staying(stays: Stays) -> str:
    """``4 private things stay``: the short form for the foot; empty when nothing private stays."""
    number = stays.private_pages + stays.private_annotations + stays.private_notes
    if not number:
        return tr("Nothing private leaves")
    return trn("{n} private thing stays", "{n} private things stay", number).format(n=writing.number(number))


def staying_whole(stays: Stays) -> str:
    """All that stays, a line each, for the tooltip and a screen reader."""
    lines = (
        (tr("Private pages"), stays.private_pages),
        (tr("Private highlights and comments"), stays.private_annotations),
        (tr("Private notes"), stays.private_notes),
        (tr("Highlights of others"), stays.of_others),
        (tr("Why it matters"), stays.whys),
        (tr("Ties to goals"), stays.goals),
        (tr("Addresses inside my organisation"), stays.addresses),
        (tr("Full texts"), stays.full_texts),
    )
    return "\n".join(f"{label}: {writing.number(number)}" for label, number in lines if number)


def second_look(seen: Seen) -> str:
    """What is worth a second look before it leaves; empty: nothing."""
    said = []
    if seen.unlicensed:
        said.append(
            tr("No licence was found for the full text of {titles}.").format(titles=_titles(seen.unlicensed))
        )
    if seen.long:
        titles = _titles([one.title for one in seen.long])
        said.append(tr("Much is quoted of {titles}.").format(titles=titles))
    return " ".join(said)


def _titles(titles: Sequence[str]) -> str:
    shown = ", ".join(f"“{_short(one)}”" for one in titles[:2])
    more = len(titles) - 2
    return shown if more < 1 else tr("{shown} and {n} more").format(shown=shown, n=writing.number(more))


def _short(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39].rstrip()}…"


def nothing_in_it() -> Emptiness:
    """What is said while nothing is gathered."""
    return Emptiness(
        "shopping-basket",
        tr("The basket is empty"),
        tr(
            "Press {basket} on a page, a highlight or a note that colleagues should see.\n"
            "Here you say in a sentence why, see word for word what leaves, and make one file of it."
        ),
        (tr("Open Inbox"), "inbox", "inbox"),
        (tr("Open Highlights"), "highlights", "highlighter"),
    )
