"""``kithbook toolkit``: the cards; ``add`` makes one, ``table`` writes them all as CSV, Markdown or HTML."""

import argparse
import csv
import io
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from desktop.cli import learning_args as shared
from desktop.cli.command import Command
from desktop.errors import BadInput
from desktop.languages import chosen, mark, tr
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
    table.add_argument("out", type=Path, metavar="OUT", help=tr("CSV, Markdown (.md) or a page (.html)"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.learning import toolkit, typed_days

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
                review_on=typed_days.checked(arguments.review),
            )
        print(changes.label)
        return 0
    with shared.reading() as reader:
        rows, cells = toolkit.all_of(reader), toolkit.table(reader)
    if arguments.action == "table":
        draw = _drawing(arguments.out)
        shared.save(arguments.out, draw(cells).encode())
        print(arguments.out)
        return 0
    if arguments.json:
        shared.print_json(rows)
        return 0
    for row in rows:
        print(_line(row))
    if not rows:
        print(
            tr('No tool yet. Add one: kithbook toolkit add DuckDB "Joins over files too large for a sheet"')
        )
    return 0


def _drawing(out: Path) -> Callable[[Sequence[Sequence[str]]], str]:
    """How the table is drawn for a file of this name. Raises BadInput for another program's own form."""
    end = out.suffix.lower()
    if end in (".xlsx", ".xls", ".ods", ".docx", ".pdf"):
        raise BadInput(
            tr("A table is written as CSV, Markdown or a page, not as {end}.").format(end=end),
            tr("Name the file …{end}, which a spreadsheet opens.").format(end=".csv"),
        )
    return {".md": as_markdown, ".html": as_html}.get(end, as_csv)


_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet may take for a formula; some read the wide signs of Japanese."""


def as_csv(cells: Sequence[Sequence[str]]) -> str:
    """A table for a spreadsheet; what would be taken for a formula there stays text."""
    made = io.StringIO()
    rows = [[f"'{cell}" if cell.lstrip(" \ufeff")[:1] in _FORMULA else cell for cell in row] for row in cells]
    csv.writer(made).writerows(rows)
    return made.getvalue()


def as_markdown(cells: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    from desktop.learning.portfolio_markdown import plain

    lines = [f"| {' | '.join(plain(cell) for cell in row)} |" for row in cells]
    return "\n".join([lines[0], f"|{'---|' * len(cells[0])}", *lines[1:]]) + "\n"


def as_html(cells: Sequence[Sequence[str]]) -> str:
    """A table as a page that loads nothing."""
    title = escape(tr("Toolkit"))
    head = "".join(f"<th>{escape(cell)}</th>" for cell in cells[0])
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in cells[1:])
    return f"""<!DOCTYPE html>
<html lang="{escape(chosen())}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #26231f }}
table {{ border-collapse: collapse }} th, td {{ border-bottom: 1px solid #e1dcd2; padding: 6px 12px 6px 0;
text-align: left; vertical-align: top }}</style>
</head>
<body>
<h1>{title}</h1>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}</tbody>
</table>
</body>
</html>
"""


def _line(row: ToolRow) -> str:
    verdict = row.verdict.value if row.verdict else ""
    return shared.line(
        f"{row.id:>6}", row.review_on or " " * 10, row.name, row.problem, tr(LEVELS[row.level]), verdict
    )


COMMAND = Command("toolkit", mark("the tools you keep, or a new card"), _add_arguments, _run)
