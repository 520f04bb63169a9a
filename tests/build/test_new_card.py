"""A card design that `sitegen new card` begins: in the shop's own theme, ready for the print house."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitegen.build.beginning.card import BegunCard, new_card
from sitegen.build.beginning.shop import NewShop, new_shop
from sitegen.content.project import read_project
from sitegen.errors import Mistakes
from tests.cli.conftest import run_sitegen

DAY = date(2026, 9, 8)


@pytest.fixture(params=["en"])
def shop(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    new_shop(tmp_path / "shop", NewShop("My shop", request.param, "hearth", DAY))
    return tmp_path / "shop"


def wear(shop: Path, theme: str) -> None:
    file = shop / "content/site.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("theme: hearth", f"theme: {theme}"), encoding="utf-8")
    assert f"theme: {theme}\n" in file.read_text(encoding="utf-8")


def test_a_shop_in_a_theme_that_came_along_gets_a_child_of_it_with_the_card(shop: Path) -> None:
    assert new_card(shop, "lantern-night") == BegunCard("themes/my-hearth/cards/lantern-night", "my-hearth")
    wear(shop, "my-hearth")
    project = read_project(shop)
    assert project.theme.warnings == ()
    designs = {design.name: design for design in project.theme.designs}
    assert designs["lantern-night"].title == "Lantern night"
    assert "thank-you-thread" in designs


def test_a_second_card_goes_into_the_theme_that_the_shop_then_has(shop: Path) -> None:
    new_card(shop, "lantern-night")
    # Also while site.yaml does not name it yet.
    assert new_card(shop, "kettle").theme == "my-hearth"
    wear(shop, "my-hearth")
    assert new_card(shop, "first-cup") == BegunCard("themes/my-hearth/cards/first-cup")


def test_a_design_is_never_written_over(shop: Path) -> None:
    new_card(shop, "lantern-night")
    css = shop / "themes/my-hearth/cards/lantern-night/card.css"
    css.write_text("/* mine */")
    with pytest.raises(Mistakes, match="there is a card design 'lantern-night' already"):
        new_card(shop, "lantern-night")
    with pytest.raises(Mistakes, match="there is a card design 'moon-rabbit' already"):
        new_card(shop, "moon-rabbit")
    assert css.read_text() == "/* mine */"


@pytest.mark.slow
@pytest.mark.parametrize("shop", ["en", "zh"], indirect=True)
def test_a_new_design_passes_every_check_of_print_as_it_stands(shop: Path) -> None:
    new_card(shop, "lantern-night")
    wear(shop, "my-hearth")
    campaign = shop / "content/campaigns/2026/thank-you-card.md"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("card: thank-you-thread", "card: lantern-night"), encoding="utf-8")
    done = run_sitegen("cards", "2026/thank-you-card", "--on", str(DAY), "--quiet", at=shop)
    assert done.returncode == 0, done.stderr
    assert (shop / "output/cards/2026/thank-you-card/proof.pdf").is_file()
