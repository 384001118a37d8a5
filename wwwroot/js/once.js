// A second click on "send" must not send twice: submit buttons of POST forms rest until the next page.
// Opt out with <form data-once="off"> (downloads); a button with formtarget opts out by itself, as the page stays. The server refuses doubles as well; this saves people the refusal.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.dataset.once === "off" || form.target === "_blank" || event.submitter?.formTarget) return;
  // After this turn: a button disabled now would not send its own name and value.
  setTimeout(() => rest(form));
});

function buttons(form) {
  return [...form.elements].filter((element) => element.matches("button:not([type=button]),input[type=submit]"));
}

function rest(form) {
  for (const button of buttons(form)) {
    if (button.disabled) continue;
    button.disabled = true;
    button.dataset.resting = "";
    button.setAttribute("aria-busy", "true");
  }
  // No new page came (the answer was a file, or the connection broke): the person may try again.
  setTimeout(() => wake(form), 15_000);
}

function wake(root) {
  for (const button of root.querySelectorAll("[data-resting]")) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
    delete button.dataset.resting;
  }
}

addEventListener("pageshow", () => wake(document));
