"""A reader on a small library of its own, and ways to fill and to watch it."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from desktop.library import captures, lists
from desktop.library.values import Detail, NewCapture
from desktop.text.markdown import text_from_html
from desktop.ui.desk import Desk
from desktop.ui.reader.pane import ReaderView

Wait = Callable[[Callable[[], bool]], None]

PARAGRAPH = (
    "<p>" + "The better one is to have agreed beforehand what a good answer sounds like. " * 6 + "</p>"
)
ARTICLE = (
    f"<h2>First part 🎓</h2>{PARAGRAPH * 5}<h2>Second part</h2>"
    "<p>One <a href='https://a.example/x'>link here</a> in a short line.</p>"
    f"{PARAGRAPH * 6}<p>The zebra stands near the end.</p>{PARAGRAPH * 5}"
)


@pytest.fixture
def article() -> str:
    """The HTML that `save` saves."""
    return ARTICLE


@pytest.fixture
def paragraph() -> str:
    """One paragraph of 84 words."""
    return PARAGRAPH


@pytest.fixture
def save(empty_desk: Desk) -> Callable[..., int]:
    """Saves a capture straight into the library; returns its source id."""

    def add(**fields: object) -> int:
        html = str(fields.pop("html", ARTICLE))
        new = NewCapture(
            uuid=str(uuid.uuid4()), url="https://a.example/page", captured_at=int(time.time() * 1000),
            title="A page", site="a.example", browser="firefox", html=html, text=text_from_html(html),
            minutes=9,
        )  # fmt: skip
        assert empty_desk.library is not None
        assert empty_desk.library.writer is not None
        changed = replace(new, **fields)  # type: ignore[arg-type]
        return captures.add(empty_desk.library.writer, changed).source_id

    return add


@pytest.fixture
def reader(empty_desk: Desk, wait: Wait) -> Iterator[ReaderView]:
    """A shown reader, 700 × 600, on the library that `save` fills."""
    view = ReaderView(empty_desk)
    view.resize(700, 600)
    view.show()
    view.activateWindow()
    yield view
    view.hide()
    wait(lambda: empty_desk.tasks.is_idle)
    view.deleteLater()


@pytest.fixture
def show(reader: ReaderView, wait: Wait) -> Callable[..., Detail]:
    """Shows a source in the reader and waits until it is there."""

    def until_there(source_id: int, capture_id: int | None = None) -> Detail:
        seen: list[object] = []
        reader.shown.connect(seen.append)
        reader.show_source(source_id, capture_id)
        wait(lambda: bool(seen) and seen[-1] is not None)
        reader.shown.disconnect(seen.append)
        assert reader.detail is not None
        return reader.detail

    return until_there


@pytest.fixture
def kept(empty_desk: Desk) -> Callable[[int], Detail]:
    """What the library holds of a source now."""

    def look(source_id: int) -> Detail:
        assert empty_desk.reader is not None
        found = lists.detail(empty_desk.reader, source_id)
        assert found is not None
        return found

    return look


class Catcher(QObject):
    """Takes addresses in place of the system's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url.toString())


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Addresses that were given to the system."""
    catcher = Catcher()
    for scheme in ("http", "https", "mailto"):
        QDesktopServices.setUrlHandler(scheme, catcher, "take")
    yield catcher.urls
    for scheme in ("http", "https", "mailto"):
        QDesktopServices.unsetUrlHandler(scheme)
