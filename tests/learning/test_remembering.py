"""Memory cards keep to FSRS exactly; three old highlights a day stay the same all day."""

import random
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler

from desktop.errors import BadInput
from desktop.learning import days, memory, resurfacing
from desktop.library import acts, captures, undo
from desktop.library.values import State
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything, page
from tests.support.sensing import annotate

BEGUN = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
DAY = 24 * 3600 * 1000


def milliseconds(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1))


def test_a_thousand_random_histories_equal_the_reference() -> None:
    scheduler = Scheduler(enable_fuzzing=False)
    chance = random.Random(4)
    for _ in range(1_000):
        now = BEGUN
        card = Card(1, due=now)
        row = (1, 0, "", "", milliseconds(now), 0)
        for _ in range(chance.randint(1, 15)):
            rating = chance.choice([1, 2, 3, 3, 3, 4])
            card, _ = scheduler.review_card(card, Rating(rating), now)
            row = memory.after(row, rating, milliseconds(now))
            assert row == (
                card.state.value, card.step, repr(card.stability), repr(card.difficulty),
                milliseconds(card.due), milliseconds(now),
            )  # fmt: skip
            late = chance.choice([0, 0, 60_000, 3_600_000, DAY, 40 * DAY])
            now = max(now, card.due + timedelta(milliseconds=late))


def test_an_answer_is_stored_and_undone_to_the_last_digit(
    writer: Writer, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [milliseconds(BEGUN)]
    monkeypatch.setattr(memory, "now", lambda: moment[0])
    marked, _ = annotate(writer, captures.add(writer, page()).source_id)
    memory.remember(writer, [marked])
    (card,) = memory.due(reader)
    scheduler, reference = Scheduler(enable_fuzzing=False), Card(1, due=BEGUN)
    for rating in (3, 3, 1, 3, 4):
        before = everything(reader)["memory_card"]
        reference, _ = scheduler.review_card(reference, Rating(rating), _moment(moment[0]))
        memory.answer(writer, card.id, rating)
        undo.undo(writer)
        assert everything(reader)["memory_card"] == before
        undo.redo(writer)
        (shown,) = memory.all_of(reader)
        assert shown.due_at == milliseconds(reference.due)
        moment[0] = shown.due_at
    assert shown.answers == 5
    assert reader.rows("SELECT rating FROM memory_answer ORDER BY id") == [(3,), (3,), (1,), (3,), (4,)]


def _moment(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)


def test_a_clock_that_was_moved_back_counts_as_no_time(
    writer: Writer, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [milliseconds(BEGUN)]
    monkeypatch.setattr(memory, "now", lambda: moment[0])
    marked, _ = annotate(writer, captures.add(writer, page()).source_id)
    memory.remember(writer, [marked])
    (card,) = memory.due(reader)
    memory.answer(writer, card.id, 4)
    moment[0] -= 400 * DAY
    memory.answer(writer, card.id, 3)

    (shown,) = memory.all_of(reader)
    assert shown.last_at == milliseconds(BEGUN)
    assert shown.due_at > shown.last_at


def test_cards_are_due_once_and_go_with_their_highlight(writer: Writer, reader: Reader) -> None:
    source = captures.add(writer, page()).source_id
    marked, _ = annotate(writer, source)
    memory.remember(writer, [marked, marked])

    assert not memory.remember(writer, [marked])
    assert memory.counts(reader) == (1, 1)
    assert memory.of_annotations(reader, [marked, 99]) == {marked}
    assert memory.due(reader, moment=acts.now() - DAY) == []
    captures.move(writer, [source], State.TRASH)
    assert memory.due(reader) == []
    captures.delete_for_good(writer, [source])
    assert memory.counts(reader) == (0, 0)
    with pytest.raises(BadInput, match="not here any more"):
        memory.answer(writer, 1, 3)
    with pytest.raises(BadInput, match="from 1 to 4"):
        memory.answer(writer, 1, 5)


def test_what_shall_be_forgotten_can_come_back(writer: Writer, reader: Reader) -> None:
    marked, _ = annotate(writer, captures.add(writer, page()).source_id)
    memory.remember(writer, [marked])
    (card,) = memory.due(reader)
    memory.answer(writer, card.id, 3)
    before = everything(reader, but=("journal_entry", "journal_change", "sqlite_sequence"))
    assert memory.forget(writer, [marked])
    assert memory.all_of(reader) == []
    undo.undo(writer)

    assert everything(reader, but=("journal_entry", "journal_change", "sqlite_sequence")) == before


@pytest.fixture
def marked(writer: Writer) -> list[int]:
    """Thirty old highlights with the UUIDs that chance gives."""
    chance = random.Random(7)
    source = captures.add(writer, page()).source_id
    uuids = [str(uuid.UUID(int=chance.getrandbits(128), version=4)) for _ in range(30)]
    return [annotate(writer, source, f"Quote {one}", made_at=1, uuid=one)[0] for one in uuids]


def test_three_old_highlights_a_day_stay_the_same_all_day(
    writer: Writer, reader: Reader, marked: list[int]
) -> None:
    day = date(2028, 2, 29)
    found = resurfacing.ids(reader, day)
    shown = resurfacing.today(reader, day=day)

    assert len(set(found)) == 3
    assert [one.id for one in shown] == found
    annotate(writer, 1, "New today", made_at=days.start_of(day))
    assert resurfacing.ids(reader, day) == found
    memory.remember(writer, [found[0]])
    assert found[0] not in resurfacing.ids(reader, day)
    assert set(resurfacing.ids(reader, day, 100)) == set(marked) - {found[0]}


def test_most_highlights_come_up_within_a_few_weeks(reader: Reader, marked: list[int]) -> None:
    seen: set[int] = set()
    for number in range(20):
        seen |= set(resurfacing.ids(reader, date(2026, 11, 30) + timedelta(days=number)))

    assert len(seen) >= 20
    assert marked


def test_young_highlights_do_not_come_up(writer: Writer, reader: Reader) -> None:
    annotate(writer, captures.add(writer, page()).source_id)

    assert resurfacing.today(reader) == []
    assert len(resurfacing.today(reader, day=date.today() + timedelta(days=20))) == 1
