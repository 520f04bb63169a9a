// Lock this device with a passphrase: the leaf keys lie in IndexedDB under a key that is made from it.
//
// It keeps out whoever picks the device up. It opens nothing by itself, and nothing that is published knows of it.

const LEAST_PASSPHRASE = 8;
const ROUNDS = 600000;

// From now on this device asks for the passphrase.
async function setPassphrase({ passphrase, code }) {
  const text = foldPassphrase(passphrase.value);
  if ([...text].length < LEAST_PASSPHRASE) throw new Refusal("short-passphrase");
  const raw = (await recallSession()) || (await keysAgain(code ? code.value : ""));
  const guarded = await guardKeys(raw, text);
  if (!tabSession()[0]) await keepSession(raw);
  raw.fill(0);
  if (!(await keepOnDevice("passphrase", guarded))) throw new Refusal("storage");
}

// This tab no longer has the keys in a form that can be locked, so the card's code gives them anew.
async function keysAgain(text) {
  const raw = await leafKeys(parseCode(text), vault.site);
  const { locate } = await importKeys(raw);
  const [now, before] = await Promise.all([hmac(locate, vault.site.id), hmac(vault.keys.locate, vault.site.id)]);
  if (!startsWith(now, before)) throw new Refusal("unknown-code");
  return raw;
}

async function guardKeys(raw, text) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await passphraseKey(text, salt, ROUNDS, "encrypt");
  return { salt, iv, rounds: ROUNDS, locked: await subtle.encrypt({ name: "AES-GCM", iv }, key, raw) };
}

// The leaf keys, 64 bytes.
async function openGuarded(passphrase) {
  const { salt, iv, rounds, locked } = await get("passphrase");
  const key = await passphraseKey(foldPassphrase(passphrase), salt, rounds, "decrypt");
  try {
    return new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv }, key, locked));
  } catch {
    throw new Refusal("bad-passphrase");
  }
}

async function passphraseKey(text, salt, rounds, use) {
  const base = await subtle.importKey("raw", utf8.encode(text), "PBKDF2", false, ["deriveKey"]);
  const scheme = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return subtle.deriveKey(scheme, base, { name: "AES-GCM", length: 256 }, false, [use]);
}

// One passphrase, however the keyboard spells it.
function foldPassphrase(text) {
  return text.normalize("NFKC").trim();
}
