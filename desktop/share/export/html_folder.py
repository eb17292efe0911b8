"""A folder of HTML: a page for each source, their list, and the pictures beside them.

The surprising fact: a page is called by the UUID of what it shows, so a link to it holds after the title has
changed; people find it by the list.
"""

import shutil
from pathlib import Path

from desktop.languages import chosen, tr
from desktop.share import page_html
from desktop.share.export import chapters, html_file
from desktop.share.export.selection import PICTURE, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, new_folder
from desktop.share.file_names import one_line

LIST = "index.html"
PICTURES = "'self'"
"""Where a page of the folder may take pictures from."""


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`. The title of the list is the folder's name."""
    steps, size, files = Steps(len(items), tell, stop), 0, 1
    title = one_line(out.name)
    with new_folder(out, overwrite=overwrite) as part:
        beside = _Pictures(items, part)
        for one in items:
            article = chapters.chapter(one, picture=beside.name, level=1)
            words = page_html.lines(tr("All pages"))
            back = f'<footer><a href="{LIST}">{words}</a></footer>\n'
            lang = chapters.language_of(one)
            body = f'<article lang="{lang}">\n{article}</article>\n{back}'
            text = page_html.page(
                lang=chosen(), title=chapters.name_of(one), body=body, pictures=PICTURES
            ).encode("utf-8", "replace")
            (part / f"{html_file.anchor(one)}.html").write_bytes(text)
            size, files = size + len(text), files + 1
            steps.step(tr("Web pages"))
        listed = "".join(html_file.contents(items.without_text(), href="{anchor}.html"))
        body = html_file.head(title, len(items)) + listed
        text = page_html.page(lang=chosen(), title=title, body=body).encode("utf-8", "replace")
        (part / LIST).write_bytes(text)
    return Written(
        out.expanduser().absolute(), steps.done, files + beside.files, size + len(text) + beside.size
    )


class _Pictures:
    """Copies each picture once, when the first page shows it."""

    def __init__(self, items: Items, folder: Path) -> None:
        self._items, self._folder = items, folder
        self._known: dict[str, bool] = {}
        self.size = 0

    @property
    def files(self) -> int:
        """So many were copied."""
        return sum(self._known.values())

    def name(self, name: str) -> str | None:
        """The address of a picture in the folder; None when it is gone."""
        if name not in self._known:
            self._known[name] = PICTURE.fullmatch(name) is not None and self._copy(name)
        return name if self._known[name] else None

    def _copy(self, name: str) -> bool:
        found = self._items.picture(name)
        if found is None or not found.is_file():
            return False
        there = self._folder / name
        there.parent.mkdir(exist_ok=True)
        shutil.copyfile(found, there)
        self.size += there.stat().st_size
        return True
