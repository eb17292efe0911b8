"""Learns the trees of desktop/text/weights.py: ``packaging/train_extraction.py [--held-out]``.

Every block of the labelled pages is a case: its numbers are `features.NAMES`, its answer is whether its
words stand in the page's gold text. Surprising: scikit-learn is needed only here, in an environment of its
own below build/train; the program itself reads the trees as text. ``--held-out`` leaves the 420 pages of the
benchmark's subset out and only prints how good the blocks of those pages are told apart; without it all
pages are learned from and weights.py is written.
"""

import argparse
import json
import lzma
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
JUDGE = ROOT.parent / "shared" / "benchmarks" / "extraction"
PLACE = ROOT / "build" / "train"
CASES = PLACE / "cases.jsonl"
WEIGHTS = ROOT / "desktop" / "text" / "weights.py"
NEEDS = ("scikit-learn>=1.7,<2", "-r", str(JUDGE / "requirements.txt"))
TOKEN = re.compile(r"\w+")
SHARE = {"readability": 0.5, "defuddle": 0.5, "trafilatura": 0.7}
"""How much a page counts: the gold of the first two is another tool's output,
that of the third is only snippets.
"""
SHAPE = {
    "max_iter": 40,
    "learning_rate": 0.18,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 80,
    "l2_regularization": 5,
    "random_state": 1,
}
HEAD = '''"""The trees of the vote, learned by `packaging/train_extraction.py`; `trees.py` reads them.

Surprising: they are text on purpose. A change of what the extraction prefers shows as words and numbers.
"""

# ruff: noqa: E501

'''


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--learn", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.learn:
        return learn(is_held_out=args.held_out)
    PLACE.mkdir(parents=True, exist_ok=True)
    python = PLACE / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(PLACE / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *NEEDS], check=True)
    golds = PLACE / "golds.jsonl"
    subprocess.run([python, "-c", GOLDS, JUDGE, golds], check=True)
    collect(golds)
    return subprocess.call([python, __file__, "--learn", *(["--held-out"] if args.held_out else [])])


GOLDS = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from score import gold_of, pages
from subset import QUOTA
import hashlib
found, groups = [], {}
for page in pages(str(Path(sys.argv[1]) / "dev.jsonl.xz")):
    if page["source"] == "wcxb" and not page["gt"].get("text"):
        continue
    group = page["source"] + ("/" + page["type"] if page["source"] == "wcxb" else "")
    groups.setdefault(group, []).append((hashlib.sha256(("s" + page["id"]).encode()).hexdigest(), page["id"]))
    found.append({"id": page["id"], "gold": gold_of(page)["text"] or ""})
subset = {id for group, quota in QUOTA.items() for _, id in sorted(groups[group])[:quota]}
with open(sys.argv[2], "w", encoding="utf8") as out:
    for one in found:
        out.write(json.dumps({**one, "in_subset": one["id"] in subset}) + "\\n")
"""


def collect(golds: Path) -> None:
    """Writes the cases of every page: rows, answers (None: does not count), sizes."""
    sys.path.insert(0, str(ROOT))
    from desktop.text.features import NAMES
    from desktop.text.survey import survey

    (PLACE / "names.json").write_text(json.dumps(NAMES), "utf-8")
    known = {one["id"]: one for one in map(json.loads, golds.read_text("utf-8").splitlines())}
    with lzma.open(JUDGE / "dev.jsonl.xz", "rt", encoding="utf8") as pages, CASES.open("w") as out:
        for page in map(json.loads, pages):
            if page["id"] not in known:
                continue
            found = survey(page["html"], page["url"])
            gold = known[page["id"]]["gold"]
            blocks = [(block.tokens, block.text) for block in found.blocks]
            answers = answers_of(blocks, gold) if gold else snippet_answers(blocks, page["gt"])
            case = {"in_subset": known[page["id"]]["in_subset"], "weight": SHARE.get(page["source"], 1.0)}
            case |= {"rows": found.rows, "answers": answers, "sizes": [len(tokens) for tokens, _ in blocks]}
            out.write(json.dumps(case) + "\n")


def answers_of(blocks: list[tuple[list[str], str]], gold: str) -> list[float | None]:
    """For every block how much of it stands in the gold; a short one needs a long neighbour that does."""
    words = TOKEN.findall(gold.casefold())
    triples = set(zip(words, words[1:], words[2:], strict=False))
    lines = {" ".join(TOKEN.findall(line)) for line in gold.casefold().split("\n")}
    whole = f" {' '.join(words)} "
    shares: list[float | None] = []
    for tokens, _ in blocks:
        key = " ".join(tokens)
        if len(tokens) >= 4:
            three = zip(tokens, tokens[1:], tokens[2:], strict=False)
            shares.append(sum(t in triples for t in three) / (len(tokens) - 2))
        elif not tokens:
            shares.append(None)
        else:
            shares.append(1.0 if key in lines else 0.4 if f" {key} " in whole else 0.0)
    return [
        share if share != 0.4 else float(any((s or 0) >= 0.5 for s in shares[max(0, i - 3) : i + 4]))
        for i, share in enumerate(shares)
    ]


def snippet_answers(blocks: list[tuple[list[str], str]], gold: dict[str, Any]) -> list[float | None]:
    """Only blocks with a wanted or an unwanted snippet count."""
    found: list[float | None] = []
    for _, text in blocks:
        wanted = any(snippet in text for snippet in gold.get("with") or ())
        unwanted = any(snippet in text for snippet in gold.get("without") or ())
        found.append(1.0 if wanted else 0.0 if unwanted else None)
    return found


def cases(*, in_subset: bool | None) -> Iterator[tuple[list[float], int, float]]:
    """Row, answer and weight of every block that counts; a page's blocks weigh 1 together."""
    with CASES.open() as lines:
        for page in map(json.loads, lines):
            if in_subset is not None and page["in_subset"] != in_subset:
                continue
            sizes = [min(size, 150) ** 0.8 + 1 for size in page["sizes"]]
            whole = sum(s for s, a in zip(sizes, page["answers"], strict=True) if a is not None) or 1.0
            for row, answer, size in zip(page["rows"], page["answers"], sizes, strict=True):
                if answer is not None:
                    yield row, int(answer >= 0.5), page["weight"] * size / whole


def learn(*, is_held_out: bool) -> int:
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.metrics import roc_auc_score

    rows, answers, weights = map(np.array, zip(*cases(in_subset=False if is_held_out else None), strict=True))
    model = HistGradientBoostingClassifier(**SHAPE).fit(rows, answers, sample_weight=weights / weights.mean())
    print(len(rows), "blocks learned from")
    if is_held_out:
        rows, answers, weights = map(np.array, zip(*cases(in_subset=True), strict=True))
        area = roc_auc_score(answers, model.predict_proba(rows)[:, 1], sample_weight=weights)
        print(f"area under the curve on {len(rows)} blocks of pages not learned from: {area:.4f}")
        return 0
    names = json.loads((PLACE / "names.json").read_text("utf-8"))
    trees = [written(stage[0].nodes, 0, names) for stage in model._predictors]
    base = float(model._baseline_prediction.ravel()[0])
    lines = "".join(f'    "{tree}",\n' for tree in trees)
    WEIGHTS.write_text(f"{HEAD}BASE = {base:.4g}\nTREES: tuple[str, ...] = (\n{lines})\n", "utf-8")
    return 0


def written(nodes: Any, place: int, names: list[str]) -> str:
    """One tree as text."""
    node = nodes[place]
    if node["is_leaf"]:
        return f"{node['value']:.4g}"
    left, right = written(nodes, node["left"], names), written(nodes, node["right"], names)
    return f"({names[node['feature_idx']]} {node['num_threshold']:.4g} {left} {right})"


if __name__ == "__main__":
    sys.exit(main())
