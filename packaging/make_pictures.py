"""Pictures of every view for README and docs: the sample library, light and dark, wide and narrow.

They are drawn off-screen from the real window, and written with 256 colours: a third of the size, and no
eye sees the difference in an interface of few colours.
"""

import argparse
import importlib.util
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

WIDE, NARROW = (1280, 800), (800, 600)
SETS = (
    ("light", WIDE, "", "en"),
    ("dark", WIDE, "", "en"),
    ("light", NARROW, "-narrow", "en"),
    ("light", WIDE, "-de", "de"),
)
"""Theme, size, what the file's name says of it, and language."""
COLOURS = 256


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def _parts(colour: int) -> tuple[int, int, int]:
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


def _far(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return sum((mine - yours) ** 2 for mine, yours in zip(one, other, strict=True))


def _palette(counts: "Counter[int]") -> tuple[dict[int, int], list[int]]:
    """The most frequent colours and then, one by one, the one that is worst served; and where each colour
    goes.
    """
    table = [colour for colour, _ in counts.most_common(160)]
    parts = {colour: _parts(colour) for colour in counts}
    nearest = {
        colour: min((_far(mine, parts[kept]), at) for at, kept in enumerate(table))
        for colour, mine in parts.items()
    }
    while len(table) < COLOURS:
        worst = max(nearest, key=lambda colour: nearest[colour][0] * counts[colour] ** 0.5)
        if not nearest[worst][0]:
            break
        at = len(table)
        table.append(worst)
        for colour, mine in parts.items():
            nearest[colour] = min(nearest[colour], (_far(mine, parts[worst]), at))
    return {colour: at for colour, (_, at) in nearest.items()}, table


def shrink(path: Path) -> None:
    """Write the PNG anew with a palette; every colour outside it becomes its nearest."""
    from PySide6.QtGui import QImage

    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = memoryview(image.constBits()).cast("B").cast("I")
    index, table = _palette(Counter(pixels))
    made = QImage(bytes(map(index.__getitem__, pixels)), width, height, width, QImage.Format.Format_Indexed8)
    made.setColorTable(table)
    made.save(str(path), "PNG", 0)


async def extra(paths: Any, out: Path, theme: str, act: Callable[[Any, Any], None]) -> None:
    """A picture of the inbox after ``act(window, desk)``."""
    from desktop.library.opening import open_library
    from desktop.ui.program.first_window import first_window
    from desktop.ui.shell.state import WindowState
    from desktop.ui.shot import settled

    with open_library(paths, write=True) as library:
        state = WindowState(width=WIDE[0], height=WIDE[1])
        window, desk = first_window(paths, state, theme=theme, reader=library.reader)
        window.show()
        window.activateWindow()
        desk.open_library(library)
        window.begin()
        await settled(window)
        act(window, desk)
        await settled(window)
        window.grab().save(str(out), "PNG")
        window.hide()
        await desk.tasks.close()
        window.deleteLater()


def _toast(window: Any, desk: Any) -> None:
    from desktop.ui.desk import Trouble

    again = (("Try again", window.update),)
    safe = "Nothing is lost: they are saved as soon as there are 40 MB free."
    desk.trouble(Trouble("The disk is full, so three new pages are waiting.", safe, "bad", again, "k"))
    window.list.view.go(1, True)
    desk.actions.run("later")


def _tags(window: Any, desk: Any) -> None:
    window.list.view.go(1, True)
    desk.actions.run("tag")


def _link(window: Any, desk: Any) -> None:
    desk.actions.run("link")
    dialog = window.overlays.current
    dialog.field.setText("how")
    dialog.field.textEdited.emit("how")


def _quote(window: Any, desk: Any) -> None:
    desk.ask_view("note:new")
    window.stack.currentWidget().editor.pick()


def _empty(window: Any, desk: Any) -> None:
    desk.actions.run("select_all")
    desk.actions.run("later")


EXTRAS = {"toast": _toast, "tags": _tags, "link": _link, "quote": _quote, "empty": _empty}


async def draw_all(out: Path, home: Path, only: str) -> int:
    """Every view and state; returns how many pictures."""
    from desktop import languages
    from desktop.paths import Paths
    from desktop.ui import shot

    count = 0
    for theme, size, mark, language in SETS:
        languages.choose(language)
        for view in shot.VIEWS:
            path = out / f"{view.replace(':', '-')}{mark}-{theme}.png"
            if only in path.stem and (size == WIDE or ":" not in view):
                await shot.draw(Paths(home), view, path, theme, size)
                shrink(path)
                count += 1
    languages.choose("en")
    for theme in ("light", "dark"):
        for name, act in EXTRAS.items():
            path = out / f"{name}-{theme}.png"
            if only in path.stem:
                copy = home.with_name(f"{name}-{theme}")
                shutil.copytree(home, copy)
                await extra(Paths(copy), path, theme, act)
                shrink(path)
                count += 1
    if only in "inbox-contrast":
        path = out / "inbox-contrast.png"
        await shot.draw(Paths(home), "inbox", path, "contrast", WIDE)
        shrink(path)
        count += 1
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description="Draw every view into docs/pictures.")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--only", default="", help="only pictures whose name holds this")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    from desktop.paths import Paths
    from desktop.ui.program import looping

    with tempfile.TemporaryDirectory(prefix="kithbook-pictures-") as folder:
        home = Path(folder) / "home"
        os.environ["HOME"] = folder  # the connect page looks for browsers there
        os.environ["KITHBOOK_HOME"] = str(home)
        _module(ROOT / "packaging" / "sample_library.py").fill(Paths(home))
        _module(ROOT / "packaging" / "sample_sense.py").fill(Paths(home))
        _module(ROOT / "packaging" / "sample_learning.py").fill(Paths(home))
        _module(ROOT / "packaging" / "sample_sharing.py").fill(Paths(home))

        async def everything() -> int:
            print(await draw_all(arguments.out, home, arguments.only), "pictures in", arguments.out)
            return 0

        return looping.run(everything)


if __name__ == "__main__":
    sys.exit(main())
