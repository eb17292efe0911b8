"""What is said in a film, set as paragraphs that lead to their second.

Surprising: captions are lines of a few words; they are joined until a paragraph is worth reading, and its
time is that of its first line.
"""

import re
from html import escape

from desktop.languages import mark, tr
from desktop.library.values import Detail
from desktop.ui.article.words import time_link

TITLE = mark("What is said")
_CUE = re.compile(r"((?:\d+:)?\d{1,2}:\d{2})\s+(\S.*)")
_WORDS = 60


def body_of(detail: Detail) -> str:
    """The capture's HTML, and below it what is said in its film. The emitter is the wall."""
    said = detail.media.transcript.strip() if detail.media is not None else ""
    if not said or said in detail.text:
        return detail.html
    return f"{detail.html}<h2>{tr(TITLE)}</h2>{paragraphs(said, detail.url)}"


def paragraphs(said: str, url: str) -> str:
    """HTML of a transcript; lines that begin with a time are joined into paragraphs with a link to it."""
    made: list[str] = []
    time, words = "", [""]
    for line in said.splitlines():
        cue = _CUE.fullmatch(line.strip())
        if cue and (not time or len(" ".join(words).split()) >= _WORDS):
            made.append(_paragraph(time, words, url))
            time, words = cue[1], [cue[2]]
        elif cue:
            words.append(cue[2])
        elif line.strip() and time:
            words.append(line.strip())
        elif line.strip():
            made.append(f"<p>{escape(line.strip())}</p>")
    made.append(_paragraph(time, words, url))
    return "".join(made)


def seconds_of(time: str) -> int:
    """``1:02:03`` in seconds."""
    total = 0
    for part in time.split(":"):
        total = total * 60 + int(part)
    return total


def _paragraph(time: str, words: list[str], url: str) -> str:
    text = " ".join(words).strip()
    if not text:
        return ""
    link = f'<a href="{escape(time_link(url, seconds_of(time)))}">{time}</a>' if time else ""
    return f"<p>{link} {escape(text)}</p>"
