"""The command line: one parser, a file per command, errors as one sentence.

A command is a `Command`: what ``--help`` says, the arguments it adds and the function that runs it. The window adds its
own (``shot``) by ``extra``, so that nothing here knows Qt.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``run`` gets the parsed arguments and returns the exit status: 0 done, 1 not done, 2 wrong use."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def run(argv: Sequence[str], extra: Sequence[Command] = ()) -> int:
    """Run the command in ``argv`` (without the program's name) and return its exit status."""
    raise NotImplementedError
