"""The limits of the house, kept by a machine: sizes, one door each, nothing that hides a package."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAX_FILE = 400
MAX_MODELS = 600
MAX_FUNCTION = 50


def tracked(*patterns: str) -> list[Path]:
    """The project's own files, as git knows them (new ones included)."""
    out = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / line for line in out.splitlines() if (ROOT / line).is_file()]


PYTHON = tracked("*.py")
CODE = [
    path
    for path in PYTHON
    if path.is_relative_to(ROOT / "desktop") or path.is_relative_to(ROOT / "native_host")
]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(path: Path) -> int:
    """Lines of a text file."""
    return path.read_text("utf-8").count("\n")


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    limit = {ROOT / "desktop/store/models.py": MAX_MODELS}
    sources = [*PYTHON, *tracked("extension/*.js", "extension/**/*.js", "*.mjs", "**/*.mjs")]
    too_long = [
        f"{path.relative_to(ROOT)}: {lines(path)}"
        for path in sources
        if lines(path) > limit.get(path, MAX_FILE)
    ]

    assert not too_long


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {(node.end_lineno or 0) - node.lineno + 1}"
        for path in PYTHON
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
    ]

    assert not too_long


def test_nine_functions_in_ten_fit_thirty_lines() -> None:
    sizes = sorted((node.end_lineno or 0) - node.lineno + 1 for path in CODE for node in functions(path))

    assert sizes[int(len(sizes) * 0.9)] <= 30


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in CODE
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]

    assert not silent


def test_no_file_is_named_for_leftovers() -> None:
    names = {"utils", "util", "common", "helpers", "misc", "manager"}

    assert not [path for path in PYTHON if path.stem in names]


def test_packaging_does_not_hide_the_real_library() -> None:
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def calls_to(name: str) -> set[str]:
    """Files whose code mentions the word ``name``."""
    word = re.compile(rf"\b{name}\b")
    return {str(path.relative_to(ROOT)) for path in CODE if word.search(path.read_text("utf-8"))}


@pytest.mark.parametrize(
    ("word", "doors"),
    [
        ("nh3", {"desktop/text/sanitize.py"}),
        ("httpx", {"desktop/capture/fetch.py"}),
        ("openUrl", {"desktop/ui/open_url.py"}),
        ("QDesktopServices", {"desktop/ui/open_url.py"}),
        ("urlopen", set()),
        ("extractall", set()),
        ("QNetworkAccessManager", set()),
        ("webbrowser", set()),
        ("multiprocessing", set()),
        ("QThread", set()),
    ],
)
def test_there_is_one_door_each(word: str, doors: set[str]) -> None:
    imports_or_uses = {
        name
        for name in calls_to(word)
        if any(
            (isinstance(node, ast.Name) and node.id == word)
            or (isinstance(node, ast.Attribute) and node.attr == word)
            or (isinstance(node, ast.alias) and node.name.split(".")[0] == word)
            or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == word)
            for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8")))
        )
    }

    assert imports_or_uses <= doors


def test_no_dialog_blocks_the_loop() -> None:
    """``exec`` of a dialog inside a coroutine stops every other task; ``open`` and a signal do not."""
    blocked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"exec", "exec_"}
        and path.is_relative_to(ROOT / "desktop/ui")
    ]  # fmt: skip

    assert not blocked


def test_no_path_of_one_machine_is_committed() -> None:
    machine = re.compile("/" + "work/|/" + "root/|/tmp/" + "kb")
    texts = tracked(
        "*.py", "*.md", "*.js", "*.mjs", "*.json", "*.toml", "*.lock", "Makefile", ".ci/*", "*.sh", "*.html"
    )
    told = [
        str(path.relative_to(ROOT)) for path in texts if machine.search(path.read_text("utf-8", "replace"))
    ]

    assert not told


def test_the_locks_carry_hashes_and_no_index_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text("utf-8")

        assert lock.count("--hash=sha256:") > lock.count("==")
        assert "://" not in lock
