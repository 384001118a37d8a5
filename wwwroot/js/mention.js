// Naming a colleague in a note: <textarea data-people="datalist-id">. Typing @ and letters shows those whose name fits;
// arrows choose, Enter or Tab puts one in, Escape closes. Without this the whole name is typed.
import { put } from "./boxes.js";

let menu = null;

function close() {
  menu?.list.remove();
  menu?.box.removeAttribute("aria-activedescendant");
  menu = null;
}

function asked(box) {
  const before = box.value.slice(0, box.selectionStart);
  const found = /[@＠]([^@＠\n]{0,30})$/u.exec(before);
  return found ? { start: before.length - found[0].length, letters: found[1].toLocaleLowerCase() } : null;
}

function show(box) {
  close();
  const question = asked(box);
  if (!question) return;
  const names = [...document.querySelectorAll(`#${CSS.escape(box.dataset.people)} option`)].map((option) => option.value);
  const fitting = names.filter((name) => name.toLocaleLowerCase().split(/\s+/).concat(name.toLocaleLowerCase()).some((part) => part.startsWith(question.letters))).slice(0, 8);
  if (!fitting.length) return;
  const list = document.createElement("ul");
  list.className = "matches mention-menu";
  list.id = `${box.id}-people`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.peopleTitle ?? "");
  fitting.forEach((name, index) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.textContent = name;
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(index);
    });
    list.append(item);
  });
  box.after(list);
  menu = { box, list, start: question.start, names: fitting, at: 0 };
  mark(0);
}

function mark(index) {
  menu.at = (index + menu.names.length) % menu.names.length;
  [...menu.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === menu.at)));
  menu.box.setAttribute("aria-activedescendant", menu.list.children[menu.at].id);
}

function choose(index) {
  const { box, start, names } = menu;
  const end = box.selectionStart;
  close();
  put(box, start, end, `@${names[index]} `);
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea[data-people]") && !event.isComposing) show(event.target);
});
document.addEventListener("keydown", (event) => {
  if (!menu || event.target !== menu.box || event.isComposing) return;
  if (event.key === "ArrowDown") mark(menu.at + 1);
  else if (event.key === "ArrowUp") mark(menu.at - 1);
  else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") choose(menu.at);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
document.addEventListener("focusout", (event) => {
  if (menu && event.target === menu.box) close();
});
