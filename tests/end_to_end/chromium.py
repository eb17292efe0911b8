"""Debian's Chromium, headless, with an unpacked extension and a real click on its button.

The surprising part: ``Extensions.triggerAction`` over the pipe is a gesture as far as Chromium is concerned;
it grants ``activeTab``, which no call from a script can do.
"""

import contextlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from tests.end_to_end.cdp import CdpError, Pipe
from tests.end_to_end.waiting import until

SWITCHES = (
    "--headless=new",
    "--no-first-run",
    "--password-store=basic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-gpu",
    "--hide-scrollbars",
    "--window-size=1200,900",
    "--enable-unsafe-extension-debugging",
    "--remote-debugging-pipe",
)

ALT = 1  # a bit of what is held
CODES = {"Tab": 9, "Enter": 13, "Escape": 27}


class Chromium:
    """One browser process with a profile of its own; `close` it."""

    name = "chromium"

    def __init__(self, folder: Path, env: dict[str, str], *, switches: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self.profile.mkdir(parents=True, exist_ok=True)
        self.log = folder / "chromium.log"
        program = shutil.which("chromium") or "/usr/bin/chromium"
        as_root = (
            ("--no-sandbox",) if os.geteuid() == 0 else ()
        )  # Chromium refuses to start as root with its sandbox
        command = [program, *SWITCHES, *as_root, *switches, f"--user-data-dir={self.profile}", "about:blank"]
        self.cdp = Pipe(command, env, self.log)
        self.extension_id = ""
        try:
            tab = until(lambda: self._targets("tab"), "Chromium's first tab")[0]
        except BaseException:
            self.close()
            raise
        self._tab, self._page = "", ""
        self.use_tab(tab["targetId"])

    @property
    def native_manifests(self) -> Path:
        """Where a Chromium with a profile folder of its own looks for native hosts."""
        return self.profile / "NativeMessagingHosts"

    @property
    def version(self) -> str:
        """For instance "Chrome/156.0.8078.114"."""
        return str(self.cdp("Browser.getVersion")["product"])

    def _targets(self, kind: str) -> list[dict[str, Any]]:
        found = self.cdp("Target.getTargets", {"filter": [{"type": kind}]})["targetInfos"]
        return [target for target in found if target["type"] == kind]

    def _attach(self, target: str) -> str:
        return str(self.cdp("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"])

    def use_tab(self, tab: str) -> None:
        """The following commands go to that tab."""
        session = self._attach(tab)
        self.cdp(
            "Target.setAutoAttach",
            {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": True},
            session,
        )

        def page() -> str:
            for event in self.cdp.take_events("Target.attachedToTarget", session):
                if event["targetInfo"]["type"] == "page":
                    return str(event["sessionId"])
            return ""

        self._tab, self._page = tab, until(page, "the page of a Chromium tab")
        self.cdp("Page.enable", session=self._page)

    def new_tab(self) -> str:
        """Opens a tab, uses it, and returns its id."""
        tab = str(self.cdp("Target.createTarget", {"url": "about:blank", "forTab": True})["targetId"])
        self.use_tab(tab)
        return tab

    @property
    def tab(self) -> str:
        """The tab in use."""
        return self._tab

    def close_tab(self, tab: str) -> None:
        """Closes it; choose another by `use_tab` afterwards."""
        self.cdp("Target.closeTarget", {"targetId": tab})

    # -- pages

    def page(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """One CDP command to the page in use."""
        return self.cdp(method, params, self._page)

    def open(self, url: str) -> None:
        """Goes there and waits until the document has loaded."""
        self.page("Page.bringToFront")
        got = self.page("Page.navigate", {"url": url})
        if got.get("errorText") and got["errorText"] != "net::ERR_ABORTED":
            raise CdpError(f"{url}: {got['errorText']}")
        until(self._is_loaded, f"{url} to load")

    def _is_loaded(self) -> bool:
        state = "return document.readyState === 'complete' && location.href !== 'about:blank'"
        return self._is(self._page, state)

    def _is(self, session: str, state: str) -> bool:
        try:
            return bool(self._evaluate(session, state, ()))
        except CdpError:  # the page was just being replaced
            return False

    def run(self, body: str, *args: Any) -> Any:
        """Runs an async function body in the page with `args`; returns its value (JSON)."""
        return self._evaluate(self._page, body, args)

    def _evaluate(self, session: str, body: str, args: tuple[Any, ...]) -> Any:
        expression = f"(async (...args) => {{ {body} }})(...{json.dumps(args)})"
        wish = {"expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": True}
        got = self.cdp("Runtime.evaluate", wish, session)
        if "exceptionDetails" in got:
            detail = got["exceptionDetails"]
            text = detail.get("exception", {}).get("description") or detail.get("text")
            raise CdpError(f"script: {text}")
        return got["result"].get("value")

    def press(self, *keys: str) -> None:
        """Presses keys on the page, one after the other: characters, or Tab, Enter, Escape."""
        self._press(self._page, keys)

    def press_in_popup(self, key: str, *, alt: bool = False) -> None:
        """Presses a key in the open popup."""
        session = self._attach(self._popup())
        try:
            self._press(session, (key,), ALT if alt else 0)
        finally:
            with contextlib.suppress(CdpError):  # it may have closed itself
                self.cdp("Target.detachFromTarget", {"sessionId": session})

    def _press(self, session: str, keys: tuple[str, ...], held: int = 0) -> None:
        for key in keys:
            text = {"Enter": "\r", "Tab": "", "Escape": ""}.get(key, key)
            down = {
                "type": "keyDown",
                "key": key,
                "code": key,
                "text": "" if held else text,
                "modifiers": held,
            }
            if key in CODES:
                down["windowsVirtualKeyCode"] = CODES[key]
            self.cdp("Input.dispatchKeyEvent", down, session)
            up = {"type": "keyUp", "key": key, "code": key, "modifiers": held}
            self.cdp("Input.dispatchKeyEvent", up, session)

    # -- the extension

    def install(self, folder: Path) -> str:
        """Loads an unpacked extension; returns its id."""
        self.extension_id = str(self.cdp("Extensions.loadUnpacked", {"path": str(folder)})["id"])
        until(lambda: self.in_background("return true"), "the extension to start")
        return self.extension_id

    def click(self) -> None:
        """Presses the extension's button on the tab in use, as a person would."""
        self.page("Page.bringToFront")
        self.cdp("Extensions.triggerAction", {"id": self.extension_id, "targetId": self._tab})

    def in_extension(self, body: str, *args: Any, page: str = "options/options.html") -> Any:
        """Runs an async function body in one of the extension's own pages, in a tab behind the others."""
        url = self.extension_url(page)
        made = self.cdp("Target.createTarget", {"url": url, "background": True})["targetId"]
        session = self._attach(made)
        try:
            # A new tab is a complete about:blank before it is anything else.
            state = "return document.readyState === 'complete' && location.protocol === 'chrome-extension:'"
            until(lambda: self._is(session, state), f"{url} to load")
            return self._evaluate(session, body, args)
        finally:
            self.close_tab(made)

    def in_background(self, body: str, *args: Any) -> Any:
        """Runs an async function body in the extension's service worker; returns its value (JSON)."""
        target = until(self._worker, "the extension's service worker")
        session = self._attach(target)
        try:
            return self._evaluate(session, body, args)
        finally:  # an attached debugger keeps a worker alive, which would hide what real life does to it
            self.cdp("Target.detachFromTarget", {"sessionId": session})

    def _worker(self) -> str:
        for target in self._targets("service_worker"):
            if self.extension_id in target["url"]:
                return str(target["targetId"])
        return ""

    def extension_url(self, path: str) -> str:
        """The address of one of the extension's own pages."""
        return f"chrome-extension://{self.extension_id}/{path}"

    def in_popup(self, body: str, *args: Any) -> Any:
        """Runs an async function body in the open popup; its value (JSON). `CdpError` when none is open."""
        target = self._popup()
        if not target:
            raise CdpError("no popup is open")
        session = self._attach(target)
        try:
            return self._evaluate(session, body, args)
        finally:
            with contextlib.suppress(CdpError):  # it may have closed itself
                self.cdp("Target.detachFromTarget", {"sessionId": session})

    def has_popup(self) -> bool:
        """Is our popup open?"""
        return bool(self._popup())

    def _popup(self) -> str:
        start = self.extension_url("popup/")
        found = [target["targetId"] for target in self._targets("page") if target["url"].startswith(start)]
        return str(found[0]) if found else ""

    def windows(self) -> list[dict[str, str]]:
        """Every page that is open: id, address, title; popups too."""
        return [{"id": t["targetId"], "url": t["url"], "title": t["title"]} for t in self._targets("page")]

    def close_page(self, part: str) -> None:
        """Waits for a page with `part` in its address, and closes its tab."""

        def found() -> list[dict[str, Any]]:
            return [target for target in self._targets("page") if part in target["url"]]

        self.close_tab(until(found, f"a page at {part}")[0]["targetId"])

    def close(self) -> None:
        """Ends the browser."""
        self.cdp.close()
