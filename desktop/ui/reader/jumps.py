"""Going to a highlight or a passage that another view named, as soon as its page is there.

Surprising: what is wanted may not be there yet, neither the page nor a highlight that was made a moment ago,
so the wish is kept until both are, or until something else is wanted.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.ui.marks.spots import in_document
from desktop.ui.reader.drawer import Drawers
from desktop.ui.reader.marks import ReaderMarks
from desktop.ui.reader.page import ShowsPage


@dataclass(frozen=True, slots=True)
class _Wish:
    source_id: int
    annotation_id: int = 0
    passage: tuple[int, int] | None = None


class Jumps(QObject):
    """Belongs to one reader."""

    def __init__(self, view: ShowsPage, marks: ReaderMarks, drawers: Drawers, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._marks, self._drawers = view, marks, drawers
        self._wish: _Wish | None = None
        view.desk.mark_asked.connect(self._on_mark_asked)
        view.desk.passage_asked.connect(self._on_passage_asked)
        marks.changed.connect(self.look)

    def _on_mark_asked(self, source_id: int, annotation_id: int) -> None:
        self._want(_Wish(source_id, annotation_id))

    def _on_passage_asked(self, source_id: int, start: int, stop: int) -> None:
        self._want(_Wish(source_id, passage=(start, stop)))

    def _want(self, wish: _Wish) -> None:
        self._wish = wish
        detail = self._view.detail
        is_newest = detail is not None and detail.capture_id == detail.versions[-1].capture_id
        if detail is None or detail.id != wish.source_id or not (is_newest and self._view.is_article):
            self._view.show_source(wish.source_id)
        else:
            self.look()

    def look(self) -> None:
        """Go there, if the shown page is the one."""
        wish, page = self._wish, self._view.page
        if wish is None or page is None or page.detail.id != wish.source_id or not self._view.is_article:
            return
        if wish.annotation_id:
            if all(one.annotation.id != wish.annotation_id for one in self._marks.placed):
                return
            self._wish = None
            if self._marks.spots.get(wish.annotation_id) is None:
                self._drawers.show_lost()
            self._marks.go_to(wish.annotation_id)
        elif wish.passage is not None:
            self._wish = None
            here = page.shown(*wish.passage)
            if here is not None:
                self._marks.picking.show_passage(*in_document(self._view.places(), *here))
