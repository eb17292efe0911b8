"""What a command is. Each file beside this one offers a ``COMMAND``; `main` lists them.

A command prints its result on standard output; an error is raised (`errors.UserFixable`) and printed by
`main` as one sentence and the action that helps.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``run`` gets the parsed arguments and returns the exit status: 0 done, 1 not done."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
