"""Which tables are data, and which only lay out a page.

A data table is kept or left out as a whole; a layout table is taken apart, or a forum's posts would be
"cells".
"""

from lxml import etree

from desktop.text import dom
from desktop.text.dom import Element

PARTS = ("thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
LONG_CELL = 700
"""Characters in one cell above which a table is taken for a layout."""


def flatten_layout_tables(body: Element) -> None:
    """Turns every layout table below ``body`` into plain containers, inner ones first."""
    for table in reversed(list(body.iter("table"))):
        if is_data_table(table):
            continue
        for part in list(table.iter(*PARTS)):
            if next(part.iterancestors("table")) is table:
                part.tag = "div"
        table.tag = "div"


def is_data_table(table: Element) -> bool:
    """True for rows and columns of facts."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return False
    rows = list(table.iter("tr"))
    columns = max((sum(1 for cell in row.iterchildren("td", "th")) for row in rows), default=0)
    if columns < 2 or len(rows) < 2:
        return table.find(".//th") is not None and columns >= 1 and len(rows) >= 2 and _short_cells(table)
    return _short_cells(table) and table.find(".//form") is None


def _short_cells(table: Element) -> bool:
    for cell in table.iter("td", "th"):
        if len("".join(cell.itertext()).strip()) > LONG_CELL:
            return False
        if sum(1 for _ in cell.iter(*dom.HEADINGS)) > 1:
            return False
    return True


def tidy_cells(table: Element) -> None:
    """Makes cells hold what the gate lets through, so that no two lines of a cell run together."""
    for element in list(table.iter(etree.Element)):
        if element.tag in ("div", "section", "article", "p", "center", "address") and element is not table:
            before = element.getprevious()
            if before is not None or (element.getparent().text or "").strip():
                element.addprevious(etree.Element("br"))
            tail = element.tail
            if tail and tail.strip():
                element.tail = None
                line = etree.Element("br")
                line.tail = tail
                element.addnext(line)
            dom.unwrap(element)
