"""Ed25519 signatures under packs.

Surprising: what is signed starts with a line that says what it is, so that a signature under a pack can never
be passed off as one under something else.
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_WHAT = b"kithbook pack 1\n"
SEED_BYTES = 32
SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the name in the pack, the public halves, and the private seed, which no repr shows."""

    name: str
    key: str
    """64 hex digits."""
    age: str
    """The recipient ``age1…``."""
    seed: bytes = field(repr=False)


def new_seed() -> bytes:
    """A fresh private key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def key_of(seed: bytes) -> str:
    """The public half, 64 hex digits."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def sign(seed: bytes, block: bytes) -> bytes:
    """The signature, 64 bytes; always the same for the same key and block."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(_WHAT + block)


def is_signed_by(key: str, block: bytes, signature: bytes) -> bool:
    """Was exactly this block signed by this key? False also for what is no key or no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, _WHAT + block)
    except (ValueError, InvalidSignature):
        return False
    return True
