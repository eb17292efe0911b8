"""Run inside the frozen program: are the libraries there in the versions of the lock, and do they work?

Surprising: a missing data file shows itself in use alone. The import of trafilatura succeeds without its
settings, and only then can no page be read.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

PAGE = (
    "<html><head><title>Tea</title></head><body><article><h1>Tea</h1>"
    + "<p>Tea is drunk all over the world, and people like it in the morning with milk or without.</p>" * 8
    + "</article></body></html>"
)


def main() -> int:
    """Print what was found as JSON; 1 when something is not as it was built."""
    folder = Path(sys._MEIPASS)  # type: ignore[attr-defined]
    expected = json.loads((folder / "versions.json").read_text("utf-8"))
    found = versions(expected)
    faults = [
        f"{name}: {found[name]} instead of {wanted}"
        for name, wanted in expected.items()
        if found[name] != wanted
    ]
    faults += [f"{name} is missing" for name in missing(folder)]
    faults += uses()
    print(json.dumps({"versions": found, "faults": faults}, indent=2))
    return 1 if faults else 0


def versions(expected: dict[str, str]) -> dict[str, str]:
    """What the running libraries say of themselves; for the rest, their metadata."""
    import sqlite3

    import apsw
    import PySide6.QtCore
    import sqlalchemy

    own = {
        "sqlite of apsw": apsw.sqlite_lib_version(),
        "sqlite of python": sqlite3.sqlite_version,
        "apsw": apsw.apsw_version(),
        "qt": PySide6.QtCore.qVersion(),
        "pyside6-essentials": PySide6.__version__,
        "sqlalchemy": sqlalchemy.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
    }
    return {name: own.get(name) or version(name) for name in expected}


def missing(folder: Path) -> list[str]:
    """Data files that must be beside the program."""
    needed = (
        "trafilatura/settings.cfg",
        "justext/stoplists/English.txt",
        "lucide/lucide.zip",
        "desktop/languages/de/LC_MESSAGES/kithbook.mo",
        "desktop/share/styles/apa.csl",
        "desktop/share/words.txt",
        "extension/chromium/manifest.json",
        "extension/firefox/manifest.json",
        "NOTICE.txt",
        "bill-of-materials.json",
    )
    return [name for name in needed if not (folder / name).is_file()]


def uses() -> list[str]:
    """Faults met when each carried library does a little of its work."""
    faults = []
    for use in (_extract, _search, _cite, _sign, _draw, _write_word):
        try:
            use()
        except Exception as error:  # whatever it is, it belongs into the report
            faults.append(f"{use.__name__.strip('_')}: {type(error).__name__}: {error}")
    return faults


def _extract() -> None:
    from desktop.text.article import article_from_html

    article = article_from_html(PAGE, "https://example.org/tea")
    if "drunk all over the world" not in article.text:
        raise ValueError("no text was found in the page")


def _search() -> None:
    import apsw

    connection = apsw.Connection(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, content='', contentless_delete=1)")
    connection.close()


def _cite() -> None:
    from citeproc import CitationStylesStyle

    from desktop.share.citing_styles import FOLDER

    CitationStylesStyle(str(FOLDER / "apa.csl"), locale="en-GB", validate=False)


def _sign() -> None:
    import keyring.backends.SecretService
    import pyrage
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    Ed25519PrivateKey.generate().sign(b"x")
    pyrage.x25519.Identity.generate()
    if keyring.backends.SecretService.Keyring is None:
        raise ValueError


def _draw() -> None:
    from PySide6.QtGui import QImageReader
    from PySide6.QtSvg import QSvgRenderer

    formats = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    lacking = {"png", "jpeg", "gif", "webp", "svg"} - formats
    if lacking or QSvgRenderer is None:
        raise ValueError(f"Qt cannot read {', '.join(sorted(lacking))}")


def _write_word() -> None:
    import docx

    docx.Document()
