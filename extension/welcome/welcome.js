// @ts-check
// The first page after the installation: is Kithbook there, is the button in sight, does a capture arrive?

import { B, FAMILY, NAMES, browserName } from "../browser.js";
import { connection } from "../check.js";
import { day, hour, localise, many, marked, t, tenths } from "../i18n.js";
import { PAGE_LIMITS, serialisePage } from "../serialize.js";
import { describe } from "../words.js";

const AGAIN_MS = 3_000;
const browser = NAMES[browserName().name] ?? "Chromium";
const byId = (id) => /** @type {any} */ (document.getElementById(id));
let isReady = false;

/** Shows an answer of the host check. */
export function showConnection(code, reply) {
  const words = connection(code, reply);
  isReady = !code;
  byId("connection").className = `banner tone-${words.tone}`;
  byId("connection-icon").className = `icon large icon-${words.icon}`;
  byId("connection-head").textContent = t(words.head, browser);
  byId("connection-detail").textContent = t(words.detail, browser, reply?.host?.version ?? "");
  byId("connection-steps").hidden = words.steps.length === 0;
  byId("connection-steps").replaceChildren(...words.steps.map((key) => {
    const item = document.createElement("li");
    marked(item, t(key, browser));
    return item;
  }));
  byId("connection-code").textContent = code ? t("code", code) : "";
  done("connect", isReady);
}

function done(step, isDone) {
  const number = byId(`${step}-number`);
  number.classList.toggle("done", isDone);
  number.setAttribute("aria-label", isDone ? t("step_done") : "");
}

async function check() {
  const { code, reply } = await B.runtime.sendMessage({ kb: "check" });
  showConnection(code, reply);
  const { os } = await B.runtime.getPlatformInfo();
  byId("sandbox").hidden = !(code === "no-host" && os === "linux");
}

async function checkPin() {
  const settings = await B.action.getUserSettings?.().catch(() => null);
  const isPinned = settings?.isOnToolbar ?? false;
  byId("pin-state").textContent = t(isPinned ? "pin_done" : "pin_head");
  byId("pin-how").textContent = t(isPinned ? "pin_done_detail" : FAMILY === "firefox" ? "pin_firefox" : "pin_chromium");
  done("pin", isPinned);
}

async function test() {
  byId("test").disabled = true;
  byId("test-result").textContent = t("saving");
  const state = await B.runtime.sendMessage({ kb: "test", page: serialisePage(PAGE_LIMITS) });
  byId("test").disabled = false;
  if (!state?.phase) {
    byId("test-result").textContent = t("test_failed");
    return;
  }
  const words = describe(state, { t, many, day, hour, tenths, browser, waiting: 1 });
  byId("test-result").textContent = `${words.head}. ${words.detail}`;
  done("save", state.phase === "saved");
}

async function shortcut() {
  const [command] = (await B.commands.getAll()).filter((each) => each.name === "_execute_action");
  return command?.shortcut || t("no_shortcut");
}

async function begin() {
  localise();
  marked(byId("sandbox-text"), t("sandbox_firefox"));
  marked(byId("sandbox-chromium"), t("sandbox_chromium"));
  byId("private").textContent = t("private_note", browser);
  marked(byId("save-how"), t("welcome_save_how", await shortcut()));
  byId("check").addEventListener("click", check);
  byId("test").addEventListener("click", test);
  byId("options").addEventListener("click", () => B.runtime.openOptionsPage());
  await Promise.all([check(), checkPin()]);
  setInterval(() => {
    if (document.visibilityState !== "visible") return;
    checkPin();
    if (!isReady) check(); // the page notices by itself when Kithbook has come
  }, AGAIN_MS);
}

begin();
