"""The manifests that tell every browser of a system of the host, as files of the package.

They are not configuration: nobody edits them, and one that stayed behind would start a program that is gone.
"""

from pathlib import Path

from native_host import browsers, manifest

HOST = Path("/usr/lib/kithbook/kithbook-host")


def system_manifests(host: Path = HOST) -> dict[str, bytes]:
    """Path without the leading slash → content."""
    return {
        str(place.relative_to("/")): manifest.content(one.family, host)
        for one in browsers.BROWSERS
        if (place := browsers.system_place(one)) is not None
    }
