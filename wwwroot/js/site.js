// Loads every behaviour. <script type="module" src="/js/site.js">. Every page works without it.
import { contentChanged, onContent } from "./page.js";
import "./times.js";
import "./once.js";
import "./files.js";
import "./drafts.js";
import "./marks.js"; // before the shortcuts: n is an answer there
import "./shortcuts.js";
import "./typeahead.js";
import "./phrases.js";
import "./advice.js";
import "./menus.js";
import "./bulk.js";
import "./mention.js";
import "./visit.js";
import "./undo.js";
import "./flash.js";
import "./live.js";
import "./chart.js";
import "./print.js";

// htmx: the antiforgery token of <meta name="antiforgery"> goes along, and swapped content gets its behaviours.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="antiforgery"]')?.content;
  if (token) event.detail.ctx.request.headers.RequestVerificationToken = token;
});
document.addEventListener("htmx:after:swap", (event) => contentChanged(event.target instanceof Element ? event.target : document));

// [data-focus] takes the focus when it appears: the error summary.
onContent((root) => root.querySelector("[data-focus]")?.focus());

// /complaints/…#contact: a fold that an address names stands open, ready to type.
function unfold() {
  const fold = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(fold instanceof HTMLDetailsElement)) return;
  fold.open = true;
  fold.querySelector("textarea,input:not([type=hidden]),select")?.focus();
}
addEventListener("hashchange", unfold);
unfold();

// On paper nothing stays folded.
const opened = [];
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not([open], .menu)")) {
    details.open = true;
    opened.push(details);
  }
});
addEventListener("afterprint", () => {
  for (const details of opened.splice(0)) details.open = false;
});
