"""What can be exported from where one is: what is selected, the list, a tag, a goal, everything.

The surprising fact: the list is taken as it stands on the screen, with its search and in its order; the
others are read from the library.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.languages import tr, trn, writing
from desktop.library import lists
from desktop.share.export import selection
from desktop.store.reader import Reader
from desktop.ui.views import Place

SELECTION, LIST, ALL = "selection", "list", "all"


@dataclass(frozen=True, slots=True)
class Here:
    """What the window shows."""

    selected: tuple[int, ...] = ()
    place: Place | None = None
    """The list; None while a page takes its place."""
    ids: tuple[int, ...] = ()
    """What that list holds."""
    goal: int = 0
    """The goal whose page is shown."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Some pages, by what they have in common."""

    name: str
    """``selection``, ``list``, ``all``, ``tag:…`` or ``goal:<id>``."""
    label: str
    """With the number of pages."""
    stem: str
    """What the file is called, without its ending."""
    ids: Sequence[int]


def of(reader: Reader, here: Here, asked: str = "") -> list[Scope]:
    """All that can be chosen, those with no pages left out; ``asked``: also this tag or goal."""
    names = dict.fromkeys(name for name in (asked, *_names(here)) if name not in ("", SELECTION, LIST, ALL))
    found = [_selection(reader, here.selected), _list(here)]
    found += [_named(reader, name) for name in names]
    found.append(_counted(ALL, tr("Everything but Trash"), "Kithbook", selection.everything(reader)))
    return [one for one in found if one is not None and len(one.ids)]


def _names(here: Here) -> list[str]:
    """The tag or goal that is shown."""
    place, found = here.place, []
    if place is not None and place.query and place.tag:
        found.append(f"tag:{place.tag}")
    if place is not None and place.query and place.goal:
        found.append(f"goal:{place.goal}")
    if here.goal:
        found.append(f"goal:{here.goal}")
    return found


def _selection(reader: Reader, ids: Sequence[int]) -> Scope | None:
    if len(ids) != 1:
        return _counted(SELECTION, tr("What is selected"), tr("Selection"), ids)
    rows = lists.page(reader, list(ids))
    title = rows[0].title or rows[0].site if rows else ""
    return Scope(SELECTION, tr("The selected page: {title}").format(title=title), title, tuple(ids))


def _list(here: Here) -> Scope | None:
    place = here.place
    if place is None or (place.name == ALL and not place.query):
        return None
    if place.query:
        label = tr("What “{query}” finds in {list}").format(query=place.query, list=place.label)
        return _counted(LIST, label, place.query, here.ids)
    label = tr("Tag {name}").format(name=place.tag) if place.tag else place.label
    return _counted(LIST, label, place.label, here.ids)


def _named(reader: Reader, name: str) -> Scope | None:
    kind, _, rest = name.partition(":")
    if kind == "tag" and rest:
        return _counted(name, tr("Tag {name}").format(name=rest), rest, selection.of_tag(reader, rest))
    if kind == "goal" and rest.isdigit():
        goals = {one.id: one.name for one in lists.goals(reader)}
        skill = goals.get(int(rest), tr("Goal"))
        label = tr("Goal: {skill}").format(skill=skill)
        return _counted(name, label, skill, selection.of_goal(reader, int(rest)))
    return None


def _counted(name: str, label: str, stem: str, ids: Sequence[int]) -> Scope:
    pages = trn("{n} page", "{n} pages", len(ids)).format(n=writing.number(len(ids)))
    return Scope(name, f"{label} ({pages})", stem if name == ALL else f"Kithbook {stem}", ids)
