"""``kithbook activities``: what is learned from; ``add`` plans one, ``calendar``, ``import`` speak .ics."""

import argparse
import sys
from pathlib import Path

from desktop.cli import learning_args as shared
from desktop.cli.command import Command
from desktop.errors import BadInput
from desktop.languages import mark, tr, trn
from desktop.languages import writing as written
from desktop.learning.values import ActivityKind, ActivityRow


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("one JSON array"))
    parts = parser.add_subparsers(dest="action", metavar="add|calendar|import")
    add = parts.add_parser("add", help=tr("plan an activity"))
    add.add_argument("kind", choices=[kind.value for kind in ActivityKind])
    add.add_argument("title", metavar="TITLE")
    add.add_argument("--url", default="", metavar="URL")
    add.add_argument("--provider", default="", metavar="TEXT", help=tr("who offers it"))
    add.add_argument(
        "--begins", default="", metavar="WHEN", help=tr("like “fri 14:00”, +7 or “2027-03-31 14:00”")
    )
    add.add_argument("--ends", default="", metavar="WHEN")
    add.add_argument("--zone", default="", metavar="ZONE", help=tr("like Europe/Berlin; here when not given"))
    add.add_argument("--minutes", type=int, default=0, metavar="N", help=tr("planned"))
    add.add_argument("--goal", default="", metavar="SKILL", help=tr("the goal it serves"))
    add.add_argument(
        "--outline", metavar="FILE", help=tr("its units, one on each line; - for standard input")
    )
    out = parts.add_parser("calendar", help=tr("planned dates as a calendar file"))
    out.add_argument("out", type=Path, metavar="OUT.ics")
    take = parts.add_parser("import", help=tr("make activities of a calendar file"))
    take.add_argument("file", type=Path, metavar="FILE.ics")
    take.add_argument("--goal", default="", metavar="SKILL", help=tr("the goal they serve"))


def _run(arguments: argparse.Namespace) -> int:
    actions = {"add": _add, "calendar": _calendar, "import": _import}
    return actions.get(arguments.action, _list)(arguments)


def _add(arguments: argparse.Namespace) -> int:
    from desktop.learning import activities, typed_days, units

    outline = _outline(arguments.outline) if arguments.outline else ""
    if arguments.outline and not units.outline(outline):
        raise BadInput(tr("There are no units in this text."), tr("Write one on each line."))
    if arguments.minutes < 0:
        raise BadInput(tr("Minutes are a number from 0."))
    with shared.writing() as (writer, reader):
        changes = activities.make(
            writer,
            ActivityKind(arguments.kind),
            arguments.title,
            url=arguments.url,
            provider=arguments.provider,
            begins=typed_days.checked_moment(arguments.begins),
            ends=typed_days.checked_moment(arguments.ends),
            zone=arguments.zone,
            minutes=arguments.minutes,
            goal_id=shared.goal(reader, arguments.goal),
        )
        print(changes.label)
        if outline:
            print(units.paste(writer, changes.made, outline).label)
    return 0


def _calendar(arguments: argparse.Namespace) -> int:
    from desktop.learning import calendar

    with shared.reading() as reader:
        data = calendar.write(reader)
    shared.save(arguments.out, data)
    print(arguments.out)
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from desktop.learning import calendar

    events = calendar.read(shared.load(arguments.file))
    with shared.writing() as (writer, reader):
        changes = calendar.take(writer, events, shared.goal(reader, arguments.goal))
    print(changes.label or tr("Nothing new in this calendar."))
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from desktop.learning import activities

    with shared.reading() as reader:
        rows = activities.all_of(reader)
    if arguments.json:
        shared.print_json(rows)
        return 0
    for row in rows:
        print(_line(row))
    if not rows:
        print(tr('Nothing planned yet. Plan one: kithbook activities add course "Statistics"'))
    return 0


def _line(row: ActivityRow) -> str:
    units = trn("{done} of {n} unit", "{done} of {n} units", row.units) if row.units else ""
    spent = trn("{n} minute", "{n} minutes", row.spent) if row.spent else ""
    return shared.line(
        f"{row.id:>6}",
        f"{row.status.value:<7}",
        f"{row.begins:<16}",
        f"{row.kind.value}: {row.title}",
        units.format(done=written.number(row.units_done), n=written.number(row.units)),
        spent.format(n=written.number(row.spent)),
    )


def _outline(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    data = shared.load(Path(name))
    if b"\0" in data:
        raise BadInput(
            tr("“{name}” is not a text file.").format(name=name), tr("An outline has one unit on each line.")
        )
    return data.decode("utf-8", "replace")


COMMAND = Command("activities", mark("what you learn from, or a new activity"), _add_arguments, _run)
