"""``kithbook goals``: the goals with level and date; ``kithbook goals add`` makes one."""

import argparse

from desktop.cli import learning_args as shared
from desktop.cli.command import Command
from desktop.languages import mark, tr
from desktop.learning.values import LEVELS, GoalRow


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("one JSON array"))
    add = parser.add_subparsers(dest="action", metavar="add").add_parser("add", help=tr("make a goal"))
    add.add_argument("skill", metavar="SKILL", help=tr("in your own words"))
    add.add_argument("--why", metavar="TEXT", default="", help=tr("why you want it"))
    add.add_argument(
        "--from", dest="level_from", type=int, default=0, metavar="0-4", help=tr("where you are")
    )
    add.add_argument("--to", dest="level_to", type=int, metavar="0-4", help=tr("where you want to be"))
    add.add_argument("--by", default="", metavar="DAY", help=tr("by when, like fri, +7 or 2027-03-31"))
    add.add_argument("--next", default="", metavar="TEXT", help=tr("the next step"))
    add.add_argument(
        "--tag", metavar="T", action="append", default=[], help=tr("a tag that feeds it; may be given again")
    )


def _run(arguments: argparse.Namespace) -> int:
    from desktop.learning import goals, typed_days

    if arguments.action == "add":
        with shared.writing() as (writer, _):
            changes = goals.make(
                writer,
                arguments.skill,
                why=arguments.why,
                level_from=arguments.level_from,
                level_to=arguments.level_to,
                by_date=typed_days.checked(arguments.by),
                next_step=arguments.next,
                tags=arguments.tag,
            )
        print(changes.label)
        return 0
    with shared.reading() as reader:
        rows = goals.all_of(reader)
    if arguments.json:
        shared.print_json(rows)
        return 0
    for row in rows:
        print(_line(row))
    if not rows:
        print(tr("No goal yet. Make one: kithbook goals add "), end="")
        print(tr('"Lead a workshop" --to 3 --by 2027-03-31'))
    return 0


def _line(row: GoalRow) -> str:
    level = tr(LEVELS[row.level])
    if row.level_to is not None:
        level = f"{level} → {tr(LEVELS[row.level_to])}"
    state = "" if row.state == "open" else f"({row.state.value})"
    still = tr("still") if row.is_still else ""
    return shared.line(f"{row.id:>6}", row.by_date or " " * 10, row.skill, level, state, still)


COMMAND = Command("goals", mark("your goals, or a new one"), _add_arguments, _run)
