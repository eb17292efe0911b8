"""What toolkit, questions, reviews, balance and people hand out: frozen values. Times as in `values`."""

from dataclasses import dataclass

from desktop.learning.values import Due, GoalRow, TryRow, Verdict


@dataclass(frozen=True, slots=True)
class ToolRow:
    """A card of the toolkit."""

    id: int
    name: str
    url: str
    problem: str
    level: int
    last_used: str
    cost: str
    alternatives: str
    verdict: Verdict | None
    review_on: str
    days_left: int | None
    """Until its review; negative: overdue. None: no date."""
    note: str
    sources: tuple[int, ...]
    """Source ids of captures about it."""
    made_at: int
    changed_at: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """What a search did not answer."""

    id: int
    text: str
    asked_at: int
    answered_at: int
    """0: open."""
    answer: str
    is_dropped: bool
    source_id: int
    note_id: int
    title: str
    """Of what answered it."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """What became of a step of a review."""

    step: str
    at: int
    outcome: str
    """``done`` or ``skipped``."""
    left: int


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A weekly review."""

    id: int
    started_at: int
    step: str
    """Where it stands; ``closing`` is the last."""
    finished_at: int
    closing: str
    steps: tuple[StepDone, ...]

    @property
    def is_open(self) -> bool:
        """Left in the middle."""
        return not self.finished_at


@dataclass(frozen=True, slots=True)
class Offers:
    """What the steps of the review offer now."""

    inbox: int
    """Sources in the inbox."""
    wordless: tuple[int, ...]
    """Annotation ids of highlights without a sentence, newest first, of the last fortnight; at most 20."""
    still_goals: tuple[GoalRow, ...]
    tries: tuple[TryRow, ...]
    """Due or overdue."""
    tool: ToolRow | None
    """The one whose review is longest overdue, else the one looked at longest ago."""
    questions: tuple[QuestionRow, ...]
    worth_sharing: tuple[int, ...]
    """Source ids: archived this week with a sentence or highlights, not in the basket; at most 5."""

    def left(self, step: str) -> int:
        """How many things a step still offers."""
        counts = {
            "inbox": self.inbox,
            "highlights": len(self.wordless),
            "goals": len(self.still_goals),
            "tries": len(self.tries),
            "tool": int(self.tool is not None),
            "questions": len(self.questions),
            "share": len(self.worth_sharing),
        }
        return counts.get(step, 0)


@dataclass(frozen=True, slots=True)
class WeekActs:
    """Acts of one week by the method's verbs."""

    week: str
    """Its Monday."""
    seek: int
    sense: int
    share: int


@dataclass(frozen=True, slots=True)
class Act:
    """One act behind a number."""

    id: int
    at: int
    verb: str
    act: str
    count: int
    noun: str
    """What ``ref_id`` is the id of; empty for an act on many things."""
    ref_id: int
    title: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a person stands on Jarche's two axes, from 0 to 100 each, with the sums they come from."""

    sense_making: int
    """Of all acts of seeking and sense-making, the part that was sense-making; in per cent."""
    sharing: int
    """Of all acts of sense-making and sharing, the part that was sharing; doubled and capped at 100."""
    seek: int
    sense: int
    share: int
    name: str
    """``""`` when there is too little to say."""
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """One question of the self-check, with the answer of a quarter and the one before."""

    number: int
    question: str
    answer: str
    before: str
    before_quarter: str
    seen: str
    """What the person's own log shows about it, in a sentence; empty where it shows nothing."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """A highlight to remember."""

    id: int
    annotation_id: int
    source_id: int
    quote: str
    comment: str
    title: str
    state: int
    """1 learning, 2 review, 3 relearning."""
    due_at: int
    last_at: int
    answers: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Who or what led to pages, and what was kept of them."""

    id: int
    """0: only named in *found through*."""
    name: str
    note: str
    url: str
    brought: int
    """Sources found through them, outside Trash."""
    kept: int
    """Of those: archived, or with a highlight, a sentence or a goal."""
    last_at: int
    address: str = ""
    """For mail."""
    how_met: str = ""
    topics: str = ""
    """What they know about, in the person's words, parted by commas."""
    circles: tuple[int, ...] = ()
    """Ids of the circles that they are in."""
    key_state: str = ""
    """``known``, ``confirmed``, ``changed`` or ``refused``; empty: no key of theirs was seen."""
    sent: int = 0
    """Packs that went to them."""
    received: int = 0
    """Packs that came from them."""

    @property
    def is_colleague(self) -> bool:
        """Somebody to share with: with an address or a key, in a circle, or packs went to and fro."""
        return bool(self.address or self.key_state or self.circles or self.sent or self.received)


@dataclass(frozen=True, slots=True)
class Today:
    """What the Learning view shows first: what is due, and what runs."""

    due: tuple[Due, ...]
    running_activity: int
