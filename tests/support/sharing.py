"""Libraries to share from, made by chance: what may leave is known, and every private field holds a canary.

Surprising: the same seed makes the same words but not the same UUIDs, for the library's own commands make
them, as in the window.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.learning import goals as goal_acts
from desktop.learning import people
from desktop.library import assets, basket, basket_draft, captures, links, notes
from desktop.library.marks import annotations, blocks
from desktop.library.note_markdown import citation
from desktop.library.opening import Library
from desktop.library.sense_values import Colour, Reason
from desktop.library.values import Asset
from desktop.share import circles
from desktop.share.choice import Choice, Chosen
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text import sanitize
from tests.support.saving import NOON, page

WORDS = (
    "Öffnung", "learn", "the", "naïve", "e\u0301tude", "日本語", "שלום", "‮right", "a<b>c", "</script>",
    "&amp;", '"quoted"', "'; DROP", "\\", "](x)", "`code`", "*star*", "# head", "emoji 👩‍👩‍👧‍👦",
    "\u2028line", "=1+1", "-2", "@at", "{brace}", "%s", "\U0001d518", "ﬁne", "tab\there",
)  # fmt: skip
INSIDE = (
    "http://wiki/{}", "https://portal.corp/{}", "http://10.1.2.3/{}", "http://[fd00::1]/{}",
    "https://build.lan:8080/{}", "http://localhost/{}", "https://people.acme.example/{}",
)  # fmt: skip
HOSTS = ("acme.example",)
BETWEEN = "More than the context that goes with a highlight."
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000008000000080806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@dataclass
class Made:
    """What was made, and what of it must never be seen in a pack."""

    choice: Choice
    canaries: list[str] = field(default_factory=list)
    """Words that stand in private fields alone."""
    open_words: list[str] = field(default_factory=list)
    """Words that a pack of the choice must hold."""
    source_ids: list[int] = field(default_factory=list)
    """Open ones."""
    note_ids: list[int] = field(default_factory=list)
    private_ids: list[int] = field(default_factory=list)
    """Sources whose newest capture is private."""


class _Making:
    def __init__(self, library: Library, seed: int) -> None:
        assert library.writer is not None
        self.writer: Writer = library.writer
        self.reader: Reader = library.reader
        self.paths = library.paths
        self.chance = random.Random(seed)
        self.made = Made(Choice(()))
        self.number = 0

    def words(self, least: int = 1, most: int = 12) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(least, most)))

    def canary(self) -> str:
        """A word of its own for a private field."""
        self.number += 1
        word = f"canary{self.chance.randrange(10**9):09}x{self.number}"
        self.made.canaries.append(word)
        return word

    def shown(self) -> str:
        """A word of its own that must leave."""
        self.number += 1
        word = f"shown{self.chance.randrange(10**9):09}x{self.number}"
        self.made.open_words.append(word)
        return word


def generate(library: Library, seed: int, pages: int = 4) -> Made:
    """Fill an open, empty library; some of it is chosen, with canaries everywhere around."""
    making = _Making(library, seed)
    chosen = [_page(making, at) for at in range(making.chance.randint(1, pages))]
    chosen += [_private_page(making), _inside_page(making)]
    chosen += [_note(making), _private_note(making)]
    making.chance.shuffle(chosen)
    _around(making)
    making.made.choice = Choice(
        tuple(chosen), making.shown(), f"{making.shown()} {making.words()}", hosts=HOSTS
    )
    return making.made


def fill_basket(library: Library, made: Made) -> None:
    """Put the choice into the basket, with its sentences and ticks, by the window's own acts."""
    assert library.writer is not None
    writer = library.writer
    for one in made.choice.chosen:
        basket.put(writer, [one.source_id] if one.source_id else (), (), [one.note_id] if one.note_id else ())
        item = basket.items(library.reader)[-1].id
        basket_draft.say(writer, item, one.sentence)
        basket_draft.put_under(writer, [item], one.heading)
        if one.full_text:
            basket_draft.with_full_text(writer, [item], one.why_full)
    basket_draft.write(writer, title=made.choice.title, message=made.choice.message)


def _page(making: _Making, at: int) -> Chosen:
    chance = making.chance
    full = chance.random() < 0.4
    body = making.shown() if full else making.canary()
    text = f"{making.words(3, 9)} {making.shown()}."
    removed = making.canary()
    picture = _picture(making) if full and chance.random() < 0.7 else None
    html = f"<p>{_escaped(text)}</p><p>{BETWEEN}</p><p>{body}</p><p>{removed}</p>"
    html += f'<p><a href="http://wiki/{making.canary()}">there</a></p>'
    html += f'<p><img src="{picture.name}" alt="a"></p>' if picture else ""
    added = captures.add(
        making.writer,
        page(
            f"open{at}",
            title=f"{making.words(1, 4)} {making.shown()}",
            author=chance.choice(["", making.words(1, 2)]),
            html=sanitize.clean(html),
            text=f"{text}\n\n{BETWEEN}\n\n{body}\n\n{removed}\n\nthere",
            excerpt=text,
            why=making.canary(),
            found_through=making.canary(),
            goal=making.canary(),
            tags=(making.shown(),),
            captured_at=NOON + at,
            pictures=(picture,) if picture else (),
        ),
    )
    source, capture = added.source_id, added.capture_id
    if chance.random() < 0.5:
        blocks.remove(making.writer, capture, ["3"])
    else:
        making.made.canaries.remove(removed)
        if full:
            making.made.open_words.append(removed)
    _marks(making, capture, text)
    making.made.source_ids.append(source)
    said = making.shown()
    return Chosen(
        source,
        sentence=f"{said} {making.words()}",
        heading=making.shown() if chance.random() < 0.5 else "",
        full_text=full,
        why_full=making.shown() if full else "",
    )


def _marks(making: _Making, capture: int, text: str) -> None:
    for at in range(making.chance.randint(0, 3)):
        colour = making.chance.choice(list(Colour))
        start = making.chance.randrange(len(text) - 1)
        stop = making.chance.randint(start + 1, len(text))
        if not text[start:stop].strip():
            continue
        annotations.highlight(
            making.writer, capture, start, stop, colour=colour,
            comment=f"{making.shown()} {making.words()}" if at % 2 else "",
        )  # fmt: skip
    annotations.highlight(
        making.writer, capture, 0, len(text), comment=making.canary(), tags=(making.canary(),),
        link=f"https://open.example/{making.canary()}", is_private=True,
    )  # fmt: skip


def _private_page(making: _Making) -> Chosen:
    secret = [making.canary() for _ in range(6)]
    added = captures.add(
        making.writer,
        page(
            f"private-{secret[0]}", text=secret[1], title=secret[2], author=secret[3], why=secret[4],
            tags=(secret[5],), is_private=True,
        ),
    )  # fmt: skip
    annotations.highlight(making.writer, added.capture_id, 0, len(secret[1]), comment=making.canary())
    making.made.private_ids.append(added.source_id)
    return Chosen(added.source_id)


def _inside_page(making: _Making) -> Chosen:
    """A page inside an organisation: it may go, its address may not."""
    path = making.canary()
    url = making.chance.choice(INSIDE).format(path)
    text = f"{making.shown()} {making.words()}"
    added = captures.add(
        making.writer, page(url=url, site=making.canary(), text=text, title=making.shown(), excerpt=text)
    )
    annotations.highlight(
        making.writer,
        added.capture_id,
        0,
        len(text),
        comment=making.shown(),
        link=f"http://wiki/{making.canary()}",
    )
    making.made.source_ids.append(added.source_id)
    return Chosen(added.source_id)


def _note(making: _Making) -> Chosen:
    """A note of the person's own that quotes a private highlight and cites a private page."""
    body = [making.shown(), "", making.words()]
    note_id = notes.make(making.writer, making.shown(), "\n".join(body), (making.shown(),)).made
    marks = making.reader.rows("SELECT id FROM annotation WHERE is_private = 1 ORDER BY id")
    if marks:
        notes.quote(making.writer, [marks[0][0]], note_id)
    (uuid,) = making.reader.rows(
        "SELECT uuid FROM capture WHERE source_id = ?", (making.made.private_ids[0],)
    )[0]
    held = notes.read(making.reader, note_id)
    assert held is not None
    notes.save(making.writer, note_id, body=f"{held.body}\n\nSee {citation(making.canary(), uuid)}.")
    making.made.note_ids.append(note_id)
    return Chosen(note_id=note_id, sentence=making.shown())


def _private_note(making: _Making) -> Chosen:
    made = notes.make(making.writer, making.canary(), making.canary(), (making.canary(),), is_private=True)
    return Chosen(note_id=made.made)


def _around(making: _Making) -> None:
    """What stands about the chosen things and is nobody's business: goals, people, links, circles."""
    writer = making.writer
    first = making.made.source_ids[0]
    made = goal_acts.make(writer, making.canary(), why=making.canary(), next_step=making.canary()).made
    captures.set_goals(writer, [first], add=(making.canary(),))
    assert made
    links.link(writer, first, making.made.private_ids[0], Reason.SEE, making.canary())
    people.keep(
        writer, making.canary(), making.canary(), making.canary(), address=f"{making.canary()}@example.org",
        how_met=making.canary(), topics=making.canary(),
    )  # fmt: skip
    circles.make(writer, making.canary())


def _picture(making: _Making) -> Asset:
    return assets.keep(making.paths, PNG + making.chance.randbytes(8), "png", "https://site.example/a.png")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def leaked(data: bytes, canaries: Sequence[str]) -> list[str]:
    """Which of them stand in a file, as they are or by an encoding of each byte."""
    return [one for one in canaries if one.encode() in data]
