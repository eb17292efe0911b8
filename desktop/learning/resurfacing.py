"""Three old highlights a day, chosen by the day alone.

The surprising fact: nothing is stored of what was shown. A highlight's UUID is a random place on a circle,
and each day points to a place of its own, a golden section further, which keeps days apart; the three
highlights behind it are shown. So they stay the same all day, on every machine, whatever is added or removed.
"""

from array import array
from datetime import date

from desktop.learning import days
from desktop.library.marks import annotations
from desktop.library.sense_values import Highlight
from desktop.store.reader import Reader

NUMBER = 3
OLD = 14
"""Days: younger highlights are not old ones yet."""
_GOLDEN = 0.6180339887498949
_OLD_ONES = """SELECT annotation.id FROM annotation JOIN source ON source.id = source_id
    WHERE uuid {sign} ? AND made_at < ? AND quote <> '' AND fragment NOT LIKE 't=%' AND state <> 'trash'
        AND NOT EXISTS (SELECT 1 FROM memory_card WHERE annotation_id = annotation.id)
    ORDER BY uuid LIMIT ?"""


def today(reader: Reader, *, day: date | None = None, number: int = NUMBER) -> list[Highlight]:
    """The old highlights of a day, today when none is given; fewer when there are fewer."""
    found = ids(reader, day or days.today(), number)
    rows = {one.id: one for one in annotations.page(reader, array("q", found))}
    return [rows[one] for one in found if one in rows]


def ids(reader: Reader, day: date, number: int = NUMBER) -> list[int]:
    """The ids of the annotations of a day."""
    before = days.start_of(date.fromordinal(max(1, day.toordinal() - OLD)))
    place = f"{int(day.toordinal() * _GOLDEN % 1 * 0x1_0000_0000):08x}"
    found = [row[0] for row in reader.rows(_OLD_ONES.format(sign=">="), (place, before, number))]
    if len(found) < number:
        rest = (place, before, number - len(found))
        found += [row[0] for row in reader.rows(_OLD_ONES.format(sign="<"), rest)]
    return found
