"""A desktop on the local socket that hears one line at a time and says what it is told to say."""

import json
import socket
import threading
from pathlib import Path
from typing import Any

from native_host import durable


class Desktop:
    """`heard` is what came, `answer` the line that goes back; `stop` it."""

    def __init__(self, address: str, answer: bytes) -> None:
        self.heard: list[Any] = []
        self.place = Path(address)
        durable.make_private(self.place.parent)
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(address)
        self.server.listen()
        self.answer = answer
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            line, _ = self.server.accept()
            with line, line.makefile("rb") as lines:
                said = lines.readline()
                if said == b"stop\n":
                    return
                if said:
                    self.heard.append(json.loads(said))
                    try:
                        line.sendall(self.answer)
                    except OSError:
                        continue  # a poke does not wait for an answer

    def stop(self) -> None:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(self.server.getsockname())
            line.sendall(b"stop\n")
        self.thread.join()
        self.server.close()
        self.place.unlink()
