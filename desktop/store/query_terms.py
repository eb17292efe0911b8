"""The names and values that the query language knows, each listed once.

Surprising: ``before:`` and ``after:`` speak of the day a page was saved, never of the day it was published.
"""

from typing import Final

from desktop.languages import mark
from desktop.text.folding import fold

COLUMNS: Final = {
    "site": "site:wikipedia.org",
    "author": "author:jarche",
    "title": "title:pivot",
    "comment": "comment:check",
    "why": "why:budget",
    "person": "person:mara",
}
"""Names that look into one kind of text, with an example."""

FILTERS: Final = {
    "tag": "tag:sql",
    "goal": 'goal:"Debrief well"',
    "type": "type:pdf",
    "is": "is:inbox",
    "has": "has:comment",
    "lang": "lang:de",
    "before": "before:2025",
    "after": "after:last month",
}
"""Names that ask for what is known of a page, with an example."""

MEANINGS: Final = {
    "tag": mark("with this tag or one below it"),
    "goal": mark("for this goal"),
    "site": mark("from this site"),
    "author": mark("by this author"),
    "title": mark("in the title"),
    "comment": mark("in your comments"),
    "why": mark("in why it matters to you"),
    "person": mark("found through or marked by this person"),
    "type": mark("page, selection, link, video or pdf"),
    "is": mark("inbox, later, archive, trash, read, unread …"),
    "has": mark("highlight, comment, why, tag, goal …"),
    "lang": mark("in this language"),
    "before": mark("saved before this day"),
    "after": mark("saved since this day"),
}

NAMES: Final = {name: name for name in (*COLUMNS, *FILTERS)} | {
    "tags": "tag", "goals": "goal", "from": "site", "by": "author", "kind": "type", "language": "lang",
    "since": "after", "until": "before", "people": "person",
}  # fmt: skip

IS: Final = {
    name: name for name in ("inbox", "later", "archive", "trash", "read", "unread", "link", "private")
} | {
    "archived": "archive", "done": "archive", "trashed": "trash", "deleted": "trash",
}  # fmt: skip

HAS: Final = {
    name: name
    for name in ("highlight", "comment", "why", "tag", "goal", "note", "link", "text", "picture", "version")
} | {
    "highlights": "highlight", "annotation": "highlight", "annotations": "highlight", "comments": "comment",
    "tags": "tag", "goals": "goal", "notes": "note", "links": "link", "pictures": "picture",
    "image": "picture", "images": "picture", "versions": "version",
}  # fmt: skip

TYPES: Final = {name: name for name in ("page", "selection", "link", "video", "pdf")} | {
    "pages": "page", "article": "page", "quote": "selection", "links": "link", "videos": "video",
    "pdfs": "pdf",
}  # fmt: skip

LANGUAGES: Final = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "polish": "pl", "russian": "ru", "ukrainian": "uk", "chinese": "zh", "japanese": "ja",
    "korean": "ko", "thai": "th", "arabic": "ar", "hebrew": "he", "turkish": "tr", "greek": "el",
    "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "czech": "cs", "hindi": "hi",
    "deutsch": "de", "englisch": "en", "franzosisch": "fr", "spanisch": "es", "italienisch": "it",
}  # fmt: skip


def language(value: str) -> str:
    """The two or three letters of a language: ``en`` for "English", "en" and "en-GB"."""
    plain = fold(value).replace("_", "-")
    return LANGUAGES.get(plain, plain.partition("-")[0])
