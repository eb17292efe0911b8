"""One source as a Markdown file: front matter as YAML, then its highlights, then its text.

The surprising fact: words of pages and of other people are text here and never markup; the person's own
comments are Markdown as they wrote them. Tags are written as Obsidian takes them: ``pay bands`` becomes
``pay-bands``.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from desktop.languages import tr
from desktop.library.sense_values import Annotation
from desktop.share.export import references
from desktop.share.export.selection import PICTURE, Answer, Exported

ASSETS = "assets"
_SHOWN = re.compile(r"(\]\()res(?=/[0-9a-f]{64}\.)")
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&$]|!(?=\[)|%(?=%)|=(?==))")
_PLAIN = re.compile(r"[^\W\d_][\w ,.;'“”‘’„–—?]*")
"""Most titles: nothing in them is a sign, save an underscore."""
_START = re.compile(r"^(\s*)([-+=:]|\d{1,9}[.)])(?=\s|$|-|=)")
_HASH = re.compile(r"(?<![\w&/#\\(\[`])#(?=\w*[^\W\d_])")
"""What Obsidian would take for a tag of the person's."""
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_RAW = re.compile(r"<(?=[a-zA-Z/!?])|(?<=!)\[")
_RUN = re.compile(r"(?i)(?:dataview|templater|meta-bind|js-engine|run-|query|tasks|button|base|embed)")
"""Listings that Obsidian or an extension of it runs."""
_TEMPLATE = re.compile(r"\\?<(?=%)")
_QUERY = re.compile(r"(`\s*)\$=")
_ESCAPED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""Characters that JSON leaves as they are and YAML does not take, or takes for the end of a line."""
_TAG_GAP = re.compile(r"[^\w/-]+")


def page(one: Exported, text: bytes) -> bytes:
    """The whole file; ``text`` as `body` made it."""
    parts = [front_matter(one), f"# {plain(one.name)}", ""]
    if one.why.strip():
        asked = tr("Why it matters")
        parts += [f"*{asked}:* {plain(one.why)}", ""]
    if one.annotations or one.answers:
        heading = tr("Highlights and comments")
        parts += [f"## {heading}", "", *_marks(one)]
    if text:
        heading = tr("Text")
        parts += [f"## {heading}", "", ""]
    return "\n".join(parts).encode() + text


def front_matter(one: Exported) -> str:
    """Id, url, title, author, published, captured, tags, goals, people, circle and a few more, as YAML."""
    return (
        f"---\nid: {one.uuid}\nurl: {quoted(one.url)}\ntitle: {quoted(one.name)}\n"
        f"author: {_often(one.author)}\npublished: {_day(one.published)}\n"
        f"captured: {moment(one.captured_at)}\n"
        f"site: {_often(one.site)}\nlang: {_often(one.lang)}\nkind: {one.kind}\nstate: {one.state}\n"
        f"found_through: {_often(one.found_through)}\ncircle: {_often(one.circle)}\n"
        f"tags:{_tags(one.tags)}\ngoals:{_listed(one.goals)}\npeople:{_listed(one.people)}\n---\n"
    )


def body(markdown: str) -> tuple[bytes, tuple[str, ...]]:
    """The text of a page with its pictures beside it, and the pictures' names as the library has them."""
    pictures = tuple(dict.fromkeys(PICTURE.findall(markdown))) if "res/" in markdown else ()
    shown = _SHOWN.sub(rf"\1{ASSETS}", markdown) if pictures else markdown
    shown = _without_tags(shown) if "#" in shown else shown
    shown = _inert(shown)
    return (f"{shown}\n".encode() if shown else b""), pictures


def plain(text: str) -> str:
    """Text on one line that Markdown and Obsidian show as it is."""
    line = references.one_line(text)
    if "_" not in line and _PLAIN.fullmatch(line):
        return line
    return _START.sub(_escaped_start, _SIGNS.sub(r"\\\1", line)).replace("\\<%", "&lt;%")


def quoted(text: str) -> str:
    """A YAML string: in double quotes, as JSON writes it, with more escapes."""
    if text.isascii() and text.isprintable() and not ('"' in text or "\\" in text or "<%" in text):
        return f'"{text}"'
    return _ESCAPED.sub(_by_number, json.dumps(text, ensure_ascii=False).replace("<%", "\\x3c%"))


_often = lru_cache(maxsize=4096)(quoted)
"""For what many pages share: names, sites, tags."""


def moment(at: int) -> str:
    """Milliseconds since 1970 as YAML and Obsidian write a moment (UTC, without saying so)."""
    try:
        return datetime.fromtimestamp(at // 1000, UTC).isoformat()[:19] if at > 0 else '""'
    except (ValueError, OverflowError, OSError):
        return '""'


def _marks(one: Exported) -> Iterator[str]:
    answers: dict[int, list[Answer]] = {}
    for each in one.answers:
        answers.setdefault(each.annotation_id, []).append(each)
    for mark in one.annotations:
        yield from _mark(mark)
        for answer in answers.pop(mark.id, ()):
            yield from _answer(answer)
    for rest in answers.values():
        for answer in rest:
            yield from _answer(answer)


def _mark(mark: Annotation) -> Iterator[str]:
    paragraphs = [plain(part) for part in mark.quote.split("\n\n") if part.strip()]
    if paragraphs:
        yield "\n>\n".join(f"> {part}" for part in paragraphs)
        yield ""
    if mark.comment:
        yield _tamed(mark.comment) if mark.creator else mark.comment
        yield ""
    by = f"— {plain(mark.creator)}" if mark.creator else ""
    tags = " ".join(f"#{tag}" for name in mark.tags if (tag := _tag(name)))
    said = " ".join(part for part in (by, tags) if part)
    if said:
        yield said
        yield ""


def _answer(answer: Answer) -> Iterator[str]:
    yield _tamed(answer.body) if answer.creator else answer.body
    yield ""
    if answer.creator:
        yield f"— {plain(answer.creator)}"
        yield ""


def _tamed(markdown: str) -> str:
    """Markdown of somebody else: no HTML and no picture in it, for both may load something."""
    return _inert(_RAW.sub(r"\\\g<0>", markdown.replace("\x00", "")))


def _inert(markdown: str) -> str:
    """Nothing in it is run by an extension that fills in templates or queries, as some do in any new file."""
    has_run = ("```" in markdown or "~~~" in markdown) and _RUN.search(markdown)
    if not (has_run or "<%" in markdown or "$=" in markdown):
        return markdown
    lines, fence = [], ""
    for line in markdown.split("\n"):
        found = _FENCE.match(line.lstrip(" >-*+"))
        if found:  # the name goes wherever it stands: other programs may see another fence open than this
            begin = line.index(found[1]) + len(found[1])
            line = line[:begin] if _RUN.match(line[begin:].strip(" {")) else line
            fence = found[1] if not fence else "" if found[1].startswith(fence) else fence
        line = line.replace("<%", "< %") if fence else _TEMPLATE.sub("&lt;", _QUERY.sub(r"\1$ =", line))
        lines.append(line)
    return "\n".join(lines)


def _without_tags(markdown: str) -> str:
    """No ``#word`` of the page is a tag; listings stay as they are."""
    lines, fence = [], ""
    for line in markdown.split("\n"):
        found = _FENCE.match(line)
        if fence:
            fence = "" if found and found[1].startswith(fence) else fence
        elif found:
            fence = found[1]
        elif "#" in line:
            line = _HASH.sub(r"\\#", line)
        lines.append(line)
    return "\n".join(lines)


@lru_cache(maxsize=1024)
def _tag(name: str) -> str:
    tag = _TAG_GAP.sub("-", name).strip("-/")
    return f"_{tag}" if tag and not any(char.isalpha() or char == "_" for char in tag) else tag


@lru_cache(maxsize=4096)
def _day(published: str) -> str:
    """A whole date as YAML knows it; what is less stays text."""
    try:
        return published if date.fromisoformat(published).isoformat() == published else quoted(published)
    except ValueError:
        return quoted(published)


@lru_cache(maxsize=4096)
def _tags(names: tuple[str, ...]) -> str:
    return _listed(tuple(dict.fromkeys(filter(None, map(_tag, names)))))


@lru_cache(maxsize=4096)
def _listed(names: tuple[str, ...]) -> str:
    return "\n  - " + "\n  - ".join(map(_often, names)) if names else " []"


def _escaped_start(match: re.Match[str]) -> str:
    blank, sign = match[1], match[2]
    return f"{blank}{sign[:-1]}\\{sign[-1]}"


def _by_number(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
