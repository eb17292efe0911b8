"""Names of files and single lines made of somebody's words: nothing in them deceives, breaks or hides.

Surprising: signs of direction go, though they are lawful text. “gpj.exe” that is turned round by one reads
“exe.jpg”, in a folder as in the subject of a mail.
"""

import re
import unicodedata

_JOINERS = "\u200c\u200d"
"""They make letters of Persian and pictures of families, and turn nothing round."""
_GONE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?= *(?:\.|$))")
"""Names that Windows takes for a device, whatever their ending."""
LONGEST = 80
_MOST_BYTES = 180
"""Of UTF-8: file systems allow 255, and a folder that encrypts names a third less."""


def one_line(text: str, longest: int = 0) -> str:
    """The text on one line, without controls, invisible signs and signs of direction.

    ``longest`` in letters; 0: as long as it is.
    """
    line = " ".join(text.split())
    if not line.isprintable():  # it is for nearly every text, and looking at each letter takes a while
        kept = (letter for letter in line if letter in _JOINERS or unicodedata.category(letter) not in _GONE)
        line = " ".join("".join(kept).split())
    if longest and len(line) > longest:
        return line[: longest - 1].rstrip() + "…"
    return line


def file_name(title: str, ending: str, otherwise: str = "Kithbook") -> str:
    """A name that every system and file server takes: ``file_name("A/B?", ".html") == "A B.html"``.

    ``otherwise`` is taken when nothing of the title is left.
    """
    stem = one_line(_FORBIDDEN.sub(" ", unicodedata.normalize("NFC", title)))
    stem = stem.replace("…", "")[:LONGEST]
    while len(stem.encode("utf-8", "replace")) > _MOST_BYTES:
        stem = stem[:-1]
    stem = stem.strip(" .").lstrip("-~$ .") or otherwise
    return f"{'_' if _DEVICE.match(stem) else ''}{stem}{ending}"
