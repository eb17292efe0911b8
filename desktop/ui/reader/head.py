"""The head of an article: title, where it comes from, what the person said of it, and what is the matter.

Surprising: it is a widget inside the page, not markup, so that its parts have names, focus and a place to
write in.
"""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.library.values import Detail
from desktop.ui.article.words import by_line, clock, saved_line
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import Flow, LinkButton, Notice, Passage, PillButton, tall
from desktop.ui.parts.pills import Pill
from desktop.ui.parts.words_card import Words, WordsCard
from desktop.ui.reader.came_from import CameFrom
from desktop.ui.rows.delegate import circle_pill
from desktop.ui.theme import READER_FAMILY, READER_SANS_FAMILY, Theme, font_of

TITLE, TITLE_NARROW, NARROW = 30, 24, 560
_GAP = 22


class Head(QWidget):
    """Everything above the text. `heightForWidth` is the room it wants."""

    why_kept = Signal(str)
    title_kept = Signal(str)
    found_through_kept = Signal(str)
    view_asked = Signal(str)
    original_asked = Signal()
    page_asked = Signal()
    """The whole saved page is wanted, since there is no readable text."""
    moment_asked = Signal(float)
    """The film at this second is wanted."""
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._detail: Detail | None = None
        self._family: tuple[str, ...] = READER_FAMILY
        self.setSizePolicy(tall())
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.title.setSizePolicy(tall())
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.by = Words(theme, "body", 20, "muted")
        self.saved = Words(theme, "body", 20, "muted")
        self.came = CameFrom(theme)
        self.field = QLineEdit()
        self.field.setMaxLength(2000)
        self.field.installEventFilter(self)
        self.field.hide()
        self._field_for = ""
        self.pills = Flow()
        self.say_why: LinkButton | None = None
        self.card = WordsCard(theme, tr("Why it matters to me"))
        self.passage = Passage(theme)
        self.notices = QWidget()
        self._notice_column = QVBoxLayout(self.notices)
        self._notice_column.setContentsMargins(0, 0, 0, 0)
        self._notice_column.setSpacing(6)
        self.notices.setSizePolicy(tall())
        self._build()
        self.card.kept.connect(self._on_kept)
        self.card.resized.connect(self.resized)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 30, 0, _GAP)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.field)
        column.addSpacing(8)
        column.addWidget(self.by)
        column.addWidget(self.saved)
        for widget in (self.came, self.pills, self.card, self.passage, self.notices):
            column.addSpacing(0)
            column.addWidget(widget)
        column.addStretch(0)
        self._column = column

    def show_detail(self, detail: Detail, now: datetime, *, is_sans: bool = False) -> None:
        """Show the head of this capture."""
        self._detail = detail
        self._family = READER_SANS_FAMILY if is_sans else READER_FAMILY
        self.title.setText(detail.title or detail.url)
        self.title.setAccessibleName(self.title.text())
        self._say(self.by, by_line(detail))
        self._say(self.saved, saved_line(detail, now))
        self._show_pills(detail)
        self.card.show_words(detail.why)
        self.card.setVisible(bool(detail.why) or self.card.is_editing)
        quote = detail.selection.strip()
        is_whole = " ".join(quote.split()) == " ".join(detail.text.split())
        self.passage.setVisible(bool(quote) and not is_whole)
        self.passage.words.say(quote)
        self._show_notices(detail)
        self._space()
        self.resized.emit()

    def edit_why(self) -> None:
        """Let the person write their sentence."""
        self.card.show()
        if self.say_why is not None:
            self.say_why.hide()
        self._space()
        self.card.edit()

    def edit_title(self) -> None:
        """Let the person give the page a title of their own; an empty one brings the page's back."""
        self._open_field("title", tr("Title"), self._detail.title if self._detail else "")
        self.title.hide()

    def edit_found_through(self) -> None:
        """Let the person say who or what led them here."""
        label = tr("Found through (a person, a place, a search)")
        self._open_field("found_through", label, self._detail.found_through if self._detail else "")

    def _open_field(self, purpose: str, label: str, text: str) -> None:
        self._close_field()
        self._field_for = purpose
        self.field.setAccessibleName(label)
        self.field.setPlaceholderText(label)
        self.field.setFont(self._theme.font("own_field"))
        self.field.setText(text)
        self.field.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.invalidate()
        self.resized.emit()

    def _close_field(self) -> None:
        self._field_for = ""
        self.field.hide()
        self.title.show()
        self._column.invalidate()
        self.resized.emit()

    def _keep_field(self) -> None:
        purpose, text = self._field_for, self.field.text().strip()
        self._close_field()
        if purpose == "title":
            self.title_kept.emit(text)
        elif purpose:
            self.found_through_kept.emit(text)

    @staticmethod
    def _say(words: Words, text: str) -> None:
        words.say(text)
        words.setVisible(bool(text))

    def _show_pills(self, detail: Detail) -> None:
        made: list[QWidget] = []
        for goal in detail.goals:
            made.append(PillButton(self._theme, Pill(goal, "goal", "target"), f"goal:{goal}"))
        if circle := circle_pill(detail.circle_id, detail.circle):
            made.append(PillButton(self._theme, circle, f"people:circle:{detail.circle_id}"))
        for tag in detail.tags:
            made.append(PillButton(self._theme, Pill(tag), f"tag:{tag}"))
        for one in made:
            if isinstance(one, PillButton):
                one.clicked.connect(self._on_pill)
        self.say_why = None  # the one before is deleted with the other pills
        if not detail.why and not self.card.is_editing:
            self.say_why = LinkButton(self._theme, tr("Say why it matters"), "pen-line")
            self.say_why.clicked.connect(self._on_say_why)
            made.append(self.say_why)
        self.pills.show_widgets(made)
        self.pills.setVisible(bool(made))

    def _show_notices(self, detail: Detail) -> None:
        while (item := self._notice_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for notice in self._notices(detail):
            self._notice_column.addWidget(notice)
            notice.show()
        self.notices.setVisible(self._notice_column.count() > 0)

    def _notices(self, detail: Detail) -> list[Notice]:
        theme = self._theme
        made: list[Notice] = []
        sentences = list(detail.notices)
        if detail.is_link_only:
            act = Button(theme, tr("Open original"), kind="outline", ink="on_warning_soft", is_small=True)
            act.clicked.connect(self.original_asked)
            first = sentences.pop(0) if sentences else tr("Saved as a link only.")
            made.append(Notice(theme, "warning", "link", first, act))
        elif not detail.text.strip():
            first = sentences.pop(0) if sentences else tr("No readable text was found on this page.")
            act = None
            if detail.raw_page:
                act = Button(
                    theme, tr("Show the whole page"), kind="outline", ink="on_warning_soft", is_small=True
                )
                act.clicked.connect(self.page_asked)
            made.append(Notice(theme, "warning", "file-question-mark", first, act))
        made += [Notice(theme, "accent", "info", sentence) for sentence in sentences]
        if detail.media is not None and (detail.media.position or detail.media.duration):
            made.append(self._film(detail.media.position, detail.media.duration))
        return made

    def _film(self, position: float, duration: float) -> Notice:
        said = tr("Saved at {time} of {length}") if duration else tr("Saved at {time}")
        act = Button(
            self._theme,
            tr("Open at {time}").format(time=clock(position)),
            kind="outline",
            ink="on_accent_soft",
            is_small=True,
        )
        act.clicked.connect(self._on_film)
        return Notice(
            self._theme,
            "accent",
            "play",
            said.format(time=clock(position), length=clock(duration)),
            act,
        )

    # Size

    def _space(self) -> None:
        """A gap above each part that is there, and none above the others."""
        gaps = {self.came: 6, self.pills: 8, self.card: 18, self.passage: 18, self.notices: 18}
        for number in range(self._column.count()):
            item = self._column.itemAt(number)
            widget = item.widget() if item is not None else None
            if widget in gaps:
                gap = self._column.itemAt(number - 1)
                spacer = gap.spacerItem() if gap is not None else None
                if spacer is not None:
                    spacer.changeSize(0, 0 if widget.isHidden() else gaps[widget])
        self._column.invalidate()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at this width; the title is smaller in a narrow column."""
        px = TITLE_NARROW if width < NARROW - 48 else TITLE
        font = font_of(self._family, px, 600)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.2)
        if font != self.title.font():
            self.title.setFont(font)
        return self._column.heightForWidth(width)

    # Events

    def event(self, event: QEvent) -> bool:
        """Say that another height is wanted whenever a part has changed its own."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps what is in the field, Escape leaves it as it was."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._keep_field()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close_field()
                return True
        return False

    def _on_say_why(self) -> None:
        self.edit_why()

    def _on_kept(self, words: str) -> None:
        if not words:
            self.card.hide()
        self.why_kept.emit(words)

    def _on_pill(self) -> None:
        pill = self.sender()
        if isinstance(pill, PillButton):
            self.view_asked.emit(pill.view)

    def _on_film(self) -> None:
        if self._detail is not None and self._detail.media is not None:
            self.moment_asked.emit(self._detail.media.position)
