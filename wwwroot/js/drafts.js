// What was typed survives a reload, an expired session and a lost connection, and never a sign-out.
// <form data-draft="complaint-new">: kept in localStorage as draft:{body[data-person]}:{key}; without a person nothing is kept.
// [data-draft-line] in the form shows "Draft kept 10:42 · Discard" (else a line is added at its end).
// Not kept: files, passwords, hidden fields without data-draft-keep.
// Forgotten: <meta name="draft-done" content="key key">; everything on submit of form[data-sign-out], on a page with
// [data-forget-drafts], and what is not this person's as soon as somebody else is signed in. After 3 days at the latest.
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

function keep(form) {
  const typed = Object.fromEntries(snapshot(form).map(([key, field]) => [key, value(field)]));
  const at = Date.now();
  safely(() => localStorage.setItem(name(form), JSON.stringify({ at, typed })));
  show(form, at);
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
  if (!draft) return;
  const changed = [];
  for (const [key, field] of snapshot(form)) {
    if (!(key in draft.typed) || String(draft.typed[key]) === String(value(field))) continue;
    put(field, draft.typed[key]);
    changed.push(field);
  }
  show(form, draft.at);
  // Previews and matches that hang on these events must see what came back.
  for (const field of changed) field.dispatchEvent(new Event("change", { bubbles: true }));
}

function show(form, at) {
  let line = form.querySelector("[data-draft-line]");
  if (!line) {
    line = document.createElement("p");
    line.dataset.draftLine = "";
    form.append(line);
  }
  const clock = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = say("discard");
  button.dataset.draftDiscard = "";
  line.classList.add("draft-line");
  line.replaceChildren(`${say("draftKept", clock)} · `, button);
}

function discard(form) {
  clearTimeout(waiting.get(form));
  drop(name(form));
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
  const button = event.target.closest?.("[data-draft-discard]");
  if (button) discard(button.form);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sign-out]")) keys().forEach(drop);
  else if (person && form.dataset.draft) {
    // At once: the page may be gone before the pause after the last key is over.
    clearTimeout(waiting.get(form));
    keep(form);
  }
}, true);
onContent((root) => {
  if (!person) return;
  if (root.matches?.("form[data-draft]")) restore(root);
  for (const form of root.querySelectorAll("form[data-draft]")) restore(form);
});
