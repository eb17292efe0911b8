"""What the host may know while the desktop is closed: tags, open goals and known addresses, written beside the spool."""

from desktop.paths import Paths
from desktop.store.reader import Reader


def export(reader: Reader, paths: Paths) -> None:
    """Write the host's snapshot anew, atomically. The caller keeps it to once a second and off the GUI thread."""
    raise NotImplementedError
