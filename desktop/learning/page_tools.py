"""A tool that was added to the toolkit from its own site, in the browser.

Surprising: a tool of the same name or address is the same tool. Its page is tied to the card that is there,
and new words about the problem are put below those that stand there.
"""

import sqlite3

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.learning import toolkit
from desktop.library.marks.page_messages import PageTool, once, place_of
from desktop.store.changes import Changes
from desktop.store.writer import Writer

_SAME = """SELECT id, name, problem FROM tool
    WHERE name = ?1 COLLATE NOCASE OR (url <> '' AND rtrim(url, '/') = rtrim(?2, '/')) ORDER BY id LIMIT 1"""


def receive(writer: Writer, tool: PageTool, origin: str = "") -> Changes | None:
    """Put a tool into the toolkit, once for its UUID, its page tied to it. Undoable.

    None: its page is not here yet; of one deleted for good the card is made alone. Raises BadInput: no name.
    """
    name = " ".join(tool.name.split())
    if not name:
        raise BadInput(tr("A tool needs a name."))
    label = tr("Added to the toolkit: {name}").format(name=name)

    def work(connection: sqlite3.Connection) -> Changes:
        _, source_id = place_of(connection, tool.of)
        sources = (source_id,) if source_id else ()
        row = connection.execute(_SAME, (name, tool.url)).fetchone()
        if row is None:
            card = {"name": name, "url": tool.url, "problem": tool.problem.strip()}
            made = toolkit.insert_card(connection, card, sources)
        else:
            made = row[0]
            toolkit.add_to_card(connection, made, _both(row[2], tool.problem.strip()), sources)
        return Changes(toolkit.NOUNS, sources, origin, label, made)

    return once(writer, tool.uuid, tool.of, label, work)


def _both(old: str, new: str) -> str:
    return old if new in old else f"{old}\n{new}".strip()
