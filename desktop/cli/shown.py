"""How far long work is, on a screen; nothing where nobody looks."""

import sys

from desktop.languages import trn, writing
from desktop.library.archive.format import Progress


def told(progress: Progress) -> None:
    """Rewrite one line on standard error."""
    if sys.stderr.isatty():
        part = progress.done * 100 // max(1, progress.total)
        print(f"\r{part:3} %  {progress.what:<16}", end="\n" if part >= 100 else "", file=sys.stderr)


def size(number: int) -> str:
    """Bytes as people read them."""
    if number < 1 << 20:
        return f"{writing.number(max(1, number >> 10))} KB"
    return f"{writing.decimal(number / (1 << 20))} MB"


def files(number: int) -> str:
    """Say "1 file", "2 files"."""
    return trn("{n} file", "{n} files", number).format(n=writing.number(number))


def pictures(number: int) -> str:
    """Say "1 picture or saved page", "2 pictures or saved pages"."""
    said = trn("{n} picture or saved page", "{n} pictures or saved pages", number)
    return said.format(n=writing.number(number))
