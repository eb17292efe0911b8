"""The window's start and size: first paint, memory and the longest stall at 100 and at 100,000 captures.

Each run is a process of its own, off-screen; the sizes are interleaved, so that a busy machine disturbs both
alike. ``rows(n)`` gives the table's rows, medians of n.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (100, 100_000)
TIMEOUT = 300

CHILD = r"""
import asyncio, json, os, resource, sys, time
start_wall, start_cpu = time.perf_counter(), time.process_time()
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from desktop.paths import Paths
from desktop.ui import looping
from desktop.ui.first_window import first_window
from desktop.ui.window_state import WindowState

def memory(key):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    return 0.0

class Painted(QObject):
    def __init__(self):
        super().__init__()
        self.wall = self.cpu = 0.0
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.wall:
            QTimer.singleShot(0, self.note)
        return False
    def note(self):
        if not self.wall:
            self.wall, self.cpu = time.perf_counter() - start_wall, time.process_time() - start_cpu

async def main():
    painted = Painted()
    window, desk = first_window(Paths(Path(sys.argv[2])), WindowState(view="archive"))
    window.list.view.viewport().installEventFilter(painted)
    window.show()
    while not painted.wall:
        await asyncio.sleep(0.002)
    light = [m for m in ("sqlmodel", "trafilatura", "keyring", "httpx") if m in sys.modules]
    rss = memory("VmRSS")
    from desktop.library.opening import open_library
    from desktop.ui import commands
    library = await desk.tasks.attempt(lambda: open_library(Paths(Path(sys.argv[2])), write=True))
    desk.open_library(library)
    window.begin()
    await desk.tasks.work(library.writer.warm)
    while not window.is_idle:
        await asyncio.sleep(0.01)
    stall = {"longest": 0.0, "last": time.perf_counter()}
    def tick():
        now = time.perf_counter()
        stall["longest"] = max(stall["longest"], now - stall["last"])
        stall["last"] = now
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(5)
    timer.timeout.connect(tick)
    stalls = {}
    async def measure(name, act):
        stall["longest"], stall["last"] = 0.0, time.perf_counter()
        timer.start()
        act()
        await asyncio.sleep(0.05)
        while not window.is_idle:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.1)
        timer.stop()
        stalls[name] = (stall["longest"] - 0.005) * 1000
    await measure("done", lambda: desk.actions.run("trash"))
    await measure("undo", lambda: desk.actions.run("undo"))
    await measure("view", lambda: desk.ask_view("all"))
    def select_all():
        desk.actions.run("select_all")
        desk.actions.run("later")
    await measure("bulk", select_all)
    await measure("bulk undo", lambda: desk.actions.run("undo"))
    frames = []
    bar = window.list.view.verticalScrollBar()
    for step in range(60):
        bar.setValue(bar.value() + 156 if step % 3 else bar.maximum() * step // 60)
        before = time.process_time()
        window.list.view.viewport().repaint()
        frames.append((time.process_time() - before) * 1000)
    result = {"wall": painted.wall * 1000, "cpu": painted.cpu * 1000, "rss": rss,
              "open": memory("VmRSS"), "peak": memory("VmHWM"), "stalls": stalls,
              "frame": sorted(frames)[len(frames) // 2], "light": light}
    window.hide()
    await desk.tasks.close()
    library.close()
    print(json.dumps(result))
    return 0

looping.run(main)
os._exit(0)
"""


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def _once(home: Path) -> dict[str, Any]:
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "KITHBOOK_HOME": str(home),
        "HOME": str(home),
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(ROOT), str(home)],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    if not done.stdout.strip():
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def measure(n: int = 5, sizes: tuple[int, ...] = SIZES) -> dict[int, list[dict[str, Any]]]:
    """``n`` runs for each size, interleaved."""
    sys.path.insert(0, str(ROOT))
    many = _module(ROOT / "tests" / "support" / "many.py")
    from desktop.paths import Paths

    found: dict[int, list[dict[str, Any]]] = {size: [] for size in sizes}
    with tempfile.TemporaryDirectory(prefix="kithbook-bench-") as folder:
        for size in sizes:
            many.fill(Paths(Path(folder) / str(size)), size)
        for _ in range(n):
            for size in sizes:
                found[size].append(_once(Path(folder) / str(size)))
    return found


def rows(n: int = 5) -> list[tuple[str, str]]:
    """The table: what was measured, and the figures at each size."""
    found = measure(n)

    def middle(size: int, key: str) -> float:
        return statistics.median(float(run[key]) for run in found[size])

    made = [("window, n", str(n)), ("captures", "   ".join(f"{size:>9,}" for size in SIZES))]
    for key, label, unit in (
        ("cpu", "first paint, CPU", "ms"),
        ("wall", "first paint, wall", "ms"),
        ("rss", "memory at first paint", "MB"),
        ("open", "memory after bulk acts", "MB"),
        ("peak", "memory, highest", "MB"),
        ("frame", "repaint of the list, CPU", "ms"),
    ):
        figures = [middle(size, key) for size in SIZES]
        ratio = f"   ({figures[1] / figures[0]:.2f}×)" if figures[0] else ""
        made.append((f"{label}, {unit}", "   ".join(f"{one:9.1f}" for one in figures) + ratio))
    for act in found[SIZES[0]][0]["stalls"]:
        figures = [statistics.median(run["stalls"][act] for run in found[size]) for size in SIZES]
        made.append((f"longest stall, {act}, ms", "   ".join(f"{one:9.1f}" for one in figures)))
    early = sorted({name for runs in found.values() for run in runs for name in run["light"]})
    made.append(
        ("imported before first paint", ", ".join(early) or "none of sqlmodel, trafilatura, keyring, httpx")
    )
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description="First paint, memory and stalls of the window.")
    parser.add_argument("-n", type=int, default=5)
    for label, figures in rows(parser.parse_args().n):
        print(f"{label:34} {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
