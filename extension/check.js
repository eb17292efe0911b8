// @ts-check
// The connection to Kithbook in words: which step helps in which state. Pure.

/**
 * @param {string} code "" when the host answered
 * @param {{library?: boolean, host?: {version?: string}}|null} reply of `hello`
 * @returns {{tone: string, icon: string, head: string, detail: string, steps: string[]}} keys of the word list
 */
export function connection(code, reply) {
  if (!code) {
    const detail = reply?.library === false ? "check_ready_new" : "check_ready_detail";
    return { tone: "ok", icon: "circle-check", head: "check_ready", detail, steps: [] };
  }
  const known = {
    "no-host": ["bad", "wifi-off", "check_no_host", "check_no_host_detail", ["step_install", "step_connect", "step_again"]],
    "not-allowed": ["warn", "triangle-alert", "check_not_allowed", "check_not_allowed_detail", ["step_connect", "step_again"]],
    version: ["warn", "triangle-alert", "check_version", "check_version_detail", ["step_update"]],
    "disk-full": ["warn", "triangle-alert", "check_disk", "code_disk_full", []],
  }[code] ?? ["warn", "triangle-alert", "check_failed", "check_failed_detail", ["step_open", "step_connect"]];
  const [tone, icon, head, detail, steps] = known;
  return { tone, icon, head, detail, steps };
}
