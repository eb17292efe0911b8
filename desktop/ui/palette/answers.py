"""What the Ctrl+K box answers a question with: sentences, ways to go on, passages."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from desktop.languages import tr, writing
from desktop.library.search.values import Completion, Found, Hit, Said, What
from desktop.library.values import Row
from desktop.ui.desk import Desk
from desktop.ui.palette.rows import HEADING, ONE_LINE, THREE_LINES, TWO_LINES, Answer

LONG: Final = 84
"""Characters of a passage beyond which it takes two lines."""


def said(found: Found) -> list[Answer]:
    """The plain sentences beside the results, each with what it offers to search instead."""
    return [_sentence(one) for one in found.said]


def _sentence(one: Said) -> Answer:
    return Answer(ONE_LINE, one.sentence, icon="info", fills=one.query)


def completions(text: str, ways: Sequence[Completion]) -> list[Answer]:
    """Ways to go on at the cursor; Tab takes the first."""
    answers: list[Answer] = []
    for way in ways:
        whole = text[: way.start] + way.insert + text[way.end :]
        key = "" if answers else "Tab"
        answers.append(
            Answer(ONE_LINE, way.label, way.detail, icon="text-cursor-input", key=key, fills=whole)
        )
    return answers


def passages(desk: Desk, found: Found) -> list[Answer]:
    """The hits under their headings, notes of the person's own last; none: no heading."""
    shown = [_passage(desk, hit, hit.row) for hit in found.hits if hit.row is not None]
    notes = [_note(desk, hit) for hit in found.hits if hit.row is None]
    total = writing.number(found.total) if found.is_exact else ""
    return [
        *([Answer(HEADING, tr("Passages"), meta=total), *shown] if shown else []),
        *([Answer(HEADING, tr("Notes"), meta=writing.number(len(found.note_ids))), *notes] if notes else []),
    ]


def _note(desk: Desk, hit: Hit) -> Answer:
    height = THREE_LINES if len(hit.snippet) > LONG else TWO_LINES
    run = partial(desk.ask_view, f"note:{hit.note_id}")
    title = hit.title or tr("Untitled")
    return Answer(height, title, "", hit.snippet, "notebook-pen", run=run, marks=hit.marks)


def _passage(desk: Desk, hit: Hit, row: Row) -> Answer:
    is_own = hit.what is What.ANNOTATION
    height = THREE_LINES if len(hit.snippet) > LONG else TWO_LINES
    return Answer(
        height,
        row.title or tr("Untitled"),
        row.site,
        hit.snippet,
        "highlighter" if is_own else "book-open",
        run=_opening(desk, hit, row),
        marks=hit.marks,
    )


def _opening(desk: Desk, hit: Hit, row: Row) -> Callable[[], None]:
    if hit.annotation_id and hit.place >= 0:
        return partial(desk.ask_mark, row.id, hit.annotation_id)
    if hit.place >= 0 and hit.marks:
        start, stop = hit.marks[0]
        return partial(desk.ask_passage, row.id, hit.place, hit.place + stop - start)
    return partial(desk.ask_source, row.id)
