"""Code listings: one ``<pre><code class="language-x">`` with its line breaks, and nothing of the page's
decoration.

Surprising: highlighters put every line into an element of its own, often without any line break in the text,
and number the lines in a table; both must be undone before a listing can be read.
"""

# ruff: noqa: SIM905, E501 - tables of words are read more easily as text

import re

from lxml import etree

from desktop.text import dom
from desktop.text.dom import Element

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight|brush:|code|hljs|sourcecode|prettyprint lang)[-_ ]\s*([a-z0-9+#.]{1,20})(?:\s|$|;)",
    re.IGNORECASE,
)
_NOT_LANGUAGES = frozenset(
    "plaintext text none plain txt default block wrapper container example highlight code pre toolbar box snippet inline sample".split()
)
_KNOWN = frozenset(
    "python py javascript js typescript ts java c cpp c++ csharp cs go rust ruby rb php bash sh shell console html xml css scss "
    "json yaml yml toml sql kotlin swift scala r perl lua haskell clojure elixir erlang dart julia matlab powershell docker "
    "dockerfile makefile ini diff markdown md graphql groovy jsx tsx vim zsh nginx pycon ocaml fsharp objc latex tex".split()
)
_GUTTER = re.compile(
    r"(?:^|[\s_-])(?:gutter|linenos?|line-?numbers?(?:-rows)?|lineno|linenodiv|blob-num|line_numbers|ln-num|hljs-ln-numbers|rouge-gutter|code-copy|copy-?button|copybtn)(?:$|[\s_-])"
)
_LINE = re.compile(
    r"(?:^|[\s_-])(?:line|code-line|token-line|view-line|cl|react-code-line|blob-code|ec-line|row)(?:$|\s)"
)
# Around the links of a listing while its lines are settled: code points that Unicode keeps out of texts.
_OPEN, _TEXT, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARK = re.compile(f"[{_OPEN}{_TEXT}{_CLOSE}]")
_MARKED = re.compile(f"{_OPEN}(\\d+){_TEXT}(.*?){_CLOSE}", re.DOTALL)


def plain_listings(tree: Element) -> None:
    """Makes every listing of the tree plain, in place."""
    for element in tree.xpath(".//*[@data-kb-pre]"):
        if element.tag not in ("pre", "code") and _holds_lines(element):
            element.tag = "pre"
    _unfold_tables(tree)
    for code in list(tree.iter("code")):
        if _is_block_code(code):
            outer = etree.Element("pre", dict(code.attrib))
            dom.replace(code, outer)
            outer.append(code)
    for pre in list(tree.iter("pre")):
        if pre.getparent() is not None and pre.find("code[@class='language-tex']") is None:
            _make_plain(pre)


def _holds_lines(element: Element) -> bool:
    text = "".join(element.itertext()).strip()
    return "\n" in text and element.find(".//p") is None


def _is_block_code(code: Element) -> bool:
    """Code of several lines that stands alone in its container without a ``pre``."""
    parent = code.getparent()
    if (
        parent is None
        or parent.tag in ("pre", "p", "li", "td", "span", "a")
        or len(parent) != 1
        or (parent.text or "").strip()
    ):
        return False
    if any(outer.tag == "pre" for outer in code.iterancestors()):
        return False
    return "\n" in "".join(code.itertext()).strip() or len(code.findall(".//br")) > 1


def _unfold_tables(tree: Element) -> None:
    """A table whose one column is line numbers and whose other is code is a listing."""
    for table in list(tree.iter("table")):
        rows = list(table.iter("tr"))
        if table.getparent() is None or not rows or table.find(".//table") is not None:
            continue
        listings = list(table.iter("pre"))
        is_code = bool(re.search(r"highlight|code|hljs-ln|syntax|rouge|blob", dom.classes(table)))
        if not is_code and not any(
            re.search(r"(?:^|\s)(?:code|blob-code|hljs-ln-code|rouge-code)", dom.classes(c))
            for c in table.iter("td")
        ):
            continue
        if len(rows) == 1 and listings:
            kept = max(listings, key=lambda pre: len("".join(pre.itertext())))
            _keep_only(table, kept)
        elif len(rows) == 1 and table.find(".//code") is None and not is_code:
            continue
        else:
            _lines_of_rows(table, rows)


def _keep_only(table: Element, pre: Element) -> None:
    language = _language_of(pre)
    new = etree.Element("pre", {"class": f"language-{language}"} if language else {})
    for name in ("text",):
        setattr(new, name, pre.text)
    for child in list(pre):
        new.append(child)
    dom.replace(table, new)


def _lines_of_rows(table: Element, rows: list[Element]) -> None:
    lines = []
    for row in rows:
        cells = [c for c in row.iterchildren("td", "th") if not _GUTTER.search(dom.classes(c))]
        cells = [c for c in cells if not re.fullmatch(r"[\d\s]*", "".join(c.itertext()))] or cells[-1:]
        lines.append("".join("".join(c.itertext()) for c in cells).rstrip("\n"))
    outer = next((p for p in table.iterancestors("pre")), None)
    language = _language_of(table)
    new = etree.Element("pre", {"class": f"language-{language}"} if language else {})
    new.text = "\n".join(lines)
    if outer is not None:
        new.tag = "span"
    dom.replace(table, new)


def _make_plain(pre: Element) -> None:
    """Only text with line breaks, in a ``code`` when the page says that it is code; else links stay."""
    language = _language_of(pre)
    is_code = bool(language) or pre.find(".//code") is not None
    for element in list(pre.iter(etree.Element)):
        if element is not pre and (
            element.tag in ("button", "style", "script") or _GUTTER.search(dom.classes(element))
        ):
            dom.remove(element)
    hrefs = [] if is_code or _MARK.search("".join(pre.itertext())) else _mark_links(pre)
    text = _text_of(pre).replace("\xa0", " ").replace("\u200b", "")
    tail, keep = pre.tail, pre.get("id")
    pre.clear()
    pre.tail = tail
    if keep:
        pre.set("id", keep)
    text = re.sub(r"[ \t]+\n", "\n", text).strip("\n")
    if is_code:
        code = etree.SubElement(pre, "code", {"class": f"language-{language}"} if language else {})
        code.text = text
    else:
        _fill(pre, text, hrefs)


def _mark_links(pre: Element) -> list[str]:
    """Put marks around the text of each link that leads away; where they lead."""
    links = [link for link in pre.iter("a") if not link.get("href", "#").startswith("#")]
    for number, link in enumerate(links):
        link.text = f"{_OPEN}{number}{_TEXT}{link.text or ''}"
        if len(link):
            link[-1].tail = (link[-1].tail or "") + _CLOSE
        else:
            link.text += _CLOSE
    return [link.get("href", "") for link in links]


def _fill(pre: Element, text: str, hrefs: list[str]) -> None:
    """The text with its marked links as elements again."""
    if not hrefs:
        pre.text = text
        return
    pre.text, *rest = _MARKED.split(text)
    for number, inner, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        link = etree.SubElement(pre, "a", {"href": hrefs[int(number)]})
        link.text, link.tail = inner, after


def _text_of(pre: Element) -> str:
    """The text, with a line end wherever an element starts or ends a line."""
    parts: list[str] = []

    def add(text: str | None) -> None:
        if text:
            parts.append(text)

    def end_line() -> None:
        if parts and not parts[-1].endswith("\n"):
            parts.append("\n")

    has_lines = _has_unbroken_lines(pre)
    for event, element in etree.iterwalk(pre, events=("start", "end")):
        is_line = element is not pre and (
            element.tag in dom.BLOCKS or (has_lines and _LINE.search(dom.classes(element)) is not None)
        )
        if event == "start":
            if is_line:
                end_line()
            add("\n" if element.tag == "br" else None)
            add(element.text)
        elif element is not pre:
            tail = element.tail or ""
            if is_line:
                end_line()
                tail = tail.removeprefix("\n") if not tail.strip() else tail
            add(tail)
    return "".join(parts)


def _has_unbroken_lines(pre: Element) -> bool:
    """True when lines are elements and the text has no line ends between them."""
    lines = [e for e in pre.iter("span", "code", "div") if _LINE.search(dom.classes(e))]
    return len(lines) > 1 and not any(
        "\n" in (line.tail or "") or "\n" in "".join(line.itertext())[-1:] for line in lines[:-1]
    )


def _language_of(element: Element) -> str:
    """The language that the listing or what stands closely around it names; empty when none does."""
    inner = [element, *element.iter("code")]
    around = [outer for outer, _ in zip(element.iterancestors(), range(3), strict=False)]
    for one in (*inner, *around):
        for name in (
            "data-lang",
            "data-language",
            "data-code-language",
            "lang" if one.tag in ("pre", "code") else "data-lang",
        ):
            value = (one.get(name) or "").strip().lower()
            if re.fullmatch(r"[a-z0-9+#.-]{1,20}", value) and value not in _NOT_LANGUAGES:
                return value
        words = one.get("class") or ""
        match = _LANGUAGE.search(words)
        if match and match[1].lower() not in _NOT_LANGUAGES and (one in inner or match[1].lower() in _KNOWN):
            return match[1].lower()
        if one.tag in ("pre", "code") or re.search(r"sourceCode|hljs|prism|brush|highlight", words):
            known = [w.lower() for w in words.split() if w.lower() in _KNOWN]
            if known:
                return known[0]
    return ""
