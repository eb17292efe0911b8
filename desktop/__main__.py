"""The program. Without a command it opens the window; with one it runs it; with files it opens these packs in
the window; ``--answer`` opens Answer now, for a shortcut of the desktop; ``--worker`` is its own helper.

The surprising fact: Qt is imported only for the window and for what draws, so commands start in a tenth of
the time.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

PACKS = (".html", ".htm", ".zip", ".age")
"""How the names of packs end. No command ends so."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (without its name) and return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _choose_language()
    if words[:1] == ["--worker"]:
        from desktop.capture import worker

        return worker.main()
    if words == ["--answer"]:
        return _window("answer")
    if words and all(_is_pack(word) for word in words):
        return _open(words)
    if words and not (words[0] == "--view" and len(words) == 2):
        from desktop.cli import main as commands
        from desktop.ui import export_command, shot
        from desktop.ui.portfolio import forms as portfolio_forms

        return commands.run(words, extra=(shot.COMMAND, portfolio_forms.COMMAND, export_command.COMMAND))
    return _window(words[1] if words else "")


def _is_pack(word: str) -> bool:
    return not word.startswith("-") and word.lower().endswith(PACKS)


def _open(words: Sequence[str]) -> int:
    """Open packs in the window that is open, or in a new one."""
    from desktop.languages import tr

    files = [str(Path(word).absolute()) for word in words]
    missing = next((word for word, file in zip(words, files, strict=True) if not Path(file).is_file()), None)
    if missing is not None:
        sys.stderr.write(tr("{file} is not there, or is no file.").format(file=missing) + "\n")
        return 1
    return _window("received", files)


def _choose_language() -> None:
    """Speak the language of the settings, in the window, in commands and in the helper process alike."""
    from desktop import languages
    from desktop.paths import of_this_user
    from desktop.settings import language

    languages.choose(os.environ.get(languages.VARIABLE) or language(of_this_user()))


def _window(view: str, files: Sequence[str] = ()) -> int:
    """Bring the window that is open to the front, or open one. Asked before Qt is imported.

    Whoever starts the program a second time wants an answer: the window that is open shows Answer now.
    """
    from desktop.cli import running
    from desktop.paths import of_this_user

    paths = of_this_user()
    # A window that has just been started on a busy machine may take its time to answer.
    message = {"op": "open", "files": list(files)} if files else {"op": "show", "view": view or "answer"}
    answer = running.ask(paths, message, seconds=15)
    if answer is not None and answer.get("ok"):
        return 0
    from desktop import app

    return app.run(paths, view, files)


if __name__ == "__main__":
    sys.exit(main())
