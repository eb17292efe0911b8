// @ts-check
// The popup: what became of the click, in words, and the person's own words for it.
// Surprising: it saves nothing itself. The click has been told before this file is read, and each key press is handed
// to the background, which sends it when the popup is gone, however it went.

import { B, NAMES, browserName } from "../browser.js";
import { age, day, hour, localise, many, t, marked, tenths } from "../i18n.js";
import { Search } from "../search/search.js";
import { describe, marksNote } from "../words.js";
import { Completion } from "./completion.js";
import { GoalKeys } from "./goalkeys.js";
import { suggest } from "./suggest.js";
import { Tags } from "./tags.js";

const SHOWN = 3; // rows of the waiting list
const browser = NAMES[browserName().name] ?? "Chromium";
const byId = (id) => /** @type {any} */ (document.getElementById(id));
const form = { title: byId("title"), why: byId("why"), goal: byId("goal"), found_through: byId("found") };
const touched = new Set();

let state = null; // of the click, as the background tells it
let cache = { tags: [], goals: [], waiting: 0 };
let heads = []; // captures that wait
let port = null;
let isFilled = false;

localise();
const tags = new Tags(byId("tags"), () => cache.tags, () => onTyped("tags"));
const goals = new Completion(form.goal, { choices: goalChoices, take: takeGoal });
const goalKeys = new GoalKeys({ field: form.goal, list: goals, skills: () => cache.goals.map((goal) => goal.skill), take: takeGoal });

const search = new Search({ input: byId("find"), list: byId("hits"), status: byId("find-status"), changed: onSearching, opened: () => close() });

/** While there is something to look for, the hits stand where the words are asked for. */
function onSearching(isSearching) {
  document.body.classList.toggle("searching", isSearching);
  if (isSearching) byId("note").textContent = t("find_keys");
  else if (state) showView(describe(state, say()).view);
}

function goalChoices(typed) {
  const own = cache.goals.map((goal) => goal.skill);
  const choices = suggest(own, typed, []).map((value) => ({ value }));
  const name = typed.trim();
  const isNew = name && !own.some((skill) => skill.toLowerCase() === name.toLowerCase());
  return isNew ? [...choices, { value: name, label: t("new_goal", name) }] : choices;
}

function takeGoal(value) {
  form.goal.value = value;
  onTyped("goal");
}

/** Shows a click's state, whichever comes: from the answer to the click, or told later. */
export function show(next, waiting = heads) {
  heads = waiting;
  if (!next) return;
  if (next.id !== state?.id) isFilled = false;
  state = next;
  fill();
  const words = describe(state, say());
  byId("state").className = `tone-${words.tone}`;
  byId("state-icon").className = `icon large icon-${words.icon}`;
  byId("state-head").textContent = words.head;
  byId("state-detail").textContent = words.detail;
  byId("marks-note").textContent = marksNote(state, { t, many });
  byId("marks-note").hidden = !byId("marks-note").textContent;
  showView(words.view);
}

const say = () => ({ t, many, day, hour, tenths, browser, waiting: Math.max(heads.length, state?.phase === "waiting" ? 1 : 0) });

function showView(view) {
  const isForm = view === "form";
  byId("missing").hidden = view !== "missing";
  byId("waiting").hidden = view !== "waiting" || heads.length === 0;
  if (byId("words").classList.contains("always") !== isForm) byId("words").open = isForm || touched.size > 0;
  byId("words").classList.toggle("always", isForm);
  byId("show").hidden = state.phase !== "saved";
  byId("export").hidden = isForm;
  byId("retry").hidden = isForm;
  byId("retry").textContent = t(view === "missing" ? "check_again" : "try_now");
  byId("keep").hidden = !isForm && !byId("words").open;
  if (!search.words) byId("note").textContent = isForm ? t("keys_hint") : view === "missing" ? t("code", state.code) : t("nothing_dropped");
  if (!document.activeElement?.checkVisibility() || document.activeElement === document.body) byId(view === "missing" ? "guide" : isForm ? "why" : "retry").focus();
  if (view === "waiting") byId("waiting").replaceChildren(...heads.slice(-SHOWN).reverse().map(waitingRow));
}

function waitingRow(head) {
  const row = document.createElement("li");
  const icon = document.createElement("span");
  icon.className = "icon icon-file-text";
  icon.setAttribute("aria-hidden", "true");
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = head.message.title || head.message.url;
  const when = document.createElement("span");
  when.className = "when";
  when.textContent = age(head.made);
  row.append(icon, name, when);
  return row;
}

/** Puts what is known into the fields, once; what the person has touched is theirs. */
function fill() {
  if (!touched.has("title")) form.title.value = state.fields.title || state.title;
  if (isFilled) return;
  isFilled = true;
  for (const name of ["why", "goal", "found_through"]) if (!touched.has(name)) form[name].value = state.fields[name];
  if (!touched.has("tags")) tags.value = state.fields.tags;
  if (touched.size) sendFields();
}

function onTyped(name) {
  touched.add(name);
  sendFields();
}

function sendFields() {
  if (!state) return Promise.resolve();
  const fields = { title: touched.has("title") ? form.title.value : state.fields.title, why: form.why.value, tags: tags.value, goal: form.goal.value, found_through: form.found_through.value };
  if (port) port.postMessage({ tab: state.tab, of: state.id });
  return B.runtime.sendMessage({ kb: "fields", of: state.id, isPrivate: state.isPrivate, fields, touched: [...touched] });
}

async function keep() {
  tags.add(byId("tag").value);
  if (touched.size) {
    if (!state) await showFirst(); // a fast typist is ahead of the answer to the click
    if (!state) return; // it stays open: nothing typed is lost
    await sendFields();
    await B.runtime.sendMessage({ kb: "keep", of: state.id });
  }
  close();
}

function openPage(page) {
  B.tabs.create({ url: B.runtime.getURL(page) });
  close();
}

async function showInKithbook() {
  const { code } = await B.runtime.sendMessage({ kb: "show", id: state.id });
  if (code) byId("note").textContent = t(code === "desktop-closed" ? "show_closed" : "show_failed");
  else close();
}

/** The question for the tool stands on the page: the popup makes room for it. What was typed here is sent as it closes. */
async function addTool() {
  if (!state) return;
  const { code, said } = await B.runtime.sendMessage({ kb: "tool", tabId: state.tab });
  if (code) byId("note").textContent = said;
  else close();
}

async function retry() {
  byId("retry").disabled = true;
  byId("note").textContent = t("trying");
  heads = (await B.runtime.sendMessage({ kb: "retry" })) ?? [];
  byId("retry").disabled = false;
  const { state: now } = await B.runtime.sendMessage({ kb: "state", tabId: state.tab });
  show(now, heads);
}

function listen() {
  for (const [name, field] of Object.entries(form)) field.addEventListener("input", () => onTyped(name));
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
  form.goal.addEventListener("keydown", (event) => {
    if (goals.onKey(event)) event.preventDefault();
  });
  byId("goal-field").addEventListener("mousedown", (event) => {
    if (event.target === form.goal) return;
    event.preventDefault();
    form.goal.focus();
    goals.open(true);
  });
  form.why.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    keep();
  });
  document.addEventListener("keydown", (event) => {
    if (!byId("words").open || search.words || !goalKeys.onKey(event)) return;
    event.preventDefault();
    event.stopPropagation(); // a number that chooses is no number in the field
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
    // "/" in a field that is empty is no beginning of a sentence; in one with words it is a letter.
    const isWriting = event.target instanceof HTMLElement && event.target.matches("input, textarea") && /** @type {any} */ (event.target).value !== "";
    if (event.key === "/" && !isWriting && !event.isComposing) {
      event.preventDefault();
      byId("find").focus();
    }
  });
  byId("words").addEventListener("toggle", () => { if (state) byId("keep").hidden = !byId("words").open; });
  byId("guide").addEventListener("click", () => openPage("welcome/welcome.html"));
  byId("export").addEventListener("click", () => openPage("options/options.html#export"));
  byId("retry").addEventListener("click", retry);
  byId("show").addEventListener("click", showInKithbook);
  byId("tool").addEventListener("click", addTool);
}

/** The background hears by this port that the popup is gone. It may end meanwhile; then a new port wakes it. */
function connect() {
  port = B.runtime.connect({ name: "popup" });
  port.onMessage.addListener((message) => {
    if (message.kb === "state" && (!state || message.state.id === state.id)) show(message.state);
    if (message.kb === "waiting") show(state, message.waiting);
  });
  port.onDisconnect.addListener(() => connect());
  if (state) port.postMessage({ tab: state.tab, of: state.id });
}

async function showFirst() {
  const first = await globalThis.kithbookClick.catch(() => null);
  if (first && !first.error && !state) show(first);
}

async function begin() {
  listen();
  marked(byId("step-install"), t("step_install"));
  marked(byId("step-connect"), t("step_connect", browser));
  byId("words").classList.add("always");
  form.why.focus();
  const kept = await B.storage.local.get("cache"); // the first frame is drawn from here, before the host is asked
  cache = { ...cache, ...kept.cache };
  await showFirst();
  connect();
  const known = await B.runtime.sendMessage({ kb: "state", tabId: state?.tab });
  cache = { ...cache, ...known.cache };
  show(known.state?.id === state?.id ? known.state : state, known.waiting.filter((head) => head.op === "capture" && !head.isHeld));
  B.storage.local.onChanged.addListener((changes) => {
    if (changes.cache?.newValue) cache = { ...cache, ...changes.cache.newValue };
  });
}

begin();
