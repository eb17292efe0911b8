"""Who a pack is from, and how far that is known: trust on first use, shown as a person.

Surprising: a name is nothing and a key is everything. A known name with another key stops the pack until the
person has decided; a known key under another name is still the same person, and both names are said.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.learning.rows import insert
from desktop.library.acts import act, found, now
from desktop.library.tag_paths import key_of
from desktop.share.file_names import one_line
from desktop.share.opening import Opened
from desktop.share.values import Sender, Trust
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_PERSON = frozenset({Noun.PERSON})
_LOOK = str.maketrans(
    "АВЕЅІЈКМНОРԚСТУԜХӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧавсеһіјӏкморԛѕтухѡԁԍԝѵαεικνορτυχωϲϳıɑɡօսոհցզ",
    "ABESIJKMHOPQCTYWXIABEZHIKMNOPTYXabcehijlkmopqstyxwdgwvaeikvoptuxwcjiagounhgq",
)
"""Letters of Cyrillic, Greek and Armenian, by the Latin ones that they look like."""
_LOOK_SMALL = str.maketrans("i1|0", "lllo")
_UNSEEN = re.compile("[\u034f\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
"""Of those that `plain_name` leaves, as some names need them."""
LONGEST_NAME = 120
_KEYS = """SELECT person_id, person.name, person_key.key, person_key.age, first_seen, last_seen,
        confirmed_at, person_key.state
    FROM person_key JOIN person ON person.id = person_id ORDER BY first_seen, person_key.id"""


class KeyState(StrEnum):
    """What the person decided about a key."""

    KNOWN = "known"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    """It was somebody's, until they had another."""
    REFUSED = "refused"


_TRUSTED = (KeyState.KNOWN, KeyState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key that was seen, and whose it is."""

    person_id: int
    """0: the person whose library this is."""
    name: str
    key: str
    age: str = ""
    first_seen: int = 0
    last_seen: int = 0
    confirmed_at: int = 0
    state: KeyState = KeyState.KNOWN


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a sender."""

    trust: Trust
    name: str
    """As the pack says it, without invisible characters."""
    is_signed: bool
    key: str = ""
    """64 hex digits; empty: unsigned."""
    known: KnownKey | None = None
    """What is known of this very key."""
    others: tuple[KnownKey, ...] = ()
    """The keys that this name is known by, when this is not one of them."""

    @property
    def is_blocked(self) -> bool:
        """Whether nothing is taken in until the person has decided."""
        return self.trust is Trust.CHANGED

    @property
    def is_own(self) -> bool:
        """Whether the person made the pack themselves."""
        return self.known is not None and not self.known.person_id

    @property
    def other_name(self) -> str:
        """The name by which this key is known, when the pack says another; else empty."""
        return (
            self.known.name
            if self.known and same_name_key(self.known.name) != same_name_key(self.name)
            else ""
        )


def decide(sender: Sender, is_signed: bool, keys: Sequence[KnownKey]) -> Verdict:
    """What to say of a sender, by the keys that were seen before. Pure."""
    name = plain_name(sender.name)
    if not is_signed or not sender.key:
        return Verdict(Trust.UNKNOWN, name, False)
    own = next((one for one in keys if one.key == sender.key), None)
    named = same_name_key(name)
    of_the_name = [one for one in keys if named and look_key(one.name) == look_key(name)]
    others = tuple(one for one in of_the_name if one.key != sender.key and one.state in _TRUSTED)
    is_doubtful = own is not None and own.state not in _TRUSTED
    if is_doubtful or (others and own not in of_the_name):
        trust = Trust.CHANGED
    elif own is None:
        trust = Trust.UNKNOWN
    else:
        trust = Trust.CONFIRMED if own.state is KeyState.CONFIRMED else Trust.KNOWN
    return Verdict(trust, name, True, sender.key, own, others if trust is Trust.CHANGED else ())


def told(verdict: Verdict) -> str:
    """The verdict in a sentence."""
    name = verdict.name or tr("nobody named")
    if not verdict.is_signed:
        return tr("Sender unknown. The file says {name}, but nobody signed it.").format(name=name)
    if verdict.trust is Trust.CHANGED:
        return _told_changed(verdict, name)
    if verdict.is_own:
        return tr("You made this pack yourself.")
    if verdict.other_name:
        text = tr("You know this key as {known}; the file says {name}.")
        return text.format(known=verdict.other_name, name=name)
    if verdict.trust is Trust.CONFIRMED:
        return tr("From {name}: you compared the six words.").format(name=name)
    if verdict.trust is Trust.KNOWN:
        return tr("From {name}, seen before and not yet confirmed.").format(name=name)
    return tr("From {name}, seen for the first time and not yet confirmed.").format(name=name)


def _told_changed(verdict: Verdict, name: str) -> str:
    if verdict.known is not None and verdict.known.state is KeyState.REFUSED:
        return tr("You refused this key. It calls itself {name}.").format(name=name)
    if verdict.other_name:
        text = tr("You know this key as {known}, but the file says {name}, whom you know by another key.")
        return text.format(known=verdict.other_name, name=name)
    return tr("The file says {name}, but the key is not the one that you know {name} by.").format(name=name)


def of(reader: Reader, sender: Sender, is_signed: bool) -> Verdict:
    """What to say of a sender by this library."""
    return decide(sender, is_signed, keys(reader))


def of_opened(reader: Reader, opened: Opened) -> Verdict:
    """What to say of whoever made a pack, by the key that signed it and not by what it says of itself."""
    return of(reader, replace(opened.pack.sender, key=opened.key), opened.is_signed)


def keys(reader: Reader) -> list[KnownKey]:
    """Every key that was seen, the person's own first."""
    own = [
        KnownKey(0, name, key, age) for name, key, age in reader.rows("SELECT name, key, age FROM identity")
    ]
    return own + [KnownKey(*[*row[:7], KeyState(row[7])]) for row in reader.rows(_KEYS)]


def confirm(writer: Writer, sender: Sender, origin: str = "") -> Changes:
    """The six words were compared and are the same. Undoable. Raises BadInput: unsigned, nameless."""
    text = tr("{name} is confirmed").format(name=plain_name(sender.name))
    return _settle(writer, sender, KeyState.CONFIRMED, text, origin)


def accept(writer: Writer, sender: Sender, *, keeps_old: bool = False, origin: str = "") -> Changes:
    """The sender has this key from now on. Undoable. Raises BadInput: unsigned, nameless.

    Their older keys then stop packs in turn, unless ``keeps_old``: somebody may work on two machines.
    """
    text = tr("The new key of {name} is accepted").format(name=plain_name(sender.name))
    return _settle(writer, sender, KeyState.KNOWN, text, origin, takes_over=True, retires_old=not keeps_old)


def refuse(writer: Writer, sender: Sender, origin: str = "") -> Changes:
    """Never take anything by this key. Undoable. Raises BadInput: unsigned, nameless."""
    text = tr("The key that calls itself {name} is refused").format(name=plain_name(sender.name))
    return _settle(writer, sender, KeyState.REFUSED, text, origin)


def see(connection: sqlite3.Connection, sender: Sender, moment: int) -> int:
    """Note inside an act that something by this key was kept; the person's id, or 0 for a pack without key or
    name. A key that is not known yet is so from now on."""
    name = plain_name(sender.name)
    if not sender.key or not name or found(connection, "SELECT 1 FROM identity WHERE key = ?", sender.key):
        return 0
    known = found(connection, "SELECT person_id FROM person_key WHERE key = ?", sender.key)
    if not known:
        return _put(connection, sender, KeyState.KNOWN, moment)
    connection.execute(
        "UPDATE person_key SET last_seen = max(last_seen, ?), age = coalesce(nullif(?, ''), age) "
        "WHERE key = ?",
        (moment, sender.age, sender.key),
    )
    return known[0]


def plain_name(name: str) -> str:
    """A name in one line, without characters that are not seen."""
    return one_line(unicodedata.normalize("NFC", name), LONGEST_NAME)


def same_name_key(name: str) -> str:
    """By what two names are the same to a reader's eye: letter case and width do not matter."""
    return key_of(unicodedata.normalize("NFKC", plain_name(name)))


def look_key(name: str) -> str:
    """By what two names look alike, though they are written in letters of several scripts: a Cyrillic “а”, or
    an “l” for an “I”. Stricter than is fair to “Gail” and “Gall”; what follows from it is a question."""
    shown = unicodedata.normalize("NFKC", _BLANK.sub(" ", _UNSEEN.sub("", plain_name(name))))
    return key_of(" ".join(shown.split()).translate(_LOOK)).translate(_LOOK_SMALL)


def _settle(
    writer: Writer,
    sender: Sender,
    state: KeyState,
    text: str,
    origin: str,
    *,
    takes_over: bool = False,
    retires_old: bool = False,
) -> Changes:
    if not sender.key:
        raise BadInput(tr("This pack is not signed: there is no key to decide about."))
    if not plain_name(sender.name):
        raise BadInput(tr("A person needs a name."))

    def work(connection: sqlite3.Connection) -> Changes:
        moment = now()
        before = connection.execute(
            "SELECT person_id, state FROM person_key WHERE key = ?", (sender.key,)
        ).fetchone()
        if before is not None and before[1] == state.value and not takes_over:
            return Changes()
        person_id = before[0] if before else _put(connection, sender, state, moment)
        if takes_over:  # the key is now that of the name it says
            person_id = _person(connection, plain_name(sender.name), moment)
        connection.execute(
            "UPDATE person_key SET state = ?, confirmed_at = ?, person_id = ? WHERE key = ?",
            (state.value, moment if state is KeyState.CONFIRMED else 0, person_id, sender.key),
        )
        if retires_old:
            connection.execute(
                "UPDATE person_key SET state = 'changed' WHERE person_id = ? AND key <> ? "
                "AND state IN ('known', 'confirmed')",
                (person_id, sender.key),
            )
        return Changes(_PERSON, (), origin, text, person_id)

    return act(writer, work)


def _put(connection: sqlite3.Connection, sender: Sender, state: KeyState, moment: int) -> int:
    """A row for a key that is new; the id of its person."""
    person_id = _person(connection, plain_name(sender.name), moment)
    insert(
        connection,
        "person_key",
        {
            "person_id": person_id, "key": sender.key, "age": sender.age, "first_seen": moment,
            "last_seen": moment, "confirmed_at": 0, "state": state.value,
        },
    )  # fmt: skip
    return person_id


def _person(connection: sqlite3.Connection, name: str, moment: int) -> int:
    """The id of the person of that name, who is made when there is none."""
    for number, other in connection.execute("SELECT id, name FROM person ORDER BY id"):
        if same_name_key(other) == same_name_key(name):
            return int(number)
    return insert(
        connection, "person", {"key": key_of(name), "name": name, "made_at": moment, "note": "", "url": ""}
    )
