// Open site.json, the member's slot and protected objects. Formats: protect/manifest.py, packs.py, objects.py.

const LEAST_OBJECT = 1024;
const utf8 = new TextEncoder();

// The two leaf keys of a code, 64 bytes: slot key and locator key. The code is not needed again.
async function leafKeys(code, site) {
  const base = await subtle.importKey("raw", code, "HKDF", false, ["deriveBits"]);
  code.fill(0);
  return join(await derive(base, site.id, "slot", 32), await derive(base, site.id, "locate", 32));
}

// site.json, if the key that it names signed it. Whether that is the right key, the slot decides.
async function loadSite() {
  // Past all caches: hosts that compare only time and length would call a new site.json unchanged.
  const bytes = await read("sg/site.json", "no-store");
  let site;
  try {
    const outer = JSON.parse(decode(bytes));
    site = JSON.parse(outer.signed);
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const key = await subtle.importKey("raw", fromBase64(site.key), curve, false, ["verify"]);
    const scheme = { name: "ECDSA", hash: "SHA-256" };
    if (!(await subtle.verify(scheme, key, fromBase64(outer.signature), utf8.encode(outer.signed)))) site = null;
  } catch {
    site = null;
  }
  if (!site || site.v !== 1) throw new Refusal("tampered");
  return { ...site, id: fromHex(site.site), epochBytes: numberBytes(site.epoch, 4) };
}

// What these keys open on this site: { keys, site, segments, record }.
async function openVault(keys, site, cache) {
  const tag = (await hmac(keys.locate, prefixed(utf8.encode("tag"), site.id, site.epochBytes))).slice(0, 16);
  const kept = await get("record");
  const isKept = !site.dev && kept && kept.epoch === site.epoch && kept.build === site.build && startsWith(kept.bytes, tag);
  const bytes = isKept && cache !== "reload" ? kept.bytes : await findRecord(site, tag, cache);
  const slot = await openRecord(keys, site, tag, bytes);
  if (slot.pub !== site.key) throw new Refusal("tampered");
  const segments = await Promise.all(slot.segments.map((held) => segmentKeys(held, site)));
  await put("record", { epoch: site.epoch, build: site.build, bytes }).catch(() => {});
  return { keys, site, segments, record: slot.m };
}

// Development builds of one day share their build instant, so no cache may stand between them.
function cacheFor(site, cache) {
  return site.dev ? "no-store" : cache;
}

async function findRecord(site, tag, cache) {
  const number = site.bits ? new DataView(tag.buffer).getUint32(0) >>> (32 - site.bits) : 0;
  const name = number.toString(16).padStart(4, "0");
  const pack = await read(`sg/${site.epoch}/k/${site.build}/${name}.bin`, cacheFor(site, cache));
  const header = join(
    utf8.encode("SGK1"),
    site.epochBytes,
    numberBytes(site.build, 8),
    numberBytes(site.slot, 2),
    numberBytes(site.capacity, 2),
  );
  const size = 16 + 12 + site.slot + 16;
  if (!startsWith(pack, header) || pack.length !== header.length + size * site.capacity) {
    throw new Refusal("tampered");
  }
  for (let start = header.length; start < pack.length; start += size) {
    const record = pack.subarray(start, start + size);
    if (startsWith(record, tag)) return record.slice();
  }
  throw new Refusal("unknown-code");
}

async function openRecord(keys, site, tag, bytes) {
  const build = numberBytes(site.build, 8);
  const additionalData = prefixed(utf8.encode("SGK1"), site.id, site.epochBytes, build, tag);
  const plain = await decrypt(keys.slot, bytes.subarray(16, 28), bytes.subarray(28), additionalData);
  const end = 1 + plain[0] * 32;
  const segments = [];
  for (let start = 1; start < end; start += 32) segments.push(plain.slice(start, start + 32));
  const length = (plain[end] << 8) | plain[end + 1];
  const value = JSON.parse(decode(plain.subarray(end + 2, end + 2 + length)));
  plain.fill(0);
  return { ...value, segments };
}

async function segmentKeys(held, site) {
  const base = await subtle.importKey("raw", held, "HKDF", false, ["deriveBits"]);
  held.fill(0);
  const [wrapBytes, tagBytes, nav] = await Promise.all([
    derive(base, site.id, "wrap", 32),
    derive(base, site.id, "tag", 32),
    derive(base, site.id, "nav", 16),
  ]);
  const wrap = await subtle.importKey("raw", wrapBytes, "AES-KW", false, ["unwrapKey"]);
  const tag = await subtle.importKey("raw", tagBytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return { wrap, tag, nav };
}

// The body of an object. Refuses with no-access, tampered, missing or offline.
async function unseal(vault, id, kind, cache) {
  const { site } = vault;
  const spelling = spellId(id);
  // The question mark is for caches: an object may change with every build, a picture at least with the period.
  const stamp = kind === "asset" ? site.period : site.build;
  const blob = await read(`sg/${site.epoch}/o/${spelling.slice(0, 2)}/${spelling}.bin?${stamp}`, cacheFor(site, cache));
  const count = blob[8];
  const length = 9 + count * 44;
  const isSound = startsWith(blob, join(utf8.encode("SGO1"), site.epochBytes)) && count && !(count & (count - 1));
  if (!isSound || blob.length < Math.max(LEAST_OBJECT, length + 32)) throw new Refusal("tampered");
  const key = await contentKey(vault.segments, id, blob.subarray(9, length));
  const names = [site.period, kind].map((name) => utf8.encode(name));
  const bound = prefixed(utf8.encode("SGO1"), site.id, id, site.epochBytes, ...names);
  const additionalData = join(bound, blob.subarray(0, length));
  const plain = await decrypt(key, blob.subarray(length, length + 12), blob.subarray(length + 12), additionalData);
  const size = new DataView(plain.buffer).getUint32(0);
  return inflate(plain.subarray(4, 4 + size));
}

async function contentKey(segments, id, locks) {
  let isAddressed = false;
  for (const segment of segments) {
    const tag = (await hmac(segment.tag, id)).slice(0, 4);
    for (let start = 0; start < locks.length; start += 44) {
      const lock = locks.subarray(start, start + 44);
      if (!startsWith(lock, tag)) continue;
      isAddressed = true;
      try {
        const wrapped = lock.slice(4);
        return await subtle.unwrapKey("raw", wrapped, segment.wrap, "AES-KW", "AES-GCM", false, ["decrypt"]);
      } catch {
        // Four bytes of tag can fit by chance, so another lock may still be the right one.
      }
    }
  }
  throw new Refusal(isAddressed ? "tampered" : "no-access");
}

async function read(path, cache) {
  let response;
  let body;
  try {
    response = await fetch(new URL(path, BASE), { cache, referrerPolicy: "no-referrer" });
    body = await response.arrayBuffer();
  } catch {
    throw new Refusal("offline");
  }
  if (response.status === 404 || response.status === 410) throw new Refusal("missing");
  if (!response.ok) throw new Refusal("offline");
  return new Uint8Array(body);
}

async function derive(base, siteId, label, length) {
  const info = join(utf8.encode(`sitegen/v1/${label}`), Uint8Array.of(0));
  const scheme = { name: "HKDF", hash: "SHA-256", salt: siteId, info };
  return new Uint8Array(await subtle.deriveBits(scheme, base, 8 * length));
}

async function decrypt(key, iv, bytes, additionalData) {
  try {
    return new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, bytes));
  } catch {
    throw new Refusal("tampered");
  }
}

async function hmac(key, bytes) {
  return new Uint8Array(await subtle.sign("HMAC", key, bytes));
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function decode(bytes) {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function prefixed(...parts) {
  return join(...parts.flatMap((part) => [numberBytes(part.length, 4), part]));
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

// Big-endian; division, because a build instant needs more than 32 bits.
function numberBytes(value, length) {
  const bytes = new Uint8Array(length);
  for (let index = length - 1, rest = value; index >= 0; index -= 1, rest = Math.floor(rest / 256)) {
    bytes[index] = rest % 256;
  }
  return bytes;
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

function startsWith(bytes, start) {
  return bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);
}
