// @ts-check
// The search as a page of its own: where "kb" and a few words in the address bar lead.

import { localise, t } from "../i18n.js";
import { Search } from "./search.js";

const byId = (id) => /** @type {any} */ (document.getElementById(id));

localise();
const search = new Search({ input: byId("find"), list: byId("hits"), status: byId("find-status"), changed: rename });

function rename() {
  document.title = search.words ? t("search_for", search.words) : t("search_title");
}

byId("find").value = new URLSearchParams(location.search).get("q") ?? "";
byId("find").focus();
search.ask();
