"""The week after: the program started anew by a process of its own, the review taken up and finished, the
portfolio written in five forms.

    python -m tests.end_to_end.second_week HOME FOLDER STEP

Surprising: this is no test. `test_a_goal_reached` starts it once its own window is closed, so that nothing
but what lies on the disk can be known here; whatever goes wrong ends it with a traceback.
"""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.learning import review
from desktop.library.marks import timed_comments
from desktop.paths import Paths
from desktop.ui.portfolio.view import PortfolioView
from desktop.ui.program import looping
from desktop.ui.review.view import ReviewView
from tests.end_to_end.person import ALT, CTRL, SHIFT, Person, open_program

K = Qt.Key
COMMENT = "This is the record I lacked"
CLOSING = "Next week I write the five questions down."


async def open_the_review(me: Person) -> ReviewView:
    view = await me.go(K.Key_R, CTRL | SHIFT, ReviewView)
    await me.until(lambda: view.table is not None, "the review")
    me.press(K.Key_Return, held=CTRL)
    await me.until(lambda: view.step and view.stack.currentIndex() == 1, "the first step")
    return view


async def next_thing(me: Person, view: ReviewView) -> None:
    """Skip what is on the table; with nothing on it, the next step."""
    before = (view.step, view.thing)
    view.setFocus()
    if view.thing is None:
        me.press(K.Key_Return, held=CTRL)
    else:
        me.press(K.Key_Right, held=ALT)
    await me.until(lambda: (view.step, view.thing) != before, f"what comes after {before}")


async def finish_the_review(me: Person, left_at: str) -> None:
    view = await open_the_review(me)
    assert view.step == left_at
    while view.step != "closing":
        await next_thing(me, view)
    view.setFocus()
    me.write(CLOSING)
    me.press(K.Key_Return, held=CTRL)
    (done,) = await me.until(lambda: review.log(me.reader), "the review in the log")
    assert done.closing == CLOSING


async def write_the_portfolio(me: Person, folder: Path) -> None:
    """In all five forms, each by its own choice and Ctrl+S."""
    await me.command("Portfolio of goals")
    view = await me.page(PortfolioView)
    await me.until(lambda: view.whole is not None, "the preview")
    for segment in view.choices.forms.segments():
        form = str(segment.choice.value)
        QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
        await me.until(lambda: view.whole is not None, "the preview")
        QTest.keyClick(view, K.Key_S, CTRL)
        dialog = await me.until(lambda: dialog_of(me), "the question where to")
        place = folder / f"portfolio.{form}"
        dialog.selectFile(str(place))
        dialog.accept()
        await me.until(lambda place=place: place.exists() and place.stat().st_size, str(place.name))  # type: ignore[misc]


def dialog_of(me: Person) -> QFileDialog | None:
    return next((one for one in me.window.findChildren(QFileDialog, "save") if one.isVisible()), None)


async def second_week(paths: Paths, folder: Path, left_at: str) -> int:
    """0 once all of it is done."""
    async with open_program(paths) as me:
        await finish_the_review(me, left_at)
        film = me.reader.row("SELECT id FROM source WHERE title = 'A lesson on feedback'")
        assert film is not None
        (comment,) = timed_comments.of_source(me.reader, film[0])
        assert (comment.comment, int(comment.seconds) >= 40) == (COMMENT, True)
        await write_the_portfolio(me, folder)
    return 0


if __name__ == "__main__":
    home, folder, step = sys.argv[1:]
    sys.exit(looping.run(lambda: second_week(Paths(Path(home)), Path(folder), step)))
