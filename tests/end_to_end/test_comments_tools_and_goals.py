"""A comment on the moment of a video, a tool from its own site, and a goal by two keys, in real browsers."""

import contextlib
from typing import Any

import pytest

from desktop.learning import toolkit
from desktop.library.marks import timed_comments
from desktop.store.reader import Reader
from tests.end_to_end import flows
from tests.end_to_end.machine import Machine
from tests.end_to_end.pages import Site, article, html, paragraphs
from tests.end_to_end.waiting import until

GOALS = ("Giving feedback", "Data analysis", "Deliberate practice")
LINE = "A record is what feedback needs."
SITE = '<meta property="og:site_name" content="Datasette">'


@pytest.fixture(scope="module", autouse=True)
def connected(machine: Machine, browser: Any) -> None:
    """The host is there, and three goals are known to it. Kithbook stays closed until the last test."""
    machine.make_goals(*GOALS)
    machine.connect(browser)


def sent(machine: Machine, op: str) -> list[dict[str, Any]]:
    return [one["message"] for one in machine.waiting() if one["op"] == op]


def test_a_goal_is_picked_in_the_popup_by_two_keys(browser: Any, machine: Machine, site: Site) -> None:
    flows.click(browser, site.url("/article/goal"))
    until(lambda: browser.in_popup("return document.activeElement.id") == "why", "the cursor in the popup")

    picked = flows.pick_goal(browser, "g")
    again = flows.pick_goal(browser, "d")
    numbered = browser.in_popup(
        "return [...document.querySelectorAll('.choices li')].map((e) => e.textContent)"
    )
    browser.press_in_popup("2")
    last = browser.in_popup(flows.GOAL)
    flows.press_enter(browser)

    assert picked == ["Giving feedback", "why"]
    assert again == ["Giving feedback", "goal"]  # two begin so: they are numbered anew
    assert len(numbered) == 2
    assert last == [numbered[1][1:], "why"]
    until(lambda: sent(machine, "update"), "the goal in the spool")
    assert sent(machine, "update")[0]["goal"] == last[0]


def test_a_comment_keeps_the_second_and_the_line_that_was_heard(
    browser: Any, machine: Machine, site: Site
) -> None:
    url = site.url("/video")
    flows.click(browser, url, ready=True)
    flows.close_popup(browser)

    made = flows.ask(browser, url, "comment")
    assert browser.run("return document.querySelector('.kithbook-strip-host').shadowRoot") is None
    heard = browser.run("window.keys = 0; addEventListener('keydown', () => keys++); return keys;")
    browser.press(*"Mine", "Enter")
    until(lambda: sent(machine, "timed-comment"), "the comment in the spool")
    until(lambda: not flows.has_strip(browser), "the strip to go by itself")

    (said,) = sent(machine, "timed-comment")
    assert (said["id"], said["comment"], said["caption"]) == (made, "Mine", LINE)
    assert 40 < said["seconds"] < 61
    assert heard == browser.run("return keys") == 0  # the player's own keys heard nothing


def test_a_strip_left_by_escape_keeps_words_and_one_without_words_keeps_nothing(
    browser: Any, machine: Machine, site: Site
) -> None:
    url = site.url("/video")
    before = len(sent(machine, "timed-comment"))

    flows.ask(browser, url, "comment")
    browser.press("Escape")
    until(lambda: not flows.has_strip(browser), "the strip to go")
    flows.ask(browser, url, "comment")
    browser.press(*"Later", "Escape")

    until(lambda: len(sent(machine, "timed-comment")) == before + 1, "the words in the spool")
    assert sent(machine, "timed-comment")[-1]["comment"] == "Later"


def test_a_tool_is_added_from_its_own_site_with_the_problem_it_solves(
    browser: Any, machine: Machine, site: Site
) -> None:
    site.extra["/tool"] = html(article("Tables for all", paragraphs(4), SITE))
    url = site.url("/tool")
    flows.click(browser, url)

    browser.in_popup("document.getElementById('tool').click();")
    until(lambda: flows.has_strip(browser), "the strip on the page")
    until(lambda: not browser.has_popup(), "the popup to make room")
    browser.press(*"Shows tables", "Enter")
    until(lambda: sent(machine, "tool"), "the tool in the spool")
    (said,) = sent(machine, "tool")
    assert (said["name"], said["url"], said["problem"]) == ("Datasette", url, "Shows tables")


def test_all_of_it_comes_into_the_library(machine: Machine) -> None:
    machine.collect()

    assert machine.waiting() == []
    assert machine.saved("Article goal").goals[0] in GOALS
    film, page = machine.rows("A lesson on feedback")[0], machine.rows("Tables for all")[0]
    with contextlib.closing(Reader(machine.paths.library)) as reader:
        comments = timed_comments.of_source(reader, film.id)
        (card,) = toolkit.all_of(reader)
    assert [(one.comment, one.caption) for one in comments] == [("Mine", LINE), ("Later", LINE)]
    assert all(f"t={int(one.seconds)}" in one.url for one in comments)
    assert (card.name, card.problem, card.sources) == ("Datasette", "Shows tables", (page.id,))
