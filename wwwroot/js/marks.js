// form.survey: while one of its choices has the focus, y or n says whether it is solved, 1 to 5 gives the mark, and the
// focus goes on to the next question: on the phone nobody has a hand for a mouse.
function after(form, name) {
  const fields = [...form.elements];
  const last = fields.findLastIndex((field) => field.name === name);
  const next = fields.slice(last + 1).find((field) => field.type !== "hidden" && field.type !== "fieldset" && field.offsetParent !== null);
  return next?.type === "radio" ? (fields.find((field) => field.name === next.name && field.checked) ?? next) : next;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const here = event.target;
  const form = here instanceof HTMLInputElement && here.type === "radio" ? here.closest("form.survey") : null;
  if (!form) return;
  const value = { y: "yes", n: "no" }[event.key] ?? event.key;
  const wanted = [...form.elements].find((field) => field.name === here.name && field.type === "radio" && field.value === value);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
  after(form, here.name)?.focus();
});
