"""Writes the extension for both browsers: ``build/extension/{chromium,firefox}`` and a zip of each.

One code base, two manifests; no bundler. The zips are the same byte for byte from the same sources, because
every entry carries one fixed time and the names are sorted. Icons other than our own mark come from the
package ``lucide``.
"""

import base64
import hashlib
import importlib.util
import io
import json
import re
import shutil
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "extension"
FIREFOX_ID = "kithbook@kithbook.org"
EPOCH = (1980, 1, 1, 0, 0, 0)
STROKE = 'stroke-width="1.75"'


def chromium_id(key: str) -> str:
    """The id Chromium derives from the base64 of a DER public key."""
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def manifests(base: dict[str, Any], version: str) -> dict[str, dict[str, Any]]:
    """The manifest of each browser; ``key`` is Chromium's alone (Firefox warns of it)."""
    common = {key: value for key, value in base.items() if key != "key"} | {"version": version}
    return {
        "chromium": common
        | {
            "key": base["key"],
            "minimum_chrome_version": "120",
            "background": {"service_worker": "background.js", "type": "module"},
        },
        "firefox": common
        | {
            "background": {"scripts": ["background.js"], "type": "module"},
            "browser_specific_settings": {
                "gecko": {
                    "id": FIREFOX_ID,
                    "strict_min_version": "142.0",
                    "data_collection_permissions": {"required": ["none"]},
                }
            },
        },
    }


def used_icons(folder: Path) -> set[str]:
    """Names of the Lucide icons that a style sheet of ours asks for."""
    text = "".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.css")))
    return set(re.findall(r"icons/lucide/([a-z0-9-]+)\.svg", text))


def lucide_icon(archive: zipfile.ZipFile, name: str) -> str:
    """One icon, with the stroke of our look."""
    svg = archive.read(f"{name}.svg").decode("utf-8")
    return re.sub(r'stroke-width="[^"]*"', STROKE, svg)


def lucide_archive() -> zipfile.ZipFile:
    """The icons of the installed package; it is read as data, never imported."""
    spec = importlib.util.find_spec("lucide")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("The package lucide is missing. Run make extension, which installs it.")
    data = Path(spec.submodule_search_locations[0], "lucide.zip").read_bytes()
    return zipfile.ZipFile(io.BytesIO(data))


def write_folder(out: Path, manifest: dict[str, Any]) -> None:
    """One loadable extension."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(SOURCE, out, ignore=shutil.ignore_patterns("manifest.base.json", "*.md"))
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    icons = out / "icons" / "lucide"
    icons.mkdir(parents=True)
    with lucide_archive() as archive:
        for name in sorted(used_icons(SOURCE)):
            (icons / f"{name}.svg").write_text(lucide_icon(archive, name), "utf-8")


def write_zip(folder: Path, target: Path) -> None:
    """The folder as a zip that depends on its content alone."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


def build(target: Path) -> dict[str, str]:
    """Builds both extensions under ``target``; returns the id of each browser's."""
    base = json.loads((SOURCE / "manifest.base.json").read_text("utf-8"))
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    target.mkdir(parents=True, exist_ok=True)
    for browser, manifest in manifests(base, version).items():
        write_folder(target / browser, manifest)
        write_zip(target / browser, target / f"kithbook-{browser}-{version}.zip")
    return {"chromium": chromium_id(base["key"]), "firefox": FIREFOX_ID}


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "extension"
    for browser, identity in build(target).items():
        print(f"{browser}: {target / browser} (id {identity})")


if __name__ == "__main__":
    main()
