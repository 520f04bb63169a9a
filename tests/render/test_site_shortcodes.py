"""Shortcodes and tables of contents on the site and in e-mails, from the files of a shop."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.content.project import examined
from sitegen.programme.law.prose import prose
from sitegen.protect.audit.sources import block_text
from sitegen.render.markup import html
from sitegen.render.plain import plain
from sitegen.render.shortcodes import form
from sitegen.render.site.kit import Kit
from sitegen.render.site.whole import draft
from tests.content.shop_folder import BASE, page, write_shop
from tests.render.mail_shop import LETTER, SETTING, SiteLinks, campaign
from tests.render.site_shop import SETTING as SITE_SETTING
from tests.render.site_shop import TODAY, project, public, site

LISTING = BASE.replace(
    "<main>",
    "<nav>{% for heading in page.toc %}<a href='{{ heading.url }}'>{{ heading.level }} {{ heading.title }}</a>"
    "{% endfor %}</nav><main>",
)
CODES = {
    "themes/hearth/site/shortcodes/figure.html": "{# arguments: src, alt #}<figure>{{ picture(src, alt) }}</figure>",
    "themes/hearth/site/shortcodes/box.html": "{# arguments: #}<div>{{ inner }}</div>",
    "themes/hearth/mail/shortcodes/figure.html": "{# arguments: src, alt #}<div>{{ picture(src, alt) }}</div>",
}
HEADED = "# Care\n\n## Wash {{ first_name or 'it' }}\n\n### Cold & *slow*\n\n#### Deep\n"
MAIL = "title: A wish\nkind: contact\naudience: everyone\nchannels: [mail]\non: 2026-09-08"
FIGURE = '::: figure src="/assets/cloth.svg" alt="A cloth" :::'


def listed(made: str) -> list[tuple[str, str]]:
    return re.findall(r"<a href='([^']*)'>([^<]*)</a>", made[made.index("<nav>") : made.index("</nav>")])


def with_toc(root: Path, front: str, text: str) -> Mapping[str, str]:
    return public(site(root, **{"themes/hearth/site/base.html": LISTING, "pages__care": page(front, text)}))


def test_a_page_lists_its_headings_where_it_asks_for_it(tmp_path: Path) -> None:
    made = with_toc(tmp_path, "title: Care\naudience: public\ntoc: yes", HEADED)["care/index.html"]
    assert listed(made) == [("#wash", "2 Wash it"), ("#cold-slow", "3 Cold &amp; slow")]


def test_a_page_lists_nothing_unasked(tmp_path: Path) -> None:
    assert listed(with_toc(tmp_path, "title: Care\naudience: public", HEADED)["care/index.html"]) == []


def test_the_public_list_has_no_heading_that_is_for_few(tmp_path: Path) -> None:
    text = "## Open\n\n::: audience gold\n## Golden\n:::\n\n<!-- more -->\n\n## Below\n"
    made = with_toc(tmp_path, "title: Care\naudience: silver\ntoc: yes", text)["care/index.html"]
    assert listed(made) == [("#open", "2 Open")]
    assert "Golden" not in made
    assert "Below" not in made


def test_a_gated_page_has_its_list_inside_the_seal_only(tmp_path: Path) -> None:
    shop = {"themes/hearth/site/sealed/page.html": LISTING, "pages__care": page("title: Care\ntoc: yes", HEADED)}
    made = site(tmp_path, **shop)
    inside = next(thing.html for thing in made.gated if getattr(thing, "id", "") == "pages/care.md")  # type: ignore[union-attr]
    assert listed(inside)[0] == ("#wash", "2 Wash it")
    assert not [path for path, text in public(made).items() if "Wash" in text]


def test_asking_for_the_list_is_an_input_of_the_page(tmp_path: Path) -> None:
    shop = {"themes/hearth/site/base.html": LISTING}
    prints = []
    for word in ("yes", "no"):
        found = draft(
            project(tmp_path, **shop, pages__care=page(f"title: Care\naudience: public\ntoc: {word}", HEADED)),
            TODAY,
            SITE_SETTING,
        )
        unit = next(one for one in found.units.every if one.key == "pages/care.md")
        prints.append(found.kit.render(unit)[1])
    assert prints[0] != prints[1]


def test_the_template_of_a_shortcode_is_an_input_of_the_pages_that_use_it(tmp_path: Path) -> None:
    found = draft(
        project(tmp_path, **CODES, pages__care=page("title: Care\naudience: public", "::: box\na\n:::")),
        TODAY,
        SITE_SETTING,
    )
    reads = {one.key: found.kit.render(one)[1] for one in found.units.every}
    read = ("template", "site/shortcodes/box.html")
    assert [key for key, trace in reads.items() if read in trace] == ["pages/care.md"]
    assert isinstance(found.kit, Kit)


def test_a_picture_of_a_shortcode_for_few_has_no_public_file(tmp_path: Path) -> None:
    text = f"::: audience gold\n{FIGURE}\n:::"
    made = site(tmp_path, **CODES, pages__care=page("title: Care\naudience: public", text))
    assert "<figure>" not in public(made)["care/index.html"]
    assert not [path for path in public(made) if "cloth" in path]
    (block,) = [thing for thing in made.gated if getattr(thing, "id", "").startswith("pages/care.md#")]
    assert re.search(r'<figure><img alt="A cloth"[^>]* data-sg-src="id-', getattr(block, "html", ""))


def test_a_picture_of_a_mailed_shortcode_lies_on_the_site(tmp_path: Path) -> None:
    bare = site(tmp_path / "bare", **CODES, campaigns__wish=page(MAIL, "Words."))
    made = site(tmp_path / "shown", **CODES, campaigns__wish=page(MAIL, FIGURE))
    (path,) = public(made).keys() - public(bare).keys()
    assert re.fullmatch(r"assets/[0-9a-f]{20}\.svg", path)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a\n\n::: bx\nb\n:::", "unknown-shortcode", 7, 1),
        ("a\n\n::: figure src='/assets/cloth.svg' :::", "missing-argument", 7, 1),
        ("::: figure src='/assets/cloth.svg' alt='' :::", "missing-argument", 5, 1),
        ("::: figure sorc='x' src='/assets/cloth.svg' alt='A' :::", "unknown-argument", 5, 12),
        ("::: figure src='/assets/clot.svg' alt='A' :::", "missing-image", 5, 17),
        ("::: figure src='https://a.example/b.png' alt='A' :::", "outside-image", 5, 17),
        ("::: figure src='/assets/cloth.svg' alt='A'\nb\n:::", "unwanted-inner", 5, 1),
        ("::: box wide\nb\n:::", "bad-argument", 5, 9),
    ],
)
def test_a_mistake_in_a_shortcode_has_its_place(tmp_path: Path, text: str, code: str, line: int, column: int) -> None:
    root = write_shop(tmp_path, **CODES, pages__care=page("title: Care\naudience: public", text))
    found = [(one.code, one.line, one.column) for one in examined(root)[1]]
    assert found == [(code, line, column)]


@pytest.mark.parametrize("channel", ["text", "card"])
def test_a_shortcode_without_words_has_no_form_for_texts_and_cards(tmp_path: Path, channel: str) -> None:
    front = MAIL.replace("[mail]", f"[{channel}]")
    for text, expected in ((FIGURE, 1), ("::: box\nb\n:::", 0)):
        root = write_shop(tmp_path, **CODES, campaigns__wish=page(front, text))
        assert [one.code for one in examined(root)[1]].count("no-form") == expected


def test_a_message_of_the_library_is_checked_once_for_all_campaigns_that_take_it(tmp_path: Path) -> None:
    message = page("title: A wish\nkind: contact", "::: bx\nb\n:::")
    takes = MAIL.replace("title: A wish\n", "title: Two\nmessage: wish\n")
    root = write_shop(tmp_path, messages__wish=message, campaigns__a=page(takes, ""), campaigns__b=page(takes, ""))
    assert [one.file for one in examined(root)[1] if one.code == "unknown-shortcode"] == ["content/messages/wish.md"]


def test_hearths_shortcodes_have_forms_for_mails_and_their_plain_part() -> None:
    letter = campaign(
        LETTER + "\n"
        '::: button to="https://shop.example/tea" words="Come & see" :::\n\n'
        '::: quote name="Mrs. Ahn" about="since 1998"\nIt is *mine*.\n:::\n\n'
        '::: note title="Cold"\nWash it cold.\n:::\n\n'
        "::: gallery\n![A fold](/assets/fold.png)\n:::\n"
    )
    made = html(letter.body.blocks[-1].markdown, SiteLinks(), form=form(SETTING.templates, "mail", SiteLinks()))
    assert '<a class="button" href="https://shop.example/tea">Come &amp; see</a>' in made
    assert "<p>It is <em>mine</em>.</p>\n</blockquote>" in made
    assert "style=" not in made
    said = plain.write(plain.lay_out(made), str)
    assert "Come & see [1]" in said
    assert "> It is mine." in said
    assert "Mrs. Ahn, since 1998" in said
    assert "A fold" in said


def test_texts_say_what_stands_inside_a_shortcode_and_not_its_arguments() -> None:
    assert plain.flat(html('::: note title="Cold"\nWash it cold.\n:::', SiteLinks())) == "Wash it cold."


def test_the_message_law_reads_the_words_of_a_shortcode_where_they_stand() -> None:
    source = 'a\n\n::: button to="sale.md" words="Buy NOW" :::\n\nb'
    found = prose(source, {})
    at = found.text.index("buy now")
    assert source[found.offsets[at] :].startswith("Buy NOW")
    assert [(one.name, source[one.offset :][:7]) for one in found.links] == [("sale.md", "sale.md")]
    assert "button" not in found.text
    pictured = prose('::: figure src="/assets/new.png" alt="A vase" :::', {})
    assert [one.name for one in pictured.pictures] == ["/assets/new.png"]
    assert pictured.text.strip() == "a vase"


def test_the_leak_check_knows_the_words_of_a_shortcode_with_their_lines(tmp_path: Path) -> None:
    shop = project(tmp_path, **CODES, pages__care=page("title: Care", f"one two\n\n{FIGURE}\n\n::: box\nthree\n:::"))
    care = next(one for one in shop.pages if one.id == "pages/care.md")
    said = block_text(care.body.file, care.body.blocks[0], care.body.fields)
    assert said.words == ("one", "two", "a", "cloth", "three")
    assert said.place(3).line == care.body.blocks[0].line + 2
    assert replace(said, live=True) == said
