"""A loopback site with a page for each way in which a page can be hard to save; it remembers what was asked.

The surprising part: its port is free and new each time, so no address of it may be written down anywhere.
"""

import base64
import http.server
import struct
import threading
import urllib.parse
import wave
import zlib
from collections.abc import Callable
from io import BytesIO

PRACTICE = "Deliberate practice needs feedback, and feedback needs a record of what was tried. "
COOKIE = "session=present"
SECRET = "The budget for the learning programme is 4,711 euro a year."


def paragraphs(number: int) -> str:
    """Readable text; every paragraph differs, so that no extraction takes them for boilerplate."""
    return "".join(
        f"<p>Note {n}. {PRACTICE * 3}It was written on day {n}.</p>\n" for n in range(1, number + 1)
    )


def article(title: str, body: str, head: str = "") -> str:
    """A page with author and date, as a newspaper has them."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="author" content="Ada Lovelace">'
        '<meta property="article:published_time" content="2026-10-05T08:00:00Z">'
        f"{head}</head><body><nav>Home · About</nav><article><h1>{title}</h1>{body}</article></body></html>"
    )


def png(red: int, green: int, blue: int, size: int = 120) -> bytes:
    """A square of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes((red, green, blue)) * size) * size
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def pdf(*lines: str) -> bytes:
    """A one-page PDF with that text."""
    text = "BT /F1 12 Tf 72 720 Td 16 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + (table + end).encode()


def sound(seconds: int) -> bytes:
    """Silence as a WAV file, so that a video element has a length and a position."""
    out = BytesIO()
    with wave.open(out, "wb") as sink:
        sink.setnchannels(1)
        sink.setsampwidth(1)
        sink.setframerate(8_000)  # Chromium plays nothing under 3,000
        sink.writeframes(b"\x80" * 8_000 * seconds)
    return out.getvalue()


PICTURE = png(27, 94, 90)
SECRET_PICTURE = png(138, 90, 0)
LAZY_PICTURE = png(60, 60, 160)
INLINE_PICTURE = png(120, 20, 90)
TRACK = (
    "WEBVTT\n\n00:00.000 --> 00:20.000\nWelcome to the lesson on feedback.\n\n"
    "00:20.000 --> 01:00.000\nA record is what feedback needs.\n"
)
SHADOW = """<x-open></x-open><x-closed></x-closed><div id="late"></div><script>
const make = (name, mode, text) => customElements.define(name, class extends HTMLElement {
  constructor() { super(); this.attachShadow({ mode }).innerHTML = `<p>${text}</p><slot></slot>`; } });
make('x-open', 'open', 'OPEN-SHADOW says that practice without feedback is only repetition of old habits.');
make('x-closed', 'closed', 'CLOSED-SHADOW says that a record makes the feedback of last month useful today.');
setTimeout(() => {
  document.getElementById('late').innerHTML = '<p>LATE-TEXT arrived after the page had loaded, by a script, '
    + 'as most pages of today are written, and belongs to the article all the same.</p>';
  document.documentElement.dataset.ready = 'yes';
}, 150);</script>"""
VIDEO = """<video id="v" src="/sound.wav" controls>
<track kind="captions" src="/captions.vtt" srclang="en" default></video><script>
const v = document.getElementById('v');
const ready = () => {
  if (!(v.currentTime > 40 && v.textTracks[0].cues?.length)) return;
  document.documentElement.dataset.ready = 'yes';
};
v.textTracks[0].mode = 'showing';
v.addEventListener('loadedmetadata', () => { v.currentTime = 42; });
v.addEventListener('seeked', ready);
setInterval(ready, 50);</script>"""

Answer = tuple[int, str, bytes, dict[str, str]]


def html(text: str, **headers: str) -> Answer:
    """200, HTML."""
    return (
        200,
        "text/html; charset=utf-8",
        text.encode(),
        {k.replace("_", "-"): v for k, v in headers.items()},
    )


class Site:
    """The server. `asked` is (path with query, cookie) of every request; `extra` adds pages while it runs."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.extra: dict[str, Answer] = {}
        handler = type("Handler", (_Handler,), {"site": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """For instance http://127.0.0.1:40123 ."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def url(self, path: str) -> str:
        """The whole address of a page."""
        return self.address + path

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    def answer(self, path: str, query: dict[str, list[str]], cookie: str) -> Answer:
        """What a path gives."""
        if path in self.extra:
            return self.extra[path]
        if path in PAGES:
            return PAGES[path](cookie)
        if path == "/size":
            wanted = int(query["n"][0])
            one = len(paragraphs(1))
            return html(article(f"A page of {wanted:,} bytes", paragraphs(max(1, wanted // one))))
        if path.startswith("/article/"):
            name = path.rpartition("/")[2]
            return html(article(f"Article {name}", paragraphs(12) + f"<p>Its mark is MARK-{name}.</p>"))
        return 404, "text/plain; charset=utf-8", b"not here", {}


def _private(cookie: str) -> Answer:
    if COOKIE not in cookie:
        return 401, "text/html; charset=utf-8", b"<!doctype html><title>Log in</title><p>Please log in.", {}
    image = (
        '<figure><img src="/private.png" alt="A plan"><figcaption>The plan of the year</figcaption></figure>'
    )
    return html(article("The learning budget", f"<p>{SECRET}</p>{image}" + paragraphs(8)))


def _private_picture(cookie: str) -> Answer:
    if COOKIE not in cookie:
        return 403, "text/plain; charset=utf-8", b"no", {}
    return 200, "image/png", SECRET_PICTURE, {}


def _login(_cookie: str) -> Answer:
    return html("<!doctype html><title>In</title><p>You are in.", Set_Cookie=f"{COOKIE}; Path=/")


def _selection(_cookie: str) -> Answer:
    wanted = '<p id="wanted">Only <em>this sentence</em> was worth keeping of the whole page.</p>'
    return html(article("Selection", paragraphs(3) + wanted + paragraphs(3)))


def _marked(_cookie: str) -> Answer:
    first = '<p id="first">Ask <em>what</em> the person saw, and wait for it.</p>'
    second = '<p id="second">Then say in plain words what you saw yourself.</p>'
    return html(article("Marked", paragraphs(3) + first + paragraphs(3) + second))


def _inline(_cookie: str) -> Answer:
    data = base64.b64encode(INLINE_PICTURE).decode()
    drawing = (
        '<canvas id="c" width="60" height="40" aria-label="A chart"></canvas><script>'
        "const pen = document.getElementById('c').getContext('2d');"
        "pen.fillStyle = '#1b5e5a'; pen.fillRect(5, 5, 30, 30);</script>"
    )
    body = f'{paragraphs(4)}<p><img src="data:image/png;base64,{data}" alt="Inline"></p><p>{drawing}</p>'
    return html(article("Inline", body + paragraphs(4)))


def _lazy(_cookie: str) -> Answer:
    placeholder = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    lazy = f'<figure><img src="{placeholder}" data-src="/lazy.png" alt="A lazy picture"></figure>'
    return html(
        article("Lazy", paragraphs(4) + f'<img src="/picture.png" alt="A picture">{lazy}' + paragraphs(4))
    )


def _frames(_cookie: str) -> Answer:
    inner = '<iframe src="/frame"></iframe>'
    return html(article("Frames", paragraphs(4) + inner + paragraphs(4)))


def _frame(_cookie: str) -> Answer:
    text = "FRAME-TEXT stands in a frame of the same site and is part of what the reader sees on this page."
    return html(f"<!doctype html><title>Inner</title><p>{text}</p>")


PAGES: dict[str, Callable[[str], Answer]] = {
    "/article": lambda _: html(article("Feedback and records", paragraphs(12))),
    "/shadow": lambda _: html(article("Shadow and late text", paragraphs(2) + SHADOW)),
    "/login": _login,
    "/private": _private,
    "/private.png": _private_picture,
    "/selection": _selection,
    "/marked": _marked,
    "/inline": _inline,
    "/lazy": _lazy,
    "/lazy.png": lambda _: (200, "image/png", LAZY_PICTURE, {}),
    "/picture.png": lambda _: (200, "image/png", PICTURE, {}),
    "/frames": _frames,
    "/frame": _frame,
    "/paper.pdf": lambda _: (200, "application/pdf", pdf("A paper about feedback.", PRACTICE.strip()), {}),
    "/video": lambda _: html(article("A lesson on feedback", VIDEO + paragraphs(4))),
    "/sound.wav": lambda _: (200, "audio/wav", sound(60), {}),
    "/captions.vtt": lambda _: (200, "text/vtt; charset=utf-8", TRACK.encode(), {}),
    "/sandboxed": lambda _: html(article("In a sandbox", paragraphs(8)), Content_Security_Policy="sandbox"),
    "/favicon.ico": lambda _: (204, "image/x-icon", b"", {}),
}


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that hangs up is no fault of ours."""


class _Handler(http.server.BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urllib.parse.urlsplit(self.path)
        cookie = self.headers.get("Cookie", "")
        self.site.asked.append((self.path, cookie))
        status, kind, body, headers = self.site.answer(parts.path, urllib.parse.parse_qs(parts.query), cookie)
        wanted = self.headers.get("Range", "")
        if wanted.startswith("bytes=") and status == 200:  # without ranges a browser cannot seek
            first, _, last = wanted[6:].partition("-")
            start, end = int(first or 0), min(int(last or len(body) - 1), len(body) - 1)
            headers = headers | {"Content-Range": f"bytes {start}-{end}/{len(body)}"}
            status, body = 206, body[start : end + 1]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Accept-Ranges", "bytes")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: `asked` remembers."""
