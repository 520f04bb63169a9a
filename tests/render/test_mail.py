"""A composed e-mail says the right things to the right reader, and nothing may be wrong with its form."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.campaign import Campaign, EveryYear
from sitegen.model.channel import Kind
from sitegen.model.claim import Purpose
from sitegen.protect.tokens import unseal
from sitegen.render.mail import compose as mail
from sitegen.render.mail import message as mail_message
from sitegen.render.merge import NoValue
from tests.render.mail_shop import (
    GOLDEN,
    NEWS,
    PAGE,
    POSTING,
    SETTING,
    SHOP,
    TOKENS,
    campaign,
    compose,
    golden_messages,
    parts,
    read,
    recipient,
    sent,
)

PROMOTION = campaign(NEWS, Kind.PROMOTION)
EMPTY = recipient(values={}, reason="", segments=frozenset())


class Tags(HTMLParser):
    """All start tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", ["care.eml", "care-zh.eml", "promotion.eml"])
def test_the_golden_messages_are_made_again_byte_by_byte(name: str) -> None:
    assert golden_messages()[name].decode("ascii") == (GOLDEN / name).read_bytes().decode("ascii")


def test_the_text_comes_before_the_html_and_both_are_quoted_printable() -> None:
    message = read(sent(PROMOTION, recipient()))

    found = [(part.get_content_type(), part["Content-Transfer-Encoding"]) for part in message.iter_parts()]

    assert message.get_content_type() == "multipart/alternative"
    assert found == [("text/plain", "quoted-printable"), ("text/html", "quoted-printable")]
    assert message.defects == []


def test_every_line_is_short_and_ends_in_crlf() -> None:
    content = sent(PROMOTION, recipient(), PAGE)

    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    body = content.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_the_headers_say_who_writes_to_whom() -> None:
    message = read(sent(campaign(), recipient()))

    assert [(name, str(value)) for name, value in message.items()] == [
        ("From", "Lantern & Loom <letters@lanternandloom.example>"),
        ("Reply-To", "Wiebke Petersen <wiebke@lanternandloom.example>"),
        ("To", "Zoë Müller <zoe@example.org>"),
        ("Subject", "The same moon over every roof"),
        ("Date", "Fri, 25 Sep 2026 09:00:00 +0000"),
        ("Message-ID", mail_message.message_id(compose(campaign(), recipient()), recipient(), POSTING)),
        ("List-Id", "<care.lanternandloom.example>"),
        ("List-Unsubscribe", str(message["List-Unsubscribe"])),
        ("Feedback-ID", "2026/wish:care:mail:lanternandloome"),
        ("MIME-Version", "1.0"),
        ("Content-Type", 'multipart/alternative; boundary="=_sitegen"'),
    ]


def test_only_what_leaves_on_a_customer_s_own_day_says_that_a_machine_sent_it() -> None:
    birthday = campaign(kind=Kind.BIRTHDAY, timing=EveryYear("birthday"))

    assert read(sent(birthday, recipient()))["Auto-Submitted"] == "auto-generated"
    assert read(sent(campaign(), recipient()))["Auto-Submitted"] is None


def test_the_adviser_signs_with_their_own_name_and_face() -> None:
    text, html = parts(sent(campaign(), recipient()))
    bare = {name: value for name, value in recipient().values.items() if name not in {"adviser_photo", "adviser_email"}}
    plain_text, plain_html = parts(sent(campaign(), recipient(values={**bare, "adviser_signature": ""})))

    assert "Wiebke P.\nSenior adviser, Lantern & Loom\n+49 40 66969 011\nwiebke@lanternandloom.example" in text
    (face,) = [told for tag, told in Tags(html).found if tag == "img"]
    assert (face["src"], face["alt"], face["width"]) == (recipient().values["adviser_photo"], "", "72")
    assert "<img" not in plain_html
    assert "Wiebke Petersen\nSenior adviser, Lantern & Loom\n+49 40 66969 011\n" in plain_text
    assert read(sent(campaign(), recipient(values=bare)))["Reply-To"] is None


def test_a_message_id_is_the_same_for_the_same_edition_and_customer_only() -> None:
    template = compose(campaign(), recipient())
    readers = (
        recipient(),
        recipient(address="Zoe@Example.org"),
        recipient(address_key="cd" * 32),
        recipient(edition="x"),
    )

    first, spelled, other, later = (mail_message.message_id(template, reader, POSTING) for reader in readers)

    assert first == spelled
    assert len({first, other, later}) == 3
    assert re.fullmatch(r"<[a-z2-7]{26}@lanternandloom\.example>", first)


def test_without_a_receiver_one_unsubscribes_by_mail_with_an_opaque_token() -> None:
    message = read(sent(campaign(), recipient()))

    found = re.fullmatch(
        r"<mailto:goodbye@lanternandloom\.example\?subject=unsubscribe%20([a-z2-7]{26})>",
        str(message["List-Unsubscribe"]),
    )

    assert found
    assert message["List-Unsubscribe-Post"] is None
    assert found[1] in parts(sent(campaign(), recipient()))[1]


def test_with_a_receiver_one_click_is_enough_and_long_links_stay_whole() -> None:
    shop = replace(SETTING.shop, receiver="https://receive.example/" + "long-path-" * 30)
    template = mail.compose(campaign(), mail.variant(campaign(), recipient()), replace(SETTING, shop=shop))

    content = mail_message.message(template, recipient(), POSTING)

    message = read(content)
    by_click, by_mail = str(message["List-Unsubscribe"]).split(", ")
    token = by_click.removeprefix(f"<{shop.receiver}/unsubscribe?token=").removesuffix(">")
    claim = unseal(TOKENS.sealer, token, Purpose.UNSUBSCRIBE)
    assert claim is not None
    assert (claim.customer_id, claim.address_key) == (recipient().customer_id, recipient().address_key)
    assert by_mail.startswith("<mailto:goodbye@")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"=?" not in content.partition(b"List-Unsubscribe")[2].partition(b"MIME-Version")[0]


def test_a_reader_sees_only_the_blocks_of_their_audiences() -> None:
    gold, silver = recipient(), recipient(segments=frozenset({"silver"}))

    for part in parts(sent(PROMOTION, gold)):
        assert "1,240 points" in part
        assert "moonlight quilt" in part
    for part in parts(sent(PROMOTION, silver)):
        assert "points" not in part
        assert "moonlight" not in part


def test_readers_with_the_same_variant_share_a_template() -> None:
    other = recipient(customer_id="C-2", segments=frozenset({"gold", "lapsed"}), address="b@example.org")

    assert mail.variant(PROMOTION, recipient()) == mail.variant(PROMOTION, other)
    assert mail.variant(PROMOTION, recipient()) != mail.variant(PROMOTION, recipient(segments=frozenset()))
    assert mail.variant(PROMOTION, recipient()) != mail.variant(PROMOTION, EMPTY)


@pytest.mark.parametrize("what", [campaign(), PROMOTION])
def test_a_reader_without_values_gets_a_whole_message(what: Campaign) -> None:
    message = sent(what, EMPTY)

    assert read(message)["Reply-To"] is None
    for part in parts(message):
        assert "friend" in part
        assert "None" not in part
        assert "because" not in part
        assert not re.search("[\ue000\ue001]", part)
    assert "Lantern & Loom\n+49 40 66969 001" in parts(message)[0]


def test_a_field_without_value_and_fallback_is_never_written_as_nothing() -> None:
    template = compose(PROMOTION, recipient())

    with pytest.raises(NoValue, match="points"):
        mail_message.message(template, recipient(values={}), POSTING)


def test_values_are_escaped_in_the_html_and_plain_in_the_text() -> None:
    reader = recipient(values={"first_name": '<b>Tom & "Jo"</b>\r\nBcc: x@example.org'}, reason="you & <i>we</i>")

    text, html = parts(sent(campaign(), reader))

    assert 'Dear <b>Tom & "Jo"</b> Bcc: x@example.org,' in text
    assert "Dear &lt;b&gt;Tom &amp; &quot;Jo&quot;&lt;/b&gt; Bcc: x@example.org," in html
    assert "because you &amp; &lt;i&gt;we&lt;/i&gt;." in html


@given(st.text(max_size=80), st.text(max_size=80))
@example("x" * 300, "张" * 300)
@example("👩‍👩‍👧 " * 40, "\u202eolleH فاطمة")
@example("a\r\nBcc: b@example.org\r\n\r\n<script>", "=?utf-8?q?=0D=0ABcc:_b@example.org?=")
def test_no_name_can_add_a_header_or_a_part(name: str, other: str) -> None:
    values = {"first_name": name, "full_name": other, "adviser_name": name + other, "adviser_email": "a@example.org"}
    reader = recipient(values={key: value for key, value in values.items() if value})

    message = read(sent(campaign(), reader))

    assert message.keys() == [
        "From", "Reply-To", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "Feedback-ID",
        "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_an_address_that_no_mail_can_go_to_is_refused_with_its_customer() -> None:
    template = compose(campaign(), recipient())

    with pytest.raises(Mistakes) as caught:
        mail_message.message(template, recipient(address="zoe@example.org\r\nBcc: all@example.org"), POSTING)

    assert caught.value.exit_code is Exit.MESSAGE
    assert "customer 'C-00001'" in caught.value.problems[0].message


def test_only_a_promotion_carries_campaign_tags_and_each_link_once() -> None:
    linked = "Dear friend, see [a](https://a.example/x?y=1#z) and [c](tel:+49)"

    care = parts(sent(campaign(linked), recipient(), PAGE))[1]
    linked += " and [b](https://b.example/?utm_source=own)."
    promotion = parts(sent(campaign(linked, Kind.PROMOTION), recipient(), PAGE))[1]

    assert "utm_" not in care
    tags = "utm_source=newsletter&amp;utm_medium=email&amp;utm_campaign=2026/wish"
    assert f'href="https://a.example/x?y=1&amp;{tags}#z"' in promotion
    assert 'href="https://b.example/?utm_source=own"' in promotion
    assert f'href="{PAGE}?{tags}"' in promotion
    assert promotion.count(tags) == 2


def test_a_letter_whose_own_link_counts_visitors_is_a_mistake() -> None:
    with pytest.raises(Mistakes, match="counts its visitors, which only a promotion may"):
        compose(campaign("[here](https://a.example/?utm_source=x)"), recipient())


def test_every_picture_has_a_width_and_words_and_every_link_is_absolute() -> None:
    html = parts(sent(PROMOTION, recipient(), PAGE))[1]

    tags = Tags(html).found
    images = [attributes for tag, attributes in tags if tag == "img"]
    assert [(image["alt"], image["width"], image["height"]) for image in images] == [
        ("A folded cloth", "472", "315"),
        ("", "72", "72"),
    ]
    links = [str(attributes["href"]) for tag, attributes in tags if tag == "a"]
    assert len(links) >= 5
    assert all(link.startswith(("https://", "mailto:", "tel:")) for link in links)
    assert not any(tag in {"script", "link", "iframe"} for tag, _ in tags)


def test_a_drawing_that_mail_programs_do_not_show_becomes_its_words() -> None:
    html = parts(sent(campaign("![Moon & roofs](/assets/moon.svg)"), recipient()))[1]

    assert "moon.svg" not in html
    assert "Moon &amp; roofs</span>" in html


def test_rules_for_dark_rooms_and_phones_stay_and_all_others_are_written_into_the_elements() -> None:
    html = parts(sent(campaign(), recipient()))[1]

    style = html.partition("<style>")[2].partition("</style>")[0]
    assert "@media (prefers-color-scheme: dark)" in style
    assert "@media (max-width: 620px)" in style
    assert '<meta name="color-scheme" content="light dark">' in html
    assert html.index("charset") < html.index("<style>")
    paragraphs = [attributes for tag, attributes in Tags(html).found if tag == "p" and "class" in attributes]
    assert paragraphs
    assert all(attributes.get("style") for attributes in paragraphs)


def test_the_message_says_its_language_reason_address_and_whom_to_call() -> None:
    for part in parts(sent(campaign(), recipient())):
        said = unescape(part).replace("\N{NO-BREAK SPACE}", " ")
        assert "You receive this because you have bought from us within the last year." in said
        for words in ("Große Bergstraße 41", "22767 Hamburg", SHOP.phone, SHOP.hotline.phone, SHOP.hotline.name):
            assert words in said
    chinese = parts(sent(campaign(language="zh"), recipient()))[1]
    assert '<html lang="zh"' in chinese
    assert "退订" in chinese


def test_the_preheader_is_the_written_one_else_the_first_words() -> None:
    written = parts(sent(campaign(), recipient()))[1]
    unwritten = parts(sent(campaign(preheader=""), recipient()))[1]

    assert ">A wish for tonight.</div>" in written
    hidden = re.search(r'class="preheader"[^>]*>([^<]*)<', unwritten)
    assert hidden
    assert hidden[1].startswith("Dear Zoë, Tonight the moon is the same over every roof.")
    assert hidden[1].endswith("…")
    assert len(hidden[1]) <= 110


def test_a_care_letter_has_no_button_and_a_promotion_has_one() -> None:
    care = Tags(parts(sent(campaign(), recipient(), PAGE))[1]).found
    promotion = Tags(parts(sent(PROMOTION, recipient(), PAGE))[1]).found

    assert not any("action" in str(attributes.get("class")) for _, attributes in care)
    assert sum(attributes.get("class") == "action-link" for _, attributes in promotion) == 1


def test_what_may_not_be_sent_is_reported_all_at_once() -> None:
    wrong = campaign(
        "[shop](http://shop.example) and [page](care.html) " + "word " * 20_000,
        preheader="much too long " * 10,
    )

    with pytest.raises(Mistakes) as caught:
        compose(wrong, recipient())

    place = ("content/campaigns/wish.md", 2, 1)
    link_hint = "link to a page of the site, or write https:// in full"
    assert caught.value.exit_code is Exit.MESSAGE
    assert caught.value.problems[:2] == (
        Problem(
            *place,
            "long-mail",
            caught.value.problems[0].message,
            "shorten it, or put the long part on a page and link to it",
        ),
        Problem(
            *place,
            "long-preheader",
            "the preheader has 140 characters, more than 110",
            "mail programs show one line; say less",
        ),
    )
    file = place[0]
    assert caught.value.problems[2:] == (
        Problem(file, 8, 8, "mail-link", "the link 'http://shop.example' can't be opened from an e-mail", link_hint),
        Problem(file, 8, 40, "mail-link", "the link 'care.html' can't be opened from an e-mail", link_hint),
    )


def test_a_file_is_named_after_edition_and_customer_and_stays_in_its_folder() -> None:
    assert mail_message.file_name(recipient()) == "2026/wish/2026-09-25/C-00001.eml"
    assert mail_message.file_name(recipient(customer_id="../a/b.c")) == "2026/wish/2026-09-25/%2E%2E%2Fa%2Fb%2Ec.eml"


def test_the_key_is_not_shown_by_accident() -> None:
    assert repr(POSTING) == "Posting(instant=" + repr(POSTING.instant) + ", tokens=KeyedTokens())"
