"""Hostile markup in the reader: what Qt asks to load is recorded, and only our own pictures may be asked for.

The raw payloads go into the emitter too, past the gate, since the reader is a wall of its own. The control
shows that the payloads do make a plain QTextBrowser ask.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from desktop.text import sanitize
from desktop.ui.article.browser import ArticleBrowser
from desktop.ui.article.html import RES, emit
from desktop.ui.article.style import Look

OWN = f"res/{'a' * 64}.png"


class Recording(ArticleBrowser):
    """The reader's page, noting what Qt asks for."""

    def __init__(self, path: Path) -> None:
        super().__init__(lambda name: path if name == OWN else None)
        self.asked: list[str] = []

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        self.asked.append(name if isinstance(name, str) else name.toString())
        return super().loadResource(kind, name)


class Careless(QTextBrowser):
    """A plain browser that only notes: the control."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        self.asked.append(name if isinstance(name, str) else name.toString())
        return QImage() if kind == QTextDocument.ResourceType.ImageResource.value else QByteArray()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    path = tmp_path / "picture.png"
    assert image.save(str(path))
    return path


@pytest.fixture
def page(qtbot: QtBot, picture: Path) -> Iterator[Recording]:
    browser = Recording(picture)
    browser.resize(700, 500)
    browser.show()
    yield browser
    browser.close()
    browser.deleteLater()


@pytest.fixture(scope="session")
def payloads(shared: Path) -> list[str]:
    lines = (shared / "corpora" / "xss" / "payloads.jsonl").read_text("utf-8").splitlines()
    return [str(json.loads(line)["payload"]) for line in lines]


def draw(browser: QTextBrowser) -> None:
    """Lay the whole document out and paint it, so that Qt asks for all it wants."""
    browser.document().adjustSize()
    browser.grab()


def test_hostile_markup_past_the_gate_asks_for_nothing(page: Recording, payloads: list[str]) -> None:
    for start in range(0, len(payloads), 100):
        together = "".join(f"<div>{payload}</div>" for payload in payloads[start : start + 100])
        page.show_article(together, Look())
        draw(page)

    assert page.asked == []


def test_each_hostile_payload_alone_leaves_no_address_but_links(payloads: list[str]) -> None:
    for payload in payloads:
        html = emit(payload, Look(), lambda _name: None).html

        assert "<img" not in html
        assert "<script" not in html.lower()
        document = QTextDocument()
        document.setHtml(html)
        assert "<a href=" not in html or all(
            address.startswith(("http://", "https://", "mailto:", "HTTP", "MAILTO"))
            for address in links(document)
        )


def links(document: QTextDocument) -> list[str]:
    found = []
    block = document.begin()
    while block.isValid():
        walk = block.begin()
        while not walk.atEnd():
            form = walk.fragment().charFormat()
            if form.anchorHref():
                found.append(form.anchorHref())
            walk += 1
        block = block.next()
    return found


def test_hostile_markup_through_the_gate_asks_for_nothing(page: Recording, payloads: list[str]) -> None:
    cleaned = [sanitize.clean(payload) for payload in payloads[::3]]
    for start in range(0, len(cleaned), 200):
        page.show_article("".join(f"<div>{html}</div>" for html in cleaned[start : start + 200]), Look())
        draw(page)

    assert page.asked == []


def test_the_control_does_ask(qtbot: QtBot, payloads: list[str]) -> None:
    careless = Careless()
    careless.resize(700, 500)
    careless.show()
    for payload in payloads[::4]:
        if "<img" in payload.lower() or "background" in payload.lower() or "<link" in payload.lower():
            careless.setHtml(f"<p>{payload}</p>")
            careless.document().adjustSize()
    careless.close()
    careless.deleteLater()

    assert len(careless.asked) > 50


def test_our_own_picture_is_asked_for_and_shown(page: Recording) -> None:
    page.show_article(f'<p>x</p><p><img src="{OWN}" alt="ours"></p>', Look())
    draw(page)

    assert set(page.asked) == {OWN}
    assert not page.loadResource(2, QUrl(OWN)).isNull()


@pytest.mark.parametrize(
    "name",
    [
        "file:///etc/hostname",
        "file:///usr/share/pixmaps/debian-logo.png",
        "https://a.example/x.png",
        "qrc:/x.png",
        ":/qt-project.org/x.png",
        "data:image/png;base64,AAAA",
        f"res/{'b' * 64}.png",
        f"{OWN}?x",
        f"file:{OWN}",
        "res/../../x.png",
        "",
    ],
)
def test_no_other_resource_is_ever_given(page: Recording, name: str) -> None:
    for kind in QTextDocument.ResourceType:
        given = page.loadResource(kind.value, QUrl(name))

        assert given is not None
        assert given.isNull() if isinstance(given, QImage) else given == QByteArray()


def test_a_file_picture_is_not_shown_even_when_the_document_names_it(page: Recording, picture: Path) -> None:
    page.setHtml(f"<p><img src='{picture.as_uri()}' width='200' height='200'></p>")
    shown = page.grab().toImage()

    teal = QColor("teal").rgb()
    assert not any(shown.pixel(x, y) == teal for x in range(0, 300, 10) for y in range(0, 300, 10))


def test_a_click_on_a_link_does_not_navigate(page: Recording) -> None:
    followed: list[str] = []
    page.link_followed.connect(followed.append)
    page.show_article('<p><a href="https://a.example/äö">words</a></p>', Look())
    page.setSource(QUrl("https://b.example/"))
    page.anchorClicked.emit(QUrl("https://a.example/äö"))

    assert followed == ["https://a.example/%C3%A4%C3%B6"]
    assert "words" in page.toPlainText()
    assert page.asked == []


def test_only_names_of_our_own_kind_are_pictures() -> None:
    assert RES.match(OWN)
    assert not RES.match(OWN + "\n")
    assert not RES.match(OWN.upper())


def test_what_may_not_be_opened_never_reaches_the_system(qtbot: QtBot) -> None:
    from PySide6.QtCore import QObject, Slot

    from desktop.ui import open_url

    class Catcher(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.urls: list[str] = []

        @Slot(QUrl)
        def take(self, url: QUrl) -> None:
            self.urls.append(url.toString())

    catcher = Catcher()
    for scheme in ("http", "https", "mailto", "file", "javascript", "kithbook"):
        QDesktopServices.setUrlHandler(scheme, catcher, "take")
    try:
        given = [
            "https://a.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "kithbook:x",
            "mailto:a@b.example",
        ]
        answers = [open_url.open_url(address) for address in given]
    finally:
        for scheme in ("http", "https", "mailto", "file", "javascript", "kithbook"):
            QDesktopServices.unsetUrlHandler(scheme)

    assert answers == [True, False, False, False, True]
    assert catcher.urls == ["https://a.example/", "mailto:a@b.example"]
