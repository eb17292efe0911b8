"""Open a pack that came from anywhere: sizes first, then the signature, and only then a parser.

Surprising: the readable part of the file is never read for its text. All that is shown and taken in comes
from the block below it; the readable part is only compared with what we would have written ourselves.
"""

import hashlib
from dataclasses import dataclass

from desktop.share.values import Pack


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack whose bytes are whole and whose signature, when it has one, is right."""

    pack: Pack
    key: str
    """The Ed25519 public key that signed it, 64 hex digits; empty: unsigned."""
    is_signed: bool
    block: bytes
    """The verified canonical JSON."""
    signature: str
    """128 hex digits; empty: unsigned."""
    does_visible_part_match: bool | None
    """Does the readable part say what the block says? None: another version wrote it, or there is none."""

    @property
    def sha256(self) -> str:
        """Of the block, hex."""
        return hashlib.sha256(self.block).hexdigest()
