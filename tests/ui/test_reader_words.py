"""The sentences of the reader's head and foot, and where a link leads."""

from datetime import datetime

import pytest

from desktop.library.values import Detail, Media, State, Version
from desktop.text.showing import host_of, visible
from desktop.ui.article import words
from desktop.ui.article.transcript import body_of, paragraphs, seconds_of
from desktop.ui.marks.positions import Places, Units
from desktop.ui.open_url import may_open, told

NOW = datetime(2026, 11, 30, 12, 0).astimezone()


def stamp(*when: int) -> int:
    return int(datetime(*when).timestamp() * 1000)  # type: ignore[arg-type]


def detail(**changes: object) -> Detail:
    known: dict[str, object] = dict.fromkeys(Detail.__slots__, "")
    known |= {
        "id": 1, "capture_id": 1, "version": 1, "versions": (), "state": State.INBOX, "tags": (), "goals": (),
        "left_out": (), "notices": (), "media": None, "minutes": 9, "words": 0, "position": 0,
        "progress": 0.0, "is_read": False, "is_link_only": False, "is_private": False,
        "is_published_approximate": False, "saved_at": stamp(2026, 11, 30, 10, 42), "browser": "firefox",
    }  # fmt: skip
    return Detail(**{**known, **changes})  # type: ignore[arg-type]


def test_the_by_line_says_what_is_known() -> None:
    full = detail(author="M. Lindqvist", site="People at Work", published="2026-11-12")

    assert words.by_line(full) == "M. Lindqvist · People at Work · 12 November 2026 · 9 min"
    assert words.by_line(detail(minutes=0)) == ""


@pytest.mark.parametrize(
    ("iso", "spoken"),
    [
        ("2026-11-12", "12 November 2026"),
        ("2026-11", "November 2026"),
        ("2026", "2026"),
        ("", ""),
        ("spring 1998", "spring 1998"),
        ("2026-13-40", "2026-13-40"),
    ],
)
def test_a_date_is_as_exact_as_the_page_was(iso: str, spoken: str) -> None:
    assert words.published(iso) == spoken


def test_a_guessed_date_is_called_about() -> None:
    assert words.published("2026-11-12", is_about=True) == "about 12 November 2026"


def test_the_saved_line_says_when_where_from_and_through_whom() -> None:
    assert words.saved_line(detail(found_through="Jonas"), NOW) == (
        "Saved today 10:42 from Firefox · found through Jonas"
    )
    assert words.saved_line(detail(browser="kithbook"), NOW) == "Saved today 10:42"
    assert words.saved_line(detail(is_private=True), NOW) == (
        "Saved today 10:42 from Firefox · from a private window"
    )


def test_older_moments_lose_the_hour_and_then_gain_the_year() -> None:
    assert words.moment(stamp(2026, 11, 29, 9, 5), NOW) == "yesterday 09:05"
    assert words.moment(stamp(2026, 11, 9, 9, 5), NOW) == "9 November"
    assert words.moment(stamp(2025, 12, 31, 9, 5), NOW) == "31 December 2025"


@pytest.mark.parametrize(
    ("minutes", "progress", "line"),
    [
        (9, 0.0, "9 minutes left · 0 %"),
        (9, 0.41, "5 minutes left · 41 %"),
        (2, 0.5, "1 minute left · 50 %"),
        (2, 0.9, "less than a minute left · 90 %"),
        (9, 1.0, "Read to the end"),
        (0, 0.5, ""),
    ],
)
def test_the_foot_says_what_is_left(minutes: int, progress: float, line: str) -> None:
    assert words.left_line(minutes, progress) == line


def test_the_versions_menu_says_when_and_whether_the_text_is_the_same() -> None:
    version = Version(5, 2, stamp(2026, 11, 30, 10, 42), True)

    assert words.version_line(version, NOW) == "Version 2, saved today 10:42, same text"


def test_the_button_of_what_was_left_out_counts_blocks() -> None:
    assert words.blocks_left_out(0, is_shown=False) == ""
    assert words.blocks_left_out(1, is_shown=False) == "what was left out (1 block)"
    assert words.blocks_left_out(3, is_shown=True) == "hide what was left out (3 blocks)"


def test_places_in_a_film() -> None:
    assert words.clock(Media(1330.7, 2880, "").position) == "22:10"
    assert words.clock(3723) == "1:02:03"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://www.youtube.com/watch?v=abc&t=5s", "https://www.youtube.com/watch?v=abc&t=70s"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=70s"),
        ("https://vimeo.com/1", "https://vimeo.com/1#t=70s"),
        ("https://a.example/film?x=1", "https://a.example/film?x=1#t=70"),
    ],
)
def test_a_film_opens_at_its_second(url: str, link: str) -> None:
    assert words.time_link(url, 70.9) == link


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("https://a.example/", True),
        ("HTTP://A.example", True),
        ("mailto:a@b.example", True),
        ("mailto:", False),
        ("mailto:a@b.example?subject=On%20your%20text&body=a%0Ab;c&cc=d@e.example", True),
        ("mailto:a@b.example?attach=/etc/passwd", False),
        ("mailto:a@b.example?subject=x&%61ttachment=/etc/passwd", False),
        ("mailto:a@b.example?subject=x%26attach=/etc/passwd", False),
        ("mailto:a@b.example?subject=x;attach=/etc/passwd", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("//a.example", False),
        ("https://a.example/\nx", False),
        ("https://a.example/ x", False),
        ("http://[::1", False),
        ("kithbook:show", False),
        ("", False),
    ],
)
def test_only_web_and_mail_go_through_the_door(address: str, is_open: bool) -> None:
    assert may_open(address) is is_open


def test_the_host_is_told_as_the_network_asks_for_it() -> None:
    assert host_of("https://google.example@evil.example/") == "evil.example"
    assert host_of("https://аpple.com/") == "xn--pple-43d.com (аpple.com)"
    assert host_of("https://xn--pple-43d.com/") == "xn--pple-43d.com (аpple.com)"
    assert host_of("http://[::1") == ""


def test_signs_that_turn_the_text_round_are_written_out() -> None:
    assert visible("a\u202eb\u200bc\x07") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+0007⟩"
    assert "⟨U+202E⟩" in told("https://a.example/\u202egnp.exe")


def test_a_long_address_is_cut_and_a_bad_one_is_called_so() -> None:
    assert len(told("https://a.example/" + "x" * 500)) < 200
    assert told("file:///x").startswith("Not a link that can be opened")
    assert told("mailto:a@b.example") == "Write to a@b.example"


def test_positions_count_what_lies_outside_the_first_plane_twice() -> None:
    units = Units("a🎓b𝑥")

    assert [units.units(point) for point in range(5)] == [0, 1, 3, 4, 6]
    assert [units.point(unit) for unit in range(7)] == [0, 1, 1, 2, 3, 3, 4]
    assert Units("plain").units(3) == 3


def test_places_are_carried_between_texts_that_differ_in_white_space_alone() -> None:
    text = "A 🎓 heading\n\nOne two\tthree\nfour"
    shown = "A 🎓 heading\nOne two\n\nthree\n\nfour"
    places = Places(shown, text)
    utf16 = shown.encode("utf-16-le")

    for word in ("heading", "One", "three", "four"):
        position = places.in_document(text.index(word))
        assert utf16[2 * position :].decode("utf-16-le").startswith(word)
        assert places.in_text(position) == text.index(word)


def test_places_survive_words_that_only_one_text_has() -> None:
    text = " ".join(f"w{n}" for n in range(300))
    shown = text.replace("w50", "[Picture not saved] w50").replace("w200", "")
    places = Places(shown, text)

    for word in ("w49", "w51", "w150", "w299"):
        assert places.in_document(text.index(word)) == shown.index(word)


def test_places_stay_within_both_texts() -> None:
    places = Places("", "abc def")
    assert (places.in_document(5), places.in_text(9)) == (0, 0)

    places = Places("abc", "abc")
    assert (places.in_document(99), places.in_text(99)) == (3, 3)


def test_captions_become_paragraphs_that_lead_to_their_second() -> None:
    said = "\n".join(
        f"{n // 60}:{n % 60:02} word{n} <b>and</b> some more words here" for n in range(0, 120, 4)
    )
    html = paragraphs(said, "https://a.example/film")

    assert html.count("<p>") == 3
    assert html.startswith(
        '<p><a href="https://a.example/film#t=0">0:00</a> word0 &lt;b&gt;and&lt;/b&gt; some'
    )
    assert seconds_of("1:02:03") == 3723


def test_a_visible_transcript_without_times_keeps_its_lines() -> None:
    assert paragraphs("One & two.\n\nThree.", "https://a.example/") == "<p>One &amp; two.</p><p>Three.</p>"


def test_what_is_said_stands_below_the_article_once() -> None:
    film = Media(0, 0, "0:05 Hello there")
    assert body_of(detail(html="<p>x</p>", media=film, url="https://a.example/")).startswith(
        "<p>x</p><h2>What is said</h2><p><a href="
    )
    assert body_of(detail(html="<p>y</p>", text="0:05 Hello there", media=film)) == "<p>y</p>"
    assert body_of(detail(html="<p>z</p>")) == "<p>z</p>"
