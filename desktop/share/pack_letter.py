"""The mail that a pack goes with: what a colleague reads before they open the file.

Surprising: of an encrypted pack the mail says nothing but that it is one. Its title, the titles in it and the
message would otherwise travel in the open, beside the file that was locked because of them.
"""

from dataclasses import replace

from desktop.languages import chosen, tr, trn, writing
from desktop.share import letters, page_html
from desktop.share.file_names import one_line
from desktop.share.letters import Enclosure, Letter
from desktop.share.rich_text import RichText, of_items
from desktop.share.values import Pack

_MOST = 40
"""Items that are named; a longer mail is not read."""
_MIMES = {".html": "text/html", ".zip": "application/zip", ".age": "application/octet-stream"}


def of_pack(
    pack: Pack, name: str, data: bytes, to: tuple[str, ...], sender: str = "", sender_name: str = ""
) -> Letter:
    """The mail with the file in it. ``name``: of the file; one that ends in ``.age`` is encrypted."""
    said = _words(pack, is_encrypted=name.endswith(".age"))
    html = page_html.page(lang=chosen(), title=_subject(pack, name.endswith(".age")), body=said.html)
    mime = next(
        (kind for ending, kind in _MIMES.items() if name.endswith(ending)), "application/octet-stream"
    )
    enclosed = (Enclosure(name, data, mime),)
    return Letter(to, _subject(pack, name.endswith(".age")), said.text, html, sender, sender_name, enclosed)


def mailto(pack: Pack, name: str, to: tuple[str, ...]) -> str:
    """An address that opens an empty mail with these words, for the person to put the file into.

    Raises BadInput for an address.
    """
    is_encrypted = name.endswith(".age")
    return letters.mailto(to, _subject(pack, is_encrypted), _words(pack, is_encrypted=is_encrypted).text)


def _subject(pack: Pack, is_encrypted: bool) -> str:
    if is_encrypted:
        return tr("An encrypted pack")
    number = len(pack.items)
    counted = trn("{n} thing worth reading", "{n} things worth reading", number)
    return one_line(pack.title, 120) or counted.format(n=writing.number(number))


def _words(pack: Pack, *, is_encrypted: bool) -> RichText:
    if is_encrypted:
        said = tr("The enclosed file is encrypted. Open it with Kithbook, or with the program age.")
        return RichText(page_html.lines(said), said, said)
    # Highlights stay in the file: the mail says what it is about.
    named = [replace(one, annotations=()) for one in pack.items[:_MOST]]
    whole = of_items(named, pack.message)
    more = len(pack.items) - len(named)
    ends = [tr("… and {n} more in the file.").format(n=writing.number(more))] if more else []
    ends.append(
        tr("The enclosed file has it all, with quotations: any browser opens it, Kithbook takes it in.")
    )
    return RichText(
        whole.html + "".join(page_html.lines(end) for end in ends),
        "\n\n".join([whole.text, *ends]),
        "\n\n".join([whole.markdown, *ends]),
    )
