// Picking rows. <form class="queue-form"> with [data-check-all], rows' checkboxes in tbody and [data-bulk-count]
// in the bulk bar (which CSS shows as soon as one is ticked). Shift with a click, or Shift+x (shortcuts.js), picks all
// rows from the last one on.
import { onContent, say } from "./page.js";

const boxes = (form) => [...form.querySelectorAll("tbody input[type=checkbox]")];
let last = null;

function count(form) {
  const all = form.querySelector("[data-check-all]");
  const picked = boxes(form).filter((box) => box.checked).length;
  if (all) {
    all.checked = picked > 0 && picked === boxes(form).length;
    all.indeterminate = picked > 0 && !all.checked;
  }
  const said = form.querySelector("[data-bulk-count]");
  if (said) said.textContent = say("selected", picked);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.(".queue-form");
  if (!form) return;
  const all = form.querySelector("[data-check-all]");
  if (event.target === all) for (const box of boxes(form)) box.checked = all.checked;
  count(form);
});

document.addEventListener("click", (event) => {
  const box = event.target;
  const form = box.matches?.("tbody input[type=checkbox]") ? box.closest(".queue-form") : null;
  if (!form) return;
  const all = boxes(form);
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  if (event.shiftKey && from >= 0) for (const between of all.slice(from, to + 1)) between.checked = box.checked;
  last = box;
});

/** Ticks a row's box; with from = true also all between it and the one ticked before. */
export function tick(box, from) {
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: from }));
}

onContent((root) => {
  for (const form of root.querySelectorAll?.(".queue-form") ?? []) if (boxes(form).some((box) => box.checked)) count(form);
});
