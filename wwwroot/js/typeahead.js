// Matches while typing, as an ARIA combobox over a list the server writes.
// <input data-match-url="/customers/matches" data-match-into="#CustomerId"> and, beside it, <div class="matches" data-match-list>.
// GET url?q=text gives <ul role="listbox"><li role="option" data-value="17" data-text="王芳"> … <li role="option" data-href="/…">.
// data-carry="contact-C-…" on such an option takes the form's words along as that draft; data-carry-into on the input says which field where.
// Arrows move, Enter takes the marked one (else the first), Escape closes. Taking fills both fields and fires "change" on the hidden one.

import { carry } from "./drafts.js";

const list = (input) => input.closest(".typeahead").querySelector("[data-match-list]");
const into = (input) => document.querySelector(input.dataset.matchInto);
const options = (input) => [...list(input).querySelectorAll('[role="option"]')];
const asked = new WeakMap();

function prepare(input) {
  if (input.getAttribute("role") === "combobox") return;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";
}

function close(input) {
  list(input).replaceChildren();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  input.removeAttribute("aria-controls");
}

async function ask(input) {
  asked.get(input)?.abort();
  const text = input.value.trim();
  if (!text) return close(input);
  const asking = new AbortController();
  asked.set(input, asking);
  const address = new URL(input.dataset.matchUrl, location.href);
  address.searchParams.set("q", text);
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { "X-Live": "1" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected || answer.status === 204) return close(input);
    const html = await answer.text();
    if (!asking.signal.aborted && document.activeElement === input) open(input, html);
  } catch {
    // Overtaken by the next key, or offline: the field still takes what is typed.
  }
}

function open(input, html) {
  const place = list(input);
  place.innerHTML = html;
  const box = place.querySelector('[role="listbox"]');
  input.setAttribute("aria-expanded", String(!!box));
  if (!box) return;
  box.id ||= `${input.id}-matches`;
  input.setAttribute("aria-controls", box.id);
  options(input).forEach((option, index) => {
    option.id ||= `${box.id}-${index}`;
    option.setAttribute("aria-selected", "false");
  });
  input.removeAttribute("aria-activedescendant");
}

function mark(input, step) {
  const all = options(input);
  if (!all.length) return;
  const here = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const next = all[(here + step + all.length + (here < 0 && step < 0 ? 1 : 0)) % all.length];
  for (const option of all) option.setAttribute("aria-selected", String(option === next));
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function take(input, option) {
  if (option.dataset.href) {
    if (option.dataset.carry) carry(input.form, option.dataset.carry, JSON.parse(input.dataset.carryInto ?? "{}"));
    return location.assign(option.dataset.href);
  }
  input.value = option.dataset.text ?? option.textContent.trim();
  close(input);
  fill(input, option.dataset.value ?? "");
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function fill(input, value) {
  const field = into(input);
  if (!field || field.value === value) return;
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

const waiting = new WeakMap();
document.addEventListener("focusin", (event) => event.target.matches?.("[data-match-url]") && prepare(event.target));
document.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-match-url]")) return;
  fill(input, "");
  clearTimeout(waiting.get(input));
  // Half-composed pinyin is not a name yet.
  if (!event.isComposing) waiting.set(input, setTimeout(() => ask(input), 150));
});
document.addEventListener("compositionend", (event) => event.target.matches?.("[data-match-url]") && ask(event.target));
document.addEventListener("focusout", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-match-url]")) return;
  setTimeout(() => document.activeElement !== input && close(input), 150);
});
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-match-url]") || event.isComposing || event.ctrlKey || event.metaKey) return;
  const all = options(input);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (all.length) mark(input, event.key === "ArrowDown" ? 1 : -1);
    else ask(input);
  } else if (event.key === "Enter" && all.length) {
    event.preventDefault();
    take(input, all.find((option) => option.getAttribute("aria-selected") === "true") ?? all[0]);
  } else if (event.key === "Escape" && all.length) {
    event.preventDefault();
    close(input);
  }
});
// mousedown, not click: the field must not lose its focus first.
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.('[data-match-list] [role="option"]');
  if (!option) return;
  event.preventDefault();
  take(option.closest(".typeahead").querySelector("[data-match-url]"), option);
});
