"""The live preview, page by page: whatever is saved, the site is what a clean build would make of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sitegen.errors import Unusable
from tests.browser.live_house import LiveShop, live_shop, until

pytestmark = pytest.mark.xdist_group("live")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveShop]:
    with live_shop(tmp_path_factory.mktemp("live"), drafts=False) as shop:
        yield shop


def public_files(shop: LiveShop) -> str:
    """All that anybody may read, as one text: pages, lists, tags, feed, sitemap."""
    site = shop.root / ".sitegen" / "preview" / "pages" / "site"
    endings = {".html", ".xml", ".json", ".txt", ".ics"}
    return "\n".join(path.read_text() for path in sorted(site.rglob("*")) if path.suffix in endings)


def test_a_draft_is_published_when_it_is_no_draft_any_more_and_vanishes_when_it_is_one_again(shop: LiveShop) -> None:
    story = {"title": "Osmanthus rain", "layout": "journal", "date": "2026-09-01", "tags": "[osmanthus]"}
    shop.built(lambda: shop.write("journal/rain.md", "It smells of apricots.", **story, draft="true"))
    assert shop.get("journal/rain/")[0] == 404
    assert "Osmanthus" not in public_files(shop)

    shop.built(lambda: shop.write("journal/rain.md", "It smells of apricots.", **story))
    assert "apricots" in shop.get("journal/rain/")[1]
    for path in ("feed.xml", "tags/osmanthus/", "journal/"):
        assert "Osmanthus rain" in shop.get(path)[1]
    assert "/journal/rain/" in shop.get("sitemap.xml")[1]

    shop.built(lambda: shop.write("journal/rain.md", "It smells of apricots.", **story, draft="true"))
    assert shop.get("journal/rain/")[0] == shop.get("tags/osmanthus/")[0] == 404
    assert "smanthus" not in public_files(shop)


@pytest.mark.slow
def test_a_page_with_a_new_slug_is_gone_from_its_old_address(shop: LiveShop) -> None:
    shop.built(lambda: shop.write("care/wool.md", "Wash it cold.", title="Wool"))
    assert shop.get("care/wool/")[0] == 200

    shop.built(lambda: shop.write("care/wool.md", "Wash it cold.", title="Wool", slug="woollens"))

    assert (shop.get("care/wool/")[0], shop.get("care/woollens/")[0]) == (404, 200)
    assert "/care/wool/" not in public_files(shop)


def test_a_page_that_is_deleted_is_gone_everywhere(shop: LiveShop) -> None:
    shop.built(lambda: shop.write("care/silk.md", "Wash it by hand.", title="Silk of Suzhou"))
    assert "Silk of Suzhou" in shop.get("care/")[1]

    shop.built(lambda: shop.page("care/silk.md").unlink())

    assert shop.get("care/silk/")[0] == 404
    assert "Silk of Suzhou" not in public_files(shop)


@pytest.mark.slow
def test_a_section_without_its_own_page_is_a_plain_list_again(shop: LiveShop) -> None:
    shop.built(lambda: shop.write("care/index.md", "All about cloth.", title="The cloth book"))
    assert "The cloth book" in shop.get("care/")[1]

    shop.built(lambda: shop.page("care/index.md").unlink())

    assert "The cloth book" not in public_files(shop)
    assert shop.get("care/")[0] == 200


@pytest.mark.slow
def test_a_page_that_moves_is_found_at_its_new_address_only(shop: LiveShop) -> None:
    shop.built(lambda: shop.write("care/hemp.md", "It lasts for ever.", title="Hemp"))

    shop.built(lambda: shop.page("care/hemp.md").rename(shop.page("care/nettle.md")))

    assert (shop.get("care/hemp/")[0], shop.get("care/nettle/")[0]) == (404, 200)


@pytest.mark.slow
def test_fifty_files_that_are_saved_at_once_are_not_fifty_builds(shop: LiveShop) -> None:
    before = len(shop.builds())
    (shop.root / "content" / "pages" / "many").mkdir()

    shop.built(lambda: [shop.write(f"many/page-{n}.md", f"Page {n}.", title=f"Page {n}") for n in range(50)])

    until(lambda: shop.get("many/page-49/")[0] == 200)
    # One, where the machine has time; a machine that is busy saves them in more than one go.
    assert len(shop.builds()) <= before + 4
    assert all(shop.get(f"many/page-{n}/")[0] == 200 for n in range(50))


def test_an_editor_that_saves_by_a_rename_is_heard_and_its_own_files_are_not(shop: LiveShop) -> None:
    file = shop.page("care/velvet.md")
    shop.built(lambda: shop.write("care/velvet.md", "Brush it.", title="Velvet"))
    before = len(shop.builds())
    for name in (".velvet.md.swp", "velvet.md~", "4913", ".#velvet.md"):
        (file.parent / name).write_text("nobody's business")

    def saved() -> None:
        aside = file.with_name(".velvet.md.new")
        aside.write_text(file.read_text().replace("Brush it.", "Steam it."))
        aside.replace(file)

    line = shop.built(saved)

    assert "(content/pages/care/velvet.md)" in line
    assert len(shop.builds()) == before + 1
    assert "Steam it." in shop.get("care/velvet/")[1]


def test_a_page_that_was_read_half_written_is_whole_in_the_end(shop: LiveShop) -> None:
    text = "---\ntitle: Felt\naudience: public\n---\nFelt is wool that forgot its threads.\n"
    file = shop.page("care/felt.md")
    with file.open("w") as half:
        half.write(text[:14])
        half.flush()
        shop.built(lambda: None)
        half.write(text[14:])
    until(lambda: "forgot its threads" in shop.get("care/felt/")[1])


def test_nothing_that_is_deployed_is_touched(shop: LiveShop) -> None:
    assert not (shop.root / "output").exists()
    assert not (shop.root / ".sitegen" / "preview" / "pages" / "mail").exists()


def test_a_failed_build_is_told_as_one_and_leaves_the_last_good_pages(shop: LiveShop) -> None:
    good = shop.get("care/linen/")[1].replace("data-number", "")
    file = shop.page("care/linen.md")
    text = file.read_text()

    shop.built(lambda: file.write_text(text.replace("title:", "titel:")))

    until(lambda: "not rebuilt: 2 mistakes (content/pages/care/linen.md)" in shop.builds())
    assert any("care/linen.md:2:1: unknown key 'titel'" in said for said in shop.said)
    assert "Wash it warm" in shop.get("care/linen/")[1]
    assert good.count("Wash it warm") == 1
    shop.built(lambda: file.write_text(text))
    until(lambda: shop.builds()[-1].startswith("found nothing to change"))


def test_a_second_preview_of_the_shop_is_refused(shop: LiveShop) -> None:
    with pytest.raises(Unusable, match="this shop has a preview already"), live_shop(shop.root.parent, keep=True):
        pass
