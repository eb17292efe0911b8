"""Sixty backups while pages come in without a pause, each restored into a home of its own.

Each must hold as many pages as were there when it began. Surprising: what has come in since may be in it too;
a copy of the file made meanwhile would pass its own check and lack pages.
"""

import shutil
import threading
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from desktop.library import backups, captures
from desktop.library.opening import open_library
from desktop.paths import Paths
from tests.support.many import fill
from tests.support.saving import page


def run(library: ModuleType, times: int = 60) -> Any:
    """A row. ``library`` is `torture_library`."""
    found, saved, ended = library.Found(), [0], threading.Event()
    with library.folder() as place:
        paths = Paths(place / "home")
        fill(paths, library.PAGES)
        with open_library(paths, write=True) as opened:
            writer = opened.writer
            assert writer is not None

            def save() -> None:
                while not ended.is_set():
                    captures.add(writer, page(f"p{saved[0]}", text="word " * 300))
                    saved[0] += 1

            saving = threading.Thread(target=save)
            saving.start()
            try:
                for number in range(times):
                    before = library.PAGES + saved[0]
                    made = backups.backup(paths, now=library.NOW + timedelta(days=400 * number))
                    _restore_elsewhere(library, made, place / "restored", before, found)
            finally:
                ended.set()
                saving.join()
    found.struck = found.acknowledged = times
    return found.row("backups under load, restored", times)


def _restore_elsewhere(library: ModuleType, made: Path, home: Path, at_least: int, found: Any) -> None:
    paths = Paths(home)
    backups.restore(paths, made)
    with open_library(paths, write=True) as opened:
        ((pages,),) = opened.reader.rows("SELECT count(*) FROM source")
    found.lost += pages < at_least
    library.whole(paths.library, found)
    shutil.rmtree(home)
