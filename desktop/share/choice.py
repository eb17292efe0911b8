"""What the person chose for a pack, before it is gathered.

Surprising: a page that stands in the basket whole and by single highlights is one thing here, with all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.library import basket, basket_draft
from desktop.library.sense_values import PackDraft
from desktop.share import circles
from desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing for the pack: a source or a note, and what of it may leave."""

    source_id: int = 0
    note_id: int = 0
    annotation_ids: tuple[int, ...] | None = None
    """None: all of the person's own. Who names one names it with its author."""
    sentence: str = ""
    heading: str = ""
    full_text: bool = False
    why_full: str = ""
    with_private: bool = False
    with_address: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A pack before it is gathered."""

    chosen: tuple[Chosen, ...]
    title: str = ""
    message: str = ""
    circle: str = ""
    """For whom, in words."""
    person_id: int = 0
    circle_id: int = 0
    full_text: bool = False
    """Of every page."""
    why_full: str = ""
    with_tags: bool = True
    reply_to: str = ""
    hosts: tuple[str, ...] = ()
    """Hosts that the person counts as inside, beside those that are known by their form."""


def of_sources(ids: Iterable[int], **fields: Any) -> Choice:
    """A choice of whole sources; ``fields`` are those of `Choice`."""
    return Choice(tuple(Chosen(one) for one in dict.fromkeys(ids)), **fields)


def from_basket(reader: Reader, hosts: Sequence[str] = ()) -> Choice:
    """What the basket and its draft say. A page that is in it whole and by single highlights is one item."""
    draft = basket_draft.draft(reader)
    found: dict[tuple[int, int], Chosen] = {}
    for one in basket.items(reader):
        key = (one.source_id, one.note_id)
        made = Chosen(
            one.source_id,
            one.note_id,
            (one.annotation_id,) if one.annotation_id else None,
            *(one.sentence, one.heading, one.full_text, one.why_full, one.with_private, one.with_address),
        )
        found[key] = _joined(found[key], made) if key in found else made
    return Choice(
        tuple(found.values()),
        draft.title,
        draft.message,
        _for_whom(reader, draft),
        *(draft.person_id, draft.circle_id, draft.full_text, draft.why_full, draft.with_tags),
        hosts=tuple(hosts),
    )


def _for_whom(reader: Reader, draft: PackDraft) -> str:
    if draft.person_id:
        row = reader.row("SELECT name FROM person WHERE id = ?", (draft.person_id,))
        return str(row[0]) if row else ""
    return next((one.name for one in circles.all_of(reader) if one.id == draft.circle_id), "")


def _joined(first: Chosen, other: Chosen) -> Chosen:
    """Two things of the basket on one page."""
    is_whole = first.annotation_ids is None or other.annotation_ids is None
    said = dict.fromkeys(one.sentence for one in (first, other) if one.sentence)
    return replace(
        first,
        annotation_ids=None if is_whole else (first.annotation_ids or ()) + (other.annotation_ids or ()),
        sentence="\n\n".join(said),
        heading=first.heading or other.heading,
        full_text=first.full_text or other.full_text,
        why_full=first.why_full or other.why_full,
        with_private=first.with_private or other.with_private,
        with_address=first.with_address or other.with_address,
    )
