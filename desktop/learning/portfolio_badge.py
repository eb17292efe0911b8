"""The portfolio in the shape of Open Badges 3.0, unsigned, and saying so.

The surprising fact: it has no ``proof`` and never will have one here. It is a person's own statement about
themselves in a form that other programs can read; calling it a verified badge would be a lie.
"""

import json
import uuid
from typing import Any

from desktop.languages import mark, tr
from desktop.learning import portfolio
from desktop.learning.portfolio_values import Chapter, Claim, Portfolio
from desktop.learning.values import LEVELS
from desktop.text.urls import is_web

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
UNSIGNED = mark(
    "Unsigned: this is the person's own statement. Nobody has signed or verified it; it is no verified badge."
)
_OURS = uuid.UUID("5b0f6f0e-3d62-5b43-9f0e-6b1f5f1f3a77")


def draw(whole: Portfolio) -> str:
    """The file's text: one credential, or for several goals a presentation of them."""
    made = [credential(whole, one) for one in whole.chapters]
    if len(made) == 1:
        shown: dict[str, Any] = made[0]
    else:
        shown = {
            "@context": CONTEXT[:1],
            "id": _urn("presentation", whole.made_on, *(one.skill for one in whole.chapters)),
            "type": ["VerifiablePresentation"],
            "verifiableCredential": made,
        }
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def credential(whole: Portfolio, one: Chapter) -> dict[str, Any]:
    """One goal as an OpenBadgeCredential without a proof."""
    person = whole.person or tr("The person themselves")
    result = _urn("result", one.skill)
    return {
        "@context": CONTEXT,
        "id": _urn("credential", whole.made_on, one.skill, whole.person),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": one.skill,
        "description": tr(UNSIGNED),
        "issuer": {"id": _urn("person", whole.person), "type": ["Profile"], "name": person},
        "validFrom": f"{whole.made_on}T00:00:00Z",
        "credentialSubject": {
            "id": _urn("person", whole.person),
            "type": ["AchievementSubject"],
            "achievement": _achievement(one, result),
            "result": [
                {"type": ["Result"], "resultDescription": result, "value": tr(LEVELS[one.level])},
            ],
        },
        "evidence": [_evidence(one, each) for each in one.claims],
    }


def _achievement(one: Chapter, result: str) -> dict[str, Any]:
    steps = "\n".join(
        tr("{day}: from “{before}” to “{after}”").format(day=each.on, before=each.before, after=each.after)
        + f": {each.sentence}"
        for each in one.steps
    )
    made: dict[str, Any] = {
        "id": _urn("achievement", one.skill),
        "type": ["Achievement"],
        "name": one.skill,
        "description": one.why or one.skill,
        "criteria": {"narrative": steps or portfolio.level_words(one)},
        "resultDescription": [
            {
                "id": result,
                "type": ["ResultDescription"],
                "name": tr("Level"),
                "resultType": "Result",
                "allowedValue": [tr(word) for word in LEVELS],
            }
        ],
    }
    address = next((text for text in (one.code, one.framework) if is_web(text)), "")
    if address:
        alignment = {"type": ["Alignment"], "targetName": one.label or one.skill, "targetUrl": address}
        named = {"targetFramework": one.framework, "targetCode": one.code}
        made["alignment"] = [alignment | {name: text for name, text in named.items() if text}]
    elif portfolio.framework_words(one):
        made["description"] += f"\n{portfolio.framework_words(one)}"
    return made


def _evidence(chapter: Chapter, one: Claim) -> dict[str, Any]:
    made = {
        "id": one.url or _urn("evidence", chapter.skill, str(one.number), one.on),
        "type": ["Evidence"],
        "name": one.title or one.kind_name,
        "narrative": one.sentence,
        "description": one.quote,
        "genre": one.kind_name,
    }
    return {name: value for name, value in made.items() if value}


def _urn(*parts: str) -> str:
    """The same parts give the same id; nothing can be read out of it."""
    return f"urn:uuid:{uuid.uuid5(_OURS, json.dumps(parts))}"
