"""The bookmark file that Netscape invented and every browser imports: one folder, tags kept as tags.

The surprising fact: Firefox reads the tags (``TAGS``), Chromium passes over them. A page under several tags
is still one bookmark.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from desktop.languages import trn, writing
from desktop.share.export import references
from desktop.share.export.selection import Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file
from desktop.text.urls import is_web

FOLDER = "Kithbook"
_HEAD = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>

<DL><p>
    <DT><H3>{FOLDER}</H3>
    <DL><p>
"""
_TAIL = """    </DL><p>
</DL><p>
"""
_LONGEST = 2_000


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`. What is no address of the web is left out and said."""
    left_out = 0

    def pieces(steps: Steps) -> Iterator[bytes]:
        nonlocal left_out
        yield _HEAD.encode()
        for one in items.without_text():
            if is_web(one.url):
                yield entry(one).encode()
            else:
                left_out += 1
            steps.step("bookmarks")
        yield _TAIL.encode()

    made = write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)
    if not left_out:
        return made
    said = trn(
        "{n} page has no address of the web and is left out.",
        "{n} pages have no address of the web and are left out.",
        left_out,
    ).format(n=writing.number(left_out))
    return Written(made.path, made.items - left_out, made.files, made.bytes, (said,))


def entry(one: Exported) -> str:
    """The source as one bookmark, with the person's words below it."""
    tags = ",".join(references.one_line(tag).replace(",", " ") for tag in one.tags)
    named = f' TAGS="{escape(tags)}"' if tags else ""
    address = references.one_line(one.url).replace(" ", "%20")
    head = (
        f'        <DT><A HREF="{escape(address)}" ADD_DATE="{one.first_saved // 1000}" '
        f'LAST_MODIFIED="{one.captured_at // 1000}"{named}>{escape(references.title_of(one))}</A>\n'
    )
    said = escape(" · ".join(references.said_of(one))[:_LONGEST])
    return f"{head}        <DD>{said}\n" if said else head
