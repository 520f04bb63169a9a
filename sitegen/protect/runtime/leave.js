// Log out: nothing stays in this browser, in other tabs, or in pages that were put aside.

const channel = globalThis.BroadcastChannel ? new BroadcastChannel(PLACE) : null;

async function logOut() {
  await forgetEverything();
  forgetLanguage();
  if (channel) channel.postMessage("logged-out");
  leave();
}

function leave() {
  vault = null;
  wipePage();
  announce("locked");
  leaveNote("left");
  const home = document.querySelector('a[data-sg="home"]');
  location.replace(home && home.href.startsWith(BASE.href) ? home.href : BASE);
}

function listenForLeaving() {
  if (channel) {
    channel.onmessage = async () => {
      await forgetTab();
      leave();
    };
  }
  // A page that the browser puts aside and shows again must not outlive a log-out.
  let stateBefore = "";
  globalThis.addEventListener("pagehide", (event) => {
    if (!event.persisted || !vault) return;
    stateBefore = root.dataset.sgState;
    root.dataset.sgState = "opening";
  });
  globalThis.addEventListener("pageshow", async (event) => {
    if (!event.persisted || !vault) return;
    if (await recallKeys()) root.dataset.sgState = stateBefore;
    else leave();
  });
}
