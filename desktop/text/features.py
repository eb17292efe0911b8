"""What is known of a block before the vote: numbers between 0 and 1, each with a name.

Surprising: the strongest sign for a block is not its own, but how much of what stands around it the two
extractors keep. `packaging/train_extraction.py` learns the trees of `weights.py` from these numbers; change
one, and they must be learned again.
"""

import re
import string
from dataclasses import dataclass
from functools import lru_cache

from desktop.text import dom
from desktop.text.blocks import TOKEN, Block
from desktop.text.dom import Element
from desktop.text.opinions import Opinion

_RULES = {
    "nav": (
        r"nav|navbar|navigation|menu|breadcrumbs?|sidebar|widget|toolbar|topbar|footer|masthead|skip|pagination|pager|toc"
        r"|search|login|signup|subscribe|newsletter|cookie|consent|gdpr|modal|popup|overlay|banner|tabs|filters?|facets?"
        r"|sort|dropdown|header"
    ),
    "comment": r"comments?|replies|reply|respond|disqus|discussion|reviews?|responses",
    "related": (
        r"related|recommend\w*|more|popular|trending|latest|similar|read|also|most|suggest\w*|recirc\w*|teasers?|promos?"
        r"|carousel|slider|cards?|upsell|recent|featured|outbrain|taboola"
    ),
    "meta": (
        r"share|sharing|social|tags?|byline|author|meta|date|timestamp|bio|avatar|profile|credits?|copyright|rating"
        r"|votes?|likes?|views?|category|categories|print|caption|license|signature|sig"
    ),
    "ad": r"ads?|advert\w*|sponsor\w*|dfp|donate|paywall|cta|offer",
    "content": (
        r"content|article|post|entry|story|body|main|text|prose|markdown|message|description|details?|page|topic|thread"
        r"|answer|question|rst|wiki|document"
    ),
    "title": r"title|headline|heading|subtitle|dek|lead|intro|summary|standfirst",
}
_WORDS = [re.compile(rule) for rule in _RULES.values()]
_PLACES = {
    "article": ("article",),
    "main": ("main",),
    "nav": ("navigation",),
    "aside": ("complementary",),
    "footer": ("contentinfo",),
    "header": ("banner",),
    "form": ("dialog", "search"),
}
NAMES = (
    *(
        "first",
        "second",
        "first_near",
        "second_near",
        "first_parent",
        "second_parent",
        "first_grand",
        "second_grand",
    ),
    *("first_before", "first_after", "second_before", "second_after"),
    *("links", "links_near", "length", "sentences", "commas"),
    *("heading", "item", "paragraph", "listing", "table", "quote"),
    *(f"in_{name}" for name in _PLACES),
    *(f"word_{name}" for name in _RULES),
    "hidden",
    *("place", "before_first", "after_last", "repeated", "parent_words", "parent_blocks"),
    *("agreement", "first_words", "second_words", "page_words", "page_links"),
    *("is_thread", "is_article", "is_product", "is_listing"),
    *("capitals", "digits", "depth"),
)
"""The numbers of a row, in order."""
_FADES_FROM = len(_PLACES)
"""Class words of an ancestor count less the farther it is; the sectioning elements count in full."""
_FADE = 0.8
_PLAIN = (0.0,) * (len(_PLACES) + len(_WORDS) + 1)
_SENTENCE = re.compile(r"[.!?…][\"'”’)]?(?:\s|$)|[。！？]")
_SPLIT = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
_CAPITALS, _DIGITS = string.ascii_uppercase.encode(), string.digits.encode()
_REACH = 3
"""Blocks before and after that count as near."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the whole page says about its kind."""

    is_thread: bool = False
    is_article: bool = False
    is_product: bool = False
    is_listing: bool = False


def features_of(blocks: list[Block], first: Opinion, second: Opinion, page: Page) -> list[list[float]]:
    """One row a block, in the order of `NAMES`; ``first`` is trafilatura's opinion,
    ``second`` resiliparse's.
    """
    table = _Table(blocks, first, second)
    whole = table.of_page(first, second, page)
    return [
        [*table.opinions(i), *table.own(i), *table.around(i), *table.place(i), *whole, *table.letters(i)]
        for i in range(len(blocks))
    ]


class _Table:
    """The numbers of one page's blocks."""

    def __init__(self, blocks: list[Block], first: Opinion, second: Opinion) -> None:
        self.blocks = blocks
        self.first = [first.share(block.tokens) for block in blocks]
        self.second = [second.share(block.tokens) for block in blocks]
        self.sizes = [len(block.tokens) for block in blocks]
        self.links = [min(1.0, b.linked / n) if n else 0.0 for b, n in zip(blocks, self.sizes, strict=True)]
        self.first_near, self.second_near, self.links_near = map(
            self.near, (self.first, self.second, self.links)
        )
        self.total = sum(self.sizes) or 1
        self.sums: dict[Element, list[float]] = {}
        self.seen: dict[str, int] = {}
        self.flags: dict[Element, tuple[float, ...]] = {}
        for i, block in enumerate(blocks):
            self.seen[block.text] = self.seen.get(block.text, 0) + 1
            for outer in block.path[-2:]:
                sums = self.sums.setdefault(outer, [0.0, 0.0, 0.0, 0.0])
                sums[0] += self.first[i] * self.sizes[i]
                sums[1] += self.second[i] * self.sizes[i]
                sums[2] += self.sizes[i]
                sums[3] += 1
        taken = [i for i, x in enumerate(self.first) if x >= 0.5 and self.sizes[i] > 8] or [0]
        self.bounds = taken[0], taken[-1]

    def of_page(self, first: Opinion, second: Opinion, page: Page) -> tuple[float, ...]:
        """What is the same for every block of the page."""
        both = either = linked = 0.0
        for x, y, size, links in zip(self.first, self.second, self.sizes, self.links, strict=True):
            both += size * (x >= 0.5 and y >= 0.5)
            either += size * (x >= 0.5 or y >= 0.5)
            linked += size * links
        return (
            both / (either or 1.0),
            min(1.0, first.words / self.total),
            min(1.0, second.words / self.total),
            min(1.0, self.total / 3000),
            linked / self.total,
            *map(float, (page.is_thread, page.is_article, page.is_product, page.is_listing)),
        )

    def near(self, values: list[float]) -> list[float]:
        """For each block the mean over the blocks around it, longer ones counting more."""
        weights = [min(size, 60) + 1.0 for size in self.sizes]
        weighted = [weight * value for weight, value in zip(weights, values, strict=True)]
        found = []
        for i in range(len(values)):
            start, stop = max(0, i - _REACH), i + _REACH + 1
            low = sum(weights[i + 1 : stop], sum(weights[start:i]))
            found.append(sum(weighted[i + 1 : stop], sum(weighted[start:i])) / low if low else 0.0)
        return found

    def opinions(self, i: int) -> list[float]:
        first, second, size = self.first, self.second, self.sizes[i]
        row = [first[i], second[i], self.first_near[i], self.second_near[i]]
        path = self.blocks[i].path
        for level in (-1, -2):
            sums = self.sums.get(path[level]) if len(path) >= -level else None
            if sums and sums[2] > size:
                others = sums[2] - size
                row += [(sums[0] - first[i] * size) / others, (sums[1] - second[i] * size) / others]
            else:
                row += [first[i], second[i]]
        for values in (first, second):
            row += [values[i - 1] if i else 0.0, values[i + 1] if i + 1 < len(values) else 0.0]
        return row

    def own(self, i: int) -> tuple[float, ...]:
        block = self.blocks[i]
        tag, text = block.element.tag, block.text[:600]
        is_quote = tag in ("blockquote", "figure", "figcaption") or any(
            e.tag == "blockquote" for e in block.path[-3:]
        )
        return (
            self.links[i],
            self.links_near[i],
            min(1.0, self.sizes[i] / 60),
            min(1.0, len(_SENTENCE.findall(text)) / 3),
            min(1.0, text.count(",") / 4),
            float(tag in dom.HEADINGS),
            float(tag in ("li", "dt", "dd", "dl")),
            float(tag == "p"),
            float(tag == "pre"),
            float(tag == "table"),
            float(is_quote),
        )

    def around(self, i: int) -> tuple[float, ...]:
        block = self.blocks[i]
        around, own = self._inherited(block.path), _flags(block.element)
        return around if own is _PLAIN else tuple(map(max, around, own))

    def _inherited(self, path: list[Element]) -> tuple[float, ...]:
        """What the elements around say, the inner ones louder."""
        known = _PLAIN
        start = next((k for k in range(len(path), 0, -1) if path[k - 1] in self.flags), 0)
        if start:
            known = self.flags[path[start - 1]]
        for outer in path[start:]:
            own = _flags(outer)
            if known is not _PLAIN:
                faded = (*known[:_FADES_FROM], *(value * _FADE for value in known[_FADES_FROM:]))
                own = tuple(map(max, faded, own))
            known = self.flags[outer] = own
        return known

    def place(self, i: int) -> tuple[float, ...]:
        block = self.blocks[i]
        parent = self.sums.get(block.path[-1]) if block.path else None
        low, high = self.bounds
        return (
            i / len(self.blocks),
            min(1.0, max(0.0, (low - i) / 10)),
            min(1.0, max(0.0, (i - high) / 10)),
            min(1.0, (self.seen[block.text] - 1) / 3),
            min(1.0, parent[2] / self.total) if parent else 0.0,
            min(1.0, parent[3] / 20) if parent else 0.0,
        )

    def letters(self, i: int) -> tuple[float, float, float]:
        text = self.blocks[i].text[:200]
        count = len(text) or 1
        if text.isascii():
            raw = text.encode()
            capitals, digits = (len(raw) - len(raw.translate(None, those)) for those in (_CAPITALS, _DIGITS))
        else:
            capitals, digits = sum(map(str.isupper, text)), sum(map(str.isdigit, text))
        return capitals / count, digits / count, min(1.0, len(self.blocks[i].path) / 20)


def _flags(element: Element) -> tuple[float, ...]:
    """What one element says by its tag, role, class and id."""
    tag, get = element.tag, element.get
    name = f"{get('class') or ''} {get('id') or ''}" if tag not in ("body", "html") else " "
    is_hidden = get("hidden") is not None or get("aria-hidden") == "true" or _is_undisplayed(get("style"))
    return _meaning(tag if tag in _PLACES else "", get("role") or "", name, is_hidden)


def _is_undisplayed(style: str | None) -> bool:
    return style is not None and "display:none" in style.replace(" ", "").lower()


@lru_cache(maxsize=4096)
def _meaning(tag: str, role: str, name: str, is_hidden: bool) -> tuple[float, ...]:
    """What tag, role and the words of class and id stand for; remembered, as pages repeat them."""
    if not (tag or role or is_hidden or name != " "):
        return _PLAIN
    said = set() if name == " " else set(TOKEN.findall(f"{_SPLIT.sub(' ', name)} {name}".lower()))
    rules = {rule for word in said for rule in _rules_of(word)}
    found = (
        *(float(tag == place or role in roles or role == place) for place, roles in _PLACES.items()),
        *(float(rule in rules) for rule in range(len(_WORDS))),
        float(is_hidden),
    )
    return found if any(found) else _PLAIN


@lru_cache(maxsize=4096)
def _rules_of(word: str) -> tuple[int, ...]:
    """The places of the rules that a word of a class or an id fulfils."""
    return tuple(i for i, rule in enumerate(_WORDS) if rule.fullmatch(word))
