// Tells the server what this page is and which session it saw, again whenever that changes.
// It shows nothing but the footer. It grows with a fact that a test needs.

const STORAGE_KEY = 'demo-first-account';

const pageLoad = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
const messages = [];
let session = null;
let lastSent = '';
let planned = false;
let sent = 0;

/** Gives the report its account, and marks the store on the first visit. */
export function sawSession(seen) {
  session = seen;
  if (localStorage.getItem(STORAGE_KEY) === null) localStorage.setItem(STORAGE_KEY, seen.account);
}

/** Adds a message from another window to the report. */
export function sawMessage(text) {
  messages.push(text);
  reportNow();
}

/** Sends the report unless the server has this very one. */
export function reportNow() {
  const report = describe();
  const text = JSON.stringify(report);
  if (text === lastSent) return;
  lastSent = text;
  sent += 1;
  // Reports may overtake each other on their way: the page's own count says which is its newest.
  const body = JSON.stringify({ ...report, page_report: sent });
  fetch('/demo/report', { method: 'POST', headers: { 'content-type': 'application/json' }, body, keepalive: true })
    .catch(() => { lastSent = ''; });
}

/** Sends the report with the next frame, however often it is asked for until then. */
export function reportSoon() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    reportNow();
  });
}

function describe() {
  return {
    page_load: pageLoad,
    path: shownPath(),
    title: document.title,
    account: session?.account ?? null,
    arn: session?.arn ?? null,
    session: session?.session ?? null,
    opener: window.opener !== null,
    messages,
    visibility: document.visibilityState,
    device_pixel_ratio: devicePixelRatio,
    viewport: [innerWidth, innerHeight],
    storage_seen: localStorage.getItem(STORAGE_KEY),
    actions: visibleActions(),
    filled: filledFields(),
  };
}

/** The names of the fields that hold something, never what they hold. */
function filledFields() {
  return Array.from(document.querySelectorAll('input[name]:not([type="hidden"])'))
    .filter((field) => field.value !== '')
    .map((field) => field.name);
}

// The sign-in page's query holds a token that nobody else may see.
function shownPath() {
  return location.pathname === '/federation' ? location.pathname : location.pathname + location.search + location.hash;
}

// An action counts as visible when a click in its middle would reach it.
function visibleActions() {
  const actions = {};
  for (const element of document.querySelectorAll('[data-action]:not(:disabled)')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (top === null || !element.contains(top)) continue;
    actions[element.dataset.action] = [box.x, box.y, box.width, box.height].map((value) => Math.round(value * 10) / 10);
  }
  return actions;
}

new ResizeObserver(reportSoon).observe(document.documentElement);
new MutationObserver(reportSoon).observe(document.documentElement, {
  subtree: true, childList: true, attributes: true, attributeFilter: ['data-action', 'hidden', 'class', 'open'],
});
addEventListener('scroll', reportSoon, { capture: true, passive: true });
addEventListener('input', reportSoon, { capture: true, passive: true });
document.addEventListener('visibilitychange', reportNow);
// Pages without a session have no script that would report for them.
if (document.body?.classList.contains('notice-page') ?? false) reportNow();
