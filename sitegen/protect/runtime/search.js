// Search in the indexes that a member may open. The format is that of render/search.py, which folds words alike.

const HAN = "\\u3005\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{N}])+`, "gu");
const PIECE = new RegExp(`[${HAN}]|(?:(?![${HAN}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
const IS_HAN = new RegExp(`^[${HAN}]`, "u");
const MARKS = /[\u0300-\u036f\u3099\u309a]/g;
// By grade: a word of the text, a frequent one, one of a heading, one of the title.
const GRADES = [1, 2, 4, 8];
// Each kind of likeness outweighs every grade of the next: the word itself, its beginning, one typo, two.
const SAME = 4096;
const BEGINS = 256;
const TYPOS = [SAME, 16, 1];
const MOST_SHOWN = 30;
const QUOTED = 180;
const BEFORE = 50;
const PAUSE = 120;

// Indexes become one library: a page that several segments find is one document.
export function merge(indexes) {
  const places = new Map();
  const documents = [];
  const shelves = indexes.map((index) => {
    const numbers = index.documents.map(([title, href, text, language]) => {
      if (!places.has(href)) places.set(href, documents.push({ title, href, language, texts: [] }) - 1);
      documents[places.get(href)].texts.push(text);
      return places.get(href);
    });
    return { numbers, words: Object.entries(index.words) };
  });
  return { documents, shelves, letters: Object.assign({}, ...indexes.map((index) => index.letters)) };
}

// The documents in which each word of the query is found, best first, and the words of the library that were meant.
export function find(library, query) {
  const asked = [...new Set(words(query, library.letters))];
  const meant = new Set();
  let scores = new Map();
  asked.forEach((word, place) => {
    const found = documentsOf(library, word, place === asked.length - 1, meant);
    const others = scores;
    scores = new Map([...found].filter(([number]) => !place || others.has(number)));
    for (const [number, score] of scores) scores.set(number, score + (others.get(number) || 0));
  });
  const hits = [...scores].map(([number, score]) => ({ score, document: library.documents[number] }));
  hits.sort((one, other) => other.score - one.score || compare(one.document, other.document));
  return { documents: hits.map((hit) => hit.document), meant };
}

function compare(one, other) {
  if (one.title !== other.title) return one.title < other.title ? -1 : 1;
  return one.href < other.href ? -1 : 1;
}

export function fold(text, letters) {
  const plain = text.normalize("NFKD").replace(MARKS, "").toLowerCase();
  return Array.from(plain, (character) => letters[character] || character).join("");
}

// The words of a text, as render/search.py writes them into an index: of Chinese each two neighbours.
export function words(text, letters) {
  const runs = fold(text, letters).match(RUN) || [];
  return runs.flatMap((run) => {
    const characters = IS_HAN.test(run) ? [...run] : [run];
    return characters.length > 1 ? characters.slice(1).map((one, place) => characters[place] + one) : [run];
  });
}

function documentsOf(library, word, isLast, meant) {
  const scores = new Map();
  for (const { numbers, words } of library.shelves) {
    for (const [token, postings] of words) {
      const like = likeness(token, word, isLast);
      if (!like) continue;
      meant.add(IS_HAN.test(word) ? word : token);
      let value = 0;
      for (const step of postings) {
        value += step;
        const number = numbers[value >> 2];
        const score = like * GRADES[value & 3];
        if (score > (scores.get(number) || 0)) scores.set(number, score);
      }
    }
  }
  return scores;
}

function likeness(token, word, isLast) {
  if (token === word) return SAME;
  // One character is found in each pair that holds it.
  if (IS_HAN.test(word)) return [...word].length === 1 && IS_HAN.test(token) && token.includes(word) ? SAME : 0;
  if (isLast && token.startsWith(word)) return BEGINS;
  const most = mostTypos(word);
  return most ? TYPOS[distance(word, token, most)] || 0 : 0;
}

function mostTypos(word) {
  if (word.length < 4 || /^\d+$/.test(word)) return 0;
  return word.length < 8 ? 1 : 2;
}

// Letters to insert, drop, change or swap with a neighbour (Damerau and Levenshtein's distance, no letter moved
// twice); Infinity where it is more than `most`.
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let earlier = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    let least = row;
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      let cost = Math.min(above[column] + 1, now[column - 1] + 1, above[column - 1] + (isSame ? 0 : 1));
      const isSwapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped) cost = Math.min(cost, earlier[column - 2] + 1);
      now.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return Infinity;
    [earlier, above] = [above, now];
  }
  return above[other.length] <= most ? above[other.length] : Infinity;
}

// The stretches of a text, [start, end] each, that hold a meant word.
export function stretches(text, meant, letters) {
  const found = [];
  let before = null;
  for (const piece of text.matchAll(PIECE)) {
    const [start, end] = [piece.index, piece.index + piece[0].length];
    const now = { start, end, folded: fold(piece[0], letters), isHan: IS_HAN.test(piece[0]) };
    const isPair = now.isHan && before && before.isHan && before.end === start;
    if (isPair && meant.has(before.folded + now.folded)) add(found, before.start, end);
    else if (meant.has(now.folded) || (!now.isHan && hasMeant(now.folded, meant))) add(found, start, end);
    before = now;
  }
  return found;
}

// A piece can fold into several words: "½" is 1 and 2.
function hasMeant(folded, meant) {
  return (folded.match(RUN) || []).some((word) => meant.has(word));
}

function add(found, start, end) {
  const last = found.at(-1);
  if (last && start <= last[1]) last[1] = end;
  else found.push([start, end]);
}

// What a hit is quoted with: of its texts the one with most found words, from shortly before the first of them.
export function quote(texts, meant, letters) {
  const all = texts.map((text) => ({ text, found: stretches(text, meant, letters) }));
  const { text, found } = all.reduce((best, one) => (one.found.length > best.found.length ? one : best));
  const first = found.length && found[0][0] + BEFORE > QUOTED ? wordStart(text, found[0][0] - BEFORE) : 0;
  const end = text.length > first + QUOTED ? wordStart(text, first + QUOTED) : text.length;
  const words = text.slice(first, end).trimEnd();
  return (first ? "… " : "") + words + (end < text.length ? " …" : "");
}

// The start of the first word from here on, unless that is far, as where words have no spaces.
function wordStart(text, position) {
  const space = text.indexOf(" ", position - 1);
  return space < 0 || space > position + 30 ? position : space + 1;
}

// Let a search box work: [data-sg="search"] with an input, a list "search-hits" and a status "search-count".
export function attend(box, indexes, base) {
  const library = merge(indexes);
  const input = box.querySelector("input");
  const list = box.querySelector('[data-sg="search-hits"]');
  const count = box.querySelector('[data-sg="search-count"]');
  const over = new AbortController();
  const untilOver = { signal: over.signal };
  let timer = 0;

  function search() {
    clearTimeout(timer);
    const { documents, meant } = find(library, input.value);
    list.replaceChildren(...documents.slice(0, MOST_SHOWN).map((one) => item(one, meant, library.letters, base)));
    count.textContent = input.value.trim() && sentence(box.dataset, documents.length);
  }

  function clear() {
    input.value = "";
    search();
  }

  function soon(event) {
    clearTimeout(timer);
    // What an input method has not yet turned into characters is not yet meant.
    if (!event.isComposing) timer = setTimeout(search, PAUSE);
  }

  function pressed(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.target === input) search();
    if (event.key === "Escape") {
      clear();
      input.focus();
    }
    if (moveFocus(event.key, input, list)) event.preventDefault();
  }

  function forget() {
    library.documents.length = 0;
    library.shelves.length = 0;
    clear();
    over.abort();
  }

  box.addEventListener("input", soon, untilOver);
  box.addEventListener("compositionend", soon, untilOver);
  box.addEventListener("keydown", pressed, untilOver);
  document.addEventListener("sitegen:locked", forget, untilOver);
  search();
}

// The arrow keys walk from the field through the hits and back; true where there was a way to go.
function moveFocus(key, input, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const stops = [input, ...list.querySelectorAll("a")];
  const next = step && stops[stops.indexOf(document.activeElement) + step];
  if (next) next.focus();
  return Boolean(next);
}

function sentence(said, number) {
  if (number === 0) return said.sgNone || "0";
  if (number === 1) return said.sgOne || "1";
  return (said.sgMany || "{count}").replace("{count}", number);
}

function item(found, meant, letters, base) {
  const entry = document.createElement("li");
  if (found.language) entry.lang = found.language;
  const link = document.createElement("a");
  const url = new URL(found.href, base);
  // An index that says otherwise was not made by us.
  if (url.href.startsWith(base.href)) link.href = url.href;
  if (url.href === location.origin + location.pathname) link.setAttribute("aria-current", "page");
  link.append(...marked(found.title, meant, letters));
  const text = document.createElement("p");
  text.append(...marked(quote(found.texts, meant, letters), meant, letters));
  entry.append(link, text);
  return entry;
}

// Text nodes, and <mark> around what was found.
function marked(text, meant, letters) {
  const nodes = [];
  let end = 0;
  for (const [start, stop] of stretches(text, meant, letters)) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, stop);
    nodes.push(text.slice(end, start), mark);
    end = stop;
  }
  return [...nodes, text.slice(end)];
}
