"""The notice of all that the frozen program carries, and its bill of materials; both from what is installed.

Surprising: a wheel often carries libraries of others (Qt, SQLite, libxml2, PDFium) that no metadata names, so
those stand here by hand and the build fails when a wheel is carried whose licence nobody can tell.
"""

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

LICENCE_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
SPACE = uuid.UUID("5d1f2c6e-5c55-4f0b-9a51-6a6f6b697468")

WITHIN = (
    ("Qt", "qt", "LGPL-3.0-only", "https://www.qt.io", "unchanged; replaceable in _internal/PySide6/Qt/lib"),
    ("SQLite", "sqlite of apsw", "blessing", "https://sqlite.org", "in apsw, and again for Python"),
    ("Python", "python", "PSF-2.0", "https://www.python.org", "the interpreter and its standard library"),
    ("libxml2 and libxslt", "", "MIT", "https://gitlab.gnome.org/GNOME/libxml2", "in lxml"),
    ("PDFium", "", "BSD-3-Clause AND Apache-2.0", "https://pdfium.googlesource.com/pdfium", "in pypdfium2"),
    ("OpenSSL", "", "Apache-2.0", "https://www.openssl.org", "for Python, and in cryptography"),
    ("Lexbor", "", "Apache-2.0", "https://lexbor.com", "in resiliparse"),
    ("age (rage)", "", "MIT OR Apache-2.0", "https://github.com/str4d/rage", "in pyrage"),
    ("ammonia", "", "MIT OR Apache-2.0", "https://github.com/rust-ammonia/ammonia", "in nh3"),
    ("ICU", "", "Unicode-3.0", "https://icu.unicode.org", "beside Qt"),
    ("Lucide icons", "", "ISC", "https://lucide.dev", "data"),
    ("Citation styles", "", "CC-BY-SA-3.0", "https://citationstyles.org", "in desktop/share/styles"),
)  # fmt: skip
"""What wheels and the system give: name, the key of its version, licence, home, and where it is."""

KNOWN = {
    "mit license": "MIT",
    "mit": "MIT",
    "bsd license": "BSD-3-Clause",
    "apache software license": "Apache-2.0",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One library that is carried."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[tuple[str, str], ...]
    remark: str = ""
    is_from_pypi: bool = True


def parts(names: Iterable[str], versions: dict[str, str]) -> list[Part]:
    """The libraries of these names as installed, and what they bring with them. ValueError when the licence
    of one cannot be told."""
    found = [_of(distribution(name)) for name in sorted(names)]
    unclear = [part.name for part in found if not part.licence and not part.texts]
    if unclear:
        raise ValueError(f"No licence is known for {', '.join(unclear)}.")
    return found + [
        Part(name, versions.get(key, ""), licence, home, (), remark, is_from_pypi=False)
        for name, key, licence, home, remark in WITHIN
    ]


def notice(carried: Iterable[Part], own_licence: str) -> str:
    """The notice as text: a table, then the licence texts, each of them once."""
    known = list(carried)
    lines = [
        "Kithbook",
        "",
        own_licence.strip(),
        "",
        "Kithbook carries the work of others. Thank you. Their licences follow.",
        "",
    ]
    for part in known:
        words = ", ".join(one for one in (part.licence or "see below", part.remark, part.home) if one)
        lines.append(f"- {part.name} {part.version}: {words}".replace("  ", " "))
    seen: dict[str, list[str]] = {}
    for part in known:
        for name, text in part.texts:
            seen.setdefault(text.strip(), []).append(f"{part.name}: {name}")
    for text, holders in seen.items():
        lines += ["", "=" * 78, *holders, "-" * 78, "", text]
    return "\n".join(lines) + "\n"


def bill(carried: Iterable[Part], version: str) -> dict[str, Any]:
    """The bill of materials in the shape of CycloneDX 1.5; the same for the same parts."""
    known = list(carried)
    serial = uuid.uuid5(SPACE, repr([(part.name, part.version) for part in known]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "kithbook", "version": version}},
        "components": [_component(part) for part in known],
    }


def _component(part: Part) -> dict[str, Any]:
    said: dict[str, Any] = {"type": "library", "name": part.name}
    if part.version:
        said["version"] = part.version
    if _is_expression(part.licence):
        said["licenses"] = [{"expression": part.licence}]
    else:
        said["licenses"] = [{"license": {"name": part.licence or "see the notice"}}]
    if part.is_from_pypi:
        said["purl"] = f"pkg:pypi/{part.name.lower()}@{part.version}"
    if part.home.startswith("https://"):
        said["externalReferences"] = [{"type": "website", "url": part.home}]
    return said


def _is_expression(licence: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9.+()-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+()-]+)*", licence))


def _of(one: Distribution) -> Part:
    data = one.metadata
    urls = [value.partition(",")[2].strip() for value in data.get_all("Project-URL") or []]
    return Part(
        data["Name"],
        one.version,
        _licence(one),
        data.get("Home-page") or (urls[0] if urls else ""),
        tuple(_texts(one)),
    )


def _licence(one: Distribution) -> str:
    data = one.metadata
    if expression := data.get("License-Expression"):
        return str(expression)
    said = (data.get("License") or "").strip()
    if said and "\n" not in said and len(said) < 80:
        return KNOWN.get(said.lower(), said)
    classes = [
        value.rpartition("::")[2].strip()
        for value in data.get_all("Classifier") or []
        if value.startswith("License ::")
    ]
    return " AND ".join(KNOWN.get(name.lower(), name) for name in classes)


def _texts(one: Distribution) -> list[tuple[str, str]]:
    found = []
    for file in one.files or []:
        inside = str(file)
        if ".dist-info/" in inside and LICENCE_FILE.search(inside.partition(".dist-info/")[2]):
            text = Path(str(one.locate_file(file))).read_text("utf-8", errors="replace")
            found.append((inside.partition(".dist-info/")[2], text))
    return sorted(found)


def write(
    folder: Path, names: Iterable[str], versions: dict[str, str], version: str, own_licence: str
) -> int:
    """Write both files; returns how many parts are carried."""
    carried = parts(names, versions)
    (folder / "NOTICE.txt").write_text(notice(carried, own_licence), "utf-8")
    (folder / "bill-of-materials.json").write_text(
        json.dumps(bill(carried, version), indent=2) + "\n", "utf-8"
    )
    return len(carried)
