"""What lists and the reader show, by plain sqlite3: no sqlmodel here, so that the first page is drawn before it loads."""

from array import array
from collections.abc import Sequence

from desktop.library.values import Counts, Detail, Named, Row, View
from desktop.store.reader import Reader


def ids(reader: Reader, view: View) -> "array[int]":
    """Source ids of a view in its order (``array('q')``): the whole list, for windowed models."""
    raise NotImplementedError


def page(reader: Reader, ids: Sequence[int]) -> list[Row]:
    """Rows of these sources in the order given, in one statement; ids that are gone are left out."""
    raise NotImplementedError


def counts(reader: Reader) -> Counts:
    """How many sources stand where; ``all`` leaves Trash out."""
    raise NotImplementedError


def detail(
    reader: Reader, source_id: int, capture_id: int | None = None, *, with_markdown: bool = True
) -> Detail | None:
    """Everything the reader shows; None when it is gone. Without a capture id, the newest.

    Markdown is derived from the stored HTML here; ``with_markdown=False`` saves that time and leaves it empty.
    """
    raise NotImplementedError


def tags(reader: Reader) -> list[Named]:
    """Tags in use with their number of sources outside Trash, by name."""
    raise NotImplementedError


def goals(reader: Reader) -> list[Named]:
    """Open goals with their number of sources outside Trash, by name."""
    raise NotImplementedError


def last_change(reader: Reader) -> int:
    """A number that differs when another connection has committed since (``PRAGMA data_version``, 2 µs)."""
    raise NotImplementedError


def find_titles(reader: Reader, text: str, limit: int = 20) -> list[Row]:
    """Sources whose title, site or tags hold every word of ``text``, newest first; none for no words."""
    raise NotImplementedError


def source_of(reader: Reader, uuid: str) -> tuple[int, int] | None:
    """(source id, capture id) of a capture by its UUID, or None."""
    raise NotImplementedError
