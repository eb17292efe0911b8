"""Hostile words in every field of a pack, opened in real browsers: nothing runs, nothing is asked for.

The second lock is tried alone too: with the cleaner switched off, the page's own policy stops what would run.
Leaving the page by ``<meta http-equiv=refresh>`` is what no policy stops, so those are counted apart.
"""

import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.share import pack_file, pack_html, pack_json
from desktop.share.pack_file import write
from desktop.share.values import Item, ItemKind, Pack, Sender
from tests.end_to_end.arena import Outcome, Proxy, fight
from tests.end_to_end.pages import Site
from tests.end_to_end.waiting import until
from tests.support.packs import annotation, item, pack, readings, signer, uuid

BATCH = 60
EVERY = int(os.environ.get("KITHBOOK_EVERY", "10"))
"""Every how many of the payloads; ``make samples`` tries all of them, which takes minutes."""
STEP = 41
REFRESH = re.compile(r"http-equiv|refresh", re.IGNORECASE)


def hostile(number: int, text: str) -> Item:
    """The payload in every field that a page shows."""
    short = text[:180]
    said = annotation(number * 3 + 1, text, text, by=short)
    tagged = replace(said, web=replace(said.web, tags=(short,), link=text[:7_000]))
    kind = ItemKind.NOTE if number % 7 == 0 else ItemKind.PAGE
    return item(
        number, text[:7_900], kind=kind, url=text[:7_900], site=short, author=text[:7_900], published=short,
        lang=short, captured_by=short, excerpt=text, licence=text[:7_900], notice=text[:7_900], sentence=text,
        group=short if number % 5 == 0 else "", tags=(short, f"x {short}"), why_full=text, html=text,
        markdown=f"{text}\n\n> {text}\n\n[{short}]({short})\n\n- {text}",
        annotations=(tagged, annotation(number * 3 + 2, "", text, by=short, reply_to=uuid(number * 3 + 1))),
    )  # fmt: skip


def one_page(given: Pack) -> str:
    """The whole file, data and all, as `write` makes it."""
    return "".join(pack_file.page(given, signer(given.sender.name)))


@pytest.fixture(scope="session")
def every(shared: Path) -> list[str]:
    """All payloads, read once for both browsers."""
    lines = (shared / "corpora" / "xss" / "payloads.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["payload"] for line in lines]


@pytest.fixture(scope="session")
def pages(every: list[str]) -> list[str]:
    found = []
    sample = every[::EVERY]
    for first in range(0, len(sample), BATCH):
        texts = sample[first : first + BATCH]
        items = tuple(hostile(number, text) for number, text in enumerate(texts, start=1))
        found.append(
            one_page(
                pack(
                    items, title=texts[0][:7_900], message="\n\n".join(texts), sender=Sender(texts[-1][:180])
                )
            )
        )
    return found


@pytest.fixture(scope="session")
def uncleaned(every: list[str]) -> list[str]:
    """Pages of one payload each whose full text was not cleaned, those that navigate left out."""
    sample = [text for text in every[::STEP] if not REFRESH.search(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack_json, "clean", lambda html: html)
        return [one_page(pack((item(1, "One", html=text),))) for text in sample]


def assert_harmless(outcome: Outcome) -> None:
    assert outcome.executed == []
    assert outcome.left == []
    assert outcome.above == 0
    assert outcome.requests == []


def test_hostile_words_in_every_field_of_a_pack_do_nothing(
    bare: Any, site: Site, proxy: Proxy, pages: list[str], note: Callable[[str], None]
) -> None:
    outcome = fight(bare, site, proxy, pages, [])

    note(f"{bare.version}: {len(pages)} packs with a payload in every field of every item")
    assert_harmless(outcome)


def test_without_the_cleaner_the_policy_alone_stops_them(
    bare: Any, site: Site, proxy: Proxy, uncleaned: list[str], note: Callable[[str], None]
) -> None:
    open_pages = [re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page) for page in uncleaned]

    locked = fight(bare, site, proxy, uncleaned, [], is_enforced=True)
    unlocked = fight(bare, site, proxy, open_pages, [], is_enforced=True)

    ran, asked = len(unlocked.executed), len(unlocked.requests)
    note(
        f"{bare.version}: of {len(uncleaned)} uncleaned packs {ran} ran with {asked} requests; by policy none"
    )
    assert ran > 50
    assert asked
    assert locked.executed == []
    assert locked.above == 0
    assert locked.requests == []


def test_only_leaving_the_page_is_beyond_the_policy(
    bare: Any, site: Site, proxy: Proxy, every: list[str], monkeypatch: pytest.MonkeyPatch,
    note: Callable[[str], None],
) -> None:  # fmt: skip
    monkeypatch.setattr(pack_json, "clean", lambda html: html)
    moving = [one_page(pack((item(1, "One", html=text),))) for text in every if REFRESH.search(text)]

    outcome = fight(bare, site, proxy, moving, [], is_enforced=True)

    note(f"{bare.version}: of {len(moving)} uncleaned packs with a refresh {len(outcome.left)} left the page")
    assert outcome.executed == []


@pytest.mark.parametrize("alone", [pack_file.ALONE, 1])
def test_a_pack_is_shown_with_its_style_and_its_pictures(bare: Any, tmp_path: Path, alone: int) -> None:
    path = write(readings(), tmp_path / "pack.html", signer(), alone=alone).path
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                place = tmp_path / "unpacked" / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(packed.read(name))
        path = tmp_path / "unpacked" / "pack.html"

    bare.open(path.as_uri())
    until(lambda: bare.run("return document.readyState === 'complete'"), "the pack")

    assert bare.run("return getComputedStyle(document.querySelector('main')).maxWidth") == "720px"
    assert bare.run("return [...document.images].map((one) => one.naturalWidth > 0)") == [True, True]
    assert bare.run("return document.querySelectorAll('article').length") == 6
    assert pack_html.FORM
