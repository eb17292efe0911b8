"""The parser of the command line: what was not understood is said in one sentence, and where help stands.

The surprising fact: argparse hands over its own finished sentence alone, so that ours is made from its parts.
"""

import argparse
import re
from typing import Any, NoReturn

from desktop.languages import mark, tr

LONGEST_CHOICE = 12
"""As many words are named in an error; more of them stand in the help."""

_SAID = (
    (
        re.compile(r"the following arguments are required: (?P<name>.+)", re.DOTALL),
        mark("Something is missing: {name}."),
    ),
    (
        re.compile(r"argument .+?: invalid choice: '(?P<word>.*)' \(choose from (?P<name>.+)\)", re.DOTALL),
        mark("“{word}” is not known here."),
    ),
    (
        re.compile(r"argument (?P<name>.+?): invalid int value: '(?P<word>.*)'", re.DOTALL),
        mark("{name} needs a whole number, and “{word}” is none."),
    ),
    (
        re.compile(r"argument (?P<name>.+?): expected .*argument.*", re.DOTALL),
        mark("{name} needs a value behind it."),
    ),
)


class Parser(argparse.ArgumentParser):
    """As argparse's, with errors for people. The parsers of the commands are of this kind too."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As argparse's; but what a command does not know is its own error, so that its own help is named."""
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self._refuse(tr("“{word}” is not known here.").format(word=" ".join(rest)))
        return found, rest

    def error(self, message: str) -> NoReturn:
        """Say it in our words and end with status 2."""
        self._refuse(said(message))

    def _refuse(self, sentence: str) -> NoReturn:
        hint = tr("“{program} --help” says more.").format(program=self.prog)
        self.exit(2, f"{sentence} {hint}\n")


def said(message: str) -> str:
    """Argparse's message as a plain sentence; a message of a kind we do not know stays as it is."""
    for pattern, sentence in _SAID:
        found = pattern.fullmatch(message)
        if found is None:
            continue
        parts = {"word": "", **found.groupdict()}
        plain = tr(sentence).format(**parts)
        choices = parts["name"].replace("'", "")
        if "invalid choice" in message and choices.count(",") < LONGEST_CHOICE:
            choose = tr("Choose one of {forms}.").format(forms=choices)
            plain = f"{plain} {choose}"
        return plain
    return f"{message[:1].upper()}{message[1:]}."
