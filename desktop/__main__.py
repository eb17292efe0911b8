"""The program. Without a command it opens the window; with one it runs it; ``--worker`` is its own helper
process.

The surprising fact: Qt is imported only for the window and for ``shot``, so commands start in a tenth of
the time.
"""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (without its name) and return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--worker"]:
        from desktop.capture import worker

        return worker.main()
    if words and not (words[0] == "--view" and len(words) == 2):
        from desktop.cli import main as commands
        from desktop.ui import shot

        return commands.run(words, extra=(shot.COMMAND,))
    from desktop import app
    from desktop.paths import of_this_user

    return app.run(of_this_user(), view=words[1] if words else "")


if __name__ == "__main__":
    sys.exit(main())
