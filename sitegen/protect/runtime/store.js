// Keep leaf keys: for the tab's session by default, for the device on request. Never the code itself.
//
// Session: the keys lie in IndexedDB under a random key that only sessionStorage holds, so reload and navigation
// work and closing the tab ends it. Device: the keys lie in IndexedDB as CryptoKeys that cannot be exported, or under
// a passphrase (lock.js).

const BASE = new URL("../", document.currentScript.src);
const PLACE = `sitegen ${BASE.pathname}`;
const SESSION_DAYS = 31;

const subtle = globalThis.crypto && crypto.subtle;

// True when the keys will be there on the next page. The tab keeps them too where the device does: only from there
// can they be locked with a passphrase.
async function keepKeys(raw, keys, remember) {
  await forgetTab();
  const isOnDevice = remember && (await keepOnDevice("device", keys));
  try {
    await keepSession(raw);
    return true;
  } catch {
    return isOnDevice;
  }
}

// `name` is "device" for keys as they are, "passphrase" for locked ones: a device keeps one or the other.
async function keepOnDevice(name, value) {
  try {
    await withKept("readwrite", (kept) => {
      const request = kept.put(value, name);
      kept.delete(name === "device" ? "passphrase" : "device");
      return request;
    });
    return true;
  } catch {
    // Private windows refuse CryptoKeys.
    return false;
  }
}

async function keepSession(raw) {
  const name = toBase64(crypto.getRandomValues(new Uint8Array(9)));
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt"]);
  const locked = await subtle.encrypt({ name: "AES-GCM", iv }, key, raw);
  await dropOldSessions();
  await put(`session ${name}`, { iv, locked, made: Date.now() });
  sessionStorage.setItem(PLACE, `${name} ${toBase64(secret)}`);
  secret.fill(0);
}

async function dropOldSessions() {
  const oldest = Date.now() - SESSION_DAYS * 86400000;
  await withKept("readwrite", (kept) => {
    kept.openCursor().onsuccess = (event) => {
      const cursor = event.target.result;
      if (!cursor) return;
      if (String(cursor.key).startsWith("session ") && cursor.value.made < oldest) cursor.delete();
      cursor.continue();
    };
  });
}

// The keys of this tab, else of this device, else null.
async function recallKeys() {
  const raw = await recallSession();
  if (!raw) return (await get("device")) || null;
  const keys = await importKeys(raw);
  raw.fill(0);
  return keys;
}

async function recallSession() {
  const [name, secret] = tabSession();
  const entry = name && (await get(`session ${name}`));
  if (!entry) return null;
  try {
    const key = await subtle.importKey("raw", fromBase64(secret), "AES-GCM", false, ["decrypt"]);
    return new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv: entry.iv }, key, entry.locked));
  } catch {
    return null;
  }
}

function tabSession() {
  try {
    return (sessionStorage.getItem(PLACE) || "").split(" ");
  } catch {
    return [""];
  }
}

// Keep on the device what this tab holds.
async function rememberDevice() {
  const raw = await recallSession();
  if (!raw) throw new Refusal("storage");
  const keys = await importKeys(raw);
  raw.fill(0);
  if (!(await keepOnDevice("device", keys))) throw new Refusal("storage");
}

async function importKeys(raw) {
  const slot = await subtle.importKey("raw", raw.slice(0, 32), "AES-GCM", false, ["decrypt"]);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const locate = await subtle.importKey("raw", raw.slice(32, 64), hmac, false, ["sign"]);
  return { slot, locate };
}

async function forgetTab() {
  const [name] = tabSession();
  try {
    sessionStorage.removeItem(PLACE);
    if (name) await withKept("readwrite", (kept) => kept.delete(`session ${name}`));
  } catch {
    // No storage, so nothing is kept in it.
  }
}

// Nothing stays on this device: no keys, no slot, no trace of a visit.
async function forgetEverything() {
  await forgetTab();
  try {
    await withKept("readwrite", (kept) => kept.clear());
  } catch {
    // No storage, so nothing is kept in it.
  }
}

// A note for the next page of this tab, gone as soon as it is read: "left", or "entered" with the text of site.json.
function leaveNote(note) {
  try {
    sessionStorage.setItem(`${PLACE} note`, note);
  } catch {
    // The next page then says nothing.
  }
}

function takeNote() {
  try {
    const note = sessionStorage.getItem(`${PLACE} note`) || "";
    sessionStorage.removeItem(`${PLACE} note`);
    const [word] = note.split(" ", 1);
    return [word, note.slice(word.length + 1)];
  } catch {
    return ["", ""];
  }
}

// A kept value, or undefined, also where the browser keeps nothing.
async function get(name) {
  try {
    return await withKept("readonly", (kept) => kept.get(name));
  } catch {
    return undefined;
  }
}

function put(name, value) {
  return withKept("readwrite", (kept) => kept.put(value, name));
}

async function withKept(mode, action) {
  const database = await openDatabase();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction("kept", mode);
      const request = action(transaction.objectStore("kept"));
      transaction.oncomplete = () => resolve(request && request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(PLACE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
