// @ts-check
// The moment at which a video or sound on the page stands, and the line that is heard. Runs inside the page.
// Surprising: most players draw their captions themselves, so the line is also looked for over the picture.

/**
 * @returns {{seconds: number, caption: string, isPlaying: boolean, area: number, box: {left: number, top: number, width: number, height: number}}|null}
 *   null when there is no video and no sound
 */
export function readMoment() {
  const LATE = 4; // seconds after its end in which a caption is still what was just heard
  const LONGEST = 500;
  const DRAWN = '[class*="caption" i],[class*="subtitle" i],[class*="cue" i],[data-testid*="caption" i],[data-testid*="subtitle" i]';
  const areaOf = ({ width, height }) => Math.max(0, width) * Math.max(0, height);
  const isPlaying = (element) => !element.paused && !element.ended;
  const tidy = (text) => text.replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim().slice(0, LONGEST);

  const all = [];
  const collect = (root) => {
    all.push(...root.querySelectorAll("video,audio"));
    for (const element of root.querySelectorAll("*")) {
      const api = globalThis.browser ?? globalThis.chrome;
      const inner = element.shadowRoot ?? (element.localName.includes("-") ? api?.dom?.openOrClosedShadowRoot?.(element) : null);
      if (inner) collect(inner);
    }
  };
  collect(document);
  const media = all.filter((element) => element.readyState > 0 || element.currentSrc || element.currentTime > 0);
  const rank = (element) => Number(isPlaying(element)) * 4 + Number(element.currentTime > 0) * 2 + Number(element.localName === "video");
  media.sort((a, b) => rank(b) - rank(a) || areaOf(b.getBoundingClientRect()) - areaOf(a.getBoundingClientRect()));
  const main = media[0];
  if (!main) return null;
  const rect = main.getBoundingClientRect();

  function fromTracks() {
    const spoken = [...main.textTracks].filter((track) => /^(subtitles|captions)$/.test(track.kind) && track.cues?.length);
    spoken.sort((a, b) => Number(b.mode === "showing") - Number(a.mode === "showing"));
    const cues = [...(spoken[0]?.cues ?? [])];
    const now = cues.filter((cue) => cue.startTime <= main.currentTime && main.currentTime < cue.endTime);
    const before = cues.filter((cue) => cue.endTime <= main.currentTime && main.currentTime - cue.endTime < LATE).slice(-1);
    return tidy((now.length ? now : before).map((cue) => cue.text ?? "").join(" "));
  }

  /** What stands over the picture and calls itself a caption: the innermost of it, in its order. */
  function fromPicture() {
    const root = main.getRootNode();
    const isOver = (element) => {
      const box = element.getBoundingClientRect();
      const across = box.left + box.width / 2;
      return areaOf(box) > 0 && across > rect.left && across < rect.right && box.top >= rect.top - 1 && box.bottom <= rect.bottom + 1;
    };
    const drawn = [...root.querySelectorAll(DRAWN)].filter((element) => {
      const isButton = element.closest("button,a,[role='button'],[role='menu'],menu,label,select");
      return !isButton && isOver(element) && element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false && element.innerText?.trim();
    });
    const innermost = drawn.filter((element) => !drawn.some((other) => other !== element && element.contains(other)));
    return tidy(innermost.map((element) => element.innerText).join(" "));
  }

  const seconds = Number.isFinite(main.currentTime) ? Math.round(main.currentTime * 1000) / 1000 : 0;
  const box = { left: rect.left, top: rect.top, width: rect.width, height: rect.height };
  return { seconds, caption: fromTracks() || fromPicture(), isPlaying: isPlaying(main), area: areaOf(rect), box };
}

/** What a page calls the tool that it is about. Runs inside the page. */
export function readToolName() {
  const said = (name) => document.querySelector(`meta[property="${name}"],meta[name="${name}"]`)?.getAttribute("content")?.trim();
  return said("og:site_name") || said("application-name") || document.title.split(/\s+[-–—|·:]\s+/)[0].trim() || document.title.trim() || location.hostname;
}
