"""Who reads in which language: strangers by their browser, members by their record, everybody by their own choice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.test_accessibility import findings
from tests.browser.visits import GOLD, House, Visit, visiting

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample")]
CHINESE = "C-00006"
# A Gold member who reads Chinese has one page that is there in English alone.
CHINESE_GOLD, UNTRANSLATED = "C-00007", "A day in the quilting room"
HOME, ROOM = "您自己的屋子", "Your own room"


@pytest.fixture
def guest(house: House, browser: Browser) -> Iterator[Visit]:
    """A visitor whose browser asks for Chinese."""
    with visiting(house, browser, locale="zh-CN") as visit:
        yield visit


def spoken(visit: Visit) -> str:
    return visit.page.locator("html").get_attribute("lang") or ""


def switch(visit: Visit, language: str) -> None:
    visit.page.locator(f'[data-sg="languages"] a[hreflang="{language}"]').click()


def test_a_member_comes_into_the_home_of_their_language_and_meets_no_page_twice(visit: Visit) -> None:
    visit.unlock(CHINESE)
    assert spoken(visit) == "zh"
    assert visit.page.title().startswith(HOME)
    menu = visit.menu()
    assert HOME in menu
    assert ROOM not in menu
    said = visit.page.locator('.member-card [data-sg-field="next_tier"]').inner_text()
    assert said == "银卡会员"
    assert visit.complaints == []


def test_a_member_whose_record_says_english_reads_english_in_any_browser(guest: Visit) -> None:
    guest.unlock(GOLD)
    assert spoken(guest) == "en"
    assert ROOM in guest.menu()
    assert HOME not in guest.menu()


def test_the_choice_of_a_reader_holds_for_the_tab(visit: Visit) -> None:
    visit.unlock(GOLD)
    switch(visit, "zh")
    visit.page.wait_for_selector("h1:has-text('欢迎您')")
    visit.wait("open")
    assert spoken(visit) == "zh"
    menu = visit.menu()
    visit.page.goto(menu["积分换的小礼物"])
    visit.wait("open")
    assert spoken(visit) == "zh"
    assert visit.page.locator("article.article").get_attribute("lang") == "zh"
    assert visit.complaints == []


def test_an_untranslated_page_says_its_language_between_the_readers_words(visit: Visit) -> None:
    visit.unlock(CHINESE_GOLD)
    untranslated = visit.page.locator('.member-strip [data-sg="menu"] li[lang="en"]')
    assert untranslated.all_inner_texts() == [UNTRANSLATED]
    visit.page.goto(visit.menu()[UNTRANSLATED])
    visit.wait("open")
    assert spoken(visit) == "zh"
    assert visit.page.locator("article.article").get_attribute("lang") == "en"


def test_a_shell_speaks_the_language_of_the_browser_before_it_knows_anybody(guest: Visit, house: House) -> None:
    guest.open(house.gated_paths()[0])
    guest.wait("locked")
    assert spoken(guest) == "zh"
    assert "这个房间凭卡打开" in guest.content()
    assert guest.page.locator("#code").count() == 1
    assert guest.complaints == []


def test_a_shell_speaks_the_shops_own_language_to_whoever_asks_for_another(house: House, browser: Browser) -> None:
    with visiting(house, browser, locale="fr-FR") as visit:
        visit.open(house.gated_paths()[0])
        visit.wait("locked")
        assert spoken(visit) == "en"
        assert "This room opens with your card" in visit.content()


def test_what_is_typed_at_a_chinese_shell_opens_it(guest: Visit, house: House) -> None:
    guest.open(house.gated_paths()[0])
    guest.wait("locked")
    guest.page.get_by_label("卡上的编码").fill("7K3M")
    guest.page.get_by_role("button", name="开门").click()
    guest.wait("locked", "bad-length")
    assert "编码共 28 位" in guest.page.locator("#message").inner_text()
    guest.page.get_by_label("卡上的编码").fill(house.code(CHINESE))
    guest.page.get_by_role("button", name="开门").click()
    guest.page.wait_for_selector(':is([data-sg-state="open"], [data-sg-state="denied"])')
    assert spoken(guest) == "zh"


def test_leaving_leads_to_the_home_of_the_language_that_was_read(visit: Visit, house: House) -> None:
    visit.unlock(CHINESE)
    visit.page.locator('.member-strip [data-sg="logout"]').click()
    visit.page.wait_for_url(f"{house.url}zh/")
    visit.wait("locked", "logged-out")
    assert "门又关好了" in visit.page.locator("#message").inner_text()


def test_a_public_page_offers_itself_in_other_languages_by_their_own_names(visit: Visit, house: House) -> None:
    visit.open("about/")
    offered = visit.page.locator('[data-sg="languages"] a')
    assert offered.evaluate_all("all => all.map(one => [one.lang, one.textContent])") == [
        ["en", "English"],
        ["zh", "中文"],
    ]
    switch(visit, "zh")
    visit.page.wait_for_url(f"{house.url}zh/about/")
    assert spoken(visit) == "zh"
    alternates = visit.page.locator('link[rel="alternate"][hreflang]')
    said = alternates.evaluate_all("all => all.map(one => [one.hreflang, new URL(one.href).pathname])")
    assert said == [["en", "/about/"], ["x-default", "/about/"], ["zh", "/zh/about/"]]


def test_a_found_page_says_its_language(visit: Visit) -> None:
    visit.unlock(CHINESE)
    field = visit.page.get_by_role("searchbox")
    field.click()
    field.fill("moon")
    visit.page.wait_for_selector('[data-sg="search-hits"] li')
    languages = visit.page.locator('[data-sg="search-hits"] li').evaluate_all("all => all.map(one => one.lang)")
    assert set(languages) == {"en"}


def test_axe_finds_nothing_where_languages_meet(house: House, browser: Browser) -> None:
    with visiting(house, browser, bypass_csp=True, reduced_motion="reduce", locale="zh-CN") as reader:
        reader.open(house.gated_paths()[0])
        reader.wait("locked")
        found = findings(reader)
        reader.unlock(CHINESE_GOLD)
        found += findings(reader)
        reader.page.goto(reader.menu()[UNTRANSLATED])
        reader.wait("open")
        found += findings(reader)
    assert found == []
