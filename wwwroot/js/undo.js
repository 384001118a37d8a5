// The seconds in which a mail can still be taken back.
// <form data-undo-until="UTC ISO"><button>Undo <span data-undo-left>15 s</span></button></form>: counts down, hidden at zero.
import { onContent, say, serverNow } from "./page.js";

function show(form) {
  const left = Math.ceil((Date.parse(form.dataset.undoUntil) - serverNow()) / 1000);
  form.hidden = !(left > 0);
  const seconds = form.querySelector("[data-undo-left]");
  if (seconds && left > 0) seconds.textContent = say("seconds", left);
  return left > 0;
}

let ticking;
function start() {
  const forms = [...document.querySelectorAll("[data-undo-until]")].filter(show);
  clearTimeout(ticking);
  if (forms.length) ticking = setTimeout(start, 1000);
}

onContent(start);
