"""The portfolio as Markdown, for wikis and for reading as it is.

The surprising fact: the person's words are text, not Markdown, here: a sentence that begins with a hash does
not become a heading.
"""

import re

from desktop.languages import tr, writing
from desktop.learning import days, portfolio
from desktop.learning.portfolio_values import Chapter, Claim, Portfolio, Step

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~!&])")
_START = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def draw(whole: Portfolio) -> str:
    """The file's text."""
    lines = [f"# {plain(portfolio.title(whole))}", "", _day(whole.made_on), ""]
    for number, one in enumerate(whole.chapters, start=1):
        lines += _chapter(one, number)
    lines.append(tr("Made with Kithbook from this person's own records. Nobody else has checked it."))
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    line = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _START.sub(r"\1\\\2", line)


def _chapter(one: Chapter, number: int) -> list[str]:
    lines = [f"## {plain(one.skill)}", "", plain(portfolio.level_words(one)), ""]
    for text in (one.why, portfolio.framework_words(one)):
        lines += [plain(text), ""] if text else []
    if one.steps:
        lines += ["### " + tr("How it grew"), "", *(_step(each, number) for each in one.steps), ""]
    if one.claims:
        lines += ["### " + tr("Evidence"), "", *(_claim(each, number) for each in one.claims), ""]
    back = portfolio.kept_back_words(one.kept_back)
    for text in (
        back,
        one.closing,
        tr("Next step: {step}").format(step=one.next_step) if one.next_step else "",
    ):
        lines += [plain(text), ""] if text else []
    return lines


def _step(one: Step, chapter: int) -> str:
    moved = tr("{day}: from “{before}” to “{after}”").format(
        day=_day(one.on), before=one.before, after=one.after
    )
    links = ", ".join(f"[{number}](#g{chapter}-e{number})" for number in one.claims)
    evidence = tr("evidence")
    by = f" ({evidence} {links})" if links else ""
    return f"- {plain(moved)}{by}: {plain(one.sentence)}"


def _claim(one: Claim, chapter: int) -> str:
    head = " · ".join(plain(part) for part in (one.kind_name, _day(one.on), one.source) if part)
    title = plain(one.title)
    if one.url:
        title = f"[{title or plain(one.url)}](<{_address(one.url)}>)"
    parts = [f'{one.number}. <a id="g{chapter}-e{one.number}"></a>{head}{": " if title else ""}{title}']
    parts += [f"   > {plain(one.quote)}"] if one.quote else []
    parts += [f"   {plain(one.sentence)}"] if one.sentence else []
    return "\n\n".join(parts)


def _address(url: str) -> str:
    """An address that cannot end its own brackets or its line."""
    return "%20".join(url.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").split())


def _day(text: str) -> str:
    found = days.parse(text)
    return writing.long_day(found) if found else text
