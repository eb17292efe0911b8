"""Highlights of a page that wait in the spool: what the desktop cannot know yet, or while it is closed.

Surprising: a highlight and each later change of it are files of their own, so they are folded together here,
in the order in which they were received.
"""

from __future__ import annotations

from native_host import strict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

MOST = 500
MAX_BYTES = 800_000
"""Of all that is answered: one reply is at most 900,000 bytes."""
FIELDS = ("quote", "prefix", "suffix", "colour", "comment")


def waiting(headers: Iterable[dict[str, Any]], url_key: str) -> dict[str, dict[str, Any]]:
    """What the waiting ``annotate`` messages say of a page: annotation id → its fields so far.

    A change of an annotation that is in the library already has only the fields that it changes; one that was
    taken away has ``removed``.
    """
    found: dict[str, dict[str, Any]] = {}
    mine = [
        (header.get("received") or 0, str(header.get("id")), said)
        for header in headers
        if header.get("op") == "annotate"
        and isinstance(said := header.get("message"), dict)
        and said.get("url_key") == url_key
    ]
    for _, own_id, said in sorted(mine, key=lambda each: each[:2]):
        name = said.get("annotation") or own_id
        if isinstance(name, str):
            known = found.setdefault(name, {"id": name})
            known |= {field: said[field] for field in FIELDS if isinstance(said.get(field), str)}
            if said.get("removed") is True:
                known["removed"] = True
    return found


def together(library: Iterable[object], spool: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The desktop's highlights of a page with what waits laid over them; at most 500, within one reply."""
    kept = {str(one.get("id")): dict(one) for one in library if isinstance(one, dict)}
    for name, fields in spool.items():
        kept[name] = kept.get(name, {}) | fields
    whole = [one for one in kept.values() if isinstance(one.get("quote"), str) and not one.get("removed")]
    answer: list[dict[str, Any]] = []
    size = 0
    for one in whole[:MOST]:
        said = {"id": str(one["id"]), **{field: str(one.get(field) or "") for field in FIELDS}}
        size += len(strict.dumps(said)) + 1
        if size > MAX_BYTES:
            break
        answer.append(said)
    return answer
