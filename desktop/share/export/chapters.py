"""One source as a chapter of HTML: its head, what the person wrote and marked, and its text.

The surprising fact: the text goes through the gate once more before it leaves, and is then built anew
(`regular`); what the person marked is shown twice, as a list and painted into the text.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC
from html import escape
from typing import Final

from lxml import etree

from desktop.languages import chosen, tr, trn, writing
from desktop.learning import days
from desktop.library.sense_values import Annotation
from desktop.share import page_html
from desktop.share.export import marked, regular
from desktop.share.export.selection import Answer, Exported
from desktop.share.file_names import one_line
from desktop.text.dom import Element
from desktop.text.markdown_html import to_html
from desktop.text.sanitize import clean

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def no_picture(_name: str) -> None:
    """For texts without pictures."""


def name_of(one: Exported) -> str:
    """What to call it, on one line and without signs that turn it round."""
    return regular.xml_text(one_line(one.name)) or tr("Untitled")


def language_of(one: Exported) -> str:
    """The language of its text; of the program when it does not say."""
    return one.lang if _LANGUAGE.fullmatch(one.lang) else chosen()


def who(creator: str) -> str:
    """The author's name; the person's own words are by “me”."""
    return regular.xml_text(one_line(creator)) or tr("Me")


def tree(one: Exported, picture: regular.Picture, top: int) -> Element:
    """Its text with the marks in it; a ``div`` without children when it has none."""
    root = regular.regular(clean(one.html), picture=picture, top=top)
    marked.paint(root, (marked.Passage(each.quote, each.start, each.colour) for each in one.annotations))
    return root


def said(markdown: str, top: int = 5) -> Element:
    """What somebody wrote in Markdown, as a ``div`` of blocks."""
    return regular.regular(to_html(markdown, top), picture=no_picture, top=top)


def chapter(
    one: Exported,
    *,
    picture: regular.Picture,
    level: int = 2,
    is_xml: bool = False,
    text: Callable[[Exported, regular.Picture, int], Element] = tree,
) -> str:
    """Everything about it; ``level``: of its title. ``is_xml``: as XHTML."""
    write = _Writer(level, is_xml=is_xml)
    parts = [
        f'<h{level} dir="auto">{escape(name_of(one))}</h{level}>\n',
        write.meta(one),
        page_html.pills(regular.xml_text(one_line(name)) for name in (*one.goals, *one.tags)),
        write.own(tr("Why I saved this"), one.why),
        *(write.own(who(each.creator), each.body) for each in one.answers if not each.annotation_id),
        *(write.quotation(each, one.answers) for each in one.annotations),
        write.body(text(one, picture, level + 1), one),
    ]
    return "".join(parts)


def meta_words(one: Exported) -> list[str]:
    """Who wrote it, where and when; where it was found, when it was saved, how long it is to read."""
    day = days.parse(one.published)
    published = writing.long_day(day) if day else one.published
    if published and one.is_published_approximate:
        published = tr("about {day}").format(day=published)
    who = ", ".join(part for part in (one.author, one.site, published) if part)
    saved = tr("Saved {when}").format(when=writing.long_day(days.day_of(one.captured_at, UTC)))
    found = tr("Found through {name}").format(name=one.found_through) if one.found_through else ""
    minutes = trn("{n} min to read", "{n} min to read", one.minutes) if one.minutes else ""
    words = (who, minutes.format(n=writing.number(one.minutes)), saved, found)
    return [regular.xml_text(one_line(part)) for part in words if part]


class _Writer:
    def __init__(self, level: int, *, is_xml: bool) -> None:
        self._level, self._method = level, "xml" if is_xml else "html"

    def meta(self, one: Exported) -> str:
        words = " · ".join(escape(part) for part in meta_words(one))
        there = regular.address(one.url)
        plain = escape(regular.xml_text(one_line(one.url)))
        shown = page_html.link(there, host_of(there)) if there else plain
        return f'<p class="meta">{words}{" · " if words and shown else ""}{shown}</p>\n'

    def own(self, by: str, markdown: str) -> str:
        return page_html.own_words(by, self.markup(said(markdown))) if markdown.strip() else ""

    def quotation(self, one: Annotation, answers: Sequence[Answer]) -> str:
        comment = self.markup(said(one.comment)) if one.comment.strip() else ""
        for each in answers:
            if each.annotation_id == one.id:
                by = f'<b class="by">{escape(who(each.creator))}</b>'
                comment += by + self.markup(said(each.body))
        return page_html.quotation(
            regular.xml_text(one.quote),
            one.colour,
            comment=comment,
            by=regular.xml_text(one_line(one.creator)),
            tags=[regular.xml_text(one_line(name)) for name in one.tags],
        )

    def body(self, root: Element, one: Exported) -> str:
        if not len(root):
            begins = regular.xml_text(one.excerpt)
            return f'<p class="ex" dir="auto">{escape(begins)}</p>\n' if begins.strip() else ""
        lang = language_of(one)
        lang_too = f' xml:lang="{lang}"' if self._method == "xml" else ""
        return f'<div class="body" lang="{lang}"{lang_too} dir="auto">{self.markup(root)}</div>\n'

    def markup(self, root: Element) -> str:
        """What stands in the tree, without the ``div`` around it."""
        if self._method == "xml":
            for element in root.iter(etree.Element):
                if element.get("lang"):
                    element.set("{http://www.w3.org/XML/1998/namespace}lang", element.get("lang"))
        return "".join(etree.tostring(child, encoding="unicode", method=self._method) for child in root)


def host_of(url: str) -> str:
    """The host as it is asked for, so that a name in look-alike letters shows what it is."""
    if url.lower().startswith("mailto:"):
        return url[7:]
    return url.split("/", 3)[2].rpartition("@")[2].split("?")[0].split("#")[0]
