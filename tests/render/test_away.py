"""Off the site, links are absolute and lead to pages that are there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.content.body import parse_body
from sitegen.errors import Exit, Mistakes
from sitegen.model.body import Body
from sitegen.model.channel import Channel
from sitegen.model.picture import PictureSetting
from sitegen.model.project import Asset
from sitegen.model.tree import Place
from sitegen.render.away import AwayLinks, NoLinks, mailed_files, mailed_name, mailed_pictures, open_files
from sitegen.render.site.bodies import open_name
from sitegen.render.site.entries import PublicEntry
from tests.content.shop_folder import PICTURE
from tests.render.mail_shop import SHOP, SITE, campaign
from tests.render.photographs import photograph

ASSET = Asset("cloth.svg", PICTURE)
LIST = Asset("list.pdf", b"%PDF")
CLOTH = f"{SITE}/{mailed_name(ASSET)}"
LINKS = AwayLinks(
    SHOP,
    "campaigns/2026/tea.md",
    "content/campaigns/2026/tea.md",
    {"pages/care/linen.md": "/care/linen/", "campaigns/2026/wish.md": "/m/x/"}.get,
    {"cloth.svg": ASSET, "list.pdf": LIST},
    {"list.pdf": f"/{open_name(LIST)}"},
)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("../../pages/care/linen.md", f"{SITE}/care/linen/"),
        ("/care/linen.md#washing", f"{SITE}/care/linen/#washing"),
        ("wish.md", f"{SITE}/m/x/"),
        ("/assets/list.pdf", f"{SITE}/{open_name(LIST)}"),
        ("/assets/list.pdf#page=2", f"{SITE}/{open_name(LIST)}#page=2"),
        ("https://example.org/a.md", "https://example.org/a.md"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_are_absolute(target: str, address: str) -> None:
    assert LINKS.link(target) == {"href": address}


def test_a_page_that_is_not_on_the_site_is_told() -> None:
    with pytest.raises(Mistakes) as caught:
        LINKS.link("none.md")
    assert [(problem.file, problem.code) for problem in caught.value.problems] == [
        ("content/campaigns/2026/tea.md", "broken-link")
    ]
    assert caught.value.exit_code == Exit.BROKEN_LINK


def test_a_picture_has_its_absolute_address_and_its_size() -> None:
    assert LINKS.image("/assets/cloth.svg") == {"src": CLOTH, "width": "30", "height": "20"}


@pytest.mark.parametrize("source", ["/assets/none.svg", "https://elsewhere.example/x.png"])
def test_a_picture_that_is_no_asset_is_told(source: str) -> None:
    with pytest.raises(Mistakes, match="there is no asset"):
        LINKS.image(source)


def test_paper_has_no_links() -> None:
    assert (NoLinks().link("a.md"), NoLinks().image("/assets/x.svg")) == ({"href": "a.md"}, {"src": "/assets/x.svg"})


def test_what_a_mail_shows_lies_on_the_site_under_a_name_that_tells_nothing() -> None:
    letter = campaign("one\n\n::: audience gold\n![A fold](/assets/cloth.svg)\n:::")
    assert mailed_files([letter], LINKS.assets) == {mailed_name(ASSET): PICTURE}
    assert LINKS.image("/assets/cloth.svg")["src"] == f"{SITE}/{mailed_name(ASSET)}"
    assert "cloth" not in mailed_name(ASSET)


def test_what_other_channels_show_stays_behind_the_door() -> None:
    page = campaign("![A fold](/assets/cloth.svg)", channels=(Channel.PAGE, Channel.CARD))
    assert mailed_files([page, campaign("words")], LINKS.assets) == {}


def test_a_file_that_only_gated_readers_may_have_is_never_mailed_but_found_on_the_campaigns_page() -> None:
    letter = campaign("[the list](/assets/list.pdf), [a fold](/assets/cloth.svg)")
    assert mailed_files([letter], LINKS.assets) == {}
    gated = replace(LINKS, source="campaigns/2026/wish.md", open_files={})
    assert gated.link("/assets/list.pdf#page=2") == {"href": f"{SITE}/m/x/"}


def test_a_gated_file_in_a_letter_without_a_page_is_a_mistake() -> None:
    with pytest.raises(Mistakes, match=r"'list\.pdf' is not for everybody") as caught:
        replace(LINKS, open_files={}).link("/assets/list.pdf")
    (problem,) = caught.value.problems
    assert (problem.file, problem.code) == ("content/campaigns/2026/tea.md", "gated-file")


def test_a_file_is_open_where_a_public_part_of_a_page_has_it() -> None:
    parts = {
        "open.pdf": "[x](/assets/open.pdf)",
        "shown.svg": "![x](/assets/shown.svg)",
        "block.pdf": "::: audience gold\n[x](/assets/block.pdf)\n:::",
        "public-block.pdf": "::: audience public\n[x](/assets/public-block.pdf)\n:::",
        "rest.pdf": "<!-- more -->\n[x](/assets/rest.pdf)",
        "rest-block.pdf": "::: audience silver\n[x](/assets/rest-block.pdf)\n:::",
    }
    body = parse_body("\n\n".join(parts.values()), "content/pages/a.md", 1, [])
    assets = {name: Asset(name, PICTURE) for name in parts}
    half, whole = (entry(body, rest) for rest in (("everyone",), ()))
    setting = PictureSetting()
    assert sorted(open_files([half], assets, setting)) == ["open.pdf", "public-block.pdf", "shown.svg"]
    assert sorted(open_files([whole], assets, setting)) == ["open.pdf", "public-block.pdf", "rest.pdf", "shown.svg"]
    assert open_files([half], assets, setting)["open.pdf"] == open_name(assets["open.pdf"])


def test_a_photograph_is_mailed_small_and_without_its_place_and_linked_as_the_page_shows_it() -> None:
    photo = Asset("quilt.jpg", photograph((3000, 2000)))
    links = replace(LINKS, assets={"quilt.jpg": photo})
    letter = campaign("![A quilt](/assets/quilt.jpg)")
    ((path, recipe),) = mailed_pictures([letter], links.assets, PictureSetting()).items()
    assert (recipe.packing, recipe.width, recipe.height) == ("jpeg", 1200, 800)
    assert links.image("/assets/quilt.jpg") == {"src": f"{SITE}/{path}", "width": "1200", "height": "800"}
    assert mailed_files([letter], links.assets) == {}
    body = parse_body("![x](/assets/quilt.jpg)", "content/pages/a.md", 1, [])
    assert open_files([entry(body, ())], links.assets, PictureSetting())["quilt.jpg"].startswith("assets/quilt.1440.")


def entry(body: Body, rest: tuple[str, ...]) -> PublicEntry:
    return PublicEntry(
        id="pages/a.md",
        url="/a/",
        path="a/index.html",
        title="A",
        description="",
        tags=(),
        day=None,
        language="en",
        layout="page",
        weight=1,
        body=body,
        place=Place(body.file, 1),
        rest=rest,
    )


def test_readers_of_a_language_are_led_to_the_translation_where_there_is_one() -> None:
    addresses = {"pages/a.md": "/a/", "zh pages/a.md": "/zh/a/", "pages/b.md": "/b/"}
    links = replace(LINKS, source="campaigns/wish.md", address=addresses.get, language="zh")
    assert links.link("../pages/a.md#x")["href"].endswith("/zh/a/#x")
    assert links.link("../pages/b.md")["href"].endswith("/b/")
    assert not replace(links, language="en").link("../pages/a.md")["href"].endswith("/zh/a/")
