"""The one gate to the network: no other module of the program asks an address for anything.

It asks only http and https, only open addresses, without cookies, referrer, proxy or stored passwords.
Surprising: the name is resolved here once and the connection goes to that very address, so that a second
answer of the name server cannot lead it into a private network.
"""

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import certifi
import httpx

from desktop import NAME, VERSION
from desktop.capture import addresses
from desktop.capture.stopping import Stopped, never
from desktop.errors import NotReachable, Refused
from desktop.languages import tr

MOST_REDIRECTS = 5
AGENT = f"Mozilla/5.0 (compatible; {NAME}/{VERSION})"
_STEP = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_LOW_PORTS = (80, 443)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: content types, and how much of it and how long it may take."""

    accept: str
    types: tuple[str, ...]
    """Content types that are taken; one that ends in ``/`` stands for the whole group."""
    largest: int
    """Bytes, unpacked."""
    seconds: float = 30.0
    """For everything: name, connection, redirects and body."""


PAGE = Wanted(
    accept="text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.1",
    types=("text/html", "application/xhtml+xml", "application/pdf", "text/plain", "text/markdown", ""),
    largest=20 * 1024 * 1024,
)
PICTURE = Wanted(
    accept="image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.9",
    # A picture is told by its own header later, so a server that calls it nothing in particular is believed.
    types=("image/", "application/octet-stream", "binary/octet-stream", ""),
    largest=5 * 1024 * 1024,
    seconds=15.0,
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. ``url`` is the address after redirects, ``type`` the content type in small letters."""

    url: str
    type: str
    charset: str
    data: bytes


class Gate:
    """Asks addresses. ``allowed`` is the setting ``allow_addresses``. Safe to use from several threads."""

    def __init__(self, allowed: str = "", stopped: threading.Event | None = None) -> None:
        """Once ``stopped`` is set, nothing more is asked: `Stopped` is raised."""
        self._allowed = addresses.networks(allowed)
        self._stopped = stopped or never()
        self._open: set[_Deadline] = set()
        trust = ssl.create_default_context()
        # A frozen program on an unusual system may find no certificates of the system's own.
        trust.load_verify_locations(certifi.where())
        self._transport = httpx.HTTPTransport(
            verify=trust,
            trust_env=False,
            # A kept connection is known by its address alone, and two hosts can share one: never reuse.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def get(self, url: str, wanted: Wanted = PAGE) -> Fetched:
        """Fetch ``url``. Raises `Refused` (limit, private address) or `NotReachable` with a sentence."""
        until = time.monotonic() + wanted.seconds
        address = _checked(url)
        for _ in range(MOST_REDIRECTS + 1):
            with _Deadline(until, self._stopped) as deadline:
                self._open.add(deadline)
                try:
                    answer = self._ask(address, wanted, deadline)
                finally:
                    self._open.discard(deadline)
            if isinstance(answer, Fetched):
                return answer
            address = answer
        raise Refused(tr("“{host}” leads on to other addresses too often.").format(host=address.host))

    def interrupt(self) -> None:
        """From any thread, after ``stopped`` was set: end what is being fetched with `Stopped`."""
        for deadline in list(self._open):
            deadline.end()

    def close(self) -> None:
        """Let go of the connections."""
        self._transport.close()

    def _ask(self, url: httpx.URL, wanted: Wanted, deadline: "_Deadline") -> Fetched | httpx.URL:
        host = url.host
        port = url.port or (443 if url.scheme == "https" else 80)
        if port < 1024 and port not in _LOW_PORTS:
            raise Refused(tr("Port {port} is not one that pages are asked from.").format(port=port))
        place = addresses.pick(url.raw_host.decode("ascii").strip("[]"), port, self._allowed, deadline.left())
        request = httpx.Request(
            "GET",
            url.copy_with(host=place, username=None, password=None, fragment=None),
            headers={
                "Host": url.netloc.decode("ascii"),
                "User-Agent": AGENT,
                "Accept": wanted.accept,
                "Accept-Encoding": "gzip, deflate",
                "Connection": "close",
            },
            extensions={
                "timeout": dict.fromkeys(("connect", "read", "write", "pool"), min(10.0, deadline.left())),
                "trace": deadline.watch,
                "sni_hostname": url.raw_host.decode("ascii"),
            },
        )
        try:
            return self._answer(request, url, wanted, deadline)
        except (
            httpx.TransportError,
            httpx.DecodingError,
            httpx.InvalidURL,
            ssl.SSLError,
            zlib.error,
        ) as error:
            if self._stopped.is_set():
                raise Stopped from error
            if deadline.is_over() or isinstance(error, httpx.TimeoutException):
                raise NotReachable(
                    tr("“{host}” took too long to answer.").format(host=host), tr("Try again later.")
                ) from error
            raise NotReachable(
                tr("“{host}” could not be reached.").format(host=host), tr("Check your connection.")
            ) from error

    def _answer(
        self, request: httpx.Request, url: httpx.URL, wanted: Wanted, deadline: "_Deadline"
    ) -> Fetched | httpx.URL:
        response = self._transport.handle_request(request)
        try:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return _checked(str(url.join(response.headers["location"])))
            if response.status_code != 200:
                raise NotReachable(_refusal(url.host, response.status_code))
            kind, charset = _content_type(response.headers.get("content-type", ""))
            if not any(kind == one or (one.endswith("/") and kind.startswith(one)) for one in wanted.types):
                raise Refused(
                    tr("“{host}” sent something that is not asked for here ({kind}).").format(
                        host=url.host, kind=kind
                    )
                )
            return Fetched(
                str(url.copy_with(fragment=None)), kind, charset, _body(response, wanted, deadline)
            )
        finally:
            response.close()


class _Deadline:
    """Ends a connection at a moment, however slowly its bytes drip.

    The timeouts of httpx count from byte to byte: a server that sends one byte each nine seconds meets none.
    """

    def __init__(self, until: float, stopped: threading.Event) -> None:
        self._until = until
        self._stopped = stopped
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(self.left(), self.end)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._line is not None:
                self._line.close()
                self._line = None

    def left(self) -> float:
        """Seconds left; at least a little, since 0 means "for ever" to a socket."""
        return max(self._until - time.monotonic(), 0.01)

    def is_over(self) -> bool:
        return time.monotonic() >= self._until

    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Called by httpx at each step. Keeps a second handle of the connection, which TLS leaves alone."""
        if event != "connection.connect_tcp.complete":
            return
        line = info["return_value"].get_extra_info("socket")
        with self._lock:
            self._line = line.dup()
        if self._stopped.is_set():
            self.end()

    def end(self) -> None:
        """End the connection now, if it is there."""
        with self._lock:
            if self._line is not None:
                try:
                    self._line.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # it has ended by itself


def _checked(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
        port = url.port
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Refused(tr("This is not an address that can be asked.")) from error
    is_host = url.host and not set("% ") & set(url.host)
    if url.scheme not in ("http", "https") or not is_host or not 0 < (80 if port is None else port) < 65_536:
        raise Refused("Only addresses that begin with http:// or https:// can be asked.")
    return url


def _refusal(host: str, status: int) -> str:
    if status in (401, 403, 407, 429, 451):
        return tr(
            "“{host}” does not show this page without signing in, or refuses programs ({status})."
        ).format(host=host, status=status)
    if status in (404, 410):
        return tr("“{host}” says that there is no such page ({status}).").format(host=host, status=status)
    return tr("“{host}” could not show this page ({status}).").format(host=host, status=status)


def _content_type(header: str) -> tuple[str, str]:
    kind, *rest = header.split(";")
    charset = next(
        (part.partition("=")[2] for part in rest if part.strip().lower().startswith("charset")), ""
    )
    return kind.strip().lower(), charset.strip(" \"'").lower()


def _body(response: httpx.Response, wanted: Wanted, deadline: _Deadline) -> bytes:
    """The body, unpacked in steps, so that a bomb is noticed before it is in memory."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Refused(
            tr("The page is packed in a way that is not asked for ({coding}).").format(coding=coding[:40])
        )
    unpack = _unpacked if coding not in ("", "identity") else _as_is
    parts: list[bytes] = []
    size = 0
    for part in unpack(response.iter_raw(_STEP)):
        size += len(part)
        if size > wanted.largest:
            raise Refused(
                tr("It is larger than {largest} MB.").format(largest=wanted.largest // 1024 // 1024)
            )
        if deadline.is_over():
            raise NotReachable(tr("It took too long to come."), tr("Try again later."))
        parts.append(part)
    if deadline.is_stopped():
        raise Stopped
    if deadline.is_over():
        # A connection that the deadline ended looks like one that came to its end.
        raise NotReachable(tr("It took too long to come."), tr("Try again later."))
    return b"".join(parts)


def _as_is(raw: Iterator[bytes]) -> Iterator[bytes]:
    return raw


def _unpacked(raw: Iterator[bytes]) -> Iterator[bytes]:
    unpacker: Any = None
    for packed in raw:
        if unpacker is None:
            # gzip and zlib are told apart by their headers; servers also call a bare stream "deflate".
            is_bare = packed[:1] != b"\x1f" and (
                packed[0] & 0x0F != 8 or int.from_bytes(packed[:2], "big") % 31
            )
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS if is_bare else zlib.MAX_WBITS | 32)
        rest = packed
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _STEP)
            rest = unpacker.unconsumed_tail
