"""Hostile payloads in every field of exports, opened in real browsers: nothing runs, nothing is asked.

Two locks are tried apart: the gate with the escaping, and then, without the gate, the policy in the first
lines of every file alone.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from lxml import etree
from lxml import html as lxml_html

from desktop.library.sense_values import Annotation, Colour
from desktop.share import page_html
from desktop.share.export import chapters, epub_parts, html_file, html_folder, regular
from desktop.share.export.selection import Answer, Exported, Items
from desktop.text.dom import Element
from desktop.text.markdown import parse_clean
from tests.end_to_end.arena import Outcome, Proxy, fight
from tests.end_to_end.pages import Site

IN_ONE_FILE = 400
EVERY = 1 if os.environ.get("KITHBOOK_ALL_PAYLOADS") else 12
"""One payload in so many; all of them take some minutes."""
PAGES_EVERY = 8 * EVERY
"""Pages of folders and books are made by the same hands as the one file: a sample of them is opened."""
ALONE_EVERY = 12 * EVERY
FRAMED = re.compile(r"<(?:i?frame|link|object|embed)\b[^>]*?https?:/*([a-z0-9.-]+)", re.IGNORECASE)
XHTML = "application/xhtml+xml"
CONTROL = "<img src=https://hostile.example/x onerror=alert(1)><script>alert(2)</script>"


class Given(Items):
    """Sources that stand in no library."""

    def __init__(self, given: list[Exported]) -> None:
        self.given = given

    def __len__(self) -> int:
        return len(self.given)

    def __iter__(self) -> Iterator[Exported]:
        return iter(self.given)

    def without_text(self) -> Iterator[Exported]:
        return iter(self.given)

    def picture(self, name: str) -> Path | None:
        return None


def hostile(payload: str, number: int) -> Exported:
    """The payload in every field that holds words."""
    mark = Annotation(
        number, f"m{number}", number, number, 0, 0, payload, cast(Colour, payload), payload, payload, False,
        0, 5, payload, payload, payload, payload, payload, payload, (payload,),
    )  # fmt: skip
    named = dict.fromkeys(
        ["title", "author", "published", "site", "lang", "excerpt", "why", "found_through", "html", "text"],
        payload,
    )
    kept: dict[str, Any] = dict.fromkeys(Exported.__dataclass_fields__, 0) | named
    kept |= {
        "id": number, "uuid": f"u{number}", "url": payload, "minutes": 3, "tags": (payload,),
        "goals": (payload,), "senders": (payload,), "circle": payload, "annotations": (mark,),
        "answers": (Answer(payload, payload, 0, number), Answer(payload, payload, 0)),
    }  # fmt: skip
    return Exported(**kept)


def assert_harmless(outcome: Outcome) -> None:
    assert outcome.executed == []
    assert outcome.left == []
    assert outcome.above == 0
    assert outcome.requests == []


def folder_pages(items: Items, folder: Path) -> list[str]:
    made = html_folder.write(items, folder).path
    return [one.read_text("utf-8") for one in sorted(made.glob("*.html"))]


def book_pages(items: Items) -> list[str]:
    made = []
    for one in items:
        article = chapters.chapter(one, picture=chapters.no_picture, level=1, is_xml=True)
        made.append(epub_parts.page(chapters.name_of(one), article, chapters.language_of(one)))
    return made


def uncleaned(one: Exported, *_given: object) -> Element:
    """The text as it came, in place of `chapters.tree`."""
    return parse_clean(one.html)


def uncleaned_page(payload: str) -> str:
    one = replace(hostile("", 1), html=regular.xml_text(payload))
    article = chapters.chapter(one, picture=chapters.no_picture, is_xml=True, text=uncleaned)
    return epub_parts.page("Raw", article, "en")


def test_exported_files_and_folders_do_nothing(
    bare: Any,
    site: Site,
    proxy: Proxy,
    payloads: list[str],
    tmp_path: Path,
    note: Callable[[str], None],
) -> None:
    given = [hostile(payload, number) for number, payload in enumerate(payloads[::EVERY])]
    documents = []
    for start in range(0, len(given), IN_ONE_FILE):
        items = Given(given[start : start + IN_ONE_FILE])
        made = html_file.write(items, tmp_path / f"{start}.html").path
        documents.append(made.read_text("utf-8"))
        articles = lxml_html.document_fromstring(documents[-1]).xpath("//main/article")
        assert len(articles) == len(items), "a source swallowed its neighbours, so they were not tried"
    documents += folder_pages(Given(given[:: PAGES_EVERY // EVERY]), tmp_path / "folder")

    outcome = fight(bare, site, proxy, documents, [])

    note(f"{bare.version}: {len(given)} payloads in every field of {len(documents)} exported web pages")
    assert_harmless(outcome)


def test_pages_of_a_book_do_nothing(bare: Any, site: Site, proxy: Proxy, payloads: list[str]) -> None:
    given = [hostile(payload, number) for number, payload in enumerate(payloads[::PAGES_EVERY])]
    documents = book_pages(Given(given))
    parts = tuple(epub_parts.Part(one.uuid, chapters.name_of(one), 3) for one in given)
    documents.append(epub_parts.contents(epub_parts.Book("u", "t", "en", "", parts, ())))
    for document in documents:
        etree.fromstring(document.encode())

    outcome = fight(bare, site, proxy, documents, [], served_as=XHTML)

    assert set(outcome.requests) <= {"/served/style.css"}
    assert_harmless(replace(outcome, requests=[]))


def test_the_policy_alone_stops_all_but_a_page_that_leaves(
    bare: Any,
    site: Site,
    proxy: Proxy,
    payloads: list[str],
    note: Callable[[str], None],
) -> None:
    sample = [one for one in payloads[::ALONE_EVERY] if "refresh" not in one.lower()]
    raw = [page_html.page(lang="en", title="Raw", body=f"<article>{one}") for one in [*sample, CONTROL]]
    books = [uncleaned_page(one) for one in [*sample[::2], CONTROL]]

    as_html = fight(bare, site, proxy, raw, [], served_as="text/html", is_enforced=True)
    as_xhtml = fight(bare, site, proxy, books, [], served_as=XHTML, is_enforced=True)

    assert as_html.executed == as_xhtml.executed == []
    # A book may show its own pictures, so what is asked of its own folder is no way out.
    asked = as_html.requests + [one for one in as_xhtml.requests if not one.startswith("/alone/")]
    # Chromium opens a connection to the host of a frame that it then does not load: no policy stops that.
    framed = {f"CONNECT {host.lower()}:443 HTTP/1.1" for one in sample for host in FRAMED.findall(one)}
    only_connected = [one for one in asked if one in framed]
    note(
        f"{bare.version}: {len(raw)} + {len(books)} payloads uncleaned, all stopped by the policy alone;"
        f" {len(only_connected)} connections without a request"
    )
    assert [one for one in asked if one not in framed] == []


def test_without_both_locks_the_same_page_does_run(bare: Any, site: Site, proxy: Proxy) -> None:
    page = page_html.page(lang="en", title="Raw", body=CONTROL)
    opened = page.replace("Content-Security-Policy", "X-Nothing")

    outcome = fight(bare, site, proxy, [opened], [], served_as="text/html")

    assert outcome.executed == [0]
    assert outcome.requests
