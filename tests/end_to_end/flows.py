"""What a person does with the browser: open a page, click, read the popup, type into it.

The surprising part: the popup is the real one that the click opened, in both browsers, not a copy in a tab.
"""

import json
from pathlib import Path
from typing import Any

from tests.end_to_end.cdp import CdpError
from tests.end_to_end.marionette import MarionetteError
from tests.end_to_end.waiting import until

STATE = """const said = (id) => document.getElementById(id)?.textContent ?? '';
return [said('state-head'), said('state-detail'), document.getElementById('state')?.className ?? ''];"""
TYPE = """const fields = args[0];
const type = (id, text) => {
  const field = document.getElementById(id);
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};
for (const [id, text] of Object.entries(fields)) type(id, text);"""
CLOSE_ONCE_DRAWN = """const isDrawn = document.body && document.readyState !== 'loading';
if (isDrawn) setTimeout(() => close());
return isDrawn;"""
ENTER = """const why = document.getElementById('why');
why.focus();
why.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));"""
# In the extension's own page: everything it knows, for a test that failed.
KNOWN = """const B = globalThis.browser ?? globalThis.chrome;
const [local, session, queue] = await Promise.all([
  B.storage.local.get(null), B.storage.session.get(null), B.runtime.sendMessage({ kb: 'queue' })]);
return { local, session, queue };"""
SAVE_SELECTION = """const B = globalThis.browser ?? globalThis.chrome;
const kept = Object.entries(await B.storage.session.get(null));
const [, state] = kept.find(([key, value]) => key.startsWith('tab:') && value.url === args[0]);
return B.runtime.sendMessage({ kb: 'capture', tabId: state.tab, selection: true });"""
ON_PAGE = """const B = globalThis.browser ?? globalThis.chrome;
const kept = Object.entries(await B.storage.session.get(null));
const [, state] = kept.find(([key, value]) => key.startsWith('tab:') && value.url === args[0]);
return B.runtime.sendMessage({ kb: args[1], tabId: state.tab });"""
KNOWS_GOALS = """const own = globalThis.browser ?? chrome;
const known = await own.runtime.sendMessage({ kb: 'state' }); // after the popup's own question
return (known?.cache?.goals ?? []).length > 0;"""
GOAL = "return [document.getElementById('goal').value, document.activeElement.id];"
CHOOSE = """const wanted = document.getElementById(args[0]);
wanted.scrollIntoView({ block: 'center' });
getSelection().selectAllChildren(wanted);"""
PAINTED = """return [...CSS.highlights].flatMap(([name, ranges]) =>
  [...ranges].map((range) => [name.replace('kithbook-', ''), range.toString()]));"""
HAS_STRIP = "return document.querySelector('.kithbook-strip-host') !== null;"
LOOK_FOR = """const field = document.getElementById('find');
field.focus();
field.value = args[0];
field.dispatchEvent(new Event('input', { bubbles: true }));"""
FOUND = """const hits = [...document.querySelectorAll('#hits li')].map((row) => row.textContent);
return [document.getElementById('find-status').textContent, hits];"""
ENTER_HIT = """const field = document.getElementById('find');
const about = { key: 'Enter', ctrlKey: args[0], bubbles: true, cancelable: true };
field.dispatchEvent(new KeyboardEvent('keydown', about));"""
ASK = "return (globalThis.browser ?? globalThis.chrome).runtime.sendMessage(args[0]);"


def install(browser: Any, folder: Path) -> None:
    """Loads the extension and closes the welcome page, which would else come to the front at any moment."""
    browser.install(folder)
    browser.close_page("welcome/welcome.html")


def popup_says(browser: Any) -> str:
    """Head, detail and tone of the open popup on one line; empty when it cannot be asked just now."""
    try:
        return " | ".join(browser.in_popup(STATE))
    except (CdpError, MarionetteError):
        return ""


def click(browser: Any, url: str, *, ready: bool = False, head: str = "Saved") -> str:
    """Opens the page, clicks, and waits until the popup's head starts with `head`; returns what it says."""
    browser.open(url)
    if ready:
        until(lambda: browser.run("return document.documentElement.dataset.ready"), f"{url} to be ready")
    return click_here(browser, head=head)


def click_here(browser: Any, *, head: str = "Saved") -> str:
    """Clicks on the page that is open; like `click`."""
    close_popup(browser)  # an open one would only be closed by the click
    browser.click()
    seen = ""

    def is_there() -> str:
        nonlocal seen
        seen = popup_says(browser) or seen
        return seen if seen.startswith(head) else ""

    try:
        return until(is_there, f"the popup to say “{head}”")
    except AssertionError as error:
        raise AssertionError(f"{error}; it said: {seen!r}\n{report(browser)}") from None


def type_in_popup(browser: Any, **fields: str) -> None:
    """Fills fields by their ids: title, why, tag, goal, found."""
    browser.in_popup(TYPE, fields)


def press_enter(browser: Any) -> None:
    """Enter in the field “why”: saves the words and closes the popup."""
    try:
        browser.in_popup(ENTER)
    except (CdpError, MarionetteError):  # it closed before it could answer
        pass
    until(lambda: not browser.has_popup(), "the popup to close")


def close_popup(browser: Any) -> None:
    """Closes the popup when it is open."""
    if browser.has_popup():
        try:
            browser.in_popup("close();")
        except (CdpError, MarionetteError):
            pass
        until(lambda: not browser.has_popup(), "the popup to close")


def close_popup_once_drawn(browser: Any) -> bool:
    """Closes the popup if its document is there; False when it is not yet."""
    try:
        return bool(browser.in_popup(CLOSE_ONCE_DRAWN))
    except (CdpError, MarionetteError):
        return False


def save_selection(browser: Any, url: str) -> None:
    """Has the background save the selection of the tab with that address, as its context menu does."""
    assert browser.in_extension(SAVE_SELECTION, url)["phase"] == "saved"


def highlight(browser: Any, url: str, element: str) -> str:
    """Chooses an element of the open page and highlights it, as the command does; returns its id.

    The button must have been clicked on the page: that lets the extension in.
    """
    browser.run(CHOOSE, element)
    made = browser.in_extension(ON_PAGE, url, "highlight")
    assert made["code"] == "", made
    return str(made["id"])


def ask(browser: Any, url: str, what: str) -> str:
    """Opens the strip that asks for a ``comment`` on the moment of the video, or for a ``tool``; its id.

    The button must have been clicked on the page: that lets the extension in, as the command would.
    """
    made = browser.in_extension(ON_PAGE, url, what)
    assert made["code"] == "", made
    until(lambda: has_strip(browser), "the strip")
    return str(made["id"])


def pick_goal(browser: Any, key: str) -> list[str]:
    """Alt+G and that key in the open popup; then the goal that stands there and the id of the field used."""
    until(lambda: browser.in_popup(KNOWS_GOALS), "the goals in the popup")  # the host may answer late
    browser.press_in_popup("g", alt=True)
    browser.press_in_popup(key)
    return list(browser.in_popup(GOAL))


def painted(browser: Any) -> list[list[str]]:
    """[colour, text] of every passage that is painted on the open page."""
    return sorted(browser.run(PAINTED))


def has_strip(browser: Any) -> bool:
    """Is the strip on the page?"""
    return bool(browser.run(HAS_STRIP))


def look_for(browser: Any, words: str) -> None:
    """Types into the popup's search."""
    browser.in_popup(LOOK_FOR, words)


def found(browser: Any) -> tuple[str, list[str]]:
    """The popup's sentence about the search, and its hits."""
    try:
        said, hits = browser.in_popup(FOUND)
    except (CdpError, MarionetteError):
        return "", []
    return str(said), list(hits)


def enter_hit(browser: Any, *, is_page: bool = False) -> None:
    """Enter on the first hit of the popup's search; with a modifier its page is wanted."""
    try:
        browser.in_popup(ENTER_HIT, is_page)
    except (CdpError, MarionetteError):  # it closed before it could answer
        pass
    until(lambda: not browser.has_popup(), "the popup to close")


def ask_extension(browser: Any, message: dict[str, Any]) -> Any:
    """What the background answers to one of our own pages."""
    return browser.in_extension(ASK, message)


def report(browser: Any) -> str:
    """All the extension knows, as JSON."""
    try:
        return json.dumps(browser.in_extension(KNOWN))[:4000]
    except (CdpError, MarionetteError, AssertionError) as error:
        return f"the extension cannot be asked: {error}"
