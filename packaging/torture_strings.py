"""Each string of the big list alone through every field of a person's: kept, found, exported, taken in.

The tests of every day take six at a time. Surprising: there is nothing to count but strings and columns; what
is not the same is an AssertionError that names it.
"""

import json
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from desktop.library.opening import open_library
from desktop.paths import Paths
from tests.support.every_field import go_through
from tests.support.generated import STRINGS
from tests.support.own_words import PERSON

NAUGHTY = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "strings" / "blns.json"


def run(host: ModuleType) -> Any:
    """A `Count` of `torture_host`, which is ``host``."""
    more = json.loads(NAUGHTY.read_text("utf-8")) if NAUGHTY.is_file() else []
    strings = list(dict.fromkeys([*STRINGS, *more]))
    count = host.Count("strings through every field", len(strings), len(strings), len(strings) * len(PERSON))
    with tempfile.TemporaryDirectory(prefix="kithbook-strings-") as folder:
        paths = Paths(Path(folder) / "kithbook")
        with open_library(paths, write=True) as library:
            try:
                go_through(library, paths, Path(folder), strings)
            except AssertionError as error:
                count.lost = 1
                count.notes.append(str(error)[:500])
    count.notes.append(
        f"{len(PERSON)} columns; our own strings alone" if not more else f"{len(PERSON)} columns"
    )
    return count
