"""How long the host takes to start, beside an interpreter that does nothing: ``packaging/bench_host.py [n]``.

Each round starts all of them in turn, so that a busy machine slows all alike. "To the first answer" is what a
browser waits for at the first click; the launcher is the shell script that browsers really start.
"""

import importlib.util
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from native_host import launcher  # noqa: E402 - the project's root is put on the path first

QUESTION = {"v": 1, "op": "context", "url": "https://example.org/"}
NOTHING, HOST, LAUNCHER = (
    "python3 -I -S -c pass",
    "host, to its first answer",
    "host by its launcher, to its first answer",
)


def _client() -> ModuleType:
    place = ROOT / "packaging" / "host_client.py"
    spec = importlib.util.spec_from_file_location("packaging_host_client", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


CLIENT = _client()


def rows(n: int = 40) -> list[tuple[str, int, float, float]]:
    """For each: what, n, median in ms, ratio to the interpreter that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "kithbook")
        script = launcher.write(home, sys.platform, launcher.this_program())
        ways: dict[str, Callable[[], float]] = {
            NOTHING: _nothing,
            HOST: lambda: _first_answer(CLIENT.HostClient(home)),
            LAUNCHER: lambda: _first_answer(CLIENT.HostClient(home, command=(str(script),))),
        }
        times: dict[str, list[float]] = {what: [] for what in ways}
        for round_number in range(n + 1):
            for what, way in ways.items():
                taken = way()
                if round_number:  # the first round fills the caches
                    times[what].append(taken)
    medians = {what: statistics.median(taken) * 1000 for what, taken in times.items()}
    return [(what, n, median, median / medians[NOTHING]) for what, median in medians.items()]


def _nothing() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-S", "-c", "pass"], check=True)
    return time.perf_counter() - start


def _first_answer(host: "CLIENT.HostClient") -> float:  # type: ignore[name-defined]
    with host:
        host.ask(QUESTION)
        return time.perf_counter() - host.started


def main() -> None:
    print(f"{'start':<44}{'n':>5}{'median ms':>11}{'ratio':>7}")
    for what, n, median, ratio in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 40):
        print(f"{what:<44}{n:>5}{median:>11.1f}{ratio:>7.2f}")


if __name__ == "__main__":
    main()
