"""The W3C's checker finds no error in any page of the sample shop, closed or opened, in either theme."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.every_type import THEMES, house_in
from tests.browser.visits import GOLD, House, Visit, visiting

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("valid-html")]
CHINESE = "C-00006"
WHOLE = "'<!doctype html>' + document.documentElement.outerHTML"


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The sample shop with a page of every type, in each theme."""
    with house_in(request.param, tmp_path_factory.mktemp("valid") / "shop") as house:
        yield house


def errors(jar: Path, pages: dict[str, str], folder: Path) -> list[str]:
    """What the checker calls an error: page, place and words."""
    return remarks(jar, pages, folder, "--errors-only")


def remarks(jar: Path, pages: dict[str, str], folder: Path, *options: str) -> list[str]:
    """All that the checker has to say of the pages, with these options."""
    folder.mkdir()
    names = {f"{number}.html": name for number, name in enumerate(pages)}
    for file, name in names.items():
        (folder / file).write_text(pages[name], encoding="utf-8")
    files = [str(folder / file) for file in names]
    command = ["java", "-Xss2m", "-jar", str(jar), *options, "--format", "json", "--exit-zero-always", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said: list[dict[str, Any]] = json.loads(done.stderr or done.stdout)["messages"]
    return [f"{names[Path(one['url']).name]}: {one['message']}: {one.get('extract', '')}" for one in said]


def opened(visit: Visit, paths: list[str]) -> dict[str, str]:
    """The pages of these paths that a member may read, as they stand once they are open."""
    pages = {}
    for path in paths:
        visit.open(path)
        if visit.rest() == "open":
            visit.settle()
            pages[path] = str(visit.page.evaluate(WHOLE))
    return pages


def test_the_checker_does_find_what_is_wrong(jar: Path, tmp_path: Path) -> None:
    wrong = '<!doctype html><html lang="en"><title>A page</title><img src="x.png"><p><div></p></html>'
    assert len(errors(jar, {"wrong": wrong}, tmp_path / "pages")) > 1


def test_every_file_that_is_a_page_is_valid(themed: House, jar: Path, tmp_path: Path) -> None:
    files = {name: content.decode() for name, content in themed.shop.files().items() if name.endswith(".html")}
    assert len(files) > 40
    assert errors(jar, files, tmp_path / "pages") == []


@pytest.mark.parametrize("customer", [GOLD, CHINESE])
def test_every_page_is_valid_once_a_member_has_opened_it(
    themed: House, browser: Browser, jar: Path, tmp_path: Path, customer: str
) -> None:
    with visiting(themed, browser) as visit:
        visit.unlock(customer)
        pages = opened(visit, [*themed.gated_paths(), *themed.public_paths()])
    assert len(pages) > 30
    assert errors(jar, pages, tmp_path / "pages") == []
