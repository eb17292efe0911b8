"""How far long work is, on a screen; nothing where nobody looks."""

import sys

from desktop.library.archive.format import Progress


def told(progress: Progress) -> None:
    """Rewrite one line on standard error."""
    if sys.stderr.isatty():
        part = progress.done * 100 // max(1, progress.total)
        print(f"\r{part:3} %  {progress.what:<16}", end="\n" if part >= 100 else "", file=sys.stderr)


def size(number: int) -> str:
    """Bytes as people read them."""
    if number < 1 << 20:
        return f"{max(1, number >> 10):,} KB"
    return f"{number / (1 << 20):,.1f} MB"


def counted(number: int, noun: str) -> str:
    """Say "1 page", "2 pages"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
