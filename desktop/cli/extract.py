"""``kithbook extract``: the article of a page as JSON. It asks no network and writes no file.

Surprising: a page that cannot be read is an answer with an empty text and a warning, never an error, so that a long
run over many pages goes on.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from desktop.capture import plain_text
from desktop.cli.command import Command
from desktop.errors import UserFixable
from desktop.text.article import Article, article_from_html, to_json

KEYS = "title byline published is_published_approximate site lang canonical text markdown html images warnings".split()


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="one page on standard input, one JSON object out (usual)"
    )
    form.add_argument(
        "--batch",
        action="store_true",
        help='lines {"id", "url", "html"} on standard input, one line out for each',
    )
    parser.add_argument("--url", default="", help="the page's address, to make its links whole")


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
        return {"id": None, **_result(Article(warnings=('This line is not a page: {"id", "url", "html"}.',)))}
    return {"id": number, **_answer(html, url)}


def _answer(html: str, url: str) -> dict[str, Any]:
    try:
        return _result(article_from_html(html, url))
    except UserFixable as error:
        return _result(Article(warnings=(str(error),)))


def _result(article: Article) -> dict[str, Any]:
    values: Mapping[str, Any] = to_json(article)
    return {key: values[key] for key in KEYS}


COMMAND = Command("extract", "the readable part of a page, as JSON", _add_arguments, _run)
