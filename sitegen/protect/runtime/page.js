// Put what was opened into the page. Member data enters as text only, decrypted HTML through one policy.

const MOST_NESTING = 4;
const FORBIDDEN = "script, iframe, frame, object, embed, base, meta, link, style, animate, set";
const policy = globalThis.trustedTypes
  ? trustedTypes.createPolicy("sitegen", { createHTML: (html) => html })
  : { createHTML: (html) => html };
const pictures = [];

// The decrypted page of a shell; `load(id, kind)` gives the bytes of an object.
async function showPage(load) {
  const place = location.pathname.slice(BASE.pathname.length);
  const [, spelling] = place.match(/^m\/([0-9a-z]{26})\/(?:index\.html)?$/) || [];
  if (!spelling) throw new Refusal("missing");
  const page = JSON.parse(decode(await load(readId(spelling), "page")));
  const content = fragmentOf(page.html);
  await showBlocks(content, load, 1);
  const suffix = (document.querySelector("title[data-sg-suffix]") || { dataset: {} }).dataset.sgSuffix || "";
  document.title = page.title + suffix;
  writeText('[data-sg="title"]', page.title);
  writeText('[data-sg="description"]', page.description);
  contentPlace().replaceChildren(content);
}

// Every gated block of a page, and the blocks inside it.
async function showBlocks(root, load, depth) {
  const places = [...root.querySelectorAll("[data-sg-object]")];
  await Promise.all(
    places.map(async (place) => {
      try {
        const body = JSON.parse(decode(await load(readId(place.dataset.sgObject), "block")));
        const content = fragmentOf(body.html);
        if (depth < MOST_NESTING) await showBlocks(content, load, depth + 1);
        place.replaceWith(content);
      } catch (error) {
        if (error.key !== "no-access") throw error;
        place.remove();
      }
    }),
  );
}

// The member's links, from the navigation of each of their segments: pairs of address and item, in order.
async function findLinks(load, segments) {
  const lists = await Promise.all(segments.map((segment) => navigation(load, segment)));
  const items = new Map();
  for (const item of inOneLanguage(lists.flat())) {
    const url = new URL(item.href, BASE);
    if (/^https?:$/.test(url.protocol) && !items.has(url.href)) items.set(url.href, item);
  }
  return [...items].sort(([, one], [, other]) => one.weight - other.weight || compare(one.title, other.title));
}

function showLinks(sorted) {
  for (const list of document.querySelectorAll('[data-sg="menu"]')) {
    appendItems(list, sorted.filter(([, item]) => item.menu), false);
  }
  for (const list of document.querySelectorAll('[data-sg="teasers"]')) {
    appendItems(list, sorted.filter(([, item]) => item.teaser && !item.letter), true);
  }
  for (const list of document.querySelectorAll('[data-sg="letters"]')) {
    appendItems(list, sorted.filter(([, item]) => item.letter), true);
  }
}

function compare(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

async function navigation(load, segment) {
  try {
    return JSON.parse(decode(await load(segment.nav, "nav"))).items;
  } catch (error) {
    if (error.key === "missing" || error.key === "no-access") return [];
    throw error;
  }
}

function appendItems(list, items, withTeaser) {
  for (const old of list.querySelectorAll("[data-sg-item]")) old.remove();
  const present = new Set([...list.querySelectorAll("a[href]")].map((link) => link.href));
  for (const [href, item] of items) {
    if (present.has(href)) continue;
    const entry = document.createElement("li");
    entry.dataset.sgItem = "";
    const link = document.createElement("a");
    link.href = href;
    link.textContent = item.title;
    if (item.language && item.language !== root.lang) entry.lang = item.language;
    if (href === here()) link.setAttribute("aria-current", "page");
    entry.append(link);
    if (withTeaser) {
      const teaser = document.createElement("p");
      teaser.textContent = item.teaser;
      entry.append(teaser);
    }
    list.append(entry);
  }
}

function here() {
  return location.origin + location.pathname.replace(/index\.html$/, "");
}

function showFields(record) {
  for (const place of document.querySelectorAll("[data-sg-field]")) {
    const name = place.dataset.sgField;
    if (Object.prototype.hasOwnProperty.call(record, name)) place.textContent = record[name];
  }
}

// Protected images become blob: addresses; SVG too, since a script inside an <img> never runs.
async function showPictures(load) {
  const places = [...document.querySelectorAll("img[data-sg-src]")];
  await Promise.all(
    places.map(async (place) => {
      try {
        const { type, content } = await load(readId(place.dataset.sgSrc), "asset");
        if (!type.startsWith("image/")) throw new Refusal("tampered");
        const url = URL.createObjectURL(content);
        pictures.push(url);
        place.src = url;
        delete place.dataset.sgSrc;
      } catch (error) {
        // Without access the alternative text stays; everything else is worth a message.
        if (error.key !== "no-access") throw error;
      }
    }),
  );
}

function fragmentOf(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  for (const element of template.content.querySelectorAll(FORBIDDEN)) element.remove();
  for (const element of template.content.querySelectorAll("*")) {
    for (const attribute of [...element.attributes]) {
      if (isActive(attribute)) element.removeAttribute(attribute.name);
    }
  }
  return template.content;
}

// The policy of the page forbids all of these too; two fences are better than one.
function isActive({ name, value }) {
  if (name.startsWith("on") || name === "style" || name === "srcdoc") return true;
  const isAddress = ["href", "src", "action", "formaction", "xlink:href"].includes(name);
  return isAddress && /^[\s\u0000-\u001f]*(?:javascript|data):/i.test(value);
}

function writeText(selector, text) {
  for (const place of document.querySelectorAll(selector)) place.textContent = text;
}

function wipePage() {
  for (const url of pictures.splice(0)) URL.revokeObjectURL(url);
  for (const place of document.querySelectorAll('[data-sg="content"], [data-sg-item]')) place.replaceChildren();
}
