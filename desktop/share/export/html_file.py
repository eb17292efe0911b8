"""One HTML file with everything in it, pictures too, for any browser.

The surprising fact: a picture that stands on five pages stands in the file five times; a browser has no other
way to read one that loads nothing.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from desktop.languages import chosen, tr, trn, writing
from desktop.share import page_html
from desktop.share.export import chapters
from desktop.share.export.selection import Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file
from desktop.share.file_names import one_line

MIMES = {"png": "png", "jpg": "jpeg", "gif": "gif", "webp": "webp", "avif": "avif"}


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`. The title is the file's name."""

    def picture(name: str) -> str | None:
        found = items.picture(name)
        return data_address(found) if found is not None else None

    def pieces(steps: Steps) -> Iterator[bytes]:
        title = one_line(out.stem)
        yield page_html.top(lang=chosen(), title=title).encode("utf-8", "replace")
        yield head(title, len(items)).encode("utf-8", "replace")
        yield from (piece.encode("utf-8", "replace") for piece in contents(items.without_text()))
        for one in items:
            lang = chapters.language_of(one)
            made = chapters.chapter(one, picture=picture)
            yield f'<article id="{anchor(one)}" lang="{lang}">\n{made}</article>\n'.encode("utf-8", "replace")
            steps.step(tr("Web page"))
        yield page_html.BOTTOM.encode()

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


def head(title: str, count: int) -> str:
    """The name of the whole, and how much it is."""
    words = trn("{n} page from Kithbook", "{n} pages from Kithbook", count).format(n=writing.number(count))
    return f'<header><p class="from">{escape(words)}</p>\n<h1 dir="auto">{escape(title)}</h1></header>\n'


def contents(all_of_them: Iterable[Exported], href: str = "#{anchor}") -> Iterator[str]:
    """The list of what stands in it, with links."""
    named = escape(tr("Contents"))
    yield f'<nav aria-label="{named}"><ol>\n'
    for one in all_of_them:
        minutes = tr("{n} min").format(n=writing.number(one.minutes))
        small = f" <small>{escape(minutes)}</small>" if one.minutes else ""
        there = href.format(anchor=anchor(one))
        yield f'<li><a href="{there}" dir="auto">{escape(chapters.name_of(one))}</a>{small}</li>\n'
    yield "</ol></nav>\n"


def anchor(one: Exported) -> str:
    """By what a link inside the export finds it: the same in every export."""
    return f"p-{one.uuid}"


def data_address(file: Path) -> str | None:
    """The picture itself as an address; None for what is no picture or cannot be read."""
    kind = MIMES.get(file.suffix.lstrip("."))
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return f"data:image/{kind};base64,{b64encode(data).decode()}" if kind else None
