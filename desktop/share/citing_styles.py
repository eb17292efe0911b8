"""The styles of citing that Kithbook knows.

A further style: put its ``.csl`` from https://github.com/citation-style-language/styles unchanged into
``share/styles`` and name it here. Surprising: some styles print title or site twice for a page without an
author when citeproc-py applies them, so that they say here whether they need one.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("styles")


@dataclass(frozen=True, slots=True)
class Style:
    """One style of citing."""

    name: str
    label: str
    """As it is known everywhere; shown as it stands, save for what stands in brackets."""
    files: tuple[tuple[str, str], ...]
    """(language, file without ending); the first one for any other language."""
    needs_author: bool = False
    """Whether a page without an author is by its site, since title or site would stand twice otherwise."""


STYLES: Final = (
    Style("apa", "APA 7", (("en", "apa"),), needs_author=True),
    Style("harvard", "Harvard", (("en", "harvard-cite-them-right"),), needs_author=True),
    Style("chicago", "Chicago", (("en", "chicago-author-date"),), needs_author=True),
    Style("ieee", "IEEE", (("en", "ieee"),)),
    Style("mla", "MLA 9", (("en", "modern-language-association"),), needs_author=True),
    Style("iso690", "ISO 690", (("en", "iso690-author-date-en"), ("de", "iso690-author-date-de"))),
)
BY_NAME: Final = {style.name: style for style in STYLES}
