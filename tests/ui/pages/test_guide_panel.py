"""The first steps: driven by what is so, closed by the person, honest about what is not there."""

import time
import uuid
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.capture import connecting
from desktop.library import basket, captures
from desktop.library.values import Counts, Named, NewCapture
from desktop.settings import Settings
from desktop.share import sent
from desktop.share.values import Pack, Sender
from desktop.ui.desk import Desk
from desktop.ui.guide import panel as guide
from desktop.ui.guide.panel import GuideView, StepButton
from desktop.ui.guide.steps import CONNECT, GOAL, SAVE, SHARE, Held, Progress, lines, progress_of
from desktop.ui.settings.rows import Tick

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def panel(empty_desk: Desk, wait: Wait) -> Iterator[GuideView]:
    made = guide.make(empty_desk)
    assert isinstance(made, GuideView)
    made.resize(960, 624)
    made.show()
    wait(lambda: "is next" in step(made, CONNECT).accessibleName())
    yield made
    made.hide()
    wait(lambda: empty_desk.tasks.is_idle)
    made.deleteLater()


def step(panel: GuideView, number: int) -> StepButton:
    button = panel.steps.button(number)
    assert isinstance(button, StepButton)
    return button


def a_page(**fields: object) -> NewCapture:
    known: dict[str, object] = {
        "uuid": str(uuid.uuid4()), "url": "https://a.example/", "captured_at": int(time.time() * 1000),
        "title": "My first page", "html": "<p>Text.</p>", "text": "Text.",
    }  # fmt: skip
    return NewCapture(**{**known, **fields})  # type: ignore[arg-type]


def test_it_opens_at_the_first_step_that_is_not_done(panel: GuideView) -> None:
    assert panel.pages.currentIndex() == CONNECT
    assert step(panel, CONNECT).accessibleName() == "Step 1: Connect your browser, not yet, Chromium is next"


def test_a_connected_browser_and_a_saved_page_show_by_themselves(
    panel: GuideView, wait: Wait, empty_desk: Desk, hello: Callable[..., None]
) -> None:
    connecting.connect(empty_desk.paths)
    hello("firefox")
    wait(lambda: "Firefox is connected" in step(panel, CONNECT).accessibleName())
    wait(lambda: panel.pages.currentIndex() == SAVE)
    assert panel.save_page.state.words() == "Nothing saved yet; this line notices by itself."

    empty_desk.tasks.run(
        "Saving", lambda writer: captures.add(writer, a_page(goal="Fair interviews")).changes
    )
    wait(lambda: panel.save_page.state.words() == "Saved: My first page")
    assert panel.progress.is_under_way
    assert panel.goal_page.state.words() == "Named: Fair interviews"
    wait(lambda: panel.pages.currentIndex() == SHARE)


def test_a_step_that_the_person_chose_stays(
    panel: GuideView, wait: Wait, empty_desk: Desk, hello: Callable[..., None]
) -> None:
    QTest.mouseClick(step(panel, GOAL), Qt.MouseButton.LeftButton)
    connecting.connect(empty_desk.paths)
    hello("firefox")
    wait(lambda: "Firefox is connected" in step(panel, CONNECT).accessibleName())

    assert panel.pages.currentIndex() == GOAL


def test_next_and_back_lead_through_and_the_last_closes(panel: GuideView, empty_desk: Desk) -> None:
    closed: list[bool] = []
    panel.closed.connect(lambda: closed.append(True))
    assert not panel.back.isEnabled()
    for number in (SAVE, GOAL, SHARE):
        QTest.mouseClick(panel.next, Qt.MouseButton.LeftButton)
        assert panel.pages.currentIndex() == number
    QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert panel.pages.currentIndex() == GOAL
    QTest.mouseClick(panel.next, Qt.MouseButton.LeftButton)
    assert panel.next.text() == "Start reading"
    QTest.mouseClick(panel.next, Qt.MouseButton.LeftButton)

    assert closed == [True]


def test_not_now_is_remembered(panel: GuideView, empty_desk: Desk) -> None:
    assert guide.is_wanted(empty_desk, (), 0)
    QTest.mouseClick(panel.not_now, Qt.MouseButton.LeftButton)

    assert Settings.load(empty_desk.paths).flag("guide_closed") is True
    assert not guide.is_wanted(empty_desk, (), 0)


def test_the_one_setting_of_the_network_stands_beside_the_first_save(
    panel: GuideView, empty_desk: Desk
) -> None:
    panel.go_to(SAVE)
    control = panel.save_page.row.control
    assert isinstance(control, Tick)
    assert control.isChecked()
    QTest.keyClick(control, Qt.Key.Key_Space)

    assert empty_desk.settings.flag("fetch_after_save") is False


def test_the_basket_and_a_pack_that_left_show_at_the_fourth_step(
    panel: GuideView, wait: Wait, empty_desk: Desk
) -> None:
    assert lines(Progress())[SHARE].below == "one page is enough"
    assert not Progress(gathered=2).is_done(SHARE)
    empty_desk.tasks.run(
        "Saving", lambda writer: basket.put(writer, [captures.add(writer, a_page()).source_id])
    )
    wait(lambda: panel.share_page.state.words() == "Nothing shared yet: 1 thing is in the basket.")
    pack = Pack(str(uuid.uuid4()), "For Leila", "", 1, Sender("Mira"), items=())
    empty_desk.tasks.run("Sharing", sent.record, pack)
    wait(lambda: panel.share_page.state.words() == "Shared: For Leila")
    assert step(panel, SHARE).accessibleName() == "Step 4: Share something, done, For Leila"


def test_the_fourth_step_leads_to_the_basket_and_to_the_exports(panel: GuideView, empty_desk: Desk) -> None:
    asked: list[str] = []
    closed: list[bool] = []
    empty_desk.view_asked.connect(asked.append)
    panel.closed.connect(lambda: closed.append(True))
    panel.go_to(SHARE)
    for button in (panel.share_page.basket, panel.share_page.export):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert asked == ["basket", "export"]
    assert closed == [True, True]


def test_progress_counts_what_is_so() -> None:
    progress = progress_of((), Held(Counts(all=2, trash=1), (Named(1, "Fair interviews", 2),)))

    assert (progress.pages, progress.goals, progress.next) == (3, ("Fair interviews",), CONNECT)
    assert [line.below for line in lines(progress)] == [
        "none found yet", "3 pages are saved", "Fair interviews", "one page is enough",
    ]  # fmt: skip
    assert lines(Progress(pages=1))[SAVE].below == "1 page is saved"
