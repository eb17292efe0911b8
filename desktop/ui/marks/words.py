"""What is said about highlights: pure, so that it can be read in a test.

Surprising: a quotation copied from here carries its source with it, in plain text and as Markdown, so that it
never arrives anywhere without saying whose words it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from desktop.languages import tr, trn, writing
from desktop.library.sense_values import Annotation, Colour
from desktop.library.values import Detail
from desktop.share.answers import Reply
from desktop.text.showing import visible
from desktop.ui.article.words import published

COLOURS = tuple(Colour)
_MARKS = re.compile(
    r"(\*\*|__|`|~~)|^\s{0,3}(#{1,6}\s+|>\s?|[-*+]\s+)|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)", re.MULTILINE
)
_STYLES = (
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), "b"),
    (re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])"), "i"),
    (re.compile(r"`([^`\n]+)`"), "tt"),
)
_BULLET = re.compile(r"^\s{0,3}[-*+]\s+", re.MULTILINE)
_HASHES = re.compile(r"^\s{0,3}(#{1,6}\s+|&gt;\s?)", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class OwnWord:
    """One of the person's tags or goals that the text speaks of."""

    name: str
    """The tag's path, or the goal's skill."""
    said: str
    """The word as it is looked for in the text."""
    times: int
    goal: int = 0
    """The goal's id; 0 for a tag."""


def quotation(quote: str, detail: Detail) -> str:
    """A passage in quotation marks and, below, where it comes from."""
    source = [detail.author, f"“{detail.title}”" if detail.title else "", detail.site]
    day = published(detail.published, is_about=detail.is_published_approximate)
    parts = [part for part in (*source, day) if part]
    return f"“{one_line(quote)}”\n— {', '.join(parts)}\n{detail.url}"


def quotation_html(quote: str, detail: Detail) -> str:
    """The same for those who take markup: the title is a link."""
    from desktop.share import citation

    day = published(detail.published, is_about=detail.is_published_approximate)
    return citation.quotation_html(quote, detail.url, detail.author, detail.title, (detail.site, day))


def one_line(text: str) -> str:
    """A passage without its line breaks."""
    return " ".join(text.split())


def short(text: str, longest: int = 140) -> str:
    """The beginning of a passage, cut between words."""
    words = one_line(text)
    if len(words) <= longest:
        return words
    return words[: longest - 1].rsplit(" ", 1)[0] + "…"


def comment_html(markdown: str) -> str:
    """A comment's Markdown as the few tags that a label sets: strong, emphasis, code, links' words, bullets.
    Nothing in it loads or leads anywhere."""
    text = _LINK.sub(r"\1", escape(markdown.strip()))
    for pattern, tag in _STYLES:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    text = _BULLET.sub("• ", _HASHES.sub("", text))
    return text.replace("\n", "<br>")


def plain_comment(markdown: str) -> str:
    """A comment as it is read beside the text, without the signs of its Markdown."""
    return _MARKS.sub("", _LINK.sub(r"\1", markdown)).strip()


def foot_line(count: int, unplaced: int) -> str:
    """The foot: how many highlights stand on this page, and how many lost their place."""
    if not count and not unplaced:
        return ""
    here = trn("{n} highlight on this page", "{n} highlights on this page", count)
    parts = [here.format(n=writing.number(count))]
    if unplaced:
        lost = trn("{n} lost its place", "{n} lost their place", unplaced)
        parts.append(lost.format(n=writing.number(unplaced)))
    return ", ".join(parts)


def words_line(count: int) -> str:
    """The foot: how many of the person's own words the text has."""
    return trn("{n} of my words", "{n} of my words", count).format(n=writing.number(count)) if count else ""


def whose(creator: str) -> str:
    """The name of who wrote it, with nothing hidden in it; of one's own words: ``Me``."""
    return visible(one_line(creator)) or tr("Me")


def by_line(annotation: Annotation) -> str:
    """``Miriam · 9 Nov``, of one's own comment ``9 Nov``."""
    day = day_of(annotation.made_at)
    return f"{whose(annotation.creator)} · {day}" if annotation.creator else day


def note_html(annotation: Annotation, replies: Sequence[Reply]) -> str:
    """A comment and the answers to it, as a label sets them."""
    said = [comment_html(annotation.comment)] if annotation.comment else []
    said += [f"<b>{escape(whose(one.creator))}</b> {comment_html(one.body)}" for one in replies]
    return "<br>".join(said)


def note_words(annotation: Annotation, replies: Sequence[Reply]) -> str:
    """The same as plain text, with the name of who wrote it."""
    said = []
    if annotation.comment:
        by = f"{whose(annotation.creator)}: " if annotation.creator else ""
        said = [by + plain_comment(annotation.comment)]
    return "\n".join(said + [f"{whose(one.creator)}: {plain_comment(one.body)}" for one in replies])


def described(annotation: Annotation, colour: str, replies: Sequence[Reply] = ()) -> str:
    """A highlight as a screen reader says it; ``colour``: what the person calls it."""
    said = tr("{colour} highlight: {quote}").format(colour=colour, quote=short(annotation.quote))
    if not annotation.comment and not replies:
        return said
    comment = tr("Comment: {comment}").format(comment=note_words(annotation, replies))
    return f"{said}. {comment}"


def day_of(stamp: int) -> str:
    """``9 Nov``: the day of a comment beside the text."""
    return writing.short_day(datetime.fromtimestamp(stamp / 1000).astimezone().date())


def tags_of(text: str) -> tuple[str, ...]:
    """Tags as they are typed in one line: parted by commas, with or without a number sign."""
    names = (" ".join(part.strip().lstrip("#").split()) for part in text.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def own_words(text: str, tags: Iterable[str], goals: Iterable[tuple[int, str]]) -> tuple[OwnWord, ...]:
    """Which of the person's tags and goals the text speaks of, those said most often first.

    A tag is looked for by the last part of its path, its hyphens read as blanks, in whatever case.
    """
    wanted = [(name, _words_of(name.rpartition("/")[2] or name), 0) for name in tags]
    wanted += [(skill, _words_of(skill), goal) for goal, skill in goals]
    counts = _counts(_words_of(text), {words for _, words, _ in wanted if words})
    found = [
        OwnWord(name, " ".join(words), counts[words], goal)
        for name, words, goal in wanted
        if counts.get(words)
    ]
    return tuple(sorted(found, key=lambda word: (-word.times, word.name.casefold())))


def _words_of(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))


def _counts(words: Sequence[str], wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """How often each run of words is said. One walk for each length of a name, however many names there
    are."""
    counts: dict[tuple[str, ...], int] = {}
    for length in sorted({len(words) for words in wanted if len(words) <= _LONGEST_NAME}):
        for at in range(len(words) - length + 1):
            run = tuple(words[at : at + length])
            if run in wanted:
                counts[run] = counts.get(run, 0) + 1
    return counts
