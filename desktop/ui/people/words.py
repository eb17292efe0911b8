"""Words of the page of people."""

from desktop.languages import tr
from desktop.ui.views import Emptiness


def nobody() -> Emptiness:
    """What is said while no page says through whom it was found."""
    return Emptiness(
        "users",
        tr("Nobody yet"),
        tr(
            "When you save a page, write in “found through” who or what led you there: “Jonas”, or "
            "“the guild”. Here you see whose hints you kept."
        ),
        (tr("Somebody new"), "person:new", "user-plus"),
        (tr("Open Inbox"), "inbox", "inbox"),
    )


def way(name: str) -> str:
    """How a pack left."""
    words = {
        "draft": tr("sent by mail draft"),
        "mail": tr("sent by mail"),
        "folder": tr("put into the folder"),
        "reply": tr("sent as an answer"),
    }
    return words.get(name, tr("saved as a file"))
