// Who else has this complaint open: <div data-visit="/complaints/…/visit" role="status">. A sign of life every 20 seconds while
// the page is seen, and at once when somebody begins to type words to the customer (a textarea of the name Words).
// What comes back says who else is here.
const place = document.querySelector("[data-visit]");
const every = 20_000;
let typedAt = 0;
let sentAt = 0;

async function beat(writing) {
  if (document.visibilityState !== "visible") return;
  sentAt = writing ? Date.now() : sentAt;
  const answer = await fetch(place.dataset.visit, {
    method: "POST",
    credentials: "same-origin",
    headers: { RequestVerificationToken: document.querySelector('meta[name="antiforgery"]')?.content ?? "" },
    body: new URLSearchParams({ writing: String(writing) }),
  }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const html = await answer.text();
  if (place.innerHTML.trim() !== html.trim()) place.innerHTML = html;
}

if (place) {
  beat(false);
  setInterval(() => beat(Date.now() - typedAt < every), every);
  document.addEventListener("visibilitychange", () => beat(false));
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("textarea[name=Words]")) return;
    typedAt = Date.now();
    if (Date.now() - sentAt > every) beat(true);
  });
}
