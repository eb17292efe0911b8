"""Makes a page's markup plain before blocks are cut from it: what never is text goes, lazy pictures get
their address.

Surprising: buttons are unwrapped inside headings (accordions) and dropped elsewhere ("Copy", "Share").
"""

import re
from urllib.parse import urljoin

from desktop.text import dom
from desktop.text.dom import Element
from desktop.text.footnotes import tidy_marks

_JUNK = [
    "script",
    "style",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "canvas",
    "input",
    "select",
    "textarea",
    "audio",
    "video",
    "link",
    "meta",
    "head",
    "title",
    "datalist",
    "dialog",
    "progress",
    "meter",
    "map",
    "param",
    "frameset",
    "noframes",
]
_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-hi-res-src",
    "data-image",
    "data-img-src",
)
_NO_PICTURE = re.compile(
    r"^data:|^about:|^blob:|(?:^|[/_.-])(?:blank|spacer|pixel|placeholder|transparent|lazyload|1x1)[._-]",
    re.I,
)
# Addresses that urljoin would only repeat, or put behind the host; it is slow, and pages have many of them.
_REST = r"(?:\?[\w.~%+@,:=&/-]+)?(?:#[\w.~%+@,:=&/-]+)?"
_WHOLE = re.compile(r"https?://[\w.-]+(?:/[\w.~%+@,:=&/-]*)?" + _REST, re.ASCII)
_FROM_ROOT = re.compile(r"/(?!/)[\w.~%+@,:=&/-]*" + _REST, re.ASCII)
_ROOT = re.compile(r"https?://[\w.-]+(?::[0-9]+)?(?=[/?#]|$)", re.ASCII)
_INLINE = frozenset(("span", "a", "b", "i", "em", "strong", "small", "sup", "sub", "label", "abbr"))
_EDIT = frozenset([
    "edit", "edit source", "edit section", "bearbeiten", "quelltext bearbeiten", "modifier",
    "editar", "editar código", "modifica", "modifica wikitesto", "bewerken", "redigera", "rediger", "muokkaa",
    "modifier le code", "edytuj", "править", "править код", "編集", "编辑", "편집",
])  # fmt: skip
_ANCHOR_TEXT = frozenset(("", "#", "¶", "§", "🔗", "link", "permalink", "anchor", "copy link", "direct link"))


def tidy(tree: Element, url: str) -> None:
    """Prepares the tree in place; addresses become absolute by ``url`` and the page's ``base``."""
    base = _base(tree, url)
    rescue_noscript_pictures(tree)
    for element in list(tree.iter(*_JUNK)):
        dom.remove(element)
    _drop_hidden_words(tree)
    for button in list(tree.iter("button")):
        if any(
            outer.tag in dom.HEADINGS or outer.tag in ("summary", "dt") for outer in button.iterancestors()
        ):
            dom.unwrap(button)
        else:
            dom.remove(button)
    _drop_heading_tools(tree)
    for picture in list(tree.iter("img")):
        _settle_picture(picture, base)
    for element in list(tree.iter("picture", "source", "track")):
        dom.unwrap(element)
    for link in list(tree.iter("a")):
        _settle_link(link, base, url)
    tidy_marks(tree)


def _drop_heading_tools(tree: Element) -> None:
    """Links to edit a section and signs to link to it: they are no part of a heading's text."""
    for element in tree.xpath(".//*[contains(@class, 'editsection')]"):
        if len(dom.text_of(element)) < 60:
            dom.remove(element)
    for heading in tree.iter(*dom.HEADINGS):
        for link in list(heading.iter("a")):
            label = dom.text_of(link).strip("[] \u200b\ufeff").casefold()
            is_sign = label != "" and not any(map(str.isalnum, label))
            if (label in _EDIT or is_sign) and link.find(".//img") is None and label != _words_of(heading):
                _drop_with_brackets(link)


def _words_of(heading: Element) -> str:
    return dom.text_of(heading).strip("[] ").casefold()


def _drop_with_brackets(link: Element) -> None:
    """``Title [edit]`` becomes ``Title`` where only the word is a link."""
    before, parent = link.getprevious(), link.getparent()
    ahead = (parent.text if before is None else before.tail) or ""
    if ahead.rstrip().endswith("[") and (link.tail or "").lstrip().startswith("]"):
        link.tail = link.tail.lstrip()[1:]
        ahead = ahead.rstrip()[:-1].rstrip()
        if before is None:
            parent.text = ahead
        else:
            before.tail = ahead
    dom.remove(link)


def _drop_hidden_words(tree: Element) -> None:
    """Words within a line that the browser did not show; whole hidden blocks are left out later,
    where they can be seen.
    """
    for element in tree.xpath(".//*[@data-kb-hidden]"):
        if element.tag in _INLINE and element.find(".//img") is None:
            dom.remove(element)


def _base(tree: Element, url: str) -> str:
    element = tree.find(".//base[@href]")
    return url if element is None else urljoin(url, element.get("href"))


def rescue_noscript_pictures(tree: Element) -> None:
    """A lazy picture often stands beside a ``<noscript>`` with the real one."""
    for noscript in list(tree.iter("noscript")):
        real = noscript.find(".//img[@src]")
        before = noscript.getprevious()
        if real is not None and before is not None:
            images = [before] if before.tag == "img" else list(before.iter("img"))
            if images and not _real_source(images[-1]):
                images[-1].set("src", real.get("src"))
            elif not images and not (noscript.tail or "").strip():
                noscript.addprevious(_copy_of(real))
        elif real is not None:
            noscript.addprevious(_copy_of(real))
        dom.remove(noscript)


def _copy_of(picture: Element) -> Element:
    return dom.new("img", src=picture.get("src") or "", alt=picture.get("alt") or "")


def _real_source(picture: Element) -> str:
    """The picture's address as the page wrote it, or empty when it is only a placeholder."""
    src = (picture.get("src") or "").strip()
    if src and not _NO_PICTURE.search(src):
        return src
    for name in _LAZY:
        value = (picture.get(name) or "").strip()
        if value and not _NO_PICTURE.search(value) and not value.startswith(("{", "[")):
            return value
    sets = [picture.get("srcset"), picture.get("data-srcset"), picture.get("data-lazy-srcset")]
    # The parser does not know that ``source`` is void, so it stands around the picture.
    outer = next(picture.iterancestors("picture"), None)
    if outer is not None:
        sets += [s.get("srcset") or s.get("data-srcset") for s in outer.iter("source")]
    for candidates in sets:
        found = _largest(candidates or "")
        if found:
            return found
    return ""


def _largest(candidates: str) -> str:
    """The address with the greatest width of a ``srcset``."""
    best, width = "", -1.0
    for candidate in re.split(r",\s+", candidates.strip()):
        parts = candidate.split()
        if not parts or parts[0].startswith("data:"):
            continue
        size = (
            float(parts[1][:-1])
            if len(parts) > 1 and re.fullmatch(r"[0-9.]+[wx]", parts[1]) and parts[1][0] != "."
            else 0.0
        )
        if size > width:
            best, width = parts[0].rstrip(","), size
    return best


def _settle_picture(picture: Element, base: str) -> None:
    """Gives a picture its absolute address, or drops it: no address, or a tracking pixel."""
    src = _real_source(picture)
    address = _absolute(base, src)
    if not address or _is_tiny(picture):
        dom.remove(picture)
        return
    alt = " ".join((picture.get("alt") or "").split())
    keep = {
        name: picture.get(name) for name in ("class", "width", "height", "data-kb-width", "data-kb-height")
    }
    picture.attrib.clear()
    picture.set("src", address)
    picture.set("alt", alt)
    for name, value in keep.items():
        if value:
            picture.set(name, value)


def _is_tiny(picture: Element) -> bool:
    """A tracking pixel or a spacer."""
    sizes = [
        int(match[0])
        for name in ("width", "height", "data-kb-width", "data-kb-height")
        if (match := re.match(r"[0-9]{1,5}", picture.get(name) or ""))
    ]
    return bool(sizes) and min(sizes) <= 3


def _absolute(base: str, address: str) -> str:
    """The http(s) or mailto address, or empty."""
    address = address.strip()
    if not address or address[:11].lower() == "javascript:":
        return ""
    if _WHOLE.fullmatch(address):
        return address
    if "/." not in address and _FROM_ROOT.fullmatch(address) and (root := _ROOT.match(base)):
        return root[0] + address
    try:
        full = urljoin(base, address)
    except ValueError:
        return ""
    full = (
        full.replace(" ", "%20")
        .replace('"', "%22")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("\\", "/")
    )
    full = re.sub(r"[`^{|}]", lambda m: f"%{ord(m[0]):02X}", full)
    return full if full[:8].lower().startswith(("http://", "https://", "mailto:")) else ""


def _is_anchor(link: Element) -> bool:
    label = dom.text_of(link).strip("\u200b\ufeff").casefold()
    return label in _ANCHOR_TEXT and link.find(".//img") is None


def _settle_link(link: Element, base: str, url: str) -> None:
    """Absolute address; a link into the page itself keeps its fragment for the footnotes;
    anchors of headings go.
    """
    href = (link.get("href") or "").strip()
    if (not href or "#" in href) and _is_anchor(link):
        if link.get("id") or link.get("name"):
            link.text = None
            return
        dom.remove(link)
        return
    if href.startswith("#") or (url and href.startswith(url.split("#")[0] + "#")):
        link.set("href", "#" + href.partition("#")[2])
        return
    address = _absolute(base, href)
    if address:
        link.set("href", address)
    elif "href" in link.attrib:
        del link.attrib["href"]
