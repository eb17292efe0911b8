"""BibTeX, for LaTeX and reference managers: an ``@misc`` for each source, which every style knows.

The surprising fact: words are escaped for LaTeX and addresses are not, they are verbatim; what could end its
braces is percent-encoded in them.
"""

from collections.abc import Iterator
from pathlib import Path

from desktop.share.export import references
from desktop.share.export.references import Keys, Name
from desktop.share.export.selection import Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file

_SIGNS = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
"""Braces are named: BibTeX counts them, also those with a backslash before."""
_IN_ADDRESS = str.maketrans({char: f"%{ord(char):02X}" for char in '{}\\"<>^`| '})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`."""

    def pieces(steps: Steps) -> Iterator[bytes]:
        keys = Keys()
        for one in items.without_text():
            yield entry(one, keys.of(one)).encode()
            steps.step("bibtex")

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


def entry(one: Exported, key: str) -> str:
    """The source as one entry, with an empty line behind it."""
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(one) if value]
    issued = references.issued_of(one)
    if len(issued) > 1:
        lines.insert(3, f"  month = {_MONTHS[issued[1] - 1]},")
    return "\n".join([f"@misc{{{key},", *lines, "}", "", ""])


def _fields(one: Exported) -> Iterator[tuple[str, str]]:
    issued, seen = references.issued_of(one), references.seen_of(one)
    address = address_of(one.url)
    yield "author", " and ".join(_author(name) for name in references.names_of(one))
    yield "title", f"{{{escaped(references.title_of(one))}}}"
    yield "year", f"{issued[0]:04}" if issued else ""
    yield "date", "-".join(f"{part:02}" for part in issued)
    yield "organization", escaped(references.site_of(one))
    yield "howpublished", f"\\url{{{address}}}"
    yield "url", address
    yield "urldate", "{}-{:02}-{:02}".format(*seen) if seen else ""
    yield "language", escaped(references.one_line(one.lang))
    yield "keywords", ", ".join(escaped(references.one_line(tag.replace(",", " "))) for tag in one.tags)
    yield "abstract", escaped(references.excerpt_of(one))
    yield "annote", " \\par ".join(escaped(line) for line in references.said_of(one))


def escaped(text: str) -> str:
    """Text on one line that LaTeX shows as it is."""
    return text.translate(_SIGNS)


def address_of(url: str) -> str:
    """The address, with nothing in it that ends a field."""
    return "".join(references.one_line(url).translate(_IN_ADDRESS).split())


def _author(name: Name) -> str:
    """A whole name stands in its own braces, so that it is not cut at ``and`` or a comma."""
    return escaped(name.inverted) if name.given else f"{{{escaped(name.family)}}}"
