"""Which language is spoken, and how texts, plurals, numbers and dates come out in it."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from desktop import languages
from desktop.languages import mark, system, tr, trc, trn, writing
from desktop.languages.pseudo import pseudo


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    languages.choose("en")


def test_english_is_the_text_itself() -> None:
    assert tr("Move to Later") == "Move to Later"
    assert [trn("{n} page", "{n} pages", n).format(n=n) for n in (0, 1, 2)] == [
        "0 pages",
        "1 page",
        "2 pages",
    ]
    assert trc("a month", "May") == "May"
    assert mark("Inbox") == "Inbox"


def test_an_empty_text_stays_empty_in_every_language() -> None:
    for code in ("en", "de", "xx"):
        with languages.speaking(code):
            assert tr("") == ""


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("de", "de"), ("de-AT", "de"), ("de_DE.UTF-8", "de"), ("C.UTF-8", "en"), ("fr", "en"), ("", "en")],
)
def test_a_language_we_do_not_speak_gives_english(wanted: str, spoken: str) -> None:
    assert languages.choose(wanted) == spoken == languages.chosen()


def test_the_computers_language_is_followed_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "fr:de_AT:en")

    assert system.languages() == ("fr", "de_AT", "en")
    assert languages.choose(languages.SYSTEM) == "de"
    assert languages.follows_system()
    assert languages.choose(languages.SYSTEM, ["en-GB", "de"]) == "en"


def test_the_language_before_is_spoken_again_after_a_block() -> None:
    with languages.speaking("xx"):
        assert tr("Undo") == "[!!! Úndó é !!!]"

    assert tr("Undo") == "Undo"


def test_the_pseudo_language_keeps_placeholders_tags_and_entities() -> None:
    assert pseudo("<b>{name}</b> &amp; more").startswith("[!!! <b>{name}</b> &amp; móré")
    assert pseudo("{done} of {total}").format(done=1, total=2) == "[!!! 1 óf 2 é !!!]"


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    day = date(2025, 11, 3)

    assert (writing.number(1234567), writing.decimal(1234.56)) == ("1,234,567", "1,234.6")
    assert writing.long_day(day) == "3 November 2025"
    assert (writing.weekday(day), writing.short_weekday(day)) == ("Monday", "Mon")
    assert (writing.short_day(day), writing.short_day(day, has_year=True)) == ("3 Nov", "3 Nov 2025")
    assert writing.listed(["a"]) == "a"
    assert writing.listed(["a", "b", "c"]) == "a, b and c"


def test_one_thread_may_speak_another_language_than_the_window() -> None:
    heard: list[tuple[str, str]] = []

    def elsewhere() -> None:
        heard.append((languages.chosen(), languages.tr("Inbox")))

    with languages.speaking_here("de"):
        here = languages.tr("Inbox")
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()

        assert languages.chosen() == "de"
    assert here == "Eingang"
    assert heard == [("en", "Inbox")]
    assert languages.tr("Inbox") == "Inbox"
