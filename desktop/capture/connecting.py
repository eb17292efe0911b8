"""The browsers on this machine, and whether each can reach Kithbook: what the connect page and command show.

Surprising: nothing here knows whether the extension is installed, only when it last said hello.
"""

from dataclasses import dataclass
from pathlib import Path

from desktop.errors import BadInput, NoSpace
from desktop.languages import tr
from desktop.paths import Paths
from native_host import manifest
from native_host.spool import Spool


@dataclass(frozen=True, slots=True)
class Hello:
    """What the extension last said of itself. ``at`` is in ms since 1970; None means it could not tell."""

    version: str
    extension_version: str
    is_pinned: bool | None
    is_private_allowed: bool | None
    at: int


@dataclass(frozen=True, slots=True)
class BrowserState:
    """One browser. ``manifest`` is ``registered``, ``missing``, ``outdated`` or ``foreign``.

    ``sandbox`` is ``snap``, ``flatpak`` or empty; then ``advice`` is a sentence, and ``command`` what to type
    where that helps.
    """

    key: str
    name: str
    family: str
    is_found: bool
    manifest: str
    path: Path
    hello: Hello | None
    sandbox: str = ""
    advice: str = ""
    command: str = ""

    @property
    def is_connected(self) -> bool:
        """Is the host registered, and has the extension said hello?"""
        return self.manifest == "registered" and self.hello is not None


def states(paths: Paths, ground: manifest.Ground | None = None) -> list[BrowserState]:
    """Every browser we know, found or not, in the order of our list."""
    here = ground or manifest.this_ground()
    said = hellos(paths)
    return [_state(browser, paths, here, said.get(browser.key)) for browser in manifest.BROWSERS]


def connect(
    paths: Paths,
    browser: str = "",
    *,
    take_over: bool = True,
    ground: manifest.Ground | None = None,
) -> list[BrowserState]:
    """Write or repair the manifests of every browser found, or of the one named, found or not.

    ``take_over`` false leaves a manifest alone that starts another Kithbook (so at each start).
    Returns all states afterwards. Raises BadInput for an unknown name, NoSpace when the disk refuses.
    """
    here = ground or manifest.this_ground()
    for one in _chosen(browser, here):
        word = manifest.state(one, paths.home, here).word
        if word == "registered" or (word == "foreign" and not take_over):
            continue
        try:
            manifest.connect(one, paths.home, here)
        except OSError as error:
            raise NoSpace(
                tr("{name} could not be told of Kithbook: {strerror}.").format(
                    name=one.name, strerror=error.strerror or error
                ),
                tr("See that {parent} can be written to.").format(
                    parent=manifest.state(one, paths.home, here).path.parent
                ),
            ) from error
    return states(paths, here)


def disconnect(paths: Paths, browser: str = "", ground: manifest.Ground | None = None) -> list[BrowserState]:
    """Remove our manifests from every browser found, or from the one named; returns all states afterwards."""
    here = ground or manifest.this_ground()
    for one in _chosen(browser, here):
        try:
            manifest.disconnect(one, paths.home, here)
        except OSError as error:
            raise NoSpace(
                tr("{name} could not be disconnected: {strerror}.").format(
                    name=one.name, strerror=error.strerror or error
                )
            ) from error
    return states(paths, here)


def hellos(paths: Paths) -> dict[str, Hello]:
    """What the extension last said in each browser, by the browser's key."""
    return {key: _hello(record) for key, record in Spool(paths.spool).hellos().items()}


def _chosen(browser: str, ground: manifest.Ground) -> list[manifest.Browser]:
    if not browser:
        return [one for one in manifest.BROWSERS if manifest.is_found(one, ground)]
    one = manifest.by_key(browser.lower())
    if one is None:
        known = ", ".join(known.key for known in manifest.BROWSERS)
        raise BadInput(
            tr("Kithbook knows no browser called {browser}.").format(browser=browser),
            tr("Choose one of: {known}.").format(known=known),
        )
    return [one]


def _state(
    browser: manifest.Browser, paths: Paths, ground: manifest.Ground, hello: Hello | None
) -> BrowserState:
    stands = manifest.state(browser, paths.home, ground)
    sandbox = manifest.sandbox(browser, ground)
    advice, command = _advice(browser, sandbox)
    return BrowserState(
        key=browser.key,
        name=browser.name,
        family=browser.family,
        is_found=manifest.is_found(browser, ground),
        manifest=stands.word,
        path=stands.path,
        hello=hello,
        sandbox=sandbox,
        advice=advice,
        command=command,
    )


def _advice(browser: manifest.Browser, sandbox: str) -> tuple[str, str]:
    """What a sandboxed browser needs: a sentence and a command."""
    if not sandbox:
        return "", ""
    app = f"snap.{browser.snap}" if sandbox == "snap" else browser.flatpak
    if browser.family == "firefox":
        return (
            tr(
                "{browser} runs in a {sandbox} sandbox and asks once whether it may use Kithbook. "
                "If you said no, this command allows it again:"
            ).format(browser=browser.name, sandbox=sandbox.capitalize()),
            f"flatpak permission-set webextensions {manifest.HOST_NAME} {app} yes",
        )
    if sandbox == "flatpak":
        return (
            tr(
                "{browser} from Flatpak may not start other programs. Install the package of its maker "
                "instead; until then Kithbook cannot be reached from it."
            ).format(browser=browser.name),
            "",
        )
    return (
        tr(
            "{browser} from Snap may not start other programs. Install the package of its maker or of "
            "your system instead; until then Kithbook cannot be reached from it."
        ).format(browser=browser.name),
        "",
    )


def _hello(record: dict[str, object]) -> Hello:
    def flag(name: str) -> bool | None:
        value = record.get(name)
        return value if isinstance(value, bool) else None

    at = record.get("at")
    return Hello(
        version=str(record.get("version") or ""),
        extension_version=str(record.get("extension_version") or ""),
        is_pinned=flag("pinned"),
        is_private_allowed=flag("private_allowed"),
        at=at if isinstance(at, int) else 0,
    )
