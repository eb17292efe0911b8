"""For whom a page is, which addresses lead inside, and what a page says of its rights."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.learning import people
from desktop.library import captures, undo
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.share import circles, rights
from desktop.share.circles import COMMUNITY, PUBLIC, TEAM
from desktop.share.hosts import is_internal, listed, without_internal
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything, page

LD = '<script type="application/ld+json">'


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Paths(tmp_path / "kithbook"), write=True) as opened:
        yield opened


@pytest.fixture
def writer(library: Library) -> Writer:
    assert library.writer is not None
    return library.writer


@pytest.fixture
def reader(library: Library) -> Reader:
    return library.reader


def test_three_circles_always_exist_and_stay(writer: Writer, reader: Reader) -> None:
    assert [(one.name, one.is_own) for one in circles.all_of(reader)] == [
        ("Public", False),
        ("Community", False),
        ("Team", False),
    ]
    for act in (lambda: circles.rename(writer, TEAM, "x"), lambda: circles.remove(writer, PUBLIC)):
        with pytest.raises(BadInput, match="always exist"):
            act()
    with pytest.raises(BadInput, match="everyone"):
        circles.add(writer, PUBLIC, [1])


def test_a_circle_is_made_renamed_filled_and_removed_and_all_of_it_is_undone(
    writer: Writer, reader: Reader
) -> None:
    ana = people.keep(writer, "Ana", address="ana@firm.example").made
    source = captures.add(writer, page()).source_id
    before = everything(reader, but=("journal_entry", "journal_change", "sqlite_sequence", "outbox"))
    circle = circles.make(writer, "Book club").made
    circles.add(writer, circle, [ana])
    circles.set_circle(writer, [source], circle)
    assert circles.members(reader, circle) == [(ana, "Ana")]
    assert circles.circle_of(reader, source) == circle
    circles.rename(writer, circle, "Reading circle")
    (row,) = [one for one in circles.all_of(reader) if one.is_own]
    assert (row.name, row.members, row.pages) == ("Reading circle", 1, 1)
    assert circles.named(reader, "READING circle") == row
    circles.remove(writer, circle)
    assert circles.circle_of(reader, source) == 0
    for _ in range(5):
        assert undo.undo(writer)
    assert everything(reader, but=("journal_entry", "journal_change", "sqlite_sequence", "outbox")) == before


@pytest.mark.parametrize("name", ["", "  ", "team", "Public"])
def test_a_circle_needs_a_name_of_its_own(writer: Writer, name: str) -> None:
    with pytest.raises(BadInput):
        circles.make(writer, name)


def test_many_pages_get_a_circle_in_one_act(writer: Writer, reader: Reader) -> None:
    ids = [captures.add(writer, page(name)).source_id for name in "abc"]

    assert circles.set_circle(writer, ids, TEAM).label == "For Team (3)"
    assert not circles.set_circle(writer, ids, TEAM)
    undo.undo(writer)
    assert [circles.circle_of(reader, one) for one in ids] == [0, 0, 0]
    with pytest.raises(BadInput, match="not here"):
        circles.set_circle(writer, ids, 99)


@pytest.mark.parametrize(
    ("own", "circle", "person", "is_told"),
    [
        ("none", "none", "none", False),
        ("public", "none", "none", False),
        ("team", "none", "none", True),
        ("team", "team", "none", False),
        ("team", "community", "none", True),
        ("community", "team", "none", False),
        ("club", "team", "none", True),
        ("club", "pair", "none", False),
        ("pair", "club", "none", True),
        ("club", "empty", "none", True),
        ("club", "none", "ana", False),
        ("club", "none", "bo", True),
        ("team", "public", "none", True),
        ("community", "public", "none", True),
        ("community", "club", "none", True),
    ],
)
def test_a_pack_that_carries_a_page_further_than_its_circle_is_told(
    writer: Writer, reader: Reader, own: str, circle: str, person: str, is_told: bool
) -> None:
    ana, bo, cem = (people.keep(writer, name, "x").made for name in ("Ana", "Bo", "Cem"))
    club, pair, empty = (circles.make(writer, name).made for name in ("Club", "Pair", "Empty"))
    circles.add(writer, club, [ana, cem])
    circles.add(writer, pair, [ana])
    ids = {"none": 0, "public": PUBLIC, "community": COMMUNITY, "team": TEAM, "ana": ana, "bo": bo}
    ids |= {"club": club, "pair": pair, "empty": empty}
    source = captures.add(writer, page()).source_id
    circles.set_circle(writer, [source], ids[own])

    told = circles.tighter(reader, [source], ids[person], ids[circle])
    assert [one.source_id for one in told] == [source] * is_told


def test_a_person_has_an_address_topics_and_how_we_met_beside_what_they_led_to(
    writer: Writer, reader: Reader
) -> None:
    captures.add(writer, page(found_through="ana"))
    people.keep(writer, "Ana", "Knows SQL.", address="ana@firm.example", how_met="PyCon", topics="SQL, data")
    people.keep(writer, "Ana", topics="SQL")
    people.keep(writer, "Bo", "Only read.")

    (ana,) = people.colleagues(reader)
    assert (ana.name, ana.brought, ana.address, ana.how_met, ana.topics, ana.note) == (
        "Ana",
        1,
        "ana@firm.example",
        "PyCon",
        "SQL",
        "Knows SQL.",
    )
    named = people.named(reader, "ANA")
    assert named == ana
    for wrong in ("ana", "a b@c", "a@b, c@d", "a@b\nBcc: x@y"):
        with pytest.raises(BadInput, match="no address"):
            people.keep(writer, "Ana", address=wrong)


@pytest.mark.parametrize(
    "url",
    [
        "http://wiki/", "https://Portal.CORP/x", "http://nas.local", "https://a.lan.", "http://x.internal:8080/",
        "http://10.0.0.1/", "http://192.168.1.1/a", "http://172.16.3.4/", "http://127.0.0.1:5000/", "http://[::1]/",
        "http://[fe80::1]/", "http://[fd12::1]/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/", "http://localhost/",
        "http://1.2.3.4.5/", "file:///home/ana/plan.html", "chrome://settings", "", "https://app.acme.example/",
        "https://acme.example/",
    ],
)  # fmt: skip
def test_addresses_that_lead_inside(url: str) -> None:
    assert is_internal(url, ["acme.example"])


@pytest.mark.parametrize(
    "url",
    ["https://example.org/", "https://www.example.org/a?b", "http://8.8.8.8/", "https://notacme.example/",
     "https://bücher.example/"],
)  # fmt: skip
def test_addresses_of_the_open_internet(url: str) -> None:
    assert not is_internal(url, ["acme.example"])


def test_hosts_are_parted_by_commas_or_blanks() -> None:
    assert listed(" acme.example, b.example\nc.example ") == ("acme.example", "b.example", "c.example")


def test_addresses_inside_leave_clean_html_and_all_else_stays() -> None:
    res = f"res/{'a' * 64}.png"
    html = (
        '<p><a href="http://wiki/?a=1&amp;b=2">in</a> <a href="https://open.example/">out</a> '
        f'<a href="mailto:a@b.example">mail</a> <img src="{res}" alt="x"><img data-src="http://10.0.0.1/a"></p>'
    )

    assert without_internal(html) == (
        '<p><a>in</a> <a href="https://open.example/">out</a> '
        f'<a href="mailto:a@b.example">mail</a> <img src="{res}" alt="x"><img></p>'
    )


@pytest.mark.parametrize(
    ("html", "licence", "is_shut"),
    [
        ("<p>Nothing</p>", "", False),
        ('<a rel="license nofollow" href="https://cc.example/?a&amp;b">', "https://cc.example/?a&b", False),
        ("<LINK REL='license' HREF=https://cc.example/by>", "https://cc.example/by", False),
        ('<meta name="DC.rights" content="CC BY">', "CC BY", False),
        ('<meta property="article:content_tier" content="metered">', "", True),
        ('<meta property="article:content_tier" content="free">', "", False),
        (LD + '{"license":{"@id":"https://cc.example"}}</script>', "https://cc.example", False),
        (LD + '{"@graph":[{"isAccessibleForFree":"False"}]}</script>', "", True),
        (LD + '{"hasPart":{"isAccessibleForFree":false}}</script>', "", True),
        (LD + '{"isAccessibleForFree":true}</script>', "", False),
        (LD + '{broken</script>', "", False),
        (LD + "[" * 100_000 + "</script>", "", False),
        ('<a rel="license" href="https://a.example">' + "<a " * 50_000, "https://a.example", False),
        (LD * 50_000, "", False),
    ],
)  # fmt: skip
def test_licence_and_paywall_stand_where_pages_say_them(html: str, licence: str, is_shut: bool) -> None:
    assert rights.read(html.encode()) == rights.Rights(licence, is_shut)
