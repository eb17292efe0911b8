"""Strict JSON: what the standard names is read, everything else is refused."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from native_host import strict


def test_every_right_text_of_the_suite_is_read(json_suite: dict[str, bytes]) -> None:
    right = {name: raw for name, raw in json_suite.items() if name.startswith("y_")}

    assert len(right) == 95
    for raw in right.values():
        assert strict.loads(raw) == json.loads(raw)


def test_every_wrong_text_of_the_suite_is_refused(json_suite: dict[str, bytes]) -> None:
    wrong = {name: raw for name, raw in json_suite.items() if name.startswith("n_")}

    assert len(wrong) == 188
    for raw in wrong.values():
        with pytest.raises(ValueError, match=r"."):
            strict.loads(raw)


def test_what_the_standard_leaves_open_is_read_or_refused_never_worse(json_suite: dict[str, bytes]) -> None:
    for name, raw in json_suite.items():
        if name.startswith("i_"):
            try:
                strict.loads(raw)
            except ValueError:
                continue


@pytest.mark.parametrize("raw", [b"NaN", b"-Infinity", b"[Infinity]", b"1e999", b"-1e999", b"9" * 5000])
def test_numbers_that_cannot_be_kept_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict.loads(raw)


@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000])
def test_bottomless_nesting_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict.loads(raw)


def test_bottomless_nesting_is_not_written() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]

    with pytest.raises(ValueError, match="deep"):
        strict.dumps(deep)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_are_none_are_not_written(value: float) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict.dumps([value])


def test_what_json_does_not_know_is_not_written() -> None:
    with pytest.raises(TypeError, match="set"):
        strict.dumps({1})


@pytest.mark.parametrize(
    "value",
    ["Örtlich 🙂", "\ud800 alone", {"a": [1, -2.5, None, True, False]}, '\u2028\x00\x1f"\\', [], {}, 0, ""],
)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert strict.loads(strict.dumps(value)) == value


def test_text_is_written_as_utf_8_and_as_ascii_only_for_lone_surrogates() -> None:
    assert strict.dumps("é") == '"é"'.encode()
    assert strict.dumps("é\ud800") == b'"\\u00e9\\ud800"'


def test_without_the_c_half_json_itself_does_the_work(root: Path) -> None:
    source = (
        f"import sys; sys.path.insert(0, {str(root)!r}); sys.modules['_json'] = None\n"
        "from native_host import strict\n"
        "assert 'json' in sys.modules\n"
        "assert strict.loads(strict.dumps({'a': [1, 'é', '\\ud800']})) == {'a': [1, 'é', '\\ud800']}\n"
        "for raw in (b'NaN', b'[', b'', b'1 2', b'1e999', b'[' * 100000):\n"
        "    try: strict.loads(raw)\n"
        "    except ValueError: continue\n"
        "    raise SystemExit(repr(raw))\n"
    )

    assert subprocess.run([sys.executable, "-I", "-S", "-c", source], check=False).returncode == 0
