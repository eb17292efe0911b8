"""Extraction beside trafilatura and resiliparse, on the same pages in one run:
``packaging/bench_extraction.py [--n N]``.

The scripts and pages of ``../shared/benchmarks/extraction`` judge; their packages go into an environment of
their own below build/bench. Surprising: one tool runs after the other, since two at once would measure each
other.
"""

import argparse
import json
import shlex
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
JUDGE = ROOT.parent / "shared" / "benchmarks" / "extraction"
PLACE = ROOT / "build" / "bench"
TOOLS = ("trafilatura", "trafilatura-meta", "resiliparse")
STRUCTURE = "trafilatura-html"
OURS = "kithbook"
ALL = 420


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--n", type=int, default=ALL, help=f"pages (default {ALL}, the judge's own subset)")
    parser.add_argument("--all", action="store_true", help="all pages of the set, not only the subset")
    args = parser.parse_args()
    if not JUDGE.is_dir():
        print("../shared/benchmarks/extraction is not here, so nothing was measured.")
        return 0
    python = judge_python()
    pages, out = pages_of(python, args.n, is_all=args.all)
    for tool in TOOLS:
        run(python, "run_py.py", tool, pages, out / f"dev.{tool}")
    subprocess.run([python, "-c", HTML_TOOL, JUDGE, pages, out / f"dev.{STRUCTURE}"], check=True)
    command = shlex.join([sys.executable, "-m", "desktop", "extract", "--batch"])
    run(python, "run_cli.py", "--stream", "--cmd", command, pages, out / f"dev.{OURS}")
    run(python, "score.py", pages, out, "dev", *TOOLS, STRUCTURE, OURS, is_quiet=True)
    run(python, "show.py", out / "dev.scores.json")
    scores = json.loads((out / "dev.scores.json").read_text("utf-8"))
    print(agreement_line(python, out / f"dev.{OURS}"))
    return verdict(scores)


def judge_python() -> Path:
    """An interpreter with the judge's packages; made at the first run."""
    place = PLACE / "venv"
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    stamp = place / "ready"
    if not stamp.exists():
        print("Setting up the judge's own environment …", flush=True)
        venv.create(place, with_pip=True, clear=True)
        subprocess.run(
            [
                python,
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                "-r",
                JUDGE / "requirements.txt",
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        stamp.touch()
    return python


def pages_of(python: Path, count: int, *, is_all: bool) -> tuple[Path, Path]:
    """The page file and the folder for what the tools give."""
    if is_all:
        out = PLACE / "extraction-all"
        out.mkdir(parents=True, exist_ok=True)
        return JUDGE / "dev.jsonl.xz", out
    pages, out = PLACE / f"dev{count}.jsonl", PLACE / f"extraction-{count}"
    out.mkdir(parents=True, exist_ok=True)
    if not pages.exists():
        run(python, "subset.py", JUDGE / "dev.jsonl.xz", pages, "--n", count, is_quiet=True)
    return pages, out


def run(python: Path, script: str, *arguments: object, is_quiet: bool = False) -> None:
    subprocess.run(
        [python, JUDGE / script, *map(str, arguments)],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL if is_quiet else None,
    )


HTML_TOOL = """
import sys
sys.path.insert(0, sys.argv[1])
import run_py
from trafilatura import extract
run_py.make = lambda tool: lambda html, url: {"html": extract(
    html, url=url, output_format="html", include_comments=False, include_tables=True, include_images=True,
    include_formatting=True, include_links=True) or ""}
run_py.main("trafilatura-html", sys.argv[2], sys.argv[3])
"""
"""Trafilatura's own HTML, for the structure table: the judge's reference runs give text only."""

COMPARE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from score import md2html, text, tree, wf1
same = pages = 0
for line in open(sys.argv[2], encoding="utf8"):
    page = json.loads(line)
    if not page.get("text"):
        continue
    pages += 1
    plain = page["text"]
    same += min(wf1(plain, text(tree(page["html"]))), wf1(plain, text(tree(md2html(page["md"]))))) >= 0.99
print(same, pages)
"""


def agreement_line(python: Path, answers: Path) -> str:
    """On how many pages text, text of the HTML and text of the Markdown have the same words (F1 of .99)."""
    done = subprocess.run([python, "-c", COMPARE, JUDGE, answers], check=True, capture_output=True, text=True)
    same, pages = map(int, done.stdout.split())
    share = 100 * same / max(1, pages)
    return f"text = text(html) = text(markdown) on {same} of {pages} pages with text ({share:.1f} %)"


def verdict(scores: dict[str, Any]) -> int:
    """Prints ours against trafilatura, one line a measure; returns 1 when one is below the mark."""
    ours, theirs, full = scores[OURS], scores["trafilatura"], scores["trafilatura-meta"]
    rows: list[tuple[str, float, float, bool]] = []
    for name, get in (
        ("scrapinghub shingle F1", lambda r: r["full:scrapinghub"][2]),
        ("snippet F1", lambda r: r["snip:trafilatura"][2]),
        ("WCXB macro word F1", lambda r: r["wcxb_macro"]),
    ):
        rows.append((name, get(ours), get(theirs), get(ours) >= get(theirs) - 0.005))
    rows += structure_rows(ours, scores[STRUCTURE])
    for name in ("mean", "p50", "p95", "max"):
        a, b = ours["cpu_ms"][name], full["cpu_ms"][name]
        rows.append((f"CPU ms a page, {name} (theirs with metadata)", a, b, a <= 2 * b))
    print(f"\n{'OURS AGAINST TRAFILATURA':<46} {'ours':>9} {'theirs':>9} {'ratio':>7}")
    for name, a, b, is_good in rows:
        mark = "" if is_good else "  BELOW THE MARK"
        print(f"{name:<46} {a:>9.3f} {b:>9.3f} {a / b if b else 0:>7.2f}{mark}")
    return 0 if all(row[3] for row in rows) else 1


def structure_rows(ours: dict[str, Any], theirs: dict[str, Any]) -> list[tuple[str, float, float, bool]]:
    """Recall of every kind of structure, over all pages with a gold for it."""
    found = []
    for source, kinds in ours["st"].items():
        for kind, (recall, _, count) in kinds.items():
            other = theirs["st"].get(source, {}).get(kind, [0.0])[0]
            found.append((f"{source}: {kind} ({count})", recall, other, recall >= other))
    for kind, name in (("math", "formulas"), ("fn", "footnotes")):
        (a, count), (b, _) = ours[kind], theirs[kind]
        if count:
            found.append((f"{name} ({count})", a / count, b / count, a >= b))
    return found


if __name__ == "__main__":
    sys.exit(main())
