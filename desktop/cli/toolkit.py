"""``kithbook toolkit``: the cards; ``add`` makes one, ``table`` writes them all as CSV or Markdown."""

import argparse
import csv
import io
from collections.abc import Sequence
from pathlib import Path

from desktop.cli import learning_args as shared
from desktop.cli.command import Command
from desktop.languages import mark, tr
from desktop.learning.review_values import ToolRow
from desktop.learning.values import LEVELS, Verdict


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("one JSON array"))
    parts = parser.add_subparsers(dest="action", metavar="add|table")
    add = parts.add_parser("add", help=tr("put a tool into the toolkit"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("problem", metavar="PROBLEM", nargs="?", default="", help=tr("the problem it solves"))
    add.add_argument("--url", default="", metavar="URL")
    add.add_argument("--level", type=int, default=0, metavar="0-4", help=tr("how well you know it"))
    add.add_argument("--cost", default="", metavar="TEXT")
    add.add_argument("--alternatives", default="", metavar="TEXT")
    add.add_argument("--verdict", choices=[verdict.value for verdict in Verdict])
    add.add_argument("--review", default="", metavar="DAY", help=tr("when to look at it again"))
    table = parts.add_parser("table", help=tr("all cards as a table"))
    table.add_argument("out", type=Path, metavar="OUT", help=tr("CSV, or Markdown when it ends in .md"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.learning import toolkit

    if arguments.action == "add":
        with shared.writing() as (writer, _):
            changes = toolkit.make(
                writer,
                arguments.name,
                arguments.problem,
                url=arguments.url,
                level=arguments.level,
                cost=arguments.cost,
                alternatives=arguments.alternatives,
                verdict=Verdict(arguments.verdict) if arguments.verdict else None,
                review_on=arguments.review,
            )
        print(changes.label)
        return 0
    with shared.reading() as reader:
        rows, cells = toolkit.all_of(reader), toolkit.table(reader)
    if arguments.action == "table":
        is_markdown = arguments.out.suffix.lower() == ".md"
        shared.save(arguments.out, (as_markdown(cells) if is_markdown else as_csv(cells)).encode())
        print(arguments.out)
        return 0
    if arguments.json:
        shared.print_json(rows)
        return 0
    for row in rows:
        print(_line(row))
    if not rows:
        print(
            tr("No tool yet. Add one: kithbook toolkit add DuckDB “Joins over files too large for a sheet”")
        )
    return 0


def as_csv(cells: Sequence[Sequence[str]]) -> str:
    """A table for a spreadsheet; what would be taken for a formula there stays text."""
    made = io.StringIO()
    rows = [
        [f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in row]
        for row in cells
    ]
    csv.writer(made).writerows(rows)
    return made.getvalue()


def as_markdown(cells: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    from desktop.learning.portfolio_markdown import plain

    lines = [f"| {' | '.join(plain(cell) for cell in row)} |" for row in cells]
    return "\n".join([lines[0], f"|{'---|' * len(cells[0])}", *lines[1:]]) + "\n"


def _line(row: ToolRow) -> str:
    verdict = row.verdict.value if row.verdict else ""
    return shared.line(
        f"{row.id:>6}", row.review_on or " " * 10, row.name, row.problem, tr(LEVELS[row.level]), verdict
    )


COMMAND = Command("toolkit", mark("the tools you keep, or a new card"), _add_arguments, _run)
