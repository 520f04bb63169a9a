// Save a protected file for a member who asks for it. It is never opened as a document of this site: it could hold
// a script, and here lie the keys.

const SAVING_TIME = 60000;

document.addEventListener("click", (event) => {
  const target = event.target.closest ? event.target : event.target.parentElement;
  const link = target && target.closest("a[data-sg-file]");
  if (!link) return;
  event.preventDefault();
  if (vault && link.getAttribute("aria-busy") !== "true") fetchFile(link);
});

async function fetchFile(link) {
  link.setAttribute("aria-busy", "true");
  try {
    answer("");
    const { type, content } = await load(readId(link.dataset.sgFile), "asset");
    // A calendar's own type lets a telephone offer to take the day down; every other file is only bytes.
    const safe = type === "text/calendar" ? type : "application/octet-stream";
    if (vault) saveAs(content.slice(0, content.size, safe), link.download);
  } catch (error) {
    answer(keyOf(error));
  }
  link.removeAttribute("aria-busy");
}

function saveAs(content, name) {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), SAVING_TIME);
}
