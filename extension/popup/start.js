// Not a module, so that it runs before anything else: opening the popup is the click that saves. The click is told
// twice, because a popup that closes at once may take its message with it; its id makes them one.
"use strict";
(() => {
  const B = globalThis.browser ?? globalThis.chrome;
  const id = crypto.randomUUID();
  globalThis.kithbookClick = B.runtime.sendMessage({ kb: "clicked", id });
  B.storage.session.set({ click: { id, at: Date.now() } });
})();
