"""Forty and more hostile texts, in every place where a text can stand: none is ever executed (goal 18)."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog

from tests.browser.payloads import PAYLOADS, TOUCH_EVERYTHING
from tests.browser.visits import House, Visit, served, visiting
from tests.golden.sample_shop import REPOSITORY, Shop

pytestmark = pytest.mark.xdist_group("sample")
SMALL_SHOP = REPOSITORY / "tests" / "broken" / "base" / "content"
# Names that hold an active word are refused, like the payloads; these only try to leave their attribute.
NAMES = ('" title="x', "' title='x", "a&quot; title=&quot;x")
MEMBER = "C-1"
EVIL_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"><script>alert(1)</script>'
    '<image href="https://beacon.test/x.png"/><rect width="9" height="9"/></svg>'
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A shop that means harm wherever its author may write text."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(SMALL_SHOP, root / "content")
    for name in NAMES:
        (root / "content" / "assets" / f"{name}.pdf").write_bytes(b"%PDF-1.4\n" + EVIL_SVG.encode())
        (root / "content" / "assets" / f"{name}.svg").write_text(EVIL_SVG, encoding="utf-8")
    pages = root / "content" / "pages" / "guests"
    pages.mkdir()
    for number, payload in enumerate(PAYLOADS):
        name = NAMES[number % len(NAMES)]
        (pages / f"{number:02}.md").write_text(page(payload, name), encoding="utf-8")
    customers = root / "content" / "customers" / "customers.csv"
    customers.write_text(renamed(customers.read_text(encoding="utf-8")), encoding="utf-8")
    shop = Shop(root)
    shop.build("site", "2026-09-08")
    with served(shop) as house:
        yield house


def page(payload: str, name: str) -> str:
    """One payload as title, description and words, a like one for the public, and files with hostile names."""
    said = json.dumps(payload, ensure_ascii=False)
    # The audit would find the same words inside and outside.
    teaser = json.dumps(payload.replace("1", "2"), ensure_ascii=False) if "1" in payload else "a quiet word"
    return (
        f"---\ntitle: {said}\ndescription: {said}\nteaser: {teaser}\naudience: everyone\nmenu: yes\n---\n"
        f"```\n{payload}\n```\n\n![A quiet picture](</assets/{name}.svg>)\n\n"
        f"[A file](</assets/{name}.pdf>)\n"
    )


def renamed(customers: str) -> str:
    """The file of customers, with a first name of all payloads for the first of them."""
    rows = list(csv.DictReader(io.StringIO(customers)))
    rows[0]["first_name"] = " ".join(PAYLOADS)[:1500]
    told = io.StringIO()
    writer = csv.DictWriter(told, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return told.getvalue()


@pytest.fixture
def guest(hostile: House, browser: Browser) -> Iterator[Visit]:
    """A member of that shop. Whatever is executed opens a dialog or calls elsewhere; both are written down."""
    with visiting(hostile, browser) as visit:
        visit.page.on("dialog", lambda dialog: heard(visit, dialog))
        yield visit


def heard(visit: Visit, dialog: Dialog) -> None:
    visit.complaints.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def test_goal_18_hostile_texts_are_only_texts_in_every_place_of_a_page(guest: Visit) -> None:
    assert len(PAYLOADS) >= 40
    guest.unlock(MEMBER)
    guest.settle()
    assert set(PAYLOADS) - set(guest.menu()) == set()
    assert PAYLOADS[0] in guest.page.locator('main [data-sg-field="first_name"]').first.inner_text()
    for address in [guest.page.url, *list(guest.menu().values())[::9], guest.house.url]:
        guest.page.goto(address)
        guest.wait("open")
        guest.settle()
        guest.page.evaluate(TOUCH_EVERYTHING)
        guest.wait("open")
    guest.page.get_by_role("searchbox").fill("alert")
    guest.page.wait_for_selector('[data-sg="search-hits"] li')
    guest.page.evaluate(TOUCH_EVERYTHING)
    assert guest.strangers() == []
    guest.page.evaluate("setTimeout(() => alert('heard'))")
    guest.page.wait_for_timeout(50)
    assert guest.complaints.pop() == "dialog: heard"
    # A segment without pages has no navigation, which says nothing about hostile texts.
    assert [line for line in guest.complaints if "404" not in line] == []


def test_goal_18_hostile_html_in_markdown_is_refused_at_its_place(tmp_path: Path) -> None:
    """All but what is no HTML: those are texts, and the test above looks at them."""
    from sitegen.content.project import read_project  # noqa: PLC0415 - only here
    from sitegen.errors import Mistakes  # noqa: PLC0415 - likewise

    shutil.copytree(SMALL_SHOP, tmp_path / "content")
    pages = tmp_path / "content" / "pages"
    for number, payload in enumerate(PAYLOADS):
        (pages / f"hostile-{number:02}.md").write_text(f"---\ntitle: A page\n---\n{payload}\n", encoding="utf-8")
    with pytest.raises(Mistakes) as raised:
        read_project(tmp_path)
    refused = {int(found[1]) for problem in raised.value.problems if (found := re.search(r"-(\d\d)\.md", problem.file))}
    assert [payload for number, payload in enumerate(PAYLOADS) if number not in refused and "<" in payload] == []
