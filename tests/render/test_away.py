"""Off the site, links are absolute and lead to pages that are there."""

from __future__ import annotations

import pytest

from sitegen.errors import Exit, Mistakes
from sitegen.model.channel import Channel
from sitegen.model.project import Asset
from sitegen.render.away import AwayLinks, NoLinks, mailed_files, mailed_name
from tests.content.shop_folder import PICTURE
from tests.render.mail_shop import SHOP, SITE, campaign

ASSET = Asset("cloth.svg", PICTURE)
CLOTH = f"{SITE}/{mailed_name(ASSET)}"
LINKS = AwayLinks(
    SHOP,
    "campaigns/2026/tea.md",
    "content/campaigns/2026/tea.md",
    {"pages/care/linen.md": "/care/linen/", "campaigns/2026/wish.md": "/m/x/"}.get,
    {"cloth.svg": ASSET},
)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("../../pages/care/linen.md", f"{SITE}/care/linen/"),
        ("/care/linen.md#washing", f"{SITE}/care/linen/#washing"),
        ("wish.md", f"{SITE}/m/x/"),
        ("/assets/cloth.svg", CLOTH),
        ("https://example.org/a.md", "https://example.org/a.md"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_are_absolute(target: str, address: str) -> None:
    assert LINKS.href(target) == address


def test_a_page_that_is_not_on_the_site_is_told() -> None:
    with pytest.raises(Mistakes) as caught:
        LINKS.href("none.md")
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
    assert (NoLinks().href("a.md"), NoLinks().image("/assets/x.svg")) == ("a.md", {"src": "/assets/x.svg"})


def test_what_a_mail_shows_lies_on_the_site_under_a_name_that_tells_nothing() -> None:
    letter = campaign("one\n\n::: audience gold\n![A fold](/assets/cloth.svg)\n:::")
    assert mailed_files([letter], LINKS.assets) == {mailed_name(ASSET): PICTURE}
    assert LINKS.image("/assets/cloth.svg")["src"] == f"{SITE}/{mailed_name(ASSET)}"
    assert "cloth" not in mailed_name(ASSET)


def test_what_other_channels_show_stays_behind_the_door() -> None:
    page = campaign("![A fold](/assets/cloth.svg)", channels=(Channel.PAGE, Channel.CARD))
    assert mailed_files([page, campaign("words")], LINKS.assets) == {}
