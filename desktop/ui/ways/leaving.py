"""Each way out, from the pack to the toast: draft, mail, shared folder, clipboard, link.

Surprising: whether a mail program is there cannot be learnt from opening a draft, as the system's opener says
yes before it has looked. So on Linux the system is asked first which program takes mails.
"""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from desktop.errors import BadInput, NoSpace
from desktop.languages import tr, writing
from desktop.library.values import Detail
from desktop.share import folder, hosts, letters, mailing, pack_letter, recipients, rich_text, sent
from desktop.share.file_names import one_line
from desktop.share.letters import Letter
from desktop.share.mail_account import account_of
from desktop.share.making import MadePack
from desktop.share.recipients import Recipients
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.ui import open_url
from desktop.ui.desk import Desk
from desktop.ui.exporting import clipboard
from desktop.ui.parts.line_dialog import Line
from desktop.ui.parts.windows import front_window
from desktop.ui.ways import posting
from desktop.ui.ways.account_form import AccountForm
from desktop.ui.ways.link_form import Linked, LinkForm

Made = Callable[[], Coroutine[Any, Any, MadePack | None]]
_ENDINGS = (".html", ".zip", ".age")


# ── a draft ─────────────────────────────────────────────────────────────────────────────────────────────


def draft(desk: Desk, made: Made) -> None:
    """Open a mail with the pack in it in the person's own mail program."""
    desk.tasks.start(_draft(desk, made))


async def _draft(desk: Desk, made: Made) -> None:
    pack = await made()
    if pack is None:
        return
    to = (await _recipients(desk, pack)).to
    file = await desk.tasks.work(_draft_file, pack, to)
    if file is None:
        return
    await _record(desk, pack, "draft")
    if await desk.tasks.work(open_url.has_mail_program) and open_url.open_mail(file):
        desk.say(tr("The draft is open in your mail program. Nothing has left yet."))
        return
    address = pack_letter.mailto(pack.pack, file_name_of(pack), to)
    open_url.show_in_folder(pack.written.path)
    if open_url.open_url(address):
        desk.say(tr("Put the file from the folder into the mail that has opened."))
    else:
        desk.say(tr("No mail program was found. The file is in the folder that has opened."))


def _draft_file(made: MadePack, to: tuple[str, ...]) -> Path:
    """Beside the pack. Raises NoSpace."""
    letter = pack_letter.of_pack(made.pack, file_name_of(made), made.written.path.read_bytes(), to)
    place = made.written.path.with_suffix(".eml")
    try:
        place.write_bytes(letters.draft(letter))
    except OSError as error:
        raise NoSpace(
            tr("The draft could not be written ({reason}).").format(reason=error.strerror)
        ) from error
    return place


# ── a mail ──────────────────────────────────────────────────────────────────────────────────────────────


def send(desk: Desk, made: Made) -> None:
    """Send the pack by the person's own account; asks for the account where there is none."""

    def go() -> None:
        desk.tasks.start(_send(desk, made))

    if account_of(desk.settings) is None:
        desk.ask_overlay(lambda window: AccountForm(desk, window, then=go))
    else:
        go()


async def _send(desk: Desk, made: Made) -> None:
    pack = await made()
    if pack is None:
        return
    found = await _recipients(desk, pack)
    if not found.to:
        ask = tr("The mail address of whom it goes to; several with commas between them.")
        desk.ask_line(Line(tr("To whom?"), ask, "", tr("Send"), partial(_send_to_typed, desk, pack)))
        return
    await _post(desk, pack, found.to)
    if found.without:
        names = writing.listed([one_line(name, 40) for name in found.without])
        desk.say(tr("No mail address is known for {names}.").format(names=names))


def _send_to_typed(desk: Desk, pack: MadePack, typed: str) -> None:
    try:
        to = tuple(letters.address_of(one) for one in typed.split(",") if one.strip())
    except BadInput as error:
        desk.say(f"{error} {error.action}")
        return
    desk.tasks.start(_post(desk, pack, to))


async def _post(desk: Desk, pack: MadePack, to: tuple[str, ...]) -> None:
    account = account_of(desk.settings)
    if account is None or not to:
        return
    letter = Letter(to, "", "", sender=account.address, sender_name=pack.pack.sender.name)
    changes = await desk.tasks.run("post a pack", _posted, pack, letter, can_undo=False)
    if changes is not None:
        posting.of(desk).send_now()


def _posted(writer: Writer, made: MadePack, to: Letter) -> Changes:
    """Into the outbox, whole; from here on nothing of it is lost."""
    data = made.written.path.read_bytes()
    letter = pack_letter.of_pack(made.pack, file_name_of(made), data, to.to, to.sender, to.sender_name)
    recorded = _recorded(writer, made, "mail")
    posted = mailing.post(writer, letter, recorded.made)
    return replace(posted, nouns=posted.nouns | recorded.nouns)


# ── the shared folder ───────────────────────────────────────────────────────────────────────────────────


def put_into_folder(desk: Desk, made: Made) -> None:
    """Write the pack into the folder that others see too; asks for the folder where there is none."""

    def go() -> None:
        desk.tasks.start(_put(desk, made))

    if desk.settings.text("shared_folder"):
        go()
    else:
        choose_folder(desk, go)


def choose_folder(desk: Desk, then: Callable[[], None] = lambda: None) -> QFileDialog:
    """Ask for the shared folder and keep it."""

    def keep(place: str) -> None:
        if place and desk.keep_setting("shared_folder", place):
            then()

    here = desk.settings.text("shared_folder") or str(Path.home())
    dialog = QFileDialog(front_window(), tr("Choose the shared folder"), here)
    dialog.setObjectName("shared_folder")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.finished.connect(dialog.deleteLater)
    dialog.fileSelected.connect(keep)
    dialog.open()
    return dialog


async def _put(desk: Desk, made: Made) -> None:
    pack = await made()
    if pack is None:
        return
    shared = Path(desk.settings.text("shared_folder"))

    def put(_tell: object, _stop: object) -> Path:
        data = pack.written.path.read_bytes()
        title, ending = pack.pack.title or tr("Pack"), _ending(pack.written.path)
        return folder.put(shared, data, title, pack.pack.uuid, ending)

    place = await desk.works.do(tr("Putting it into the shared folder"), put, can_stop=False)
    if place is not None:
        await _record(desk, pack, "folder", place.name)
        show = partial(open_url.show_in_folder, place)
        desk.offer(tr("It is in the shared folder: {name}").format(name=place.name), tr("Show"), show)


# ── the clipboard and links ─────────────────────────────────────────────────────────────────────────────


def copy(desk: Desk, made: Made) -> None:
    """What is in the pack as words for a chat."""
    desk.tasks.start(_copy(desk, made))


async def _copy(desk: Desk, made: Made) -> None:
    pack = await made()
    if pack is not None:
        said = rich_text.of_items(pack.pack.items, pack.pack.message)
        clipboard.put(said.text, said.html)
        desk.say(tr("Copied: paste it into a chat, a mail or a document"))


def share_link(desk: Desk, made: Made) -> None:
    """Ask which of the pages goes to which network, and open its page there."""
    desk.tasks.start(_share_link(desk, made))


async def _share_link(desk: Desk, made: Made) -> None:
    pack = await made()
    if pack is None:
        return
    links = [
        Linked(one_line(item.title, 120), item.url, item.sentence)
        for item in pack.pack.items
        if rich_text.is_web(item.url)
    ]
    ask_network(desk, links)


def share_page(desk: Desk, page: Detail) -> None:
    """The page that is read, without the pack: a private one, or one inside the organisation, stays."""
    inside = hosts.listed(desk.settings.text("inside_hosts"))
    stays = page.is_private or not rich_text.is_web(page.url) or hosts.is_internal(page.url, inside)
    ask_network(desk, [] if stays else [Linked(one_line(page.title, 120), page.url)])


def ask_network(desk: Desk, links: list[Linked]) -> None:
    """The form for a link; says so when there is none to share."""
    if not links:
        desk.say(tr("Nothing here has a web address that may leave."))
        return
    desk.ask_overlay(lambda window: LinkForm(desk, links, window))


# ── what all of them need ───────────────────────────────────────────────────────────────────────────────


def file_name_of(made: MadePack) -> str:
    """The name under which the pack travels."""
    return made.written.path.name


def _ending(path: Path) -> str:
    known = [one for one in path.suffixes[-2:] if one in _ENDINGS]
    return ".kithbook" + "".join(known or [".html"])


async def _recipients(desk: Desk, made: MadePack) -> Recipients:
    return await desk.tasks.read(_to, made.person_id, made.circle_id) or Recipients()


def _to(reader: Reader, person_id: int, circle_id: int) -> Recipients:
    return recipients.of(reader, person_id, circle_id)


async def _record(desk: Desk, made: MadePack, way: str, name: str = "") -> None:
    await desk.tasks.run("record what left", _recorded, made, way, name, can_undo=False)


def _recorded(writer: Writer, made: MadePack, way: str, name: str = "") -> Changes:
    written = made.written
    return sent.record(
        writer, made.pack, block=written.block, sha256=written.sha256, size=written.size, way=way,
        file_name=name or written.path.name, person_id=made.person_id, circle_id=made.circle_id,
    )  # fmt: skip
