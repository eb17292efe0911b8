"""The library as a command opens it, and the spool emptied by a command."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.capture.collect import Collected
from desktop.capture.station import Station
from desktop.cli import running
from desktop.errors import LibraryBusy
from desktop.languages import tr
from desktop.learning import page_tools
from desktop.library import snapshot
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.settings import Settings
from native_host.durable import make_private
from native_host.spool import Spool

PATIENCE = 60.0
"""Seconds that another Kithbook may take over a page before a command stops watching it."""


@contextmanager
def library(paths: Paths, *, write: bool) -> Iterator[Library]:
    """The library, open; it is made if need be. Raises `LibraryBusy` when another Kithbook writes."""
    make_private(paths.home)
    opened = open_library(paths, write=write)
    try:
        yield opened
    finally:
        opened.close()


def collect(paths: Paths) -> Collected:
    """Empty the spool, fetch what is missing, and tell the host what is known now. Raises `LibraryBusy`."""
    with library(paths, write=True) as opened:
        with Station(opened, Settings.load(paths), take_tool=page_tools.receive) as station:
            found = station.collect()
            station.complete()
        snapshot.export(opened.reader, paths)
        return found


def tell_host(paths: Paths) -> None:
    """Tell the host what is known, now that another library stands here. An older one is migrated first."""
    with library(paths, write=False) as opened:
        snapshot.export(opened.reader, paths)


def is_collected_elsewhere(paths: Paths) -> bool:
    """Ask an open window to look into the spool. True when there is one."""
    answer = running.ask(paths, {"op": "poke"})
    return bool(answer and answer.get("ok"))


def collect_somewhere(paths: Paths, uuid: str) -> Collected | None:
    """See a spooled capture into the library: by the open window (None), or by this process.

    Raises `LibraryBusy` when another process holds the library and does not take the capture within a minute;
    it stays in the spool then.
    """
    until = time.monotonic() + PATIENCE
    while True:
        is_open = is_collected_elsewhere(paths)
        if not is_open:
            try:
                return collect(paths)
            except LibraryBusy:
                # Another command is at work. It may have looked into the spool before our file was there.
                if time.monotonic() > until:
                    raise
        if not Spool(paths.spool).holds(uuid):
            return None
        if time.monotonic() > until:
            raise LibraryBusy(
                tr("It is saved, but the open Kithbook has not taken it in yet."), tr("Look into its window.")
            )
        time.sleep(0.1)
