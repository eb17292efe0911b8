"""Citations and quotations to be pasted elsewhere, as text and as HTML.

The styles (``share/styles``) are those of the Citation Style Language project, unchanged; citeproc-py applies
them. Surprising: it takes words for markup and changes their case as a style says. So signs that could be
markup travel as private letters, and a site's name with one before it, until the citation stands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.sense_values import Annotation
from desktop.share.citing_styles import BY_NAME, FOLDER, Style
from desktop.share.export import csl_json, references
from desktop.share.export.references import Keys
from desktop.share.export.selection import Exported
from desktop.text.sanitize import clean
from desktop.text.urls import is_web

_SIGNS = {"<": "\ue000", ">": "\ue001", "&": "\ue002"}
_KEPT = "\ue003"
"""Before a word that keeps its case."""
_HIDE = str.maketrans(_SIGNS)
_AS_TEXT = str.maketrans({hidden: sign for sign, hidden in _SIGNS.items()} | {_KEPT: None})
_AS_HTML = {hidden: escape(sign) for sign, hidden in _SIGNS.items()} | {_KEPT: ""}
_PRIVATE = re.compile("[\ue000-\ue003]")
_NUMBER = re.compile(r"^(\[\d+\]|\d+\.)(?=\S)")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)(?=\s\w+\s\d{4}\b)")
_TAG = re.compile(r"<[^<>]*>")
_LANGUAGES = {"en": "en-GB", "de": "de-DE"}


@dataclass(frozen=True, slots=True)
class Copied:
    """What goes to the clipboard: for those who take plain text, and for those who take markup."""

    text: str
    html: str


def cite(items: Sequence[Exported], style: str = "apa", lang: str = "en") -> Copied:
    """The bibliography of these in a style of `citing_styles`, in the order that the style wants.

    ``lang``: ``en`` or ``de``, for the words between ("Retrieved", "Abgerufen"). Takes about 50 ms for the
    first of a style. Raises BadInput for an unknown style or no items.
    """
    found = BY_NAME.get(style)
    if found is None:
        raise BadInput(
            tr("Kithbook does not know the style “{style}”.").format(style=style),
            tr("Choose one of {forms}.").format(forms=", ".join(BY_NAME)),
        )
    if not items:
        raise BadInput(tr("There is nothing to cite."), tr("Choose a page first."))
    language = lang if lang in _LANGUAGES else "en"
    entries = _entries(items, found, language)
    html = "".join(f"<p>{_as_html(one, language)}</p>" for one in entries)
    return Copied("\n\n".join(_as_text(one, language) for one in entries), html)


def quotation(one: Exported, mark: Annotation) -> Copied:
    """A passage with where it is from: author, title, site, date and address, and the comment below it."""
    who = ", ".join(f"{name.given} {name.family}".strip() for name in references.names_of(one))
    title, rest = (
        references.title_of(one),
        [part for part in (references.site_of(one), one.published) if part],
    )
    address, quote, comment = references.one_line(one.url), mark.quote.strip(), mark.comment.strip()
    text = [f"“{quote}”", f"— {_joined(who, title, rest)}", address, *(["", comment] if comment else [])]
    html = quotation_html(quote, address, who, title, rest) + _paragraphs(comment)
    return Copied("\n".join(text), html)


def quotation_html(quote: str, address: str, who: str, title: str, rest: Sequence[str] = ()) -> str:
    """A passage as HTML for the clipboard: who said it, the title with its link, then ``rest``; closed."""
    is_link = is_web(address)
    named = f'<a href="{escape(address)}">{escape(title or address)}</a>' if is_link else escape(title)
    cited = f' cite="{escape(address)}"' if is_link else ""
    told = _joined(escape(who), named, [escape(part) for part in rest if part])
    return f"<blockquote{cited}>{_paragraphs(quote)}</blockquote><p>— {told}</p>"


def _joined(who: str, title: str, rest: Sequence[str]) -> str:
    return ", ".join((": ".join(part for part in (who, title) if part), *rest))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())


def _entries(items: Sequence[Exported], style: Style, lang: str) -> list[str]:
    """The bibliography as citeproc writes HTML, signs of the words still hidden."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    keys = Keys()
    told = [_described(one, keys.of(one), style.needs_author) for one in items]
    loaded = _style(dict(style.files).get(lang, style.files[0][1]), _LANGUAGES[lang])
    bibliography = CitationStylesBibliography(loaded, CiteProcJSON(told), formatter.html)
    for one in told:
        bibliography.register(Citation([CitationItem(one["id"])]))
    bibliography.sort()
    return [str(entry).strip() for entry in bibliography.bibliography()]


@lru_cache(maxsize=4)
def _style(file: str, locale: str) -> Any:
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(FOLDER / f"{file}.csl"), locale=locale, validate=False)


def _described(one: Exported, key: str, is_by_site: bool) -> dict[str, Any]:
    """What a style may use."""
    told = csl_json.as_json(one, key)
    kept: dict[str, Any] = {name: told[name] for name in ("id", "type", "issued", "accessed") if name in told}
    title = _hidden(told["title"])
    if not one.lang.startswith("en"):  # only English titles are capitalised
        title = " ".join(_KEPT + word for word in title.split(" "))
    kept |= {"title": title, "URL": _hidden(told["URL"])}
    names = [{part: _hidden(word) for part, word in name.items()} for name in told.get("author", ())]
    site = f"{_KEPT}{_hidden(told['container-title'])}" if told.get("container-title") else ""
    if is_by_site and site and not names:
        return kept | {"author": [{"literal": site}]}
    return kept | ({"author": names} if names else {}) | ({"container-title": site} if site else {})


def _hidden(text: str) -> str:
    return _PRIVATE.sub("", text).translate(_HIDE)


def _as_text(entry: str, lang: str) -> str:
    return unescape(_TAG.sub("", _mended(entry, lang))).translate(_AS_TEXT)


def _as_html(entry: str, lang: str) -> str:
    """Clean: nothing but what the gate lets through."""
    return clean(_PRIVATE.sub(lambda found: _AS_HTML[found[0]], _mended(entry, lang)))


def _mended(entry: str, lang: str) -> str:
    """A number of the list parted from what follows, and days as German counts them."""
    parted = _NUMBER.sub(r"\1 ", entry)
    return _ORDINAL.sub(r"\1.", parted) if lang == "de" else parted
