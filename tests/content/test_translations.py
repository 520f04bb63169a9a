"""Which language a file is in, what it translates, where it stands, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.keys import Keys
from sitegen.content.translations import Tongues, read_version
from sitegen.model.page import Page
from sitegen.model.tree import Mapping, Place
from tests.content.shop_folder import SITE, mistakes_of, page, write_shop
from tests.render.site_shop import project

ZH = SITE + "languages: [en, zh]\n"
TONGUES = Tongues("en", ("en", "zh", "de"))
PUBLIC = "title: A\naudience: public"


def pages(root: Path, **changed: str) -> dict[str, Page]:
    return {one.id: one for one in project(root, **{"site.yaml": ZH}, **changed).pages}


def test_a_language_in_a_files_name_makes_it_a_translation(tmp_path: Path) -> None:
    found = pages(tmp_path, pages__care__about=page(PUBLIC), **{"pages/care/about.zh.md": page(PUBLIC)})
    translation = found["pages/care/about.zh.md"]
    assert (translation.language, translation.original) == ("zh", "pages/care/about.md")
    assert (translation.url_path, found["pages/care/about.md"].url_path) == ("zh/care/about/", "care/about/")


def test_a_translation_elsewhere_names_its_original_and_may_have_a_slug_of_its_own(tmp_path: Path) -> None:
    front = f"{PUBLIC}\nlanguage: zh\ntranslation_of: pages/about.md\nslug: guanyu"
    found = pages(tmp_path, pages__about=page(PUBLIC), pages__chinese__who=page(front))
    assert found["pages/chinese/who.md"].original == "pages/about.md"
    assert found["pages/chinese/who.md"].url_path == "zh/chinese/guanyu/"


def test_the_home_page_of_a_language_lies_in_its_folder(tmp_path: Path) -> None:
    found = pages(tmp_path, **{"pages/index.zh.md": page(f"{PUBLIC}\nlayout: home")})
    assert found["pages/index.zh.md"].url_path == "zh/"


def test_a_page_in_the_folder_of_its_language_has_no_second_one(tmp_path: Path) -> None:
    found = pages(tmp_path, pages__zh__news=page(f"{PUBLIC}\nlanguage: zh"))
    assert found["pages/zh/news.md"].url_path == "zh/news/"


def test_a_full_stop_that_is_no_language_stays_in_the_name(tmp_path: Path) -> None:
    assert pages(tmp_path, **{"pages/version.2.md": page(PUBLIC)})["pages/version.2.md"].url_path == "version.2/"


def test_a_campaign_has_translations_of_its_page(tmp_path: Path) -> None:
    front = "title: Tea\nkind: event\naudience: gold\nchannels: [page]"
    made = project(tmp_path, campaigns__tea=page(front), **{"site.yaml": ZH, "campaigns/tea.zh.md": page(front)})
    translation = made.campaign("tea.zh")
    assert translation
    assert (translation.original, translation.url_path) == ("campaigns/tea.md", "zh/news/tea/")


@pytest.mark.parametrize("other", ["gold", "public", "{all: [{total spent: at least 5}]}"])
def test_a_translation_for_other_readers_is_refused_whoever_they_are(tmp_path: Path, other: str) -> None:
    root = write_shop(
        tmp_path,
        pages__a=page("title: A\naudience: silver"),
        **{"site.yaml": ZH, "pages/a.zh.md": page(f"title: A\naudience: {other}")},
    )
    assert set(mistakes_of(root)) == {"translation-audience"}


def test_a_translation_for_the_same_rule_is_for_the_same_readers(tmp_path: Path) -> None:
    front = "title: A\naudience: {all: [{total spent: at least 5}]}"
    assert pages(tmp_path, pages__a=page(front), **{"pages/a.zh.md": page(front)})


def test_a_translation_of_a_file_that_cannot_be_read_is_not_told_twice(tmp_path: Path) -> None:
    root = write_shop(tmp_path, pages__a="---\ntitle: [\n---\n", **{"site.yaml": ZH, "pages/a.zh.md": page(PUBLIC)})
    assert "translation-of-nothing" not in mistakes_of(root)


def test_words_of_the_shop_have_their_form_in_each_language(tmp_path: Path) -> None:
    shop = project(tmp_path, **{"site.yaml": f"{ZH}words: {{zh: {{Silver: 银卡}}}}\n"}).shop
    assert [shop.said("Silver", language) for language in ("en", "zh")] == ["Silver", "银卡"]
    assert shop.said("Gold", "zh") == "Gold"


def test_words_in_a_language_that_the_shop_does_not_speak_are_a_mistake(tmp_path: Path) -> None:
    root = write_shop(tmp_path, **{"site.yaml": f"{ZH}words: {{fr: {{Silver: Argent}}}}\n"})
    assert str(mistakes_of(root)["bad-language"]).splitlines()[0].endswith("the shop does not speak 'fr'")


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


@given(names, st.sampled_from(["", ".zh", ".de", ".en"]))
def test_any_name_is_cut_into_a_path_and_a_language(name: str, suffix: str) -> None:
    problems: list[object] = []
    keys = Keys(Mapping((), Place("content/x.md", 1, 1)), problems, "this page")  # type: ignore[arg-type]
    stem = name.replace("/", "-").replace(".", "-")
    version = read_version(keys, f"pages/care/{stem}{suffix}.md", Place("content/x.md", 1, 1), TONGUES)
    assert not problems
    assert (version.path, version.language) == (f"care/{stem}.md", suffix.removeprefix("."))
    assert version.original == (f"pages/care/{stem}.md" if suffix else "")
    assert version.address("care/a/") == ("care/a/" if suffix in {"", ".en"} else f"{suffix[1:]}/care/a/")
