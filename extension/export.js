// @ts-check
// The queue as one file that the person can keep: every waiting capture whole, in JSON.

import { toBase64 } from "./messages.js";

/** @returns {Promise<{name: string, text: string, count: number}>} */
export async function exportQueue(courier, now = new Date()) {
  const heads = await courier.waiting();
  const jobs = [];
  for (const head of heads) {
    const payload = await courier.payload(head);
    jobs.push({ op: head.op, made: new Date(head.made).toISOString(), message: head.message, payload: toBase64(payload) });
  }
  const name = `kithbook-waiting-${now.toISOString().slice(0, 10)}.json`;
  return { name, count: jobs.length, text: `${JSON.stringify({ format: "kithbook-queue", version: 1, jobs }, null, 1)}\n` };
}
