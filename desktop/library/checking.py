"""Read a library through and say how it stands: the file, what its rows refer to, pictures, pages, backups.

Surprising: it changes nothing and takes no lock, so it works while the window is open.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from desktop.languages import mark, tr, trn, writing
from desktop.library import backups
from desktop.library.archive.export import FILES, is_whole
from desktop.library.archive.format import Count, Progress, Stop, Stopped, Tell, in_silence, never
from desktop.paths import Paths
from desktop.store import faults
from desktop.store.database import APPLICATION_ID, connect_to_read

OK, WARNING, PROBLEM = "ok", "warning", "problem"
_STEPS = 100_000
"""Steps of the database between two looks whether to stop: some milliseconds."""
_RESTORE = mark("Restore a backup: “kithbook backup --list” shows them, newest first.")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at; ``ok``, ``warning`` or ``problem``; a sentence; what helps, or nothing."""

    name: str
    level: str
    sentence: str
    action: str = ""


def check(paths: Paths, told: Tell = in_silence, stop: Stop = never) -> tuple[Finding, ...]:
    """Look at everything. Raises `archive.format.Stopped`, NoSpace (the disk refuses)."""
    if not paths.library.exists():
        return (Finding("library", OK, tr("There is no library yet; it is made with the first capture.")),)
    found: list[Finding] = []
    told(Progress(0, 0, "library"))
    try:
        with closing(connect_to_read(paths.library)) as connection:
            # The file is read in one statement, which looks here whether it should stop.
            connection.set_progress_handler(stop, _STEPS)
            for look in (_file, _references):
                found += look(connection)
            if all(finding.level == OK for finding in found):
                found += _kept_files(connection, paths, told, stop)
    except sqlite3.DatabaseError as error:
        if stop():
            raise Stopped(tr("Stopped. Nothing was changed.")) from error
        said = str(faults.told(error, paths.library))
        found.append(Finding("library", PROBLEM, said, tr(_RESTORE)))
    found += _backups(paths, told, stop)
    return tuple(found)


def _file(connection: sqlite3.Connection) -> Iterator[Finding]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    words = [word for (word,) in connection.execute("PRAGMA integrity_check(3)")]
    if application != APPLICATION_ID:
        yield Finding("library", PROBLEM, tr("The library file is not one of Kithbook's."), tr(_RESTORE))
    elif words != ["ok"]:
        yield Finding(
            "library",
            PROBLEM,
            tr("The library file is damaged: {words}.").format(words=words[0]),
            tr(_RESTORE),
        )
    else:
        (sources,) = connection.execute("SELECT count(*) FROM source").fetchone()
        pages = trn("{n} page", "{n} pages", sources).format(n=writing.number(sources))
        yield Finding("library", OK, tr("The library file is whole: {pages}.").format(pages=pages))


def _references(connection: sqlite3.Connection) -> Iterator[Finding]:
    dangling = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if dangling:
        said = tr("{n} rows refer to others that are not there.").format(n=writing.number(dangling))
        yield Finding("references", PROBLEM, said, tr(_RESTORE))
    else:
        yield Finding("references", OK, tr("Everything that rows refer to is there."))


def _kept_files(connection: sqlite3.Connection, paths: Paths, told: Tell, stop: Stop) -> Iterator[Finding]:
    names = [name for (name,) in connection.execute(FILES)]
    count, bad = Count(len(names), told, stop), []
    for name in names:
        if not is_whole(paths.home / name, name):
            bad.append(name)
        count.step("files")
    if bad:
        yield Finding(
            "files",
            WARNING,
            tr("{n} of {total} pictures and saved pages are missing or damaged, as {bad}.").format(
                n=writing.number(len(bad)), total=writing.number(len(names)), bad=bad[0]
            ),
            tr("Their texts are whole. Save the pages again to have the pictures again."),
        )
    else:
        yield Finding(
            "files",
            OK,
            trn(
                "The one picture or saved page is whole.",
                "All {n} pictures and saved pages are whole.",
                len(names),
            ).format(n=writing.number(len(names))),
        )


def _backups(paths: Paths, told: Tell, stop: Stop) -> Iterator[Finding]:
    found = backups.existing(paths)
    count, bad = Count(len(found), told, stop), []
    for _, path in found:
        if not backups.is_whole(path):
            bad.append(path.name)
        count.step("backups")
    if bad:
        said = tr("{n} of {total} backups are damaged: {bad}.").format(
            n=len(bad), total=len(found), bad=", ".join(bad)
        )
        yield Finding("backups", WARNING, said, tr("They are never used or counted; you may delete them."))
    elif found:
        newest = writing.long_day(found[0][0].astimezone().date())
        yield Finding(
            "backups",
            OK,
            trn(
                "The one backup is whole; it is of {newest}.",
                "All {n} backups are whole; the newest is of {newest}.",
                len(found),
            ).format(n=len(found), newest=newest),
        )
    else:
        yield Finding("backups", WARNING, tr("There is no backup yet."), tr("“kithbook backup” makes one."))
