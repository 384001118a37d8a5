// What the behaviours share: the server's clock, the viewer's words, and "call me for every piece of content".
// <body data-now="UTC ISO" data-words='{"left":"{0} left", …}' data-person="17">

const english = {
  days: "{0} d", hours: "{0} h", minutes: "{0} min", seconds: "{0} s", underMinute: "under 1 min",
  left: "{0} left", late: "{0} late", ago: "{0} ago", in: "in {0}", justNow: "just now",
  draftKept: "Draft kept {0}", keptSince: "Kept since {0}", throwAway: "Throw away", keptHere: "Kept in this browser only since {0}",
  tooLong: "Too long to be kept on the server: kept in this browser only", otherDraft: "Another page of yours kept a different draft of this at {0}. Nothing was overwritten.",
  otherGone: "This was sent or thrown away on another page of yours. Nothing was overwritten.", takeThat: "Take that one", keepThis: "Keep this one",
  discard: "Discard", newOnes: "{0} new · show", selected: "{0} selected", phrases: "{0} phrases: arrow keys choose, Enter puts one in, Escape closes", close: "Close",
};

let words = english;
try {
  words = { ...english, ...JSON.parse(document.body.dataset.words || "{}") };
} catch {
  // Broken words must not stop a page from working; English shows.
}

/** The sentence for a key, with {0} filled in. */
export const say = (key, value = "") => words[key].replace("{0}", value);

// A page taken from the browser's cache carries an old data-now; then the machine's own clock is the better one.
const visit = performance.getEntriesByType("navigation")[0];
const fresh = visit && visit.type !== "back_forward" && visit.transferSize > 0;
const rendered = Date.parse(document.body.dataset.now ?? "");
const offset = fresh && !Number.isNaN(rendered) ? rendered - Date.now() + (performance.now() - visit.responseStart) : 0;

/** The server's time in milliseconds since 1970, as far as this page knows. */
export const serverNow = () => Date.now() + offset;

/** Whether somebody is writing in this element, so that keys and refreshes leave it alone. */
export const isTyping = (element) => !!element?.closest?.("input:not([type=checkbox],[type=radio],[type=button],[type=submit]),textarea,select,[contenteditable=true]");

const listeners = [];

/** Calls the function now with the document, and later with every element whose content was replaced. */
export function onContent(handle) {
  listeners.push(handle);
  handle(document);
}

/** Says that the content of this element is new. */
export function contentChanged(root) {
  for (const handle of listeners) handle(root);
}
