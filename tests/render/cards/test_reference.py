"""The reference engine: same cards, same bytes; and the cards that it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from sitegen.errors import Exit
from sitegen.model.card import Card, CardDesign, Side
from sitegen.render.cards.press import prepared
from sitegen.render.cards.printing import PrintFile
from sitegen.render.cards.refusal import CardsRefused, Refused
from sitegen.render.cards.typeset import Sizes, typeset
from sitegen.render.cards.written import written
from tests.render.cards.pressing import print_file

INSTANT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def _refused(design: CardDesign, *cards: Card) -> tuple[Refused, ...]:
    with pytest.raises(CardsRefused) as caught:
        print_file(design, cards, "Sample", INSTANT)
    assert caught.value.exit_code is Exit.CARD
    return caught.value.refused


def test_two_runs_make_the_same_bytes(
    design: CardDesign, printed: dict[str, PrintFile], latin: Card, chinese: Card
) -> None:
    assert print_file(design, (latin, chinese), "Sample", INSTANT) == printed["moon-rabbit"]


def test_the_title_and_the_dates_come_from_the_arguments(printed: dict[str, PrintFile]) -> None:
    with pikepdf.open(BytesIO(printed["moon-rabbit"].pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Sample"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260901080000+00'00'"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Sample"
            assert str(metadata["xmp:CreateDate"]).startswith("2026-09-01T08:00:00")


def test_page_records_name_the_front_pages(printed: dict[str, PrintFile]) -> None:
    assert [(page.record, page.customer_id, page.page) for page in printed["moon-rabbit"].pages] == [
        (1, "c0001", 1),
        (2, "c0002", 3),
    ]


def test_a_card_without_a_link_has_no_code(design: CardDesign, latin: Card) -> None:
    made = print_file(design, (replace(latin, link="", code=""),), "Sample", INSTANT)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert b" 1 re\n" not in pdf.pages[1].obj.Contents.read_bytes()
    assert made.pages[0].link_sha256 == ""


def test_the_code_is_black_ink_and_nothing_else(printed: dict[str, PrintFile]) -> None:
    with pikepdf.open(BytesIO(printed["moon-rabbit"].pdf)) as pdf:
        content = pdf.pages[1].obj.Contents.read_bytes()
    drawn = content[content.rindex(b"cm 0 0 0 1 k\n") :]
    assert drawn.endswith(b"f Q\n")
    operators = {line.split()[-1] for line in drawn.splitlines()}
    assert operators == {b"k", b"re", b"Q"}


def test_a_long_greeting_is_set_smaller_before_it_is_refused(design: CardDesign, latin: Card) -> None:
    press = prepared(design)
    sizes: Sizes = {}
    longer = replace(latin, greeting=latin.greeting + "<p>And once more, because it is true: we thought of you.</p>")
    _, refused = typeset(press, (written(press, longer),), sizes)
    assert refused == []
    assert any(slot == "greeting" and step > 0 for (slot, _), step in sizes.items())


def test_a_text_that_fits_no_size_is_refused_with_its_record(design: CardDesign, latin: Card, chinese: Card) -> None:
    endless = replace(chinese, greeting="<p>" + "岁岁平安，" * 120 + "</p>")
    (refused,) = _refused(design, latin, endless)
    assert (refused.record, refused.customer_id, refused.slot) == (2, "c0002", "greeting")
    assert "does not fit into 83 x 56 mm, not even at 9.5 pt" in refused.why
    assert refused.what_to_do == "shorten it, or choose a design with more room"


def test_a_name_too_long_for_its_line_is_refused(design: CardDesign, latin: Card) -> None:
    slots = {refused.slot for refused in _refused(design, replace(latin, name="Wolfeschlegelstein " * 8))}
    assert slots == {"name", "dedication"}


def test_a_word_wider_than_its_slot_is_refused(design: CardDesign, latin: Card) -> None:
    greeting = "<p>" + "Donaudampfschifffahrt" * 6 + "</p>"
    (refused,) = _refused(design, replace(latin, greeting=greeting))
    assert refused.slot == "greeting"


def test_a_character_that_no_font_has_is_refused_by_its_number(design: CardDesign, latin: Card) -> None:
    refused = _refused(design, replace(latin, name="Anna 𠮷 Weber"))
    assert {one.slot for one in refused} == {"name", "dedication"}
    assert all("no font of the design has '𠮷' (U+20BB7)" in one.why for one in refused)


def test_an_address_that_is_not_printed_needs_no_glyphs(design: CardDesign, latin: Card) -> None:
    assert print_file(design, (replace(latin, lines=("𠮷",)),), "Sample", INSTANT).pages


def test_an_empty_name_is_refused(design: CardDesign, latin: Card) -> None:
    (refused,) = _refused(design, replace(latin, name=" \u200b"))
    assert (refused.slot, refused.why) == ("name", "the name is empty")


def test_a_customer_never_gets_two_cards(design: CardDesign, latin: Card) -> None:
    refused = _refused(design, latin, replace(latin, record=2))
    assert [(one.record, one.why) for one in refused] == [
        (1, "this customer has more than one card"),
        (2, "this customer has more than one card"),
    ]


def test_all_refusals_come_together(design: CardDesign, latin: Card, chinese: Card) -> None:
    nameless, endless = replace(latin, name=""), replace(chinese, greeting="<p>" + "福" * 900 + "</p>")
    refused = _refused(design, nameless, endless)
    assert [(one.record, one.slot) for one in refused] == [(1, "name"), (2, "greeting")]


def test_a_link_in_the_greeting_is_refused(design: CardDesign, latin: Card) -> None:
    (refused,) = _refused(design, replace(latin, greeting='<p><a href="https://x.example/">here</a></p>'))
    assert refused.why == "a card's text may not hold '</a>'"


def test_a_link_too_long_for_the_code_is_refused(design: CardDesign, latin: Card) -> None:
    (refused,) = _refused(design, replace(latin, link=latin.link + "x" * 300))
    assert refused.slot == "qr"
    assert "under 0.4 mm" in refused.why


def test_a_card_that_makes_three_pages_is_refused(design: CardDesign, latin: Card) -> None:
    more = replace(design, template=design.template + '<p style="page: extra">loose words</p>')
    (refused,) = _refused(more, latin)
    assert refused.why == "it does not make one front and one back"


def test_missing_art_is_refused(design: CardDesign, latin: Card) -> None:
    (refused,) = _refused(replace(design, art={Side.FRONT: "nowhere.svg"}), latin)
    assert (refused.record, refused.why) == (0, "file 'nowhere.svg' is missing")


def test_a_broken_picture_is_refused(design: CardDesign, latin: Card) -> None:
    broken = replace(design, files={**design.files, "front.svg": b"<svg><path></svg>"})
    (refused,) = _refused(broken, latin)
    assert refused.why.startswith("a picture is broken")


def test_a_missing_font_is_refused(design: CardDesign, latin: Card) -> None:
    files = {path: content for path, content in design.files.items() if path != "fonts/Caveat-Medium.ttf"}
    (refused,) = _refused(replace(design, files=files), latin)
    assert refused.why == "file 'fonts/Caveat-Medium.ttf' is missing"


def test_a_colour_for_screens_is_refused(design: CardDesign, latin: Card) -> None:
    (refused,) = _refused(replace(design, style=design.style + ".slot-name { color: #333 }"), latin)
    assert refused.why == "card.css: 'color: #333' is a colour for screens (RGB)"


def test_a_font_of_the_machine_is_refused(design: CardDesign, latin: Card) -> None:
    strange = replace(design, style=design.style + ".slot-name { font-family: DejaVu Sans }")
    (refused,) = _refused(strange, replace(latin, name="Anna Weber"))
    assert "is this machine's, not the design's" in refused.why


def test_an_unknown_variable_in_a_template_is_refused(design: CardDesign, latin: Card) -> None:
    (refused,) = _refused(replace(design, template=design.template.replace("card.name", "card.naem")), latin)
    assert "naem" in refused.why


def test_a_slot_that_the_design_does_not_declare_is_refused(design: CardDesign, latin: Card) -> None:
    (refused,) = _refused(replace(design, slots=design.slots[1:]), latin)
    assert refused.why == "card.html: slot 'title' is not declared in design.yaml"


def test_a_slot_at_the_edge_is_refused(design: CardDesign, latin: Card) -> None:
    slots = tuple(replace(slot, box=replace(slot.box, x=2)) if slot.name == "shop" else slot for slot in design.slots)
    (refused,) = _refused(replace(design, slots=slots), latin)
    assert refused.why == "it comes nearer than 5 mm to the edge of the card"


def test_markup_in_a_name_is_printed_and_not_obeyed(design: CardDesign, latin: Card) -> None:
    made = print_file(design, (replace(latin, name="<b>Bobby</b> & Sons"),), "Sample", INSTANT)
    assert made.pages[0].name == "<b>Bobby</b> & Sons"
