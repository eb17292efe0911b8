"""Who may call the host, and what it is called; the names in desktop and extension are tested against these.

Surprising: the id of the Chromium extension follows from the public key in ``extension/manifest.base.json``.
A shop that packs the extension with a key of its own gives it another id, which is then added here.
"""

from __future__ import annotations

VERSION = "0.1.0"
PROTOCOL = (1, 1)
HOST_NAME = "org.kithbook.host"
FIREFOX_ID = "kithbook@kithbook.org"
CHROMIUM_ID = "fpknfnlbckkdmaflagpfjglafjofabbp"
ORIGINS = (f"chrome-extension://{CHROMIUM_ID}/",)
EXTENSIONS = (FIREFOX_ID,)


def family_of(arguments: list[str]) -> str:
    """The family of the browser that called, from what it put on the command line; "" when it may not call.

    Chromium passes the origin of the extension (and on Windows a window handle), Firefox the path of the
    manifest and the extension's id.
    """
    if arguments and arguments[0] in ORIGINS:
        return "chromium"
    if len(arguments) >= 2 and arguments[0].endswith(HOST_NAME + ".json") and arguments[1] in EXTENSIONS:
        return "firefox"
    return ""
