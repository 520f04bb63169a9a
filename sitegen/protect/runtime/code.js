// Read member codes and object ids: both are Crockford's base 32.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_CHARACTERS = 28;

// Something that the page must tell its reader; `key` names the message.
class Refusal extends Error {
  constructor(key) {
    super(key);
    this.key = key;
  }
}

// The 17 bytes of a typed code. Same rules as protect/code.py.
function parseCode(text) {
  const characters = [...foldCode(text)];
  const values = characters.map((character) => ALPHABET.indexOf(character));
  if (values.includes(-1)) throw new Refusal("bad-character");
  if (values.length !== CODE_CHARACTERS) throw new Refusal("bad-length");
  if (!checksFit(values)) throw new Refusal("bad-check");
  return bytesOf(values.slice(0, 26), 17);
}

function foldCode(text) {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\u00ad\u200b\u2010-\u2014\u2212_.-]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

// Both sums of the Reed-Solomon code over GF(32) must be zero.
function checksFit(values) {
  let plain = 0;
  let weighted = 0;
  for (const value of [...values].reverse()) {
    plain ^= value;
    weighted = (weighted << 1) ^ (weighted & 16 ? 0b100101 : 0) ^ value;
  }
  return plain === 0 && weighted === 0;
}

function bytesOf(values, length) {
  const bytes = new Uint8Array(length);
  values.forEach((value, index) => {
    for (let bit = 0; bit < 5; bit += 1) {
      const position = index * 5 + bit;
      if (value & (16 >> bit)) bytes[position >> 3] |= 128 >> (position & 7);
    }
  });
  return bytes;
}

function spellId(bytes) {
  let spelling = "";
  for (let start = 0; start < 130; start += 5) {
    let value = 0;
    for (let position = start; position < start + 5; position += 1) {
      value = (value << 1) | ((bytes[position >> 3] >> (7 - (position & 7))) & 1);
    }
    spelling += ALPHABET[value];
  }
  return spelling.toLowerCase();
}

function readId(spelling) {
  const values = [...spelling.toUpperCase()].map((character) => ALPHABET.indexOf(character));
  const bytes = bytesOf(values, 16);
  if (values.includes(-1) || spellId(bytes) !== spelling) throw new Refusal("tampered");
  return bytes;
}
