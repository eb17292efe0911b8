// @ts-check
// Options: the shortcut, the queue, the permission for other sites' frames, private windows.

import { B, FAMILY, NAMES, browserName } from "../browser.js";
import { connection } from "../check.js";
import { age, localise, many, t } from "../i18n.js";
import { codeKey } from "../words.js";

const ALL_SITES = { origins: ["<all_urls>"] };
const REFUSED = "bad-request";
/** What waits and is no capture, by its operation. */
const OTHERS = { update: "queue_update", annotate: "queue_annotate", "timed-comment": "queue_comment", tool: "queue_tool" };
const browser = NAMES[browserName().name] ?? "Chromium";
const byId = (id) => /** @type {any} */ (document.getElementById(id));

async function showShortcut() {
  const keys = Object.fromEntries((await B.commands.getAll()).map(({ name, shortcut }) => [name, shortcut]));
  byId("shortcut").textContent = keys._execute_action || t("no_shortcut");
  byId("shortcut-marks").textContent = keys.highlight || t("no_shortcut");
  byId("shortcut-comments").textContent = keys.comment || t("no_shortcut");
  byId("shortcut-how").textContent = t(FAMILY === "firefox" ? "shortcut_firefox" : "shortcut_chromium");
}

function changeShortcut() {
  if (B.commands.openShortcutSettings) B.commands.openShortcutSettings();
  else B.tabs.create({ url: "chrome://extensions/shortcuts" });
}

async function showConnection() {
  const { code, reply } = await B.runtime.sendMessage({ kb: "check" });
  const words = connection(code, reply);
  byId("connection").textContent = `${t(words.head, browser)} ${t(words.detail, browser, reply?.host?.version ?? "")}`;
}

const reason = (head) => (head.code === REFUSED ? t("refused") : !head.code ? t("queue_not_tried") : ["no-host", "not-allowed"].includes(head.code) ? t(head.code === "no-host" ? "missing" : "not_allowed", browser) : t(codeKey(head.code)));

function row(head) {
  const line = document.createElement("tr");
  const cell = (text) => {
    const td = document.createElement("td");
    td.textContent = text;
    line.append(td);
    return td;
  };
  cell(OTHERS[head.op] ? t(OTHERS[head.op]) : head.message.title || head.message.url);
  cell(age(head.made));
  cell(reason(head));
  const act = cell("");
  act.className = "act";
  if (head.code === REFUSED) act.append(removeButton(head));
  return line;
}

/** Only what the host will never take can be removed, and only by pressing twice. */
function removeButton(head) {
  const button = document.createElement("button");
  button.className = "button slim danger";
  button.textContent = t("remove");
  button.addEventListener("click", async () => {
    if (button.textContent === t("remove")) {
      button.textContent = t("remove_for_good");
      return;
    }
    await B.runtime.sendMessage({ kb: "remove", id: head.id });
    showQueue();
  });
  return button;
}

async function showQueue() {
  const heads = await B.runtime.sendMessage({ kb: "queue" });
  byId("queue-state").textContent = heads.length ? many("queued", heads.length) : t("queue_empty");
  byId("queue").hidden = heads.length === 0;
  byId("export").disabled = heads.length === 0;
  byId("retry").disabled = heads.length === 0;
  byId("queue-rows").replaceChildren(...heads.map(row));
}

async function retry() {
  byId("queue-result").textContent = t("trying");
  await B.runtime.sendMessage({ kb: "retry" });
  byId("queue-result").textContent = "";
  await showQueue();
}

async function exportQueue() {
  const { name, text, count } = await B.runtime.sendMessage({ kb: "export" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  byId("queue-result").textContent = t("exported", many("queued", count), name);
}

async function showFrames() {
  const isGiven = await B.permissions.contains(ALL_SITES);
  byId("frames").textContent = t(isGiven ? "frames_take_back" : "frames_allow");
  byId("frames-state").textContent = t(isGiven ? "frames_given" : "frames_not_given");
}

async function changeFrames() {
  // Asked first thing in the click: a browser takes the question only from a gesture.
  const isGiven = byId("frames-state").textContent === t("frames_given");
  await (isGiven ? B.permissions.remove(ALL_SITES) : B.permissions.request(ALL_SITES));
  await showFrames();
}

async function begin() {
  localise();
  byId("version").textContent = t("version", B.runtime.getManifest().version);
  byId("private").textContent = t("private_note", browser);
  byId("private-state").textContent = t((await B.extension.isAllowedIncognitoAccess()) ? "private_allowed" : "private_not_allowed");
  byId("change-shortcut").addEventListener("click", changeShortcut);
  byId("retry").addEventListener("click", retry);
  byId("export").addEventListener("click", exportQueue);
  byId("frames").addEventListener("click", changeFrames);
  byId("welcome").addEventListener("click", () => B.tabs.create({ url: B.runtime.getURL("welcome/welcome.html") }));
  B.storage.local.onChanged.addListener((changes) => changes.cache && showQueue());
  await Promise.all([showShortcut(), showQueue(), showFrames(), showConnection()]);
  if (location.hash === "#export") await exportQueue();
}

begin();
