// The order of things: strip the fragment, find keys or a code, open the vault, show the page.

const isDoor = document.documentElement.dataset.sgPage === "door";
const isShell = document.documentElement.dataset.sgPage === "shell";
// Typing mistakes leave the form where it is; everything else is no fault of the code.
const LOCKED_KEYS = ["bad-character", "bad-length", "bad-check", "unknown-code", "logged-out"];
let vault = null;
let refreshed = null;
let channel = null;
let fragment = takeFragment();

if (tabSession()[0]) document.documentElement.dataset.sgState = "opening";
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();

// The door takes any fragment off the address before anything else loads; other pages only drop what is a code.
function takeFragment() {
  let text = location.hash.slice(1);
  try {
    text = decodeURIComponent(text);
  } catch {
    // Not percent-encoded, so as it is.
  }
  if (!text || !(isDoor || isCode(text))) return "";
  history.replaceState(history.state, "", location.pathname + location.search);
  return isDoor ? text : "";
}

function isCode(text) {
  try {
    return Boolean(parseCode(text));
  } catch {
    return false;
  }
}

async function start() {
  listen();
  const obstacle = obstacleHere();
  if (obstacle) return setState("error", obstacle);
  const text = fragment;
  fragment = "";
  if (text && !isAnchor(text)) return unlock(text, false);
  if (text) restoreAnchor(text);
  return resume();
}

function obstacleHere() {
  if (!globalThis.isSecureContext || !subtle || location.protocol === "file:") return "insecure";
  if (!globalThis.DecompressionStream) return "old-browser";
  return "";
}

function isAnchor(text) {
  return Boolean(document.getElementById(text)) || foldCode(text).length < 16;
}

// With replaceState, since a new fragment would be taken for a code again.
function restoreAnchor(text) {
  history.replaceState(history.state, "", `#${encodeURIComponent(text)}`);
  const target = document.getElementById(text);
  if (target) target.scrollIntoView();
}

function listen() {
  for (const form of document.querySelectorAll('form[data-sg="unlock"]')) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { code, remember } = form.elements;
      if (!obstacleHere()) unlock(code.value, Boolean(remember && remember.checked), code);
    });
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest('[data-sg="logout"], [data-sg="remember"]');
    if (!button) return;
    if (button.dataset.sg === "logout") logOut();
    else if (!button.form) rememberDevice().then(noteKept);
  });
  globalThis.addEventListener("hashchange", () => {
    const text = takeFragment();
    if (text && !isAnchor(text) && !obstacleHere()) unlock(text, false);
    else if (text) restoreAnchor(text);
  });
  listenForLeaving();
}

function listenForLeaving() {
  if (globalThis.BroadcastChannel) {
    channel = new BroadcastChannel(PLACE);
    channel.onmessage = async () => {
      await forgetTab();
      leave();
    };
  }
  // A page that the browser puts aside and shows again must not outlive a log-out.
  globalThis.addEventListener("pagehide", (event) => {
    if (event.persisted && vault) document.documentElement.dataset.sgState = "opening";
  });
  globalThis.addEventListener("pageshow", async (event) => {
    if (!event.persisted || !vault) return;
    if (await recallKeys()) document.documentElement.dataset.sgState = "open";
    else leave();
  });
}

async function unlock(text, remember, input) {
  try {
    const code = parseCode(text);
    setState("opening", "opening");
    const site = await loadSite();
    await refuseOldSite(site, true);
    const raw = await leafKeys(code, site);
    vault = await openWithRetry(await importKeys(raw), site);
    if (input) input.value = "";
    const isKept = await keepKeys(raw, vault.keys, remember);
    raw.fill(0);
    if (isKept) noteKept();
    await rememberSite(vault.site);
    if (isDoor && isKept) return location.replace(new URL(`m/${vault.site.home}/`, BASE));
    await showAll();
    if (!isKept) setState(document.documentElement.dataset.sgState, "storage");
  } catch (error) {
    refuse(error);
  }
  if (input) {
    input.setAttribute("aria-invalid", String(document.documentElement.dataset.sgState === "locked"));
    if (input.getAttribute("aria-invalid") === "true") input.focus();
  }
}

async function resume() {
  try {
    const keys = await recallKeys();
    if (!keys) {
      setState("locked", hasJustLeft() ? "logged-out" : "");
      return announce("locked");
    }
    noteKept();
    setState("opening", "opening");
    const site = await loadSite();
    await refuseOldSite(site, false);
    vault = await openWithRetry(keys, site);
    await rememberSite(vault.site);
    await showAll();
  } catch (error) {
    refuse(error);
  }
}

// A build older than one seen before is a rolled-back mirror; another signing key is another site. A code
// typed anew may meet a new signing key: the slot it opens says which one is right.
async function refuseOldSite(site, withCode) {
  const seen = await get("seen");
  if (!seen) return;
  if (seen.key !== site.key) {
    if (withCode) return;
    throw new Refusal("tampered");
  }
  if (site.epoch < seen.epoch || (site.epoch === seen.epoch && site.build < seen.build)) throw new Refusal("stale");
}

function rememberSite(site) {
  return put("seen", { epoch: site.epoch, build: site.build, key: site.key }).catch(() => {});
}

// A half-finished deploy mends itself, so everything is asked for once more, past all caches.
async function openWithRetry(keys, site) {
  try {
    return await openVault(keys, site, "default");
  } catch (error) {
    if (error.key !== "tampered" && error.key !== "missing") throw error;
    return openVault(keys, await loadSite(), "reload");
  }
}

async function load(id, kind) {
  try {
    return await unseal(vault, id, kind, kind === "asset" ? "no-cache" : "default");
  } catch (error) {
    if (error.key !== "tampered" && error.key !== "missing") throw error;
    if (kind === "nav" && error.key === "missing") throw error;
    await (refreshed ||= refresh());
    return unseal(vault, id, kind, "reload");
  }
}

async function refresh() {
  const site = await loadSite();
  await refuseOldSite(site, false);
  vault = await openVault(vault.keys, site, "reload");
}

async function showAll() {
  document.documentElement.dataset.sgDev = String(vault.site.dev);
  announce("unlocked");
  showFields(vault.record);
  // Settled on their own: the links stay useful where the page itself is refused.
  const links = findLinks(load, vault.segments).then(
    (found) => ({ found, trouble: null }),
    (trouble) => ({ found: [], trouble }),
  );
  try {
    await (isShell ? showPage(load) : showBlocks(document, load, 1));
  } finally {
    // Only now, since the page that was opened may hold lists of its own.
    showLinks((await links).found);
  }
  showFields(vault.record);
  setState("open", "");
  scrollToAnchor();
  announce("page");
  const trouble = (await links).trouble || (await showPictures(load).then(() => null, (error) => error));
  if (trouble) setState("open", keyOf(trouble));
}

function scrollToAnchor() {
  const target = isShell && location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) target.scrollIntoView();
}

function keyOf(error) {
  return error.key === "missing" ? "tampered" : error.key || "unexpected";
}

function refuse(error) {
  const key = keyOf(error);
  if (key === "no-access") setState("denied", key);
  else setState(LOCKED_KEYS.includes(key) ? "locked" : "error", key);
}

async function logOut() {
  await forgetEverything();
  if (channel) channel.postMessage("logged-out");
  leave();
}

function leave() {
  vault = null;
  wipePage();
  announce("locked");
  noteLeaving();
  location.replace(BASE);
}

// For the theme: what is remembered needs no button to remember it.
function noteKept() {
  document.documentElement.dataset.sgKept = tabSession()[0] ? "session" : "device";
}

function announce(name) {
  document.dispatchEvent(new CustomEvent(`sitegen:${name}`));
}
