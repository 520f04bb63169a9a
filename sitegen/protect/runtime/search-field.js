// Fetch the search when its field is first touched: the module, and what this member may search.

let searching = null;

document.addEventListener("focusin", (event) => {
  const box = event.target.closest && event.target.closest('[data-sg="search"]');
  if (!box || !vault || searching) return;
  searching = openSearch(box).catch(() => {
    // Perhaps the line is down; the next touch tries again.
    searching = null;
    for (const count of box.querySelectorAll('[data-sg="search-count"]')) count.textContent = box.dataset.sgTrouble || "";
  });
});

document.addEventListener("sitegen:locked", () => {
  searching = null;
});

async function openSearch(box) {
  const [module, indexes] = await Promise.all([import(new URL(SEARCH_PATH, BASE)), searchIndexes()]);
  if (vault) module.attend(box, indexes, BASE);
}

// One index of the public pages, and one for each of the member's segments. They stay in memory, so that the search
// goes on where the line does not.
async function searchIndexes() {
  const locked = vault.segments.map((segment) => load(segment.search, "search"));
  const asked = [read("search.json", "no-cache"), ...locked].map((bytes) => bytes.catch(nothingWhereMissing));
  return (await Promise.all(asked)).filter(Boolean).map((bytes) => JSON.parse(decode(bytes)));
}

function nothingWhereMissing(error) {
  if (error.key === "missing" || error.key === "no-access") return null;
  throw error;
}
