"""What the toolkit says while it is empty, and the one example that it offers.

The surprising fact: the example is a card like any other. It is put in only when asked for, and goes by undo.
"""

from datetime import date
from typing import Any

from desktop.languages import tr
from desktop.learning.values import Verdict
from desktop.ui.views import Emptiness


def example() -> dict[str, Any]:
    """A card to learn from; its note says how to take it out again."""
    return {
        "problem": tr("Keeps a talk to its time without a phone in the hand."),
        "level": 3,
        "last_used": date.today().isoformat(),
        "cost": tr("free"),
        "alternatives": tr("A phone on silent; somebody who waves"),
        "verdict": Verdict.KEEP,
        "note": tr("This card is an example. Take it out with X, or by the menu above."),
    }


def none_yet() -> Emptiness:
    """What is said while there is no tool."""
    return Emptiness(
        "wrench",
        tr("No tools yet"),
        tr(
            "A card for each thing you work with: what it solves for you, how well you know it, and whether "
            "you keep, learn or replace it. Kithbook asks again when its review is due."
        ),
        (tr("Add a tool"), "toolkit:new", "plus"),
        (tr("Put in an example"), "toolkit:example", "lightbulb"),
        tr("On a page about a tool, press {about_tool}"),
    )
