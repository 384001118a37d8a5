// A draft kept on the server: <form data-draft="reply-C-…" data-draft-url="/complaints/…/drafts/reply" data-draft-kept='{"mark":3,"at":"UTC ISO","typed":"{…}"}'>.
// It belongs to the person and comes back after signing in, on any computer. The server is asked 1.5 s after the last key and
// every 5 s while somebody types on; the browser's own copy (drafts.js) only holds what is not there yet. Each save says which
// state of the draft the page knows: of two pages the later one is told, and nothing is overwritten.
const pause = 1_500;
const longest = 5_000;
const states = new WeakMap();

/** What the page knows of the server's copy; null for a form that keeps nothing there. */
export function keptOf(form) {
  if (!form.dataset.draftUrl) return null;
  if (!states.has(form)) {
    let kept = {};
    try {
      kept = JSON.parse(form.dataset.draftKept ?? "{}");
    } catch {
      // Nothing came with the page; the first save finds out.
    }
    states.set(form, { mark: kept.mark ?? 0, at: kept.at ? Date.parse(kept.at) : 0, typed: kept.typed ?? null, saved: kept.typed ?? null, since: 0 });
  }
  return states.get(form);
}

const post = (url, body) =>
  fetch(url, {
    method: "POST",
    credentials: "same-origin",
    // The page may be left meanwhile; browsers let no more than 64 kB outlive it.
    keepalive: (body?.toString().length ?? 0) < 60_000,
    headers: { RequestVerificationToken: document.querySelector('meta[name="antiforgery"]')?.content ?? "" },
    body,
  });

/** Keeps this text soon. told gets "kept" | "overtaken" | "tooLong" | "alone" and the state. */
export function keepLater(form, text, told) {
  const state = keptOf(form);
  state.next = { text, told };
  state.over = false; // a form that opened a preview or a print goes on
  if (state.other) return;
  clearTimeout(state.timer);
  state.since ||= Date.now();
  state.timer = setTimeout(() => keepNow(form), Math.max(0, Math.min(pause, state.since + longest - Date.now())));
}

/** Keeps what waits at once: the page is being left. */
export async function keepNow(form) {
  const state = states.get(form);
  if (!state?.next || state.other || state.busy) return;
  clearTimeout(state.timer);
  state.since = 0;
  const { text, told } = state.next;
  if (text === state.saved) {
    state.next = null;
    return told("kept", state);
  }
  state.busy = true;
  const answer = await post(form.dataset.draftUrl, new URLSearchParams({ typed: text, mark: String(state.mark) })).catch(() => null);
  state.busy = false;
  if (state.over) return;
  if (state.thrownAway) {
    // It was thrown away while it was on its way: it must not come back.
    state.thrownAway = false;
    return void post(`${form.dataset.draftUrl}/removal`).catch(() => null);
  }
  if (answer?.ok && !answer.redirected) {
    const now = await answer.json();
    Object.assign(state, { mark: now.mark, at: Date.parse(now.at), saved: text });
    if (state.next?.text === text) {
      state.next = null;
      told("kept", state);
    } else if (state.next) keepLater(form, state.next.text, state.next.told);
  } else if (answer?.status === 409) {
    state.other = await answer.json();
    told("overtaken", state);
  } else if (answer?.status === 413) told("tooLong", state);
  else {
    told("alone", state);
    if (answer?.status === 503) state.timer = setTimeout(() => keepNow(form), 3_000); // real work is writing
  }
}

/** Goes on with this page's words although another page's were kept. */
export function insist(form) {
  const state = states.get(form);
  state.mark = state.other.mark;
  state.other = null;
  return keepNow(form);
}

/** The form is sent: what is under way no longer matters. */
export function sent(form) {
  const state = states.get(form);
  if (!state) return;
  clearTimeout(state.timer);
  state.over = true;
}

/** Throws the server's copy away. */
export function forget(form) {
  const state = keptOf(form);
  clearTimeout(state.timer);
  const known = state.mark;
  state.thrownAway = state.busy;
  Object.assign(state, { mark: 0, at: 0, saved: null, next: null, other: null, since: 0 });
  return known && !state.busy ? post(`${form.dataset.draftUrl}/removal`).catch(() => null) : null;
}
