"""Tests of envelopes: each line in its zone, the post's zones empty, the address behind its window."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.postal import Addressee, Area, EnvelopeKind, SenderStyle
from sitegen.render.cards.blocks import Printing
from sitegen.render.cards.envelopes import envelopes, in_clear_zone
from sitegen.render.cards.refusal import CardsRefused
from sitegen.render.cards.stationery import ENVELOPES
from tests.render.cards.conftest import INSTANT, ROOT
from tests.render.cards.paper_reading import inked, texts, words

FONTS = ROOT / "themes" / "hearth" / "fonts" / "print"
GERMAN = Addressee(1, "C-1", "Łucja Ørsted-Nuñez", ("Gärtnerstraße 27", "20253 Hamburg", "GERMANY"), "DE")
AMERICAN = Addressee(
    2, "C-2", "Margaret A. Thompson", ("1247 Old Meadow Lane, Apartment 4B", "BURLINGTON, VT 05401"), "US"
)
CHINESE = Addressee(3, "C-3", "欧阳晓明", ("200040", "上海市静安区愚园路361弄12号502室"), "CN")
PEOPLE = (GERMAN, AMERICAN, CHINESE)
SHOP = Addressee(0, "", "Lantern & Loom", ("Große Bergstraße 41", "22767 Hamburg"), "DE")
SHOP_IN_SHANGHAI = Addressee(0, "", "灯与织", ("200010", "上海市黄浦区豫园路8号"), "CN")
WINDOWS = {"c6-window": (162, 114, 15), "dl-window": (220, 110, 15), "c5-window": (229, 162, 60)}


@pytest.fixture(scope="session")
def printing() -> Printing:
    fonts = (FONTS / "EBGaramond-Regular.ttf", FONTS / "HearthKai-Regular.ttf")
    return Printing(tuple(font.read_bytes() for font in fonts), "Envelopes", INSTANT)


@pytest.fixture(scope="session")
def printed(printing: Printing) -> Mapping[str, bytes]:
    """A German, an American and a Chinese address on every kind of envelope."""
    return {
        kind.name: envelopes(PEOPLE, SHOP_IN_SHANGHAI if kind.postboxes else SHOP, kind, printing)
        for kind in ENVELOPES.values()
    }


@pytest.mark.parametrize("name", sorted(ENVELOPES))
def test_every_address_stands_whole_in_its_zone(name: str, printed: Mapping[str, bytes]) -> None:
    kind = ENVELOPES[name]
    for number, one in enumerate(PEOPLE[:2]):
        held = [text for text, place in texts(printed[name], number) if kind.address.holds(place)]
        assert held == list(one.whole)
    held = [text for text, place in texts(printed[name], 2) if kind.address.holds(place)]
    assert held == ([CHINESE.lines[1], "欧阳晓明 收"] if kind.postboxes else list(CHINESE.whole))


@pytest.mark.parametrize("name", sorted(ENVELOPES))
def test_the_zones_of_the_post_are_empty(name: str, printed: Mapping[str, bytes]) -> None:
    kind = ENVELOPES[name]
    assert inked(printed[name], kind.address)
    for page in range(len(PEOPLE)):
        assert [zone.name for zone in kind.empty if zone.name != "postcode" and inked(printed[name], zone, page)] == []


@pytest.mark.parametrize("name", sorted(ENVELOPES))
def test_the_sender_stands_in_its_own_zone(name: str, printed: Mapping[str, bytes]) -> None:
    kind = ENVELOPES[name]
    held = [text for text, place in texts(printed[name]) if kind.sender.holds(place)]
    match kind.style:
        case SenderStyle.LINE:
            assert held == ["Lantern & Loom · Große Bergstraße 41 · 22767 Hamburg"]
        case SenderStyle.BLOCK:
            assert held == ["Lantern & Loom", "Große Bergstraße 41", "22767 Hamburg"]
        case SenderStyle.CHINESE:
            assert held == ["上海市黄浦区豫园路8号", "灯与织"]
    assert not kind.sender.meets(kind.address)


@pytest.mark.parametrize("name", sorted(ENVELOPES))
def test_an_envelope_has_the_size_of_its_kind_from_the_corner(name: str, printed: Mapping[str, bytes]) -> None:
    kind = ENVELOPES[name]
    with pikepdf.open(BytesIO(printed[name])) as file:
        assert len(file.pages) == len(PEOPLE)
        for page in file.pages:
            size = [kind.width * 72 / 25.4, kind.height * 72 / 25.4]
            assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, *size], abs=0.001)
            assert list(page.trimbox) == list(page.bleedbox) == list(page.mediabox)


@pytest.mark.parametrize("name", [kind.name for kind in ENVELOPES.values() if kind.postboxes])
def test_each_digit_of_a_chinese_postcode_stands_in_its_box(name: str, printed: Mapping[str, bytes]) -> None:
    row = ENVELOPES[name].postboxes
    assert row
    boxes = [Area("box", row.x + number * row.pitch, row.y, row.width, row.height) for number in range(row.number)]
    inner = [Area("inner", box.x + 1, box.y + 1, box.width - 2, box.height - 2) for box in boxes]
    assert all(inked(printed[name], box, page=2) for box in inner)
    assert not any(inked(printed[name], box, page=1) for box in inner)
    code = "".join(text for text, place in texts(printed[name], 2) if place.y < row.y + row.height)
    assert code.replace(" ", "") == "200040"
    between = [Area("gap", box.x + box.width + 0.5, box.y, row.pitch - row.width - 1, box.height) for box in boxes]
    assert not any(inked(printed[name], gap, page=2) for gap in between)
    zone = Area("postcode", 0, 0, 90, 26)
    assert all(zone.holds(box) for box in boxes)


def test_the_senders_postcode_stands_at_the_lower_right_of_a_chinese_envelope(printed: Mapping[str, bytes]) -> None:
    kind = ENVELOPES["cn-dl"]
    (place,) = [place for text, place in texts(printed["cn-dl"]) if text == "邮政编码 200010"]
    assert place.x > kind.width - 55
    assert place.y > kind.height - 20


@given(
    st.sampled_from(sorted(WINDOWS)),
    st.floats(0, 1, allow_nan=False),
    st.floats(0, 1, allow_nan=False),
)
def test_a_window_shows_sender_and_address_however_the_paper_slides(name: str, right: float, down: float) -> None:
    width, height, bottom = WINDOWS[name]
    paper = ENVELOPES[name]
    dx, dy = right * (width - paper.width), down * (height - paper.height)
    window = Area("window", 20 - dx, height - bottom - 45 - dy, 90, 45)
    slack = Area("window", window.x - 0.001, window.y - 0.001, 90.002, 45.002)
    assert slack.holds(paper.address)
    assert slack.holds(paper.sender)


@pytest.mark.parametrize(("name", "top", "folds"), [("din-5008-a", 27, (87, 192)), ("din-5008-b", 45, (105, 210))])
def test_a_letter_has_its_address_in_the_field_of_din_5008_and_its_marks(
    name: str, top: float, folds: tuple[float, ...], printed: Mapping[str, bytes]
) -> None:
    field = Area("field", 20, top, 85, 45)
    assert all(field.holds(place) for _, place in texts(printed[name]))
    for height in (*folds, 148.5):
        assert inked(printed[name], Area("mark", 4, height - 0.5, 4, 1))
    assert not inked(printed[name], Area("margin", 0, 120, 20, 20))


def test_an_american_address_stands_where_machines_read_it(printed: Mapping[str, bytes]) -> None:
    for name in ("us-10", "us-a7", "us-6x9"):
        kind, inch = ENVELOPES[name], 25.4
        read = Area("read", inch / 2, kind.height - 2.75 * inch, kind.width - inch, 2.125 * inch)
        address = [place for text, place in texts(printed[name], 1) if text in AMERICAN.whole]
        assert len(address) == len(AMERICAN.whole)
        assert all(read.holds(place) for place in address)


def test_something_in_a_clear_zone_is_named_with_the_zone() -> None:
    kind = ENVELOPES["us-10"]
    logo = Area("logo", 190, 80, 30, 20)
    assert in_clear_zone(kind, [logo, replace(logo, name="ornament", x=20.0)]) == (("logo", "barcode"),)


@given(st.sampled_from(sorted(ENVELOPES)), st.floats(0, 300), st.floats(0, 300))
def test_a_thing_is_in_a_clear_zone_where_a_point_of_it_is(name: str, x: float, y: float) -> None:
    kind = ENVELOPES[name]
    thing = Area("dot", x, y, 1, 1)
    corners = [(x + across, y + down) for across in (0.001, 0.999) for down in (0.001, 0.999)]
    within = any(
        zone.x < left < zone.x + zone.width and zone.y < top < zone.y + zone.height
        for zone in kind.empty
        for left, top in corners
    )
    assert within <= bool(in_clear_zone(kind, [thing]))


@pytest.mark.parametrize("name", sorted(ENVELOPES))
def test_no_kind_writes_into_a_zone_of_the_post(name: str) -> None:
    kind = ENVELOPES[name]
    assert in_clear_zone(kind, (kind.address, kind.sender)) == ()


def moved(kind: EnvelopeKind, down: float) -> EnvelopeKind:
    return replace(kind, address=replace(kind.address, y=kind.address.y + down))


@pytest.mark.parametrize(
    ("down", "why"),
    [
        (10, "the address reaches into the zone 'code', which is the post's"),
        (-20, "the address reaches into the zone 'stamp', which is the post's"),
        (40, "the address reaches over the edge of the paper"),
    ],
)
def test_a_kind_that_writes_into_a_zone_is_refused(down: float, why: str, printing: Printing) -> None:
    with pytest.raises(CardsRefused) as refused:
        envelopes(PEOPLE, SHOP, moved(ENVELOPES["din-c6"], down), printing)
    assert why in [one.why for one in refused.value.refused]


def test_an_address_that_does_not_fit_is_refused_with_its_record(printing: Printing) -> None:
    tall = replace(GERMAN, record=9, customer_id="C-9", lines=tuple(f"Line {number}" for number in range(30)))
    with pytest.raises(CardsRefused) as refused:
        envelopes([GERMAN, tall], SHOP, ENVELOPES["din-c6"], printing)
    assert [(one.record, one.customer_id, one.slot) for one in refused.value.refused] == [(9, "C-9", "address")]


def test_a_chinese_envelope_without_a_name_is_refused(printing: Printing) -> None:
    with pytest.raises(CardsRefused) as refused:
        envelopes([replace(CHINESE, name="")], SHOP_IN_SHANGHAI, ENVELOPES["cn-dl"], printing)
    assert [(one.record, one.slot) for one in refused.value.refused] == [(3, "name")]


def test_a_chinese_envelope_abroad_keeps_the_address_together(printing: Printing) -> None:
    made = envelopes([GERMAN], SHOP, ENVELOPES["cn-dl"], printing)
    assert words(made)[:3] == ["Lantern & Loom", "Große Bergstraße 41", "22767 Hamburg"]
    assert words(made)[3:] == list(GERMAN.whole)


def test_what_all_envelopes_share_is_in_the_file_once(printing: Printing) -> None:
    many = [replace(GERMAN, record=number) for number in range(1, 41)]
    with pikepdf.open(BytesIO(envelopes(many, SHOP, ENVELOPES["din-c6"], printing))) as file:
        grounds = {page.obj.Resources.XObject.Ground.objgen for page in file.pages}
        assert len(file.pages) == 40
        assert len(grounds) == 1
        forms = [
            entry for entry in file.objects if isinstance(entry, pikepdf.Stream) and entry.get("/Subtype") == "/Form"
        ]
        assert len(forms) == 1


def test_everything_on_an_envelope_is_black_ink_only(printed: Mapping[str, bytes]) -> None:
    with pikepdf.open(BytesIO(printed["cn-dl"])) as file:
        page = file.pages[0].obj
        drawn = page.Contents.read_bytes() + page.Resources.XObject.Ground.read_bytes()
    inks = {ink.strip() for ink in re.findall(rb"[\d. ]+ (?:scn|SCN|sc|SC|k|K|g|G|rg|RG)\b", drawn)}
    assert inks in ({b"0 0 0 1 scn", b"0 0 0 1 K"}, {b"0 0 0 1 scn", b"0 0 0 1 SCN", b"0 0 0 1 K"})
    assert b"/DeviceCMYK cs" in drawn


def test_equal_envelopes_make_equal_bytes(printing: Printing) -> None:
    made = [envelopes(PEOPLE, SHOP_IN_SHANGHAI, ENVELOPES["cn-b6"], printing) for _ in range(2)]
    assert made[0] == made[1]
