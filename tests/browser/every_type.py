"""The sample shop with a page of every type, in any theme: paged lists, an event, all shortcodes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.test_texts import TEXT
from tests.browser.visits import House, served
from tests.golden.sample_shop import Shop, copy_of_the_sample

THEMES = ("hearth", "gallery")
EVENT = "event: {start: 2026-10-10 11:00, end: 2026-10-10 16:00, place: Hamburg, organizer: Wiebke}"
# In other words, since the build finds what a public page says of a locked one.
WITHIN = """\
The shuttle waits[^2] for nobody.

[^2]: Nor does the tea.

## Threads

```python
shuttle = [weft for weft in basket if weft.colour == "indigo"]
```

| Thread | Turns |
|:-------|------:|
| Silk | 900 |

::: note title="Behind the curtain" kind="warning"
Mind the beam.
:::

::: quote name="The night weaver"
Only the moon counts the picks.
:::

## Baskets

::: columns
- Reeds from the marsh
- Willow from the dyke
:::

::: gallery caption="Twice the same"
![The long table](/assets/tea-table.svg)
![The long table again](/assets/tea-table.svg)
:::

::: button to="stores.md" words="Come and see" :::
"""
PAGES = {
    "all-for-anybody": f"audience: public\ntoc: yes\ntags: [linen]\n---\n{TEXT}",
    "all-for-members": f"audience: everyone\ntoc: yes\nmenu: yes\n---\n{WITHIN}",
    "open-loom": f"audience: public\n{EVENT}\n---\nCome as you are.\n",
}


@contextmanager
def house_in(theme: str, folder: Path) -> Iterator[House]:
    """The shop in a theme, built into a folder and open for visitors."""
    shop = shop_in(theme, folder)
    # Two entries fill a page of a list.
    settings = shop.root / "content" / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\npaginate: 2\n", encoding="utf-8")
    for name, text in PAGES.items():
        words = text.replace("/assets/cloth.svg", "/assets/loom.svg")
        page = shop.root / "content" / "pages" / f"{name}.md"
        page.write_text(f"---\ntitle: {name.replace('-', ' ').capitalize()}\n{words}", encoding="utf-8")
    shop.build("site")
    with served(shop) as house:
        yield house


def shop_in(theme: str, folder: Path) -> Shop:
    """The sources of the sample shop, which then says that it has this theme."""
    shop = copy_of_the_sample(folder)
    settings = shop.root / "content" / "site.yaml"
    text = settings.read_text(encoding="utf-8")
    assert "\ntheme: hearth\n" in text
    settings.write_text(text.replace("\ntheme: hearth\n", f"\ntheme: {theme}\n"), encoding="utf-8")
    return shop
