"""``kithbook doctor``: how everything stands, and what helps where it is not well."""

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
    from desktop.capture import health

    report = health.check(of_this_user())
    if arguments.json:
        said = {"is_well": report.is_well, "checks": [asdict(check) for check in report.checks]}
        print(json.dumps(said, indent=2, ensure_ascii=False))
    else:
        for check in report.checks:
            print(f"{SIGNS[check.level]}{check.name}: {check.sentence} {check.action}".rstrip())
    return 0 if report.is_well else 1


COMMAND = Command("doctor", mark("look whether everything is well, and say what helps"), _add_arguments, _run)
