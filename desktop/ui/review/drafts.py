"""What was being written in the weekly review when it was left: kept by step and thing, across a restart.

The surprising fact: it stands in the file of the settings, not in the library: words that have not been kept
are no act, and undo must not know them.
"""

import json
from contextlib import suppress
from typing import Final

from desktop.errors import UserFixable
from desktop.settings import Settings

SETTING: Final = "review_draft"
MOST: Final = 20


class Drafts:
    """Words by a key such as ``highlights:12``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def get(self, key: str, usual: str) -> str:
        """The words being written there, or the usual ones."""
        return self._all().get(key, usual)

    def keep(self, key: str, words: str) -> None:
        """Keep these words; none: nothing is being written there."""
        drafts = self._all()
        before = drafts.pop(key, "")
        if words:
            drafts[key] = words
        if before != words:
            last = dict(list(drafts.items())[-MOST:])
            with suppress(UserFixable):  # a full disk is said when the sentence itself is kept
                self._settings.set(SETTING, json.dumps(last, ensure_ascii=False) if last else "")

    def _all(self) -> dict[str, str]:
        try:
            found = json.loads(self._settings.text(SETTING) or "{}")
        except ValueError:
            return {}
        return {str(key): str(words) for key, words in found.items()} if isinstance(found, dict) else {}
