"""An export under way: written on a thread of its own, told by a card, and what came of it.

The surprising fact: a Markdown folder that is stopped keeps what was written so far, and says so; every other
export leaves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop.languages import tr, trn, writing
from desktop.paths import Paths
from desktop.share.export.formats import Format
from desktop.share.export.selection import Items
from desktop.share.export.writing import Stop, Stopped, Tell, Written
from desktop.store.reader import Reader
from desktop.ui.desk import Desk, Trouble
from desktop.ui.open_url import show_in_folder


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written where."""

    ids: Sequence[int]
    form: Format
    place: Path
    with_private: bool
    overwrite: bool = False


def start(desk: Desk, order: Order) -> None:
    """Begin; the card shows how far it is, and a toast where it went."""
    desk.tasks.start(_run(desk, order))


async def _run(desk: Desk, order: Order) -> None:
    if desk.reader is None:
        return
    label = trn("Exporting {n} page", "Exporting {n} pages", len(order.ids))
    act = partial(_write, desk.reader, desk.paths, order)
    made = await desk.works.do(label.format(n=writing.number(len(order.ids))), act)
    if isinstance(made, str):
        desk.say(made)
    elif made is not None:
        _tell(desk, made)


def _write(reader: Reader, paths: Paths, order: Order, tell: Tell, stop: Stop) -> Written | str:
    items = Items(reader, paths, order.ids, with_private=order.with_private)
    try:
        return order.form.write(items, order.place, tell=tell, stop=stop, overwrite=order.overwrite)
    except Stopped as stopped:
        if order.form.name != "markdown" or not str(stopped):
            raise
        return str(stopped)


def _tell(desk: Desk, made: Written) -> None:
    pages = trn("{n} page", "{n} pages", made.items).format(n=writing.number(made.items))
    text = tr("{pages} exported: {name}").format(pages=pages, name=made.path.name)
    desk.offer(text, tr("Show in folder"), partial(show_in_folder, made.path))
    if made.said:
        desk.trouble(Trouble(made.said[0], " ".join(made.said[1:]), "info", key="exported"))
