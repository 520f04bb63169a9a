"""The hostile texts of payloads.txt, one a line, and a script that provokes whatever waits in a page."""

from __future__ import annotations

from pathlib import Path

PAYLOADS = tuple(
    line for line in Path(__file__).with_name("payloads.txt").read_text(encoding="utf-8").splitlines() if line
)
TOUCH_EVERYTHING = """() => {
  const leads = (link) => /^(?:https?|mailto|tel):/.test(new URL(link.href.baseVal || link.href, location).protocol);
  for (const element of document.querySelectorAll("main *, [data-sg='menu'] *")) {
    if (element.closest("[data-sg='logout'], [data-sg='remember'], form[data-sg]")) continue;
    const link = element.closest("a");
    if (link && leads(link)) continue;
    const kinds = ["focus", "toggle", "error", "load", "mouseover", "begin"];
    for (const kind of kinds) element.dispatchEvent(new Event(kind));
    element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}"""
