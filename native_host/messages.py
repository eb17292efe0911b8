"""What a message may hold, checked before anything is done with it. The table is in ``docs/protocol.md``.

Surprising: fields that we do not know pass, so that a newer extension can speak to an older host; they are
kept in the spool for a desktop that knows them.
"""

from __future__ import annotations

from native_host import spool, strict
from native_host.identity import PROTOCOL
from native_host.refusal import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeGuard

MAX_TEXT = 20_000
MAX_CONTEXT = 200
MAX_NAME = 200
MAX_SECONDS = 10_000_000
MAX_TAGS = 100
MAX_TAG = 200
MAX_SECTIONS = 4_000
MAX_PART = 192 * 1024
MAX_PART_TEXT = MAX_PART // 3 * 4
MAX_CAPTURE = 32 << 20
MAX_RESULTS = 50
NOT_JSON = "a message is strict JSON in UTF-8"
KINDS = ("page", "selection", "link", "video", "pdf")
SECTIONS = ("html", "picture", "transcript", "ldjson")
_DIGITS = frozenset("0123456789abcdef")
_BEGIN_TEXTS = ("canonical", "title", "lang", "author", "goal", "why", "found_through", "note", "url_key")
_UPDATE_TEXTS = ("title", "goal", "why", "found_through")
_MARK_TEXTS = ("quote", "colour", "comment", "link", "url_key")
_COMMENT_TEXTS = ("caption", "url_key")
_TOOL_TEXTS = ("url", "problem")
_QUOTE_TEXTS = ("html", "quote", "prefix", "suffix")


def parse(raw: bytes) -> dict[str, Any]:
    """One message as a dictionary with a ``v`` that we speak and an ``op``. Raises Refusal."""
    try:
        message = strict.loads(raw)
    except ValueError:
        raise Refusal("bad-request", NOT_JSON) from None
    if not isinstance(message, dict):
        raise Refusal("bad-request", "a message is an object")
    version = message.get("v")
    if not is_count(version) or not PROTOCOL[0] <= version <= PROTOCOL[1]:
        raise Refusal("version", f"we speak {PROTOCOL[0]} to {PROTOCOL[1]}")
    if not isinstance(message.get("op"), str):
        raise Refusal("bad-request", "op is missing")
    return message


def check_id(message: dict[str, Any], name: str = "id") -> str:
    """The UUID under ``name``. Raises Refusal."""
    value = message.get(name)
    if not spool.is_id(value):
        raise Refusal("bad-request", f"{name} is not a UUID")
    return str(value)


def check_begin(message: dict[str, Any]) -> None:
    """Raises Refusal unless the message describes a capture that we can take."""
    check_id(message)
    if message.get("kind") not in KINDS:
        raise Refusal("bad-request", "kind is unknown")
    if not _is_text(message.get("url")) or not message["url"]:
        raise Refusal("bad-request", "url is missing")
    _check_size(message)
    _check_texts(message, _BEGIN_TEXTS)
    _check_tags(message)
    _check_selection(message.get("selection"))
    if not isinstance(message.get("private", False), bool):
        raise Refusal("bad-request", "private is not true or false")
    for name in ("media", "browser"):
        if not isinstance(message.get(name), dict | None):
            raise Refusal("bad-request", f"{name} is not an object")
    _check_sections(message.get("sections"), message["bytes"])


def check_update(message: dict[str, Any]) -> None:
    """Raises Refusal unless the message changes fields of one capture."""
    check_id(message)
    check_id(message, "of")
    _check_texts(message, _UPDATE_TEXTS)
    _check_tags(message)


def check_annotate(message: dict[str, Any]) -> None:
    """Raises Refusal unless the message is a highlight of one capture, or changes one."""
    check_id(message)
    check_id(message, "of")
    if message.get("annotation") is not None:
        check_id(message, "annotation")
    elif not _is_text(message.get("quote")) or not message["quote"]:
        raise Refusal("bad-request", "quote is missing")
    _check_texts(message, _MARK_TEXTS)
    for name in ("prefix", "suffix"):
        if not _is_text(message.get(name, ""), MAX_CONTEXT):
            raise Refusal("bad-request", f"{name} is not a text of at most {MAX_CONTEXT} characters")
    for name in ("private", "removed"):
        if not isinstance(message.get(name, False), bool):
            raise Refusal("bad-request", f"{name} is not true or false")
    _check_tags(message)


def check_timed_comment(message: dict[str, Any]) -> None:
    """Raises Refusal unless the message is a comment on a moment of one capture."""
    check_id(message)
    check_id(message, "of")
    seconds = message.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= MAX_SECONDS:
        raise Refusal("bad-request", f"seconds is not a number from 0 to {MAX_SECONDS}")
    if not _is_text(message.get("comment")) or not message["comment"].strip():
        raise Refusal("bad-request", "comment is missing")
    _check_texts(message, _COMMENT_TEXTS)
    if not isinstance(message.get("private", False), bool):
        raise Refusal("bad-request", "private is not true or false")
    _check_tags(message)


def check_tool(message: dict[str, Any]) -> None:
    """Raises Refusal unless the message names a tool and one capture of its page."""
    check_id(message)
    check_id(message, "of")
    if not _is_text(message.get("name"), MAX_NAME) or not message["name"].strip():
        raise Refusal("bad-request", f"name is not a text of 1 to {MAX_NAME} characters")
    _check_texts(message, _TOOL_TEXTS)


def check_marks(message: dict[str, Any]) -> str:
    """The address key whose highlights are asked for. Raises Refusal."""
    key = message.get("url_key")
    if not _is_text(key) or not key:
        raise Refusal("bad-request", "marks needs url_key")
    return key


def part_text(message: dict[str, Any]) -> tuple[int, str]:
    """The number of a part and its base64. Raises Refusal."""
    number, data = message.get("n"), message.get("data")
    if not is_count(number):
        raise Refusal("bad-request", "n is not a count")
    if not isinstance(data, str):
        raise Refusal("bad-request", "data is missing")
    if len(data) > MAX_PART_TEXT:
        raise Refusal("too-big", "a part is at most 192 KiB of payload")
    return number, data


def find_terms(message: dict[str, Any]) -> tuple[str, int]:
    """The words and the greatest number of results of a ``find``. Raises Refusal."""
    words, limit = message.get("q"), message.get("limit", 10)
    if not _is_text(words) or not is_count(limit):
        raise Refusal("bad-request", "q and limit are a text and a count")
    return words, max(1, min(limit, MAX_RESULTS))


def is_count(value: object) -> TypeGuard[int]:
    """A whole number, not negative, that JavaScript can count to."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53


def _check_size(message: dict[str, Any]) -> None:
    for name in ("bytes", "parts", "captured_at"):
        if not is_count(message.get(name)):
            raise Refusal("bad-request", f"{name} is not a count")
    digest = message.get("sha256")
    if not isinstance(digest, str) or len(digest) != 64 or not _DIGITS.issuperset(digest):
        raise Refusal("bad-request", "sha256 is not a hash")
    if message["bytes"] > MAX_CAPTURE:
        raise Refusal("too-big", "a capture is at most 32 MiB")
    if message["parts"] != -(-message["bytes"] // MAX_PART):
        raise Refusal("bad-request", "parts do not fit bytes")


def _is_text(value: object, limit: int = MAX_TEXT) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= limit


def _check_texts(message: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if name in message and not _is_text(message[name]):
            raise Refusal("bad-request", f"{name} is not a text of at most {MAX_TEXT} characters")


def _check_tags(message: dict[str, Any]) -> None:
    tags = message.get("tags", [])
    if not isinstance(tags, list) or len(tags) > MAX_TAGS or not all(_is_text(tag, MAX_TAG) for tag in tags):
        raise Refusal("bad-request", f"tags are at most {MAX_TAGS} texts of {MAX_TAG} characters")


def _check_selection(selection: object) -> None:
    if selection is None:
        return
    if not isinstance(selection, dict) or not all(_is_text(selection.get(name)) for name in _QUOTE_TEXTS):
        raise Refusal("bad-request", "a selection has html, quote, prefix and suffix")


def _check_sections(sections: object, size: int) -> None:
    if not isinstance(sections, list) or len(sections) > MAX_SECTIONS:
        raise Refusal("bad-request", f"sections are a list of at most {MAX_SECTIONS}")
    if not all(map(_is_section, sections)):
        raise Refusal("bad-request", "a section has kind, bytes, type and may have a url")
    if sum(section["bytes"] for section in sections) != size:
        raise Refusal("bad-request", "the sections do not add up to bytes")


def _is_section(section: object) -> bool:
    return (
        isinstance(section, dict)
        and section.get("kind") in SECTIONS
        and is_count(section.get("bytes"))
        and _is_text(section.get("type", ""))
        and _is_text(section.get("url", ""))
    )
