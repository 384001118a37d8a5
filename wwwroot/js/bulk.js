// Picking rows. <form class="queue-form"> with [data-check-all], rows' checkboxes in tbody and [data-bulk-count]
// in the bulk bar (which CSS shows as soon as one is ticked).
import { say } from "./page.js";

const boxes = (form) => [...form.querySelectorAll("tbody input[type=checkbox]")];

document.addEventListener("change", (event) => {
  const form = event.target.closest?.(".queue-form");
  if (!form) return;
  const all = form.querySelector("[data-check-all]");
  if (event.target === all) for (const box of boxes(form)) box.checked = all.checked;
  const picked = boxes(form).filter((box) => box.checked).length;
  if (all) {
    all.checked = picked > 0 && picked === boxes(form).length;
    all.indeterminate = picked > 0 && !all.checked;
  }
  const count = form.querySelector("[data-bulk-count]");
  if (count) count.textContent = say("selected", picked);
});
