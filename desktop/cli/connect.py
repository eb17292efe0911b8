"""``kithbook connect``: tell the browsers on this computer where Kithbook is."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from desktop.cli.command import Command
from desktop.errors import BadInput, NoSpace
from desktop.languages import mark, tr
from desktop.paths import of_this_user

WORDS = {
    "registered": mark("{browser} may start Kithbook"),
    "missing": mark("{browser} has not been told of Kithbook"),
    "outdated": mark("{browser} knows an old place of Kithbook"),
    "foreign": mark("{browser} starts another Kithbook"),
}


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--browser", default="", metavar="NAME", help=tr("only this one: firefox, chromium, chrome…")
    )
    parser.add_argument(
        "--remove", action="store_true", help=tr("take Kithbook away from the browsers again")
    )
    parser.add_argument(
        "--folder", type=Path, help=tr("write the manifest into this folder, for a portable browser")
    )
    parser.add_argument("--json", action="store_true", help=tr("print JSON instead of sentences"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.capture import connecting

    paths = of_this_user()
    if arguments.folder is not None:
        return _into_folder(arguments)
    if arguments.remove:
        states = connecting.disconnect(paths, arguments.browser)
    else:
        states = connecting.connect(paths, arguments.browser)
    shown = [
        state
        for state in states
        if (state.key == arguments.browser.lower() if arguments.browser else state.is_found)
    ]
    if arguments.json:
        print(json.dumps([{**asdict(state), "path": str(state.path)} for state in shown], indent=2))
        return 0
    for state in shown:
        print(f"{tr(WORDS[state.manifest]).format(browser=state.name)}: {state.path}")
        if state.advice:
            print(f"  {state.advice} {state.command}".rstrip())
    if not shown:
        print(
            tr(
                "No browser that Kithbook knows was found. "
                "Name one with --browser to connect it all the same."
            )
        )
    return 0


def _into_folder(arguments: argparse.Namespace) -> int:
    from native_host import manifest

    browser = manifest.by_key(arguments.browser.lower())
    if browser is None or arguments.remove:
        raise BadInput(tr("--folder goes with --browser NAME, to say which kind of browser it is for."))
    try:
        path = manifest.write_into(arguments.folder, browser.family, of_this_user().home)
    except OSError as error:
        raise NoSpace(
            tr("{folder} cannot be written to: {strerror}.").format(
                folder=arguments.folder, strerror=error.strerror or error
            )
        ) from error
    print(path)
    return 0


COMMAND = Command("connect", mark("let the browsers on this computer save to Kithbook"), _add_arguments, _run)
