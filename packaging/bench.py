"""All measurements in one run: ``make bench``, or ``packaging/bench.py [part …]``.

Each part is a script of its own and prints its table with n and medians; they run one after the other, since
two at once would measure each other. Surprising: a part that fails does not stop the rest, but the run fails.
"""

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = {
    "clicks": "Click to durable acknowledgement, both browsers",
    "host": "Start of the host, beside an interpreter that does nothing",
    "capture": "From the spool to the library",
    "extraction": "Extraction, beside trafilatura and resiliparse",
    "anchoring": "Highlights on changed pages",
    "library": "The library at 100 and at 100,000 captures",
    "tags": "Tags over 10,000 pages of a library of 100,000",
    "export": "A Markdown folder beside a plain loop, and the other exports",
    "learning": "The pages of learning over a library of 100,000",
    "pack": "A pack of 50 captures with 200 annotations and pictures: written, opened, taken in",
    "search": "Search",
    "window": "The window: first paint and memory at 100 and at 100,000 captures",
}


ON_REQUEST = {"search"}  # fetches half a gigabyte and takes a quarter of an hour


def main(wanted: list[str]) -> int:
    """Runs the parts named, or all but the slow ones; returns how many failed."""
    unknown = sorted(set(wanted) - set(PARTS))
    if unknown:
        print(f"There is no part {', '.join(unknown)}. The parts are {', '.join(PARTS)}.")
        return 2
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(
        f"{platform.platform()}, {cores} cores, load {load:.1f}. Compare the rows of one run only.",
        flush=True,
    )
    failed = []
    for part, title in PARTS.items():
        script = ROOT / "packaging" / f"bench_{part}.py"
        is_wanted = part in wanted if wanted else part not in ON_REQUEST
        if not is_wanted or not script.exists():
            continue
        print(f"\n{title}\n{'=' * len(title)}", flush=True)
        start = time.monotonic()
        done = subprocess.run([sys.executable, str(script)], cwd=ROOT, check=False)
        print(f"({part}: {time.monotonic() - start:.0f} s)", flush=True)
        if done.returncode:
            failed.append(part)
    if failed:
        print(f"\nThese parts failed: {', '.join(failed)}.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
