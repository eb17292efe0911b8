"""The query language, text in, tree out: words, "phrases", -not, OR, ( ), word*, and name:value.

Surprising: nothing that is typed is an error. What cannot be understood is left out and named in ``wrong``,
so that every key has an answer. Nothing here knows the index: `index_match` makes its questions of the tree.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches

from desktop.languages import tr
from desktop.store.query_dates import EXAMPLES, span
from desktop.store.query_terms import COLUMNS, FILTERS, HAS, IS, NAMES, TYPES, language
from desktop.text.folding import fold, has_letters

MOST_LETTERS = 2000
MOST_WORDS = 64
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Word:
    """A word or, when it has several parts, a phrase."""

    text: str
    column: str = ""
    """``title``, ``comment``, ``why``, ``author``, ``person`` or ``site``; empty: anywhere."""
    is_prefix: bool = False
    is_quoted: bool = False
    """Quoted words are looked for in texts alone, not among the names of tags."""


@dataclass(frozen=True, slots=True)
class Filter:
    """``tag:`` ``goal:`` ``type:`` ``is:`` ``has:`` ``lang:``: what is known without reading."""

    name: str
    value: str
    is_exact: bool = False
    """``tag:=work``: that tag, without those below it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a filter comes to in one library: sources that bear any of these key terms of the index."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Saved from ``start`` up to, not including, ``stop``: milliseconds, None for no end."""

    start: int | None = None
    stop: int | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """All but these."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All of these; two parts at least."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these; two parts at least."""

    parts: tuple["Node", ...]


Node = Word | Filter | Keys | Dates | Not | And | Or


@dataclass(frozen=True, slots=True)
class Wrong:
    """A part that could not be understood: one plain sentence, and where it stands."""

    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. ``node`` is None when nothing is left to look for."""

    text: str
    node: Node | None
    wrong: tuple[Wrong, ...] = ()
    is_open: bool = False
    """True when the text ends in a plain word that may still grow."""


_OPEN, _CLOSE = '"“”„«', '"“”»'
_NAMED = re.compile(r"([^\W\d_]+):(=?)")
_WORD = re.compile(rf"[^\s(){_OPEN}»]+")
_NEXT_WORDS = re.compile(r"\s+[^\s()\"“”:]+")
_MINUS = "-−–"


@dataclass(slots=True)
class _Token:
    kind: str
    """``(``, ``)``, ``or``, ``and``, ``not``, ``word`` or ``named``."""
    start: int
    end: int
    text: str = ""
    name: str = ""
    is_exact: bool = False
    is_quoted: bool = False


def parse(text: str, today: date | None = None) -> Query:
    """Read a question. ``today`` is for dates such as "last month". Never raises."""
    return _Parser(text[:MOST_LETTERS].replace("\0", " "), today or date.today()).query(len(text))


def words_of(node: Node | None) -> list[Word]:
    """Every word that must or may be there; none that must not."""
    if isinstance(node, Word):
        return [node]
    if isinstance(node, And | Or):
        return [word for part in node.parts for word in words_of(part)]
    return []


def loosened(node: Node) -> Node | None:
    """The same question with any of its words in place of all; None when that is no other question."""
    parts = node.parts if isinstance(node, And) else ()
    words = tuple(part for part in parts if isinstance(part, Word) and not part.column)
    if len(words) < 2:
        return None
    others = tuple(part for part in parts if part not in words)
    return And((Or(words), *others)) if others else Or(words)


def with_last_as_prefix(node: Node) -> Node:
    """The last plain word as the beginning of one."""
    if isinstance(node, Word) and not node.is_quoted:
        return replace(node, is_prefix=True)
    if isinstance(node, And | Or):
        return replace(node, parts=(*node.parts[:-1], with_last_as_prefix(node.parts[-1])))
    return node


@dataclass(slots=True)
class _Parser:
    text: str
    today: date
    wrong: list[Wrong] = field(default_factory=list)
    tokens: list[_Token] = field(default_factory=list)
    at: int = 0
    depth: int = 0

    def query(self, length: int) -> Query:
        self._cut()
        words = 0
        for number, token in enumerate(self.tokens):
            words += token.kind in ("word", "named")
            if words > MOST_WORDS:
                self._complain(
                    tr("Only the first {most_words} words were searched.").format(most_words=MOST_WORDS),
                    token.start,
                    length,
                )
                del self.tokens[number:]
                break
        parts = []
        while self.at < len(self.tokens):
            found = self._either()
            if found is not None:
                parts.append(found)
            if self.at < len(self.tokens):  # a bracket that closes nothing
                token = self.tokens[self.at]
                self._complain(tr("This bracket closes nothing; it was left out."), token.start, token.end)
                self.at += 1
        last = self.tokens[-1] if self.tokens else None
        is_open = (
            last is not None and last.kind == "word" and not last.is_quoted and last.end == len(self.text)
        )
        return Query(self.text, _joined(And, parts), tuple(self.wrong), is_open)

    def _complain(self, sentence: str, start: int, end: int) -> None:
        self.wrong.append(Wrong(sentence, start, end))

    # ── cutting ─────────────────────────────────────────────────────────────────────────────────────────

    def _cut(self) -> None:
        at = 0
        while at < len(self.text):
            sign = self.text[at]
            if sign.isspace():
                at += 1
            elif sign in "()":
                self.tokens.append(_Token(sign, at, at + 1))
                at += 1
            elif sign in _MINUS and at + 1 < len(self.text) and not self.text[at + 1].isspace():
                self.tokens.append(_Token("not", at, at + 1))
                at += 1
            else:
                at = self._cut_leaf(at)

    def _cut_leaf(self, at: int) -> int:
        named = _NAMED.match(self.text, at)
        name = NAMES.get(fold(named[1]), "") if named else ""
        if named and name:
            _, end, value, is_quoted = self._value(named.end())
            if name in ("before", "after") and not is_quoted:
                end, value = self._longest_date(named.end(), end, value)
            self.tokens.append(_Token("named", at, end, value, name, bool(named[2]), is_quoted))
            return end
        if named and len(named[1]) > 2 and not self.text.startswith("//", named.end()):
            near = get_close_matches(fold(named[1]), NAMES, 1, 0.6)
            if near:
                sentence = tr("“{named}:” is not known. Did you mean “{names}:”?").format(
                    named=named[1], names=NAMES[near[0]]
                )
                self._complain(sentence, at, named.end())
        _, end, value, is_quoted = self._value(at)
        kinds = {"OR": "or", "|": "or", "AND": "and", "&": "and", "NOT": "not"}
        kind = "word" if is_quoted else kinds.get(value, "word")
        self.tokens.append(_Token(kind, at, end, value, is_quoted=is_quoted))
        return end

    def _value(self, at: int) -> tuple[int, int, str, bool]:
        """(start, end, text, is quoted) of a word or phrase that begins here."""
        if at < len(self.text) and self.text[at] in _OPEN:
            end = at + 1
            while end < len(self.text) and self.text[end] not in _CLOSE:
                end += 1
            if end == len(self.text):
                self._complain(tr("The quotation has no end; it was read to the end of the line."), at, end)
            return at, min(end + 1, len(self.text)), self.text[at + 1 : end], True
        found = _WORD.match(self.text, at)
        if not found:
            is_sign = at < len(self.text) and self.text[at] == "»"
            return at, at + is_sign, "", False
        return at, found.end(), found[0], False

    def _longest_date(self, start: int, end: int, value: str) -> tuple[int, str]:
        """The date in "after:last month" without quotation marks: up to two more words, if they make one."""
        best = end, value
        for found in _NEXT_WORDS.finditer(self.text, end, end + 40):
            longer = self.text[start : found.end()]
            if len(longer.split()) > 3:
                break
            if span(longer, self.today):
                best = found.end(), longer
        return best

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def _either(self) -> Node | None:
        parts = [self._all()]
        while self.at < len(self.tokens) and self.tokens[self.at].kind == "or":
            token = self.tokens[self.at]
            self.at += 1
            parts.append(self._all())
            if parts[-2] is None or parts[-1] is None:
                self._complain(tr("OR needs something on both sides."), token.start, token.end)
        return _joined(Or, [part for part in parts if part is not None])

    def _all(self) -> Node | None:
        parts = []
        while self.at < len(self.tokens) and self.tokens[self.at].kind not in ("or", ")"):
            found = self._one()
            if found is not None:
                parts.append(found)
        return _joined(And, parts)

    def _one(self) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "and":
            return None
        if token.kind == "not":
            return self._without(token)
        if token.kind == "(":
            return self._group(token)
        return self._leaf(token)

    def _without(self, token: _Token) -> Node | None:
        is_wanted = False
        while self.at < len(self.tokens) and self.tokens[self.at].kind == "not":
            is_wanted = not is_wanted
            self.at += 1
        if self.at == len(self.tokens) or self.tokens[self.at].kind in ("or", ")", "and"):
            self._complain(tr("“-” needs a word right after it."), token.start, token.end)
            return None
        part = self._one()
        return part if is_wanted or part is None else Not(part)

    def _group(self, token: _Token) -> Node | None:
        self.depth += 1
        if self.depth > DEEPEST:
            self._complain(tr("Too many brackets inside each other."), token.start, len(self.text))
            self.at = len(self.tokens)
            return None
        inner = self._either()
        self.depth -= 1
        if self.at < len(self.tokens):
            self.at += 1
        else:
            self._complain(tr("A bracket is missing: )."), token.start, token.end)
        return inner

    def _leaf(self, token: _Token) -> Node | None:
        if token.kind == "named":
            return self._named(token)
        is_prefix = token.text.endswith("*") and not token.is_quoted
        plain = token.text.rstrip("*") if is_prefix else token.text
        if not has_letters(plain):
            if plain.strip(" -−–") or token.is_quoted:
                sentence = tr("“{text}” has no letter or digit, so it was left out.").format(text=token.text)
                self._complain(sentence, token.start, token.end)
            return None
        return Word(plain, is_prefix=is_prefix, is_quoted=token.is_quoted)

    def _named(self, token: _Token) -> Node | None:
        name, value = token.name, token.text.strip()
        if not value:
            self._complain(
                tr("“{name}:” needs something after it, {example}.").format(
                    name=name, example=tr("such as {example}").format(example=_EXAMPLE[name])
                ),
                token.start,
                token.end,
            )
            return None
        if name in ("before", "after"):
            return self._dates(token, value)
        if name in COLUMNS:
            return self._column(token, value)
        allowed = _ALLOWED.get(name)
        if allowed is not None:
            found = allowed.get(fold(value))
            if found is None:
                known = ", ".join(dict.fromkeys(allowed.values()))
                self._complain(
                    tr("“{name}:{value}” is not known; {name}: takes {known}.").format(
                        name=name, value=value, known=known
                    ),
                    token.start,
                    token.end,
                )
                return None
            value = found
        if name == "lang":
            value = language(value)
        return Filter(name, value, token.is_exact)

    def _column(self, token: _Token, value: str) -> Node | None:
        is_prefix = value.endswith("*") and not token.is_quoted
        if not has_letters(value):
            sentence = tr("“{name}:{value}” has no letter or digit, so it was left out.").format(
                name=token.name, value=value
            )
            self._complain(sentence, token.start, token.end)
            return None
        return Word(value.rstrip("*") if is_prefix else value, token.name, is_prefix, token.is_quoted)

    def _dates(self, token: _Token, value: str) -> Node | None:
        found = span(value, self.today)
        if found is None:
            sentence = tr("“{name}:” needs a date such as {examples}; “{value}” is none.").format(
                name=token.name, examples=EXAMPLES, value=value
            )
            self._complain(sentence, token.start, token.end)
            return None
        return Dates(start=found.start) if token.name == "after" else Dates(stop=found.start)


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """One part stands for itself; parts of the same kind become one list."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else [part])
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


_ALLOWED = {"is": IS, "has": HAS, "type": TYPES}
_EXAMPLE = COLUMNS | FILTERS
