"""A client of Marionette, Firefox's own remote control, standard library only: no geckodriver is needed.

The surprising part: in the "chrome" context a script runs inside the browser's own window, so it can press a
toolbar button as a person does; ``-remote-allow-system-access`` permits it.
"""

import json
import socket
from typing import Any

ANSWER_S = 120.0


class MarionetteError(RuntimeError):
    """Firefox refused a command, or is gone."""


class Marionette:
    """One connection. Commands block for their answer."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_S)
        self._rest = b""
        self._count = 0
        try:
            self._receive()  # the greeting
            wish = {"acceptInsecureCerts": True, "unhandledPromptBehavior": "dismiss"}
            self.session = self("WebDriver:NewSession", {"capabilities": {"alwaysMatch": wish}})
            self("WebDriver:SetTimeouts", {"script": 60_000, "pageLoad": 60_000})
        except BaseException:
            self._socket.close()
            raise

    def _more(self) -> None:
        chunk = self._socket.recv(1 << 16)
        if not chunk:
            raise MarionetteError("Firefox closed the connection")
        self._rest += chunk

    def _receive(self) -> Any:
        while b":" not in self._rest:
            self._more()
        length, self._rest = self._rest.split(b":", 1)
        while len(self._rest) < int(length):
            self._more()
        raw, self._rest = self._rest[: int(length)], self._rest[int(length) :]
        return json.loads(raw)

    def __call__(self, name: str, params: dict[str, Any] | None = None) -> Any:
        """One command, its value. Raises `MarionetteError` when it is refused."""
        self._count += 1
        raw = json.dumps([0, self._count, name, params or {}]).encode()
        try:
            self._socket.sendall(b"%d:%s" % (len(raw), raw))
            while True:
                kind, number, error, result = self._receive()
                if kind == 1 and number == self._count:
                    break
        except OSError as lost:
            raise MarionetteError(f"{name}: no answer ({type(lost).__name__})") from lost
        if error:
            raise MarionetteError(f"{name}: {error.get('error')}: {error.get('message')}")
        return result.get("value", result) if isinstance(result, dict) else result

    def in_chrome(self, body: str, *args: Any) -> Any:
        """Runs an async function body in the browser's own window."""
        self("Marionette:SetContext", {"value": "chrome"})
        try:
            return self.run(body, *args)
        finally:
            self("Marionette:SetContext", {"value": "content"})

    def run(self, body: str, *args: Any, sandbox: str | None = None) -> Any:
        """Runs an async function body in the present context; its value (JSON). A throw raises here."""
        script = (
            "const done = arguments[arguments.length - 1], given = [...arguments].slice(0, -1);"
            f"(async (...args) => {{ {body} }})(...given)"
            ".then((value) => done({ value }), (e) => done({ error: String(e) + '\\n' + (e && e.stack) }));"
        )
        wish: dict[str, Any] = {"script": script, "args": list(args)}
        if sandbox is not None:
            wish["sandbox"] = sandbox
        got = self("WebDriver:ExecuteAsyncScript", wish)
        if "error" in got:
            raise MarionetteError(f"script: {got['error']}")
        return got.get("value")

    def close(self) -> None:
        """Closes the connection, not the browser."""
        self._socket.close()
