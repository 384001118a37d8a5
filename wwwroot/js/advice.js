// The writing adviser while somebody writes: <textarea id="x" data-advice-url="/…"> and, beside it, <div id="x-advice" aria-live="polite">.
// A pause in typing asks the server, which answers with <li data-advice="key" data-at data-length data-found data-better>.
// “Use” puts the better form in, “Show” selects the words, “Keep” leaves them and does not mark them again on this page.

import { put } from "./boxes.js";
import { onContent } from "./page.js";

const pause = 700;
const waiting = new WeakMap();
const asked = new WeakMap();
const kept = new WeakMap();
const fields = ["Shortfall", "NoFaultFound", "NoFault", "Document", "Solution", "Channel", "Who", "CustomerId"];

const placeOf = (box) => document.getElementById(`${box.id}-advice`);
const boxOf = (element) => document.getElementById(element.closest(".advice-of").id.replace(/-advice$/, ""));

onContent(() => {
  for (const acts of document.querySelectorAll(".advice-of [data-advice-acts]")) acts.hidden = false;
});

async function ask(box) {
  asked.get(box)?.abort();
  const place = placeOf(box);
  if (!box.value.trim()) return place.replaceChildren();
  const asking = new AbortController();
  asked.set(box, asking);
  const body = new URLSearchParams({ AdviceText: box.value, AdviceField: box.name });
  for (const [name, value] of new FormData(box.form)) {
    if (typeof value === "string" && fields.includes(name) && name !== box.name) body.append(name, value);
  }
  const token = document.querySelector('meta[name="antiforgery"]')?.content ?? "";
  try {
    const answer = await fetch(box.dataset.adviceUrl, {
      method: "POST",
      body,
      signal: asking.signal,
      headers: { RequestVerificationToken: token },
      credentials: "same-origin",
    });
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    if (!asking.signal.aborted) show(box, place, html);
  } catch {
    // Overtaken by the next word, or offline: what was typed is untouched.
  }
}

function show(box, place, html) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  for (const item of fresh.querySelectorAll("[data-advice]")) {
    if (kept.get(box)?.has(item.dataset.advice + (item.dataset.found ? "" : item.dataset.better))) item.remove();
    else item.querySelector("[data-advice-acts]").hidden = false;
  }
  if (!fresh.querySelector("[data-advice]")) fresh.replaceChildren();
  // The same again is not said again to whoever listens; only where it stands has moved.
  const before = [...place.querySelectorAll("[data-advice]")];
  const after = [...fresh.querySelectorAll("[data-advice]")];
  const say = (items) => items.map((item) => item.textContent.replace(/\s+/g, " ")).join("|");
  if (before.length && say(before) === say(after)) {
    before.forEach((item, index) => (item.dataset.at = after[index].dataset.at));
    return;
  }
  const focused = place.contains(document.activeElement);
  place.replaceChildren(...fresh.childNodes);
  if (focused) box.focus();
}

/** Where the marked words stand now; they may have moved since the server looked. */
function stretch(box, item) {
  const { found, at } = item.dataset;
  if (!found) return [box.value.trimEnd().length, box.value.length];
  const from = box.value.startsWith(found, Number(at)) ? Number(at) : box.value.indexOf(found);
  return from < 0 ? null : [from, from + found.length];
}

function done(item, box) {
  const next = item.nextElementSibling?.querySelector("button") ?? null;
  const list = item.parentElement;
  item.remove();
  if (!list.children.length) list.remove();
  (next ?? box).focus();
}

function later(box, wait = pause) {
  clearTimeout(waiting.get(box));
  waiting.set(box, setTimeout(() => ask(box), wait));
}

document.addEventListener("input", (event) => {
  if (event.isComposing) return; // half-composed pinyin says nothing yet
  const target = event.target;
  if (target.matches?.("[data-advice-url]")) later(target);
  else if (target.form && fields.includes(target.name)) {
    for (const box of target.form.querySelectorAll("[data-advice-url]")) if (box.value.trim() && placeOf(box).childElementCount + (target.name === "Document" || target.name === "Channel" ? 1 : 0)) later(box);
  }
});
document.addEventListener("compositionend", (event) => event.target.matches?.("[data-advice-url]") && later(event.target));
document.addEventListener("click", (event) => {
  const item = event.target.closest?.(".advice-of [data-advice]");
  if (!item) return;
  const box = boxOf(item);
  const where = stretch(box, item);
  if (event.target.closest("[data-advice-use]")) {
    item.remove();
    if (where) put(box, where[0], where[1], item.dataset.found ? item.dataset.better : (where[0] ? "\n\n" : "") + item.dataset.better);
    later(box, 0);
  } else if (event.target.closest("[data-advice-show]")) {
    box.focus();
    if (where) box.setSelectionRange(where[0], where[1]);
  } else if (event.target.closest("[data-advice-keep]")) {
    if (!kept.has(box)) kept.set(box, new Set());
    kept.get(box).add(item.dataset.advice + (item.dataset.found ? "" : item.dataset.better));
    done(item, box);
  }
});
