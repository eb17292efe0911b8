"""The one gate to the network, against servers on this machine."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from desktop.capture.fetch import MOST_REDIRECTS, PAGE, PICTURE, Gate
from desktop.capture.stopping import Stopped
from desktop.errors import NotReachable, Refused
from tests.support.spooled import PNG
from tests.support.web import Web, serving

SMALL = replace(PAGE, largest=100_000, seconds=20)


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


@pytest.fixture
def gate() -> Iterator[Gate]:
    found = Gate("127.0.0.1")
    yield found
    found.close()


def test_a_page_is_fetched_without_cookies_or_referrer(web: Web, gate: Gate) -> None:
    url = web.page("/a", "<p>Grüße".encode("latin-1"), "Text/HTML; Charset=ISO-8859-1", Set_Cookie="id=1")
    gate.get(url)

    fetched = gate.get(url.replace("http://", "http://someone:secret@") + "#part")

    assert (fetched.url.partition("@")[2] or fetched.url).endswith("/a")
    assert (fetched.type, fetched.charset, fetched.data) == ("text/html", "iso-8859-1", b"<p>Gr\xfc\xdfe")
    for _, headers in web.asked:
        assert not {"cookie", "referer", "authorization"} & {name.lower() for name in headers}
    assert web.asked[0][1]["Host"] == web.url.removeprefix("http://")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "data:text/html,x", "javascript:alert(1)", "chrome://version",
        "//example.org/", "example.org", "", "http://", "http:///x", "http://[::1", "http://a:99999/",
        "http://a b/", "http://a%2eb/", "http://a:0/",
    ],
)  # fmt: skip
def test_only_web_addresses_are_asked(gate: Gate, url: str) -> None:
    with pytest.raises(Refused):
        gate.get(url)


def test_private_addresses_are_not_asked(web: Web) -> None:
    gate = Gate()
    with pytest.raises(Refused, match="private network"):
        gate.get(web.page("/a", b"x"))
    gate.close()

    assert not web.asked


def test_a_low_port_is_not_asked(gate: Gate) -> None:
    with pytest.raises(Refused, match="Port 22"):
        gate.get("http://127.0.0.1:22/")


def test_redirects_are_followed_and_each_is_checked(web: Web, gate: Gate) -> None:
    web.page("/end", b"there")
    url = web.redirect("/start", "/middle", 301)
    web.redirect("/middle", web.url + "/end", 307)

    assert gate.get(url).data == b"there"
    assert gate.get(url).url == web.url + "/end"
    for bad in (
        "file:///etc/passwd",
        "http://10.0.0.1/",
        "http://[::1]:8080/",
        "http://169.254.169.254/latest",
    ):
        with pytest.raises(Refused):
            gate.get(web.redirect("/bad", bad))


def test_redirects_come_to_an_end(web: Web, gate: Gate) -> None:
    with pytest.raises(Refused, match="too often"):
        gate.get(web.redirect("/round", "/round"))

    assert len(web.asked) == MOST_REDIRECTS + 1


def test_the_address_is_asked_that_was_checked(web: Web, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers differently the second time gains nothing: it is asked once."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: object, **named: object) -> list[tuple[object, ...]]:
        asked.append(host)
        if host == "page.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        return list(real(host, port, *rest, **named))  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    web.page("/a", b"there")
    port = web.url.rpartition(":")[2]

    assert gate.get(f"http://page.example:{port}/a").data == b"there"
    assert asked.count("page.example") == 1
    assert web.asked[0][1]["Host"] == f"page.example:{port}"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"text" * 100)),
        ("deflate", zlib.compress(b"text" * 100)),
        ("deflate", zlib.compress(b"text" * 100)[2:-4]),
        ("identity", b"text" * 100),
    ],
    ids=["gzip", "deflate with its header", "deflate bare", "as it is"],  # a packed page holds the time
)
def test_packed_pages_are_unpacked(web: Web, gate: Gate, coding: str, packed: bytes) -> None:
    assert gate.get(web.page("/a", packed, Content_Encoding=coding)).data == b"text" * 100


def test_a_bomb_is_noticed_before_it_is_unpacked(web: Web, gate: Gate) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, 9)

    with pytest.raises(Refused, match="larger than"):
        gate.get(web.page("/bomb", bomb, Content_Encoding="gzip"), SMALL)


def test_a_page_too_large_is_refused(web: Web, gate: Gate) -> None:
    with pytest.raises(Refused, match="larger than"):
        gate.get(web.page("/large", b"x" * 100_001), SMALL)


def test_a_broken_or_unknown_packing_is_a_sentence(web: Web, gate: Gate) -> None:
    with pytest.raises(NotReachable):
        gate.get(web.page("/a", b"\x1f\x8bnot gzip at all", Content_Encoding="gzip"))
    with pytest.raises(Refused, match="packed"):
        gate.get(web.page("/b", b"x", Content_Encoding="br"))


@pytest.mark.parametrize(
    ("status", "words"), [(404, "no such page"), (403, "signing in"), (500, "could not")]
)
def test_a_refusal_of_the_server_is_a_sentence(web: Web, gate: Gate, status: int, words: str) -> None:
    web.pages["/a"] = (status, {}, b"")

    with pytest.raises(NotReachable, match=words):
        gate.get(web.url + "/a")


def test_only_what_is_wanted_is_taken(web: Web, gate: Gate) -> None:
    assert gate.get(web.page("/p", PNG, "image/png"), PICTURE).data == PNG
    with pytest.raises(Refused, match="not asked for"):
        gate.get(web.page("/v", b"x", "video/mp4"))
    with pytest.raises(Refused, match="not asked for"):
        gate.get(web.page("/h", b"x", "text/html"), PICTURE)


def dripping(handler: BaseHTTPRequestHandler, *, in_body: bool) -> None:
    """One byte now and then, for ever: each comes sooner than a timeout between bytes."""
    try:
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + (b"\r\n" if in_body else b"X: ")
        )
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


@pytest.mark.parametrize("in_body", [False, True])
def test_a_server_that_drips_is_left_at_the_deadline(web: Web, gate: Gate, in_body: bool) -> None:
    web.pages["/slow"] = lambda handler: dripping(handler, in_body=in_body)
    began = time.monotonic()

    with pytest.raises(NotReachable, match="too long"):
        gate.get(web.url + "/slow", replace(PAGE, seconds=1.5))
    assert time.monotonic() - began < 20


def test_an_interrupted_fetch_ends_at_once(web: Web) -> None:
    stopped = threading.Event()
    gate = Gate("127.0.0.1", stopped)
    web.pages["/slow"] = lambda handler: dripping(handler, in_body=True)

    def stop() -> None:
        stopped.set()
        gate.interrupt()

    timer = threading.Timer(0.3, stop)
    timer.start()
    with pytest.raises(Stopped):
        gate.get(web.url + "/slow", PAGE)
    timer.join()
    with pytest.raises(Stopped):
        gate.get(web.url + "/slow", PAGE)
    gate.close()


def test_a_server_that_says_nothing_or_hangs_up_is_a_sentence(gate: Gate) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(NotReachable, match="too long"):
            gate.get(f"http://127.0.0.1:{port}/", replace(PAGE, seconds=1.5))

        def hang_up() -> None:
            while True:
                try:
                    server.accept()[0].close()
                except OSError:
                    return

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        with pytest.raises(NotReachable, match="could not be reached"):
            gate.get(f"http://127.0.0.1:{port}/")
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    with pytest.raises(NotReachable):
        gate.get(f"http://127.0.0.1:{port}/")
