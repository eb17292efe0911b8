"""The pseudo language ``xx``: "Move to Later" becomes "[!!! Móvé tó Látér éé !!!]".

Its one use is in tests: a text without brackets has not gone through `tr`, and one that is cut off will be
cut off in German. Placeholders, HTML tags and entities are left as they are.
"""

import gettext
import re
from typing import Final

CODE: Final = "xx"
OPENING, CLOSING = "[!!! ", " !!!]"
LONGER: Final = 0.3
"""How much longer than English a text becomes, as German is."""

_KEPT = re.compile(r"\{[^{}]*\}|<[^<>]*>|&[a-z]+;|&(?=\w)")
_ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")


def pseudo(text: str) -> str:
    """``text`` in brackets, with accents and about a third longer."""
    pieces = []
    end = 0
    for kept in _KEPT.finditer(text):
        pieces += [text[end : kept.start()].translate(_ACCENTS), kept.group()]
        end = kept.end()
    pieces.append(text[end:].translate(_ACCENTS))
    letters = len(_KEPT.sub("", text))
    return f"{OPENING}{''.join(pieces)}{' é' * round(letters * LONGER / 2)}{CLOSING}"


class Pseudo(gettext.NullTranslations):
    """A catalogue that is made from the English text at run time."""

    def gettext(self, message: str) -> str:
        """The English text, dressed up."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The English form for ``n``, dressed up."""
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The English text, dressed up; a sign that stands inside a number stays as it is."""
        return pseudo(message) if any(map(str.isalpha, message)) else message
