"""The host is not there: the popup says so, nothing is dropped, and all of it arrives once the host is."""

from typing import Any

from tests.end_to_end import flows
from tests.end_to_end.machine import Machine
from tests.end_to_end.pages import Site
from tests.end_to_end.waiting import until


def test_pages_saved_without_a_host_wait_in_the_browser_and_drain_when_it_is_installed(
    browser: Any, machine: Machine, site: Site, kind: str
) -> None:
    names = [f"{kind}-{number}" for number in range(3)]
    for name in names:
        said = flows.click(browser, site.url(f"/article/{name}"), head="Kithbook is not")
        assert "Saved" not in said
        flows.close_popup(browser)
    waiting = flows.ask_extension(browser, {"kb": "queue"})
    assert [head["message"]["url"] for head in waiting] == [site.url(f"/article/{name}") for name in names]
    assert machine.waiting() == []

    machine.connect(browser)
    flows.ask_extension(browser, {"kb": "retry"})

    until(lambda: len(machine.waiting()) == 3, "the queue in the spool")
    until(lambda: flows.ask_extension(browser, {"kb": "queue"}) == [], "the empty queue")
    assert [one["message"]["url"] for one in machine.waiting()] == [
        site.url(f"/article/{name}") for name in names
    ]
    machine.collect()
    assert {row.title for row in machine.rows()} == {f"Article {name}" for name in names}


def test_the_next_click_is_saved_at_once(browser: Any, machine: Machine, site: Site) -> None:
    flows.click(browser, site.url("/article/after"), head="Saved")

    assert machine.waiting()[-1]["message"]["title"] == "Article after"
