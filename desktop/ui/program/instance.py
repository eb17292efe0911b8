"""One window per library, and the local socket by which the host and commands speak to it.

The surprising fact: a second launch first tries to connect; only when nobody answers is a left-over socket
file removed. The other order would cut off a living window.
"""

import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from native_host import spool, strict
from native_host.durable import make_private

LONGEST: Final = 64 * 1024
MOST_LINES: Final = 256
"""Lines that may come at once; who sends more is hung up on, so that nobody keeps the window busy."""

log = logging.getLogger(__name__)

REFUSED: Final = {"ok": False, "code": "bad-request"}

Reply = Callable[[dict[str, Any]], None]
Answer = Callable[[dict[str, Any], Reply], None]


def place_of(home: Path) -> str:
    """The socket's full name."""
    return str(spool.socket_path(home))


class Instance(QObject):
    """Listens for this library's window. ``answer(message, reply)`` is called on the GUI thread."""

    def __init__(self, home: Path, answer: Answer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place_of(home)
        self._answer = answer
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)

    def listen(self) -> bool:
        """Take the place; False when it cannot be taken (the window then runs without a socket)."""
        if sys.platform != "win32":
            try:
                make_private(Path(self._place).parent)
            except OSError as error:
                log.warning("No local socket: %s", error)
                return False
        QLocalServer.removeServer(self._place)
        if self._server.listen(self._place):
            if sys.platform != "win32" and Path(self._place).exists():
                os.chmod(self._place, 0o600)  # noqa: PTH101 - the umask may have been wider
            return True
        log.warning("No local socket: %s", self._server.errorString())
        return False

    def close(self) -> None:
        """Stop listening, hang up, and take the socket file away."""
        self._server.close()
        for line in self.findChildren(Line):
            line.hang_up()

    def _on_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            Line(socket, self._answer, self)


class Line(QObject):
    """One connection: lines in, lines out. It owns its socket and goes with it."""

    def __init__(self, socket: QLocalSocket, answer: Answer, parent: QObject) -> None:
        super().__init__(parent)
        socket.setParent(self)
        self._socket = socket
        self._answer = answer
        self._buffer = b""
        self._is_over = False
        socket.readyRead.connect(self._on_ready)
        socket.disconnected.connect(self._on_gone)
        self._on_ready()  # what came before we listened

    def hang_up(self) -> None:
        """End it now."""
        if not self._is_over:
            self._socket.abort()
            self._on_gone()

    def _on_ready(self) -> None:
        if self._is_over:
            return
        self._buffer += bytes(self._socket.readAll().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines[:MOST_LINES]:
            if not self._is_over:
                self._take(line)
        if len(self._buffer) > LONGEST or len(lines) > MOST_LINES:
            self.hang_up()

    def _take(self, line: bytes) -> None:
        try:
            message = strict.loads(line) if len(line) <= LONGEST else None
        except ValueError:
            message = None
        if not isinstance(message, dict):
            self.reply(REFUSED)
            return
        try:
            self._answer(message, self.reply)
        except Exception:
            log.exception("A message over the local socket failed")
            self.reply(REFUSED)

    def reply(self, message: dict[str, Any]) -> None:
        """Send a line; nothing when the asker did not wait."""
        if not self._is_over:
            self._socket.write(json.dumps(message).encode("ascii") + b"\n")
            self._socket.flush()

    def _on_gone(self) -> None:
        if not self._is_over:
            self._is_over = True
            self.deleteLater()
