"""The command line: one parser, a file per command, errors as one sentence.

The window adds its own commands (``shot``) by ``extra``, so that nothing here knows Qt.
"""

from collections.abc import Sequence

from desktop.cli.command import Command


def run(argv: Sequence[str], extra: Sequence[Command] = ()) -> int:
    """Run the command in ``argv`` (without the program's name) and return its exit status."""
    raise NotImplementedError
