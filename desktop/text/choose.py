"""Which blocks of a page are its content."""

from desktop.text.blocks import Block
from desktop.text.opinions import Opinion


def choose(blocks: list[Block], trafilatura: Opinion, resiliparse: Opinion) -> list[bool]:
    """One answer a block: keep it or leave it out."""
    first = [trafilatura.share(b.tokens) for b in blocks]
    if trafilatura.words * 2.5 < resiliparse.words:
        first = [resiliparse.share(b.tokens) for b in blocks]
    kept = [share >= 0.5 for share in first]
    for i, block in enumerate(blocks):
        near = kept[max(0, i - 2) : i] + kept[i + 1 : i + 3]
        if len(block.tokens) < 4 and not any(near):
            kept[i] = False
    return _with_pictures(blocks, kept)


def _with_pictures(blocks: list[Block], kept: list[bool]) -> list[bool]:
    """A picture between kept blocks is kept."""
    out = list(kept)
    for i, block in enumerate(blocks):
        if not block.tokens and i and kept[i - 1] and i + 1 < len(blocks) and kept[i + 1]:
            out[i] = True
    return out
