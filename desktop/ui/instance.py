"""One window per library, and the local socket by which the host and commands speak to it.

The surprising fact: a second launch first tries to connect; only when nobody answers is a left-over socket
file removed. The other order would cut off a living window.
"""

import json
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from native_host import spool, strict
from native_host.durable import make_private

LONGEST: Final = 64 * 1024

log = logging.getLogger(__name__)

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
        self._buffers: dict[QLocalSocket, bytes] = {}
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
        """Stop listening and take the socket file away."""
        for socket in list(self._buffers):
            socket.abort()
        self._server.close()

    def _on_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._buffers[socket] = b""
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(self._on_gone)

    def _on_ready(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket) or socket not in self._buffers:
            return
        data = self._buffers[socket] + bytes(socket.readAll().data())
        while b"\n" in data:
            line, data = data.split(b"\n", 1)
            self._take(line, partial(self._reply, socket))
        if len(data) > LONGEST:
            socket.abort()
            return
        self._buffers[socket] = data

    def _reply(self, socket: QLocalSocket, message: dict[str, Any]) -> None:
        if socket in self._buffers:  # else: the asker did not wait
            socket.write(json.dumps(message).encode("ascii") + b"\n")
            socket.flush()

    def _take(self, line: bytes, reply: Reply) -> None:
        try:
            message = strict.loads(line) if len(line) <= LONGEST else None
        except ValueError:
            message = None
        if not isinstance(message, dict):
            reply({"ok": False, "code": "bad-request"})
            return
        try:
            self._answer(message, reply)
        except Exception:
            log.exception("A message over the local socket failed")
            reply({"ok": False, "code": "bad-request"})

    def _on_gone(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._buffers.pop(socket, None)
            socket.deleteLater()
