"""A library made by chance, written into an archive and taken in again."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from desktop.library.archive.export import export
from desktop.library.archive.import_ import import_archive
from desktop.library.opening import open_library
from desktop.paths import Paths
from tests.support.generated import contents, differences, generate


def there_and_back(seed: int, texts: Sequence[str]) -> tuple[int, list[str]]:
    """Rows of the library of that seed, and a line for each field that differs after its round trip."""
    with tempfile.TemporaryDirectory(prefix="kithbook-archive-") as folder:
        first, second = Paths(Path(folder) / "first"), Paths(Path(folder) / "second")
        generate(first, seed, texts)
        with open_library(first, write=False) as library:
            made = export(library.reader, first, Path(folder) / ("all.zip" if seed % 2 else "all"))
        told = import_archive(second, made.path)
        found = differences(first, second)
        if told.cleaned or told.missing:
            found.append(f"{told.cleaned} cleaned, {len(told.missing)} missing")
        return sum(len(rows) for rows in contents(first).values()), found
