// One stream of news per browser; elements fetch themselves again when their news comes.
// <body data-live-url="/live" data-person="17">: server-sent messages "data: counts queue" name what changed.
// <nav data-live="counts" data-live-src="/rail">: GET data-live-src (header X-Live: 1) gives the new inner HTML; 204 changes nothing.
// With data-live-announce (a list whose children carry data-key): known children refresh in place, vanished ones get the
// class "gone", new ones wait behind a bar "2 new · show". Nothing changes while a field inside has the focus.
import { contentChanged, isTyping, say } from "./page.js";

const url = document.body.dataset.liveUrl;
const pending = new Map();

function news(names) {
  const all = names.includes("*");
  for (const element of document.querySelectorAll("[data-live][data-live-src]")) {
    if (!all && !element.dataset.live.split(/\s+/).some((name) => names.includes(name))) continue;
    clearTimeout(pending.get(element));
    pending.set(element, setTimeout(() => refresh(element), 300));
  }
}

async function refresh(element) {
  const active = document.activeElement;
  if (element.contains(active) && isTyping(active)) return;
  const answer = await fetch(element.dataset.liveSrc, { headers: { "X-Live": "1" }, credentials: "same-origin" }).catch(() => null);
  // A redirect means the session is over: the sign-in page must not land inside a list.
  if (!answer?.ok || answer.redirected || answer.status === 204 || !element.isConnected) return;
  const html = await answer.text();
  if ("liveAnnounce" in element.dataset) announce(element, html);
  else replace(element, html);
}

function replace(element, html) {
  const focused = element.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  element.innerHTML = html;
  if (focused) element.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  window.htmx?.process(element);
  contentChanged(element);
}

function announce(list, html) {
  const fresh = document.createElement(list.tagName === "TBODY" ? "tbody" : "div");
  const template = document.createElement("template");
  template.innerHTML = html;
  fresh.append(template.content);
  const byKey = (root) => new Map([...root.querySelectorAll("[data-key]")].map((child) => [child.dataset.key, child]));
  const now = byKey(fresh);
  const here = byKey(list);
  for (const [key, child] of here) {
    const other = now.get(key);
    child.classList.toggle("gone", !other);
    if (!other || child.contains(document.activeElement) || child.querySelector("input:checked, details[open]")) continue;
    child.innerHTML = other.innerHTML;
    child.className = other.className + (child.classList.contains("current") ? " current" : "");
    window.htmx?.process(child);
  }
  contentChanged(list);
  const count = [...now.keys()].filter((key) => !here.has(key)).length;
  const place = list.closest(".queue-wrap") ?? list;
  place.parentElement.querySelector(":scope > .live-bar")?.remove();
  // An empty list has nothing that could move.
  if (count && !here.size) replace(list, html);
  else if (count) place.before(bar(count, () => replace(list, html)));
}

function bar(count, show) {
  const line = document.createElement("p");
  line.className = "live-bar";
  line.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say("newOnes", count);
  button.addEventListener("click", () => {
    line.remove();
    show();
  });
  line.append(button);
  return line;
}

/** Holds the stream open; after every interruption everything is fetched once, because news may have been missed. */
function listen(tell) {
  let stream, retry, interrupted = false;
  const open = () => {
    stream = new EventSource(url);
    stream.onopen = () => {
      if (interrupted) tell(["*"]);
      interrupted = false;
    };
    stream.onmessage = (event) => tell(event.data.trim().split(/\s+/));
    stream.onerror = () => {
      interrupted = true;
      // Refused (signed out, server restarting): the browser gives up, so look again in a while.
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(open, 30_000);
    };
  };
  open();
  return () => {
    clearTimeout(retry);
    stream.close();
  };
}

function share() {
  // A browser has six connections per server; twenty open tabs must not use them up. One tab listens and tells the others.
  const channel = new BroadcastChannel(`live:${document.body.dataset.person}`);
  channel.onmessage = (event) => news(event.data);
  const tell = (names) => {
    channel.postMessage(names);
    news(names);
  };
  navigator.locks.request(`live:${document.body.dataset.person}`, () => new Promise(() => addEventListener("pagehide", listen(tell))));
}

if (url) {
  // Locks exist on https and localhost only; elsewhere each visible tab listens for itself.
  if (navigator.locks) share();
  else {
    let stop = document.hidden ? null : listen(news);
    document.addEventListener("visibilitychange", () => {
      stop?.();
      stop = document.hidden ? null : listen(news);
      if (stop) news(["*"]);
    });
  }
  addEventListener("pageshow", (event) => event.persisted && news(["*"]));
}
