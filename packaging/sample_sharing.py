"""What the invented person of the sample library shares: colleagues, circles, a basket, packs, mails.

    python packaging/sample_library.py HOME

calls this too. What it says stands in ``samples/sharing.json``. Surprising: the packs are real ones. Each is
gathered from a second library that a colleague has for a moment, written, signed and opened as any file is.
"""

import hashlib
import json
import sqlite3
import tempfile
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage

from desktop.learning import people
from desktop.library import basket, basket_draft, captures
from desktop.library.acts import quietly
from desktop.library.marks import annotations
from desktop.library.opening import Library, open_library
from desktop.library.values import NewCapture
from desktop.paths import Paths
from desktop.share import (
    circles,
    identity,
    letters,
    mailing,
    opening,
    pack_file,
    receiving,
    replies,
    signing,
    trust,
)
from desktop.share import sent as shared
from desktop.share.choice import Choice, Chosen, of_sources
from desktop.share.gather import gather
from desktop.share.signing import Signer
from desktop.share.values import Pack, Sender
from desktop.store.changes import Changes, Noun

SAMPLES = Path(__file__).resolve().parent / "samples"


def signer(name: str, key: str = "") -> Signer:
    """The keys of an invented colleague: the same at every run, but for the one to encrypt to."""
    seed = hashlib.sha256(f"sample {name} {key}".encode()).digest()
    return Signer(name, signing.key_of(seed), str(pyrage.x25519.Identity.generate().to_public()), seed)


def sender(name: str, key: str = "") -> Sender:
    """The same as others see them."""
    one = signer(name, key)
    return Sender(one.name, one.key, one.age)


class _Sample:
    """Fills one library; ``desk`` is a folder for the files."""

    def __init__(self, library: Library, desk: Path, now: datetime, told: dict[str, Any]) -> None:
        assert library.writer is not None
        self.library, self.writer, self.reader = library, library.writer, library.reader
        self.desk, self.now, self.told = desk, now, told
        self.pages = _pages(self.reader.rows("SELECT url, id FROM source"))
        self.people: dict[str, int] = {}

    def at(self, days: int) -> int:
        moment = (self.now - timedelta(days=days)).replace(hour=9, minute=40, second=0, microsecond=0)
        return int(min(moment, self.now - timedelta(minutes=20)).timestamp() * 1000)

    def run(self) -> None:
        """All of it, in an order in which it could have happened."""
        identity.rename(self.writer, self.told["me"])
        circles.make(self.writer, self.told["circle"])
        for one in self.told["people"]:
            self.person(one)
        for number, name in self.told["for_circles"].items():
            circles.set_circle(self.writer, [self.pages[int(number)]], self.circle(name))
        for one in self.told["sent"]:
            self.sent(one)
        for one in self.told["packs"]:
            self.pack(one)
        self.basket()
        for one in self.told["mails"]:
            self.mail(one)

    def circle(self, name: str) -> int:
        found = circles.named(self.reader, name)
        assert found is not None, name
        return found.id

    def person(self, told: dict[str, Any]) -> None:
        name = told["name"]
        self.people[name] = people.keep(
            self.writer, name, address=told["address"], how_met=told["how_met"], topics=told["topics"]
        ).made
        for circle in told["circles"]:
            circles.add(self.writer, self.circle(circle), [self.people[name]])
        ids = [self.pages[number] for number in told["pages"] if number in self.pages]
        self.write("UPDATE source SET found_through = ? WHERE id = ?", [(name, one) for one in ids])
        if told["key"] == "confirmed":
            trust.confirm(self.writer, sender(name))
        elif told["key"]:
            trust.accept(self.writer, sender(name))

    def sent(self, told: dict[str, Any]) -> None:
        """A pack that left, and what came back."""
        to, at = self.people[told["to"]], self.at(told["days"])
        choice = of_sources([self.pages[one] for one in told["pages"]], title=told["title"])
        pack = gather(self.reader, self.library.paths, choice, Sender(self.told["me"]), made_at=at)
        written = pack_file.write(pack, self.desk / f"{pack.uuid}.html")
        made = shared.record(
            self.writer, pack, block=written.block, sha256=written.sha256, size=written.size,
            way=told["way"], file_name=f"{told['title']}.html", person_id=to,
        ).made  # fmt: skip
        self.write("UPDATE pack SET at = ? WHERE id = ?", [(at, made)])
        if told["answer"]:
            self.answer(told, pack)

    def answer(self, told: dict[str, Any], pack: Pack) -> None:
        """The colleague takes it in, comments, and sends the comments back."""
        with self.colleague(told["to"]) as theirs:
            assert theirs.writer is not None
            opened = opening.open_pack(self.desk / f"{pack.uuid}.html")
            wanted = [one.uuid for one in pack.items]
            taken = receiving.take(theirs.writer, theirs.reader, theirs.paths, opened, wanted)
            for (source_id,), body in zip(
                theirs.reader.rows("SELECT id FROM source ORDER BY id"), told["answer"], strict=True
            ):
                replies.comment(theirs.writer, body, source_id=source_id)
            back = replies.make_pack(theirs.reader, taken.made, sender(told["to"]))
        self.receive(back, told["to"], told["days"] - 2, is_taken=True)

    def pack(self, told: dict[str, Any]) -> None:
        """A pack that came."""
        name, key = told["from"], "new" if told.get("changed") else ""
        with self.colleague(name) as theirs:
            ids = [self.theirs(theirs, one, told["days"]) for one in told["items"]]
            chosen = tuple(
                Chosen(
                    number,
                    sentence=one["sentence"],
                    full_text="full" in one,
                    why_full=one.get("full", ""),
                )
                for number, one in zip(ids, told["items"], strict=True)
            )
            choice = Choice(chosen, told["title"], told["message"], "Team")
            made = gather(
                theirs.reader, theirs.paths, choice, sender(name, key), made_at=self.at(told["days"])
            )
        pack_id = self.receive(
            made, name, told["days"], is_taken=told["take"], key=key, is_signed=told["signed"]
        )
        if "reply" in told:
            row = self.reader.row(
                "SELECT source_id FROM pack_item WHERE pack_id = ? AND ordinal = 1", (pack_id,)
            )
            assert row is not None
            replies.comment(self.writer, told["reply"], source_id=row[0])

    def theirs(self, library: Library, told: dict[str, Any], days: int) -> int:
        """A page in the colleague's library, with what they marked."""
        assert library.writer is not None
        text, address = (
            told["text"],
            f"https://{told['site'].lower().replace(' ', '-')}.example/{told['slug']}",
        )
        added = captures.add(
            library.writer,
            NewCapture(
                str(uuid.uuid5(uuid.NAMESPACE_URL, address)), address, self.at(days + 2), title=told["title"],
                site=told["site"], lang="en", html=f"<p>{text}</p>", text=text, excerpt=text[:160],
                words=len(text.split()), minutes=1,
            ),
        )  # fmt: skip
        start = text.index(told["mark"])
        annotations.highlight(
            library.writer, added.capture_id, start, start + len(told["mark"]), comment=told["comment"]
        )
        return added.source_id

    def receive(
        self, pack: Pack, name: str, days: int, *, is_taken: bool, key: str = "", is_signed: bool = True
    ) -> int:
        """Write the pack as its sender would, open it here, and keep it or take it in; its row."""
        file = self.desk / f"{pack.uuid}.html"
        pack_file.write(pack, file, signer(name, key) if is_signed else None)
        opened, size = opening.open_pack(file), file.stat().st_size
        as_file = {"file_name": f"{pack.title}.html", "size": size, "way": "folder"}
        if is_taken:
            wanted = [one.uuid for one in opened.pack.items]
            made = receiving.take(
                self.writer, self.reader, self.library.paths, opened, wanted, **as_file
            ).made
        else:
            made = receiving.keep_offer(self.writer, self.reader, opened, **as_file).made
        self.write("UPDATE pack SET at = ? WHERE id = ?", [(self.at(days), made)])
        came = "id IN (SELECT source_id FROM pack_item WHERE pack_id = ? AND is_new)"
        self.write(
            f"UPDATE source SET saved_at = ?, state_since = ?, state = 'archive' WHERE {came}",
            [(self.at(days), self.at(days), made)],
        )
        self.write(f"UPDATE capture SET captured_at = ? WHERE source_{came}", [(self.at(days), made)])
        return made

    def colleague(self, name: str) -> Library:
        """An empty library of theirs."""
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.desk))
        return open_library(Paths(folder), write=True)

    def basket(self) -> None:
        basket.empty(self.writer)
        marks = [
            row[0] for row in self.reader.rows("SELECT id FROM annotation WHERE creator = '' ORDER BY id")
        ]
        notes = [row[0] for row in self.reader.rows("SELECT id FROM note WHERE NOT is_private ORDER BY id")]
        for told in self.told["basket"]:
            basket.put(
                self.writer,
                [self.pages[told["page"]]] if "page" in told else (),
                [marks[told["mark"] - 1]] if "mark" in told else (),
                [notes[told["note"] - 1]] if "note" in told else (),
            )
            item = basket.items(self.reader)[-1].id
            basket_draft.say(self.writer, item, told["sentence"])
            basket_draft.put_under(self.writer, [item], told["heading"])
            if "full" in told:
                basket_draft.with_full_text(self.writer, [item], told["full"])
        draft = self.told["draft"]
        basket_draft.write(self.writer, title=draft["title"], message=draft["message"])
        basket_draft.address_to(self.writer, person_id=self.people[draft["to"]])

    def mail(self, told: dict[str, Any]) -> None:
        letter = letters.Letter((told["to"],), told["subject"], told["text"], sender="marta@team.example")
        made = mailing.post(self.writer, letter).made
        row = (told["state"], told["tries"], told["error"], self.at(0), made)
        self.write("UPDATE mailing SET state = ?, tries = ?, error = ?, made_at = ? WHERE id = ?", [row])

    def write(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """What no command does: dates of long ago, and who led to a page."""

        def work(connection: sqlite3.Connection) -> Changes:
            connection.executemany(sql, rows)
            return Changes(frozenset({Noun.PERSON}))

        quietly(self.writer, work)


def _pages(rows: list[tuple[Any, ...]]) -> dict[int, int]:
    """Source ids by the number of the sample."""
    known = dict(rows)
    found = {}
    for path in SAMPLES.glob("*.html"):
        told = json.loads(path.read_text(encoding="utf-8").partition("-->\n")[0].removeprefix("<!--"))
        if told["url"] in known:
            found[int(path.name[:2])] = known[told["url"]]
    return found


def fill(paths: Paths, now: int | None = None) -> None:
    """Add it all to a filled sample library. ``now`` in milliseconds since 1970."""
    moment = datetime.fromtimestamp(now / 1000) if now is not None else datetime.now()
    told = json.loads((SAMPLES / "sharing.json").read_text(encoding="utf-8"))
    with (
        tempfile.TemporaryDirectory(prefix="kithbook-sample-") as desk,
        open_library(paths, write=True) as library,
    ):
        _Sample(library, Path(desk), moment, told).run()
