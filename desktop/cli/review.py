"""``kithbook review``: what the weekly review offers and the log; ``add`` finishes one with a sentence."""

import argparse

from desktop.cli import learning_args as shared
from desktop.cli.command import Command
from desktop.languages import mark, tr, writing
from desktop.learning import days


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("the log as one JSON array"))
    add = parser.add_subparsers(dest="action", metavar="add").add_parser(
        "add", help=tr("finish the review that was begun, or a new one")
    )
    add.add_argument("sentence", metavar="SENTENCE", help=tr("the closing sentence"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.learning import review

    if arguments.action == "add":
        with shared.writing() as (writer, _):
            print(review.finish(writer, review.begin(writer).made, arguments.sentence).label)
        return 0
    with shared.reading() as reader:
        log, now_open = review.log(reader), review.current(reader)
        offers = None if arguments.json else review.offers(reader)
    if arguments.json:
        shared.print_json(log)
        return 0
    if offers is not None:
        for step in review.STEPS[:-1]:
            here = "→" if now_open is not None and now_open.step == step else " "
            print(shared.line(f"{here}{writing.number(offers.left(step)):>6}", tr(review.NAMES[step])))
    for row in log:
        print(shared.line(days.day_of(row.finished_at).isoformat(), row.closing))
    if not log:
        print(tr("No review finished yet. The window leads through one in fifteen minutes."))
    return 0


COMMAND = Command("review", mark("the weekly review and its log"), _add_arguments, _run)
