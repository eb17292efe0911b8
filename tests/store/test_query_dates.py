"""Dates as people write them. Today is Monday, 30 November 2026."""

from datetime import date, datetime

import pytest

from desktop.store.query_dates import span

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "first", "after_last"),
    [
        ("2025", "2025-01-01", "2026-01-01"),
        ("2025-03", "2025-03-01", "2025-04-01"),
        ("2025-12", "2025-12-01", "2026-01-01"),
        ("2025-3-5", "2025-03-05", "2025-03-06"),
        ("15.3.2025", "2025-03-15", "2025-03-16"),
        ("today", "2026-11-30", "2026-12-01"),
        ("Yesterday", "2026-11-29", "2026-11-30"),
        ("this week", "2026-11-30", "2026-12-07"),
        ("last week", "2026-11-23", "2026-11-30"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("this year", "2026-01-01", "2027-01-01"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("march", "2026-03-01", "2026-04-01"),
        ("december", "2025-12-01", "2026-01-01"),
        ("last november", "2025-11-01", "2025-12-01"),
        ("Mar 2025", "2025-03-01", "2025-04-01"),
        ("3 march 2025", "2025-03-03", "2025-03-04"),
        ("march 3rd", "2026-03-03", "2026-03-04"),
        ("31 december", "2025-12-31", "2026-01-01"),
        ("q1", "2026-01-01", "2026-04-01"),
        ("q4 2024", "2024-10-01", "2025-01-01"),
        ("monday", "2026-11-30", "2026-12-01"),
        ("last monday", "2026-11-23", "2026-11-24"),
        ("friday", "2026-11-27", "2026-11-28"),
        ("3 days", "2026-11-27", "2026-11-28"),
        ("three days ago", "2026-11-27", "2026-11-28"),
        ("2 weeks", "2026-11-16", "2026-11-17"),
        ("a month ago", "2026-10-30", "2026-10-31"),
        ("9 months", "2026-02-28", "2026-03-01"),
        ("7d", "2026-11-23", "2026-11-24"),
        ("1y", "2025-11-30", "2025-12-01"),
        ("letzten Monat", "2026-10-01", "2026-11-01"),
        ("vor 3 Tagen", "2026-11-27", "2026-11-28"),
        ("März", "2026-03-01", "2026-04-01"),
    ],
)
def test_it_is_read_as_meant(text: str, first: str, after_last: str) -> None:
    found = span(text, TODAY)

    assert found is not None
    assert datetime.fromtimestamp(found.start / 1000) == datetime.fromisoformat(first)
    assert datetime.fromtimestamp(found.stop / 1000) == datetime.fromisoformat(after_last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foo",
        "2025-13",
        "2025-02-31",
        "0",
        "99999 years",
        "last",
        "last foo",
        "marchy",
        "32 march",
        "½",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert span(text, TODAY) is None


def test_a_moment_is_exact() -> None:
    found = span("2020-09-13T12:26:40Z", TODAY)

    assert found is not None
    assert (found.start, found.stop) == (1_600_000_000_000, 1_600_000_000_000)
