// The desk in the browser: it finds lines by their words, opens each as somebody who may read it, and counts people.
// Readable on purpose; MIT licence.
(() => {
"use strict";

const { base } = document.currentScript.dataset;
const [AS, SESSION, TO, CLOSED, DESK] = ["as", "session", "to", "closed", "desk"].map((name) => `sitegen preview ${name}`);
try {
  // From now on every page of the preview shows its bar in this browser.
  localStorage.setItem(DESK, location.pathname);
  sessionStorage.removeItem(CLOSED);
} catch {
  // Then the pages say so by themselves, where they can.
}

const find = document.getElementById("find");
const lines = [...document.querySelectorAll("main li")];
if (find) {
  find.addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target === find) return;
    event.preventDefault();
    find.focus();
  });
  filter();
  count();
}

function filter() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const line of lines) {
    const text = line.textContent.toLowerCase();
    line.hidden = !words.every((word) => text.includes(word));
    shown += line.hidden ? 0 : 1;
  }
  document.getElementById("count").textContent = words.length ? `${shown} of ${lines.length}` : "";
}

async function count() {
  const answer = await fetch("counts.json", { cache: "no-store" }).catch(() => null);
  const counts = answer && answer.ok ? await answer.json() : {};
  for (const place of document.querySelectorAll("[data-count]")) {
    const number = place.dataset.count === "everyone" ? counts[""] : counts[place.dataset.count];
    if (number !== undefined) place.textContent = `${number.toLocaleString("en")} customer${number === 1 ? "" : "s"}`;
  }
}

// Through the real door: with a code of somebody who may read it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-as]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const answer = await fetch(`code?as=${encodeURIComponent(link.dataset.as)}`, { cache: "no-store" }).catch(() => null);
  if (!answer || !answer.ok) return location.assign(link.href);
  const { code } = await answer.json();
  try {
    sessionStorage.setItem(AS, link.dataset.as);
    // The bar waits for the session that opens now.
    sessionStorage.setItem(SESSION, "asked");
    if (new URL(link.href).pathname !== base) sessionStorage.setItem(TO, new URL(link.href).pathname);
  } catch {
    // Then the member's home is where it ends.
  }
  location.assign(`${base}#${code}`);
});
})();
