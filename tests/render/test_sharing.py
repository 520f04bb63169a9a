"""Public pages offer each picture in several files, and one stands for each page; gated ones show none to anybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.content.project import read_project
from sitegen.model.picture import Scaled, SocialCard
from sitegen.model.readable import GatedPage, Site
from sitegen.render.site.entries import Day
from sitegen.render.site.whole import render_site
from tests.content.shop_folder import SITE, page, write_shop
from tests.render.photographs import photograph, saved, scene
from tests.render.site_shop import SETTING, TODAY

HEARTH = Path(__file__).parents[2] / "themes" / "hearth"
ROOT = "https://members.smallloom.example/shop/"
SHARED = """\
<html><head><title>{{ page.title }}</title>{% if page.image %}<meta property="og:image" content="{{ page.image.url }}">
<meta property="og:image:alt" content="{{ page.image.description }}">{% endif %}</head><body>{{ page.html }}
{% for item in items %}{% if item.image %}<img class="item" src="{{ item.image.url }}" width="{{ item.image.width }}"
 height="{{ item.image.height }}">{% endif %}{% endfor %}</body></html>
"""
SOCIAL = (HEARTH / "social/card.yaml").read_text("utf-8")


def shop(root: Path, **changed: str) -> Path:
    """The small shop with a theme that shows what is shared, and with photographs."""
    write_shop(root, **{"themes/hearth/site/base.html": SHARED, **changed})
    theme = root / "themes/hearth"
    for path in ("social/card.yaml", "social/ground.png", "fonts/print/EBGaramond-SemiBold.ttf",
                 "fonts/print/EBGaramond-Regular.ttf", "fonts/print/HearthKai-Regular.ttf"):  # fmt: skip
        (theme / path).parent.mkdir(parents=True, exist_ok=True)
        (theme / path).write_bytes((HEARTH / path).read_bytes())
    assets = root / "content/assets"
    (assets / "quilt.jpg").write_bytes(photograph((1600, 1000)))
    (assets / "a bed.jpg").write_bytes(photograph((1000, 700), held=6))
    (assets / "sign.png").write_bytes(saved(scene((90, 60)), "PNG"))
    return root


def made(root: Path, **changed: str) -> Site:
    return render_site(read_project(shop(root, **changed)), TODAY, SETTING)


def html_of(site: Site, path: str) -> str:
    return next(file.content.decode() for file in site.public if file.path == path)  # type: ignore[union-attr]


def shared(site: Site, path: str) -> tuple[Scaled | SocialCard, str]:
    """What stands for a page, and its words."""
    found = re.search(
        r'og:image" content="([^"]*)">\s*<meta property="og:image:alt" content="([^"]*)"', html_of(site, path)
    )
    assert found
    assert found[1].startswith(ROOT)
    return site.pictures[found[1].removeprefix(ROOT).replace("%20", " ")], found[2]


def test_a_public_picture_is_offered_in_two_packings_and_several_widths_and_all_of_them_are_made(
    tmp_path: Path,
) -> None:
    site = made(tmp_path, pages__quilts=page("title: Quilts\naudience: public", "![On a line](/assets/quilt.jpg)"))
    html = html_of(site, "quilts/index.html")

    assert re.findall(r'<source type="image/(\w+)"', html) == ["avif", "webp"]
    offered = re.findall(r"/shop/(\S+) (\d+)w", html)
    assert [int(width) for _, width in offered] == [480, 960, 1440] * 2
    image = re.search(r"<img [^>]*>", html)
    assert image
    for part in ('alt="On a line"', 'width="1440"', 'height="900"', 'decoding="async"', 'fetchpriority="high"'):
        assert part in image[0]
    plain = re.search(r'src="/shop/([^"]*)"', image[0])
    assert plain
    for name in (plain[1], *(name for name, _ in offered)):
        assert isinstance(site.pictures[name], Scaled)
    assert not any(file.path.startswith("assets/quilt") for file in site.public)


def test_only_the_first_picture_comes_at_once_and_small_ones_and_drawings_stay_alone(tmp_path: Path) -> None:
    text = "![One](/assets/sign.png)\n\n![Two](</assets/a bed.jpg>){: .wide }\n\n![Three](/assets/cloth.svg)"
    html = html_of(made(tmp_path, pages__a=page("title: A\naudience: public", text)), "a/index.html")
    images = re.findall(r"<img [^>]*>", html)
    assert [("lazy" in one, "high" in one) for one in images] == [(False, True), (True, False), (True, False)]
    assert html.count("<picture>") == 1
    assert 'class="wide"' in images[1]
    assert 'width="700"' in images[1]
    assert "a%20bed.480." in html


def test_members_see_one_locked_picture_and_save_the_file_without_its_place(tmp_path: Path) -> None:
    text = "![On a line](/assets/quilt.jpg)\n\n[Large](/assets/quilt.jpg)"
    site = made(tmp_path, pages__secret=page("title: Secret\naudience: gold", text))
    (picture,) = site.gated_pictures
    assert (picture.id, picture.segments, picture.recipe.packing) == ("assets/quilt.jpg#shown", ("gold",), "webp")
    gated = next(one for one in site.gated if isinstance(one, GatedPage) and one.title == "Secret")
    assert 'data-sg-src="id-assets-quilt-jpg-shown"' in gated.html
    assert 'data-sg-file="id-assets-quilt-jpg"' in gated.html
    assert '<img alt="On a line" ' in gated.html
    assert "og:image" not in gated.html
    (file,) = [one for one in site.gated if one.id == "assets/quilt.jpg"]
    assert b"GPS" not in file.content  # type: ignore[union-attr]
    assert not any("quilt" in path for path in site.pictures)


def test_a_public_link_to_a_photograph_gives_the_photograph_without_its_place(tmp_path: Path) -> None:
    site = made(tmp_path, pages__a=page("title: A\naudience: public", "[Large](/assets/quilt.jpg)"))
    (content,) = [file.content for file in site.public if "quilt" in file.path]  # type: ignore[union-attr]
    original = (tmp_path / "content/assets/quilt.jpg").read_bytes()
    assert len(original) - 2000 < len(content) < len(original)
    assert b"Jungfernstieg" in original
    assert b"Jungfernstieg" not in content


def test_a_page_is_shared_with_its_own_picture_else_the_first_large_one_else_a_card(tmp_path: Path) -> None:
    shown = '![A sign](/assets/sign.png)\n\n![A "fine" bed](</assets/a bed.jpg>)'
    site = made(
        tmp_path,
        pages__own=page("title: Own\naudience: public\nimage: /assets/quilt.jpg", shown),
        pages__first=page("title: First\naudience: public", shown),
        pages__drawn=page("title: Drawn & <fine>\naudience: public\nimage: /assets/cloth.svg", "Words."),
    )
    own, first = shared(site, "own/index.html"), shared(site, "first/index.html")
    assert (own[0].source, own[1]) == ("quilt.jpg", "Own")  # type: ignore[union-attr]
    assert (first[0].source, first[1]) == ("a bed.jpg", "A &#34;fine&#34; bed")  # type: ignore[union-attr]
    card, words = shared(site, "drawn/index.html")
    assert isinstance(card, SocialCard)
    assert (card.title, card.shop, words) == (
        "Drawn & <fine>",
        "The Small Loom",
        "Drawn &amp; &lt;fine&gt;, The Small Loom",
    )


def test_what_is_below_more_or_for_some_never_stands_for_a_page(tmp_path: Path) -> None:
    text = "Words.\n\n::: audience gold\n![A bed](</assets/a bed.jpg>)\n:::\n"
    more = "Words.\n<!-- more -->\n![A quilt](/assets/quilt.jpg)\n"
    site = made(
        tmp_path,
        pages__a=page("title: A\naudience: public", text),
        pages__b=page("title: B\naudience: gold", more),
        pages__c=page("title: C\naudience: gold\nimage: /assets/sign.png"),
    )
    assert all(isinstance(recipe, SocialCard) for recipe in site.pictures.values())
    assert {recipe.title for recipe in site.pictures.values() if isinstance(recipe, SocialCard)} >= {"A", "B"}
    assert "C" not in {recipe.title for recipe in site.pictures.values() if isinstance(recipe, SocialCard)}


def test_the_shell_and_the_missing_page_show_the_shop_and_nothing_else(tmp_path: Path) -> None:
    site = made(tmp_path, pages__secret=page("title: Secret\naudience: gold\nimage: /assets/quilt.jpg"))
    card, _ = shared(site, "404.html")
    assert (card.title, card.shop) == ("The Small Loom", "")  # type: ignore[union-attr]
    found = re.search(r'og:image" content="([^"]*)"', site.shell.decode())
    assert found
    assert site.pictures[found[1].removeprefix(ROOT)] == card


def test_a_list_shows_the_pictures_that_its_pages_name(tmp_path: Path) -> None:
    site = made(
        tmp_path,
        pages__care__linen=page("title: Linen\naudience: public\nimage: /assets/quilt.jpg"),
        pages__care__beads=page("title: Beads\naudience: public\nimage: /assets/cloth.svg"),
        pages__care__tea=page("title: Tea\naudience: public"),
    )
    html = html_of(site, "care/index.html")
    found = sorted(re.findall(r'class="item" src="/shop/([^"]*)" width="(\d+)"\s+height="(\d+)"', html))
    assert [(width, height) for _, width, height in found] == [("30", "20"), ("288", "192")]
    drawing, photo = (name for name, _, _ in found)
    assert isinstance(site.pictures[photo], Scaled)
    assert any(file.path == drawing for file in site.public)


@pytest.mark.parametrize("line", ["images: {cards: no}", "tagline: Words"])
def test_cards_can_be_left_out_and_need_a_theme_that_shows_them(tmp_path: Path, line: str) -> None:
    changed = (
        {"site.yaml": f"{SITE}{line}\n"} if "cards" in line else {"themes/hearth/site/base.html": "{{ page.html }}"}
    )
    assert dict(made(tmp_path, **changed).pictures) == {}


def test_the_same_day_is_named_the_same_way_whoever_asks(tmp_path: Path) -> None:
    project = read_project(shop(tmp_path, pages__a=page("title: A\naudience: public", "![Q](/assets/quilt.jpg)")))
    assert render_site(project, TODAY, SETTING).pictures == render_site(project, Day(TODAY.today), SETTING).pictures
