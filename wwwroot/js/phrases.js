// The phrase book in a box for words to a customer: <textarea data-phrases="#fold"> and, in that fold,
// <li data-phrase="Opening"><span>text</span> <button data-phrase-put hidden>. Typing / opens a listbox of the same phrases:
// typing on filters, arrows move, Enter or Tab puts one in, Escape closes. Also ／ and the 、 that a Chinese input method
// makes of the key, where no 、 could stand. data-phrase-customer="#Who" on the box: a field whose words fill {{customer}}.

import { put } from "./boxes.js";
import { onContent, say } from "./page.js";

const longestFilter = 40;
let menu = null; // the open list: its box, where the / stands, its elements and phrases
let last = null; // the box somebody wrote in last, for the buttons of a fold that several boxes share

const foldOf = (box) => document.querySelector(box.dataset.phrases);

function phrasesOf(box) {
  const customer = box.dataset.phraseCustomer && document.querySelector(box.dataset.phraseCustomer)?.value.trim();
  return [...(foldOf(box)?.querySelectorAll("[data-phrase]") ?? [])].map((item) => {
    const shown = item.querySelector("span");
    const text = customer ? shown.textContent.replaceAll("{{customer}}", customer) : shown.textContent;
    return { purpose: item.dataset.phrase, lang: shown.lang, text };
  });
}

onContent((root) => {
  for (const hint of root.querySelectorAll("[data-phrase-put], [data-phrase-hint]")) hint.hidden = false;
  for (const box of root.querySelectorAll("textarea[data-phrases]")) {
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-haspopup", "listbox");
  }
});

/** Whether a phrase may be asked for here: at the start, after a blank or punctuation, never inside 24/7 or an address. */
function starts(text, at) {
  const before = text[at - 1] ?? "\n";
  if (text[at] === "、") return /[\s。！？；：，]/.test(before);
  return (text[at] === "/" || text[at] === "／") && !/[\p{Script=Latin}\p{N}:/.]/u.test(before);
}

function close() {
  if (!menu) return;
  menu.place.remove();
  menu.box.removeAttribute("aria-activedescendant");
  menu.box.removeAttribute("aria-controls");
  menu = null;
}

function open(box, start) {
  close();
  const place = document.createElement("div");
  place.className = "matches phrase-menu";
  const list = document.createElement("ul");
  list.id = `${box.id}-phrase-list`;
  list.setAttribute("role", "listbox");
  list.tabIndex = 0; // it scrolls
  list.setAttribute("aria-label", foldOf(box)?.dataset.phraseTitle ?? "");
  const note = document.createElement("p");
  note.className = "matches-note";
  note.setAttribute("role", "status");
  place.append(list, note);
  box.after(place);
  box.setAttribute("aria-controls", list.id);
  menu = { box, start, place, list, note, phrases: phrasesOf(box) };
  filter();
  menu?.place.scrollIntoView({ block: "nearest" });
}

function filter() {
  const { box, start, list, note } = menu;
  const typed = box.value.slice(start + 1, box.selectionStart);
  const gone = !/[/／、]/.test(box.value[start] ?? "") || box.selectionStart <= start || /\n/.test(typed) || /^\s/.test(typed);
  if (gone || typed.length > longestFilter) return close();
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = menu.phrases.filter((p) => wanted.every((w) => `${p.purpose} ${p.text}`.toLowerCase().includes(w)));
  if (!fitting.length && typed.length > 3) return close(); // whoever writes on wants no phrase
  list.replaceChildren(
    ...fitting.map((phrase, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const purpose = document.createElement("small");
      purpose.textContent = phrase.purpose;
      const text = document.createElement("span");
      text.lang = phrase.lang;
      text.textContent = phrase.text;
      option.append(purpose, text);
      return option;
    }),
  );
  list.hidden = !fitting.length;
  note.textContent = say("phrases", String(fitting.length));
  mark(0);
}

function mark(index) {
  const all = [...menu.list.children];
  if (!all.length) return menu.box.removeAttribute("aria-activedescendant");
  const next = all[(index + all.length) % all.length];
  for (const option of all) option.setAttribute("aria-selected", String(option === next));
  menu.box.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

const marked = () => [...menu.list.children].findIndex((option) => option.getAttribute("aria-selected") === "true");

function take(option) {
  const { box, start } = menu;
  const words = option.querySelector("span").textContent;
  const end = box.selectionStart;
  close();
  put(box, start, end, words);
}

function look(box) {
  if (menu?.box === box) return filter();
  const at = box.selectionStart - 1;
  if (at >= 0 && box.selectionStart === box.selectionEnd && starts(box.value, at)) open(box, at);
}

const boxOf = (event) => (event.target.matches?.("textarea[data-phrases]") ? event.target : null);
document.addEventListener("input", (event) => {
  const box = boxOf(event);
  // Half-composed pinyin is not a filter yet; what was inserted at once, such as a pasted address, is no wish for a phrase.
  if (box && !event.isComposing && (menu || event.inputType === "insertText" || event.inputType === "insertCompositionText")) look(box);
});
document.addEventListener("compositionend", (event) => boxOf(event) && look(event.target));
document.addEventListener("focusin", (event) => {
  if (boxOf(event)) last = event.target;
});
document.addEventListener("focusout", (event) => {
  if (menu?.box === event.target) setTimeout(() => menu && document.activeElement !== menu.box && close(), 150);
});
document.addEventListener("selectionchange", () => {
  if (menu && document.activeElement === menu.box && menu.box.selectionStart <= menu.start) close();
});
document.addEventListener(
  "keydown",
  (event) => {
    if (!menu || event.target !== menu.box || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const option = menu.list.children[marked()];
    if (event.key === "ArrowDown") mark(marked() + 1);
    else if (event.key === "ArrowUp") mark(marked() - 1);
    else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && option) take(option);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
// mousedown, not click: the box must not lose its focus first.
document.addEventListener("mousedown", (event) => {
  if (!menu?.place.contains(event.target)) return;
  event.preventDefault();
  const option = event.target.closest('[role="option"]');
  if (option) take(option);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-phrase-put]");
  if (!button) return;
  const boxes = [...document.querySelectorAll("textarea[data-phrases]")].filter((box) => foldOf(box)?.contains(button));
  const box = boxes.includes(last) ? last : boxes[0];
  const words = phrasesOf(box)[[...foldOf(box).querySelectorAll("[data-phrase]")].indexOf(button.closest("[data-phrase]"))].text;
  const at = box.selectionStart ?? box.value.length;
  put(box, at, box.selectionEnd ?? at, (at > 0 && !/\s/.test(box.value[at - 1]) ? "\n" : "") + words);
});
