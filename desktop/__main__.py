"""The program. Without a command it opens the window; with one it runs it; ``--answer`` opens Answer now, for
a shortcut of the desktop; ``--worker`` is its own helper process.

The surprising fact: Qt is imported only for the window and for what draws, so commands start in a tenth of
the time.
"""

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (without its name) and return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _choose_language()
    if words[:1] == ["--worker"]:
        from desktop.capture import worker

        return worker.main()
    if words == ["--answer"]:
        return _window("answer")
    if words and not (words[0] == "--view" and len(words) == 2):
        from desktop.cli import main as commands
        from desktop.ui import export_command, shot
        from desktop.ui.portfolio import forms as portfolio_forms

        return commands.run(words, extra=(shot.COMMAND, portfolio_forms.COMMAND, export_command.COMMAND))
    return _window(words[1] if words else "")


def _choose_language() -> None:
    """Speak the language of the settings, in the window, in commands and in the helper process alike."""
    from desktop import languages
    from desktop.paths import of_this_user
    from desktop.settings import language

    languages.choose(os.environ.get(languages.VARIABLE) or language(of_this_user()))


def _window(view: str) -> int:
    """Bring the window that is open to the front, or open one. Asked before Qt is imported.

    Whoever starts the program a second time wants an answer: the window that is open shows Answer now.
    """
    from desktop.cli import running
    from desktop.paths import of_this_user

    paths = of_this_user()
    # A window that has just been started on a busy machine may take its time to answer.
    answer = running.ask(paths, {"op": "show", "view": view or "answer"}, seconds=15)
    if answer is not None and answer.get("ok"):
        return 0
    from desktop import app

    return app.run(paths, view)


if __name__ == "__main__":
    sys.exit(main())
