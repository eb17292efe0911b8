"""Annotations as JSON-LD: by the W3C assertions, there and back, and as others write them."""

import json
import re
import tarfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from desktop.errors import BadInput
from desktop.text.selectors import Quote, describe
from desktop.text.web_annotation import WebAnnotation, from_json, to_json
from tests.support.web_annotation_words import definition

UUID = "5f0c5f0e-3a5c-4f7f-9d7e-2b1f0e6a9c11"
HTML = "<h2>Head</h2><p>A pivot table <em>summarises</em> a list.</p><p>Refresh it.</p>"
TEXT = "Head\n\nA pivot table summarises a list.\n\nRefresh it."
PLAIN = WebAnnotation(UUID, "https://example.org/a", describe(TEXT, 8, 31, HTML), made_at=1_790_000_000_123)
FULL = WebAnnotation(
    UUID,
    "https://example.org/a",
    describe(TEXT, 8, 50, HTML),
    "lilac",
    "Try *this*.",
    ("work/excel", "excel"),
    "https://example.org/mine",
    "Miriam Okafor",
    True,
    1_790_000_000_123,
    1_790_000_500_000,
    1_789_000_000_000,
)
OFTEN = (
    "4.2-selectorFound", "4.2.1-fragmentSelector", "4.2.1-conformsTo", "4.2.4-textQuoteSelector",
    "4.2.4-prefix", "4.2.4-suffix", "4.2.5-textPositionSelector", "4.2.8-rangeSelector", "4.3.1-timeState",
    "4-targSpecificResource", "3.3.1-annotationCreatedImplemented",
    "3.3.1-annotationModifiedImplemented", "3.3.1-annotationCreatorImplemented",
    "3.3.1-annotationGeneratorImplemented", "3.3.5-annotationMotivationImplemented", "3.3.5-bodyPurpose",
    "3.2.1-bodyFormat", "3.2.4-bodyETB", "4.4-targStyleClass", "4.4-annotationStylesheetImplemented",
)  # fmt: skip
"""What we make use of; the model leaves it to us. (4.3-stateFound looks for states among selectors.)"""

formats = FormatChecker([])


@formats.checks("uri")
def is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(re.match(r"[a-z][a-z0-9+.-]*:\S+$", value))


@formats.checks("date-time", ValueError)
def is_date(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@pytest.fixture(scope="module")
def assertions(shared: Path) -> dict[str, dict[str, Any]]:
    """All assertions of the corpus by the last part of their names."""
    found = {}
    with tarfile.open(shared / "corpora" / "web-annotation" / "web-annotation.tar.xz") as archive:
        for member in archive:
            if member.isfile():
                data = archive.extractfile(member)
                assert data is not None
                found[member.name.removeprefix("web-annotation/")] = json.loads(data.read())
    return found


@pytest.fixture(scope="module")
def registry(assertions: dict[str, dict[str, Any]]) -> Registry[Any]:
    """What the assertions refer to, in our words."""
    files: dict[str, dict[str, Any]] = {}
    for file, name in re.findall(r'"\$ref": "(\w+\.json)#/definitions/(\w+)"', json.dumps(assertions)):
        one = definition(name)
        if one is not None:
            files.setdefault(file, {})[name] = one
    return Registry().with_resources(
        (file, Resource.from_contents({"definitions": names}, DRAFT4)) for file, names in files.items()
    )


def wrong(assertion: dict[str, Any], registry: Registry[Any], given: dict[str, Any]) -> bool:
    schema = {key: value for key, value in assertion.items() if key != "id"}
    return not Draft4Validator(schema, registry=registry, format_checker=formats).is_valid(given)


@pytest.mark.parametrize("one", [PLAIN, FULL])
def test_every_must_of_the_model_holds(
    one: WebAnnotation, assertions: dict[str, dict[str, Any]], registry: Registry[Any]
) -> None:
    written = to_json(one)
    musts = assertions["annotations/annotationMusts.test"]["assertions"]

    assert len(musts) == 54
    assert [name for name in musts if wrong(assertions[name], registry, written)] == []


def test_what_we_make_use_of_is_found(assertions: dict[str, dict[str, Any]], registry: Registry[Any]) -> None:
    written = to_json(FULL)
    by_name = {name.rpartition("/")[2].removesuffix(".json"): one for name, one in assertions.items()}

    assert [name for name in OFTEN if wrong(by_name[name], registry, written)] == []


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"@context": "http://example.org/"}, "3.1-annotationContextValidated"),
        ({"id": 5}, "3.1-annotationIdValidated"),
        ({"type": "Note"}, "3.1-annotationTypeValidated"),
        ({"target": {"source": 5}}, "3.2-targetObjectsRecognized"),
        ({"created": "yesterday"}, "3.3.1-annotationCreatedValidated"),
        (
            {"target": {"source": "https://e.example/", "selector": {"type": "TextQuoteSelector"}}},
            "4.2.4-textQuoteSelectorValid",
        ),
        (
            {"target": {"source": "https://e.example/", "selector": {"type": "RangeSelector"}}},
            "4.2.8-rangeSelectorValid",
        ),
    ],
)
def test_the_assertions_see_what_is_wrong(
    broken: dict[str, Any], name: str, assertions: dict[str, dict[str, Any]], registry: Registry[Any]
) -> None:
    assertion = next(one for key, one in assertions.items() if key.endswith(f"/{name}.json"))

    assert wrong(assertion, registry, to_json(FULL) | broken)


@pytest.mark.parametrize("one", [PLAIN, FULL])
def test_an_annotation_comes_back_whole(one: WebAnnotation) -> None:
    assert from_json(json.loads(json.dumps(to_json(one)))) == one


def test_annotations_of_others_are_read_however_they_are_written() -> None:
    read = from_json(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "http://example.org/anno36",
            "type": ["Annotation", "Other"],
            "bodyValue": "Plain words",
            "body": [5, "http://example.org/page", {"type": "TextualBody", "value": "more"}],
            "creator": [{"id": "https://orcid.example/1", "nickname": "Mo"}],
            "created": "2026-01-28T12:00:00Z",
            "target": [
                {"id": "http://example.org/page1", "selector": {
                    "type": "FragmentSelector", "value": "para5",
                    "refinedBy": {"type": "TextQuoteSelector", "exact": "Selected Text", "prefix": "text "},
                }},
                "http://example.org/page2",
            ],
        }
    )  # fmt: skip

    assert read.url == "http://example.org/page1"
    assert read.selectors.quote == Quote("Selected Text", "text ", "")
    assert (read.selectors.start, read.selectors.fragment) == (-1, "para5")
    assert (read.comment, read.link, read.creator) == ("Plain words\n\nmore", "http://example.org/page", "Mo")
    assert read.made_at == 1_769_601_600_000
    assert read.uuid == from_json(to_json(read) | {"id": "http://example.org/anno36"}).uuid


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        {"type": "Note"},
        {"type": "Annotation"},
        {"type": "Annotation", "target": "https://e.example/"},
        {"type": "Annotation", "target": {"source": "https://e.example/", "selector": [1, {"type": 5}]}},
        {"type": "Annotation", "target": {"source": {"id": 5}}},
    ],
)
def test_what_cannot_be_placed_is_refused_with_a_sentence(given: object) -> None:
    with pytest.raises(BadInput):
        from_json(given)
