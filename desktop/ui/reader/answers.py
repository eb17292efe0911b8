"""Answers in the reader: beside the highlights they belong to, in the drawer, and by whom the page came.

Surprising: somebody else's comment is never changed here. Who opens it on its card can answer it, and the
answer waits under Received until it is sent.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.share.answers import Reply
from desktop.text.showing import visible
from desktop.ui.marks.words import day_of, one_line, plain_comment, short, whose
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import Flow, tall
from desktop.ui.parts.words_card import Words
from desktop.ui.reader.drawer import Drawer
from desktop.ui.reader.head import Head
from desktop.ui.reader.marks import ReaderMarks
from desktop.ui.reader.page import ReadPage, ShowsPage
from desktop.ui.theme import Theme


class AnswerRow(QWidget):
    """One answer: to what, by whom, what it says."""

    def __init__(self, theme: Theme, reply: Reply, quote: str) -> None:
        super().__init__()
        self.setObjectName("answer_row")
        self.setSizePolicy(tall())
        self.reply = reply
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(1)
        about = Words(theme, "caption", 17, "muted")
        parts = [whose(reply.creator), day_of(reply.made_at)]
        if not reply.creator and not reply.sent_at:
            parts.append(tr("not sent yet"))
        parts.append(tr("to “{quote}”").format(quote=short(visible(quote), 80)) if quote else "")
        about.say(" · ".join(part for part in parts if part))
        said = Words(theme, "own_row", 20)
        said.say(visible(one_line(plain_comment(reply.body))))
        column.addWidget(about)
        column.addWidget(said)
        acts = Flow()
        self.answer = Button(theme, tr("Answer"), icon="reply", is_small=True)
        self.remove = Button(theme, tr("Remove this answer"), icon="trash-2", kind="icon", is_small=True)
        acts.show_widgets([self.remove] if not reply.creator else [self.answer, self.remove])
        column.addWidget(acts)


class Answers(QObject):
    """Belongs to one reader."""

    def __init__(
        self, view: ShowsPage, head: Head, marks: ReaderMarks, drawer: Drawer, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._head, self._marks, self._drawer = view, head, marks, drawer
        came = head.came
        came.pack_asked.connect(self._on_pack_asked)
        came.answer_asked.connect(self.answer_page)
        came.answers_asked.connect(self.toggle)
        marks.card.answered.connect(self.answer_mark)

    def show(self, page: ReadPage) -> None:
        """This page is shown: say who sent it and what was answered."""
        self._head.came.show_page(page.came, page.answers, can_write=self._view.desk.can_write)
        by_mark: dict[int, list[Reply]] = {}
        for one in page.answers:
            if one.annotation_id:
                by_mark.setdefault(one.annotation_id, []).append(one)
        self._marks.notes.replies = by_mark
        if self._drawer.name == "answers":
            self._fill()

    def toggle(self) -> None:
        """Show the answers in the drawer, or close it."""
        if self._drawer.name == "answers":
            self._drawer.close_drawer()
        else:
            self._fill()

    def _fill(self) -> None:
        page = self._view.page
        if page is None or not page.answers:
            self._drawer.close_drawer()
            return
        quotes = {one.annotation.id: one.annotation.quote for one in page.placed}
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for reply in page.answers:
            row = AnswerRow(self._view.desk.theme, reply, quotes.get(reply.annotation_id, ""))
            row.answer.clicked.connect(self._on_answer)
            row.remove.clicked.connect(self._on_remove)
            column.addWidget(row)
        column.addStretch(1)
        hint = tr("What was said to this page and its highlights, here and by others.")
        self._drawer.show_content("answers", tr("Answers"), hint, content)

    # ── answering ───────────────────────────────────────────────────────────────────────────────────────

    def answer_page(self) -> None:
        """Say something to whoever sent this page."""
        page = self._view.page
        if page is not None and page.came:
            self._ask(page.came[-1].sender, page.detail.title, source_id=page.detail.id)

    def answer_mark(self, annotation_id: int) -> None:
        """Say something to somebody else's highlight."""
        spot = self._marks.spots.get(annotation_id)
        if spot is not None:
            title = f"“{short(spot.annotation.quote, 80)}”"
            self._ask(spot.annotation.creator, title, annotation_id=annotation_id)

    def _ask(self, name: str, title: str, **what: int) -> None:
        from desktop.ui.received import answering  # brings what makes packs; the first page needs none of it

        name = visible(one_line(name)) or tr("somebody")
        answering.ask_about(self._view.desk, [answering.Answered(title, **what)], name)

    def _on_pack_asked(self, pack_id: int) -> None:
        self._view.desk.ask_view(f"received:{pack_id}")

    def _row(self) -> AnswerRow | None:
        widget: QObject | None = self.sender()
        while widget is not None and not isinstance(widget, AnswerRow):
            widget = widget.parent()
        return widget

    def _on_answer(self) -> None:
        row = self._row()
        if row is not None:
            self._ask(row.reply.creator, short(row.reply.body, 80), reply_id=row.reply.id)

    def _on_remove(self) -> None:
        from desktop.share import replies

        row = self._row()
        if row is not None:
            self._view.desk.tasks.run("remove an answer", replies.remove, [row.reply.id])
