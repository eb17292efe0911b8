"""All that is looked at before the choice: facts, kind of page, blocks and what is known of each.

Surprising: the order matters. Facts are read and trafilatura is asked before the tree is changed; formulas
are turned into TeX before that, so that both see the same words.
"""

from dataclasses import dataclass

from desktop.text import dom
from desktop.text.blocks import Block, blocks_of
from desktop.text.dom import Element
from desktop.text.features import Page, features_of
from desktop.text.formulas import formulas_to_tex
from desktop.text.kinds import page_of
from desktop.text.listings import plain_listings
from desktop.text.metadata import Facts, read_metadata
from desktop.text.opinions import of_resiliparse, of_trafilatura
from desktop.text.structure import tidy


@dataclass(frozen=True, slots=True)
class Survey:
    """A page, ready to be chosen from."""

    body: Element
    facts: Facts
    page: Page
    blocks: list[Block]
    rows: list[list[float]]
    """What is known of each block, in the order of `features.NAMES`."""


def survey(html: str, url: str) -> Survey:
    """Looks at a page. Raises `errors.Refused` over the limits of `dom.parse`."""
    tree = dom.parse(html)
    facts = read_metadata(tree, url)
    page = page_of(tree, facts, url)
    formulas_to_tex(tree)
    first, second = of_trafilatura(tree, url), of_resiliparse(html)
    dom.forget_methods(tree)
    plain_listings(tree)
    tidy(tree, url)
    body = dom.body_of(tree)
    blocks = blocks_of(body)
    return Survey(body, facts, page, blocks, features_of(blocks, first, second, page))
