// The order of things: strip the fragment, find keys or a code, open the vault, show the page.

// Mistakes of whoever types leave the form where it is; everything else is no fault of the code.
const LOCKED_KEYS = ["bad-character", "bad-length", "bad-check", "unknown-code", "bad-passphrase"];
// A shop makes new keys each month, so a site of two months ago was left alone.
const AGED_DAYS = 62;
let vault = null;
let refreshed = null;
let isBusy = false;
let isKept = true;
let fragment = takeFragment();

root.dataset.sgReady = "true";
if (pageIs("shell") || tabSession()[0] || isCode(fragment)) root.dataset.sgState = "opening";
// Before anything is painted, so that what waits for a member has its place at once and nothing jumps.
if (tabSession()[0]) mark("sgKept", "session");
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
  if (!text || !(pageIs("door") || isCode(text))) return "";
  history.replaceState(history.state, "", location.pathname + location.search);
  return pageIs("door") ? text : "";
}

function isCode(text) {
  try {
    return Boolean(parseCode(text));
  } catch {
    return false;
  }
}

async function start() {
  collectLanguages();
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
  if (location.protocol === "file:") return "file";
  if (!globalThis.isSecureContext) return "insecure";
  return subtle && canInflate() ? "" : "old-browser";
}

function canInflate() {
  try {
    return Boolean(new DecompressionStream("deflate-raw"));
  } catch {
    return false;
  }
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
  document.addEventListener("submit", (event) => {
    const { sg } = event.target.dataset;
    if (!["unlock", "passphrase", "set-passphrase"].includes(sg)) return;
    event.preventDefault();
    if (!obstacleHere()) submitted(sg, event.target);
  });
  document.addEventListener("click", clicked);
  globalThis.addEventListener("hashchange", () => {
    const text = takeFragment();
    if (text && !isAnchor(text) && !obstacleHere()) unlock(text, false);
    else if (text) restoreAnchor(text);
  });
  globalThis.addEventListener("popstate", () => {
    if (isKept || !vault) return;
    if (isShellAddress(location.href)) openHere();
    else location.reload();
  });
  listenForLeaving();
}

function submitted(sg, form) {
  const { code, remember, passphrase } = form.elements;
  if (sg === "unlock") unlock(code.value, Boolean(remember && remember.checked), code);
  else if (sg === "passphrase") unlockDevice(passphrase);
  else if (vault) act("passphrase-set", () => setPassphrase(form.elements), form);
}

function clicked(event) {
  const target = event.target.closest ? event.target : event.target.parentElement;
  const button = target && target.closest('button[data-sg="logout"], button[data-sg="remember"]');
  const link = target && target.closest("a[href]");
  if (button && button.dataset.sg === "logout") logOut();
  else if (button) act("remembered", rememberDevice);
  else if (link) {
    chooseLanguage(link);
    if (vault && !isKept) walk(event, link);
  }
}

// Something that an open page is asked to do; its answer is a word, and the page stays open.
async function act(done, action, form) {
  try {
    await action();
    if (form) form.reset();
    await noteKept();
    answer(done);
  } catch (error) {
    answer(keyOf(error));
  }
}

// Without storage a new page would know nobody, so members' pages are opened in this one.
function walk(event, link) {
  const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!isPlain || event.defaultPrevented || !isShellAddress(link.href)) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  openHere();
}

function isShellAddress(href) {
  return href.startsWith(BASE.href) && /^m\/[0-9a-z]{26}\/(?:#.*)?$/.test(href.slice(BASE.href.length));
}

async function openHere() {
  root.dataset.sgPage = "shell";
  try {
    await showAll();
    focusContent();
  } catch (error) {
    refuse(error);
  }
}

// `withKeys(site)` gives the leaf keys of a code or of a passphrase; `input` is where it was typed.
async function enter(withKeys, remember, withCode, input) {
  if (isBusy) return;
  isBusy = true;
  try {
    setState("opening", "opening");
    const site = await loadSite();
    await refuseOldSite(site, withCode);
    await admit(await withKeys(site), site, remember);
    if (input) input.value = "";
  } catch (error) {
    refuse(error);
  }
  isBusy = false;
  if (input) showWhatIsWrong(input);
}

async function unlock(text, remember, input) {
  let code;
  try {
    code = parseCode(text);
  } catch (error) {
    refuse(error);
    if (input) showWhatIsWrong(input);
    return;
  }
  await enter((site) => leafKeys(code, site), remember, true, input);
}

function unlockDevice(input) {
  return enter(() => openGuarded(input.value), false, false, input);
}

// Whoever has the keys: they are kept, and the page is shown.
async function admit(raw, site, remember) {
  vault = await openWithRetry(await importKeys(raw), site, pageIs("door"));
  isKept = await keepKeys(raw, vault.keys, remember);
  raw.fill(0);
  await rememberSite(vault.site);
  if (pageIs("door") && isKept) {
    // The next page need not ask again for what has just come.
    leaveNote(`entered ${decode(vault.site.bytes)}`);
    location.replace(new URL(`m/${vault.site.home}/`, BASE));
    return;
  }
  if (pageIs("door")) vault = await openVault(vault.keys, vault.site, "default");
  await noteKept();
  await showAll();
  if (!isKept) setState(root.dataset.sgState, "storage");
  focusContent();
}

function showWhatIsWrong(input) {
  const isWrong = root.dataset.sgState === "locked";
  input.setAttribute("aria-invalid", String(isWrong));
  if (isWrong) input.focus();
}

async function resume() {
  try {
    const [word, siteText] = takeNote();
    const keys = await recallKeys();
    await noteKept();
    if (!keys) {
      setState("locked", word === "left" ? "logged-out" : "");
      return announce("locked");
    }
    setState("opening", "opening");
    const site = siteText ? await readSite(utf8.encode(siteText)) : await loadSite();
    await refuseOldSite(site, false);
    vault = await openWithRetry(keys, site);
    await rememberSite(vault.site);
    if (word === "entered" && vault.record.language) takeHome(await findLinks(load, vault.segments));
    await showAll();
    if (word === "entered") focusContent();
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

async function rememberSite(site) {
  const seen = await get("seen");
  if (seen && seen.key === site.key && seen.epoch === site.epoch && seen.build === site.build) return null;
  return put("seen", { epoch: site.epoch, build: site.build, key: site.key }).catch(() => {});
}

// A half-finished deploy mends itself, so everything is asked for once more, past all caches.
async function openWithRetry(keys, site, isPassing = false) {
  try {
    return await openVault(keys, site, "default", isPassing);
  } catch (error) {
    if (error.key !== "tampered" && error.key !== "missing") throw error;
    return openVault(keys, await loadSite(), "reload", isPassing);
  }
}

async function load(id, kind) {
  try {
    return await unseal(vault, id, kind, kind === "asset" ? "no-cache" : "default");
  } catch (error) {
    if (error.key !== "tampered" && error.key !== "missing") throw error;
    if (["nav", "search"].includes(kind) && error.key === "missing") throw error;
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
  speak();
  root.dataset.sgDev = String(vault.site.dev);
  announce("unlocked");
  showFields(vault.record);
  // Settled on their own: the links stay useful where the page itself is refused.
  const links = findLinks(load, vault.segments).then(
    (found) => ({ found, trouble: null }),
    (trouble) => ({ found: [], trouble }),
  );
  try {
    await (pageIs("shell") ? showPage(load) : showBlocks(document, load, 1));
  } finally {
    // Only now, since the page that was opened may hold lists of its own.
    showLinks((await links).found);
  }
  showFields(vault.record);
  setState("open", "");
  scrollToAnchor();
  announce("page");
  if (isAged()) note("aged");
  const trouble = (await links).trouble || (await showPictures(load).then(() => null, (error) => error));
  if (trouble) setState("open", keyOf(trouble));
}

// Said where a member comes in, and not on every page.
function isAged() {
  const { dev, issued, home } = vault.site;
  const isHome = pageIs("door") || location.pathname.endsWith(`/m/${home}/`);
  return isHome && !dev && Date.now() / 1000 - issued > AGED_DAYS * 86400;
}

function scrollToAnchor() {
  const name = pageIs("shell") && decodeURIComponent(location.hash.slice(1));
  const target = name && document.getElementById(name);
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
