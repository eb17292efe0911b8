// @ts-check
// What is said beside a page's capture: highlights, comments on a moment, tools. Finds the capture, or begins one.
// Surprising: a message is written down before its page is sent: the library waits with it until the page is there.

import { urlKey } from "./urls.js";

/** A save of the same tab and address that is no older speaks of the page as it is now. */
const SAME_PAGE_MS = 2 * 60 * 60 * 1000;

export class Beside {
  /** @param {{courier: any, clicks: any, save: (tab: any) => any, counted: () => any, now?: () => number}} parts `save` starts a click */
  constructor({ courier, clicks, save, counted, now = Date.now }) {
    Object.assign(this, { courier, clicks, save, counted, now });
    this.last = 0;
  }

  /** The capture that something said of this tab belongs to; begins one when there is none. `isLinkEnough`: of its link will do. */
  async captureOf(tab, isLinkEnough = false) {
    const last = await this.clicks.stateOf(tab.id);
    const isReadable = last && !last.isLink && (isLinkEnough || !last.note);
    const isUsable = isReadable && last.url === tab.url && !["failed", "refused"].includes(last.phase);
    if (isUsable && this.now() - last.at < SAME_PAGE_MS) return { of: last.id, isNew: false };
    // A page that goes on to the next video by itself: what was said of the last one belongs to its link.
    const state = await (tab.isGone ? this.clicks.saveLink(tab.url, tab.title, tab) : this.save(tab));
    return { of: state.id, isNew: true };
  }

  /** The fields by which a message names its page. */
  about(tab, of) {
    return { of, url_key: urlKey(tab.url ?? "") };
  }

  /** Writes a message down. */
  async keep(op, message, isPrivate) {
    this.last = Math.max(this.now(), this.last + 1); // two in one millisecond keep their order
    const head = { id: message.id, op, made: this.last, isPrivate: Boolean(isPrivate), isHeld: false, attempts: 0, code: "" };
    await this.courier.keep({ ...head, message, payload: new Uint8Array(0) });
  }

  /** Sends it after its page; resolves to whether it waits in this browser. */
  async send(tab, of, id) {
    const running = this.clicks.running.get(tab.id);
    if (running?.state.id === of) await running.end;
    await this.courier.drain();
    await this.counted();
    return (await this.courier.waiting()).some((head) => head.id === id);
  }
}
