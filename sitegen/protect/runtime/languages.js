// The reader's language: which words a page for all languages shows, and which of several translations.

const CHOICE = `${PLACE} language`;
const spoken = new Map();

// A page with the same bytes for everybody brings its words in each of the shop's other languages; the first
// language is the one that it was served in.
function collectLanguages() {
  const others = [...document.querySelectorAll("template[data-sg-language]")];
  if (!others.length) return;
  const served = document.createDocumentFragment();
  served.append(...[...document.body.childNodes].map((node) => node.cloneNode(true)));
  spoken.set(root.lang, { words: served, dir: root.dir });
  for (const other of others) spoken.set(other.dataset.sgLanguage, { words: other.content, dir: other.dir });
  speak();
}

// Say everything in the reader's language, where this page has words in it.
function speak() {
  const language = readersLanguage();
  if (language === root.lang || !spoken.has(language)) return;
  const { words, dir } = spoken.get(language);
  root.lang = language;
  root.dir = dir;
  document.body.replaceChildren(words.cloneNode(true));
}

// What the reader chose here, else what their record says, else what the address or the browser asks for.
function readersLanguage() {
  const wishes = [chosenLanguage(), vault && vault.record.language];
  if (spoken.size) wishes.push(location.pathname.slice(BASE.pathname.length).split("/")[0], ...navigator.languages);
  const offered = [...spoken.keys()];
  for (const wish of wishes.filter(Boolean)) {
    if (!spoken.size) return wish;
    const found = offered.find((one) => sameLanguage(one, wish)) || offered.find((one) => sameLanguage(one, wish.split("-")[0]));
    if (found) return found;
  }
  return root.lang;
}

function sameLanguage(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}

// The language switch of the theme: what is clicked there holds for this tab.
function chooseLanguage(link) {
  if (!link.closest('[data-sg="languages"]') || !link.hreflang) return;
  try {
    sessionStorage.setItem(CHOICE, link.hreflang);
  } catch {
    // Then it holds for the page that the link leads to.
  }
}

function chosenLanguage() {
  try {
    return sessionStorage.getItem(CHOICE) || "";
  } catch {
    return "";
  }
}

function forgetLanguage() {
  try {
    sessionStorage.removeItem(CHOICE);
  } catch {
    // No storage, so nothing is kept in it.
  }
}

// Of the pages that say the same in several languages one: in the reader's language, else as it was first written.
function inOneLanguage(items) {
  const language = readersLanguage();
  const rank = (item) => (item.language === language ? 2 : Number(!item.of));
  const found = new Map();
  for (const item of items) {
    const best = found.get(item.of || item.href);
    if (!best || rank(item) > rank(best)) found.set(item.of || item.href, item);
  }
  return [...found.values()];
}

// The members' home stands in site.json in the shop's language; whoever has just come in reads it in their own.
function takeHome(links) {
  const home = `m/${vault.site.home}/`;
  const mine = links.find(([, item]) => item.of === home);
  if (mine && here() === new URL(home, BASE).href) history.replaceState(history.state, "", mine[0]);
}
