// The preview in the browser: it hears of each new build, shows it, and shows what is wrong with the last one.
// Readable on purpose; MIT licence. It builds elements and writes text, never HTML: the policy of the site holds here.
(() => {
"use strict";

const own = document.currentScript.dataset;
const NAMES = ["as", "session", "to", "place", "closed", "desk"];
const [AS, SESSION, TO, PLACE, CLOSED, DESK] = NAMES.map((name) => `sitegen preview ${name}`);
const root = document.documentElement;
const [CUSTOMER, MEMBER] = ["a customer", "a member"];
// Stands for the session until it has a name.
const ASKED = "asked";
let number = Number(own.number);
let keys = Number(own.keys);
let stream = null;
let dismissed = 0;
let shownAttempt = 0;
// Where the reader was before the page was loaded anew, until they are there again.
let place = placeBefore();

performance.setResourceTimingBufferSize(5000);
const desk = own.desk || keep(localStorage, DESK);
const view = makeView();
comeBackTo();
restorePlace();
new MutationObserver(noteReader).observe(root, { attributeFilter: ["data-sg-state"] });
addEventListener("load", () => root.dataset.sgPage === "shell" || settle());
document.addEventListener("sitegen:page", settle);
for (const name of ["wheel", "pointerdown", "keydown"]) addEventListener(name, () => (place = null), { passive: true });
document.addEventListener("sitegen:page", arrive);
document.addEventListener("visibilitychange", () => (document.hidden ? hangUp() : listen()));
addEventListener("pageshow", (event) => event.persisted && listen());
addEventListener("pagehide", hangUp);
if (!document.hidden) listen();

// A tab that nobody sees lets go of its connection: a browser has six for one server.
function listen() {
  if (stream) return;
  stream = new EventSource(`${own.live}events?run=${encodeURIComponent(own.run)}&since=${number}`);
  stream.onopen = () => view.light("");
  stream.onmessage = (event) => hear(JSON.parse(event.data));
  stream.onerror = () => {
    view.light("away");
    if (stream && stream.readyState === EventSource.CLOSED) waitForServer();
  };
}

function hangUp() {
  if (stream) stream.close();
  stream = null;
}

// Another preview may answer at this address one day; then the page is fetched from that one.
async function waitForServer() {
  hangUp();
  for (;;) {
    await new Promise((done) => setTimeout(done, 700));
    if (document.hidden || stream) return;
    const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer) return reload();
  }
}

function hear(news) {
  if (news.run !== own.run) return reload();
  view.count(news.notices, news.trouble);
  const hasKeys = news.keys !== keys;
  const isNew = news.number !== number;
  keys = news.keys;
  number = news.number;
  if (isNew && isTouched(news.files, news.sheets)) return reload();
  // Records and keys have changed: whoever is inside sees their own anew.
  if (hasKeys && ["open", "denied", "error"].includes(root.dataset.sgState) && own.keys !== "0") return reload();
  if (isNew) swapSheets(news.sheets);
  if (news.trouble) return showTrouble(news.trouble);
  shownAttempt = 0;
  view.hideOverlay();
  startAs();
}

// Whether this page was made of one of those files; null stands for all. A stylesheet that another one follows is none.
function isTouched(files, sheets) {
  if (files === null || own.number === "0") return true;
  if (!files.length) return false;
  if (own.missing || ["denied", "error"].includes(root.dataset.sgState)) return true;
  const used = new Set([location.href, ...performance.getEntriesByType("resource").map((entry) => entry.name)].map(pathOf));
  return files.some((file) => used.has(file) && !(own.base + file in sheets));
}

function pathOf(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || !url.pathname.startsWith(own.base)) return "";
  const path = decodeURIComponent(url.pathname.slice(own.base.length));
  return !path || path.endsWith("/") ? `${path}index.html` : path;
}

// A new stylesheet takes the old one's place once it is there, so that nothing flickers.
function swapSheets(sheets) {
  for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
    const address = sheets[old.getAttribute("href")];
    if (!address) continue;
    const fresh = old.cloneNode();
    fresh.href = address;
    fresh.onload = () => old.remove();
    old.after(fresh);
  }
}

function reload() {
  hangUp();
  keep(sessionStorage, PLACE, JSON.stringify(place || [location.pathname, scrollX, scrollY]));
  location.reload();
}

function placeBefore() {
  const kept = JSON.parse(keep(sessionStorage, PLACE) || "null");
  drop(sessionStorage, PLACE);
  return kept && kept[0] === location.pathname ? kept : null;
}

function restorePlace() {
  if (place) scrollTo({ left: place[1], top: place[2], behavior: "instant" });
}

// A member's page is as long as it was only once it is opened.
function settle() {
  restorePlace();
  place = null;
}

// See the site as somebody: through the real door, with a real code, and back to this page.
async function seeAs(who) {
  view.say("");
  const answer = await fetch(`${desk}code?as=${encodeURIComponent(who)}`, { cache: "no-store" });
  if (!answer.ok) return view.say(`Nobody here is called “${who}”.`);
  const { code } = await answer.json();
  keep(sessionStorage, AS, who);
  keep(sessionStorage, SESSION, ASKED);
  // From the door, where it leads is where one means to go.
  if (location.pathname !== own.base) keep(sessionStorage, TO, location.pathname);
  if (code) location.assign(`${own.base}#${code}`);
  else leave();
}

// The session that opens next is the one that was asked for here; another one came in by a card's own link.
function noteReader() {
  const state = root.dataset.sgState;
  if (state === "locked") drop(sessionStorage, SESSION);
  else if (!["open", "denied"].includes(state)) return;
  else if (keep(sessionStorage, SESSION) === ASKED) keep(sessionStorage, SESSION, tabSession());
  view.seenBy(state === "locked" ? "public" : whoIsInside());
}

function whoIsInside() {
  const session = tabSession();
  return session && [session, ASKED].includes(keep(sessionStorage, SESSION)) ? keep(sessionStorage, AS) : MEMBER;
}

// The name that the browser half gave to what this tab holds; it says nothing of the keys.
function tabSession() {
  return keep(sessionStorage, `sitegen ${own.base}`).split(" ")[0];
}

// The browser half's own way out.
function leave() {
  const button = document.createElement("button");
  button.dataset.sg = "logout";
  button.hidden = true;
  document.body.append(button);
  button.click();
}

// Once in, or out: back to where the reader was.
function arrive() {
  if (root.dataset.sgState === "open" && keep(sessionStorage, AS) !== "public") goBack();
}

function comeBackTo() {
  if (keep(sessionStorage, AS) === "public") goBack();
}

function goBack() {
  const to = keep(sessionStorage, TO);
  drop(sessionStorage, TO);
  if (to && to !== location.pathname) location.replace(to);
}

function startAs() {
  if (own.as && keys && !keep(sessionStorage, AS) && own.desk && root.dataset.sgState === "locked") seeAs(own.as);
}

async function showTrouble({ attempt, number: count }) {
  if (attempt === dismissed || attempt === shownAttempt) return;
  shownAttempt = attempt;
  const found = desk ? await fetch(`${desk}problems.json`, { cache: "no-store" }).catch(() => null) : null;
  const told = found && found.ok ? await found.json() : null;
  if (shownAttempt === attempt) view.showOverlay(told, count);
}

function keep(store, name, value) {
  try {
    if (value !== undefined) store.setItem(name, value);
    return store.getItem(name) || "";
  } catch {
    return "";
  }
}

function drop(store, name) {
  try {
    store.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// All of the preview's own elements stand in a shadow, where neither sees the other's styles.
function makeView() {
  const host = element("sitegen-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const whole = element("div", { class: "root", hidden: true });
  const sheet = element("link", { rel: "stylesheet", href: `${own.live}live.css`, onload: () => (whole.hidden = false) });
  shadow.append(sheet, whole);
  root.append(host);
  const lamp = element("span", { class: "light" });
  const badge = element("a", { class: "link count", href: `${desk}#notices`, hidden: true });
  const word = element("span", { role: "status", class: "link", hidden: true });
  const { bar, seenBy } = makeBar(lamp, badge, word);
  if (desk && !keep(sessionStorage, CLOSED)) whole.append(bar);
  let cover = null;
  let focusedBefore = null;

  function hideOverlay() {
    if (!cover) return;
    cover.remove();
    cover = null;
    if (focusedBefore && focusedBefore.isConnected) focusedBefore.focus({ preventScroll: true });
  }

  return {
    light(name) {
      lamp.className = `light ${name}`;
    },
    seenBy,
    say(text) {
      word.textContent = text;
      word.hidden = !text;
    },
    count(notices, trouble) {
      lamp.className = trouble ? "light bad" : "light";
      const count = trouble ? trouble.number : notices;
      badge.hidden = !count;
      badge.textContent = `${count} ${trouble ? "mistake" : "warning"}${count === 1 ? "" : "s"}`;
    },
    hideOverlay,
    showOverlay(told, count) {
      hideOverlay();
      focusedBefore = document.activeElement;
      cover = makeOverlay(told, count, () => {
        dismissed = shownAttempt;
        hideOverlay();
      });
      whole.append(cover);
      cover.firstChild.focus({ preventScroll: true });
    },
  };
}

function makeBar(lamp, badge, word) {
  const choice = element("select", { name: "as" }, element("option", { value: "public" }, "the public"));
  let known = tabSession() ? whoIsInside() : "public";
  const customer = element("input", { name: "customer", type: "text", placeholder: "number", "aria-label": "Number of the customer", autocomplete: "off", spellcheck: "false" });
  const form = element("form", { hidden: true, onsubmit: (event) => {
    event.preventDefault();
    if (customer.value.trim()) seeAs(customer.value.trim());
  } }, customer, element("button", { type: "submit" }, "See"));
  choice.addEventListener("change", () => {
    form.hidden = choice.value !== CUSTOMER;
    if (form.hidden) seeAs(choice.value);
    else customer.focus();
  });
  const fill = async () => {
    const answer = await fetch(`${desk}readers.json`, { cache: "no-store" }).catch(() => null);
    const readers = answer && answer.ok ? await answer.json() : [];
    choice.append(...readers.map(({ id, title }) => element("option", { value: id }, title)), element("option", { value: CUSTOMER }, "a customer…"));
    seenBy(known);
  };
  // A name of its own where the list has none; "a member" is nobody that could be asked for.
  const other = element("option");
  const seenBy = (who) => {
    known = who;
    other.remove();
    other.value = other.textContent = who;
    other.disabled = who === MEMBER;
    if (![...choice.options].some(({ value }) => value === who)) choice.prepend(other);
    choice.value = who;
  };
  if (desk) fill();
  const bar = element("aside", { class: "bar", "aria-label": "Preview" },
    element("span", { class: "name" }, lamp, element("span", { class: "word" }, "Preview")),
    element("label", {}, element("span", {}, "seen by"), choice),
    form, word, badge,
    element("a", { class: "link", href: desk || "#", title: "All pages, mails, texts and cards" }, "Desk"),
    element("button", { type: "button", class: "close", "aria-label": "Close the bar", title: "Close the bar", onclick: () => {
      keep(sessionStorage, CLOSED, "yes");
      bar.remove();
    } }, "×"),
  );
  return { bar, seenBy };
}

function makeOverlay(told, count, close) {
  const title = number ? "This page is the last good one" : "Nothing could be built yet";
  const many = `${count} mistake${count === 1 ? "" : "s"}`;
  const items = told ? told.problems.map(makeProblem) : [];
  if (told && told.failure) items.push(element("li", {}, element("p", { class: "failure" }, told.failure)));
  const lead = told
    ? "Save the file once it is mended; this goes by itself."
    : "The terminal says what is wrong; so does this page once this browser has been at the desk, whose address stands there too.";
  const button = element("button", { type: "button", class: "close", onclick: close }, "Close (Esc)");
  const panel = element("div", { class: "panel", role: "alertdialog", tabindex: "-1", "aria-labelledby": "title", "aria-describedby": "lead" },
    element("header", {}, element("h2", { id: "title" }, `${many} in the last change. ${title}.`), button),
    element("p", { class: "lead", id: "lead" }, lead),
    element("ol", {}, ...items),
  );
  const cover = element("div", { class: "cover", onclick: (event) => event.target === cover && close() }, panel);
  cover.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
  });
  return cover;
}

function makeProblem(problem) {
  const where = element("p", { class: "where" });
  if (problem.place) {
    where.append(problem.open ? element("a", { href: problem.open }, problem.place) : element("span", {}, problem.place));
  }
  where.append(element("code", {}, problem.code));
  const item = element("li", {}, element("p", { class: "message" }, problem.message), where);
  if (problem.lines.length) item.append(element("pre", { tabindex: "0", "aria-label": "The lines of the file" }, ...problem.lines.flatMap((line) => makeLine(line, problem.column))));
  if (problem.hint) item.append(element("p", { class: "hint" }, problem.hint));
  return item;
}

function makeLine(line, column) {
  const row = element("span", { class: line.here ? "line here" : "line" }, element("span", { class: "number", "aria-hidden": "true" }, String(line.number)), line.text);
  if (!line.here || !column) return [row];
  // Tabs stay tabs, so that the mark stands below its column.
  const before = line.text.slice(0, column - 1).replace(/[^\t]/g, (character) => (isWide(character) ? "\u3000" : " "));
  const mark = element("span", { class: "line here", "aria-hidden": "true" }, element("span", { class: "number" }, ""), before, element("span", { class: "caret" }, "^"));
  return [row, mark];
}

function isWide(character) {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(character);
}
})();
