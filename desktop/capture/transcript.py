"""What is said in a video, as text: WebVTT cues as lines with their time; a visible transcript as it is."""

import html
import re

from desktop.capture.message import clean_text
from desktop.capture.plain_text import text_of

LONGEST = 2_000_000
"""Characters."""

_TIMES = re.compile(r"^\s*((?:\d+:)?\d{1,2}:\d{2})[.,]\d{1,3}\s+-->")
_TAGS = re.compile(r"</?[A-Za-z0-9:.][^<>]{0,200}>")


def readable(data: bytes, content_type: str) -> str:
    """``0:12 What was said`` a line for WebVTT, without repeats; other text as it is."""
    text = clean_text(text_of(data, "utf-8"), LONGEST)
    if not content_type.startswith("text/vtt") and not text.startswith("WEBVTT"):
        return text
    lines: list[str] = []
    for block in re.split(r"\n{2,}", text):
        cue = _cue(block.split("\n"))
        # Captions roll: a cue often repeats the last line of the one before.
        if cue and (not lines or lines[-1].partition(" ")[2] != cue.partition(" ")[2]):
            lines.append(cue)
    return "\n".join(lines)


def _cue(lines: list[str]) -> str:
    at = next((number for number, line in enumerate(lines[:2]) if _TIMES.match(line)), None)
    if at is None:
        return ""
    found = _TIMES.match(lines[at])
    words = " ".join(" ".join(html.unescape(_TAGS.sub("", line)) for line in lines[at + 1 :]).split())
    return f"{_short(found[1])} {words}" if found and words else ""


def _short(time: str) -> str:
    """``00:01:05`` as ``1:05``."""
    hours, minutes, seconds = ("0:" + time).split(":")[-3:] if time.count(":") == 1 else time.split(":")
    if int(hours):
        return f"{int(hours)}:{minutes}:{seconds}"
    return f"{int(minutes)}:{seconds}"
