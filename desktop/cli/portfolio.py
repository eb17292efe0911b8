"""``kithbook portfolio GOAL OUT``: what you hand over at an appraisal.

The window offers one form more (PDF), which needs its drawing: it makes its command by `command`, with that
form beside these.
"""

import argparse
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop.cli import learning_args as shared
from desktop.cli.command import Command
from desktop.languages import mark, tr

Draw = Callable[[Any], bytes]
"""A `learning.portfolio_values.Portfolio` to the bytes of a file."""


def _html(whole: Any) -> bytes:
    from desktop.learning import portfolio_html

    return portfolio_html.draw(whole).encode()


def _docx(whole: Any) -> bytes:
    from desktop.learning import portfolio_docx

    return portfolio_docx.draw(whole)


def _markdown(whole: Any) -> bytes:
    from desktop.learning import portfolio_markdown

    return portfolio_markdown.draw(whole).encode()


def _badge(whole: Any) -> bytes:
    from desktop.learning import portfolio_badge

    return portfolio_badge.draw(whole).encode()


FORMS: Mapping[str, Draw] = {"html": _html, "docx": _docx, "md": _markdown, "json": _badge}


def command(forms: Mapping[str, Draw] = FORMS) -> Command:
    """The command with these forms."""

    def add_arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("goal", nargs="+", metavar="GOAL", help=tr("a skill or number; may be several"))
        parser.add_argument("out", type=Path, metavar="OUT", help=tr("a new file"))
        parser.add_argument(
            "--format", choices=list(forms), help=tr("by the name of OUT when it is not given")
        )
        parser.add_argument(
            "--name",
            metavar="TEXT",
            help=tr("your name; without it, the one you gave last"),
        )
        parser.add_argument("--with-private", action="store_true", help=tr("what is private too"))

    def run(arguments: argparse.Namespace) -> int:
        from desktop.errors import BadInput, LibraryBusy
        from desktop.learning import portfolio
        from desktop.paths import of_this_user
        from desktop.settings import Settings

        form = arguments.format or arguments.out.suffix.lstrip(".").lower()
        if form not in forms:
            raise BadInput(
                tr("Kithbook does not know the form “{form}”.").format(form=form)
                if form
                else tr("The name of the file does not say which form it shall have."),
                tr("Choose one of {forms}.").format(forms=", ".join(forms)),
            )
        known = Settings.load(of_this_user()).text("my_name")
        name = known if arguments.name is None else arguments.name
        with shared.reading() as reader:
            ids = [int(one) if shared.is_number(one) else shared.goal(reader, one) for one in arguments.goal]
            whole = portfolio.of(reader, ids, name, with_private=arguments.with_private)
        shared.save(arguments.out, forms[form](whole))
        with suppress(LibraryBusy), shared.writing() as (writer, _):  # an open window has the pen
            portfolio.handed_over(writer, ids)
        print(arguments.out)
        return 0

    return Command("portfolio", mark("goals with levels and evidence, to hand over"), add_arguments, run)


COMMAND = command()
