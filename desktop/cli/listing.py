"""``kithbook list``: what is in the library, newest first."""

import argparse
import datetime
import json
from dataclasses import asdict

from desktop.cli.command import Command
from desktop.languages import mark, tr
from desktop.library.values import Row, State, View
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--state",
        choices=[*(state.value for state in State), "all"],
        default="all",
        help=tr("all but Trash when not given"),
    )
    parser.add_argument("--tag", default="", help=tr("only pages with this tag"))
    parser.add_argument(
        "--limit", type=int, default=50, metavar="N", help=tr("at most so many; 0 for all (50)")
    )
    parser.add_argument("--json", action="store_true", help=tr("one JSON array"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened
    from desktop.library import lists

    state = None if arguments.state == "all" else State(arguments.state)
    with opened.library(of_this_user(), write=False) as library:
        ids = lists.ids(library.reader, View(state=state, tag=arguments.tag))
        rows = lists.page(library.reader, ids[: arguments.limit] if arguments.limit > 0 else ids)
    if arguments.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        print(_line(row))
    if len(ids) > len(rows):
        print(tr("… and {n} more: --limit 0 shows all.").format(n=len(ids) - len(rows)))
    if not ids and (arguments.tag or state is not None):
        print(tr("No page is here. “kithbook list” shows them all."))
    elif not ids:
        print(tr("Nothing here yet. Save a page in the browser, or by “kithbook add”."))
    return 0


def _line(row: Row) -> str:
    day = datetime.datetime.fromtimestamp(row.saved_at / 1000, datetime.UTC).date().isoformat()
    tags = " ".join(f"#{tag}" for tag in row.tags)
    site = f"({row.site})" if row.site else ""
    parts = (f"{row.id:>6}", day, f"{row.state.value:<7}", row.title, site, tags)
    return "  ".join(part for part in parts if part)


COMMAND = Command("list", mark("what is in the library, newest first"), _add_arguments, _run)
