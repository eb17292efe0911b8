"""Texts out of the code, into the catalogues, compiled: ``extract``, ``update``, ``compile``, ``check``.

``extract`` writes ``desktop/languages/kithbook.pot``; ``update`` carries it into every ``kithbook.po`` (new
texts are empty, gone ones are dropped, nothing is guessed); ``compile`` writes the ``.mo`` beside it;
``check`` says what is missing and ends with 1. Without a word: all of them in this order.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ROOM = ROOT / "desktop" / "languages"
TEMPLATE = ROOM / "kithbook.pot"
KEYWORDS = {"tr": None, "mark": None, "trn": (1, 2), "trc": ((1, "c"), 2)}
WIDTH = 110
HEADER = "# Texts of Kithbook. Written by packaging/translations.py."
_FIELD = re.compile(r"\{[^{}]*\}")
_TAG = re.compile(r"</?[a-z][^<>]*>")


def extracted() -> Catalog:
    """Every text of the code, in the order of the alphabet; places are left out, as they move."""
    catalog = Catalog(project="Kithbook", charset="utf-8", header_comment=HEADER, fuzzy=False)
    found = extract_from_dir(
        str(ROOT / "desktop"), [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",),
        strip_comment_tags=True,
    )  # fmt: skip
    for name, _line, text, comments, context in found:
        if not text:  # a function of another room that has the same name
            continue
        catalog.add(text, None, [(f"desktop/{name}", None)], auto_comments=comments, context=context)
    return catalog


def catalogues() -> list[Path]:
    """The ``.po`` file of each language."""
    return sorted(ROOM.glob("*/LC_MESSAGES/kithbook.po"))


def read(path: Path) -> Catalog:
    """A ``.po`` file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def as_po(catalog: Catalog) -> bytes:
    """A catalogue as text; dates are left out, so that the same texts are the same bytes."""
    out = io.BytesIO()
    write_po(out, catalog, width=WIDTH, sort_output=True, ignore_obsolete=True, no_location=True)
    dated = re.compile(
        rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|Language-Team):.*\n',
        re.MULTILINE,
    )
    return dated.sub(b"", out.getvalue())


def as_mo(catalog: Catalog) -> bytes:
    """A catalogue compiled, without the dates of its header."""
    fresh = read_po(io.BytesIO(as_po(catalog)), locale=catalog.locale)
    out = io.BytesIO()
    write_mo(out, fresh)
    return re.sub(rb"(POT-Creation-Date|PO-Revision-Date|Generated-By): [^\n\x00]*", _blank, out.getvalue())


def _blank(found: "re.Match[bytes]") -> bytes:
    return found.group(1) + b":" + b" " * (len(found.group()) - len(found.group(1)) - 1)


def updated(path: Path, template: Catalog) -> Catalog:
    """The language's catalogue with the texts of the code, none more."""
    catalog = read(path)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment, catalog.fuzzy = HEADER, False
    return catalog


def extract() -> None:
    """Write the template."""
    TEMPLATE.write_bytes(as_po(extracted()))


def update() -> None:
    """Carry the template into each language."""
    template = extracted()
    for path in catalogues():
        path.write_bytes(as_po(updated(path, template)))


def compile_() -> None:
    """Write the compiled catalogues."""
    for path in catalogues():
        path.with_suffix(".mo").write_bytes(as_mo(read(path)))


def pairs(message: Message) -> Iterator[tuple[tuple[str, ...], str]]:
    """The English text and its translation; of a plural, both English forms with each form."""
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    for form in forms:
        yield english, form


def faults(path: Path, template: Catalog) -> Iterator[str]:
    """What is not in order in one language, a sentence each; ``template``: what `extracted` gave."""
    catalog = read(path)
    name = path.parent.parent.name
    if as_po(updated(path, template)) != path.read_bytes():
        yield f"{name}: the code has other texts; run update."
    for message in catalog:
        if not message.id:
            continue
        if message.fuzzy:
            yield f"{name}: a guess: {message.id!r}"
        for english, said in pairs(message):
            if not said:
                yield f"{name}: missing: {english[0]!r}"
            elif not _same(english, said):
                yield f"{name}: other placeholders: {english[0]!r} {said!r}"
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != as_mo(catalog):
        yield f"{name}: the compiled file is another; run compile."


def _same(english: tuple[str, ...], said: str) -> bool:
    """The same fields and tags in both, in any order; of a plural, those of either English form."""
    fields = [sorted(_FIELD.findall(form)) for form in english]
    tags = [sorted(_TAG.findall(form)) for form in english]
    return sorted(_FIELD.findall(said)) in fields and sorted(_TAG.findall(said)) in tags


def check() -> int:
    """Print what is not in order; 1 when there is something."""
    template = extracted()
    found = [fault for path in catalogues() for fault in faults(path, template)]
    if not TEMPLATE.exists() or TEMPLATE.read_bytes() != as_po(template):
        found.append("kithbook.pot is not what the code says; run extract.")
    print("\n".join(found) or "The catalogues are complete.")
    return 1 if found else 0


def main(words: list[str]) -> int:
    """Do what is asked for, in this order."""
    wanted = words or ["extract", "update", "compile", "check"]
    for name, act in (("extract", extract), ("update", update), ("compile", compile_)):
        if name in wanted:
            act()
    return check() if "check" in wanted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
