// What was typed survives a reload, an expired session and a lost connection. One rule: signing out wipes the browser; what the
// server keeps belongs to the person and comes back when they sign in. With data-draft-url (kept.js) the browser only holds
// what the server does not have yet.
// <form data-draft="complaint-new">: kept in localStorage as draft:{body[data-person]}:{key}; without a person nothing is kept.
// [data-draft-line] in the form shows "Draft kept 10:42 · Discard" (else a line is added at its end).
// Not kept: files, passwords, hidden fields without data-draft-keep.
// Forgotten: <meta name="draft-done" content="key key">; everything on submit of form[data-sign-out], on a page with
// [data-forget-drafts], and what is not this person's as soon as somebody else is signed in. After 3 days at the latest.
import { forget, insist, keepLater, keepNow, keptOf, sent } from "./kept.js";
import { contentChanged, onContent, say } from "./page.js";

const person = document.body.dataset.person;
const oldest = 3 * 24 * 60 * 60 * 1000;
const restored = new WeakSet();

/** Storage may be forbidden or full; a page without drafts is still a page. */
function safely(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const keys = () => safely(() => Object.keys(localStorage).filter((key) => key.startsWith("draft:"))) ?? [];
const name = (form) => `draft:${person}:${form.dataset.draft}`;
const read = (key) => safely(() => JSON.parse(localStorage.getItem(key)));
const drop = (key) => safely(() => localStorage.removeItem(key));

function fields(form) {
  return [...form.elements].filter(
    (field) =>
      field.name &&
      !["file", "password", "submit", "button", "reset", "fieldset", "image", "output"].includes(field.type) &&
      (field.type !== "hidden" || "draftKeep" in field.dataset),
  );
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const value = (field) => (isTick(field) ? field.checked : field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value);
const slot = (field, index) => (isTick(field) ? `${field.name}=${field.value}` : `${field.name}#${index}`);

function snapshot(form) {
  const seen = {};
  return fields(form).map((field) => {
    seen[field.name] = (seen[field.name] ?? -1) + 1;
    return [slot(field, seen[field.name]), field];
  });
}

const typedIn = (form) => Object.fromEntries(snapshot(form).map(([key, field]) => [key, value(field)]));
const first = new WeakMap();

function keep(form) {
  const typed = typedIn(form);
  const at = Date.now();
  const kept = keptOf(form);
  if (kept && JSON.stringify(typed) === first.get(form)) {
    // Everything was taken out again: there is no draft.
    drop(name(form));
    forget(form);
    form.querySelector("[data-draft-line]")?.replaceChildren();
    return;
  }
  safely(() => localStorage.setItem(name(form), JSON.stringify({ at, typed, mark: kept?.mark })));
  if (kept) keepLater(form, JSON.stringify(typed), (how, state) => told(form, how, state));
  else show(form, at);
}

/** What became of a save on the server. */
function told(form, how, state) {
  if (how === "kept") {
    drop(name(form));
    show(form, state.at);
  } else if (how === "overtaken") showOther(form, state.other);
  else show(form, Date.now(), how === "tooLong" ? "tooLong" : "keptHere");
}

/** Puts back what was typed; says whether anything was different. */
function apply(form, typed) {
  const changed = [];
  for (const [key, field] of snapshot(form)) {
    if (!(key in typed) || String(typed[key]) === String(value(field))) continue;
    put(field, typed[key]);
    changed.push(field);
  }
  // Previews and matches that hang on these events must see what came back.
  for (const field of changed) field.dispatchEvent(new Event("change", { bubbles: true }));
  return changed.length > 0;
}

function put(field, kept) {
  if (isTick(field)) field.checked = kept;
  else if (field.multiple) for (const option of field.options) option.selected = kept.includes(option.value);
  else field.value = kept;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function restore(form) {
  if (restored.has(form)) return;
  restored.add(form);
  // A hidden field forgets its first value once it is set; discarding needs it.
  for (const field of fields(form)) if ("draftKeep" in field.dataset) field.dataset.draftFirst ??= field.value;
  const draft = read(name(form));
  const kept = keptOf(form);
  first.set(form, JSON.stringify(typedIn(form)));
  const theirs = kept?.typed ? safely(() => JSON.parse(kept.typed)) : null;
  if (draft) {
    apply(form, draft.typed);
    show(form, draft.at, kept ? "keptHere" : undefined);
    if (!kept) return;
    // Not on the server yet. Another page may have kept something else meanwhile; then the person chooses.
    kept.mark = draft.mark ?? (theirs ? -1 : kept.mark);
    keepLater(form, JSON.stringify(typedIn(form)), (how, state) => told(form, how, state));
  } else if (theirs && apply(form, theirs)) show(form, kept.at, "keptSince");
}

function lineOf(form) {
  let line = form.querySelector("[data-draft-line]");
  if (!line) {
    line = document.createElement("p");
    line.dataset.draftLine = "";
    form.append(line);
  }
  line.classList.add("draft-line");
  return line;
}

function clockOf(at) {
  const day = new Date(at).toDateString() === new Date().toDateString() ? {} : { month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

function buttonOf(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = say(words);
  button.dataset[act] = "";
  return button;
}

function show(form, at, words = "draftKept") {
  const away = buttonOf(form.dataset.draftUrl ? "throwAway" : "discard", "draftDiscard");
  lineOf(form).replaceChildren(`${say(words, clockOf(at))} · `, away);
}

/** Two pages wrote: the person chooses, and until then neither is lost. */
function showOther(form, other) {
  const line = lineOf(form);
  line.setAttribute("role", "status");
  const words = other.typed ? say("otherDraft", clockOf(Date.parse(other.at))) : say("otherGone");
  line.replaceChildren(`${words} `, ...(other.typed ? [buttonOf("takeThat", "draftTake"), " · "] : []), buttonOf("keepThis", "draftInsist"));
}

function take(form) {
  const state = keptOf(form);
  const other = state.other;
  Object.assign(state, { mark: other.mark, at: Date.parse(other.at), saved: other.typed, next: null, other: null });
  apply(form, JSON.parse(other.typed));
  clearTimeout(waiting.get(form));
  drop(name(form));
  show(form, state.at, "keptSince");
}

function discard(form) {
  clearTimeout(waiting.get(form));
  drop(name(form));
  if (form.dataset.draftUrl) forget(form);
  form.reset();
  form.querySelector("[data-draft-line]").replaceChildren();
  for (const field of fields(form)) if ("draftKeep" in field.dataset) {
    field.value = field.dataset.draftFirst;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  clearTimeout(waiting.get(form));
  contentChanged(form);
  form.querySelector("input:not([type=hidden]),textarea,select")?.focus();
}

/**
 * Takes what was typed in one form along as the draft of another, which then has it; here it is forgotten.
 * into: {"words": ["WhatHappened", "Wants"]}, the first of them must be filled. Nothing typed, nothing taken.
 */
export function carry(form, key, into) {
  if (!person) return;
  const kept = new FormData(form);
  const texts = Object.entries(into).map(([to, from]) => [`${to}#0`, from.map((one) => kept.get(one)).filter(Boolean).join("\n\n")]);
  if (!texts[0]?.[1]) return;
  clearTimeout(waiting.get(form));
  safely(() => localStorage.setItem(`draft:${person}:${key}`, JSON.stringify({ at: Date.now(), typed: Object.fromEntries(texts) })));
  drop(name(form));
}

const waiting = new WeakMap();
function typed(event) {
  const form = event.target.form ?? event.target.closest?.("form");
  if (!person || !form?.dataset.draft || !event.isTrusted && event.type === "change" && !event.target.matches("[data-draft-keep]")) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => keep(form), 300));
}

function sweep() {
  for (const meta of document.querySelectorAll('meta[name="draft-done"]')) for (const key of meta.content.split(/\s+/)) drop(`draft:${person}:${key}`);
  const forgetAll = document.querySelector("[data-forget-drafts]");
  for (const key of keys()) {
    const stranger = person && !key.startsWith(`draft:${person}:`);
    if (forgetAll || stranger || !(Date.now() - read(key)?.at < oldest)) drop(key);
  }
}

sweep();
document.addEventListener("input", typed);
document.addEventListener("change", typed);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-draft-discard],[data-draft-take],[data-draft-insist]");
  if (!button) return;
  if ("draftTake" in button.dataset) take(button.form);
  else if ("draftInsist" in button.dataset) insist(button.form);
  else discard(button.form);
});
/** Whoever leaves the page within the pause loses nothing. */
const leave = () => document.querySelectorAll("form[data-draft-url]").forEach(keepNow);
addEventListener("pagehide", leave);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sign-out]")) {
    leave();
    keys().forEach(drop);
  }
  else if (person && form.dataset.draft) {
    // At once: the page may be gone before the pause after the last key is over.
    clearTimeout(waiting.get(form));
    keep(form);
    sent(form);
  }
}, true);
onContent((root) => {
  if (!person) return;
  if (root.matches?.("form[data-draft]")) restore(root);
  for (const form of root.querySelectorAll("form[data-draft]")) restore(form);
});
