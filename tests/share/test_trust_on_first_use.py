"""Who a pack is from: by keys that were seen, and by what the person decided about them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.library import undo
from desktop.library.opening import Library
from desktop.share import trust
from desktop.share.trust import KeyState, KnownKey, decide, told
from desktop.share.values import Sender, Trust
from tests.support.colleagues import ANNA, BEN, library

OTHER = Sender(ANNA.name, "c3" * 32)


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Library]:
    with library(tmp_path / "mine") as opened:
        yield opened


def of(mine: Library, sender: Sender) -> Trust:
    return trust.of(mine.reader, sender, True).trust


def known(sender: Sender, state: KeyState = KeyState.KNOWN, person_id: int = 1) -> KnownKey:
    return KnownKey(person_id, sender.name, sender.key, state=state)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], Trust.UNKNOWN),
        ([known(BEN)], Trust.UNKNOWN),
        ([known(ANNA)], Trust.KNOWN),
        ([known(ANNA, KeyState.CONFIRMED)], Trust.CONFIRMED),
        ([known(OTHER)], Trust.CHANGED),
        ([known(OTHER, KeyState.CONFIRMED)], Trust.CHANGED),
        ([known(OTHER, KeyState.REFUSED)], Trust.UNKNOWN),
        ([known(OTHER), known(ANNA)], Trust.KNOWN),
        ([known(ANNA, KeyState.CHANGED)], Trust.CHANGED),
        ([known(ANNA, KeyState.REFUSED)], Trust.CHANGED),
        ([KnownKey(0, "Anna Berg", OTHER.key)], Trust.CHANGED),
    ],
)
def test_trust_follows_from_the_keys_that_were_seen(keys: list[KnownKey], expected: Trust) -> None:
    assert decide(ANNA, True, keys).trust is expected


def test_whoever_did_not_sign_is_unknown_whatever_name_they_say() -> None:
    verdict = decide(ANNA, False, [known(ANNA, KeyState.CONFIRMED)])

    assert (verdict.trust, verdict.key, verdict.is_blocked) == (Trust.UNKNOWN, "", False)
    assert told(verdict) == "Sender unknown. The file says Anna Berg, but nobody signed it."


@pytest.mark.parametrize(
    "name",
    ["anna berg", "  Anna\u00a0Berg ", "Anna\u200b Berg", "\u202eAnna Berg", "Ａnna Berg", "Anna\nBerg"],
)
def test_a_name_that_looks_the_same_is_the_same(name: str) -> None:
    assert decide(Sender(name, OTHER.key), True, [known(ANNA)]).trust is Trust.CHANGED


def test_a_known_key_under_another_name_is_the_same_person_and_both_names_are_said() -> None:
    verdict = decide(Sender("Anna Weber", ANNA.key), True, [known(ANNA, KeyState.CONFIRMED)])

    assert (verdict.trust, verdict.other_name) == (Trust.CONFIRMED, "Anna Berg")
    assert told(verdict) == "You know this key as Anna Berg; the file says Anna Weber."


def test_a_known_key_that_takes_the_name_of_somebody_else_is_stopped() -> None:
    verdict = decide(Sender(BEN.name, ANNA.key), True, [known(ANNA), known(BEN, person_id=2)])

    assert verdict.is_blocked
    assert told(verdict) == (
        "You know this key as Anna Berg, but the file says Ben Okafor, whom you know by another key."
    )


def test_confirming_makes_a_person_and_can_be_undone(mine: Library) -> None:
    assert mine.writer is not None
    trust.confirm(mine.writer, ANNA)

    assert of(mine, ANNA) is Trust.CONFIRMED
    assert not trust.confirm(mine.writer, ANNA)
    undo.undo(mine.writer)
    assert of(mine, ANNA) is Trust.UNKNOWN
    assert not mine.reader.rows("SELECT 1 FROM person")


def test_accepting_a_new_key_stops_the_old_one_unless_both_are_kept(mine: Library) -> None:
    assert mine.writer is not None
    trust.confirm(mine.writer, ANNA)

    trust.accept(mine.writer, OTHER)
    assert (of(mine, OTHER), of(mine, ANNA)) == (Trust.KNOWN, Trust.CHANGED)
    undo.undo(mine.writer)
    assert (of(mine, OTHER), of(mine, ANNA)) == (Trust.CHANGED, Trust.CONFIRMED)
    trust.accept(mine.writer, OTHER, keeps_old=True)
    assert (of(mine, OTHER), of(mine, ANNA)) == (Trust.KNOWN, Trust.CONFIRMED)
    assert len(mine.reader.rows("SELECT 1 FROM person")) == 1


def test_a_refused_key_stays_refused_until_that_is_undone(mine: Library) -> None:
    assert mine.writer is not None
    trust.confirm(mine.writer, ANNA)
    trust.refuse(mine.writer, OTHER)

    verdict = trust.of(mine.reader, OTHER, True)

    assert verdict.is_blocked
    assert told(verdict) == "You refused this key. It calls itself Anna Berg."
    assert of(mine, ANNA) is Trust.CONFIRMED
    undo.undo(mine.writer)
    assert of(mine, OTHER) is Trust.CHANGED


def test_a_key_that_took_anothers_name_is_theirs_once_it_is_accepted(mine: Library) -> None:
    assert mine.writer is not None
    trust.confirm(mine.writer, ANNA)
    trust.confirm(mine.writer, BEN)
    claimed = Sender(BEN.name, ANNA.key)

    trust.accept(mine.writer, claimed)

    assert of(mine, claimed) is Trust.KNOWN


def test_a_person_whom_i_learn_from_already_gets_the_key(mine: Library) -> None:
    from desktop.learning import people

    assert mine.writer is not None
    people.keep(mine.writer, "anna berg", "Knows queues")
    trust.confirm(mine.writer, ANNA)

    assert mine.reader.rows("SELECT name, note FROM person") == [("anna berg", "Knows queues")]


def test_what_cannot_be_decided_is_said(mine: Library) -> None:
    assert mine.writer is not None
    with pytest.raises(BadInput, match="not signed"):
        trust.confirm(mine.writer, Sender("Anna Berg"))
    with pytest.raises(BadInput, match="needs a name"):
        trust.accept(mine.writer, Sender(" \u200b", ANNA.key))
