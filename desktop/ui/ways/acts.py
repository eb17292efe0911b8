"""What can be done with a pack beside saving it: the menu of ways, made for whoever has the pack.

Surprising: a way asks for what it lacks (an account, a folder) before the pack is made, so that nothing is
written or signed for a person who turns back.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop.languages import tr
from desktop.share.making import MadePack
from desktop.ui.desk import Desk
from desktop.ui.ways import leaving

Made = Callable[[], Coroutine[Any, Any, MadePack | None]]
"""Makes the pack; None: the person turned back, or it failed and that was said."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way out: a line of a menu."""

    label: str
    icon: str
    run: Callable[[], None]


def acts(desk: Desk, made: Made) -> Sequence[Way]:
    """Every way, the mail draft first. Each makes the pack once it is chosen, says what became of it and
    records that it left.
    """
    ways = (
        (tr("Mail draft"), "mail", leaving.draft),
        (tr("Send by my account"), "send", leaving.send),
        (tr("Put into the shared folder"), "folder-up", leaving.put_into_folder),
        (tr("Copy for chat"), "copy", leaving.copy),
        (tr("Share a link on …"), "share-2", leaving.share_link),
    )
    made_ways = [Way(label, icon, partial(act, desk, made)) for label, icon, act in ways]
    return (*made_ways, Way(tr("Outbox"), "mails", partial(desk.ask_view, "outbox")))
