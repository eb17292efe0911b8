"""The portfolio as one HTML file that carries all it needs.

The surprising fact: it has no script and may load nothing, which its own first lines forbid to any browser;
a link is followed only by whoever clicks it.
"""

from html import escape

from desktop.languages import tr, trn, writing
from desktop.learning import days, portfolio
from desktop.learning.portfolio_values import Chapter, Claim, Portfolio, Step
from desktop.learning.values import LEVELS

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --soft: #57606a; --line: #d0d7de; --accent: #0b5c5a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e3; --soft: #a8adb3; --line: #3b4148; --accent: #7cc7c1; }
  body { background: #16191c; }
}
body { margin: 0 auto; max-width: 42rem; padding: 2rem 1rem; color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .25rem; border-top: 1px solid var(--line); padding-top: 1.5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); }
.scale { display: flex; gap: .25rem; list-style: none; padding: 0; margin: .75rem 0; font-size: .8rem; }
.scale li { flex: 1; border-top: .35rem solid var(--line); padding-top: .25rem; color: var(--soft); }
.scale .reached { border-color: var(--accent); } .scale .now { color: var(--ink); font-weight: 600; }
ol.steps, ol.claims { padding-left: 1.5rem; } li { margin: .6rem 0; }
blockquote { margin: .25rem 0; padding-left: .75rem; border-left: 3px solid var(--line); }
a { color: var(--accent); } .said { font-family: Georgia, serif; }
@media print { body { max-width: none; padding: 0; } h2 { break-after: avoid; } li { break-inside: avoid; } }
"""


def draw(whole: Portfolio) -> str:
    """The file's text."""
    name = escape(portfolio.title(whole))
    made = days.parse(whole.made_on)
    on = escape(writing.long_day(made) if made else whole.made_on)
    chapters = "".join(_chapter(one, number) for number, one in enumerate(whole.chapters, start=1))
    made_by = escape(tr("Made with Kithbook from this person's own records. Nobody else has checked it."))
    return f"""<!DOCTYPE html>
<html lang="{escape(whole.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{name}</title>
<style>{_STYLE}</style>
</head>
<body>
<header><h1>{name}</h1><p class="soft">{on}</p></header>
<main>
{chapters}</main>
<footer><p class="soft">{made_by}</p></footer>
</body>
</html>
"""


def _chapter(one: Chapter, number: int) -> str:
    parts = [f"<section>\n<h2>{escape(one.skill)}</h2>\n", _p(portfolio.level_words(one)), _scale(one)]
    parts += [_p(one.why, "said"), _p(portfolio.framework_words(one), "soft"), _p(_study(one), "soft")]
    if one.steps:
        steps = "".join(_step(each, number) for each in one.steps)
        grew = escape(tr("How it grew"))
        parts.append(f'<h3>{grew}</h3>\n<ol class="steps">\n{steps}</ol>\n')
    if one.claims:
        claims = "".join(_claim(each, number) for each in one.claims)
        evidence = escape(tr("Evidence"))
        parts.append(f'<h3>{evidence}</h3>\n<ol class="claims">\n{claims}</ol>\n')
    parts += [_p(portfolio.kept_back_words(one.kept_back), "soft"), _p(one.closing, "said")]
    if one.next_step:
        parts.append(_p(tr("Next step: {step}").format(step=one.next_step)))
    return "".join(parts) + "</section>\n"


def _scale(one: Chapter) -> str:
    items = []
    for level, word in enumerate(LEVELS):
        names = ["reached"] * (level <= one.level) + ["now"] * (level == one.level)
        now_at = ' aria-current="true"' if level == one.level else ""
        items.append(f'<li class="{" ".join(names)}"{now_at}>{escape(tr(word))}</li>')
    return f'<ol class="scale">{"".join(items)}</ol>\n'


def _step(one: Step, chapter: int) -> str:
    links = ", ".join(f'<a href="#g{chapter}-e{number}">{number}</a>' for number in one.claims)
    evidence = escape(tr("evidence"))
    by = f' <span class="soft">({evidence} {links})</span>' if links else ""
    moved = escape(tr("{day}: from “{before}” to “{after}”").format(
        day=_day(one.on), before=one.before, after=one.after
    ))  # fmt: skip
    back = _p(portfolio.kept_back_words(one.kept_back), "soft")
    return f'<li>{moved}{by}<p class="said">{_lines(one.sentence)}</p>{back}</li>\n'


def _claim(one: Claim, chapter: int) -> str:
    head = " · ".join(escape(part) for part in (one.kind_name, _day(one.on), one.source) if part)
    title = escape(one.title)
    if one.url:
        title = f'<a href="{escape(one.url)}" rel="noreferrer">{title or escape(one.url)}</a>'
    quote = f"<blockquote>{_lines(one.quote)}</blockquote>" if one.quote else ""
    said = f'<p class="said">{_lines(one.sentence)}</p>' if one.sentence else ""
    return (
        f'<li id="g{chapter}-e{one.number}"><span class="soft">{head}</span><br>{title}{quote}{said}</li>\n'
    )


def _study(one: Chapter) -> str:
    if not one.minutes:
        return ""
    hours = max(1, round(one.minutes / 60))
    said = trn("{n} hour of study", "{n} hours of study", hours)
    return said.format(n=writing.number(hours))


def _day(text: str) -> str:
    found = days.parse(text)
    return writing.long_day(found) if found else text


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def _p(text: str, name: str = "") -> str:
    if not text:
        return ""
    return f'<p class="{name}">{_lines(text)}</p>\n' if name else f"<p>{_lines(text)}</p>\n"
