// Keeps relative times true while the page stays open.
// <time datetime="2026-11-22T11:30:00Z" data-kind="left|ago" title="absolute time">: text rewritten every 30 s; data-kind="clock" is left alone.
// Inside <span class="due fine|soon" data-soon="UTC ISO">: becomes soon at data-soon and late when the time has passed, icon included.
import { onContent, say, serverNow } from "./page.js";

const minute = 60_000, hour = 60 * minute, day = 24 * hour;

/** "1 d 4 h", "2 h 5 min", "12 min", "under 1 min": at most two units, rounded down. */
export function span(milliseconds) {
  const length = Math.abs(milliseconds);
  if (length < minute) return say("underMinute");
  const parts = length >= day
    ? [["days", Math.floor(length / day)], ["hours", Math.floor((length % day) / hour)]]
    : [["hours", Math.floor(length / hour)], ["minutes", Math.floor((length % hour) / minute)]];
  return parts.filter(([, count]) => count > 0).map(([unit, count]) => say(unit, count)).join(" ");
}

function words(kind, left) {
  if (kind === "left") return say(left >= 0 ? "left" : "late", span(left));
  // What has just been done may lie a moment ahead of the page's own time, which has whole seconds.
  if (left > 2_000) return say("in", span(left));
  return -left < minute ? say("justNow") : say("ago", span(left));
}

function mark(chip, state, icon) {
  if (chip.classList.contains(state)) return;
  chip.classList.remove("fine", "soon", "late");
  chip.classList.add(state);
  const use = chip.querySelector("use");
  use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
}

function refresh(root) {
  const now = serverNow();
  for (const time of root.querySelectorAll('time[data-kind="left"],time[data-kind="ago"]')) {
    const left = Date.parse(time.dateTime) - now;
    if (Number.isNaN(left)) continue;
    const text = words(time.dataset.kind, left);
    if (time.textContent !== text) time.textContent = text;
    const chip = time.dataset.kind === "left" ? time.closest(".due.fine,.due.soon,.due.late") : null;
    if (!chip) continue;
    if (left < 0) mark(chip, "late", "warning");
    else if (chip.dataset.soon && Date.parse(chip.dataset.soon) <= now) mark(chip, "soon", "clock");
  }
}

onContent(refresh);
setInterval(() => refresh(document), 30_000);
document.addEventListener("visibilitychange", () => document.hidden || refresh(document));
