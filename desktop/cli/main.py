"""The command line: one parser, a file per command, errors as one sentence.

The window adds its own commands (``shot``) by ``extra``, so that nothing here knows Qt. Surprising: the
commands load the library only when they run, so that ``--help`` answers at once.
"""

import argparse
import sys
import traceback
from collections.abc import Sequence

from desktop import COMMAND as PROGRAM
from desktop import NAME, VERSION
from desktop.cli import (
    activities,
    add,
    backup,
    bench,
    check,
    cite,
    collect,
    connect,
    doctor,
    export,
    extract,
    find,
    goals,
    import_,
    listing,
    mail,
    portfolio,
    receive,
    restore,
    review,
    share,
    show,
    toolkit,
    undo,
)
from desktop.cli.command import Command
from desktop.cli.parsing import Parser
from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.paths import of_this_user

COMMANDS: tuple[Command, ...] = (
    add.COMMAND,
    collect.COMMAND,
    find.COMMAND,
    listing.COMMAND,
    show.COMMAND,
    undo.COMMAND,
    goals.COMMAND,
    activities.COMMAND,
    toolkit.COMMAND,
    review.COMMAND,
    portfolio.COMMAND,
    mail.COMMAND,
    share.COMMAND,
    receive.COMMAND,
    backup.COMMAND,
    restore.COMMAND,
    check.COMMAND,
    export.COMMAND,
    cite.COMMAND,
    import_.COMMAND,
    extract.COMMAND,
    connect.COMMAND,
    doctor.COMMAND,
    bench.IMPORT,
    bench.SEARCH,
)

DONE, NOT_DONE, WRONG_USE = 0, 1, 2
INTERRUPTED = 130


def run(argv: Sequence[str], extra: Sequence[Command] = ()) -> int:
    """Run the command in ``argv`` (without the program's name) and return its exit status.

    0: done. 1: not done, and a sentence on standard error says why. 2: wrong use.
    """
    commands = {command.name: command for command in (*COMMANDS, *extra)}
    try:
        arguments = parser(tuple(commands.values())).parse_args(list(argv))
        return commands[arguments.command].run(arguments)
    except UserFixable as error:
        print(f"{error} {error.action}".strip(), file=sys.stderr)
        return NOT_DONE
    except SystemExit as ending:
        # The parser has printed the help or what was wrong.
        return ending.code if isinstance(ending.code, int) else DONE
    except BrokenPipeError:
        # "kithbook list | head": the reader has enough. Nothing more may be written, not even at exit.
        sys.stdout = None
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:
        _note(traceback.format_exc())
        return NOT_DONE


def parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    whole = Parser(
        prog=PROGRAM,
        description=tr("{name} keeps what you read at work. Without a command it opens the window.").format(
            name=NAME
        ),
        epilog=tr("“{program} COMMAND --help” says more.").format(program=PROGRAM),
    )
    whole.add_argument("--version", action="version", version=f"{NAME} {VERSION}")
    parts = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in commands:
        command.add_arguments(
            parts.add_parser(command.name, help=tr(command.help), description=_sentence(tr(command.help)))
        )
    return whole


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def _note(report: str) -> None:
    """Our own fault: the details to the log, one sentence to the person."""
    place = of_this_user().log
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as log:
            log.write(report)
        said = tr("The details are in {place}.").format(place=place)
    except OSError:
        said = report
    print(tr("{name} made a mistake and stopped. {said}").format(name=NAME, said=said), file=sys.stderr)
