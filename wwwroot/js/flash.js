// Messages at the bottom of the page. <div class="toasts"><div class="flash good|bad|plain"> … </div></div>
// Each gets a close button; good and plain ones leave by themselves after 10 s (with an undo: 3 s after it ended),
// not while the pointer or the focus is on them. Bad ones stay until closed.
import { onContent, say, serverNow } from "./page.js";

function leave(flash) {
  if (flash.matches(":hover, :focus-within")) setTimeout(() => leave(flash), 3000);
  else flash.remove();
}

function prepare(flash) {
  if (flash.querySelector(":scope > .close")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close";
  button.setAttribute("aria-label", say("close"));
  button.textContent = "✕";
  button.addEventListener("click", () => flash.remove());
  flash.append(button);
  if (flash.classList.contains("bad")) return;
  const undo = flash.querySelector("[data-undo-until]");
  setTimeout(() => leave(flash), undo ? Math.max(0, Date.parse(undo.dataset.undoUntil) - serverNow()) + 3000 : 10_000);
}

onContent((root) => root.querySelectorAll(".toasts .flash").forEach(prepare));
