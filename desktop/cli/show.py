"""``kithbook show``: one capture, as text, Markdown, HTML or JSON."""

import argparse
import json
from dataclasses import asdict

from desktop.cli import learning_args as shared
from desktop.cli.command import Command
from desktop.errors import BadInput
from desktop.languages import mark, tr
from desktop.library.values import Detail
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help=tr("the number that “kithbook list” shows"))
    parser.add_argument(
        "--format",
        choices=("text", "markdown", "html", "json"),
        default="text",
        help=tr("text when not given"),
    )


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened
    from desktop.library import lists

    with opened.library(of_this_user(), write=False) as library:
        if shared.is_number(arguments.id):
            place: tuple[int, int | None] | None = (int(arguments.id), None)
        else:
            place = lists.source_of(library.reader, arguments.id)
        detail = lists.detail(library.reader, *place) if place else None
    if detail is None:
        raise BadInput(
            tr("There is no page {id}.").format(id=arguments.id), tr("“kithbook list” shows the numbers.")
        )
    print(_FORMS[arguments.format](detail))
    return 0


def _about(detail: Detail) -> str:
    """Author, date and site in one line; what is not known is left out."""
    date = f"about {detail.published}" if detail.is_published_approximate else detail.published
    return " · ".join(part for part in (detail.author, date, detail.site) if part)


def _text(detail: Detail) -> str:
    head = [detail.title, _about(detail), detail.url]
    said = [tr("Why it matters: {why}").format(why=detail.why)] if detail.why else []
    return "\n".join([*(line for line in head if line), *said, *detail.notices, "", detail.text])


def _markdown(detail: Detail) -> str:
    head = [f"# {detail.title}", _about(detail), f"<{detail.url}>", *(f"> {line}" for line in detail.notices)]
    if detail.markdown.startswith("# "):
        head = head[1:]  # the page has its own
    return "\n\n".join([*(part for part in head if part), detail.markdown])


def _html(detail: Detail) -> str:
    return detail.html


def _json(detail: Detail) -> str:
    return json.dumps(asdict(detail), ensure_ascii=False, indent=2)


_FORMS = {"text": _text, "markdown": _markdown, "html": _html, "json": _json}

COMMAND = Command("show", mark("one page of the library"), _add_arguments, _run)
