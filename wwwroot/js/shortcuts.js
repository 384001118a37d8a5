// Keys for people who live in the lists. Off with <body data-shortcuts="off">; never while typing or composing.
// data-shortcut="c" on a link or button: clicked; on an input: focused ("/").
// [data-list] with [data-row]: j k move the focus to the row's link, so that Enter opens it; x ticks the row, Shift+x
// all from the one ticked before, a all that are shown; b goes to what can be done with them.
// <dialog data-shortcut-list>, written by the server: ? or a button [data-open-shortcuts] opens it.
// Ctrl+Enter in a form submits it ([data-primary], else the first submit button); that one is always on.
import { tick as tickBox } from "./bulk.js";
import { isTyping } from "./page.js";

const link = (row) => row.querySelector("a[href]");

function rows() {
  return [...document.querySelectorAll("[data-list] [data-row]")].filter((row) => row.offsetParent !== null);
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.classList.contains("current"));
  const next = all[Math.min(Math.max(here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step, 0), all.length - 1)];
  const target = link(next);
  target?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  markRow(next);
}

function markRow(row) {
  for (const other of document.querySelectorAll("[data-row].current")) if (other !== row) other.classList.remove("current");
  row?.classList.add("current");
}

function tick(from) {
  const box = document.querySelector("[data-row].current input[type=checkbox]");
  if (box) tickBox(box, from);
}

function tickAll() {
  document.querySelector("[data-check-all]")?.click();
}

function toBar() {
  const bar = document.querySelector("[data-bulk-bar]");
  if (bar?.offsetParent != null) bar.querySelector("select,button,input")?.focus();
}

function list() {
  const dialog = document.querySelector("dialog[data-shortcut-list]");
  if (dialog && !dialog.open) dialog.showModal();
}

function submitFrom(field) {
  const form = field.form ?? field.closest("form");
  if (!form) return;
  form.requestSubmit(form.querySelector("[data-primary]") ?? [...form.elements].find((element) => element.type === "submit" && !element.disabled) ?? null);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.repeat && !"jk".includes(event.key)) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isTyping(event.target)) {
    event.preventDefault();
    submitFrom(event.target);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.body.dataset.shortcuts === "off" || document.querySelector("dialog[open]")) return;
  const named = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (named) {
    event.preventDefault();
    if (named.matches("input,textarea,select")) {
      named.focus();
      named.select?.();
    } else named.click();
    return;
  }
  const action = { j: () => move(1), k: () => move(-1), x: () => tick(false), X: () => tick(true), a: tickAll, b: toBar, "?": list }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-list] [data-row]");
  if (row) markRow(row);
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-open-shortcuts]")) list();
});
