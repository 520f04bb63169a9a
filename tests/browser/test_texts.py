"""Contents, code and shortcodes in a real browser: beside the text or folded, and with nothing for axe to mend."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.test_accessibility import findings
from tests.browser.visits import House, Visit, served, visiting
from tests.golden.sample_shop import Shop

pytestmark = pytest.mark.slow

BASE = Path(__file__).parents[1] / "broken" / "base"
TEXT = """\
Flax has *no* stretch[^1], says the HTML.

*[HTML]: HyperText Markup Language

[^1]: Cotton gives.

## Words

```python
def greet(name: str) -> str:
    return f"Dear {name}"  # kindly
```

!!! warning "Not in the dryer"
    Wool felts there.

Warp
:   The threads that are stretched.

| Cloth | Price |
|:------|------:|
| Linen | 48.00 |

### Shortcodes

::: note title="Before the first wash" kind="tip"
Turn it inside out.
:::

::: quote name="Mrs. Ahn" about="since 1998"
It has become *mine*.
:::

::: columns
- Monday
- Tuesday
:::

## Pictures

::: figure src="/assets/cloth.svg" alt="A cloth" caption="Washed once" :::

::: gallery caption="Two cloths"
![One cloth](/assets/cloth.svg)
![Another cloth](/assets/cloth.svg)
:::

::: button to="care/linen.md" words="All about linen" :::
"""
LOCKED = "## Near\n\n" + "The weft goes over and under.\n\n" * 40 + "## Far\n\nThe selvedge holds it all.\n"
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1366, height=900)


@pytest.fixture(scope="module")
def texts_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A small shop with all that a text can hold, on a page for anybody and on a locked one."""
    root = tmp_path_factory.mktemp("texts") / "shop"
    shutil.copytree(BASE, root)
    pages = {"open": f"audience: public\ntoc: yes\n---\n{TEXT}", "locked": f"menu: yes\ntoc: yes\n---\n{LOCKED}"}
    for name, text in pages.items():
        (root / f"content/pages/{name}.md").write_text(f"---\ntitle: The {name} text\n{text}", encoding="utf-8")
    shop = Shop(root)
    shop.build("pages,keyrings", "2026-09-08")
    with served(shop) as house:
        yield house


@pytest.fixture
def reader(texts_house: House, browser: Browser) -> Iterator[Visit]:
    """A visitor whose browser lets axe in."""
    with visiting(texts_house, browser, bypass_csp=True, reduced_motion="reduce") as visit:
        yield visit


@pytest.fixture
def visitor(texts_house: House, browser: Browser) -> Iterator[Visit]:
    """A visitor under the site's policy."""
    with visiting(texts_house, browser) as visit:
        yield visit


def test_on_a_phone_the_contents_are_folded_above_the_text(visitor: Visit) -> None:
    visitor.page.set_viewport_size(PHONE)
    visitor.open("open/")
    contents = visitor.page.get_by_role("navigation", name="On this page")
    expect(contents.get_by_role("link", name="Shortcodes")).to_be_hidden()
    contents.locator("summary").click()
    contents.get_by_role("link", name="Shortcodes").click()
    expect(visitor.page.get_by_role("heading", name="Shortcodes")).to_be_in_viewport()
    assert visitor.complaints == []


def test_on_a_wide_screen_the_contents_stay_beside_the_text(visitor: Visit) -> None:
    visitor.page.set_viewport_size(DESK)
    visitor.open("open/")
    contents = visitor.page.get_by_role("navigation", name="On this page")
    links = contents.get_by_role("link")
    assert links.all_text_contents() == ["Words", "Shortcodes", "Pictures"]
    expect(contents.locator("summary")).to_be_hidden()
    links.last.click()
    expect(visitor.page.get_by_role("heading", name="Pictures")).to_be_in_viewport()
    expect(links.first).to_be_in_viewport()
    text, list_ = visitor.page.locator(".prose").bounding_box(), contents.bounding_box()
    assert text
    assert list_
    assert list_["x"] >= text["x"] + text["width"]
    assert visitor.complaints == []


def test_the_contents_of_a_locked_page_lead_through_it_once_it_is_open(visitor: Visit) -> None:
    visitor.page.set_viewport_size(DESK)
    visitor.unlock("C-1")
    visitor.page.get_by_role("link", name="The locked text").first.click()
    visitor.wait("open")
    visitor.page.get_by_role("navigation", name="On this page").get_by_role("link", name="Far").click()
    expect(visitor.page.get_by_role("heading", name="Far")).to_be_in_viewport()
    assert visitor.page.locator("html").get_attribute("data-sg-state") == "open"
    assert visitor.complaints == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(reader: Visit, size: ViewportSize) -> None:
    reader.page.set_viewport_size(size)
    reader.open("open/")
    reader.wait("locked")
    assert findings(reader) == []
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
