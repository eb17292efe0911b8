"""MathML to TeX, for pages whose formulas carry no TeX of their own.

Surprising: a bracket becomes ``\\left(`` or ``\\right)``, and one without a partner in its row gets an
invisible one, since TeX accepts them only in pairs.
"""

# ruff: noqa: SIM905, E501 - tables of words are read more easily as text

from lxml import etree

from desktop.text.dom import Element

_DEEPEST = 40
_NAMED = {
    **dict(zip("αβγδϵζηθικλμνξπρστυφχψω", "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho "
               "sigma tau upsilon varphi chi psi omega".split(), strict=True)),
    **dict(zip("ΓΔΘΛΞΠΣΥΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(), strict=True)),
    **dict(zip("ϕεϑϱςℓℏ∂∇∞∅∀∃¬ℵ℘ℜℑ", "phi varepsilon vartheta varrho varsigma ell hbar partial nabla infty emptyset forall "
               "exists neg aleph wp Re Im".split(), strict=True)),
    **dict(zip("≠≤≥≈≡∼≃≅∝≪≫±∓×÷⋅∘∗∩∪∧∨⊕⊗⊥∥∈∉∋⊂⊃⊆⊇∖", "neq leq geq approx equiv sim simeq cong propto ll gg pm mp times "
               "div cdot circ ast cap cup land lor oplus otimes perp parallel in notin ni subset supset subseteq supseteq "
               "setminus".split(), strict=True)),
    **dict(zip("→←↔⇒⇐⇔↦↑↓⟶⟹⟺", "rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow mapsto uparrow "
               "downarrow longrightarrow Longrightarrow Longleftrightarrow".split(), strict=True)),
    **dict(zip("∑∏∐∫∬∭∮⋃⋂…⋯⋮⋱′″†‡∠△∴∵", "sum prod coprod int iint iiint oint bigcup bigcap ldots hdots vdots ddots prime "
               "prime\\prime dagger ddagger angle triangle therefore because".split(), strict=True)),
    "˙": "cdot", "·": "cdot", "‾": "bar", "¯": "bar", "ˆ": "hat", "̂": "hat", "˜": "tilde", "⃗": "rightarrow",
}  # fmt: skip
_PLAIN = {
    "−": "-",
    "\u2061": "",
    "\u2062": "",
    "\u2063": "",
    "\u2064": "",
    "\u200b": "",
    "\xa0": " ",
    "∣": "|",
    "⁄": "/",
}
_OPEN = {
    "(": r"\left(",
    "[": r"\left[",
    "{": r"\left{",
    "⟨": r"\left\langle",
    "⌈": r"\left\lceil",
    "⌊": r"\left\lfloor",
}
_CLOSE = {
    ")": r"\right)",
    "]": r"\right]",
    "}": r"\right}",
    "⟩": r"\right\rangle",
    "⌉": r"\right\rceil",
    "⌋": r"\right\rfloor",
}
_FONTS = {
    "bold": "mathbf", "bold-italic": "mathbf", "double-struck": "mathbb", "script": "mathcal", "fraktur": "mathfrak",
    "sans-serif": "mathsf", "monospace": "mathtt",
}  # fmt: skip
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln exp lim max min sup inf det dim ker gcd arg deg".split()
)
_MATRICES = {
    ("(", ")"): "pmatrix",
    ("[", "]"): "bmatrix",
    ("{", "}"): "Bmatrix",
    ("|", "|"): "vmatrix",
    ("‖", "‖"): "Vmatrix",
}


def tex_from_mathml(math: Element) -> str:
    """TeX of a ``<math>`` element; what it does not know stands as its text."""
    return " ".join(_row(list(math.iterchildren(etree.Element)), 0).split())


def _tex(element: Element, level: int) -> str:
    tag = etree.QName(element).localname
    if level > _DEEPEST or tag in ("annotation", "annotation-xml", "mspace", "maligngroup", "none"):
        return "" if level <= _DEEPEST else "".join(element.itertext())
    children = list(element.iterchildren(etree.Element))
    if tag in _TOKENS:
        return _TOKENS[tag](element)
    if tag in _SHAPES and len(children) >= _SHAPES[tag][0]:
        return _SHAPES[tag][1](element, [_tex(child, level + 1) for child in children])
    if tag == "mtable":
        return _table(element, "aligned" if "left" in (element.get("columnalign") or "") else "matrix", level)
    if tag == "msqrt":
        return rf"\sqrt{{{_row(children, level)}}}"
    if tag == "mfenced":
        opening, closing = element.get("open", "("), element.get("close", ")")
        inner = " , ".join(_tex(child, level + 1) for child in children)
        left = _OPEN.get(opening, "\\left" + (opening or "."))
        return left + inner + _CLOSE.get(closing, "\\right" + (closing or "."))
    if tag == "mphantom":
        return ""
    return _row(children, level)


def _row(children: list[Element], level: int) -> str:
    matrix = _matrix(children, level)
    if matrix:
        return matrix
    return _paired([part for child in children if (part := _tex(child, level + 1).strip())])


def _matrix(children: list[Element], level: int) -> str:
    """A table between two brackets."""
    if not 2 <= len(children) <= 3 or etree.QName(children[1]).localname != "mtable":
        return ""
    ends = tuple("".join(child.itertext()).strip() for child in (children[0], children[-1]))
    if len(children) == 2:
        return _table(children[1], "cases", level) if ends[0] == "{" else ""
    name = _MATRICES.get((ends[0], ends[1]))
    return _table(children[1], name, level) if name else ""


def _table(table: Element, name: str, level: int) -> str:
    rows = [
        " & ".join(
            _row(list(cell.iterchildren(etree.Element)), level + 1)
            for cell in row.iterchildren(etree.Element)
        )
        for row in table.iterchildren(etree.Element)
    ]
    return rf"\begin{{{name}}}" + r" \\ ".join(rows) + rf"\end{{{name}}}"


def _paired(parts: list[str]) -> str:
    """Joins a row; every bracket without a partner gets an invisible one."""
    out: list[str] = []
    opened: list[int] = []
    for part in parts:
        if part in _OPEN.values():
            opened.append(len(out))
            out.append(part)
        elif (
            closing := next(
                (c for c in _CLOSE.values() if part == c or part.startswith((c + "^", c + "_"))), ""
            )
        ) and (not opened or part != closing):
            out.append(r"\left." + part)
        elif part in _CLOSE.values():
            opened.pop()
            out.append(part)
        else:
            out.append(part)
    for place in opened:
        out[place] += r"\right."
    return " ".join(out)


def _name(text: str) -> str:
    return " ".join(text.split())


def _identifier(element: Element) -> str:
    text = _PLAIN.get(_name("".join(element.itertext())), _name("".join(element.itertext())))
    if text in _NAMED:
        text = "\\" + _NAMED[text]
    elif text in _FUNCTIONS:
        return "\\" + text
    font = _FONTS.get(element.get("mathvariant") or "")
    return rf"\{font}{{{text}}}" if font and text else text


def _operator(element: Element) -> str:
    text = _name("".join(element.itertext()))
    if text in _PLAIN:
        return _PLAIN[text]
    if text in _OPEN:
        return _OPEN[text]
    if text in _CLOSE:
        return _CLOSE[text]
    if text == "|":
        return r"\left|\right."
    if text in _NAMED:
        return "\\" + _NAMED[text]
    return "\\" + text if text in _FUNCTIONS or text in ("%", "&", "#", "$", "_") else text


def _text(element: Element) -> str:
    text = "".join(element.itertext()).replace("\xa0", " ")
    inner = _name(text)
    if len(inner) == 1 and not inner.isalnum():
        return rf"\text{{ }}{inner}\text{{ }}" if text != inner else inner
    before, after = " " * (text[:1].isspace()), " " * (text[-1:].isspace())
    return rf"\text{{{before}{inner}{after}}}" if inner else r"\text{ }"


_TOKENS = {
    "mi": _identifier,
    "mn": lambda element: _name("".join(element.itertext())),
    "mo": _operator,
    "mtext": _text,
    "ms": _text,
}


def _fraction(element: Element, parts: list[str]) -> str:
    if element.get("linethickness") in ("0", "0pt", "0px"):
        return rf"\genfrac{{}}{{}}{{0pt}}{{}}{{{parts[0]}}}{{{parts[1]}}}"
    return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"


def _over(_element: Element, parts: list[str]) -> str:
    return rf"\overset{{{parts[1]}}}{{{parts[0]}}}"


def _under(_element: Element, parts: list[str]) -> str:
    is_limit = parts[0].lstrip("\\") in (
        "sum",
        "prod",
        "int",
        "lim",
        "max",
        "min",
        "sup",
        "inf",
        "bigcup",
        "bigcap",
    )
    return f"{parts[0]}_{{{parts[1]}}}" if is_limit else rf"\underset{{{parts[1]}}}{{{parts[0]}}}"


_SHAPES = {
    "mfrac": (2, _fraction),
    "msup": (2, lambda _, p: f"{p[0]}^{{{p[1]}}}"),
    "msub": (2, lambda _, p: f"{p[0]}_{{{p[1]}}}"),
    "msubsup": (3, lambda _, p: f"{p[0]}_{{{p[1]}}}^{{{p[2]}}}"),
    "munderover": (3, lambda _, p: f"{p[0]}_{{{p[1]}}}^{{{p[2]}}}"),
    "mroot": (2, lambda _, p: rf"\sqrt[{p[1]}]{{{p[0]}}}"),
    "mover": (2, _over),
    "munder": (2, _under),
}
