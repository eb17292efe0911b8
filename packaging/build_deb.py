"""Makes the .deb from the frozen folder, by dpkg-deb alone.

What it needs of the system is not guessed: every library that a carried file asks for and that is not carried
must stand in `LIBRARIES`, or the build fails. Surprising: the manifests in /etc are files like all others and
no conffiles, because dpkg leaves conffiles behind when the package is removed.
"""

import gzip
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import build_extension
from system_manifests import system_manifests

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging" / "debian"
ID = "org.kithbook.Kithbook"
FIREFOX = "usr/share/mozilla/extensions/{ec8030f7-c20a-464f-9b0e-13a3a9e97384}"
LIBRARIES = {
    "libc6 (>= 2.36)": (
        "libc.so", "libm.so", "ld-linux", "libresolv.so", "libpthread.so", "libdl.so", "librt.so",
    ),
    "libgl1": ("libGL.so",),
    "libegl1": ("libEGL.so",),
    "libxcb1": ("libxcb.so",),
    "libwayland-client0": ("libwayland-client.so",),
    "libwayland-cursor0": ("libwayland-cursor.so",),
    "libwayland-egl1": ("libwayland-egl.so",),
}  # fmt: skip


def build(frozen: Path, out: Path, version: str) -> Path:
    """The package of a frozen folder; returns its path. SystemExit when it needs a library nobody named."""
    tree = frozen.parent.parent / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    program = tree / "usr/lib/kithbook"
    program.parent.mkdir(parents=True)
    shutil.copytree(frozen, program, symlinks=True)
    _programs(tree)
    _extensions(tree, version)
    for place, content in system_manifests().items():
        _write(tree / place, content)
    _desktop(tree, version)
    _documents(tree, program, version)
    _modes(tree)
    _control(tree, version, needed(program))
    package = out / f"kithbook_{version}_{_architecture()}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(tree), str(package)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return package


def needed(program: Path) -> list[str]:
    """The packages that hold the libraries which the frozen files ask for and do not carry."""
    carried = {path.name for path in program.rglob("*")}
    asked = {name: path for path in program.rglob("*") if is_elf(path) for name in _asks(path)}
    packages = set()
    for name, path in asked.items():
        if name in carried:
            continue
        found = [package for package, starts in LIBRARIES.items() if name.startswith(starts)]
        if not found:
            raise SystemExit(f"{path.name} needs {name}; say in build_deb.py which package holds it.")
        packages.update(found)
    return sorted(packages)


def is_elf(path: Path) -> bool:
    """Is this a program or library?"""
    if not path.is_file() or path.is_symlink():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _asks(path: Path) -> Iterator[str]:
    said = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        words = line.split()
        if words[:1] == ["NEEDED"]:
            yield words[1]


def _programs(tree: Path) -> None:
    folder = tree / "usr/bin"
    folder.mkdir(parents=True)
    for name in ("kithbook", "kithbook-host"):
        (folder / name).symlink_to(f"../lib/kithbook/{name}")


def _extensions(tree: Path, version: str) -> None:
    """The folder for Chromium, and one file for Firefox under the name of its id."""
    chromium = tree / "usr/share/chromium/extensions"
    chromium.mkdir(parents=True)
    carried = tree / "usr/lib/kithbook/_internal/extension"
    shutil.copytree(carried / "chromium", chromium / "kithbook")
    shutil.rmtree(carried / "chromium")
    (carried / "chromium").symlink_to("../../../../share/chromium/extensions/kithbook")
    firefox = tree / FIREFOX / f"{build_extension.FIREFOX_ID}.xpi"
    firefox.parent.mkdir(parents=True)
    build_extension.write_zip(carried / "firefox", firefox)


def _desktop(tree: Path, version: str) -> None:
    share = tree / "usr/share"
    _copy(HERE / f"{ID}.desktop", share / "applications" / f"{ID}.desktop")
    _copy(HERE / "kithbook-mime.xml", share / "mime/packages/kithbook.xml")
    info = (HERE / f"{ID}.metainfo.xml").read_text("utf-8")
    day = time.strftime("%Y-%m-%d", time.gmtime(_date()))
    _write(share / f"metainfo/{ID}.metainfo.xml", _filled(info, VERSION=version, DATE=day).encode())
    icons = share / "icons/hicolor"
    for size in (16, 32, 48, 128):
        _copy(ROOT / f"extension/icons/{size}.png", icons / f"{size}x{size}/apps/{ID}.png")
    _copy(ROOT / "extension/icons/icon.svg", icons / f"scalable/apps/{ID}.svg")


def _documents(tree: Path, program: Path, version: str) -> None:
    doc = tree / "usr/share/doc/kithbook"
    _copy(HERE / "copyright", doc / "copyright")
    _write(doc / "NOTICE.txt.gz", gzip.compress((program / "_internal/NOTICE.txt").read_bytes(), 9, mtime=0))
    _copy(program / "_internal/bill-of-materials.json", doc / "bill-of-materials.json")
    day = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(_date()))
    change = (
        f"kithbook ({version}) stable; urgency=medium\n\n  * See https://kithbook.org for the changes.\n\n"
        f" -- The Kithbook authors <maintainers@kithbook.org>  {day}\n"
    )
    _write(doc / "changelog.gz", gzip.compress(change.encode(), 9, mtime=0))
    _write(tree / "usr/share/lintian/overrides/kithbook", (HERE / "lintian-overrides").read_bytes())
    manual = (HERE / "kithbook.1").read_bytes()
    _write(tree / "usr/share/man/man1/kithbook.1.gz", gzip.compress(manual, 9, mtime=0))


def _control(tree: Path, version: str, packages: list[str]) -> None:
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    text = _filled(
        (HERE / "control").read_text("utf-8"),
        VERSION=version,
        ARCHITECTURE=_architecture(),
        SIZE=str(size),
        DEPENDS=", ".join(packages),
    )
    _write(tree / "DEBIAN/control", text.encode())
    sums = subprocess.run(
        ["md5sum", "--", *sorted(str(path.relative_to(tree)) for path in files)],
        cwd=tree, capture_output=True, check=True,
    ).stdout  # fmt: skip
    _write(tree / "DEBIAN/md5sums", sums)


def _modes(tree: Path) -> None:
    """Folders and programs 0755, all else 0644, whatever the umask of the builder was."""
    for path in [tree, *tree.rglob("*")]:
        if path.is_symlink():
            continue
        is_program = path.parent == tree / "usr/lib/kithbook" and path.is_file()
        path.chmod(0o755 if path.is_dir() or is_program else 0o644)


def _architecture() -> str:
    return subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()


def _date() -> int:
    return int(os.environ["SOURCE_DATE_EPOCH"])


def _filled(text: str, **values: str) -> str:
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def _copy(source: Path, target: Path) -> None:
    _write(target, source.read_bytes())


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
