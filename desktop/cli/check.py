"""``kithbook check``: read the library through, and say what helps where it is not whole."""

import argparse
import json
from dataclasses import asdict

from desktop.cli.command import Command
from desktop.languages import mark, tr
from desktop.paths import of_this_user

SIGNS = {"ok": "ok      ", "warning": "warning ", "problem": "PROBLEM "}


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("print JSON instead of sentences"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import shown
    from desktop.library import checking

    found = checking.check(of_this_user(), shown.told)
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in found], indent=2, ensure_ascii=False))
    else:
        for finding in found:
            print(f"{SIGNS[finding.level]}{finding.name}: {finding.sentence} {finding.action}".rstrip())
    return 1 if any(finding.level == checking.PROBLEM for finding in found) else 0


COMMAND = Command("check", mark("read the library through and say whether it is whole"), _add_arguments, _run)
