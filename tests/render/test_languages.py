"""One site in several languages: who is led where, and what each page says of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.model.readable import GatedPage, NavigationItem, Site
from sitegen.render.site.entries import PublicEntry
from sitegen.render.site.languages import own_name, translations, versions, with_language
from sitegen.render.theme import words
from tests.content.shop_folder import SITE, THEME, page
from tests.render.site_shop import day_entries, project, public, site

ZH = {"site.yaml": SITE + "languages: [en, zh]\n"}
ORIGIN = "https://members.smallloom.example"
PUBLIC = "title: {}\naudience: public"


def html(root: Path, **changed: str) -> dict[str, str]:
    return public(site(root, **ZH, **changed))


def gated(made: Site) -> dict[str, str]:
    return {one.id: one.html for one in made.gated if isinstance(one, GatedPage)}


def items(made: Site, segment: str) -> dict[str, NavigationItem]:
    return {item.title: item for one in made.navigation if one.segment == segment for item in one.items}


def links(text: str) -> list[str]:
    return text.partition("<main>")[2].partition("</main>")[0].split("<a ")[1:]


def test_a_link_to_a_page_leads_to_its_translation_in_the_reading_language(tmp_path: Path) -> None:
    made = html(
        tmp_path,
        pages__linen=page(PUBLIC.format("Linen")),
        pages__a=page(PUBLIC.format("A"), "[x](linen.md#wash)"),
        **{
            "pages/linen.zh.md": page(PUBLIC.format("亚麻")),
            "pages/a.zh.md": page(PUBLIC.format("甲"), "[x](linen.md#wash)"),
        },
    )
    assert 'href="/shop/linen/#wash"' in made["a/index.html"]
    assert 'href="/shop/zh/linen/#wash"' in made["zh/a/index.html"]
    assert "hreflang" not in links(made["zh/a/index.html"])[0]


def test_a_link_to_what_is_not_translated_says_in_which_language_it_leads(tmp_path: Path) -> None:
    made = html(
        tmp_path,
        pages__linen=page(PUBLIC.format("Linen")),
        pages__a=page(PUBLIC.format("A")),
        **{"pages/a.zh.md": page(PUBLIC.format("甲"), "[x](linen.md)")},
    )
    assert links(made["zh/a/index.html"])[0].startswith('href="/shop/linen/" hreflang="en"')


def test_a_link_between_a_page_and_its_own_translation_leads_where_it_says(tmp_path: Path) -> None:
    made = html(
        tmp_path,
        pages__a=page(PUBLIC.format("A"), "[x](a.zh.md)"),
        **{"pages/a.zh.md": page(PUBLIC.format("甲"), "[x](a.md)")},
    )
    assert links(made["a/index.html"])[0].startswith('href="/shop/zh/a/"')
    assert links(made["zh/a/index.html"])[0].startswith('href="/shop/a/"')


def test_a_public_page_tells_nothing_of_a_locked_pages_language(tmp_path: Path) -> None:
    made = html(
        tmp_path,
        pages__a=page(PUBLIC.format("A")),
        pages__gold=page("title: Secret\naudience: gold"),
        **{"pages/a.zh.md": page(PUBLIC.format("甲"), "[x](gold.md)")},
    )
    assert "hreflang" not in links(made["zh/a/index.html"])[0]


def test_a_draft_translation_is_nobodys_translation(tmp_path: Path) -> None:
    found = day_entries(
        tmp_path,
        pages__a=page(PUBLIC.format("A")),
        **ZH,
        **{"pages/a.zh.md": page(PUBLIC.format("甲") + "\ndraft: yes")},
    )
    shop = project(tmp_path, **ZH).shop
    assert versions(found, shop).found == {}
    (entry,) = [one for one in found.public if one.id == "pages/a.md"]
    assert translations(entry, [entry], shop) == ()


def test_a_page_knows_itself_and_its_translations_in_the_shops_order(tmp_path: Path) -> None:
    found = day_entries(
        tmp_path, pages__b=page(PUBLIC.format("B")), **ZH, **{"pages/b.zh.md": page(PUBLIC.format("乙"))}
    )
    alike = [one for one in found.public if one.group == "pages/b.md"]
    current = next(one for one in alike if one.language == "zh")
    assert isinstance(current, PublicEntry)
    seen = translations(current, reversed(alike), project(tmp_path, **ZH).shop)
    assert [(one.language, one.name, one.url, one.current, one.default) for one in seen] == [
        ("en", "English", "/shop/b/", False, True),
        ("zh", "中文", "/shop/zh/b/", True, False),
    ]
    assert seen[1].canonical == f"{ORIGIN}/shop/zh/b/"


def test_what_is_new_is_told_by_language(tmp_path: Path) -> None:
    front = "title: {}\naudience: public\nlayout: journal\ndate: 2026-09-0{}"
    made = html(
        tmp_path,
        pages__journal__a=page(front.format("Older", 1)),
        pages__journal__b=page(front.format("Newer", 2)),
        **{
            "pages/journal/a.zh.md": page(front.format("旧", 1)),
            "pages/index.zh.md": page("title: 小织坊\naudience: public\nlayout: home"),
        },
    )
    assert [">旧<" in made[name] for name in ("index.html", "zh/index.html", "zh/feed.xml", "feed.xml")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert ">Newer<" not in made["zh/index.html"]
    assert f'<link href="{ORIGIN}/shop/zh/" />' in made["zh/feed.xml"]
    assert 'xml:lang="zh"' in made["zh/feed.xml"]


def test_without_news_in_a_language_there_is_no_feed_in_it(tmp_path: Path) -> None:
    assert "zh/feed.xml" not in html(
        tmp_path, **{"pages/index.zh.md": page(PUBLIC.format("小织坊") + "\nlayout: home")}
    )


def test_the_navigation_says_which_page_translates_which(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        pages__a=page("title: A\naudience: gold\nmenu: yes"),
        **ZH,
        **{"pages/a.zh.md": page("title: 甲\naudience: gold\nmenu: yes")},
    )
    found = items(made, "gold")
    assert (found["A"].language, found["A"].original) == ("en", "")
    assert (found["甲"].language, found["甲"].original) == ("zh", found["A"].href)
    assert "language" in made.fields


def test_a_shop_of_one_language_asks_no_record_for_it(tmp_path: Path) -> None:
    made = site(tmp_path, pages__a=page("title: A\naudience: gold\nmenu: yes"))
    assert "language" not in made.fields
    assert {(item.language, item.original) for item in items(made, "gold").values()} == {("", "")}
    assert {one.language for index in made.search for one in index.documents} == {""}


def test_the_search_knows_the_language_of_each_page(tmp_path: Path) -> None:
    made = site(tmp_path, pages__a=page(PUBLIC.format("A")), **ZH, **{"pages/a.zh.md": page(PUBLIC.format("甲"))})
    (index,) = [one for one in made.search if one.segment == "public"]
    assert {one.title: one.language for one in index.documents} == {"A": "en", "甲": "zh", "The Small Loom": "en"}


def test_the_page_for_all_languages_brings_the_words_of_each(tmp_path: Path) -> None:
    base = "<!doctype html><html><head><title>x</title></head><body>{{ t('hello') }}</body></html>"
    made = site(
        tmp_path, **ZH, **{"themes/hearth/site/base.html": base, "themes/hearth/locale/zh.yaml": "hello: 您好\n"}
    )
    said = made.shell.decode()
    assert '<template data-sg-language="zh" dir="ltr">您好</template>\n</head><body>Welcome</body>' in said
    assert said.count("<html") == 1
    assert "您好" in public(made)["404.html"]


def test_a_theme_without_a_head_speaks_the_shops_own_language_there(tmp_path: Path) -> None:
    assert "data-sg-language" not in site(tmp_path, **ZH).shell.decode()
    assert with_language("<p>Hello", "zh", "<p>您好") == "<p>Hello"


def test_the_words_of_another_language_are_taken_whole() -> None:
    one = '<html><head></head><body class="a">Hello</body></html>'
    assert with_language(one, "ar", one.replace("Hello", "<p>مرحبا</p>")) == (
        '<html><head>  <template data-sg-language="ar" dir="rtl"><p>مرحبا</p></template>\n</head>'
        '<body class="a">Hello</body></html>'
    )


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [("en", 1, "1 page"), ("en", 1234, "1,234 pages"), ("zh", 1, "1 页"), ("de", 1234, "1.234 Seiten"),
     ("pl", 2, "2 pages"), ("pl", 5, "5 stron")],
)  # fmt: skip
def test_a_counted_word_takes_the_languages_form(tmp_path: Path, language: str, count: int, said: str) -> None:
    locale = {
        "en": 'pages.one: "{count} page"\npages.other: "{count} pages"\n',
        "zh": 'pages.other: "{count} 页"\n',
        "de": 'pages.one: "{count} Seite"\npages.other: "{count} Seiten"\n',
        "pl": 'pages.many: "{count} stron"\n',
    }
    own = {f"themes/hearth/locale/{name}.yaml": THEME["locale/en.yaml"] + text for name, text in locale.items()}
    theme = project(tmp_path, **own).theme
    assert words(theme, language)("pages", count) == said


def test_languages_are_called_by_their_own_names() -> None:
    assert [own_name(code) for code in ("en", "zh", "de", "zh-Hant")] == ["English", "中文", "Deutsch", "中文 (繁體)"]


def test_the_list_of_a_section_leads_to_the_same_section_in_other_languages(tmp_path: Path) -> None:
    base = THEME["site/base.html"].replace(
        "<main>", "{% for one in page.translations %}<i>{{ one.language }} {{ one.url }}</i>{% endfor %}<main>"
    )
    made = html(
        tmp_path,
        pages__care__a=page(PUBLIC.format("A")),
        pages__news__b=page(PUBLIC.format("B")),
        **{"pages/care/a.zh.md": page(PUBLIC.format("甲")), "themes/hearth/site/base.html": base},
    )
    said = "<i>en /shop/care/</i><i>zh /shop/zh/care/</i>"
    assert [said in made[name] for name in ("care/index.html", "zh/care/index.html")] == [True, True]
    assert "<i>" not in made["news/index.html"]


def test_a_public_beginning_tells_nothing_of_a_translation_that_is_locked_as_a_whole(tmp_path: Path) -> None:
    base = THEME["site/base.html"].replace("<main>", "<i>{{ page.translations }}</i><main>")
    made = site(
        tmp_path,
        pages__a=page("title: A\naudience: gold", "Beginning.\n\n<!-- more -->\n\nThe rest."),
        **ZH,
        **{"pages/a.zh.md": page("title: 甲\naudience: gold"), "themes/hearth/site/base.html": base},
    )
    assert "<i>()</i>" in public(made)["a/index.html"]
    assert not [name for name, said in public(made).items() if "甲" in said or "a-zh" in said]
    assert "<i>()</i>" in gated(made)["pages/a.zh.md"]
