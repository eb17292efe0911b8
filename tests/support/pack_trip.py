"""A library made by chance, some of it sent as a file and taken in by another: what got lost, what got out.

Surprising: the receiver has some of the pages already, with a text of their own, so that joining is tried as
often as what is new.
"""

import random
import shutil
import tempfile
from pathlib import Path

from desktop.library import captures, lists, undo
from desktop.library.marks import highlights
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.share import opening, pack_file, receiving, signing
from desktop.share.gather import gather
from desktop.share.opening import Opened
from desktop.share.signing import Signer
from desktop.share.values import Item, ItemKind, Sender, SharedAnnotation
from desktop.text.moments import seconds_of
from tests.support.saving import everything, link, page
from tests.support.sharing import generate, leaked

SEED = bytes(range(32))
SIGNER = Signer("Anna Berg", signing.key_of(SEED), "", SEED)
SENDER = Sender(SIGNER.name, SIGNER.key, SIGNER.age)
BOOKKEEPING = ("journal_entry", "journal_change", "outbox", "sqlite_sequence")
_MARK = ("colour", "comment", "link", "creator", "made_at")


def send_and_take(seed: int, empty: Path, pages: int = 3) -> tuple[int, list[str]]:
    """Fields compared, and a line for each thing that is wrong. ``empty``: an empty library to copy."""
    with tempfile.TemporaryDirectory(prefix="kithbook-packs-") as folder:
        desk = Path(folder)
        for name in ("anna", "ben"):
            shutil.copytree(empty, desk / name)
        with (
            open_library(Paths(desk / "anna"), write=True) as anna,
            open_library(Paths(desk / "ben"), write=True) as ben,
        ):
            opened, found = _sent(anna, seed, pages, desk / "pack.html")
            return _taken(ben, opened, random.Random(seed), found)


def empty_library(home: Path) -> Path:
    """A library without anything, to be copied."""
    open_library(Paths(home), write=True).close()
    (home / "library.lock").unlink(missing_ok=True)
    return home


def _sent(anna: Library, seed: int, pages: int, out: Path) -> tuple[Opened, list[str]]:
    made = generate(anna, seed, pages)
    pack = gather(anna.reader, anna.paths, made.choice, SENDER)
    written = pack_file.write(pack, out, SIGNER)
    data = written.path.read_bytes()
    opened = opening.open_pack(written.path)
    found = [f"private word in the file: {word}" for word in leaked(data, made.canaries)]
    found += [f"private word in the data: {word}" for word in leaked(opened.block, made.canaries)]
    found += [f"chosen word is missing: {w}" for w in made.open_words if w.encode() not in opened.block]
    return opened, found


def _taken(ben: Library, opened: Opened, chance: random.Random, found: list[str]) -> tuple[int, list[str]]:
    assert ben.writer is not None
    before = {item.uuid: _had(ben, item, chance) for item in opened.pack.items}
    wanted = [item for item in opened.pack.items if chance.random() < 0.9] or list(opened.pack.items)
    _take(ben, opened, wanted)
    fields = 0
    for item in wanted:
        number, wrong = _compared(ben, item, before[item.uuid])
        fields += number
        found += wrong
    state = everything(ben.reader, but=BOOKKEEPING)
    if _take(ben, opened, wanted) or everything(ben.reader, but=BOOKKEEPING) != state:
        found.append("the second import added something")
    undo.undo(ben.writer)
    undo.redo(ben.writer)
    after = everything(ben.reader, but=BOOKKEEPING)
    found += [f"undo and redo changed {name}" for name, rows in after.items() if rows != state[name]]
    if _take(ben, opened, wanted):
        found.append("an import after undo and redo added something")
    return fields, found


def _take(ben: Library, opened: Opened, wanted: list[Item]) -> bool:
    assert ben.writer is not None
    uuids = {item.uuid for item in wanted}
    return bool(receiving.take(ben.writer, ben.reader, ben.paths, opened, uuids))


def _had(ben: Library, item: Item, chance: random.Random) -> str | None:
    """Now and then the receiver has the page already: its text, or None."""
    assert ben.writer is not None
    if item.kind is ItemKind.NOTE or not item.url or chance.random() < 0.6:
        return None
    if chance.random() < 0.3:
        captures.add(ben.writer, link(url=item.url))
        return ""
    text = f"Mine begins otherwise. {item.excerpt} And it ends so."
    captures.add(ben.writer, page(url=item.url, text=text))
    return text


def _compared(ben: Library, item: Item, had: str | None) -> tuple[int, list[str]]:
    if item.kind is ItemKind.NOTE:
        row = ben.reader.row("SELECT title, body FROM note WHERE uuid = ?", (item.uuid,))
        return 2, [] if row == (item.title, item.markdown) else [f"note {item.uuid}: {row}"]
    place = ben.reader.row("SELECT source_id FROM pack_item WHERE uuid = ? AND is_kept", (item.uuid,))
    detail = lists.detail(ben.reader, place[0]) if place else None
    if detail is None:
        return 1, [f"page {item.uuid} did not come"]
    wrong = []
    expected: dict[str, object] = {}
    if had is None:
        names = ("title", "author", "published", "site", "lang", "html")
        expected = {name: getattr(item, name) for name in names}
        expected["tags"] = tuple(sorted(item.tags))
    elif had:
        expected = {"text": had}
    elif item.html:
        expected = {"html": item.html}
    for name, value in expected.items():
        is_now = tuple(sorted(detail.tags)) if name == "tags" else getattr(detail, name)
        if is_now != value:
            wrong.append(f"{item.uuid} {name}: {value!r} became {is_now!r}")
    marks = {one.uuid: one for one in highlights.of_source(ben.reader, detail.id)}
    placed = {one.annotation.uuid for one in highlights.of_capture(ben.reader, detail.capture_id)}
    for shared in item.annotations:
        mark = marks.get(shared.web.uuid)
        if mark is None or mark.uuid not in placed:
            wrong.append(f"highlight {shared.web.uuid} did not come")
            continue
        wrong += _mark_differences(shared, mark)
    return len(expected) + len(item.annotations) * (len(_MARK) + 4), wrong


def _mark_differences(shared: SharedAnnotation, mark: highlights.Annotation) -> list[str]:
    web = shared.web
    quote = web.selectors.quote
    pairs = [(name, getattr(web, name), getattr(mark, name)) for name in _MARK]
    pairs += [
        ("quote", quote.exact, mark.quote), ("prefix", quote.prefix, mark.prefix),
        ("suffix", quote.suffix, mark.suffix), ("tags", sorted(web.tags), sorted(mark.tags)),
    ]  # fmt: skip
    if seconds_of(web.selectors.fragment) is not None:
        pairs.append(("fragment", web.selectors.fragment, mark.fragment))
    return [f"{web.uuid} {name}: {old!r} became {new!r}" for name, old, new in pairs if old != new]
