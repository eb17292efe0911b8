// @ts-check
// The mark on the toolbar button: a tick on a tab that was just saved, else the number of captures that wait.

const COLOURS = { saved: "#1B5E5A", link: "#8A5A00", waiting: "#8A5A00", text: "#FFFFFF" };

export class Badge {
  constructor(B) {
    this.B = B;
  }

  /** Marks the tab of a click. A tab that leaves its page loses the mark by itself. */
  async show(state) {
    if (state.tab < 0 || state.phase === "sending") return;
    const isSaved = state.phase === "saved";
    await this.#set({ tabId: state.tab, text: isSaved ? "✓" : "" }, state.note ? COLOURS.link : COLOURS.saved, state.tab);
  }

  /** A page on which nothing can be done; the button's own words say why until the tab leaves it. */
  async refuse(tabId, title) {
    await this.#set({ tabId, text: "!" }, COLOURS.waiting, tabId);
    await this.B.action.setTitle({ tabId, title }).catch(() => {});
  }

  async count(number) {
    await this.#set({ text: number ? String(number) : "" }, COLOURS.waiting);
  }

  async #set(text, color, tabId) {
    const where = tabId === undefined ? {} : { tabId };
    const { action } = this.B;
    // A tab closed meanwhile is no reason to fail a save.
    await Promise.all([
      action.setBadgeText(text.text || tabId === undefined ? text : { ...text, text: null }),
      action.setBadgeBackgroundColor({ color, ...where }),
      action.setBadgeTextColor?.({ color: COLOURS.text, ...where }),
    ]).catch(() => {});
  }
}
