"""Click to durable acknowledgement in both real browsers: ``packaging/bench_clicks.py [chromium|firefox]``.

Our way (one port, parts of 192 KiB) stands beside a control: the same extension, but each capture is one
``sendNativeMessage`` to a host started for it. The time is the extension's own, from hearing of the click to
the host's answer after fsync. Surprising: only the first click opens a popup; the others of a burst reach the
background as messages, since a person cannot click fifteen times a second.
"""

import json
import shlex
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from native_host import identity  # noqa: E402 - the project's root is put on the path first
from tests.end_to_end import flows  # noqa: E402
from tests.end_to_end.machine import EXTENSION, Machine  # noqa: E402
from tests.end_to_end.pages import Site  # noqa: E402
from tests.end_to_end.starting import start  # noqa: E402
from tests.end_to_end.waiting import until  # noqa: E402

SIZES = (("63 kB", 63_000, 15), ("1 MB", 1_000_000, 11), ("10 MB", 10_000_000, 5))
PORT, ONE_SHOT = "warm port, parts", "one-shot message"
ONE_SHOT_HOST = "org.kithbook.bench"
# Takes the place of the two methods that use the port; everything else of the extension stays as it is.
CONTROL = """
Host.prototype.request = async () => ({});
Host.prototype.sendCapture = async function (begin, payload) {
  const page = new TextDecoder().decode(payload);
  const message = { v: 1, op: "capture", ...begin, page };
  const reply = await this.runtime.sendNativeMessage("%s", message);
  if (!reply.ok) throw new HostError("io");
  return reply;
};
"""
BURST = """const B = globalThis.browser ?? globalThis.chrome;
const kept = Object.entries(await B.storage.session.get(null));
const first = kept.map(([, value]) => value).find((value) => value.url === args[0] && value.phase);
const times = [];
for (let n = 0; n < args[1]; n++) {
  const state = await B.runtime.sendMessage({ kb: 'capture', tabId: first.tab });
  if (state.phase !== 'saved') throw new Error(`${state.phase} ${state.code}`);
  times.push(state.ms);
}
return { first: first.ms, times };"""

Row = tuple[str, str, str, int, float, float]


def control_extension(kind: str, target: Path) -> Path:
    """A copy of the built extension that sends each capture as one message."""
    shutil.copytree(EXTENSION / kind, target)
    native = target / "native.js"
    native.write_text(native.read_text("utf-8") + CONTROL % ONE_SHOT_HOST, "utf-8")
    return target


def connect_control(browser: Any, machine: Machine) -> None:
    """Launcher and manifest of the one-shot host."""
    spool = machine.folder / "one-shot"
    spool.mkdir()
    script = shlex.join([sys.executable, "-I", "-S", str(ROOT / "packaging" / "bench_one_shot_host.py")])
    launcher = machine.folder / "one-shot-host"
    launcher.write_text(f"#!/bin/sh\nexport KITHBOOK_BENCH_SPOOL={shlex.quote(str(spool))}\nexec {script}\n")
    launcher.chmod(0o755)
    allowed: dict[str, Any] = {"allowed_origins": list(identity.ORIGINS)}
    if browser.name == "firefox":
        allowed = {"allowed_extensions": list(identity.EXTENSIONS)}
    body = {"name": ONE_SHOT_HOST, "description": "bench", "path": str(launcher), "type": "stdio", **allowed}
    browser.native_manifests.mkdir(parents=True, exist_ok=True)
    (browser.native_manifests / f"{ONE_SHOT_HOST}.json").write_text(json.dumps(body))


@contextmanager
def running(kind: str, way: str) -> Iterator[tuple[Any, Site]]:
    """A fresh browser with our extension or the control's, and the site."""
    machine, site = Machine(), Site()
    try:
        browser = start(kind, machine.folder / "browser", machine.env)
        try:
            if way == PORT:
                machine.connect(browser)
                folder = EXTENSION / kind
            else:
                connect_control(browser, machine)
                folder = control_extension(kind, machine.folder / "control")
            flows.install(browser, folder)
            yield browser, site
        finally:
            browser.close()
    finally:
        site.close()
        machine.close()


def measure(kind: str, way: str) -> list[Row]:
    """For each size: (browser, size, way, n, median ms, ms of the first click)."""
    found = []
    with running(kind, way) as (browser, site):
        for name, size, times in SIZES:
            url = site.url(f"/size?n={size}")
            flows.click(browser, url)
            flows.close_popup(browser)
            got = until(lambda: browser.in_extension(BURST, url, times), "a burst of clicks")  # noqa: B023
            found.append((kind, name, way, times, statistics.median(got["times"]), got["first"]))
    return found


def rows(kinds: tuple[str, ...] = ("chromium", "firefox")) -> list[Row]:
    """All of them, the two ways one after the other."""
    return [row for kind in kinds for way in (PORT, ONE_SHOT) for row in measure(kind, way)]


def main() -> None:
    kinds = tuple(sys.argv[1:]) or ("chromium", "firefox")
    found = rows(kinds)
    print(f"{'browser':<10}{'page':<8}{'way':<20}{'n':>4}{'median ms':>11}{'first ms':>10}{'ratio':>8}")
    for kind, name, way, n, median, first in found:
        ours = next(row[4] for row in found if row[:3] == (kind, name, PORT))
        ratio = median / max(ours, 0.5)
        print(f"{kind:<10}{name:<8}{way:<20}{n:>4}{median:>11.1f}{first:>10.1f}{ratio:>8.2f}")
    print("ratio: times the time of the warm port. first: the first click on that page, with its popup;")
    print("for 63 kB it is also the first of the browser, whose background and host have to start.")


if __name__ == "__main__":
    main()
