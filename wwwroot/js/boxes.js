// What phrases and advice share: putting words into a box so that Ctrl+Z takes them out again, and going to what is left open.

const open = /\[[^\[\]\n]{1,80}\]|［[^［］\n]{1,80}］|\{\{[^{}]{1,60}\}\}/;

/** Replaces a stretch of the box. A place left open in the new words is selected, ready to be typed over. */
export function put(box, from, to, words) {
  box.focus();
  box.setSelectionRange(from, to);
  // setRangeText would empty the browser's list of what can be undone.
  if (!document.execCommand("insertText", false, words)) {
    box.setRangeText(words, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const place = open.exec(words);
  if (place) box.setSelectionRange(from + place.index, from + place.index + place[0].length);
}
