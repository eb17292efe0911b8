"""The definitions that the W3C assertions refer to and the corpus lacks, in our own words after
the model (https://www.w3.org/TR/annotation-model/). Most names follow a pattern, so most are made by rule.
"""

import re
from typing import Any

Schema = dict[str, Any]

URI: Schema = {"type": "string", "format": "uri"}
TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DATE: Schema = {"type": "string", "format": "date-time"}
MOTIVATION: Schema = {
    "enum": [
        "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
        "identifying", "linking", "moderating", "questioning", "replying", "tagging",
    ]
}  # fmt: skip


def single(one: Schema) -> Schema:
    return {"oneOf": [one, {"type": "array", "minItems": 1, "maxItems": 1, "items": one}]}


def some(one: Schema) -> Schema:
    return {"oneOf": [one, {"type": "array", "minItems": 1, "items": one}]}


def each(*ones: Schema) -> Schema:
    return {"allOf": list(ones)}


def either(*ones: Schema) -> Schema:
    return {"anyOf": list(ones)}


def has(*names: str) -> Schema:
    return {"type": "object", "required": list(names)}


def if_there(name: str, value: Schema) -> Schema:
    return {"type": "object", "properties": {name: value}}


def of_type(name: str, *needed: str) -> Schema:
    return each(if_there("type", {"enum": [name]}), has("type", *needed))


def inside(key: str, one: Schema) -> Schema:
    """Something under ``key`` that holds it: one value, or one of a list."""
    return each(has(key), if_there(key, either(one, {"type": "array", "not": {"items": {"not": one}}})))


SELECTORS = {
    "FragmentSelector": each(of_type("FragmentSelector", "value"), if_there("conformsTo", URI)),
    "CssSelector": of_type("CssSelector", "value"),
    "XPathSelector": of_type("XPathSelector", "value"),
    "TextQuoteSelector": each(
        of_type("TextQuoteSelector", "exact"),
        *(if_there(name, TEXT) for name in ("exact", "prefix", "suffix")),
    ),
    "TextPositionSelector": each(
        of_type("TextPositionSelector", "start", "end"), if_there("start", COUNT), if_there("end", COUNT)
    ),
    "DataPositionSelector": each(
        of_type("DataPositionSelector", "start", "end"), if_there("start", COUNT), if_there("end", COUNT)
    ),
    "SvgSelector": of_type("SvgSelector", "value"),
}
SELECTORS["RangeSelector"] = each(
    of_type("RangeSelector", "startSelector", "endSelector"),
    *(if_there(end, either(*SELECTORS.values())) for end in ("startSelector", "endSelector")),
)
STATES = {
    "TimeState": each(of_type("TimeState"), if_there("sourceDate", some(DATE)), if_there("cached", URI)),
    "RequestHeaderState": of_type("HttpRequestState", "value"),
}
ANY_SELECTOR, ANY_STATE = either(URI, *SELECTORS.values()), either(URI, *STATES.values())

TEXTUAL = each(has("value"), if_there("value", TEXT))
WEB = each(has("id"), if_there("id", URI), {"not": either(has("value"), has("source"), has("target"))})
SPECIFIC = each(
    has("source"),
    if_there("source", either(URI, WEB)),
    either(*(has(key) for key in ("purpose", "selector", "state", "styleClass", "renderedVia", "scope"))),
)
CHOICE = each(if_there("type", {"enum": ["Choice"]}), has("type", "items"))
SET = each(if_there("type", {"enum": ["Choice", "Composite", "List", "Independents"]}), has("type", "items"))
TARGET = {"oneOf": [URI, SET, SPECIFIC, WEB]}
ANY_RESOURCE = either(TEXTUAL, WEB, SPECIFIC)

VALUES: dict[str, Schema] = {
    "created": single(DATE), "generated": single(DATE), "modified": single(DATE), "rights": some(URI),
    "canonical": single(URI), "via": some(URI), "textDirection": {"enum": ["ltr", "rtl", "auto"]},
    "motivation": some(MOTIVATION), "purpose": some(MOTIVATION), "creator": {}, "generator": {},
    "audience": {},
    "format": some({"type": "string", "pattern": "^[a-z]+/"}), "language": some(TEXT), "accessibility": {},
    "processingLanguage": TEXT, "bodyValue": single(TEXT), "styleClass": TEXT, "stylesheet": {},
    "renderedVia": {}, "scope": some(URI), "prefix": TEXT, "suffix": TEXT, "conformsTo": URI, "cached": URI,
    "selector": some(ANY_SELECTOR), "state": some(ANY_STATE),
}  # fmt: skip
CLASSES = {
    "ewr": WEB, "externalwebresource": WEB, "specificresource": SPECIFIC, "specificeresource": SPECIFIC,
    "sr": SPECIFIC, "etb": TEXTUAL, "embeddedtextualbody": TEXTUAL, "textualbody": TEXTUAL, "choice": CHOICE,
    "choiceset": SET,
}  # fmt: skip
FIXED: dict[str, Schema] = {
    "stringUri": URI,
    "arraySingleStringUri": single(URI),
    "idValueFound": each(has("id"), if_there("id", URI)),
    "contextValueFound": {"enum": ["http://www.w3.org/ns/anno.jsonld"]},
    "contextValueInArrayFound": {
        "type": "array", "not": {"items": {"not": {"enum": ["http://www.w3.org/ns/anno.jsonld"]}}},
    },
    "annotationTypeValueFound": each(
        has("type"),
        if_there(
            "type",
            either(
                {"enum": ["Annotation"]},
                {"type": "array", "not": {"items": {"not": {"enum": ["Annotation"]}}}},
            ),
        ),
    ),
    "targetResourcesFound": TARGET,
    "bodyResourcesFound": {"oneOf": [URI, SET, SPECIFIC, WEB, TEXTUAL]},
    "selectorDefined": if_there("selector", some(ANY_SELECTOR)),
    "selectorDetected": either(*SELECTORS.values()),
    "stateDefined": if_there("state", some(ANY_STATE)),
    "stateDetected": either(*STATES.values()),
    "checkForRefinedBy": {"type": "object"},
    "itemRefinedByValidIfPresent": {"type": "object"},
    "refinedByDetected": inside("refinedBy", either(*SELECTORS.values())),
    "embeddedTextTypeInclTextualBodyWithoutId": each(
        TEXTUAL, if_there("type", some({"enum": ["TextualBody"]})), {"not": has("id")}
    ),
}  # fmt: skip


def definition(name: str) -> Schema | None:
    """The definition of a name; None when we have no words for it."""
    if name in FIXED:
        return FIXED[name]
    for key, around in (("item", "items"), ("source", "source")):
        rest = name.removeprefix(key)
        if rest and rest != name and rest[0].isupper():
            one = definition(_lowered(rest.removeprefix("With")))
            if rest.startswith("With"):
                one = VALUES.get(_lowered(rest.removeprefix("With")))
                return (
                    None
                    if one is None
                    else if_there("source", either(URI, if_there(_lowered(rest[4:]), one)))
                )
            if one is None or "ValidIfPresent" in name:
                return None if one is None else if_there(around, {"type": "array", "items": either(URI, one)})
            return inside(around, one)
    return _by_rule(name)


def _by_rule(name: str) -> Schema | None:
    if found := re.fullmatch(r"(\w+?)With(Items|Source|Purpose|Value)", name):
        one = CLASSES.get(found[1].lower())
        return None if one is None else each(one, has(found[2].lower()))
    if found := re.fullmatch(
        r"(\w+Selector|timeState|requestHeaderState)(Detected|TypeValidIfPresent)", name
    ):
        known = {_lowered(key): one for key, one in {**SELECTORS, **STATES}.items()}
        known |= {"cssSelector": SELECTORS["CssSelector"], "xpathSelector": SELECTORS["XPathSelector"]}
        one = known.get(found[1])
        if one is None or found[2] == "Detected":
            return one
        kind = next(
            part["properties"]["type"] for part in _parts(one) if "type" in part.get("properties", {})
        )
        return either({"not": each(has("type"), if_there("type", kind))}, one)
    if found := re.fullmatch(
        r"(?:single)?(\w+?)(ValidIfPresent|PropertyFound|PropertyDetected|Found|Detected)", name
    ):
        key = _lowered(found[1])
        if key.lower() in CLASSES:
            return CLASSES[key.lower()]
        value = VALUES.get(key)
        if value is None:
            return None
        checked = if_there(key, value)
        return checked if found[2] == "ValidIfPresent" else each(has(key), checked)
    return None


def _parts(one: Schema) -> list[Schema]:
    return [one, *(inner for part in one.get("allOf", []) for inner in _parts(part))]


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
