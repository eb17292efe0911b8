"""Search in the window, by real keys: Answer now, the list's own field, saved searches."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.library import notes, searches
from desktop.ui.desk import Desk
from desktop.ui.palette.box import Palette
from desktop.ui.parts.line_dialog import LineDialog
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow) -> Palette:
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.overlays.current
    assert isinstance(palette, Palette)
    return palette


def test_notes_of_ones_own_answer_too_and_are_opened(window: MainWindow, desk: Desk, wait: Wait) -> None:
    writer = desk.library.writer if desk.library else None
    assert writer is not None
    note_id = notes.make(writer, "Zebra crossing", "What the zorilla said.").made
    asked: list[str] = []
    desk.view_asked.connect(asked.append)
    palette = opened(window)
    QTest.keyClicks(palette.field, "zorilla")
    wait(lambda: "Zebra crossing" in titles(palette))
    assert palette.model.items[0].title == "Notes"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    wait(lambda: asked == [f"note:{note_id}"] and window.is_idle)


def titles(palette: Palette) -> list[str]:
    return [one.title for one in palette.model.items]


def test_enter_asks_the_reader_for_the_place_that_answers(window: MainWindow, desk: Desk, wait: Wait) -> None:
    asked: list[tuple[int, int, int]] = []
    desk.passage_asked.connect(lambda *what: asked.append(what))
    palette = opened(window)
    QTest.keyClicks(palette.field, "nine million")
    wait(lambda: palette.model.items[0].title == "Passages" and palette.model.items[0].meta == "2")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and bool(asked))

    assert desk.reader is not None
    source_id, start, stop = asked[0]
    (text,) = desk.reader.rows(
        "SELECT text FROM source JOIN capture ON capture.id = source.capture_id "
        "JOIN content ON content.id = content_id WHERE source.id = ?", (source_id,)
    )[0]  # fmt: skip
    assert text[start:stop].startswith("nine")
    assert window.reader.isVisible()


def test_a_misspelt_word_is_corrected_openly_and_a_click_takes_the_correction(
    window: MainWindow, wait: Wait
) -> None:
    palette = opened(window)
    QTest.keyClicks(palette.field, "qery")
    wait(lambda: any("Showing results for “query”" in title for title in titles(palette)))
    said = next(at for at, one in enumerate(palette.model.items) if one.fills == "query")
    index = palette.model.index(said)
    QTest.mouseClick(
        palette.list.viewport(), Qt.MouseButton.LeftButton, pos=palette.list.visualRect(index).center()
    )

    assert palette.field.text() == "query"


def test_what_is_wrong_is_said_and_tab_goes_on_with_an_own_tag(window: MainWindow, wait: Wait) -> None:
    palette = opened(window)
    QTest.keyClicks(palette.field, "tag:")
    wait(lambda: any("needs something after it" in title for title in titles(palette)))
    QTest.keyClicks(palette.field, "hea")
    wait(lambda: any(one.fills == "tag:health " and one.key == "Tab" for one in palette.model.items))
    QTest.keyClick(palette.field, Qt.Key.Key_Tab)

    assert palette.field.text() == "tag:health "
    wait(lambda: any(one.title == "Passages" and one.meta == "3" for one in palette.model.items))


def test_slash_narrows_the_list_and_escape_shows_it_whole_again(window: MainWindow, wait: Wait) -> None:
    whole = len(window.list.model.ids)
    QTest.keyClick(window.list.view, Qt.Key.Key_Slash)
    QTest.keyClicks(window.list.search.field, "interview")
    wait(lambda: window.is_idle and 0 < window.list.bar.count < whole)
    few = window.list.bar.count
    QTest.keyClick(window.list.search.field, Qt.Key.Key_Return)
    assert window.list.view.hasFocus()
    assert window.list.search.isVisible()
    QTest.keyClick(window.list.view, Qt.Key.Key_Escape)
    wait(lambda: window.is_idle and window.list.bar.count == whole)

    assert few < whole
    assert not window.list.search.isVisible()


def test_a_search_that_finds_nothing_says_so_and_offers_a_way_out(window: MainWindow, wait: Wait) -> None:
    QTest.keyClick(window.list.view, Qt.Key.Key_Slash)
    QTest.keyClicks(window.list.search.field, "xyzzyx")
    wait(lambda: window.is_idle and window.list.empty.title == "Nothing found")
    assert window.list.search.field.hasFocus()
    QTest.keyClick(window.list.search.field, Qt.Key.Key_Escape)
    wait(lambda: window.is_idle and window.list.bar.count > 0)


def test_a_search_is_kept_listed_with_its_count_opened_and_removed_with_undo(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClick(window.list.view, Qt.Key.Key_Slash)
    QTest.keyClicks(window.list.search.field, "tag:health")
    wait(lambda: window.is_idle and window.list.bar.count > 0)
    QTest.mouseClick(window.list.search.keep, Qt.MouseButton.LeftButton)
    dialog = window.overlays.current
    assert isinstance(dialog, LineDialog)
    dialog.field.clear()
    QTest.keyClicks(dialog.field, "Staying well")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    entries = window.sidebar.list.entries
    wait(lambda: any(one.label == "Staying well" and one.count == 3 for one in window.sidebar.list.entries))
    entries = window.sidebar.list.entries
    entry = next(one for one in entries if one.label == "Staying well")

    index = window.sidebar.list.model().index(entries.index(entry), 0)
    window.sidebar.list.scrollTo(index)
    QTest.mouseClick(
        window.sidebar.list.viewport(), Qt.MouseButton.LeftButton,
        pos=window.sidebar.list.visualRect(index).center(),
    )  # fmt: skip
    wait(lambda: window.view_name == entry.name and window.is_idle and window.list.bar.count == 3)

    menu = window.sidebar._menu(entry.name)
    assert menu is not None
    [change] = [action for action in menu.actions() if action.text() == "Change the question …"]
    change.trigger()
    dialog = window.overlays.current
    assert isinstance(dialog, LineDialog)
    assert dialog.field.text() == "tag:health"
    dialog.field.clear()
    QTest.keyClicks(dialog.field, "tag:nowhere")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.list.bar.count == 0 and window.list.place.query == "tag:nowhere")
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    wait(lambda: window.is_idle and window.list.bar.count == 3 and window.list.place.query == "tag:health")

    menu = window.sidebar._menu(entry.name)
    assert menu is not None
    menu.actions()[-1].trigger()
    wait(lambda: window.is_idle and all(one.name != entry.name for one in window.sidebar.list.entries))
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    wait(lambda: window.is_idle and any(one.name == entry.name for one in window.sidebar.list.entries))
    assert desk.reader is not None
    assert [one.query for one in searches.all_of(desk.reader) if one.name == "Staying well"] == ["tag:health"]
