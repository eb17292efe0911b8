"""The bookmark file, imported by a real Firefox into a fresh profile, as a person would have it imported."""

import os
from pathlib import Path
from typing import Any

from desktop.share.export import bookmarks
from tests.end_to_end.firefox import Firefox
from tests.end_to_end.waiting import until
from tests.support.exporting import Given, exported

FOUND = """const { PlacesUtils } = ChromeUtils.importESModule('resource://gre/modules/PlacesUtils.sys.mjs');
const found = [];
await PlacesUtils.bookmarks.fetch({ url: args[0] }, (one) => found.push(one));
const folder = found.length ? await PlacesUtils.bookmarks.fetch(found[0].parentGuid) : null;
const tags = PlacesUtils.tagging.getTagsForURI(Services.io.newURI(args[0]));
const dates = found.map((one) => Number(one.dateAdded));
return found.length ? [found.map((one) => one.title), folder.title, tags, dates] : null;"""

HOSTILE = exported(
    2,
    title='</A><DT><A HREF="https://evil.example/">x',
    url='https://site.example/?q="><script>',
    tags=("pay",),
)
NEWEST = exported(3, title="Ünïcode ✓ & more", tags=("work/sql", "pay, bands"))


def test_firefox_takes_the_bookmarks_with_their_tags(tmp_path: Path) -> None:
    made = bookmarks.write(Given(exported(), HOSTILE, NEWEST), tmp_path / "bookmarks.html")
    browser = Firefox(
        tmp_path / "firefox",
        os.environ | {"HOME": str(tmp_path)},
        preferences={"browser.places.importBookmarksHTML": True, "browser.bookmarks.file": str(made.path)},
    )
    try:

        def imported(url: str) -> Any:
            return browser.marionette.in_chrome(FOUND, url)

        def is_tagged() -> bool:
            told = imported(NEWEST.url)
            return bool(told and told[2])

        until(is_tagged, "the imported bookmarks and their tags")
        last = imported(NEWEST.url)
        first = imported(exported().url)
        hostile = imported("https://site.example/?q=%22%3E%3Cscript%3E")
        evil = imported("https://evil.example/")
    finally:
        browser.close()

    assert last[:3] == [["Ünïcode ✓ & more"], "Kithbook", ["pay  bands", "work/sql"]]
    assert first == [["Title of 1"], "Kithbook", [], [1_790_000_000_000]]
    assert hostile[0] == [HOSTILE.title]
    assert evil is None
