"""A portfolio as pages that Qt's text engine sets: the preview in the window, and the PDF.

The surprising fact: both are this one text, so what is seen before saving is what leaves. A paragraph that
must stand together with the next one carries an anchor whose name begins with ``keep``; `pdf` reads it.
"""

from dataclasses import dataclass
from html import escape

from desktop.languages import tr, trn, writing
from desktop.learning import days, portfolio
from desktop.learning.portfolio_values import Chapter, Claim, Portfolio, Step
from desktop.learning.values import LEVELS
from desktop.ui.theme import READER_FAMILY, UI_FAMILY, Theme


@dataclass(frozen=True, slots=True)
class Paper:
    """Colours ``#rrggbb``, and the size of running text in pixels. As it stands: dark ink on white paper."""

    ink: str = "#1e1c19"
    soft: str = "#5a544c"
    line: str = "#d9d3c8"
    accent: str = "#1b5e5a"
    link: str = "#1b5e5a"
    rule: str = "#8f877b"
    size: int = 13


def paper_of(theme: Theme) -> Paper:
    """The colours of the window, for the preview."""
    css = theme.css
    return Paper(css("text"), css("muted"), css("line"), css("accent"), css("link"), css("line_strong"), 14)


def sheet(paper: Paper) -> str:
    """The style sheet for a QTextDocument. Lines are in pixels: a percentage would give more."""
    size = paper.size

    def px(share: float) -> int:
        return round(size * share)

    sans = ",".join(f"'{family}'" for family in UI_FAMILY)
    serif = ",".join(f"'{family}'" for family in READER_FAMILY)
    return f"""
        body {{ font-family:{sans}; font-size:{size}px; color:{paper.ink} }}
        a {{ color:{paper.link}; text-decoration:none }}
        p {{ margin:0 0 {px(0.35)}px 0; line-height:{px(1.45)}px }}
        p.h1 {{ font-size:{px(1.85)}px; line-height:{px(2.3)}px; font-weight:600; margin:0 }}
        p.h2 {{ font-size:{px(1.4)}px; line-height:{px(1.85)}px; font-weight:600;
                margin:{px(1.6)}px 0 2px 0 }}
        p.h3 {{ font-weight:600; margin:{px(1.1)}px 0 {px(0.35)}px 0 }}
        p.soft {{ color:{paper.soft} }}
        p.meta {{ color:{paper.soft}; font-size:{px(0.88)}px; line-height:{px(1.3)}px;
                margin:{px(0.6)}px 0 1px 0 }}
        p.title {{ margin:0 0 2px 0; font-weight:500 }}
        p.said {{ font-family:{serif}; font-size:{px(1.06)}px; line-height:{px(1.55)}px }}
        p.quote {{ font-family:{serif}; font-size:{px(1)}px; line-height:{px(1.45)}px; color:{paper.soft};
                margin:0 0 2px {px(0.9)}px }}
        p.step {{ margin:0 0 1px 0 }}
        p.word {{ font-size:{px(0.82)}px; line-height:{px(1.15)}px; margin:0; color:{paper.soft} }}
        p.now {{ font-size:{px(0.82)}px; line-height:{px(1.15)}px; margin:0; font-weight:600 }}
        p.bar {{ font-size:1px; line-height:4px; margin:0 }}
    """


def html(whole: Portfolio, paper: Paper) -> str:
    """The pages as closed HTML; the person's words are escaped, and only web addresses become links."""
    made = days.parse(whole.made_on)
    parts = [
        _p("h1", portfolio.title(whole)),
        _p("soft", writing.long_day(made) if made else whole.made_on),
        *(_chapter(one, number, paper) for number, one in enumerate(whole.chapters, start=1)),
        f"<hr style='background-color:{paper.line}'>",
        _p("meta", tr("Made with Kithbook from this person's own records. Nobody else has checked it.")),
    ]
    return f"<html><body>{''.join(parts)}</body></html>"


def _chapter(one: Chapter, number: int, paper: Paper) -> str:
    parts = [
        _p("h2", one.skill, f"keep-g{number}"),
        _p("soft", portfolio.level_words(one), f"keep-g{number}-l"),
        _scale(one, paper),
        _p("said", one.why),
        _p("soft", " · ".join(part for part in (portfolio.framework_words(one), _study(one)) if part)),
    ]
    if one.steps:
        parts.append(_p("h3", tr("How it grew"), f"keep-g{number}-s"))
        parts += [_step(each, number) for each in one.steps]
    if one.claims:
        parts.append(_p("h3", tr("Evidence"), f"keep-g{number}-c"))
        parts += [_claim(each, number) for each in one.claims]
    parts += [_p("soft", portfolio.kept_back_words(one.kept_back)), _p("said", one.closing)]
    if one.next_step:
        parts.append(_p("", tr("Next step: {step}").format(step=one.next_step)))
    return "".join(parts)


def _scale(one: Chapter, paper: Paper) -> str:
    """Five steps in a row, those that were reached in the accent, the word of each below."""
    width = 100 // len(LEVELS)
    bars, words = [], []
    for level, word in enumerate(LEVELS):
        ground = paper.accent if level <= one.level else paper.line
        name = "now" if level == one.level else "word"
        bars.append(f"<td width='{width}%' bgcolor='{ground}'><p class='bar'>&nbsp;</p></td>")
        words.append(f"<td width='{width}%'><p class='{name}'>{escape(tr(word))}</p></td>")
    return (
        "<table width='100%' cellspacing='3' cellpadding='0' style='margin-top:4px;margin-bottom:8px'>"
        f"<tr>{''.join(bars)}</tr><tr>{''.join(words)}</tr></table>"
    )


def _step(one: Step, chapter: int) -> str:
    links = ", ".join(f"<a href='#keep-g{chapter}-e{number}'>{number}</a>" for number in one.claims)
    evidence = escape(tr("evidence"))
    by = f" ({evidence} {links})" if links else ""
    moved = tr("{day}: from “{before}” to “{after}”").format(
        day=_day(one.on), before=one.before, after=one.after
    )
    return (
        f"<p class='step'>{_keep(f'keep-g{chapter}-{one.on}')}{escape(moved)}{by}</p>"
        + _p("said", one.sentence)
        + _p("meta", portfolio.kept_back_words(one.kept_back))
    )


def _claim(one: Claim, chapter: int) -> str:
    head = " · ".join(part for part in (one.kind_name, _day(one.on), one.source) if part)
    title = escape(one.title)
    if one.url:
        title = f"<a href='{escape(one.url)}'>{title or escape(one.url)}</a>"
    anchor = f"keep-g{chapter}-e{one.number}"
    parts = [f"<p class='meta'>{_keep(anchor)}{one.number} · {escape(head)}</p>"]
    rest = _p("quote", one.quote, f"{anchor}-q" if one.sentence else "") + _p("said", one.sentence)
    if title:
        parts.append(f"<p class='title'>{_keep(f'{anchor}-t') if rest else ''}{title}</p>")
    return "".join(parts) + rest


def _study(one: Chapter) -> str:
    if not one.minutes:
        return ""
    hours = max(1, round(one.minutes / 60))
    return trn("{n} hour of study", "{n} hours of study", hours).format(n=writing.number(hours))


def _day(text: str) -> str:
    found = days.parse(text)
    return writing.long_day(found) if found else text


def _keep(name: str) -> str:
    return f"<a name='{escape(name)}'></a>"


def _p(kind: str, text: str, keep: str = "") -> str:
    if not text.strip():
        return ""
    lines = "<br>".join(escape(line) for line in text.splitlines())
    return f"<p class='{kind}'>{_keep(keep) if keep else ''}{lines}</p>"
