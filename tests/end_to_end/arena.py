"""Opens hostile documents in a real browser and counts what they did.

Each document is a sandboxed frame of one page: scripts run, dialogs and leaving the page do not. Surprising:
a report-only content security policy counts every inline script, handler and javascript: address that runs,
whatever it does, without stopping it; and the browser's proxy is ours, so every request is seen.
"""

import json
import socketserver
import threading
from dataclasses import dataclass, field
from typing import Any

from tests.end_to_end.pages import Site
from tests.end_to_end.waiting import until

AT_ONCE = 24
SETTLE_MS = 250
PATIENCE_MS = 4_000
# Runs first in every document: what payloads call to show that they ran.
HOOK = """<script nonce="kithbook">(() => {
const seen = [];
window.__seen = seen;
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
  window[name] = (...given) => { seen.push(name); return null; };
}
const ran = (event) => seen.push('inline: ' + event.effectiveDirective);
document.addEventListener('securitypolicyviolation', ran);
})();</script>"""
XML_HOOK = HOOK.replace("(() =>", "<![CDATA[(() =>").replace("})();</script>", "})();]]></script>")
PAGE = """<!doctype html><meta charset="utf-8"><title>Arena</title><body><script nonce="kithbook">
window.above = [];  // what frames called on this page instead of on themselves
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
  window[name] = () => { window.above.push(name); return null; };
}
const EVENTS = /^on([a-z]+)$/i;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const stir = (root) => {
  for (const element of root.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) {
      const found = EVENTS.exec(name);
      if (found) element.dispatchEvent(new Event(found[1].toLowerCase()));
    }
    if (element.protocol === 'javascript:') element.click();
  }
};
const dangerous = (root, allowed) => [...root.body?.querySelectorAll('*') ?? []].flatMap((element) => {
  const bad = allowed.includes(element.localName) ? [] : [`<${element.localName}>`];
  for (const { name, value } of element.attributes) {
    if (/^on/i.test(name)) bad.push(name);
    const isAddress = ['href', 'src', 'action', 'srcset', 'data', 'style', 'srcdoc'].includes(name);
    if (isAddress && !/^(https?:|mailto:|res\\/[0-9a-f]{64}\\.)/i.test(value)) bad.push(`${name}=${value}`);
  }
  return bad;
});
const one = async (text, marks, allowed) => {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts allow-same-origin allow-forms';
  const loaded = new Promise((resolve) => { frame.onload = resolve; });
  if (text.startsWith('/')) frame.src = text;
  else frame.srcdoc = text;
  document.body.append(frame);
  await Promise.race([loaded, pause(PATIENCE_MS)]);
  const result = { seen: [], dangerous: [], marks: 0 };
  try {
    const seen = frame.contentWindow.__seen;
    stir(frame.contentDocument);
    await pause(SETTLE_MS);
    result.dangerous = marks ? dangerous(frame.contentDocument, allowed) : [];
    result.marks = frame.contentDocument.querySelectorAll('body > section').length;
    result.seen = [...new Set(seen ?? [])];
  } catch (error) {  // the document went elsewhere
    result.seen = ['left: ' + error.name];
  }
  frame.remove();
  return result;
};
window.fight = async (documents, marks, allowed, atOnce) => {
  const results = new Array(documents.length);
  let next = 0;
  const lane = async () => {
    while (next < documents.length) {
      const n = next++;
      results[n] = await one(documents[n], marks, allowed);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  window.results = { results, above: window.above.length };
};
</script>""".replace("PATIENCE_MS", str(PATIENCE_MS)).replace("SETTLE_MS", str(SETTLE_MS))
MAKERS = (
    "google.com",
    "googleapis.com",
    "gvt1.com",
    "mozilla.org",
    "mozilla.com",
    "mozilla.net",
    "firefox.com",
)
POLICY = "script-src 'nonce-kithbook'"


@dataclass
class Outcome:
    """What a set of documents did."""

    executed: list[int] = field(default_factory=list)
    """Numbers of the documents in which something ran."""
    called: list[int] = field(default_factory=list)
    """Those of them that called alert or its like."""
    left: list[int] = field(default_factory=list)
    """Numbers of the documents that went to another address."""
    dangerous: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    marks: int = 0
    """Sections that stand directly in a body: as many as were put there, or one has swallowed another."""
    above: int = 0
    """Calls of alert and its like on the page around."""


class Proxy:
    """Answers every request of the browser with 502, and remembers the first line of it."""

    def __init__(self) -> None:
        asked: list[str] = []

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.connection.settimeout(5)
                try:
                    asked.append(self.rfile.readline(2000).decode("latin-1").strip())
                    self.wfile.write(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError:
                    pass

        self.asked = asked
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()


def is_chatter(line: str, text: str) -> bool:
    """Does the browser ask its own maker of its own accord? Not if the documents name that host."""
    host = line.split(" ")[1].partition("://")[2] or line.split(" ")[1] if " " in line else ""
    host = host.partition("/")[0].partition(":")[0].lower()
    return host not in text and any(host == own or host.endswith("." + own) for own in MAKERS)


def fight(
    browser: Any,
    site: Site,
    proxy: Proxy,
    documents: list[str],
    allowed: list[str],
    *,
    served_as: str = "",
    is_enforced: bool = False,
) -> Outcome:
    """Opens every document, says what happened. `allowed` names elements; if empty, danger is not counted.

    ``served_as``: a media type; they are not written into their frames but loaded there, from ``/served/``,
    and have a ``<head>``. ``is_enforced``: they carry a policy of their own, so what it stopped does not
    count as having run; then only what calls alert and its like does. What they ask for is then counted while
    each is opened as a page of its own, as a person opens it.
    """
    outcome = _fight(browser, site, proxy, documents, allowed, served_as, HOOK)
    if is_enforced and served_as:
        # Firefox fetches some pictures past a page's policy after a script ahead of it, as the hook is one,
        # and in a frame that is taken away.
        outcome.requests = _asked_alone(browser, site, proxy, documents, served_as)
    if is_enforced:
        outcome.executed = [number for number in outcome.executed if number in outcome.called]
    return outcome


def _asked_alone(browser: Any, site: Site, proxy: Proxy, documents: list[str], mime: str) -> list[str]:
    asked_before, site_before = len(proxy.asked), len(site.asked)
    ready = [f"/alone/{number}" for number in range(len(documents))]
    for path, text in zip(ready, documents, strict=True):
        site.extra[path] = (200, f"{mime}; charset=utf-8", text.encode(), {})
        browser.open(site.url(path))
    browser.open(site.url("/arena"))
    own = {"/arena", "/favicon.ico", "/alone/style.css", *ready}
    whole = "".join(documents).lower()
    asked = [line for line in proxy.asked[asked_before:] if not is_chatter(line, whole)]
    return asked + [path for path, _ in site.asked[site_before:] if path not in own]


def _fight(
    browser: Any, site: Site, proxy: Proxy, documents: list[str], allowed: list[str], mime: str, hook: str
) -> Outcome:
    headers = {"Content-Security-Policy-Report-Only": POLICY}
    site.extra["/arena"] = (200, "text/html; charset=utf-8", PAGE.encode(), headers)
    ready = [hook + text for text in documents]
    if mime:
        ready = [f"/served/{number}" for number in range(len(documents))]
        hook = XML_HOOK if hook and "xml" in mime else hook
        for path, text in zip(ready, documents, strict=True):
            hooked = text.replace("<head>", "<head>" + hook, 1)
            site.extra[path] = (200, f"{mime}; charset=utf-8", hooked.encode(), headers)
    listing = json.dumps(ready).encode()
    site.extra["/documents"] = (200, "application/json", listing, {})
    browser.open(site.url("/arena"))
    asked_before, site_before = len(proxy.asked), len(site.asked)
    browser.run(
        "window.results = null; const got = await (await fetch('/documents')).json();"
        "window.fight(got, args[0].length > 0, args[0], args[1]);",
        allowed,
        AT_ONCE,
    )
    got = until(lambda: browser.run("return window.results"), "all documents", seconds=240, pause=0.25)
    outcome = Outcome(above=got["above"])
    for number, result in enumerate(got["results"]):
        if any(not one.startswith("left") for one in result["seen"]):
            outcome.executed.append(number)
        elif result["seen"]:
            outcome.left.append(number)
        if any(not one.startswith(("left", "inline")) for one in result["seen"]):
            outcome.called.append(number)
        outcome.dangerous += [f"{number}: {one}" for one in result["dangerous"]]
        outcome.marks += result["marks"]
    own = {"/documents", "/arena", "/favicon.ico", *ready}
    text = "".join(documents).lower()
    outcome.requests = [line for line in proxy.asked[asked_before:] if not is_chatter(line, text)]
    outcome.requests += [path for path, _ in site.asked[site_before:] if path not in own]
    return outcome
