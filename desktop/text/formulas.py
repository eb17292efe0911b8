"""Formulas become TeX in ``<code class="language-tex">`` before anything else looks at the page.

Surprising: one formula stands on a page up to three times (for the eye, for screen readers, as a picture);
the outermost element is replaced, so that it is kept once. A formula on a line of its own becomes a
``<pre>``.
"""

import re

from lxml import etree

from desktop.text import dom
from desktop.text.dom import Element
from desktop.text.mathml import tex_from_mathml

_OUTER = re.compile(
    r"(?:^|\s)(?:katex-display|katex|mwe-math-element|mathjax_display|mathjax|mathjax_svg_display|mjx-chtml|math-container)(?:$|\s)"
)
_STYLE = re.compile(r"^\{\\(?:display|text)style\s*(.*)\}$", re.DOTALL)
_DELIMITED = re.compile(r"\$\$(.{1,2000}?)\$\$|\\\[(.{1,2000}?)\\\]|\\\((.{1,1000}?)\\\)", re.DOTALL)
_ENGINE = re.compile(r"mathjax|katex", re.IGNORECASE)


def formulas_to_tex(tree: Element) -> None:
    """Replaces every formula in the tree by its TeX."""
    has_engine = any(
        _ENGINE.search(script.get("src") or script.get("id") or "") for script in tree.iter("script")
    )
    for script in list(tree.iter("script")):
        kind = (script.get("type") or "").lower()
        if kind.startswith("math/tex"):
            _drop_rendered(script)
            _put(script, script.text or "", is_display="display" in kind)
    for math in list(tree.iter("math")):
        if math.getroottree().getroot() is tree:
            outer = _outermost(math)
            _put(outer, _tex_of(math), is_display=_is_display(math, outer))
    for picture in list(tree.iter("img")):
        if re.search(r"(?:^|\s)(?:latex|tex|math)(?:\s|$)", picture.get("class") or "") and picture.get(
            "alt"
        ):
            _put(picture, picture.get("alt") or "", is_display=False)
    for element in tree.xpath(".//*[self::span or self::div][@data-tex or @data-latex or @data-math]"):
        tex = element.get("data-tex") or element.get("data-latex") or element.get("data-math")
        if tex and element.getparent() is not None:
            _put(element, tex, is_display=element.tag == "div")
    if has_engine:
        _delimited_to_tex(tree)


def _tex_of(math: Element) -> str:
    for note in math.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower() and (note.text or "").strip():
            return note.text or ""
    return math.get("alttext") or math.get("data-latex") or tex_from_mathml(math)


def _outermost(math: Element) -> Element:
    """The element that holds all renderings of one formula."""
    outer = math
    for around in math.iterancestors():
        if around.tag in ("mjx-container", "mjx-assistive-mml") or _OUTER.search(
            (around.get("class") or "").lower()
        ):
            outer = around
        elif around.tag in dom.BLOCKS and around.tag != "div":
            break
    return outer if sum(1 for _ in outer.iter("math")) == 1 else math


def _is_display(math: Element, outer: Element) -> bool:
    name = (outer.get("class") or "").lower()
    return (
        math.get("display") == "block"
        or outer.get("display") == "true"
        or "display" in name
        or any("display" in (e.get("class") or "") for e in outer.iter("img"))
    )


def _drop_rendered(script: Element) -> None:
    """MathJax 2 puts what it drew before its script."""
    for _ in range(3):
        before = script.getprevious()
        if (
            before is None
            or "mathjax" not in (before.get("class") or "").lower()
            or (before.tail or "").strip()
        ):
            return
        dom.remove(before)


def _put(element: Element, tex: str, *, is_display: bool) -> None:
    tex = tex.strip()
    styled = _STYLE.match(tex)
    tex = (styled[1] if styled else tex).strip()
    if not tex:
        dom.remove(element)
        return
    code = etree.Element("code", {"class": "language-tex"})
    code.text = tex
    if is_display:
        whole = etree.Element("pre")
        whole.append(code)
        code = whole
    dom.replace(element, code)


def _delimited_to_tex(tree: Element) -> None:
    """Formulas written between delimiters, on pages that load an engine to draw them."""
    for element in list(dom.body_of(tree).iter(etree.Element)):
        if element.tag in ("pre", "code", "script", "style", "textarea"):
            continue
        if element.text and _DELIMITED.search(element.text):
            element.text = _split(element, element.text, 0)
        if element.tail and element.getparent() is not None and _DELIMITED.search(element.tail):
            element.tail = _split(element.getparent(), element.tail, element.getparent().index(element) + 1)


def _split(parent: Element, text: str, place: int) -> str:
    """Puts the formulas of a text into ``parent`` from ``place`` on;
    gives back what stands before the first.
    """
    parts = _DELIMITED.split(text)
    for k in range(1, len(parts), 4):
        tex = parts[k] or parts[k + 1] or parts[k + 2] or ""
        code = etree.Element("code", {"class": "language-tex"})
        code.text = tex.strip()
        made = code
        if parts[k + 2] is None:
            made = etree.Element("pre")
            made.append(code)
        made.tail = parts[k + 3]
        parent.insert(place, made)
        place += 1
    return parts[0]
