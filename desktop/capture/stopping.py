"""To end soon: what is being read or fetched is left as it was, and done another time."""

import threading


class Stopped(Exception):
    """Somebody asked to end. What was under way has changed nothing."""


def never() -> threading.Event:
    """The event of somebody who never stops."""
    return threading.Event()
