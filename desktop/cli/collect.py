"""``kithbook collect``: take what the browser saved into the library while no window is open."""

import argparse
import sys

from desktop.cli.command import Command
from desktop.languages import mark, tr, trn, writing
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened

    paths = of_this_user()
    if opened.is_collected_elsewhere(paths):
        print(tr("Kithbook is open and collects by itself."))
        return 0
    found = opened.collect(paths)
    _print(trn("{n} page collected.", "{n} pages collected.", len(found.captures)), len(found.captures))
    if found.updates:
        text = trn(
            "{n} change made in the browser applied.",
            "{n} changes made in the browser applied.",
            len(found.updates),
        )
        _print(text, len(found.updates))
    if found.waiting:
        text = trn(
            "{n} change waiting for a page that has not come yet.",
            "{n} changes waiting for a page that has not come yet.",
            found.waiting,
        )
        _print(text, found.waiting)
    for sentence in found.set_aside:
        print(
            tr("A damaged file was set aside in {spool}: {sentence}").format(
                spool=paths.spool / "damaged", sentence=sentence
            ),
            file=sys.stderr,
        )
    return 1 if found.set_aside else 0


def _print(text: str, number: int) -> None:
    print(text.format(n=writing.number(number)))


COMMAND = Command("collect", mark("take what the browser saved into the library"), _add_arguments, _run)
