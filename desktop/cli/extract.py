"""``kithbook extract``: the article of a page as JSON. It asks no network and writes no file.

Surprising: a page that cannot be read is an answer with an empty text and a warning, never an error, so that
a long run over many pages goes on.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from desktop.capture import plain_text
from desktop.cli.command import Command
from desktop.errors import UserFixable
from desktop.languages import mark, tr

LEFT_ASIDE = ("left_out", "kind", "excerpt", "words", "minutes")
"""What an article knows and the contract of this command does not name."""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help=tr("one page on standard input, one JSON object out (usual)")
    )
    form.add_argument(
        "--batch",
        action="store_true",
        help=tr('lines {"id", "url", "html"} on standard input, one line out for each'),
    )
    parser.add_argument("--url", default="", help=tr("the page's address, to make its links whole"))


def _run(arguments: argparse.Namespace) -> int:
    if not arguments.batch:
        print(json.dumps(_answer(plain_text.text_of(sys.stdin.buffer.read()), arguments.url)))
        return 0
    for line in sys.stdin.buffer:
        if line.strip():
            # Each line at once: whoever measures waits for it before sending the next page.
            print(json.dumps(_answer_line(line)), flush=True)
    return 0


def _answer_line(line: bytes) -> dict[str, Any]:
    try:
        page = json.loads(line)
        number, html, url = page.get("id"), str(page["html"]), str(page.get("url") or "")
    except (ValueError, KeyError, AttributeError, RecursionError):
        return {"id": None, **_warned(tr('This line is not a page: {"id", "url", "html"}.'))}
    return {"id": number, **_answer(html, url)}


def _answer(html: str, url: str) -> dict[str, Any]:
    # Loaded here: it is the largest part of the program, and "--help" does without.
    from desktop.text import article

    try:
        return _named(article.to_json(article.article_from_html(html, url)))
    except UserFixable as error:
        return _warned(str(error))


def _warned(sentence: str) -> dict[str, Any]:
    from desktop.text import article

    return _named(article.to_json(article.Article(warnings=(sentence,))))


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in LEFT_ASIDE}


COMMAND = Command("extract", mark("the readable part of a page, as JSON"), _add_arguments, _run)
