"""Days, times and minutes as people type them."""

from datetime import date

import pytest

from desktop import languages
from desktop.learning import typed_days

TODAY = date(2026, 11, 30)
"""A Monday."""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""), ("today", "2026-11-30"), (" Tomorrow ", "2026-12-01"), ("fri", "2026-12-04"),
        ("Friday", "2026-12-04"), ("mon", "2026-12-07"), ("+7", "2026-12-07"), ("31.3.", "2027-03-31"),
        ("31.3.2028", "2028-03-31"), ("2027-03-31", "2027-03-31"), ("30.11", "2026-11-30"),
        ("soon", None), ("2027-02-30", None), ("31.2.", None), ("29.2.", None),
    ],
)  # fmt: skip
def test_a_day_is_understood(typed: str, kept: str | None) -> None:
    assert typed_days.day(typed, TODAY) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("fri 16:00", "2026-12-04T16:00"), ("16:30", "2026-11-30T16:30"),
        ("tomorrow, 9h", "2026-12-01T09:00"),
        ("2027-03-31T14:00", "2027-03-31T14:00"), ("2027-03-31 14:00", "2027-03-31T14:00"),
        ("2027-03-31", "2027-03-31"), ("+2 8:05", "2026-12-02T08:05"), ("fri 25:00", None), ("x 16:00", None),
    ],
)  # fmt: skip
def test_a_moment_is_understood(typed: str, kept: str | None) -> None:
    assert typed_days.moment(typed, TODAY) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", 0),
        ("90", 90),
        ("1:30", 90),
        ("1 h 30", 90),
        ("2h", 120),
        ("45 min", 45),
        ("x", None),
        ("h", None),
    ],
)
def test_minutes_are_understood(typed: str, kept: int | None) -> None:
    assert typed_days.minutes(typed) == kept


def test_days_are_understood_in_the_chosen_language() -> None:
    with languages.speaking("de"):
        assert typed_days.day("Fr", TODAY) == "2026-12-04"
        assert typed_days.moment("freitag 16 Uhr", TODAY) == "2026-12-04T16:00"
