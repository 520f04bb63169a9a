"""The archive: who got a letter finds it again behind the door, and nobody else does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sitegen.errors import Exit, Mistakes
from sitegen.model.readable import GatedPage, NavigationItem, Site
from sitegen.render.site.entries import Day
from sitegen.render.site.letters import letters
from sitegen.render.site.whole import render_site
from tests.content.shop_folder import page
from tests.render.site_shop import SETTING, TODAY, day_entries, project, public, site

WISH = "title: A quiet wish\nkind: holiday\naudience: gold\nchannels: [mail]\non: 2026-09-08\npreheader: For tonight"
ID = "campaigns/wish.md"


def page_of(made: Site, id_: str = ID) -> GatedPage:
    return next(thing for thing in made.gated if isinstance(thing, GatedPage) and thing.id == id_)


def test_a_letter_that_left_is_a_page_for_its_audience_alone(tmp_path: Path) -> None:
    made = site(tmp_path, campaigns__wish=page(WISH, "The moon is round."))

    letter = page_of(made)
    assert (letter.segments, letter.title) == (("gold",), "A quiet wish")
    assert "The moon is round." in letter.html
    assert not any("quiet wish" in text or "moon" in text for text in public(made).values())


@pytest.mark.parametrize(
    "front",
    [
        WISH.replace("2026-09-08", "2026-09-09"),
        WISH.replace("2026-09-08", "2025-09-08"),
        WISH + "\ndraft: yes",
        WISH + "\nexpire_on: 2026-09-08",
        WISH.replace("on: 2026-09-08", "every: birthday").replace("holiday", "thanks"),
        WISH.replace("[mail]", "[text]"),
    ],
    ids=["tomorrow's", "a year old", "a draft", "expired", "one for each day of the year", "a text"],
)
def test_no_other_letter_lies_there(tmp_path: Path, front: str) -> None:
    assert letters(project(tmp_path, campaigns__wish=page(front)), TODAY.today) == ()


def test_a_campaign_with_a_page_of_its_own_has_no_second_one(tmp_path: Path) -> None:
    found = day_entries(tmp_path, campaigns__wish=page(WISH.replace("[mail]", "[page, mail]")))

    assert [entry.secret.layout for entry in found.gated if entry.id == ID] == ["campaign"]


def test_the_letter_of_an_occasion_is_kept_a_month(tmp_path: Path) -> None:
    front = WISH.replace("on: 2026-09-08", "occasion: mid-autumn\noffset: -1")
    shop = project(tmp_path, campaigns__wish=page(front))

    kept = {day: letters(shop, date(2026, 9, 23) + timedelta(days=day)) for day in (0, 1, 32, 33)}

    assert {day: [letter.day for letter in found] for day, found in kept.items()} == {
        0: [],
        1: [date(2026, 9, 24)],
        32: [date(2026, 9, 24)],
        33: [],
    }


def test_a_field_that_no_record_holds_shows_its_fallback_and_enters_no_record(tmp_path: Path) -> None:
    text = (
        "Dear {{ first_name or 'friend' }} of {{ city or 'our town' }}, {{ last_name }}"
        " [yours](https://x.example/?c={{ city or 'a' }})"
    )
    made = site(tmp_path, campaigns__wish=page(WISH, text))

    html = page_of(made).html
    assert 'data-sg-field="first_name"' in html
    assert "of our town," in html
    assert "https://x.example/?c=a" in html
    assert not {"city", "last_name"} & made.fields


def test_a_link_that_died_since_stands_without_its_address(tmp_path: Path) -> None:
    shop = project(
        tmp_path,
        pages__offer=page("title: Offer\nexpire_on: 2026-10-01"),
        campaigns__wish=page(WISH, "See [the offer](../pages/offer.md)."),
    )

    living, dead = (page_of(render_site(shop, Day(day), SETTING)).html for day in (TODAY.today, date(2026, 10, 2)))

    assert 'href="/shop/m/id-pages-offer-md/">the offer</a>' in living
    assert "<a>the offer</a>" in dead


def test_a_page_may_not_link_to_what_is_not_there_although_a_letter_may(tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        site(
            tmp_path,
            pages__offer=page("title: Offer\nexpire_on: 2026-09-01"),
            pages__b=page("title: B\naudience: gold", "[offer](offer.md)"),
        )

    assert caught.value.exit_code is Exit.BROKEN_LINK


def test_letters_are_no_news_and_stand_newest_first_with_their_days(tmp_path: Path) -> None:
    older = WISH.replace("A quiet wish", "An older wish").replace("2026-09-08", "2026-09-01")
    made = site(tmp_path, campaigns__a=page(older), campaigns__b=page(WISH))

    (gold,) = [navigation for navigation in made.navigation if navigation.segment == "gold"]
    first, second = sorted(gold.items, key=lambda item: item.weight)
    assert first == NavigationItem(
        "A quiet wish", "/shop/m/id-campaigns-b-md/", False, first.weight, "8 September 2026", True
    )
    assert (second.title, second.teaser, second.letter) == ("An older wish", "1 September 2026", True)
