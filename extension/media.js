// @ts-check
// Where a video or sound stands, and what it says, as far as the page has loaded it. Runs inside the page.

/**
 * @returns {{position: number, duration: number, title: string, isMain: boolean, captions: string, transcript: string}|null}
 * seconds; `captions` is WebVTT of a loaded text track, `transcript` the text of a transcript that is open on the page
 */
export function readMedia() {
  const LONGEST = 2_000_000;
  const area = (element) => {
    const box = element.getBoundingClientRect();
    return Math.max(0, box.width) * Math.max(0, box.height);
  };
  const playable = (element) => element.readyState > 0 || element.currentSrc;
  const media = [...document.querySelectorAll("video,audio")].filter(playable);
  media.sort((a, b) => Number(b.localName === "video") - Number(a.localName === "video") || area(b) - area(a));
  const main = media[0];
  if (!main) return null;

  const stamp = (seconds) => {
    const whole = Math.floor(seconds);
    const two = (number) => String(number).padStart(2, "0");
    const thousandths = String(Math.round((seconds - whole) * 1000) % 1000).padStart(3, "0");
    return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${thousandths}`;
  };
  const plain = (text) => text.replace(/<[^>]*>/g, "").replace(/-->/g, "→").replace(/\s*\n\s*/g, "\n").trim();

  function captions() {
    const spoken = [...main.textTracks].filter((track) => /^(subtitles|captions|descriptions)$/.test(track.kind) && track.cues?.length);
    spoken.sort((a, b) => Number(b.mode === "showing") - Number(a.mode === "showing"));
    if (!spoken.length) return "";
    const cues = [...spoken[0].cues].map((cue) => `${stamp(cue.startTime)} --> ${stamp(cue.endTime)}\n${plain(cue.text ?? "")}\n`);
    return `WEBVTT\n\n${cues.join("\n")}`.slice(0, LONGEST);
  }

  function transcript() {
    const places = '[id*="transcript" i],[class*="transcript" i],[aria-label*="transcript" i],ytd-transcript-segment-list-renderer';
    let longest = "";
    for (const element of document.querySelectorAll(places)) {
      const text = element.checkVisibility?.() === false ? "" : (element.innerText ?? "").trim();
      if (text.length > longest.length) longest = text;
    }
    return longest.length >= 200 ? longest.slice(0, LONGEST) : "";
  }

  const isFinite = (number) => (Number.isFinite(number) ? number : 0);
  const share = area(main) / Math.max(1, innerWidth * innerHeight);
  const label = main.title || main.getAttribute("aria-label") || navigator.mediaSession?.metadata?.title || "";
  return {
    position: isFinite(main.currentTime), duration: isFinite(main.duration), title: String(label).slice(0, 500),
    isMain: main.localName === "video" && (share >= 0.2 || (main.currentTime > 0 && !main.muted)), captions: captions(), transcript: transcript(),
  };
}
