"""A folder becomes a Project, or all of its mistakes at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitegen.content.folder import files_below, find_shop
from sitegen.content.project import read_project
from sitegen.errors import Exit, Mistakes, Unusable
from sitegen.model.campaign import Anytime, EveryYear, OnDate, OnOccasion
from sitegen.model.channel import Channel, MessageClass
from tests.content.shop_folder import SITE, mistakes_of, page, write_shop


def test_a_small_shop_is_read(tmp_path: Path) -> None:
    project = read_project(write_shop(tmp_path))
    assert project.shop.name == "The Small Loom"
    assert (project.shop.origin, project.shop.base_path) == ("https://members.smallloom.example", "/shop/")
    assert [segment.id for segment in project.segments] == ["gold", "silver"]
    assert [(one.id, one.audience, one.url_path) for one in project.pages] == [
        ("pages/index.md", "public", ""),
        ("pages/welcome.md", "everyone", "welcome/"),
    ]
    assert list(project.assets) == ["cloth.svg"]
    assert project.theme.name == "hearth"


def test_the_shop_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    assert find_shop(root / "content/pages") == root
    with pytest.raises(Unusable, match="no shop here"):
        find_shop(tmp_path.parent)


def test_hidden_files_are_no_content(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/a.md", ".b.md", "c.md", "d.txt"):
        (tmp_path / name).write_text("")
    assert files_below(tmp_path, ".md") == ("c.md",)
    assert files_below(tmp_path / "nothing") == ()


def test_all_mistakes_come_in_one_run_sorted_by_place(tmp_path: Path) -> None:
    root = write_shop(
        tmp_path,
        pages__a=page("titel: A\naudience: vipp"),
        pages__b=page("title: B", "{{ fist_name }} [x](none.md)"),
        **{"site.yaml": SITE + "curency: EUR\n"},
    )
    with pytest.raises(Mistakes) as caught:
        read_project(root)
    assert [(problem.file, problem.line, problem.code) for problem in caught.value.problems] == [
        ("content/pages/a.md", 2, "missing-key"),
        ("content/pages/a.md", 2, "unknown-key"),
        ("content/pages/a.md", 3, "unknown-segment"),
        ("content/pages/b.md", 4, "unknown-field"),
        ("content/pages/b.md", 4, "broken-link"),
        ("content/site.yaml", 7, "unknown-key"),
    ]
    assert caught.value.exit_code == Exit.MISTAKE


def test_nothing_but_broken_links_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    root = write_shop(tmp_path, pages__a=page("title: A", "[x](none.md)"))
    with pytest.raises(Mistakes) as caught:
        read_project(root)
    assert caught.value.exit_code == Exit.BROKEN_LINK


def test_a_file_that_would_be_passed_over_by_its_ending_is_told(tmp_path: Path) -> None:
    root = write_shop(tmp_path, **{"segments/more.yml": "segments: {}\n"})
    assert mistakes_of(root)["wrong-ending"].file == "content/segments/more.yml"


def test_text_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    (root / "content/pages/a.md").write_bytes(b"---\ntitle: A\n---\nGr\xfc\xdfe\n")
    problem = mistakes_of(root)["not-utf-8"]
    assert (problem.file, problem.line) == ("content/pages/a.md", 4)


@pytest.mark.parametrize("text", ["", "- a\n", "name: [", "name: {a: 1}\nurl: [x]\nlanguages: {}\n", "[" * 5000])
def test_a_broken_site_file_is_mistakes_and_no_crash(tmp_path: Path, text: str) -> None:
    root = write_shop(tmp_path, **{"site.yaml": text})
    with pytest.raises(Mistakes) as caught:
        read_project(root)
    assert any(problem.file == "content/site.yaml" for problem in caught.value.problems)


def test_a_shop_without_pages_is_told_which_to_write(tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    for path in (root / "content").rglob("*.md"):
        path.unlink()
    found = mistakes_of(root)
    assert found["no-home"].hint == "write content/pages/index.md"
    assert found["no-member-home"].hint == "write content/pages/welcome.md"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("url: http://members.smallloom.example", "bad-url"),
        ("url: https://", "bad-url"),
        ("url: https://x.example/?a=b", "bad-url"),
        ("timezone: Europe/Berln", "bad-timezone"),
        ("timezone: ../etc/passwd", "bad-timezone"),
        ("currency: euros", "bad-currency"),
        ("sender: {name: A, address: nobody}", "bad-address"),
        ('sender: {name: A, address: "a@b.example\\nBcc: c@d.example"}', "bad-address"),
        ("language: xx-nowhere", "bad-language"),
        ("languages: [en, klingonian]", "bad-language"),
        ("theme: haerth", "missing-theme"),
        ("catch_up: -1", "wrong-value"),
        ("catch_up: 99999999999", "wrong-value"),
        ("channels: {card: {lead: -3}}", "wrong-value"),
        ("channels: {pigeon: {lead: 3}}", "unknown-key"),
        ("rekey: hour", "unknown-word"),
        ("member_home: welcom.md", "no-member-home"),
    ],
)
def test_a_bad_line_of_the_site_file_is_told(tmp_path: Path, line: str, code: str) -> None:
    key = line.split(":", maxsplit=1)[0]
    kept = "".join(f"{other}\n" for other in SITE.splitlines() if not other.startswith(f"{key}:"))
    problem = mistakes_of(write_shop(tmp_path, **{"site.yaml": f"{kept}{line}\n"}))[code]
    assert (problem.file, problem.line) == ("content/site.yaml", len(kept.splitlines()) + 1)
    assert problem.hint


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ("title: A\nslug: ../index", "bad-slug"),
        ("title: A\nslug: '..'", "bad-slug"),
        ("title: A\nslug: a b", "bad-slug"),
        ('title: A\nslug: "a\\n"', "bad-slug"),
        ("title: A\naudience: public\naliases: [../../etc]", "bad-alias"),
        ("title: A\naudience: public\naliases: ['/']", "bad-alias"),
        ("title: A\naudience: public\naliases: [shop]\nslug: shop", "same-address"),
        ("title: A\naudience: public\naliases: [sg/site.json]", "same-address"),
        ("title: A\naudience: gold\naliases: [secret-offers]", "gated-alias"),
        ("title: A\ntags: ['!!']", "bad-tag"),
        ("title: A\ntags: ['']", "bad-tag"),
        ("title: A\nlanguage: english", "bad-language"),
        ("title: A\nlayout: hom", "unknown-word"),
        ("title: A\npublish_on: 2026-09-02\nexpire_on: 2026-09-01", "empty-window"),
        ("title: A\npublish_on: tomorrow", "wrong-value"),
        ("title: A\nweight: heavy", "wrong-value"),
        ("title: A\naudience: [gold, silver]", "wrong-form"),
        ("title: A\naudience: glod", "unknown-segment"),
        ("title: A\naudience: {all: [{total spendd: at least 5}]}", "unknown-fact"),
        ("title: A\nslug: index\naudience: public\nmenu: yes\ndraft: perhaps", "wrong-value"),
    ],
)
def test_a_bad_line_of_a_page_is_told(tmp_path: Path, front: str, code: str) -> None:
    problem = mistakes_of(write_shop(tmp_path, pages__a=page(front)))[code]
    assert problem.file == "content/pages/a.md"
    assert problem.hint


def test_a_page_in_a_folder_of_the_build_is_refused(tmp_path: Path) -> None:
    problem = mistakes_of(write_shop(tmp_path, pages__sg__a=page("title: A\naudience: public")))["taken-address"]
    assert problem.file == "content/pages/sg/a.md"


def test_a_file_name_that_is_no_address_is_refused_where_it_would_be_one(tmp_path: Path) -> None:
    write_shop(tmp_path, **{"pages/two words.md": page("title: A\naudience: public")})
    assert mistakes_of(tmp_path)["bad-address"].message == "'two words' can't be part of an address"


def test_a_gated_page_needs_no_address(tmp_path: Path) -> None:
    pages = read_project(write_shop(tmp_path, **{"pages/two words.md": page("title: A\naudience: gold")})).pages
    assert "pages/two words.md" in {one.id for one in pages}


def test_two_files_with_one_address_are_told(tmp_path: Path) -> None:
    public = "title: A\naudience: public"
    root = write_shop(tmp_path, pages__tea=page(public), pages__tea__index=page(public))
    assert mistakes_of(root)["same-address"].file == "content/pages/tea/index.md"


def test_the_members_home_is_for_everyone(tmp_path: Path) -> None:
    root = write_shop(tmp_path, pages__welcome=page("title: W\naudience: gold"))
    assert mistakes_of(root)["member-home"].file == "content/pages/welcome.md"


CAMPAIGN = "title: A\nkind: holiday\naudience: everyone\nchannels: [mail]\non: 2026-09-25"


def campaign_front(**changed: str) -> str:
    keys = dict(line.split(": ", 1) for line in CAMPAIGN.splitlines()) | changed
    return "\n".join(f"{key}: {value}" for key, value in keys.items() if value != "-")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "holday"}, "unknown-word"),
        ({"kind": "-"}, "missing-key"),
        ({"audience": "-"}, "missing-key"),
        ({"audience": ""}, "missing-key"),
        ({"channels": "-"}, "missing-key"),
        ({"channels": "[]"}, "no-channel"),
        ({"channels": "[pigeon]"}, "unknown-channel"),
        ({"channels": "{first of: [text, page]}"}, "page-in-first-of"),
        ({"channels": "{frist of: [text]}"}, "unknown-key"),
        ({"on": "-"}, "no-timing"),
        ({"on": ""}, "no-timing"),
        ({"on": "someday"}, "wrong-value"),
        ({"every": "birthday"}, "two-timings"),
        ({"on": "-", "every": "birthdya"}, "unknown-fact"),
        ({"on": "-", "occasion": "mid-autum"}, "unknown-occasion"),
        ({"on": "-", "every": "birthday", "offset": "100000"}, "wrong-value"),
        ({"audience": "public"}, "public-message"),
        ({"channels": "[card]"}, "missing-key"),
        ({"channels": "[card]", "card": "moon-rabit"}, "unknown-design"),
    ],
)
def test_a_bad_line_of_a_campaign_is_told(tmp_path: Path, changed: dict[str, str], code: str) -> None:
    write_shop(tmp_path, campaigns__a=page(campaign_front(**changed)))
    with pytest.raises(Mistakes) as caught:
        read_project(tmp_path)
    assert code in {problem.code for problem in caught.value.problems}
    assert {problem.file for problem in caught.value.problems} == {"content/campaigns/a.md"}


def test_campaigns_say_when_in_four_ways(tmp_path: Path) -> None:
    write_shop(
        tmp_path,
        campaigns__a=page(CAMPAIGN),
        campaigns__b=page(campaign_front(on="-", occasion="mid-autumn", offset="-3")),
        campaigns__c=page(campaign_front(on="-", every="birthday")),
        campaigns__d=page(campaign_front(on="-", channels="page")),
    )
    assert [campaign.timing for campaign in read_project(tmp_path).campaigns] == [
        OnDate(date(2026, 9, 25)), OnOccasion("mid-autumn", -3), EveryYear("birthday"), Anytime(),
    ]  # fmt: skip


def test_a_campaign_has_its_class_channels_and_address(tmp_path: Path) -> None:
    front = campaign_front(kind="event", sales="no", channels="{first of: [text, mail, text]}")
    write_shop(tmp_path, **{"campaigns/2026/tea.md": page(front)})
    (campaign,) = read_project(tmp_path).campaigns
    assert (campaign.id, campaign.url_path, campaign.subject) == ("2026/tea", "news/tea/", "A")
    assert (campaign.message_class, campaign.channels, campaign.first_of) == (
        MessageClass.CARE, (Channel.TEXT, Channel.MAIL), True,
    )  # fmt: skip


def test_a_field_that_a_channel_may_not_show_is_told(tmp_path: Path) -> None:
    write_shop(tmp_path, pages__a=page("title: A", "Dear {{ last_name }}"))
    problem = mistakes_of(tmp_path)["hidden-field"]
    assert (problem.line, problem.column) == (4, 6)


def test_a_link_to_a_campaign_without_a_page_is_broken(tmp_path: Path) -> None:
    write_shop(tmp_path, campaigns__a=page(CAMPAIGN), pages__a=page("title: A", "[x](../campaigns/a.md)"))
    assert set(mistakes_of(tmp_path)) == {"broken-link"}
