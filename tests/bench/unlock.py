"""Measure how long a member waits at the door: a slow machine, a slow line, a real nginx, a real Chromium."""

from __future__ import annotations

import gzip
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Request, sync_playwright

from sitegen.protect import runtime
from tests.bench.timing import head
from tests.golden.sample_shop import Shop, copy_of_the_sample
from tests.servers import nginx

CUSTOMER = "C-00001"
RUNS = 30
SLOWER = 4
# "Fast 3G" as WebPageTest has it: 1.6 Mbit/s down, 768 kbit/s up, 150 ms there and back.
FAST_3G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 768_000 / 8}
GOAL = 1.0
TELL = """
const told = (what) => console.log(`${what} ${performance.timeOrigin + performance.now()}`);
document.addEventListener("submit", () => told("submitted"), true);
document.addEventListener("sitegen:page", () => told("shown"));
"""
DECRYPT = """async () => {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = new Uint8Array(12);
  const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new Uint8Array(1 << 20));
  const taken = [];
  for (let round = 0; round < 30; round += 1) {
    const started = performance.now();
    await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, locked);
    taken.push(performance.now() - started);
  }
  return taken;
}"""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Milliseconds from the push on the door to the member's first page, and those of the pack among them."""

    whole: float
    pack: float


def section() -> str:
    """The section of the door."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shop = copy_of_the_sample(Path(folder) / "shop")
        shop.build("site")
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with nginx.running(shop.site, shop.root / "output" / "host" / "nginx.conf") as origin:
            url = f"{origin}/"
            code = shop.link(CUSTOMER).spelled
            fast = [unlocked(chromium, url, code) for _ in range(RUNS)]
            weak = [unlocked(chromium, url, code, times=SLOWER) for _ in range(RUNS)]
            slow = [unlocked(chromium, url, code, times=SLOWER, on_3g=True) for _ in range(RUNS)]
            out = [logged_out(chromium, url, code) for _ in range(RUNS // 3)]
            plain, throttled = decrypted(chromium, url, 1), decrypted(chromium, url, SLOWER)
        pack = packed(shop)
        chromium.close()
    return told(
        {
            "from the push on the door to the first page": [one.whole for one in fast],
            f"the same, {SLOWER} times slower (goal of p95: {GOAL * 1000:.0f})": [one.whole for one in weak],
            f"the same, {SLOWER} times slower and on Fast 3G": [one.whole for one in slow],
            f"the pack among it ({pack:,} bytes)": [one.pack for one in slow],
            "besides the pack": [one.whole - one.pack for one in slow],
            "a log-out, until the other tab is on its way to the door (goal: 1,000)": out,
            "AES-GCM opens 1 MB (goal: 50)": plain,
            f"the same, {SLOWER} times slower": throttled,
        }
    )


def told(rows: dict[str, Sequence[float]]) -> str:
    """The table, and the size of the script."""
    script = runtime.bundle()
    return "\n".join(
        [
            head("playwright"),
            "The sample shop behind nginx with the rules that the build wrote, on the same machine.",
            f"{RUNS} visitors without a past type their code; the door was loaded before, the first page was not.",
            "",
            "| milliseconds | p50 | p95 |",
            "|---|---:|---:|",
            *(f"| {name} | {statistics.median(taken):,.0f} | {late(taken):,.0f} |" for name, taken in rows.items()),
            "",
            f"The script: {len(script):,} bytes, {len(gzip.compress(script)):,} with gzip (goal: 25,000).",
        ]
    )


def late(taken: Sequence[float]) -> float:
    """The 95th percentile: the smallest that 95 of 100 do not exceed."""
    return sorted(taken)[max(0, -(-95 * len(taken) // 100) - 1)]


def unlocked(browser: Browser, url: str, code: str, *, times: int = 1, on_3g: bool = False) -> Unlocked:
    """One visitor, from the typed code to the first page."""
    context = browser.new_context()
    context.add_init_script(TELL)
    page = context.new_page()
    heard: dict[str, float] = {}
    page.on("console", lambda message: heard.update([noted(message.text)]))
    page.on("requestfinished", lambda request: heard.update(transfer(request)))
    page.goto(url)
    page.wait_for_selector('html[data-sg-state="locked"]', state="attached")
    page.wait_for_load_state("networkidle")
    slow_down(context.new_cdp_session(page), times, on_3g=on_3g)
    page.fill("[name=code]", code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}m/*/")
    page.wait_for_selector('html[data-sg-state="open"]', state="attached")
    while "shown" not in heard or "pack" not in heard:
        page.wait_for_timeout(20)
    context.close()
    return Unlocked(heard["shown"] - heard["submitted"], heard["pack"])


def transfer(request: Request) -> dict[str, float]:
    """The milliseconds of a pack; nothing for all else."""
    return {"pack": request.timing["responseEnd"]} if "/k/" in request.url else {}


def noted(line: str) -> tuple[str, float]:
    """A word and its number."""
    word, _, number = line.rpartition(" ")
    return word, float(number)


def slow_down(session: CDPSession, times: int, *, on_3g: bool) -> None:
    """From now on this page has a slower machine, and a slower line."""
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    if on_3g:
        session.send("Network.emulateNetworkConditions", FAST_3G)


def logged_out(browser: Browser, url: str, code: str) -> float:
    """Milliseconds from the push on "Log out" in one tab until the other leaves its page."""
    context = browser.new_context()
    first, second = came_in(context.new_page(), url, code), came_in(context.new_page(), url, code)
    pushed = first.evaluate(
        """() => {
          document.querySelector('[data-sg="logout"]').click();
          return performance.timeOrigin + performance.now();
        }"""
    )
    second.wait_for_url(url)
    left = second.evaluate("performance.timeOrigin")
    context.close()
    return float(left) - float(pushed)


def came_in(page: Page, url: str, code: str) -> Page:
    """A tab of a member."""
    page.goto(f"{url}#{code}")
    page.wait_for_url(f"{url}m/*/")
    page.wait_for_selector('html[data-sg-state="open"]', state="attached")
    return page


def decrypted(browser: Browser, url: str, times: int) -> list[float]:
    """Milliseconds that the browser takes to open one megabyte."""
    page = browser.new_page()
    page.goto(url)
    slow_down(page.context.new_cdp_session(page), times, on_3g=False)
    taken: list[float] = page.evaluate(DECRYPT)
    page.close()
    return taken


def packed(shop: Shop) -> int:
    """The bytes of one pack: all have the same size."""
    return max(len(content) for path, content in shop.files().items() if "/k/" in path)
