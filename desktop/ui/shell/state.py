"""Size, panes and last view of the window, kept in window.json. It is a comfort: reading and writing never
fail.
"""

import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(slots=True)
class WindowState:
    """What the window remembers. Lengths in device-independent pixels; 0 means "as the design has it"."""

    width: int = 1280
    height: int = 800
    is_maximised: bool = False
    list_width: int = 0
    view: str = "inbox"
    source: int = 0

    @classmethod
    def load(cls, path: Path) -> "WindowState":
        """The state in the file; defaults for whatever is absent or does not fit."""
        state = cls()
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return state
        if not isinstance(found, dict):
            return state
        for field in fields(cls):
            value = found.get(field.name)
            if type(value) is type(getattr(state, field.name)):
                setattr(state, field.name, value)
        state.width = max(480, min(state.width, 20_000))
        state.height = max(360, min(state.height, 20_000))
        state.list_width = max(0, min(state.list_width, 4_000))
        return state

    def save(self, path: Path) -> None:
        """Write it; a disk that refuses costs the comfort, nothing else."""
        draft = path.with_name(path.name + ".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
            draft.chmod(0o600)
            draft.replace(path)
        except OSError as error:
            log.warning("The window's state was not kept: %s", error)
            with suppress(OSError):
                draft.unlink()
