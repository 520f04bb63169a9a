"""What `sitegen new` writes can be read as it stands, and takes nobody's place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from sitegen.build.beginning.drafts import ON_PAPER, WITH_PAGE, campaign_text
from sitegen.build.beginning.new import FROM_LIBRARY, Wish, campaign_draft, new_campaign, new_page, new_segment
from sitegen.content.project import read_project
from sitegen.errors import Mistakes
from sitegen.model.campaign import Campaign, EachGift, EveryYear, OnDate, OnOccasion
from sitegen.model.channel import Channel, Kind
from sitegen.model.project import Project
from tests.build.conftest import SAMPLE_SHOP, new_shop
from tests.content.shop_folder import page, write_shop

TODAY = date(2026, 11, 22)
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Begun:
    """The sample shop with a new campaign of every kind in each language, and the campaigns by their names."""

    project: Project
    campaigns: dict[str, Campaign]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    root = new_shop(tmp_path_factory.mktemp("new") / "shop", SAMPLE_SHOP).root
    project = read_project(root)
    for kind in Kind:
        for language in LANGUAGES:
            name = f"{kind}-{language}"
            draft = campaign_draft(root, project, Wish(name, language, TODAY), kind)
            (root / f"content/campaigns/2026/new-{name}.md").write_text(campaign_text(draft), encoding="utf-8")
    found = {one.id.removeprefix("2026/new-"): one for one in read_project(root).campaigns}
    return Begun(project, found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_a_new_campaign_of_every_kind_can_be_read_and_is_a_draft(kind: Kind, language: str, begun: Begun) -> None:
    campaign = begun.campaigns[f"{kind}-{language}"]
    assert (campaign.kind, campaign.language, campaign.draft, campaign.audience) == (kind, language, True, "everyone")
    assert bool(campaign.cards) == (kind in ON_PAPER)
    assert (Channel.PAGE in campaign.channels) == (kind in WITH_PAGE)
    assert campaign.body.blocks


@pytest.mark.parametrize("kind", FROM_LIBRARY)
def test_a_new_campaign_of_the_librarys_kinds_says_the_words_of_a_message(kind: Kind, begun: Begun) -> None:
    for language in LANGUAGES:
        campaign = begun.campaigns[f"{kind}-{language}"]
        words = {one.body.blocks[0].markdown: one for one in begun.project.messages if one.language == language}
        message = words[campaign.body.blocks[0].markdown]
        assert (message.kind, message.title) == (kind, campaign.title)


def test_a_new_campaign_knows_its_day(begun: Begun) -> None:
    timings = {name: begun.campaigns[f"{name}-en"].timing for name in ("birthday", "gift", "holiday", "letter")}
    assert timings == {
        "birthday": EveryYear("birthday"),
        "gift": EachGift(),
        "holiday": OnOccasion("christmas"),
        "letter": OnDate(date(2026, 11, 29)),
    }


def test_a_library_without_a_fitting_message_gives_way_to_plain_words(tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    assert new_campaign(root, Wish("wish", "zh", TODAY), Kind.BIRTHDAY).message == ""
    (campaign,) = read_project(root).campaigns
    assert (campaign.id, campaign.title, campaign.language) == ("2026/wish", "Wish", "zh")
    assert "今天是您的生日" in campaign.body.blocks[0].markdown


def test_a_title_with_signs_of_yaml_is_read_back_as_it_was(tmp_path: Path) -> None:
    message = page('title: "Well: a #1 \\"wish\\""\nkind: contact\nlanguage: en', "We miss you.")
    root = write_shop(tmp_path, messages__wish=message)
    assert new_campaign(root, Wish("wish", "", TODAY), Kind.CONTACT).message == "content/messages/wish.md"
    assert read_project(root).campaigns[0].title == 'Well: a #1 "wish"'


def test_a_new_page_and_a_new_segment_can_be_read(tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    assert new_page(root, Wish("care-of-linen", "", TODAY)).file == "content/pages/care-of-linen.md"
    assert new_segment(root, Wish("winter-friends", "", TODAY)).file == "content/segments/winter-friends.yaml"
    project = read_project(root)
    (fresh,) = [one for one in project.pages if one.id == "pages/care-of-linen.md"]
    assert (fresh.title, fresh.draft, fresh.audience) == ("Care of linen", True, "everyone")
    segment = project.segment("winter-friends")
    assert segment is not None
    assert segment.why == "you have bought from us within the last year"


@pytest.mark.parametrize("name", ["", "a/b", "..", "two words", "wish.md", "wish.yaml", ".hidden"])
def test_what_is_no_file_name_is_refused(name: str, tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    for begin in (new_page, new_segment):
        with pytest.raises(Mistakes, match="can't be the name of a file"):
            begin(root, Wish(name, "", TODAY))


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    root = write_shop(tmp_path, campaigns__2026__wish="half a thought")
    with pytest.raises(Mistakes, match=r"content/campaigns/2026/wish\.md: the file is there already"):
        new_campaign(root, Wish("wish", "", TODAY), Kind.LETTER)
    assert (root / "content/campaigns/2026/wish.md").read_text(encoding="utf-8") == "half a thought"


def test_a_name_whose_address_is_taken_is_refused(tmp_path: Path) -> None:
    root = write_shop(tmp_path, pages__tea=page("title: Tea\nslug: coffee"))
    new_campaign(root, Wish("tea", "", date(2025, 5, 1)), Kind.NEWS)
    with pytest.raises(Mistakes, match=r"'content/campaigns/2025/tea\.md' has the address '/news/tea/' already"):
        new_campaign(root, Wish("tea", "", TODAY), Kind.EVENT)
    with pytest.raises(Mistakes, match=r"'content/pages/tea\.md' has the address '/coffee/' already"):
        new_page(root, Wish("coffee", "", TODAY))
    assert new_campaign(root, Wish("tea", "", TODAY), Kind.LETTER).file == "content/campaigns/2026/tea.md"


def test_a_segment_of_that_name_elsewhere_and_a_bad_name_are_refused(tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    with pytest.raises(Mistakes, match="there is a segment 'gold' already"):
        new_segment(root, Wish("gold", "", TODAY))
    with pytest.raises(Mistakes, match="'Winter' is not a name for a segment"):
        new_segment(root, Wish("Winter", "", TODAY))
    assert not (root / "content/segments/Winter.yaml").exists()


def test_a_theme_without_cards_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    with pytest.raises(Mistakes, match="the theme 'hearth' has no card for the kind 'monthly'"):
        new_campaign(root, Wish("wish", "", TODAY), Kind.MONTHLY)
    assert not (root / "content/campaigns").exists()
