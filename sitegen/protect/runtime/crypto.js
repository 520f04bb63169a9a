// Open site.json, the member's slot and protected objects. Formats: protect/manifest.py, packs.py, objects.py, chunks.py.

const LEAST_OBJECT = 1024;
const CHUNK = 256 * 1024;
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
  return readSite(await read("sg/site.json", "no-store"));
}

async function readSite(bytes) {
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
  return { ...site, id: fromHex(site.site), epochBytes: numberBytes(site.epoch, 4), bytes };
}

// What these keys open on this site: { keys, site, segments, record }. No segments at a door that only lets in.
async function openVault(keys, site, cache, isPassing) {
  const tag = (await hmac(keys.locate, prefixed(utf8.encode("tag"), site.id, site.epochBytes))).slice(0, 16);
  const kept = await get("record");
  const isKept = !site.dev && kept && kept.epoch === site.epoch && kept.build === site.build && startsWith(kept.bytes, tag);
  const bytes = isKept && cache !== "reload" ? kept.bytes : await findRecord(site, tag, cache);
  const slot = await openRecord(keys, site, tag, bytes);
  if (slot.pub !== site.key) throw new Refusal("tampered");
  const held = isPassing ? [] : slot.segments;
  const segments = await Promise.all(held.map((one) => segmentKeys(one, site)));
  const isNew = !kept || bytes !== kept.bytes;
  if (isNew) await put("record", { epoch: site.epoch, build: site.build, bytes }).catch(() => {});
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
  const [wrapBytes, tagBytes, nav, search, place] = await Promise.all([
    derive(base, site.id, "wrap", 32),
    derive(base, site.id, "tag", 32),
    derive(base, site.id, "nav", 16),
    derive(base, site.id, "search", 16),
    derive(base, site.id, "place", 16),
  ]);
  const wrap = await subtle.importKey("raw", wrapBytes, "AES-KW", false, ["unwrapKey"]);
  const tag = await subtle.importKey("raw", tagBytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return { wrap, tag, nav, search, place };
}

// The body of an object, for an asset { type, content } with a Blob. Refuses with no-access, tampered, missing or
// offline.
async function unseal(vault, id, kind, cache) {
  const { site, segments } = vault;
  const source = await openObject(vault, id, kind, cacheFor(site, cache));
  try {
    const start = await source.take(9);
    // Only assets may be so large that they come in chunks.
    const isChunked = kind === "asset" && startsWith(start, utf8.encode("SGC1"));
    const magic = utf8.encode(isChunked ? "SGC1" : "SGO1");
    const count = start[8];
    const locks = await source.take(44 * count);
    const header = join(start, locks);
    const nonce = await source.take(12);
    const whole = isChunked ? null : await source.take(Infinity);
    const isSound = startsWith(header, join(magic, site.epochBytes)) && count && !(count & (count - 1));
    if (!isSound || (whole && header.length + 12 + whole.length < Math.max(LEAST_OBJECT, 41 + 44 * count))) {
      throw new Refusal("tampered");
    }
    const names = [site.period, kind].map((name) => utf8.encode(name));
    const additionalData = join(prefixed(magic, site.id, id, site.epochBytes, ...names), header);
    const sealed = { key: await contentKey(segments, id, locks), nonce, additionalData };
    if (isChunked) return await openChunks(sealed, source);
    const body = await openWhole(sealed, whole);
    return kind === "asset" ? assetOf(body, new Blob([body])) : body;
  } finally {
    source.close();
  }
}

async function openObject(vault, id, kind, cache) {
  for (const path of objectPaths(vault, id, kind)) {
    try {
      return await openSource(path, cache);
    } catch (error) {
      if (error.key !== "missing") throw error;
    }
  }
  // Where each audience has a folder of its own, what lies in none of ours is for others.
  throw new Refusal(vault.site.places ? "no-access" : "missing");
}

// The one path of an object, or one in the folder of each audience that the member belongs to.
function objectPaths({ site, segments }, id, kind) {
  const spelling = spellId(id);
  // The question mark is for caches: an object may change with every build, an asset at least with the period.
  const stamp = kind === "asset" ? site.period : site.build;
  const name = `${spelling.slice(0, 2)}/${spelling}.bin?${stamp}`;
  if (!site.places) return [`sg/${site.epoch}/o/${site.period}/${name}`];
  // A segment's navigation and search index lie in its own folder alone.
  const own = segments.filter((segment) => segment[kind] === id);
  return (own.length ? own : segments).map(({ place }) => `a/${spellId(place)}/${name}`);
}

async function openWhole({ key, nonce, additionalData }, bytes) {
  const plain = await decrypt(key, nonce, bytes, additionalData);
  const size = new DataView(plain.buffer).getUint32(0);
  return inflate(plain.subarray(4, 4 + size));
}

// Chunk by chunk, each of them found genuine, into Blobs: the browser keeps those outside of the page's memory.
async function openChunks({ key, nonce, additionalData }, source) {
  const parts = [];
  let first = null;
  for (let index = 0, isLast = false; !isLast; index += 1) {
    const bytes = await source.take(CHUNK + 16);
    isLast = await source.isAtEnd();
    const position = join(numberBytes(index, 4), Uint8Array.of(isLast ? 1 : 0));
    const plain = await decrypt(key, countedNonce(nonce, index), bytes, join(additionalData, position));
    first ||= plain;
    parts.push(new Blob([plain]));
  }
  const size = new DataView(first.buffer).getUint32(0);
  return assetOf(first.subarray(4), new Blob(parts).slice(4, 4 + size));
}

function countedNonce(nonce, index) {
  const counter = numberBytes(index, 12);
  return nonce.map((byte, position) => byte ^ counter[position]);
}

// An asset's body is its media type and its content, each after its length; `start` is where the body begins.
function assetOf(start, body) {
  const length = new DataView(start.buffer, start.byteOffset).getUint32(0);
  const type = decode(start.subarray(4, 4 + length));
  return { type, content: body.slice(8 + length, body.size, type) };
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
  const source = await openSource(path, cache);
  return source.take(Infinity);
}

// A file of the site, handed out from its start: `take(count)` gives so many bytes, fewer only at the end.
async function openSource(path, cache) {
  const reader = (await ask(path, cache)).body.getReader();
  let held = new Uint8Array(0);
  let isDone = false;
  const hold = async (count) => {
    const parts = [held];
    for (let length = held.length; length < count && !isDone; length += parts.at(-1).length) {
      const { done, value } = await reader.read().catch(() => {
        throw new Refusal("offline");
      });
      isDone = done;
      parts.push(value || new Uint8Array(0));
    }
    if (parts.length > 1) held = join(...parts);
  };
  return {
    async take(count) {
      await hold(count);
      const taken = held.slice(0, count);
      held = held.subarray(taken.length);
      return taken;
    },
    async isAtEnd() {
      await hold(1);
      return !held.length;
    },
    close() {
      reader.cancel().catch(() => {});
    },
  };
}

async function ask(path, cache) {
  let response;
  try {
    response = await fetch(new URL(path, BASE), { cache, referrerPolicy: "no-referrer" });
  } catch {
    throw new Refusal("offline");
  }
  if (response.ok) return response;
  // Read to its end all the same, else it keeps one of the few connections.
  await response.arrayBuffer().catch(() => {});
  throw new Refusal(response.status === 404 || response.status === 410 ? "missing" : "offline");
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
