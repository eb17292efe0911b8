"""Every file and folder the app owns. ``KITHBOOK_HOME`` moves them all; `native_host.spool` says where home
is."""

from dataclasses import dataclass
from pathlib import Path

from native_host import spool


@dataclass(frozen=True, slots=True)
class Paths:
    """The layout below one home folder."""

    home: Path

    @property
    def library(self) -> Path:
        """The truth: one SQLite file."""
        return self.home / "library.db"

    @property
    def index(self) -> Path:
        """The search index: built from the library, and built anew when it is missing or broken."""
        return self.home / "index.db"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.home / "library.lock"

    @property
    def assets(self) -> Path:
        """Pictures and files by SHA-256: ``assets/ab/abcd….png``."""
        return self.home / "assets"

    @property
    def pages(self) -> Path:
        """Raw page HTML, gzip, by SHA-256: ``pages/ab/abcd….html.gz``."""
        return self.home / "pages"

    @property
    def spool(self) -> Path:
        """Captures that the host has acknowledged and the desktop has not collected yet."""
        return self.home / "spool"

    @property
    def snapshot(self) -> Path:
        """What the desktop tells the host: tags, goals, known addresses."""
        return self.home / "snapshot"

    @property
    def backups(self) -> Path:
        """Verified copies of the library."""
        return self.home / "backups"

    @property
    def log(self) -> Path:
        """The log file; no page content is written to it."""
        return self.home / "log" / "kithbook.log"

    @property
    def settings(self) -> Path:
        """The person's settings, JSON."""
        return self.home / "settings.json"

    @property
    def window(self) -> Path:
        """Window size, panes, last view: JSON, no settings."""
        return self.home / "window.json"

    @property
    def launcher(self) -> Path:
        """The folder of the generated host launcher that browsers start."""
        return self.home / "host"


def of_this_user() -> Paths:
    """The paths of the person who runs the program."""
    return Paths(spool.home())
