"""Every error of our own, split by blame.

KithbookError
├── UserFixable          the person's to mend: a sentence and the action that helps
│   ├── BadInput         what was typed, dropped or passed cannot be used
│   ├── LibraryBusy      another Kithbook holds the library
│   ├── LibraryTooNew    the file was written by a newer Kithbook
│   ├── NoSpace          the disk is full or refuses to write
│   ├── NotReachable     a page, server or address did not answer or may not be asked
│   └── Refused          a limit protects the person: size, depth, time
└── Bug                  ours to mend: traceback to the log, one report dialog
"""


class KithbookError(Exception):
    """Base of all errors that Kithbook raises on purpose."""


class UserFixable(KithbookError):
    """The person can mend it. ``str(error)`` is one sentence; ``action`` says what helps, or is empty."""

    def __init__(self, sentence: str, action: str = "") -> None:
        super().__init__(sentence)
        self.action = action


class BadInput(UserFixable):
    """What was typed, dropped or passed cannot be used."""


class LibraryBusy(UserFixable):
    """Another process holds the library lock."""


class LibraryTooNew(UserFixable):
    """The library was written by a newer version; it opens read-only."""


class NoSpace(UserFixable):
    """The disk is full or refuses to write."""


class NotReachable(UserFixable):
    """An address did not answer, or may not be asked."""


class Refused(UserFixable):
    """Over a limit of size, depth or time."""


class Bug(KithbookError):
    """Our own fault."""
