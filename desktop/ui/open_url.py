"""The one door from the window to a browser, and what the person is told before they go through it.

Surprising: what a link says and where it leads are two things. The host is shown as the network will ask for
it, so letters that only look like other letters, a name before an ``@`` and signs that turn the text round
cannot deceive.
"""

import re
import shutil
import subprocess
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.languages import tr
from desktop.text.showing import host_of, visible

SCHEMES = ("http", "https", "mailto")
_HEADERS = frozenset({"to", "cc", "bcc", "subject", "body", "in-reply-to"})
_FIELD = re.compile(r"(?:^|[&;])\s*([\w-]+)\s*=")


def may_open(address: str) -> bool:
    """True for an absolute http, https or mailto address; nothing else ever leaves the window."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if any(letter.isspace() or unicodedata.category(letter) == "Cc" for letter in address):
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path and _is_letter_alone(address)
    return parts.scheme in SCHEMES and bool(host)


def _is_letter_alone(address: str) -> bool:
    """Whether a mail address asks for words only; some mail programs would attach a file of the disk."""
    named = _FIELD.findall(unquote(address.partition("?")[2]).lower())
    first = re.findall(r"(?:^|&)([^=&]*)", address.partition("?")[2].lower())
    return (
        not any("attach" in name for name in named) and {unquote(name) for name in first if name} <= _HEADERS
    )


def open_url(address: str) -> bool:
    """Give the address to the browser or mail program. False when it may not be opened or nothing took it."""
    if not may_open(address):
        return False
    return QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))


def open_own_page(place: Path) -> bool:
    """Open a page that this program has just written in the person's browser. False: nothing took it."""
    return place.suffix == ".html" and QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def show_in_folder(place: Path) -> bool:
    """Show the folder in which a file stands, or a folder itself, in the system's file manager.

    A file is never opened by this: what is in it may be anybody's.
    """
    folder = place if place.is_dir() else place.parent
    return folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def has_mail_program() -> bool:
    """Whether the system knows a program for drafts of mails. It asks another program: not on the GUI thread.

    Windows and macOS say so themselves when a draft is opened.
    """
    asker = shutil.which("xdg-mime") if sys.platform.startswith("linux") else None
    if asker is None:
        return not sys.platform.startswith("linux")
    with suppress(OSError, subprocess.SubprocessError):
        asked = [asker, "query", "default", "message/rfc822"]
        return bool(subprocess.run(asked, capture_output=True, timeout=10, check=False).stdout.strip())
    return False


def open_mail(draft: Path) -> bool:
    """Open a draft that was written here (``.eml``) in the mail program. False: nothing took it."""
    if draft.suffix != ".eml" or not draft.is_file():
        return False
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(draft)))


def told(address: str, longest: int = 160) -> str:
    """One line about where a link leads: its host, then the whole address with hidden signs made visible."""
    if not may_open(address):
        return tr("Not a link that can be opened: {address}").format(address=visible(address)[:longest])
    if address.startswith("mailto:"):
        return tr("Write to {address}").format(address=visible(address.removeprefix("mailto:"))[:longest])
    whole = visible(address)
    if len(whole) > longest:
        whole = whole[: longest - 1] + "…"
    return f"{host_of(address)}   {whole}"
