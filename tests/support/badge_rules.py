"""Our written copy of the rules of Open Badges 3.0 for an OpenBadgeCredential without a proof.

No package that we may install carries the published JSON Schema; this was written from the specification's
data model (1EdTech, Open Badges 3.0, sections B.1 and B.2): which properties there are, which are required.
A property that is not named here is refused.
"""

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
WORDS: dict[str, Any] = {"type": "string", "minLength": 1}
URI: dict[str, Any] = {"type": "string", "pattern": r"^(https?://|urn:uuid:[0-9a-f-]{36}$)\S*"}
MOMENT: dict[str, Any] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
RESULT_TYPES = (
    "GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result",
    "RubricCriterion", "RubricCriterionLevel", "RubricScore", "ScaledScore", "Status",
)  # fmt: skip


def _object(kind: str, required: tuple[str, ...], **properties: dict[str, Any]) -> dict[str, Any]:
    typed = {"type": "array", "contains": {"const": kind}, "items": WORDS, "minItems": 1}
    return {
        "type": "object",
        "required": ["type", *required],
        "properties": {"type": typed, **properties},
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


EVIDENCE = _object(
    "Evidence", (), id=URI, name=WORDS, narrative=WORDS, description=WORDS, genre=WORDS, audience=WORDS
)
ALIGNMENT = _object(
    "Alignment", ("targetName", "targetUrl"), targetName=WORDS, targetUrl=URI, targetFramework=WORDS,
    targetCode=WORDS, targetDescription=WORDS, targetType=WORDS,
)  # fmt: skip
RESULT_DESCRIPTION = _object(
    "ResultDescription", ("id", "name", "resultType"), id=URI, name=WORDS,
    resultType={"enum": list(RESULT_TYPES)}, allowedValue=_list(WORDS),
)  # fmt: skip
ACHIEVEMENT = _object(
    "Achievement", ("id", "criteria", "description", "name"), id=URI, name=WORDS, description=WORDS,
    criteria={"type": "object", "minProperties": 1, "additionalProperties": False,
              "properties": {"id": URI, "narrative": WORDS}},
    alignment=_list(ALIGNMENT), resultDescription=_list(RESULT_DESCRIPTION),
)  # fmt: skip
SUBJECT = _object(
    "AchievementSubject", ("achievement",), id=URI, achievement=ACHIEVEMENT,
    result=_list(_object("Result", (), resultDescription=URI, value=WORDS)),
)  # fmt: skip
CREDENTIAL: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "id", "type", "issuer", "validFrom", "credentialSubject", "name"],
    "properties": {
        "@context": {
            "type": "array",
            "prefixItems": [
                {"const": "https://www.w3.org/ns/credentials/v2"},
                {
                    "type": "string",
                    "pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d\.json$",
                },
            ],
            "minItems": 2,
        },
        "id": URI,
        "type": {
            "type": "array",
            "prefixItems": [{"const": "VerifiableCredential"}],
            "contains": {"enum": ["OpenBadgeCredential", "AchievementCredential"]},
            "minItems": 2,
        },
        "name": WORDS,
        "description": WORDS,
        "issuer": _object("Profile", ("id",), id=URI, name=WORDS, url=URI),
        "validFrom": MOMENT,
        "credentialSubject": SUBJECT,
        "evidence": _list(EVIDENCE),
    },
    "additionalProperties": False,
}
