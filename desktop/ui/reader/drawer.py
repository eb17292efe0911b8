"""The drawer between text and foot: highlights that lost their place, or the person's own words in the text.

Surprising: the text stays in reach above it, since a lost highlight is placed again by selecting there.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.library.sense_values import Annotation
from desktop.ui.marks.words import OwnWord, one_line, plain_comment, words_line
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import Flow, LinkButton, tall
from desktop.ui.parts.words_card import Words
from desktop.ui.reader.finding import Finding
from desktop.ui.reader.marks import ReaderMarks
from desktop.ui.reader.page import ShowsPage
from desktop.ui.theme import Theme

TALLEST = 220


class LostRow(QWidget):
    """One highlight without a place: its bar, the quote, the comment, and what can be done."""

    placed = Signal(int)
    removed = Signal(int)

    def __init__(self, theme: Theme, annotation: Annotation) -> None:
        super().__init__()
        self._theme, self.annotation = theme, annotation
        self.setObjectName("lost_row")
        self.setSizePolicy(tall())
        quote = Words(theme, "own_row", 19)
        quote.say(f"“{one_line(annotation.quote)}”")
        self.place = Button(theme, tr("Place again here"), icon="map-pin", is_small=True)
        self.remove = Button(theme, tr("Remove the highlight"), icon="trash-2", kind="icon", is_small=True)
        self.place.clicked.connect(self._on_place)
        self.remove.clicked.connect(self._on_remove)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(quote)
        if annotation.comment:
            comment = Words(theme, "caption", 17, "muted")
            comment.say(plain_comment(annotation.comment))
            words.addWidget(comment)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 0, 6)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.place, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)

    def _on_place(self) -> None:
        self.placed.emit(self.annotation.id)

    def _on_remove(self) -> None:
        self.removed.emit(self.annotation.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(f"mark_{self.annotation.colour}"))
        painter.drawRoundedRect(QRectF(0, 5, 4, self.height() - 12), 2, 2)


class Drawer(QWidget):
    """A title, a sentence, and content that scrolls when it is long."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.name = ""
        """What is in it; empty while it is closed."""
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(theme.font("strong"))
        self.hint = Words(theme, "caption", 17, "muted")
        self.close_button = Button(theme, tr("Close"), icon="x", kind="icon", is_small=True)
        self.close_button.clicked.connect(self.close_drawer)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        theme.changed.connect(self.update)

    def show_content(self, name: str, title: str, hint: str, content: QWidget) -> None:
        """Open with this content in place of what was in it."""
        self.name = name
        self.title.setText(title)
        self.hint.say(hint)
        self.setAccessibleName(title)
        self._area.setWidget(content)
        content.setAutoFillBackground(False)
        self._fit()
        self.show()

    def _fit(self) -> None:
        """As high as the content needs at this width: a hidden drawer does not know its own yet."""
        content = self._area.widget()
        if content is None:
            return
        width = max(200, self.width() - 28)
        wanted = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        self._area.setFixedHeight(min(TALLEST, max(28, wanted)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def close_drawer(self) -> None:
        """Close; the text has the room again."""
        if self.name:
            self.name = ""
            self.hide()
            self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))


class Drawers(QObject):
    """What opens the drawer, and what is in it."""

    tag_asked = Signal(str)
    """The shown page is to get this tag."""

    def __init__(self, view: ShowsPage, marks: ReaderMarks, finding: Finding, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._marks, self._finding = view, marks, finding
        self.drawer = Drawer(view.desk.theme)
        view.foot.marks.clicked.connect(self._on_marks_clicked)
        view.foot.words.clicked.connect(self.toggle_words)
        marks.changed.connect(self.refresh)
        self.drawer.closed.connect(self._on_closed)

    def refresh(self) -> None:
        """Another page, or other highlights: show what is true now."""
        page = self._view.page
        words = page.words if page is not None and self._view.is_article else ()
        self._view.foot.show_words(words_line(len(words)))
        if self.drawer.name == "lost":
            self._fill_lost()
        elif self.drawer.name == "words":
            self._fill_words()

    def show_lost(self) -> None:
        """List the highlights that have no place in the shown text."""
        self._fill_lost()

    def _on_marks_clicked(self) -> None:
        if self.drawer.name == "lost":
            self.drawer.close_drawer()
        elif self._marks.spots.unplaced:
            self._fill_lost()
        else:
            self._marks.step(1)

    def toggle_words(self) -> None:
        """Show the tags and goals of the person's own that stand in the text, or close them."""
        page = self._view.page
        if self.drawer.name == "words":
            self.drawer.close_drawer()
        elif page is None or not page.words or not self._view.is_article:
            self._view.desk.say(tr("None of your tags and goals stands in this page"))
        else:
            self._fill_words()

    def _on_closed(self) -> None:
        self._view.browser.setFocus()

    def _fill_lost(self) -> None:
        lost = self._marks.spots.unplaced
        if not lost:
            self.drawer.close_drawer()
            return
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for annotation in lost:
            row = LostRow(self._view.desk.theme, annotation)
            row.placed.connect(self._marks.place_again)
            row.removed.connect(self._marks.remove)
            column.addWidget(row)
        column.addStretch(1)
        hint = tr("This text has changed. Select where one belongs, then place it again.")
        self.drawer.show_content(
            "lost", tr("Lost its place") if len(lost) == 1 else tr("Lost their place"), hint, content
        )

    def _fill_words(self) -> None:
        page = self._view.page
        if page is None or not page.words:
            self.drawer.close_drawer()
            return
        content = Flow()
        content.setObjectName("own_words")
        content.show_widgets(self._word_widgets(page.words, page.detail.tags))
        hint = tr("Your tags and goals that this text speaks of. Choose one to find it.")
        self.drawer.show_content("words", tr("My words in this text"), hint, content)

    def _word_widgets(self, words: Sequence[OwnWord], tags: Sequence[str]) -> list[QWidget]:
        theme = self._view.desk.theme
        made: list[QWidget] = []
        for word in words:
            found = LinkButton(theme, f"{word.name} · {word.times}", "target" if word.goal else "hash")
            found.setProperty("said", word.said)
            found.setAccessibleName(
                tr("Find {name} in the text, {times} times").format(name=word.name, times=word.times)
            )
            found.clicked.connect(self._on_word_clicked)
            made.append(found)
            if not word.goal and word.name not in tags and self._view.desk.can_write:
                add = Button(
                    theme,
                    tr("Tag this page with {name}").format(name=word.name),
                    icon="plus",
                    kind="icon",
                    is_small=True,
                )
                add.setProperty("tag", word.name)
                add.clicked.connect(self._on_add_clicked)
                made.append(add)
        return made

    def _on_word_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._finding.look_for(str(sender.property("said")))

    def _on_add_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.tag_asked.emit(str(sender.property("tag")))
