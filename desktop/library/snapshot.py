"""What the host may know while the desktop is closed: tags, open goals, known addresses.

What is in Trash is not known: its page counts as not saved.
"""

import time

from desktop.library import lists
from desktop.paths import Paths
from desktop.store import faults
from desktop.store.reader import Reader
from native_host import snapshot


def export(reader: Reader, paths: Paths) -> None:
    """Write the host's snapshot anew, atomically.

    The caller keeps it to once a second and off the GUI thread. Raises NoSpace or UserFixable.
    """
    tags = sorted(lists.tags(reader), key=lambda tag: -tag.count)
    aliases = reader.rows("SELECT name FROM alias ORDER BY key")  # last: what they stand for is what is meant
    known = reader.packed(
        "SELECT json_group_array(json_array(address.url_key, saved_at)) FROM address "
        "JOIN source ON source.id = source_id WHERE state <> 'trash'"
    )
    try:
        snapshot.write(
            paths.snapshot,
            revision=time.time_ns() // 1_000_000,
            tags=[*(tag.name for tag in tags), *(alias for (alias,) in aliases)],
            goals=[{"id": goal.id, "skill": goal.name} for goal in lists.goals(reader)],
            known=((key, max(saved_at, 0)) for key, saved_at in known),
        )
    except OSError as error:
        raise faults.told(error, paths.library) from error
