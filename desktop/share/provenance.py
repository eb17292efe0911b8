"""Where a page, note or highlight came from: who sent it, when, with which words.

Surprising: nothing is copied onto the page itself. The packs say it, so a page that two people sent has two
provenances, and one that was saved before the first of them came has them too.
"""

from dataclasses import dataclass

from desktop.languages import tr, writing
from desktop.learning.days import day_of, today
from desktop.share.values import Trust
from desktop.store.reader import Reader

_FROM = """SELECT pack.id, pack.title, pack.sender_name, coalesce(pack.person_id, 0), pack.at, pack.made_at,
        pack.trust, pack_item.sentence, pack_item.captured_at, pack_item.captured_by, pack_item.licence,
        pack_item.is_new
    FROM pack_item JOIN pack ON pack.id = pack_id WHERE direction = 'received' AND is_kept AND {where}
    ORDER BY pack.at, pack.id"""
_OF_MARK = """SELECT pack.id, pack.title, pack.sender_name, coalesce(pack.person_id, 0), pack.at,
        pack.made_at, pack.trust, '', 0, '', '', 0
    FROM pack_annotation JOIN pack ON pack.id = pack_id WHERE pack_annotation.uuid = ?
    ORDER BY pack.at, pack.id"""


@dataclass(frozen=True, slots=True)
class Provenance:
    """One pack by which something came."""

    pack_id: int
    pack_title: str
    sender: str
    """The name, as the pack said it."""
    person_id: int
    """0: nobody known."""
    at: int
    """When it came."""
    made_at: int
    trust: Trust
    """At arrival."""
    sentence: str = ""
    """The sender's, for this item. Markdown."""
    captured_at: int = 0
    """When it was first saved, by `captured_by`."""
    captured_by: str = ""
    licence: str = ""
    is_new: bool = False
    """Whether it was not here before."""

    @property
    def words(self) -> str:
        """``from Anna, 3 March``; with a name that nobody signed, that is said."""
        name = self.sender or tr("somebody")
        day = writing.long_day(day_of(self.at), has_year=day_of(self.at).year != today().year)
        if self.trust is Trust.UNKNOWN and not self.person_id:
            return tr("from {name} (not signed), {day}").format(name=name, day=day)
        return tr("from {name}, {day}").format(name=name, day=day)


def of_source(reader: Reader, source_id: int) -> list[Provenance]:
    """By which packs a page came, the first one first; empty: nobody sent it."""
    return _read(reader, _FROM.format(where="pack_item.source_id = ?"), source_id)


def of_note(reader: Reader, note_id: int) -> list[Provenance]:
    """By which packs a note came."""
    return _read(reader, _FROM.format(where="pack_item.note_id = ?"), note_id)


def of_annotation(reader: Reader, uuid: str) -> list[Provenance]:
    """By which packs a highlight or answer came; its author stands in itself."""
    return _read(reader, _OF_MARK, uuid)


def _read(reader: Reader, sql: str, value: object) -> list[Provenance]:
    return [
        Provenance(*[*row[:6], Trust(row[6] or "unknown"), *row[7:11], bool(row[11])])
        for row in reader.rows(sql, (value,))
    ]
