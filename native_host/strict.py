"""JSON, read strictly: what is not JSON (NaN, Infinity, numbers beyond a float, too deep nesting) is refused.

Surprising: this speaks to the C half of `json` directly, for `import json` brings `re` along, which costs as
much as the whole start of the interpreter, and a browser waits for that start at the first click. A Python
without that half falls back to `json` itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

_BLANK = " \t\n\r"
_INFINITE = (float("inf"), float("-inf"))


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in _INFINITE:
        raise ValueError("a number is larger than can be kept")
    return number


def _unknown(value: object) -> NoReturn:
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


class _Rules:
    """What the C scanner asks its caller for."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = staticmethod(_finite)
    parse_int = int
    parse_constant = staticmethod(_refuse)
    memo: dict[str, str] = {}  # noqa: RUF012 - only the scanner of `json` itself reads it


_RULES: Any = _Rules()

try:
    import _json

    _scan: Any = _json.make_scanner(_RULES)
    _ascii: Any = _json.make_encoder(
        None, _unknown, _json.encode_basestring_ascii, None, ":", ",", False, False, False
    )
    _plain: Any = _json.make_encoder(
        None, _unknown, _json.encode_basestring, None, ":", ",", False, False, False
    )
except (
    ImportError,
    AttributeError,
    TypeError,
):  # pragma: no cover - not CPython, or its inner names have changed
    import json

    _decoder: Any = json.JSONDecoder(parse_float=_finite, parse_constant=_refuse)
    _scan = _decoder.scan_once
    _ascii = json.JSONEncoder(separators=(",", ":"), allow_nan=False).iterencode
    _plain = json.JSONEncoder(separators=(",", ":"), allow_nan=False, ensure_ascii=False).iterencode


def loads(raw: bytes | bytearray | memoryview) -> Any:
    """The value written in ``raw`` (UTF-8). Raises ValueError for all that is not strict JSON.

    Lone surrogates written as ``\\ud800`` pass: browsers send them. Nesting that is too deep is refused.
    """
    try:
        text = str(raw, "utf-8").strip(_BLANK)
        value, end = _scan(text, 0)
    except (StopIteration, SystemError):
        # SystemError: for some faults the scanner wants an error class of `json`, which is not loaded here.
        raise ValueError("this is not JSON") from None
    except RecursionError:
        raise ValueError("this is nested too deeply") from None
    if end != len(text):
        raise ValueError("something follows the JSON value")
    return value


def dumps(value: object) -> bytes:
    """One line of JSON, UTF-8. Text with lone surrogates is written as pure ASCII, so it can be read back.

    Raises ValueError for NaN and for nesting that is too deep, TypeError for what JSON does not know.
    """
    try:
        try:
            return "".join(_plain(value, 0)).encode("utf-8")
        except UnicodeEncodeError:
            return "".join(_ascii(value, 0)).encode("ascii")
    except RecursionError:
        raise ValueError("this is nested too deeply") from None
