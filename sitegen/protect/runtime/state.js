// What the page says of itself: its state, its message, its notice, and how long this browser stays logged in.

const SLOW_AFTER = 3000;
const root = document.documentElement;
let slowness = 0;

function pageIs(role) {
  return root.dataset.sgPage === role;
}

// The state of the page, and the message that goes with it (none where `key` is empty).
function setState(state, key) {
  clearTimeout(slowness);
  delete root.dataset.sgNotice;
  root.dataset.sgState = state;
  mark("sgError", key === "opening" ? "" : key);
  say(document.querySelectorAll('[data-sg="message"]'), key);
  if (state === "opening") slowness = setTimeout(() => note("slow"), SLOW_AFTER);
}

// A word beside the state, which it leaves as it is.
function note(key) {
  mark("sgNotice", key);
  say(document.querySelectorAll('[data-sg="message"]'), key);
}

// The answer to something that was done on an open page: a notice too, said where the theme has a place for it.
function answer(key) {
  const places = document.querySelectorAll('[data-sg="note"]');
  if (!places.length) return note(key);
  mark("sgNotice", key);
  say(places, key);
}

function say(places, key) {
  const template = key && document.querySelector(`template[data-sg-message="${key}"]`);
  for (const place of places) {
    if (template) place.replaceChildren(template.content.cloneNode(true));
    else place.textContent = key || "";
  }
}

// For the theme: what is remembered needs no button to remember it, and what this tab holds is not asked for again.
async function noteKept() {
  const names = await withKept("readonly", (kept) => kept.getAllKeys()).catch(() => []);
  const onDevice = ["passphrase", "device"].find((name) => names.includes(name));
  const isInTab = Boolean(tabSession()[0]);
  mark("sgKept", onDevice || (isInTab ? "session" : ""));
  mark("sgAgain", isInTab ? "" : "code");
}

function mark(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
}

// Where the member's pages stand; a page of another kind lends its main part where nothing can be kept.
function contentPlace() {
  return document.querySelector('[data-sg="content"]') || document.querySelector("main");
}

function focusContent() {
  if (!location.hash && contentPlace()) contentPlace().focus({ preventScroll: true });
}

function announce(name) {
  document.dispatchEvent(new CustomEvent(`sitegen:${name}`));
}
