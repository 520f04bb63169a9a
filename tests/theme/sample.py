"""Sample views and the real renderer, with which the theme's templates are tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from markupsafe import Markup

from sitegen.content.theme_files import read_theme
from sitegen.errors import Problem
from sitegen.model.theme import Theme
from sitegen.render.site.static import static_files
from sitegen.render.site.views import ItemView, LinkView, MenuItemView, PageView, ShopView, SiteView, TeaserView
from sitegen.render.theme import templates, words

THEMES = Path(__file__).parents[2] / "themes"

Render = Callable[..., str]

SHOP = ShopView(
    name="Lantern & Loom",
    tagline="Woven things and prayer beads, made to be kept",
    phone="+49 40 66969 001",
    hotline_name="Consumer Advice Line",
    hotline_phone="+49 30 23125 400",
    address_lines=("Große Bergstraße 41", "22767 Hamburg", "DE"),
    email="letters@lanternandloom.example",
)
SITE = SiteView(
    base="/",
    home_url="/",
    runtime_url="/sg/rt-0123456789ab.js",
    csp="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'",
    dev=True,
    language="en",
    year=2026,
    feed_url="/feed.xml",
    generator="sitegen 0.1.0",
)
PAGE = PageView(
    title="How we look after linen",
    description="Wash it often, dry it in the wind, and it grows softer for thirty years.",
    url="/care/linen/",
    canonical="https://shop.example/care/linen/",
    html=Markup("<p>Linen likes water. Wash it at 40 degrees.</p>"),
    tags=(LinkView("linen", "/tags/linen/"), LinkView("care", "/tags/care/")),
    date=date(2026, 9, 8),
    date_text="8 September 2026",
    language="en",
    layout="page",
    kind="page",
    next=LinkView("How we look after beads", "/care/beads/"),
    previous=LinkView("About us", "/about/"),
)
BARE_PAGE = PageView(
    title="A page of few words",
    description="",
    url="/few/",
    canonical="https://shop.example/few/",
    html=Markup(""),
    tags=(),
    date=None,
    date_text="",
    language="zh",
    layout="page",
    kind="page",
)
MENU = (
    MenuItemView("About us", "/about/"),
    MenuItemView("Care", "/care/", current=True, children=(MenuItemView("Linen", "/care/linen/"),)),
    MenuItemView("Stores", "/stores/"),
    MenuItemView("Returns and promises", "/returns/"),
)
ITEMS = (
    ItemView("The winter weavers", "/journal/winter-weavers/", "Three sisters in Suzhou.", "2 September 2026"),
    ItemView("A new string", "/journal/a-new-string/", "", ""),
)
TEASERS = (
    TeaserView("Something is being woven for autumn", "/m/abc/"),
    TeaserView("Tea in the courtyard", "/m/def/"),
)


def hearth() -> Theme:
    """The default theme as the loader reads it."""
    return theme_of("hearth")


def theme_of(name: str) -> Theme:
    """A theme that comes along; the part that is about the site must have no mistakes."""
    problems: list[Problem] = []
    theme = read_theme(THEMES / name, THEMES.parent, problems)
    assert [problem for problem in problems if "/cards/" not in problem.file] == []
    return theme


def renderer(theme: Theme) -> Render:
    """Fill a template with the sample views; `changes` replace views by name."""
    static = static_files(theme.name, theme.static)
    functions = {"static": lambda path: f"/{static.path(path)}"}
    environment = templates(theme, functions)

    def rendered(template: str, language: str = "en", **changes: object) -> str:
        views = {"shop": SHOP, "site": SITE, "page": PAGE, "menu": MENU, "items": ITEMS, "teasers": TEASERS}
        views |= {"menus": {"main": MENU, "footer": MENU}, "data": {}}
        return environment.render(template, "a test", {**views, "t": words(theme, language), **changes})

    return rendered
