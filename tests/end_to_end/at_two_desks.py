"""What each of two colleagues does at the window: gather and send, keep and answer, take the answer in.

    python -m tests.end_to_end.at_two_desks sends|answers|joins HOME FILE [FILE]

Surprising: this is no test. `test_two_colleagues` starts it once for each of them, so that nothing but files
goes between their libraries. The keyring is one of this process alone; whatever goes wrong ends it with a
traceback.
"""

import asyncio
import sys
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from desktop.library import basket
from desktop.paths import Paths
from desktop.share import replies, secrets
from desktop.ui.basket.view import BasketView
from desktop.ui.parts.line_dialog import LineDialog
from desktop.ui.program import looping
from desktop.ui.received.answering import AnswerForm, SendForm
from desktop.ui.received.view import ReceivedView
from tests.end_to_end.person import CTRL, NONE, Person, open_program

K = Qt.Key
PAGES = 5
ANA, JONAS = "Ana Ruiz", "Jonas Weiss"
TITLE, NOTE = "Before the migration", "Read the second one first."
LEFT_OUT = 3
"""Of the items, the one that Jonas does not keep."""
ANSWERS = ("We tried this in spring.", "Where is this said?")


def sentence(title: str) -> str:
    """What Ana says of a page."""
    return f"Read {title} for its second part."


class Ring(KeyringBackend):
    """Passes for the keyring of a system."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


async def save_as(me: Person, place: Path) -> None:
    """Answers the system's question where to, and waits until the file is there and known to have left."""

    def asked() -> QFileDialog | None:
        found = me.window.findChildren(QFileDialog, "save")
        return next((one for one in found if one.isVisible()), None)

    def has_left() -> bool:
        rows = me.reader.rows("SELECT file_name FROM pack WHERE direction = 'sent'")
        return place.exists() and (place.name,) in rows

    dialog = await me.until(asked, "the question where to", is_asking=True)
    assert dialog is not None
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(str(place))
    dialog.accept()
    await me.until(has_left, place.name)


async def drop(me: Person, file: Path) -> ReceivedView:
    """Lets a file go over the window; the pack is looked at then."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    at, copy, left = QPoint(300, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    over = QDragEnterEvent(at, copy, data, left, NONE)
    QApplication.sendEvent(me.window, over)
    assert over.isAccepted()
    QApplication.sendEvent(me.window, QDropEvent(QPointF(at), copy, data, left, NONE, QEvent.Type.Drop))
    view = await me.page(ReceivedView)

    def shown() -> bool:
        looked = view.pane.shown
        return looked is not None and looked.file_name == file.name

    await me.until(shown, "the pack that was dropped")
    return view


# -- Ana


async def fill_the_basket(me: Person) -> BasketView:
    """Each page by its key in the inbox, then a sentence on each in the basket."""
    me.press(K.Key_1, held=CTRL)
    pages = me.window.list
    await me.until(lambda: len(pages.model.ids) == PAGES, "the inbox")
    pages.view.setFocus()
    me.press(K.Key_Home)
    for number in range(1, PAGES + 1):
        me.press(K.Key_S)
        await me.until(lambda number=number: basket.count(me.reader) == number, f"{number} in the basket")  # type: ignore[misc]
        me.press(K.Key_J)
    view = await me.go(K.Key_8, CTRL, BasketView)
    await me.until(lambda: len(view.list.values.items) == PAGES, "the basket")
    for number in range(PAGES):
        view.list.choose(number)
        view.list.setFocus()
        title = view.list.values.items[number].item.title
        me.press(K.Key_Return)
        await me.until(lambda: view.list.is_writing and view.list.editor.hasFocus(), "the field")
        me.write(sentence(title))
        me.press(K.Key_Return)
        said = sentence(title)
        await me.until(lambda said=said: said in {one.sentence for one in basket.items(me.reader)}, said)  # type: ignore[misc]
    return view


async def send(me: Person, place: Path) -> None:
    view = await fill_the_basket(me)
    QTest.mouseClick(view.letter.title, Qt.MouseButton.LeftButton)
    me.write(TITLE)
    QTest.mouseClick(view.letter.message.viewport(), Qt.MouseButton.LeftButton)
    me.write(NOTE)

    def previewed() -> bool:
        seen, shown = view.leaving.seen, view.leaving.preview.toPlainText()
        words = (TITLE, NOTE, *(one.sentence for one in basket.items(me.reader)))
        return seen is not None and seen.choice.message == NOTE and all(one in shown for one in words)

    await me.until(previewed, "every word in the preview")
    view.list.setFocus()
    me.press(K.Key_S, held=CTRL)
    await me.form(LineDialog, is_asking=True)
    me.write(ANA)
    me.press(K.Key_Return)
    await save_as(me, place)


# -- Jonas


async def answer(me: Person, pack: Path, place: Path) -> None:
    """All but one are kept, two are commented on, the comments go back."""
    view = await drop(me, pack)
    assert view.pane.shown is not None
    assert view.pane.shown.row.sender == ANA
    me.press(K.Key_Right)
    await me.until(view.pane.list.hasFocus, "the items to have the keyboard")
    view.pane.list.choose(LEFT_OUT)
    me.press(K.Key_Space)
    await me.until(lambda: len(view.pane.chosen) == PAGES - 1, "all but one")
    me.press(K.Key_Return, held=CTRL)
    await me.until(lambda: has_kept(view, PAGES - 1), "what was kept")
    for number, said in enumerate(ANSWERS):
        view.pane.list.choose(number)
        view.pane.list.setFocus()
        me.press(K.Key_R)
        form = await me.form(AnswerForm)
        assert form.place.currentIndex() == number
        me.write(said)
        me.press(K.Key_Return, held=CTRL)
        await me.closed()
    pack_id = view.pane.shown.row.id
    assert len(replies.waiting(me.reader, pack_id)) == len(ANSWERS)
    await me.until(view.pane.bar.send.isVisible, "the act that sends answers")
    QTest.mouseClick(view.pane.bar.send, Qt.MouseButton.LeftButton)
    form = await me.form(SendForm)
    form.name.setFocus()
    me.write(JONAS)
    me.press(K.Key_Return)
    await save_as(me, place)


def has_kept(view: ReceivedView, number: int) -> bool:
    return view.pane.shown is not None and len(view.pane.shown.kept) == number


# -- Ana again


async def join(me: Person, reply: Path) -> None:
    view = await drop(me, reply)
    assert view.pane.shown is not None
    assert view.pane.shown.row.sender == JONAS
    number = len(view.pane.chosen)
    assert number == len(ANSWERS)
    me.press(K.Key_Return, held=CTRL)
    await me.until(lambda: has_kept(view, number), "the answers in their places")


async def sit_down(act: str, paths: Paths, *files: Path) -> int:
    """0 once all of it is done."""
    acts = {"sends": send, "answers": answer, "joins": join}
    async with open_program(paths) as me:
        await asyncio.wait_for(acts[act](me, *files), 200)  # type: ignore[operator]
    return 0


if __name__ == "__main__":
    secrets.SAFE |= {__name__}  # type: ignore[misc]
    keyring.set_keyring(Ring())
    said, home, *given = sys.argv[1:]
    sys.exit(looping.run(lambda: sit_down(said, Paths(Path(home)), *map(Path, given))))
