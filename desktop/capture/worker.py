"""The other process: reads hostile HTML and PDF files, so that the program itself never does.

``python -m desktop --worker`` reads one JSON line a request and writes one JSON line an answer. Surprising:
it limits its own memory and processor time and expects to be killed; it holds nothing that could be lost.
"""

import base64
import json
import os
import sys
import traceback
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from desktop.capture.passage import passage
from desktop.errors import UserFixable
from desktop.languages import mark, tr
from desktop.text import article

if sys.platform != "win32":
    import resource

OUT_OF_MEMORY = mark("The page needs more memory than Kithbook gives to one page.")
SPENT = 3
"""Exit status of a worker that met its limit of memory and lets a new one go on."""


def main() -> int:
    """Serve requests on standard input until it ends. Returns the exit status."""
    answers = _own_output()
    limits = {"megabytes": 1536, "cpu_seconds": 30}
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["op"] == "limits":
            limits = {"megabytes": request["megabytes"], "cpu_seconds": request["cpu_seconds"]}
            _limit_memory(limits["megabytes"])
            continue
        _limit_time(limits["cpu_seconds"])
        answer = _answer(request)
        is_spent = answer.get("refused") == tr(OUT_OF_MEMORY)
        answer["is_last"] = is_spent
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()
        if is_spent:
            return SPENT
    return 0


def _own_output() -> BinaryIO:
    """Keep the pipe for answers alone: whatever a library prints goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """The result, ``refused`` with a sentence, or ``bug`` with the traceback: no fault is silent."""
    try:
        return {"ok": _work(request)}
    except UserFixable as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": tr(OUT_OF_MEMORY)}
    except RecursionError:
        return {"refused": tr("The page is nested too deeply to be read.")}
    except Exception:
        return {"bug": traceback.format_exc()}


def _work(request: Mapping[str, Any]) -> dict[str, Any]:
    if request["op"] == "article":
        return article.to_json(article.article_from_html(request["html"], request["url"]))
    if request["op"] == "passage":
        return article.to_json(passage(request["html"], request["url"]))
    if request["op"] == "pdf":
        return article.to_json(_article_from_pdf(base64.b64decode(request["data"]), request["url"]))
    raise ValueError(f"unknown op {request['op']!r}")


def _article_from_pdf(data: bytes, url: str) -> article.Article:
    # Few captures are PDF files, and the library takes a while to load.
    from desktop.capture.pdf import read_pdf

    found = read_pdf(data)
    return replace(
        passage(found.html, url),
        title=found.title,
        byline=found.author,
        published=found.published,
        # A PDF file says when it was made, which is seldom the day it was published.
        is_published_approximate=bool(found.published),
        warnings=found.warnings,
    )


def _limit_memory(megabytes: int) -> None:
    if sys.platform == "win32":
        return
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # It has no file to write: a page that makes a library write one gets an error instead.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_time(seconds: int) -> None:
    """Processor time from now on. It also ends a worker whose owner died while a page keeps it busy."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
