"""Who the person is to others: a name, and a pair of keys made once, at the first pack they share.

Surprising: without a keyring that lasts there is no key at all. A key that died with the program would make
every pack of the person come from somebody else, which is what a changed key must look like to a colleague.
"""

import sqlite3
from dataclasses import dataclass

import pyrage

from desktop.languages import tr
from desktop.library.acts import act, now, quietly
from desktop.share import signing, words
from desktop.share.secrets import Locked, Secrets
from desktop.share.signing import Signer
from desktop.share.values import Sender
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

SIGNING, AGE = "signing key", "age key"
"""Names of the private halves in the keyring."""
_OWN = "SELECT name, key, age, made_at FROM identity WHERE id = 1"
_KEEP = """INSERT INTO identity (id, name, key, age, made_at) VALUES (1, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = excluded.key, age = excluded.age,
        made_at = excluded.made_at"""
_IDENTITY = frozenset({Noun.IDENTITY})


@dataclass(frozen=True, slots=True)
class Own:
    """The public half of the person."""

    name: str
    key: str = ""
    """64 hex digits; empty: no key yet."""
    age: str = ""
    made_at: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """The six words that a colleague compares."""
        return words.words_of(self.key)


@dataclass(frozen=True, slots=True)
class Ready:
    """What a pack is made with. ``why_unsigned``: a sentence for the person when there is no signer."""

    sender: Sender
    signer: Signer | None = None
    why_unsigned: str = ""


def own(reader: Reader) -> Own:
    """The person as others will see them; all empty before the first share."""
    found = reader.rows(_OWN)
    return Own(*found[0]) if found else Own("")


def rename(writer: Writer, name: str, origin: str = "") -> Changes:
    """Sign with another name from now on. The keys stay; undoable once there is an identity."""
    plain = " ".join(name.split())

    def work(connection: sqlite3.Connection) -> Changes:
        kept = connection.execute(_OWN).fetchone()
        if kept is not None and kept[0] == plain:
            return Changes()
        if kept is None:
            connection.execute(_KEEP, (plain, "", "", 0))
        else:
            connection.execute("UPDATE identity SET name = ? WHERE id = 1", (plain,))
        return Changes(_IDENTITY, (), origin, tr("My name is now {name}").format(name=plain))

    return act(writer, work)


def ready(reader: Reader, writer: Writer | None, secrets: Secrets, name: str = "") -> Ready:
    """The signer, whose keys are made now if there were none; ``name`` counts until one was chosen.

    Without a writer none are made, and the pack is unsigned when there are none. A missing keyring never
    fails: the pack is then unsigned, and the sentence says why. May wait for the person to unlock the
    keyring: not on the GUI thread.
    """
    known = own(reader)
    shown = known.name or " ".join(name.split())
    bare = Sender(shown)
    try:
        if not secrets.is_lasting:
            return Ready(bare, None, _unsigned(secrets.notice()))
        if known.key:
            seed = secrets.get(SIGNING)
            if not seed or signing.key_of(bytes.fromhex(seed)) != known.key:
                return Ready(bare, None, _unsigned(tr("Your key is not in the keyring of this computer.")))
            return _signing(shown, known.key, known.age, bytes.fromhex(seed))
        return _made(writer, secrets, shown) if writer is not None else Ready(bare)
    except Locked as error:
        return Ready(bare, None, _unsigned(str(error)))


def renew(reader: Reader, writer: Writer, secrets: Secrets) -> Ready:
    """Make new keys when the old are gone. Colleagues will be told that the key has changed.

    Raises `secrets.Locked`.
    """
    if not secrets.is_lasting:
        return ready(reader, writer, secrets)
    return _made(writer, secrets, own(reader).name)


def age_identity(secrets: Secrets) -> str:
    """The private half that opens what was encrypted for the person; empty: none. Raises `secrets.Locked`."""
    return secrets.get(AGE)


def _made(writer: Writer, secrets: Secrets, name: str) -> Ready:
    """The private halves go first: a row without them would name a key that nobody has."""
    seed, age = signing.new_seed(), pyrage.x25519.Identity.generate()
    secrets.set(SIGNING, seed.hex())
    secrets.set(AGE, str(age))
    key, recipient = signing.key_of(seed), str(age.to_public())

    def work(connection: sqlite3.Connection) -> Changes:
        connection.execute(_KEEP, (name, key, recipient, now()))
        return Changes(_IDENTITY)

    quietly(writer, work)
    return _signing(name, key, recipient, seed)


def _signing(name: str, key: str, age: str, seed: bytes) -> Ready:
    return Ready(Sender(name, key, age), Signer(name, key, age, seed))


def _unsigned(why: str) -> str:
    return tr("This pack is not signed. {why}").format(why=why)
