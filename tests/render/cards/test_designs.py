"""Every design of the theme prints a Latin and a Chinese card that a print house can take."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from sitegen.model.card import Axis, Box, Card, CardDesign, Fold, Side
from sitegen.model.channel import Kind
from sitegen.render.cards import glyphs, sheet
from sitegen.render.cards.preflight.check import findings
from sitegen.render.cards.preflight.finding import Severity
from sitegen.render.cards.printing import PrintFile
from sitegen.render.cards.verify import verified
from sitegen.render.cards.written import written
from tests.render.cards.looking import BLACK_INK, POINTS, Letter, Looked, Seen, close
from tests.render.cards.pressing import pressed, print_house

DESIGNS = Path(__file__).parents[3] / "themes/hearth/cards"
NAMES = sorted(folder.name for folder in DESIGNS.iterdir() if folder.is_dir())
QUICK = frozenset({"adviser-thread", "gift-crane", "membership-knot", "moon-rabbit", "opinion-fan", "winter-window"})
"""One of each kind, lying and standing, folded and flat; `make test-all` looks at all."""
EACH = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
FOLDED = [name for name in NAMES if "\nfold:" in (DESIGNS / name / "design.yaml").read_text("utf-8")]
HANDED_OVER = {"membership", "business-card"}
"""Kinds of card that are no letter: nobody writes a greeting on them."""
READ = {"greeting", "adviser", "code", "address"}
"""Slots of small black text; a side with one of them is there to be read."""
NOTHING: dict[str, Any] = {
    **dict.fromkeys(("link", "code", "adviser", "adviser_title", "adviser_phone", "store", "hotline"), ""),
    **dict.fromkeys(("tier", "since", "giver", "site", "country"), ""),
    "shop_lines": (),
}
"""What a shop may not know of a customer, or not have."""
WHITE = 255


@pytest.fixture(scope="session")
def seen(designs: dict[str, CardDesign], printed: dict[str, PrintFile]) -> dict[str, Seen]:
    return Looked(designs, printed)


def _of_kind(designs: dict[str, CardDesign], kind: str) -> list[str]:
    return [name for name, design in designs.items() if kind in design.kinds]


def _pages(side: Side) -> tuple[int, int]:
    return (0, 2) if side is Side.FRONT else (1, 3)


def test_the_theme_has_a_design_for_every_kind_of_card(designs: dict[str, CardDesign]) -> None:
    kinds = {kind for design in designs.values() for kind in design.kinds}
    wanted = {"birthday", "holiday", "monthly", "thanks", "letter", "gift", "survey"}
    assert wanted | HANDED_OVER <= kinds <= set(Kind) | HANDED_OVER
    assert sorted(designs) == NAMES


@pytest.mark.parametrize("name", EACH)
def test_every_card_says_whose_it_is_and_a_letter_on_both_sides(
    name: str, seen: dict[str, Seen], latin: Card, chinese: Card
) -> None:
    texts = [seen[name].text(page) for page in range(len(seen[name]))]
    owners = [[close(card.name) in text for card in (latin, chinese)] for text in texts]
    if set(seen[name].design.kinds) & HANDED_OVER:
        owners = [[one or other for one, other in zip(*owners[first : first + 2], strict=True)] for first in (0, 2)]
        assert owners == [[True, False], [False, True]]
    else:
        assert owners == [[True, False], [True, False], [False, True], [False, True]]


@pytest.mark.parametrize("name", EACH)
def test_the_greeting_stands_in_its_place_word_for_word(
    name: str, seen: dict[str, Seen], latin: Card, chinese: Card
) -> None:
    slots = [slot for slot in seen[name].design.slots if slot.name == "greeting"]
    assert len(slots) == (0 if set(seen[name].design.kinds) & HANDED_OVER else 1)
    for slot in slots:
        for page, card in zip(_pages(slot.box.side), (latin, chinese), strict=True):
            assert seen[name].said(page, "greeting") == close(card.greeting)
            assert min(letter.size for letter in seen[name].slot(page, slot)) >= (
                7.5 if seen[name].design.kinds == ("survey",) else 8.5
            )


def test_the_sample_greetings_are_as_long_as_a_letter_gets(latin: Card, chinese: Card) -> None:
    assert len(re.sub(r"<[^>]*>", " ", latin.greeting).split()) >= 60
    assert len(re.findall(r"[\u4e00-\u9fff]", chinese.greeting)) >= 120


@pytest.mark.parametrize("name", EACH)
def test_the_title_speaks_the_customers_language(name: str, seen: dict[str, Seen]) -> None:
    slot = next(slot for slot in seen[name].design.slots if slot.name == "title")
    english, chinese = (seen[name].said(page, "title") for page in _pages(slot.box.side))
    assert re.fullmatch(r"[A-Za-zÀ-ſ’'.,!?—–-]{5,}", english)
    assert re.fullmatch(r"[\u4e00-\u9fff，。！·、]{2,}", chinese)


@pytest.mark.parametrize("name", EACH)
def test_a_print_file_is_what_its_records_say(
    name: str, designs: dict[str, CardDesign], printed: dict[str, PrintFile], latin: Card, chinese: Card
) -> None:
    press, _ = pressed(designs[name])
    assert verified(printed[name].pdf, (latin, chinese), press) == ()
    assert verified(printed[name].pdf, (chinese, latin), press) != ()


@pytest.mark.parametrize("name", EACH)
def test_the_preflight_lets_it_pass(name: str, printed: dict[str, PrintFile]) -> None:
    found = findings(printed[name].pdf, print_house("eu"))
    assert [one for one in found if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize("name", EACH)
def test_a_card_that_knows_little_leaves_nothing_hanging(
    name: str, designs: dict[str, CardDesign], latin: Card, chinese: Card
) -> None:
    press, _ = pressed(designs[name])
    little = [replace(card, **NOTHING) for card in (latin, chinese)]
    said = [close(text.content) for card in little for text in written(press, card).texts]
    assert [words for words in said if re.fullmatch(r"[^\w\s]+|[,，·:：].*", words)] == []


@pytest.mark.parametrize("name", EACH)
def test_a_phone_reads_the_members_link_from_the_paper_and_no_other_code(
    name: str, seen: dict[str, Seen], latin: Card, chinese: Card
) -> None:
    place = seen[name].design.qr
    coded = dict(zip(_pages(place.side), (latin.link, chinese.link), strict=True)) if place else {}
    assert [seen[name].codes(page) for page in range(4)] == [
        [coded[page]] if page in coded else [] for page in range(4)
    ]


@pytest.mark.parametrize("name", EACH)
def test_a_second_reader_reads_the_code_too(
    name: str, seen: dict[str, Seen], latin: Card, chinese: Card, tmp_path: Path
) -> None:
    place = seen[name].design.qr
    if not place:
        assert not set(seen[name].design.kinds) - {"gift", "business-card"}
        return
    files = [tmp_path / f"{page}.png" for page in _pages(place.side)]
    for page, file in zip(_pages(place.side), files, strict=True):
        file.write_bytes(seen[name].png(page, place))
    try:
        run = subprocess.run(
            ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", *files], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("zbarimg is not installed; zxing read the code")
    assert run.stdout.decode().split() == [latin.link, chinese.link]


@pytest.mark.parametrize("name", EACH)
def test_no_letter_stands_outside_its_slot_or_under_six_points(name: str, seen: dict[str, Seen]) -> None:
    for page, letters in enumerate(seen[name].letters):
        side = (Side.FRONT, Side.BACK)[page % 2]
        boxes = [slot.box for slot in seen[name].design.slots if slot.box.side is side]
        assert [letter for letter in letters if not any(letter.is_in(box) for box in boxes)] == []
        assert [letter for letter in letters if letter.size < 5.99] == []


@pytest.mark.parametrize("name", EACH)
def test_what_is_there_to_be_read_is_black_ink_alone(name: str, seen: dict[str, Seen]) -> None:
    design = seen[name].design
    sides = {slot.box.side for slot in design.slots if slot.name in READ}
    slots = [slot for slot in design.slots if slot.box.side in sides and slot.name != "title"]
    inks = {letter.ink for slot in slots for page in _pages(slot.box.side) for letter in seen[name].slot(page, slot)}
    assert inks == {BLACK_INK}


@pytest.mark.parametrize("name", FOLDED)
def test_nothing_is_written_near_a_fold(name: str, designs: dict[str, CardDesign]) -> None:
    design = designs[name]
    assert design.fold
    near = [slot.name for slot in design.slots if _distance(slot.box, design, design.fold) < 3]
    assert near == []
    assert _distance(Box(Side.FRONT, design.fold.at - 4, design.fold.at - 4, 8, 8), design, design.fold) < 3


def _distance(box: Box, design: CardDesign, fold: Fold) -> float:
    """Millimetres from the box to the fold, negative across it. The back of a vertical fold is mirrored."""
    start, length = (box.x, box.width) if fold.axis is Axis.VERTICAL else (box.y, box.height)
    mirrored = fold.axis is Axis.VERTICAL and box.side is Side.BACK
    at = design.width - fold.at if mirrored else fold.at
    return max(start - at, at - start - length)


@pytest.mark.parametrize("name", EACH)
def test_trim_and_bleed_are_exact_and_start_at_zero(
    name: str, designs: dict[str, CardDesign], printed: dict[str, PrintFile]
) -> None:
    width, height = designs[name].width * POINTS, designs[name].height * POINTS
    bleed = 3 * POINTS
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        assert len(pdf.pages) == 4
        for page in pdf.pages:
            media = [float(edge) for edge in page.obj.MediaBox]
            assert media == pytest.approx([0, 0, width + 2 * bleed, height + 2 * bleed], abs=0.001)
            assert [float(edge) for edge in page.obj.BleedBox] == media
            trim = [float(edge) for edge in page.obj.TrimBox]
            assert trim == pytest.approx([bleed, bleed, bleed + width, bleed + height], abs=0.001)
            assert not {"/Annots", "/Group", "/CropBox", "/ArtBox"} & set(page.obj.keys())


@pytest.mark.parametrize("name", EACH)
def test_there_is_no_colour_for_screens_no_image_and_no_group(name: str, printed: dict[str, PrintFile]) -> None:
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        assert not sheet.has_rgb(pdf)
        streams = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Stream)]
        assert [entry for entry in streams if entry.get("/Subtype") == pikepdf.Name.Image] == []
        assert [entry for entry in streams if "/Group" in entry] == []


@pytest.mark.parametrize("name", EACH)
def test_only_fonts_of_the_design_are_embedded(
    name: str, designs: dict[str, CardDesign], printed: dict[str, PrintFile]
) -> None:
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        assert sheet.strange_fonts(pdf, glyphs.families(designs[name])) == frozenset()
        assert sheet.strange_fonts(pdf, frozenset({"Caveat"})) != frozenset()


@pytest.mark.parametrize("name", EACH)
def test_the_art_of_both_sides_is_in_the_file_once_for_all_cards(name: str, printed: dict[str, PrintFile]) -> None:
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        sides = ("front", "back") * 2
        art = [page.obj.Resources.XObject[f"/Art.{side}"].objgen for page, side in zip(pdf.pages, sides, strict=True)]
    assert art[0] == art[2]
    assert art[1] == art[3]
    assert art[0] != art[1]


@pytest.mark.parametrize("name", EACH)
def test_qpdf_finds_nothing_wrong(name: str, printed: dict[str, PrintFile], tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
    file = tmp_path / "cards.pdf"
    file.write_bytes(printed[name].pdf)
    try:
        run = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("qpdf is not installed; its library found nothing wrong")
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("name", EACH)
def test_no_colour_is_wetter_than_paper_can_dry_and_no_drawing_too_heavy(
    name: str, designs: dict[str, CardDesign]
) -> None:
    design = designs[name]
    drawings = [design.files[path] for path in design.art.values()]
    drawn = design.style + "".join(drawing.decode() for drawing in drawings)
    inks = [
        sum(float(ink) for ink in re.findall(r"[\d.]+", colour)) for colour in re.findall(r"cmyk\(([^)]*)\)", drawn)
    ]
    assert len(inks) > 10
    assert max(inks) <= 300
    assert max(map(len, drawings)) <= 350 * 1024


def test_a_gift_says_who_gives_and_opens_nobodys_door(
    designs: dict[str, CardDesign], seen: dict[str, Seen], latin: Card, chinese: Card
) -> None:
    for name in _of_kind(designs, "gift"):
        for first, card in ((0, latin), (2, chinese)):
            text = seen[name].text(first) + seen[name].text(first + 1)
            assert close(card.giver) in text
            told = (card.code, card.tier, card.since, card.adviser, card.adviser_phone, *card.lines)
            assert [one for one in told if close(one) in text] == []
            assert seen[name].codes(first) + seen[name].codes(first + 1) == []


def test_a_membership_card_says_since_when_and_opens_the_door(
    designs: dict[str, CardDesign], seen: dict[str, Seen], latin: Card, chinese: Card
) -> None:
    for name in _of_kind(designs, "membership"):
        assert seen[name].design.qr
        for first, card in ((0, latin), (2, chinese)):
            text = seen[name].text(first) + seen[name].text(first + 1)
            told = (card.tier, card.since, card.code, card.hotline, card.adviser, card.adviser_phone, card.shop)
            assert [one for one in told if close(one) not in text] == []


def test_a_business_card_says_where_the_adviser_is_found_and_no_members_code(
    designs: dict[str, CardDesign], seen: dict[str, Seen], latin: Card, chinese: Card
) -> None:
    for name in _of_kind(designs, "business-card"):
        for first, card in ((0, latin), (2, chinese)):
            text = seen[name].text(first) + seen[name].text(first + 1)
            told = (card.adviser, card.adviser_title, card.adviser_phone, card.store, card.site, card.shop)
            assert [one for one in told if close(one) not in text] == []
            assert close(card.code) not in text


def test_a_reply_card_has_its_address_at_the_right_and_leaves_its_foot_to_the_post(
    designs: dict[str, CardDesign], seen: dict[str, Seen], latin: Card, chinese: Card
) -> None:
    for name in _of_kind(designs, "survey"):
        design = seen[name].design
        address = next(slot.box for slot in design.slots if slot.name == "address")
        assert address.x > design.width / 2
        # USPS keeps 15.9 mm above the lower edge of a card for its bars, Deutsche Post 15 mm.
        foot = Box(address.side, 0, design.height - 15.9, design.width, 15.9)
        for page, card in zip(_pages(address.side), (latin, chinese), strict=True):
            assert seen[name].said(page, "address") == close("".join(card.shop_lines))
            right = [letter for letter in seen[name].letters[page] if letter.x > design.width / 2]
            assert [letter for letter in right if not letter.is_in(address)] == list[Letter]()
            assert seen[name].picture(page, foot).getextrema() == (WHITE, WHITE)


def test_the_fonts_know_the_letters_of_european_names_and_a_rare_given_name(design: CardDesign) -> None:
    assert set("ŁßØñğőșțÅčřžŐŰİþæœ喆堃玥淼") <= glyphs.printable(design)
