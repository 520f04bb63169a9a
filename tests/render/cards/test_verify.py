"""A print file is read back whole: nothing that differs from its records gets past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.card import Card, CardDesign
from sitegen.render.cards.lean import lean
from sitegen.render.cards.press import Press, prepared
from sitegen.render.cards.printing import PrintFile
from sitegen.render.cards.reading import POINTS
from sitegen.render.cards.refusal import Refused
from sitegen.render.cards.verify import _is_made_of, _letters, _stands, verified
from tests.render.cards.conftest import CHINESE, INSTANT, LATIN
from tests.render.cards.pressing import print_changed

CARDS = (LATIN, CHINESE)


@pytest.fixture(scope="module")
def pdf(printed: dict[str, PrintFile]) -> bytes:
    return printed["moon-rabbit"].pdf


@pytest.fixture(scope="module")
def press(design: CardDesign) -> Press:
    return prepared(design)


def _changed(pdf: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as target:
        change(target)
        content = BytesIO()
        target.save(content)
        return content.getvalue()


def _told(refused: tuple[Refused, ...]) -> set[tuple[int, str]]:
    return {(one.record, one.slot) for one in refused}


def test_a_right_print_file_has_no_fault(pdf: bytes, press: Press) -> None:
    assert verified(pdf, CARDS, press) == ()


@pytest.mark.slow
def test_every_design_of_the_theme_can_be_read_back(
    designs: dict[str, CardDesign], printed: dict[str, PrintFile]
) -> None:
    for name, one in designs.items():
        assert verified(printed[name].pdf, CARDS, prepared(one)) == (), name


def test_cards_whose_backs_were_exchanged_are_both_found(pdf: bytes, press: Press) -> None:
    def exchange(target: pikepdf.Pdf) -> None:
        target.pages.insert(1, target.pages[3])
        target.pages.append(target.pages[2])
        del target.pages[4], target.pages[2]

    swapped = _changed(pdf, exchange)
    texts = {"name", "greeting", "signature", "adviser", "invitation"}
    assert _told(verified(swapped, CARDS, press)) >= {(record, slot) for record in (1, 2) for slot in {*texts, "qr"}}


@pytest.mark.parametrize(
    ("card", "slots"),
    [
        (replace(CHINESE, name="欧阳晓朋"), {"dedication", "name"}),
        (replace(CHINESE, greeting=CHINESE.greeting.replace("月色", "夜色", 1)), {"greeting"}),
        (replace(CHINESE, adviser="林秀芳"), {"signature"}),
        (replace(CHINESE, code="ABCD EFGH JKMN PQRS TVWX YZ01 2346"), {"code"}),
        (replace(CHINESE, link=LATIN.link), {"qr"}),
        # The shorter phone number is part of the printed one: what is too much shows.
        (replace(CHINESE, adviser_phone="+44 20 7946"), {""}),
    ],
    ids=["name", "greeting", "adviser", "code", "link", "surplus"],
)
def test_one_wrong_text_is_found_in_its_slot(pdf: bytes, press: Press, card: Card, slots: set[str]) -> None:
    assert _told(verified(pdf, (LATIN, card), press)) == {(2, slot) for slot in slots}


def test_no_link_is_told_in_a_refusal(pdf: bytes, press: Press) -> None:
    (refused,) = verified(pdf, (LATIN, replace(CHINESE, link=LATIN.link)), press)
    assert "#" not in str(refused)
    assert LATIN.link not in str(refused)


def test_a_code_on_a_card_without_a_link_is_found(pdf: bytes, press: Press) -> None:
    assert (1, "qr") in _told(verified(pdf, (replace(LATIN, link=""), CHINESE), press))


def test_a_code_that_the_art_swallows_is_found(pdf: bytes, press: Press) -> None:
    def darken(target: pikepdf.Pdf) -> None:
        target.pages[1].obj.Resources.XObject["/Art.back"].write(b"0 0 0 1 k 0 0 400 500 re f")

    assert _told(verified(_changed(pdf, darken), CARDS, press)) == {(1, "qr")}


def test_words_that_got_into_the_art_are_found(pdf: bytes, press: Press) -> None:
    def write(target: pikepdf.Pdf) -> None:
        art = target.pages[0].obj.Resources.XObject["/Art.front"]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        art.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        art.write(b"BT /F1 12 Tf 40 300 Td (for Somebody) Tj ET")

    (refused,) = verified(_changed(pdf, write), CARDS, press)
    assert (refused.record, refused.slot) == (1, "")
    assert "text that is not this card's" in refused.why


def test_words_that_the_style_adds_belong_to_the_card(design: CardDesign, latin: Card) -> None:
    dear = replace(design, style=design.style + '.slot-name span::before { content: "Dear " }')
    short = replace(latin, name="Anna")
    pdf = print_changed(design, dear, (short,), INSTANT).pdf
    assert verified(pdf, (short,), prepared(dear)) == ()
    assert _told(verified(pdf, (short,), prepared(design))) == {(1, "")}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda pdf: pdf.pages[2].obj.__delitem__("/TrimBox"), "the front has no TrimBox"),
        (lambda pdf: pdf.pages[2].obj.__delitem__("/BleedBox"), "the front has no BleedBox"),
        (lambda pdf: setattr(pdf.pages[3], "trimbox", (8, 8, 300, 400)), "the back has a TrimBox of another size"),
        (lambda pdf: setattr(pdf.pages[2], "mediabox", (-9, -9, 330, 440)), "a MediaBox that does not begin at 0,0"),
        (lambda pdf: setattr(pdf.pages[2], "bleedbox", (20, 20, 100, 100)), "boxes that do not lie inside each other"),
    ],
    ids=["no trim", "no bleed", "size", "origin", "nesting"],
)
def test_a_page_with_wrong_boxes_is_found(
    pdf: bytes, press: Press, change: Callable[[pikepdf.Pdf], object], why: str
) -> None:
    (refused,) = verified(_changed(pdf, change), CARDS, press)
    assert (refused.record, refused.customer_id) == (2, "c0002")
    assert why in refused.why


def test_a_file_with_a_card_too_many_is_refused_whole(pdf: bytes, press: Press) -> None:
    (refused,) = verified(pdf, (LATIN,), press)
    assert (refused.record, refused.why) == (0, "the file has 4 pages for 1 cards, not 2 each")


@pytest.mark.parametrize("length", [0, 9, 4000])
def test_a_broken_file_is_a_fault_and_not_a_crash(pdf: bytes, press: Press, length: int) -> None:
    (refused,) = verified(pdf[:length], CARDS, press)
    assert refused.why == "the file cannot be read back: it is no whole PDF"


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf.pages[1].obj.__setitem__("/Resources", 7),
        lambda pdf: pdf.pages[1].obj.__setitem__("/Contents", pikepdf.Array([pikepdf.Name.Nothing])),
        lambda pdf: pdf.Root.Pages.Kids.__setitem__(1, pikepdf.Dictionary(Type=pikepdf.Name.Font)),
    ],
    ids=["resources", "content", "page"],
)
def test_a_file_with_strange_pages_has_faults_and_does_not_crash(
    pdf: bytes, press: Press, change: Callable[[pikepdf.Pdf], object]
) -> None:
    assert verified(_changed(pdf, change), CARDS, press) != ()


def test_a_name_that_only_the_greeting_has_is_missed_in_its_slot(design: CardDesign, press: Press) -> None:
    greeted = replace(CHINESE, greeting=f"<p>{CHINESE.name}，晚安。</p>")
    nameless = replace(design, template=design.template.replace('slot("name") %}{{ card.name }}', 'slot("name") %}'))
    assert nameless != design
    pdf = print_changed(design, nameless, (greeted,), INSTANT).pdf
    assert _told(verified(pdf, (greeted,), press)) == {(2, "name")}


def test_letters_that_look_alike_in_a_font_are_one_letter(design: CardDesign) -> None:
    font = TTFont(BytesIO(design.files["fonts/EBGaramond-Regular.ttf"]))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord("Ð")] = table.cmap[ord("Đ")]
    content = BytesIO()
    font.save(content)
    shared = replace(design, files={**design.files, "fonts/EBGaramond-Regular.ttf": content.getvalue()})
    cards = (replace(LATIN, name="Đặng Minh"), replace(CHINESE, name="Ðóra Jónsdóttir"))
    pdf = print_changed(design, shared, cards, INSTANT).pdf
    assert verified(pdf, cards, prepared(shared)) == ()
    assert _told(verified(pdf, cards, prepared(design))) == {(2, "dedication"), (2, "name")}


def test_the_file_is_read_without_its_art_but_each_art_once(pdf: bytes) -> None:
    thin = lean(pdf)
    assert thin.samples == (0, 1)
    with pikepdf.open(BytesIO(thin.pdf)) as target:
        assert {page.obj.Resources.XObject["/Art.front"].read_bytes() for page in target.pages} == {b""}


def test_pages_that_are_the_same_are_read_once(pdf: bytes) -> None:
    def repeat(target: pikepdf.Pdf) -> None:
        target.pages.extend([target.pages[1], target.pages[0], target.pages[3]])

    assert lean(_changed(pdf, repeat)).shared.firsts == (0, 1, 2, 3, 1, 0, 3)


def test_a_card_with_another_card_s_page_is_found(pdf: bytes, press: Press) -> None:
    def mislead(target: pikepdf.Pdf) -> None:
        target.pages[2].obj.Contents = target.pages[0].obj.Contents

    assert lean(_changed(pdf, mislead)).shared.firsts == (0, 1, 0, 3)
    assert _told(verified(_changed(pdf, mislead), CARDS, press)) == {(2, "dedication"), (2, "title")}


def test_a_code_with_something_beside_it_is_found_all_the_same(pdf: bytes, press: Press) -> None:
    place = press.design.qr
    assert place
    left, top = (3 + place.x) * POINTS, (3 + press.design.height - place.y) * POINTS

    def dot(target: pikepdf.Pdf) -> None:
        for page in target.pages:
            page.contents_add(b"q 0 0 0 1 k %.3f %.3f 1 1 re f Q" % (left + 1, top - 2))

    assert verified(_changed(pdf, dot), CARDS, press) == ()


def test_lines_divided_words_and_joined_letters_don_t_matter() -> None:
    assert _letters("of\ufb01ce hy-\r\nphen\u00adated\x02 STRASSE") == _letters("office hyphenated Straße")


def test_letters_from_right_to_left_may_come_in_another_order() -> None:
    assert _stands("שלום", "םולש")
    assert not _stands("שלום", "שלו")
    assert not _stands("abc", "cba")


@given(st.lists(st.text("ab", min_size=1, max_size=4), max_size=6), st.randoms(use_true_random=False))
def test_a_page_is_made_of_its_texts_in_any_order(parts: list[str], random: object) -> None:
    mixed = list(parts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert _is_made_of("".join(mixed), tuple(parts), frozenset())
    assert _is_made_of("c" + "c".join(mixed), tuple(parts), frozenset("c"))
    assert not _is_made_of("".join(mixed) + "c", tuple(parts), frozenset())
