"""To which mail addresses a pack goes: of one person, or of everybody in a circle.

Surprising: whoever has no address, or one that is none, is named instead of left out in silence.
"""

from dataclasses import dataclass

from desktop.errors import BadInput
from desktop.share.letters import address_of
from desktop.store.reader import Reader

_ONE = "SELECT name, address FROM person WHERE id = ?"
_CIRCLE = """SELECT name, address FROM person JOIN circle_person ON circle_person.person_id = person.id
    WHERE circle_id = ? ORDER BY name"""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Bare addresses, each once, and the names of those who have none."""

    to: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def of(reader: Reader, person_id: int = 0, circle_id: int = 0) -> Recipients:
    """Of the person; without one, of the circle; of neither: nobody."""
    rows = reader.rows(_ONE, (person_id,)) if person_id else reader.rows(_CIRCLE, (circle_id,))
    found: dict[str, None] = {}
    without: list[str] = []
    for name, address in rows:
        try:
            found[address_of(address or "")] = None
        except BadInput:
            without.append(name)
    return Recipients(tuple(found), tuple(without))
