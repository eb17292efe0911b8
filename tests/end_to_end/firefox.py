"""Debian's Firefox ESR, headless, with a temporary add-on and a real click on its button.

The surprising part: Firefox hides a new button in its extensions panel, so the driver first does what the
guide asks the person to do: it pins the button to the toolbar.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.end_to_end.cdp import end_group
from tests.end_to_end.marionette import Marionette, MarionetteError
from tests.end_to_end.waiting import until

PREFERENCES: dict[str, str | int | bool] = {
    "marionette.port": 0,  # Firefox takes a free one and writes it into the profile
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.startup.page": 0,
    "browser.aboutwelcome.enabled": False,
    "browser.preonboarding.enabled": False,
    "termsofuse.bypassNotification": True,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "extensions.update.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "services.settings.server": "http://127.0.0.1:9/",
    "toolkit.telemetry.enabled": False,
    "browser.tabs.unloadOnLowMemory": False,
}
PIN = """const { CustomizableUI } = ChromeUtils.importESModule(
  'moz-src:///browser/components/customizableui/CustomizableUI.sys.mjs');
CustomizableUI.addWidgetToArea(args[0], 'nav-bar');"""
CLICK = """const w = Services.wm.getMostRecentWindow('navigator:browser');
const b = w.document.getElementById(args[0]);
(b.querySelector('.unified-extensions-item-action-button') || b).click();"""
POPUP = """const w = Services.wm.getMostRecentWindow('navigator:browser');
const popup = w.document.querySelector('browser.webextension-popup-browser');"""
HAS_POPUP = (
    POPUP
    + "return popup?.closest('panel')?.state === 'open' && popup.currentURI?.scheme === 'moz-extension';"
)
# The remote control has a hand in every document; a popup is no tab, so its own commands do not reach it.
IN_POPUP = (
    POPUP
    + """if (!popup) throw new Error('no popup is open');
const hand = popup.browsingContext.currentWindowGlobal.getActor('MarionetteCommands');
return hand.executeScript(args[0], args[1], { timeout: 60000, sandboxName: null });"""
)
CLOSE_PAGE = """const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser');
const tab = gBrowser.tabs.find((tab) => tab.linkedBrowser.currentURI.spec.includes(args[0]));
if (tab) gBrowser.removeTab(tab);
return Boolean(tab);"""
UUID = "return WebExtensionPolicy.getByID(args[0])?.mozExtensionHostname ?? '';"

CODES = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c"}


def write_preferences(profile: Path, more: dict[str, str | int | bool]) -> None:
    """Writes user.js; a later word on the same name wins."""
    lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in (PREFERENCES | more).items()]
    (profile / "user.js").write_text("".join(lines))


PRESS = """const [key, altKey] = args;
const code = /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : /^[0-9]$/.test(key) ? `Digit${key}` : key;
const about = { key, code, altKey, bubbles: true, cancelable: true };
document.activeElement.dispatchEvent(new KeyboardEvent('keydown', about));"""


class Firefox:
    """One browser process with a profile and a HOME of its own; `close` it."""

    name = "firefox"

    def __init__(
        self, folder: Path, env: dict[str, str], *, preferences: dict[str, str | int | bool] | None = None
    ) -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self.profile.mkdir(parents=True, exist_ok=True)
        self.log = folder / "firefox.log"
        self.home = Path(env["HOME"])
        write_preferences(self.profile, preferences or {})
        program = shutil.which("firefox-esr") or "firefox"
        command = [program, "--marionette", "-remote-allow-system-access", "--no-remote", "--headless"]
        with self.log.open("ab") as sink:
            self.process = subprocess.Popen(
                [*command, "--profile", str(self.profile)],
                env=env | {"MOZ_HEADLESS_WIDTH": "1200", "MOZ_HEADLESS_HEIGHT": "900"},
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )
        self.extension_id = ""
        self._hostname = ""
        try:
            self.marionette = until(self._connect, "Firefox's remote control")
            self._tab = str(self.marionette("WebDriver:GetWindowHandle"))
        except BaseException:
            end_group(self.process)
            raise

    def _connect(self) -> Marionette | None:
        if self.process.poll() is not None:
            raise MarionetteError(f"Firefox ended with status {self.process.returncode}; see {self.log}")
        try:
            return Marionette(int((self.profile / "MarionetteActivePort").read_text()))
        except (OSError, ValueError):
            return None

    @property
    def native_manifests(self) -> Path:
        """Where Firefox looks for native hosts."""
        return self.home / ".mozilla" / "native-messaging-hosts"

    @property
    def version(self) -> str:
        """For instance "Firefox/153.8.0"."""
        return f"Firefox/{self.marionette.session['capabilities']['browserVersion']}"

    # -- tabs and pages

    @property
    def tab(self) -> str:
        """The tab in use."""
        return self._tab

    def use_tab(self, tab: str) -> None:
        """The following commands go to that tab, and it is brought to the front."""
        self.marionette("WebDriver:SwitchToWindow", {"handle": tab, "focus": True})
        self._tab = tab

    def new_tab(self) -> str:
        """Opens a tab, uses it, and returns its id."""
        self.use_tab(str(self.marionette("WebDriver:NewWindow", {"type": "tab"})["handle"]))
        return self._tab

    def close_tab(self, tab: str) -> None:
        """Closes it; choose another by `use_tab` afterwards."""
        self.use_tab(tab)
        self.marionette("WebDriver:CloseWindow")

    def open(self, url: str) -> None:
        """Goes there and waits until the document has loaded."""
        self.use_tab(self._tab)
        self.marionette("WebDriver:Navigate", {"url": url})

    def run(self, body: str, *args: Any) -> Any:
        """Runs an async function body in the page with `args`; returns its value (JSON)."""
        return self.marionette.run(body, *args)

    def press(self, *keys: str) -> None:
        """Presses keys on the page, one after the other: characters, or Tab, Enter, Escape."""
        acts = [{"type": kind, "value": CODES.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self.marionette(
            "WebDriver:PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": acts}]}
        )

    def press_in_popup(self, key: str, *, alt: bool = False) -> None:
        """Tells a key to what has the keyboard in the open popup, as Firefox would."""
        self.in_popup(PRESS, key, alt)

    # -- the extension

    def install(self, folder: Path) -> str:
        """Loads an unpacked extension for this run and pins its button; returns its id."""
        self.extension_id = str(self.marionette("Addon:Install", {"path": str(folder), "temporary": True}))
        self._hostname = until(
            lambda: self.marionette.in_chrome(UUID, self.extension_id), "the extension to start"
        )
        self.marionette.in_chrome(PIN, self._button)
        return self.extension_id

    @property
    def _button(self) -> str:
        return self.extension_id.replace("@", "_").replace(".", "_") + "-browser-action"

    def click(self) -> None:
        """Presses the extension's button on the tab in use, as a person would."""
        self.use_tab(self._tab)
        self.marionette.in_chrome(CLICK, self._button)

    def in_extension(self, body: str, *args: Any, page: str = "options/options.html") -> Any:
        """Runs an async function body in one of the extension's own pages, in a tab that is closed after."""
        before = self._tab
        made = self.new_tab()
        try:
            self.open(self.extension_url(page))
            return self.run(body, *args)
        finally:
            self.close_tab(made)
            self.use_tab(before)

    def in_popup(self, body: str, *args: Any) -> Any:
        """Runs an async function body in the open popup; its value (JSON). An error when none is open."""
        return self.marionette.in_chrome(
            IN_POPUP, f"return (async (...args) => {{ {body} }})(...arguments)", args
        )

    def has_popup(self) -> bool:
        """Is our popup open?"""
        return bool(self.marionette.in_chrome(HAS_POPUP))

    def extension_url(self, path: str) -> str:
        """The address of one of the extension's own pages."""
        return f"moz-extension://{self._hostname}/{path}"

    def close_page(self, part: str) -> None:
        """Waits for a page with `part` in its address, and closes its tab."""
        until(lambda: self.marionette.in_chrome(CLOSE_PAGE, part), f"a page at {part}")
        self.use_tab(self._tab)

    def close(self) -> None:
        """Ends the browser."""
        try:
            self.marionette("Marionette:Quit", {"flags": ["eForceQuit"]})
        except MarionetteError:
            pass
        self.marionette.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            end_group(self.process)
