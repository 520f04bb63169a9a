"""A body on the site: fields wait for the member, and blocks for others are not in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from sitegen.content.body import parse_body
from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.project import Asset
from sitegen.model.readable import GatedBlock
from sitegen.render.site.bodies import Found, Ground, body_html
from sitegen.render.site.static import fingerprinted
from tests.content.shop_folder import PICTURE
from tests.render.site_shop import identify

FILE = "content/pages/care/linen.md"
ADDRESSES = {"pages/about.md": "/shop/about/", "pages/gold/offers.md": "/shop/m/x/"}
FILES = {
    "cloth.svg": PICTURE,
    "list.pdf": b"%PDF",
    **dict.fromkeys(("day.ics", "all.zip", "page.html", "inner/plan.pdf"), b"..."),
}
ASSETS = {name: Asset(name, content) for name, content in FILES.items()}
CLOTH = "/shop/" + fingerprinted("assets/cloth.svg", PICTURE)


def ground(addresses: Mapping[str, str] = ADDRESSES) -> Ground:
    return Ground("/shop/", addresses, ASSETS, identify, lambda audience: (audience,), Found())


def made(text: str, segments: tuple[str, ...] = ("public",), rest: tuple[str, ...] = ()) -> tuple[Markup, Found]:
    problems: list[Problem] = []
    body = parse_body(text, FILE, 5, problems)
    assert problems == []
    where = ground()
    return body_html(where, "pages/care/linen.md", body, segments, rest), where.found


def problem_of(text: str, segments: tuple[str, ...] = ("public",)) -> Problem:
    with pytest.raises(Mistakes) as caught:
        made(text, segments)
    (problem,) = caught.value.problems
    return problem


def test_a_field_becomes_an_element_with_its_fallback_escaped() -> None:
    html, _ = made("Dear {{ first_name or \"a <b> & 'c'\" }}, {{ points | number }}")
    assert html == (
        '<p>Dear <span data-sg-field="first_name">a &lt;b&gt; &amp; &#39;c&#39;</span>, '
        '<span data-sg-field="points|number"></span></p>'
    )


@pytest.mark.parametrize(
    "text",
    ["![{{ tier }}](/assets/cloth.svg)", "[x](https://example.org/?n={{ tier }})", "<abbr title='{{ tier }}'>x</abbr>"],
)
def test_a_field_cannot_stand_in_an_attribute(text: str) -> None:
    problem = problem_of(f"one\n\n{text}")
    assert (problem.code, problem.line) == ("field-in-attribute", 7)


def test_a_block_for_others_leaves_nothing_but_its_id() -> None:
    html, found = made("one\n\n::: audience gold\n## Secret offers\n\nwords\n:::\n\ntwo")
    assert html == '<p>one</p>\n<div data-sg-object="id-pages-care-linen-md-1"></div>\n<p>two</p>'
    (block,) = found.blocks
    assert (block.id, block.segments) == ("pages/care/linen.md#1", ("gold",))
    assert "Secret offers" in block.html


def test_a_block_for_those_who_read_the_page_anyway_stands_in_it() -> None:
    html, found = made("::: audience gold\nwords\n:::", ("gold",))
    assert (html, found.blocks) == ("<p>words</p>", [])


def test_below_more_a_public_page_has_only_placeholders() -> None:
    html, found = made("one\n<!-- more -->\ntwo\n\n::: audience gold\nthree\n:::\nfour", rest=("silver",))
    assert re.findall(r"<p>(\w+)</p>", html) == ["one"]
    assert [(block.segments, re.findall(r"<p>(\w+)</p>", block.html)) for block in found.blocks] == [
        (("silver",), ["two"]), (("gold",), ["three"]), (("silver",), ["four"]),
    ]  # fmt: skip


def test_headings_of_all_blocks_have_different_ids_and_hidden_ones_change_no_open_one() -> None:
    text = "## Care\n\n::: audience gold\n## Prices\n\n## Care\n:::\n\n## Care\n\n## Prices"
    html, found = made(text)
    ids = re.findall(r' id="([^"]+)"', str(html) + found.blocks[0].html)
    assert len(ids) == len(set(ids)) == 5
    other, _ = made(text.replace("## Prices\n\n## Care\n:::", "nothing\n:::"))
    assert html == other


def test_a_picture_of_an_open_block_is_a_public_file() -> None:
    html, found = made("![A fold](/assets/cloth.svg)")
    assert f'src="{CLOTH}"' in html
    assert re.search('height="20".*width="30"', html)
    assert found.public_assets == {CLOTH.removeprefix("/shop/"): "cloth.svg"}
    assert found.gated_assets == {}


def test_a_picture_of_a_gated_block_has_no_public_file() -> None:
    html, found = made("![A fold](/assets/cloth.svg)", ("gold",))
    assert 'data-sg-src="id-assets-cloth-svg"' in html
    assert " src=" not in html
    assert (found.public_assets, found.gated_assets) == ({}, {"cloth.svg": {"gold"}})


def test_a_gated_picture_is_sealed_for_all_who_see_it() -> None:
    where = ground()
    for segment in ("silver", "gold"):
        body = parse_body("![A fold](/assets/cloth.svg)", FILE, 5, [])
        body_html(where, f"pages/{segment}.md", body, (segment,))
    assert where.found.gated_assets == {"cloth.svg": {"gold", "silver"}}


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("../about.md", "/shop/about/"),
        ("../about.md#stores", "/shop/about/#stores"),
        ("/about.md", "/shop/about/"),
        ("../gold/offers.md", "/shop/m/x/"),
        ("https://example.org/a.md", "https://example.org/a.md"),
        ("#care", "#care"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_lead_to_addresses(link: str, address: str) -> None:
    assert f'href="{address}"' in made(f"[x]({link})")[0]


def test_a_file_is_linked_by_its_fingerprint() -> None:
    html, found = made("[list](/assets/list.pdf#page=2)")
    (name,) = found.public_assets
    assert f'href="/shop/{name}#page=2"' in html


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[x](none.md)", "broken-link"),
        ("![x](/assets/none.svg)", "missing-image"),
        ("![x][y]\n\n[y]: https://elsewhere.example/x.png", "missing-image"),
        ("[x](/assets/none.pdf)", "missing-image"),
    ],
)
def test_what_is_not_there_is_a_mistake_on_the_line_of_its_block(text: str, code: str) -> None:
    problem = problem_of(f"\n{text}")
    assert (problem.file, problem.line, problem.code) == (FILE, 6, code)


def test_a_link_to_a_page_that_is_not_there_today_has_an_exit_code_of_its_own() -> None:
    with pytest.raises(Mistakes) as caught:
        made("[x](none.md)")
    assert caught.value.exit_code == Exit.BROKEN_LINK


@pytest.mark.parametrize("name", ["cloth.svg", "day.ics", "all.zip", "page.html"])
def test_a_public_file_that_should_not_open_as_a_document_of_the_site_is_saved_under_its_own_name(name: str) -> None:
    html, found = made(f"[x](/assets/{name})")
    (address,) = found.public_assets
    assert html == f'<p><a download="{name}" href="/shop/{address}">x</a></p>'


@pytest.mark.parametrize("name", ["list.pdf", "cloth.svg", "day.ics", "all.zip", "inner/plan.pdf"])
def test_a_file_behind_the_door_has_no_address_and_is_saved_under_its_own_name(name: str) -> None:
    html, found = made(f"[x](/assets/{name}#page=2)", ("gold",))
    file = f'data-sg-file="{identify(f"assets/{name}")}" download="{name.rpartition("/")[2]}"'
    assert html == f'<p><a {file} href="#">x</a></p>'
    assert (found.public_assets, found.gated_assets) == ({}, {name: {"gold"}})


def test_a_gated_file_is_sealed_for_all_who_are_given_it_and_for_nobody_else() -> None:
    text = "[x](/assets/list.pdf)\n\n::: audience gold\n[x](/assets/day.ics)\n:::"
    where = ground()
    body = parse_body(text, FILE, 5, [])
    body_html(where, "pages/a.md", body, ("silver",))
    body_html(where, "pages/b.md", body, ("tea",))
    assert where.found.gated_assets == {"day.ics": {"gold"}, "list.pdf": {"silver", "tea"}}


def test_a_file_that_a_public_page_has_too_is_public_on_purpose_and_sealed_for_the_others_all_the_same() -> None:
    where = ground()
    body = parse_body("[x](/assets/list.pdf)", FILE, 5, [])
    body_html(where, "pages/a.md", body, ("public",))
    html = body_html(where, "pages/b.md", body, ("gold",))
    assert list(where.found.public_assets.values()) == ["list.pdf"]
    assert where.found.gated_assets == {"list.pdf": {"gold"}}
    assert "data-sg-file" in html


def test_a_file_in_a_gated_block_leaves_no_trace_on_the_public_page() -> None:
    html, found = made("::: audience gold\n[prices](/assets/list.pdf)\n:::")
    assert html == '<div data-sg-object="id-pages-care-linen-md-0"></div>'
    assert found.public_assets == {}
    assert 'download="list.pdf"' in found.blocks[0].html


PIECES = st.lists(
    st.sampled_from(["words", "::: audience gold", "::: audience silver", ":::", "<!-- more -->", "", "## T"])
)


@given(PIECES)
@settings(deadline=None)
def test_no_word_of_a_block_for_others_stands_in_an_open_page(pieces: list[str]) -> None:
    lines: list[str] = []
    readers = ""
    for number, piece in enumerate(pieces):
        readers = piece.rpartition(" ")[2] if piece.startswith("::: ") else "" if piece == ":::" else readers
        lines.append(f"word{number}{readers}" if piece == "words" else piece)
    problems: list[Problem] = []
    body = parse_body("\n".join(lines), FILE, 1, problems)
    if problems:
        return
    where = ground()
    html = body_html(where, "pages/a.md", body, ("public",), ("gold",) if body.public_blocks else ())
    assert "gold" not in html
    assert "silver" not in html
    for block in where.found.blocks:
        assert isinstance(block, GatedBlock)
        assert ("silver" if block.segments == ("gold",) else "gold") not in block.html


def test_a_link_to_a_form_leads_where_the_shop_says() -> None:
    body = parse_body("[Tell us](complaint:) or [come](rsvp:)", FILE, 5, [])
    where = replace(ground(), forms={"complaint:": "https://hello.example/complaint", "rsvp:": "tel:+4940"}.__getitem__)
    assert body_html(where, "pages/care/linen.md", body, ("public",)) == (
        '<p><a href="https://hello.example/complaint">Tell us</a> or <a href="tel:+4940">come</a></p>'
    )
