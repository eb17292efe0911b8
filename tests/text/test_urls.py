"""Addresses, by the examples that the extension is tested with too."""

import json
import random
import string
from pathlib import Path
from typing import Any

import pytest

from desktop.text import urls

EXAMPLES: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).parents[1].joinpath("contract", "urls.json").read_text("utf-8")
)


def named(part: str) -> Any:
    return pytest.mark.parametrize(
        "example", EXAMPLES[part], ids=lambda e: e.get("name") or e.get("url") or e["a"]
    )


@named("canonical")
def test_an_address_is_written_in_one_way(example: dict[str, str]) -> None:
    written = urls.canonical_url(example["url"], example.get("rel", ""), example.get("base", ""))

    assert written == example["is"]


@named("canonical")
def test_a_written_address_stays_as_it_is(example: dict[str, str]) -> None:
    assert urls.canonical_url(example["is"]) == example["is"]


@named("key")
def test_keys_say_which_addresses_are_one_page(example: dict[str, Any]) -> None:
    assert (urls.url_key(example["a"]) == urls.url_key(example["b"])) is example["same"]


@named("key")
def test_the_key_of_the_written_address_is_the_key(example: dict[str, Any]) -> None:
    assert urls.url_key(urls.canonical_url(example["a"])) == urls.url_key(example["a"])


@named("site_name")
def test_a_site_is_called_by_its_host(example: dict[str, str]) -> None:
    assert urls.site_name(example["url"]) == example["is"]


@named("is_web")
def test_only_whole_addresses_of_the_web_are_pages(example: dict[str, Any]) -> None:
    assert urls.is_web(example["url"]) is example["is"]


def test_there_are_enough_examples() -> None:
    assert sum(len(part) for part in EXAMPLES.values() if isinstance(part, list)) >= 60


def test_about_sixty_tracking_parameters_or_more_are_known() -> None:
    assert len(urls._TRACKING) >= 60
    assert all(name == name.lower() for name in urls._TRACKING)


def test_both_lists_of_tracking_parameters_are_the_same(root: Path) -> None:
    script = (root / "extension" / "urls.js").read_text("utf-8")
    listed = script.partition("new Set(\n  `")[2].partition("`")[0].split()

    assert set(listed) == urls._TRACKING


def test_ten_thousand_random_addresses_are_written_once_and_for_all() -> None:
    chance = random.Random(7)
    signs = string.ascii_letters + string.digits + "/:?#[]@!$&'()*+,;=%-._~ \\\"<>{}|^`é€🙂\ud800\x00\n"
    for _ in range(10_000):
        url = chance.choice(("https://example.org", "http://a.b:80", "", "x:")) + "".join(
            chance.choices(signs, k=chance.randrange(30))
        )
        if not urls.is_web(url):
            continue
        once = urls.canonical_url(url)

        assert urls.canonical_url(once) == once
        assert urls.url_key(once) == urls.url_key(url)
