"""Which blocks of a page are its content: the vote of the blocks, a gate by page type, and rules for what
belongs together.

Surprising: on an article the vote is worse than trafilatura alone, so when both agree widely trafilatura's
choice stands; elsewhere (threads, listings, products) the vote wins by far.
"""

from desktop.text import dom
from desktop.text.blocks import TOKEN, Block
from desktop.text.dom import Element
from desktop.text.features import NAMES, Page
from desktop.text.footnotes import notes_of
from desktop.text.trees import votes_of

VOTE = 0.45
"""From here on the vote keeps a block."""
AGREED_ON_ARTICLE, AGREED_ELSEWHERE = 0.5, 0.9
"""Agreement of vote and trafilatura (word F1) from which on trafilatura's choice stands."""
_VETO, _RESCUE, _RESCUE_ON_ARTICLE = 0.15, 0.8, 0.9
"""Where trafilatura's choice stands: below it a block goes nevertheless, above it one stays."""
_FIRST, _FIRST_NEAR, _LINKS = NAMES.index("first"), NAMES.index("first_near"), NAMES.index("links")
_COMMENT = NAMES.index("word_comment")
_DOUBTFUL = 0.3
_SUBSTANTIAL = 150
"""Words from which on trafilatura's choice is a text and not a teaser."""
_LIST_SHARE = 0.5
_LONG, _BODY_OF_KEPT, _BODY_KEPT = 1000, 0.7, 0.6
"""From so many words on, and with these shares, a container is the body of the text."""
_WIDEST_GAP = 3
_WHOLES = dom.HEADINGS | {"pre", "table", "blockquote", "dl", "hr", "figure"}


def choose(blocks: list[Block], body: Element, rows: list[list[float]], page: Page) -> list[bool]:
    """One answer a block: keep it or leave it out."""
    votes = votes_of(rows)
    kept, is_voted = _gate(blocks, rows, votes, page)
    if not any(keep and block.tokens for keep, block in zip(kept, blocks, strict=True)):
        kept = [bool(b.tokens) and row[_LINKS] < 0.5 for b, row in zip(blocks, rows, strict=True)]
    if is_voted:
        _keep(kept, notes_of(blocks, kept, body))
        _whole_body(blocks, rows, votes, kept)
    _whole_lists(blocks, rows, kept)
    _headings(blocks, rows, kept, [1.0] * len(votes) if is_voted else votes)
    _between(blocks, rows, kept, with_prose=is_voted)
    _keep(kept, notes_of(blocks, kept, body))
    _pictures(blocks, kept)
    _idle_headings(blocks, kept)
    return [keep and not block.is_hidden for keep, block in zip(kept, blocks, strict=True)]


def _keep(kept: list[bool], places: set[int]) -> None:
    for i in places:
        kept[i] = True


def _gate(
    blocks: list[Block], rows: list[list[float]], votes: list[float], page: Page
) -> tuple[list[bool], bool]:
    """The vote's choice or trafilatura's, and whether it is the vote's."""
    is_article = page.is_article and not page.is_listing
    voted = [vote >= VOTE for vote in votes]
    first = [
        row[_FIRST] >= 0.5 and (len(block.tokens) >= 4 or row[_FIRST_NEAR] >= 0.3)
        for block, row in zip(blocks, rows, strict=True)
    ]
    if is_article and _is_substantial(blocks, first, voted):
        # Readers' comments below an article look like prose to the vote.
        voted = [v and (f or row[_COMMENT] < 0.5) for v, f, row in zip(voted, first, rows, strict=True)]
    needed = AGREED_ON_ARTICLE if is_article else AGREED_ELSEWHERE
    if agreement(blocks, voted, first) < needed:
        return voted, True
    rescue = _RESCUE_ON_ARTICLE if is_article else _RESCUE
    return [(f and vote >= _VETO) or vote >= rescue for f, vote in zip(first, votes, strict=True)], False


def _is_substantial(blocks: list[Block], first: list[bool], voted: list[bool]) -> bool:
    """True when trafilatura found a real text, and the vote has it as well and only wants more."""
    own = sum(len(block.tokens) for block, f in zip(blocks, first, strict=True) if f)
    both = sum(len(block.tokens) for block, f, v in zip(blocks, first, voted, strict=True) if f and v)
    return own >= _SUBSTANTIAL and both >= 0.8 * own


def drop_title(blocks: list[Block], kept: list[bool], title: str) -> None:
    """An article's own title stands in `Article.title`; as its first heading it would be shown twice."""
    words = TOKEN.findall(title.casefold())
    first = next((i for i, keep in enumerate(kept) if keep and blocks[i].element.tag == "h1"), None)
    if words and first is not None and blocks[first].tokens == words:
        kept[first] = False


def agreement(blocks: list[Block], one: list[bool], other: list[bool]) -> float:
    """0–1: F1 of the words that two choices keep."""
    both = in_one = in_other = 0
    for block, a, b in zip(blocks, one, other, strict=True):
        size = len(block.tokens)
        both += size * (a and b)
        in_one += size * a
        in_other += size * b
    return 2 * both / (in_one + in_other) if in_one + in_other else 0.0


def _whole_body(blocks: list[Block], rows: list[list[float]], votes: list[float], kept: list[bool]) -> None:
    """Where one container has most of what the vote keeps and is mostly kept itself, its gaps are kept.

    A long text that both extractors have lost is voted on with doubt, block by block.
    """
    words: dict[Element, list[int]] = {}
    for block, keep in zip(blocks, kept, strict=True):
        for outer in block.path:
            sums = words.setdefault(outer, [0, 0])
            sums[0] += len(block.tokens)
            sums[1] += keep * len(block.tokens)
    whole = sum(len(block.tokens) for block, keep in zip(blocks, kept, strict=True) if keep)
    found = [e for e, (_, taken) in words.items() if taken >= _BODY_OF_KEPT * whole]
    if whole < _LONG or not found:
        return
    body = found[-1]
    size, taken = words[body]
    if taken < _BODY_KEPT * size:
        return
    places = [i for i, block in enumerate(blocks) if body in block.path]
    first, last = (next(i for i in way if kept[i]) for way in (places, reversed(places)))
    # The body itself may stand in something called "comment"; what is so called within it stays out.
    comment = max(0.5, 1.1 * rows[first][_COMMENT])
    for i in places:
        if first < i < last and votes[i] >= _VETO and rows[i][_LINKS] < 0.5 and rows[i][_COMMENT] < comment:
            kept[i] = True


def _whole_lists(blocks: list[Block], rows: list[list[float]], kept: list[bool]) -> None:
    """A list of which half is kept is kept; its items are one thought."""
    lists: dict[Element, list[int]] = {}
    for i, block in enumerate(blocks):
        for outer in reversed(block.path):
            if outer.tag in ("ul", "ol", "dl"):
                lists.setdefault(outer, []).append(i)
                break
    for places in lists.values():
        size = sum(len(blocks[i].tokens) for i in places)
        taken = sum(len(blocks[i].tokens) for i in places if kept[i])
        if size and _LIST_SHARE <= taken / size < 1:
            for i in places:
                kept[i] = kept[i] or rows[i][_LINKS] < 0.7 or taken / size > 0.8


def _between(blocks: list[Block], rows: list[list[float]], kept: list[bool], *, with_prose: bool) -> None:
    """Listings, tables, quotations and headings between two kept neighbours of their own container are kept.

    Paragraphs as well, up to three in a row, when ``with_prose`` says so.
    """
    gap: list[int] = []
    for i, block in enumerate(blocks):
        if not kept[i]:
            gap.append(i)
            continue
        start = gap[0] - 1 if gap else -1
        if start >= 0 and len(gap) <= _WIDEST_GAP and _is_near(blocks[start], block):
            for j in gap:
                is_whole = blocks[j].element.tag in _WHOLES or _in_quotation(blocks[j])
                if (is_whole or with_prose) and _is_near(blocks[j], block) and rows[j][_LINKS] < 0.6:
                    kept[j] = True
        gap = []


def _headings(blocks: list[Block], rows: list[list[float]], kept: list[bool], votes: list[float]) -> None:
    """A heading right above kept text of its own container is kept, unless the vote is clearly against it."""
    for i in range(len(blocks) - 2, -1, -1):
        if (
            kept[i]
            or blocks[i].element.tag not in dom.HEADINGS
            or rows[i][_LINKS] > 0.6
            or votes[i] < _DOUBTFUL
        ):
            continue
        below = next((j for j in range(i + 1, min(i + 3, len(blocks))) if blocks[j].tokens), None)
        if below is not None and kept[below] and _is_near(blocks[i], blocks[below]):
            kept[i] = True


def _in_quotation(block: Block) -> bool:
    return any(outer.tag == "blockquote" for outer in block.path[-2:])


def _is_near(one: Block, other: Block) -> bool:
    """True when two blocks stand in the same container, or in one that stands in it."""
    if not one.path or not other.path:
        return False
    return one.path[-1] in other.path[-3:] or other.path[-1] in one.path[-3:]


def _pictures(blocks: list[Block], kept: list[bool]) -> None:
    """A picture stays when the text before and after it stays, or when it opens or ends the article."""
    texts = [i for i, block in enumerate(blocks) if _is_text(block)]
    place = 0
    for i, block in enumerate(blocks):
        while place < len(texts) and texts[place] < i:
            place += 1
        if not block.pictures or kept[i] or _is_text(block):
            continue
        before = texts[place - 1] if place else None
        after = texts[place] if place < len(texts) else None
        sides = [j for j in (before, after) if j is not None and kept[j]]
        kept[i] = len(sides) == 2 or any(_is_near(block, blocks[j]) and abs(i - j) <= 2 for j in sides)


def _is_text(block: Block) -> bool:
    return bool(block.tokens) and not (block.pictures and block.element.tag == "figure")


def _idle_headings(blocks: list[Block], kept: list[bool]) -> None:
    """A heading goes when nothing below it, up to the next heading of its rank, is kept."""
    for i in range(len(blocks) - 1, -1, -1):
        tag = blocks[i].element.tag
        if not kept[i] or tag not in dom.HEADINGS:
            continue
        for j in range(i + 1, len(blocks)):
            if kept[j]:
                break
            below = blocks[j].element.tag
            if below in dom.HEADINGS and below <= tag:
                kept[i] = False
                break
        else:
            kept[i] = False
