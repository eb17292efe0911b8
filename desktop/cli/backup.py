"""``kithbook backup``: a verified copy of the library now, or a list of those there are."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from desktop.cli.command import Command
from desktop.errors import BadInput
from desktop.languages import mark, tr, trn, writing
from desktop.paths import of_this_user

if TYPE_CHECKING:
    from desktop.library.backups import Backup


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help=tr("show the backups, newest first"))
    parser.add_argument("--json", action="store_true", help=tr("with --list: one JSON object for each line"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.library import backups

    paths = of_this_user()
    if arguments.list:
        found = backups.listing(paths)
        for backup in found:
            print(json.dumps(_as_json(backup)) if arguments.json else _line(backup))
        if not found and not arguments.json:
            print(tr("There is no backup yet."))
        return 0
    if not paths.library.exists():
        raise BadInput(tr("There is no library yet, so there is nothing to back up."))
    print(_line(backups.look(backups.backup(paths))))
    return 0


def _as_json(backup: "Backup") -> dict[str, Any]:
    made = int(backup.made_at.timestamp() * 1000)
    return {
        "name": backup.name, "made_at": made, "reason": backup.reason, "bytes": backup.bytes,
        "counts": backup.counts, "trouble": backup.trouble,
    }  # fmt: skip


def _line(backup: "Backup") -> str:
    from desktop.cli import shown

    moment = backup.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
    pages, marks, notes = (backup.counts.get(table, 0) for table in ("source", "annotation", "note"))
    held = (
        trn("{n} page", "{n} pages", pages).format(n=writing.number(pages)),
        trn("{n} highlight", "{n} highlights", marks).format(n=writing.number(marks)),
        trn("{n} note", "{n} notes", notes).format(n=writing.number(notes)),
    )
    holds = backup.trouble or ", ".join(held)
    return f"{backup.name}  {moment}  {shown.size(backup.bytes)}  {holds}"


COMMAND = Command(
    "backup", mark("make a verified copy of the library, or list the copies"), _add_arguments, _run
)
