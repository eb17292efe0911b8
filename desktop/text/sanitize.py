"""The one gate for HTML: at capture, at show, at import, at export.

Surprising: depth and size are checked before the cleaner runs, since nh3's time grows faster than the nesting
(100,000 nested elements take it two minutes), and a bare carriage return would make the gate not idempotent.
"""

import re
from collections.abc import Mapping
from html import escape, unescape
from types import MappingProxyType

import nh3
from lxml import etree
from lxml import html as lxml_html

from desktop.errors import Refused
from desktop.languages import tr
from desktop.text.nesting import Bounds, measure

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 512
MAX_REOPENED = 2_000_000
"""Elements that the cleaner may add by opening unclosed ones again: 36 kB could become 29 MB by them."""
LONGEST_ADDRESS = 8_000

TAGS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "code",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "colgroup",
        "col",
        "figure",
        "figcaption",
        "img",
        "a",
        "em",
        "strong",
        "b",
        "i",
        "u",
        "s",
        "del",
        "ins",
        "sub",
        "sup",
        "mark",
        "small",
        "abbr",
        "cite",
        "q",
        "dfn",
        "kbd",
        "samp",
        "var",
        "time",
        "br",
        "hr",
        "wbr",
        "ruby",
        "rb",
        "rt",
        "rp",
        "rtc",
        "bdi",
        "bdo",
        "details",
        "summary",
        "address",
    ]
)
"""What may be in a capture. Everything else is unwrapped: its text stays, the element goes."""

DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "textarea",
        "title",
        "iframe",
        "xmp",
        "plaintext",
        "noembed",
        "noframes",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "canvas",
        "select",
        "button",
    ]
)
"""Elements that go with their content. Formulas have become TeX before they come here (`math.py`)."""

_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "img": {"src", "data-src", "alt", "width", "height"},
    "code": {"class"},
    "pre": {"class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "bdo": {"dir"},
    "*": {"dir", "lang"},
}
_VALUES = {
    "class": re.compile(r"language-[A-Za-z0-9+#._-]{1,40}"),
    "colspan": re.compile(r"[1-9][0-9]{0,2}"),
    "rowspan": re.compile(r"[1-9][0-9]{0,2}"),
    "width": re.compile(r"[1-9][0-9]{0,4}"),
    "height": re.compile(r"[1-9][0-9]{0,4}"),
    "start": re.compile(r"-?[0-9]{1,6}"),
    "value": re.compile(r"-?[0-9]{1,6}"),
    "reversed": re.compile(r"(reversed)?"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,4}"),
    "datetime": re.compile(r"[0-9A-Za-z:.+ -]{1,40}"),
}
_WEB = re.compile(r"https?://[^\s/\\?#@][^\s\\\"<>`^{|}]*", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s\\\"<>@]+@[^\s\\\"<>@]+", re.IGNORECASE)
_RES = re.compile(r"res/[0-9a-f]{64}\.(?:png|jpg|gif|webp|avif)")
_ANY_TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
_PAIR = re.compile(r'\s([a-z-]+)="([^"]*)"')
_NEWLINES = re.compile(r"\r\n?|\f")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value an attribute may have, or None to drop it."""
    if name in ("href", "src", "data-src") and len(value) > LONGEST_ADDRESS:
        return None
    if name == "href":
        return value if _WEB.fullmatch(value) or _MAIL.fullmatch(value) else None
    if name == "src":
        return value if _RES.fullmatch(value) or _WEB.fullmatch(value) else None
    if name == "data-src":
        return value if _WEB.fullmatch(value) else None
    if name == "rel":  # the cleaner's own, set below; a page's own is not among the allowed
        return value
    if name == "alt":
        return value[:2000]
    rule = _VALUES.get(name)
    return value if rule is not None and rule.fullmatch(value) else None


# Without huge_tree what lies deeper than 256 would vanish in silence.
_DEEP_PARSER = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(DROPPED),
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    strip_comments=True,
    link_rel="noopener noreferrer",
    url_schemes={"http", "https", "mailto"},
)


def clean(html: str, pictures: Mapping[str, str] = MappingProxyType({})) -> str:
    """Only article markup, no ids, no styles, no scripts, nothing that loads.

    ``pictures`` maps an absolute picture address to its ``res/<64 hex>.<ext>``. A picture not in it keeps
    its address in ``data-src``; a picture with neither is replaced by its alt text. Idempotent. Raises
    `errors.Refused` over 20 MiB or when elements are nested deeper than 512.
    """
    if len(html) > MAX_BYTES:
        raise Refused(tr("This page is too large to be shown: more than 20 MB of text and markup."))
    cleaned = _CLEANER.clean(_bounded(_plain(html)))
    return _point_pictures(_plain(cleaned), pictures)


def res_name(sha256: str, ext: str) -> str:
    """``res/<64 hex>.<ext>``: the only form of a picture source that passes the gate."""
    return f"res/{sha256}.{ext}"


def _plain(html: str) -> str:
    """Without carriage returns and control characters; asked twice, as ``&#13;`` brings one back."""
    return _CONTROL.sub("", _NEWLINES.sub("\n", html))


def _bounded(html: str) -> str:
    """The same HTML within `MAX_DEPTH` and `MAX_REOPENED`; written anew with every end tag when it is not."""
    if _is_bounded(measure(html)):
        return html
    try:
        tree = lxml_html.fragment_fromstring(html, create_parent="div", parser=_DEEP_PARSER)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused(tr("This page's markup cannot be read.")) from error
    etree.strip_elements(tree, *DROPPED, with_tail=False)
    html = etree.tostring(tree, method="html", encoding="unicode", with_tail=False)
    if not _is_bounded(measure(html)):
        raise Refused(tr("This page nests its elements too deeply to be shown."))
    return html


def _is_bounded(bounds: Bounds) -> bool:
    return bounds.depth <= MAX_DEPTH and bounds.reopened <= MAX_REOPENED


def _point_pictures(html: str, pictures: Mapping[str, str]) -> str:
    """Cleaned HTML whose pictures show a kept file, or only remember their address, or are their alt text."""
    if "<img" not in html:
        return html

    def point(match: re.Match[str]) -> str:
        tag = match[0]
        return _picture(dict(_PAIR.findall(tag)), pictures) if tag.startswith("<img") else tag

    return _ANY_TAG.sub(point, html)


def _picture(attributes: dict[str, str], pictures: Mapping[str, str]) -> str:
    """One ``<img>``; values come and go in their escaped form."""
    src = attributes.pop("src", "")
    address = attributes.pop("data-src", "")
    if not _RES.fullmatch(src):
        address = address or src
        src = pictures.get(unescape(address), "")
    if _RES.fullmatch(src):
        attributes = {"src": src, **attributes}
    elif address:
        attributes = {"data-src": address, **attributes}
    else:
        return escape(unescape(attributes.get("alt", "")), quote=False)
    return "<img " + " ".join(f'{name}="{value}"' for name, value in attributes.items()) + ">"
