// @ts-check
// Wires the browser's events to the rest; holds no logic of its own. Chromium runs it as a service worker, Firefox as
// an event page: both may end at any moment between two events, so everything that matters is in storage.
//
// Messages it answers (from our own pages only; also the way to drive it in tests), all {kb: …}:
//   clicked {id}            the popup opened: save the active tab; → state
//   capture {tabId?, selection?}  save a tab to the end (a script may use it where activeTab was granted); → state
//   state {tabId?}          → {state, cache, waiting: heads}
//   fields {of, fields, touched}  what stands in the popup now (a draft)
//   keep {of}               send the draft as an update; → {sent}
//   queue | retry | export | remove {id}
//   check                   → {code: ""|error code, reply}
//   test {page}             save a document of our own; → state
//   show {id}               bring Kithbook to the front; → {code}
//   find {q, limit}         ask the library; → {code, results, said, total}
//   highlight {tabId?}      highlight what is chosen in a tab, as the command and the menu do; → {id, code}
//   comment {tabId?}        ask for a comment on the moment of the video in a tab, likewise; → {id, code}
//   tool {tabId?}           ask for a tool of the page in a tab, likewise; → {id, code, said}
// And from a page on which we have just put a strip, by our own script in it:
//   mark {id, change}       colour, comment or removal, from the strip of a highlight
//   asked {id, values}      what was typed into the strip of a comment or a tool; → {said}

import { B, browserName } from "./browser.js";
import { Asks } from "./asks.js";
import { Badge } from "./badge.js";
import { Beside } from "./beside.js";
import { Clicks } from "./clicks.js";
import { Courier } from "./courier.js";
import { exportQueue } from "./export.js";
import { Memory } from "./memory.js";
import { Marks } from "./marks.js";
import { fromBase64, toBase64 } from "./messages.js";
import { Host } from "./native.js";
import { Omnibox, find } from "./omnibox.js";
import { MemoryQueue, Queue } from "./queue.js";

const RETRY = "retry";
const RETRY_MINUTES = 5;
const WELCOME = "welcome/welcome.html";

const memory = new Memory(B.storage.local, B.storage.session);
const host = new Host(B.runtime, introduce);
const queue = new Queue();
const privately = new MemoryQueue(B.storage.session, toBase64, fromBase64);
const courier = new Courier({ queue, memory: privately, host, told: async (head, outcome) => clicks.told(head, outcome).catch(() => {}) });
const badge = new Badge(B);
const clicks = new Clicks({ B, memory, courier, host, publish, counted: count });
const beside = new Beside({ courier, clicks, counted: count, save: (tab) => begin(tab, { again: true }) });
const marks = new Marks({ B, memory, courier, host, clicks, beside, counted: count });
const asks = new Asks({ B, memory, beside });
const popups = new Set(); // ports of open popups; each knows the capture it shows as `of`

/** What the host records for the connect page. */
async function introduce() {
  const { name, version } = browserName();
  const [settings, isPrivateAllowed] = await Promise.all([
    B.action.getUserSettings?.().catch(() => null),
    B.extension.isAllowedIncognitoAccess(),
  ]);
  return {
    browser: name, version, pinned: settings?.isOnToolbar ?? null, private_allowed: isPrivateAllowed,
    extension_version: B.runtime.getManifest().version,
  };
}

function publish(state) {
  for (const port of popups) {
    if (port.tab === state.tab) port.postMessage({ kb: "state", state });
  }
  badge.show(state);
}

/** Counts what waits, for badge, popup and the alarm that tries again. */
async function count() {
  const all = await courier.waiting();
  const waiting = all.filter((head) => head.op === "capture" && !head.isHeld);
  await Promise.all([badge.count(waiting.length), memory.keepCache({ waiting: waiting.length })]);
  if (all.length) await B.alarms.create(RETRY, { periodInMinutes: RETRY_MINUTES });
  else await B.alarms.clear(RETRY);
  for (const port of popups) port.postMessage({ kb: "waiting", waiting });
  return waiting;
}

async function activeTab() {
  const [tab] = await B.tabs.query({ active: true, lastFocusedWindow: true });
  return tab ?? null;
}

/** Sends drafts whose popup is gone without a word: the background ended before it could hear of it. */
async function sendOrphans() {
  const shown = new Set([...popups].map((port) => port.of));
  for (const draft of await memory.drafts()) if (!shown.has(draft.of)) await clicks.keepWords(draft.of);
}

async function tryAgain() {
  await sendOrphans();
  await courier.drain();
  return count();
}

/** The save that a click starts; counts when it is over. */
async function begin(tab, options) {
  const state = await clicks.start(tab, options);
  const end = clicks.running.get(tab.id)?.end ?? Promise.resolve();
  end.then(() => courier.drain()).then(count, count);
  // Asked after the save: the host answers in turn, and a desktop that is slow to answer must not hold up a page.
  end.then(() => marks.repaint(tab, state.id)).catch(() => {}); // a page that lets nobody in has nothing painted on it
  return state;
}

/** What commands and the context menu do on a page, by their names. Where nobody is let in, the button says so. */
const ACTS = {
  highlight: (tab) => marks.highlight(tab).then((made) => ({ ...made, said: B.i18n.getMessage("mark_unreadable") })),
  comment: (tab) => asks.comment(tab).then((made) => ({ ...made, said: B.i18n.getMessage("comment_unreadable") })),
  tool: (tab) => asks.tool(tab),
};

async function act(name, tab) {
  const made = await ACTS[name](tab);
  if (made.code === "unreadable") await badge.refuse(tab.id, made.said);
  return made;
}

const actOn = (name) => async ({ tabId }) => act(name, tabId === undefined ? await activeTab() : await B.tabs.get(tabId));

async function clicked(id) {
  const tab = await activeTab();
  return tab ? begin(tab, { id }) : null;
}

async function saveTab(tabId, selection) {
  const tab = tabId === undefined ? await activeTab() : await B.tabs.get(tabId);
  const state = await clicks.save(tab, { asked: selection ? "selection" : "page", again: true });
  await count();
  return state;
}

async function check() {
  try {
    const reply = await host.request({ op: "hello", id: crypto.randomUUID(), ...(await introduce()) });
    await memory.keepCache({ host: { code: "", version: reply.host?.version ?? "" } });
    return { code: "", reply };
  } catch (error) {
    await memory.keepCache({ host: { code: error.code, version: "" } });
    return { code: error.code ?? "host-gone", reply: null };
  }
}

const ANSWERS = {
  clicked: ({ id }) => clicked(id),
  capture: ({ tabId, selection }) => saveTab(tabId, selection),
  state: async ({ tabId }) => {
    const tab = tabId ?? (await activeTab())?.id;
    const [cache, waiting] = await Promise.all([memory.cache(), courier.waiting()]);
    return { state: await clicks.stateOf(tab), cache, waiting }; // read last: meanwhile the port may have told more
  },
  fields: async ({ of, isPrivate, fields, touched }) => {
    await Promise.all([memory.keepDraft({ of, isPrivate, fields, touched }), clicks.noteFields(of, fields)]);
  },
  keep: async ({ of }) => ({ sent: await clicks.keepWords(of) }),
  queue: () => courier.waiting(),
  retry: () => tryAgain(),
  export: () => exportQueue(courier),
  remove: async ({ id }) => {
    await Promise.all([queue.remove(id), privately.remove(id)]);
    return count();
  },
  check,
  test: async ({ page }, sender) => {
    const state = await clicks.saveOwn(sender.tab, page);
    await count();
    return state;
  },
  find: ({ q, limit }) => find(host, q, limit),
  highlight: actOn("highlight"),
  comment: actOn("comment"),
  tool: actOn("tool"),
  show: async ({ id }) => host.request({ op: "show", id }).then(() => ({ code: "" }), (error) => ({ code: error.code })),
};

const STRIPS = {
  mark: ({ id, change }, sender) => marks.change(id, change, sender),
  asked: ({ id, values }, sender) => asks.answered(id, values, sender),
};

B.runtime.onMessage.addListener((message, sender, answer) => {
  const isOurs = sender.id === B.runtime.id && (sender.url ?? "").startsWith(B.runtime.getURL(""));
  const isStrip = sender.id === B.runtime.id && Boolean(sender.tab) && Object.hasOwn(STRIPS, message?.kb);
  const answering = isStrip ? STRIPS[message.kb] : isOurs ? ANSWERS[message?.kb] : null;
  if (!answering) return false;
  Promise.resolve(answering(message, sender)).then(
    (value) => answer(value ?? null),
    (error) => answer({ error: String(error?.message ?? error) }),
  );
  return true; // the answer comes later
});

B.runtime.onConnect.addListener((port) => {
  if (port.name !== "popup") return;
  popups.add(port);
  port.onMessage.addListener((message) => {
    port.tab = message.tab ?? port.tab;
    port.of = message.of ?? port.of;
  });
  port.onDisconnect.addListener(() => {
    popups.delete(port);
    if (port.of) clicks.keepWords(port.of);
  });
});

// A popup that is closed at once may take its message with it: the same click also arrives through the storage.
B.storage.session.onChanged.addListener((changes) => {
  const click = changes.click?.newValue;
  if (click) clicked(click.id);
});

B.runtime.onInstalled.addListener(async ({ reason }) => {
  await B.contextMenus.removeAll();
  const menu = (id, contexts) => B.contextMenus.create({ id, contexts, title: B.i18n.getMessage(`menu_${id}`) });
  menu("page", ["page", "frame", "editable", "image", "video", "audio"]);
  menu("link", ["link"]);
  menu("highlight", ["selection"]);
  menu("selection", ["selection"]);
  menu("comment", ["video", "audio", "page", "frame"]);
  menu("tool", ["page", "frame"]);
  if (reason === "install") await B.tabs.create({ url: WELCOME });
});

B.contextMenus.onClicked.addListener(async (info, tab) => {
  if (info.menuItemId === "link") {
    const saved = await clicks.saveLink(info.linkUrl, info.linkText ?? info.selectionText ?? "", tab);
    badge.show({ ...saved, tab: tab?.id ?? -1 });
    await count();
  } else if (info.menuItemId in ACTS) {
    await act(info.menuItemId, tab);
  } else {
    await begin(tab, { asked: info.menuItemId === "selection" ? "selection" : "page" });
  }
});

B.commands.onCommand.addListener(async (name, tab) => {
  const target = tab ?? (await activeTab()); // Firefox before 126 told no tab
  if (name in ACTS && target) await act(name, target);
});

new Omnibox({ B, host, session: B.storage.session }).listen();
B.alarms.onAlarm.addListener((alarm) => (alarm.name === RETRY ? tryAgain() : null));
B.runtime.onStartup.addListener(() => tryAgain());
B.tabs.onRemoved.addListener((tabId) => memory.forgetTab(tabId));
