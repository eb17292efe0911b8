"""The answer to what was received: a comment that is kept here, and the small pack that takes it back.

Surprising: a comment sends nothing. It waits with the pack until "Send my answers" makes a file of all that
wait.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.languages import tr, trn, writing
from desktop.library.archive.format import Stop, Tell
from desktop.library.opening import Library
from desktop.share import identity, pack_file, replies, sent
from desktop.share.file_names import file_name
from desktop.share.offer import OfferedItem
from desktop.share.pack_file import Written
from desktop.share.received import Looked
from desktop.share.secrets import Secrets
from desktop.share.values import Pack
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.ui import file_saving
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.parts.words_card import Words
from desktop.ui.received import words

SHOWN: Final = 6
"""Answers that the form shows; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What is answered. Ids are 0 where there is no such thing."""

    title: str
    source_id: int = 0
    note_id: int = 0
    annotation_id: int = 0
    reply_id: int = 0


def ask(desk: Desk, shown: Looked, uuid: str = "") -> None:
    """Answer an item of a pack: the one with this UUID, or another that was kept."""
    kept = [one for one in shown.offer.items if one.item.uuid in shown.kept]
    places = [_place(one) for one in kept if one.source_id or one.note_id]
    at = next((number for number, one in enumerate(kept) if one.item.uuid == uuid), 0)
    if places:
        ask_about(desk, places, words.name_of(shown.row.sender), at)


def ask_about(desk: Desk, places: list[Answered], name: str, at: int = 0) -> None:
    """The form, for one of these things; ``name``: of whoever is answered."""

    def make(window: QWidget) -> AnswerForm:
        return AnswerForm(desk, window, places, name, at)

    desk.ask_overlay(make)


def ask_send(desk: Desk, shown: Looked) -> None:
    """Make a file of the answers that wait."""

    def make(window: QWidget) -> SendForm:
        return SendForm(desk, window, shown)

    desk.ask_overlay(make)


def _place(one: OfferedItem) -> Answered:
    return Answered(words.item_title(one.item), one.source_id, one.note_id)


class AnswerForm(FormOverlay):
    """What I say to something that somebody sent."""

    def __init__(self, desk: Desk, parent: QWidget, places: list[Answered], name: str, at: int = 0) -> None:
        super().__init__(desk, tr("Answer {name}").format(name=name), tr("Keep my answer"), parent)
        self._places = places
        self.said = self.add_text(tr("What I say to it"), height=120)
        self.said.setFont(desk.theme.font("own_field"))
        choices = [(one.title, number) for number, one in enumerate(places)]
        self.place = self.add_choice(tr("About"), choices, at)
        hint = Words(desk.theme, "caption", 17, "muted")
        hint.say(tr("It stays here until you choose “Send my answers” under Received."))
        self.fields.addWidget(hint)

    def is_ready(self) -> bool:
        return bool(self.said.toPlainText().strip())

    def act(self) -> "asyncio.Task[Changes | None]":
        place = self._places[max(0, self.place.currentIndex())]
        return self.desk.tasks.run(
            "answer", replies.comment, self.said.toPlainText(), source_id=place.source_id,
            note_id=place.note_id, annotation_id=place.annotation_id, reply_id=place.reply_id,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sending:
    """How the answers go."""

    pack_id: int
    place: Path
    message: str
    name: str
    to: tuple[str, ...]
    """The age recipient of whoever gets it; empty: not encrypted."""
    person_id: int


@dataclass(frozen=True, slots=True)
class MadeAnswer:
    """The answers as a file."""

    pack: Pack
    written: Written
    why_unsigned: str


class SendForm(FormOverlay):
    """What leaves, a word to go with it, and whether only they can open it."""

    def __init__(self, desk: Desk, parent: QWidget, shown: Looked) -> None:
        name = words.name_of(shown.row.sender)
        super().__init__(
            desk, tr("Send my answers to {name}").format(name=name), tr("Save as a file …"), parent
        )
        self._shown = shown
        waiting = [one for one in shown.replies if not one.creator and not one.sent_at]
        self._say_what_leaves([one.body for one in waiting])
        self.message = self.add_text(tr("A word to go with it"), height=64)
        self.message.setFont(desk.theme.font("own_field"))
        self.name = self.add_line(tr("My name, as they will see it"), desk.settings.text("my_name"))
        self._age = shown.offer.opened.pack.sender.age if shown.offer.opened.is_signed else ""
        choices = [(tr("Anybody who has the file"), ""), (tr("Only {name}").format(name=name), self._age)]
        self.lock = self.add_choice(tr("Who can open it"), choices[: 2 if self._age else 1], "")

    def _say_what_leaves(self, bodies: list[str]) -> None:
        theme = self.desk.theme
        title = Words(theme, "caption", 16, "muted")
        number = len(bodies)
        said = trn("Your answer leaves, with the name of what it belongs to:",
                   "Your {n} answers leave, with the names of what they belong to:", number)  # fmt: skip
        title.say(said.format(n=writing.number(number)))
        self.fields.addWidget(title)
        for body in bodies[:SHOWN]:
            line = Words(theme, "own_row", 20)
            line.say(words.visible_lines(body))
            self.fields.addWidget(line)
        if number > SHOWN:
            more = Words(theme, "caption", 16, "muted")
            more.say(tr("… and {n} more").format(n=writing.number(number - SHOWN)))
            self.fields.addWidget(more)

    def is_ready(self) -> bool:
        return bool(self.name.text().strip())

    def submit(self) -> None:
        """Ask where to; the form is closed by then."""
        if not self.is_ready():
            return
        name = " ".join(self.name.text().split())
        if name != self.desk.settings.text("my_name") and not self.desk.keep_setting("my_name", name):
            return
        row, message = self._shown.row, self.message.toPlainText().strip()
        to = (self._age,) if self.lock.currentIndex() else ()
        title = tr("Re: {title}").format(title=row.title)
        self.dismiss()
        suffix = "html.age" if to else "html"
        file_saving.ask_place(
            tr("Save my answers"), file_name(title, f".{suffix}"), tr("Pack") + f" (*.{suffix})", suffix,
            lambda place: send(self.desk, Sending(row.id, Path(place), message, name, to, row.person_id)),
        )  # fmt: skip


def send(desk: Desk, sending: Sending) -> None:
    """Make the file and note that it left."""
    desk.tasks.start(_send(desk, sending))


async def _send(desk: Desk, sending: Sending) -> None:
    library = desk.library
    if library is None or library.writer is None:
        return
    made = await desk.works.do(tr("Making the pack"), partial(_make, library, sending), can_stop=False)
    if made is None:
        return
    await desk.tasks.run("note what was sent", _record, made, sending.person_id)
    said = tr("Saved as {name}. Send it back the way the pack came.").format(name=made.written.path.name)
    desk.say(f"{said} {made.why_unsigned}".strip())


def _make(library: Library, sending: Sending, _tell: Tell, _stop: Stop) -> MadeAnswer:
    reader, writer = library.reader, library.writer
    ready = identity.ready(reader, writer, Secrets(library.paths), sending.name)
    pack = replies.make_pack(reader, sending.pack_id, ready.sender, message=sending.message)
    written = pack_file.write(pack, sending.place, ready.signer, to=sending.to)
    return MadeAnswer(pack, written, ready.why_unsigned)


def _record(writer: Writer, made: MadeAnswer, person_id: int) -> Changes:
    written = made.written
    return sent.record(
        writer, made.pack, block=written.block, sha256=written.sha256, size=written.size, way="reply",
        file_name=written.path.name, person_id=person_id,
    )  # fmt: skip
