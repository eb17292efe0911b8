"""From the basket to a pack: what the window shows before it leaves, and the file itself.

Surprising: looking makes no keys. They are made when the first file is, so a preview before that says that
nobody has signed it, and `Seen.will_sign` that the file will be signed all the same.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.opening import Library
from desktop.paths import Paths
from desktop.share import circles, identity, leaving, pack_file, pack_html
from desktop.share.choice import Choice, from_basket
from desktop.share.gather import gather
from desktop.share.leaving import Leaves, LongQuotation, Stays
from desktop.share.pack_file import Written
from desktop.share.secrets import Secrets
from desktop.share.signing import Signer
from desktop.share.values import Pack, Sender
from desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Seen:
    """What would leave if it left now."""

    choice: Choice
    pack: Pack
    page: str
    """The readable part of the file, as HTML; its pictures by their ``res/…`` names."""
    leaves: Leaves
    stays: Stays
    tighter: tuple[circles.Tighter, ...]
    long: tuple[LongQuotation, ...]
    unlicensed: tuple[str, ...]
    """Titles of full texts that go though no licence was found."""
    will_sign: bool
    """Whether there is a key already."""


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack as a file, and to whom it goes."""

    pack: Pack
    written: Written
    signer: Signer | None
    why_unsigned: str
    """A sentence for the person; empty when it is signed."""
    person_id: int = 0
    circle_id: int = 0
    is_encrypted: bool = False


def look(reader: Reader, paths: Paths, hosts: Sequence[str] = (), name: str = "") -> Seen:
    """What the basket and its draft would send. ``name``: of the person, until one was chosen.

    Raises BadInput when no pack can be made of it.
    """
    choice = from_basket(reader, hosts)
    own = identity.own(reader)
    sender = Sender(own.name or name, own.key, own.age)
    pack = gather(reader, paths, choice, sender)
    signer = Signer(sender.name, own.key, own.age, b"") if own.key else None
    return Seen(
        choice,
        pack,
        pack_file.page(pack, signer, source_of=pack_html.beside),
        leaving.what_leaves(pack),
        leaving.what_stays(reader, choice),
        tuple(beyond(reader, choice)),
        tuple(leaving.long_quotations(reader, pack)),
        tuple(leaving.full_texts_without_licence(pack)),
        bool(own.key),
    )


def beyond(reader: Reader, choice: Choice) -> list[circles.Tighter]:
    """Pages that were meant for fewer people than the choice goes to."""
    ids = [one.source_id for one in choice.chosen if one.source_id]
    return circles.tighter(reader, ids, choice.person_id, choice.circle_id)


def make(
    library: Library,
    secrets: Secrets,
    out: Path,
    *,
    hosts: Sequence[str] = (),
    name: str = "",
    to: Sequence[str] = (),
    passphrase: str = "",
    agreed: Container[int] | None = None,
) -> MadePack:
    """Write what is in the basket as the file ``out``, signed if it can be; keys are made the first time.

    ``agreed``: sources that may go beyond their circle; None: it only goes to the person themselves. May wait
    for the keyring: not on the GUI thread. Raises BadInput (nothing may leave, something would go beyond its
    circle, too large), NoSpace.
    """
    choice = from_basket(library.reader, hosts)
    further = [one for one in beyond(library.reader, choice) if one.source_id not in (agreed or ())]
    if further and agreed is not None:
        raise BadInput(
            tr("“{title}” is for {circle}.").format(title=further[0].title, circle=further[0].circle),
            tr("Leave it out, or agree to it in the basket."),
        )
    ready = identity.ready(library.reader, library.writer, secrets, name)
    pack = gather(library.reader, library.paths, choice, ready.sender)
    if not pack.items:
        raise BadInput(
            tr("Nothing in the basket may leave."),
            tr("What is private stays until you say otherwise, at the thing itself."),
        )
    written = pack_file.write(pack, out, ready.signer, to=to, passphrase=passphrase)
    return MadePack(
        pack, written, ready.signer, ready.why_unsigned, choice.person_id, choice.circle_id,
        bool(to or passphrase),
    )  # fmt: skip
