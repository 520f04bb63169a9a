"""Slips of gift boxes: one A6 page each, in black ink alone, with every word as it was written."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from sitegen.model.card import CardDesign
from sitegen.model.gift import Slip
from sitegen.render.cards.refusal import CardsRefused
from sitegen.render.cards.slips import SIZES, slip_file, unfit
from sitegen.render.mail.greeting import own_words

A6 = [0, 0, 297.638, 419.528]
HOSTILE = '<script>alert("1")</script> & {{ 7 * 7 }} {% raw %} &lt;b&gt; <img src="file:///etc/passwd"> \u202eevil\x07'
LATIN = Slip(
    record=3,
    customer_id="C-1",
    gift_id="G-002",
    order_id="O-08743",
    send_on="2026-09-25",
    wrapping="lantern box, red ribbon",
    name="Charlotte Weidenfeld",
    lines=("Am Mühlenteich 5", "22303 Hamburg"),
    giver="Mei",
    words=own_words("Dear Lotte,\n\nsit down at last.\nYour Mei"),
    language="en",
)
CHINESE = replace(
    LATIN,
    record=4,
    gift_id="G-003",
    order_id="",
    wrapping="",
    name="林若兰",
    lines=("215004", "江苏苏州市桂花街18号302室"),
    giver="美",
    words=own_words("妈妈，中秋我回不来。"),
    language="zh",
)
STRANGE = replace(LATIN, record=5, gift_id="G-{{ 1 }}", name=HOSTILE, giver=HOSTILE, words=own_words(HOSTILE))


@pytest.fixture(scope="module")
def crane(designs: dict[str, CardDesign]) -> CardDesign:
    return designs["gift-crane"]


@pytest.fixture(scope="module")
def pdf(crane: CardDesign, instant: datetime) -> bytes:
    return slip_file((LATIN, CHINESE, STRANGE), crane, "en", ("Gifts", instant))


def words_of(pdf: bytes) -> list[str]:
    """What is written on each page, without white space."""
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def close(*texts: str) -> list[str]:
    return ["".join(text.split()) for text in texts]


def test_each_gift_has_a_page_of_a6_without_links(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as file:
        for page in file.pages:
            for box in (page.mediabox, page.trimbox, page.bleedbox):
                assert [float(edge) for edge in box] == pytest.approx(A6, abs=0.01)
            assert "/Annots" not in page.obj
        assert len(file.pages) == 3
        assert file.docinfo["/Title"] == "Gifts"


def test_a_slip_says_what_the_packing_table_needs(pdf: bytes) -> None:
    latin, chinese, _ = words_of(pdf)
    said = (
        "Gift G-002",
        "Order O-08743",
        "Leaves on 2026-09-25",
        "Card 3",
        "Wrapping lantern box, red ribbon",
        "To Charlotte Weidenfeld Am Mühlenteich 5 22303 Hamburg",
        "From Mei",
        "The card says Dear Lotte, sit down at last. Your Mei",
    )
    for word in close(*said):
        assert word in latin
    for word in close("林若兰 215004 江苏苏州市桂花街18号302室", "妈妈，中秋我回不来。", "From 美"):
        assert word in chinese
    assert "Order" not in chinese
    assert "Wrapping" not in chinese
    assert "C-1" not in latin


def test_hostile_words_are_printed_as_they_stand(pdf: bytes) -> None:
    (shown,) = close(
        '<script>alert("1")</script> & {{ 7 * 7 }} {% raw %} &lt;b&gt; <img src="file:///etc/passwd"> evil'
    )
    page = words_of(pdf)[2]
    assert page.count(shown) == 3
    assert "G-{{1}}" in page


def test_whoever_packs_reads_their_own_language(crane: CardDesign, instant: datetime) -> None:
    (page,) = words_of(slip_file((LATIN,), crane, "zh", ("Gifts", instant)))
    assert [word for word in ("礼品", "订单", "包装", "卡上的话", "收礼人", "送礼人") if word not in page] == []


def test_equal_slips_make_equal_bytes(pdf: bytes, crane: CardDesign, instant: datetime) -> None:
    assert slip_file((LATIN, CHINESE, STRANGE), crane, "en", ("Gifts", instant)) == pdf


def test_only_black_ink_is_used(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "slips.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", "-r72", "-o", "%d.tif", "slips.pdf"]
    subprocess.run(command, cwd=tmp_path, check=True)
    for page in (1, 2, 3):
        for ink in ("Cyan", "Magenta", "Yellow"):
            with Image.open(tmp_path / f"{page}({ink}).tif") as plate:
                assert plate.getextrema() == (255, 255)
        with Image.open(tmp_path / f"{page}(Black).tif") as plate:
            assert plate.getextrema() == (0, 255)


def test_the_files_are_sound_and_all_fonts_the_designs_own(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "slips.pdf").write_bytes(pdf)
    subprocess.run(["qpdf", "--check", "slips.pdf"], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    listed = subprocess.run(["pdffonts", "slips.pdf"], cwd=tmp_path, check=True, stdout=subprocess.PIPE, text=True)
    lines = listed.stdout.splitlines()[2:]
    assert {line.split()[0].partition("+")[2] for line in lines} == {"EB-Garamond", "Hearth-Kai"}
    assert all(line.split()[4:6] == ["yes", "yes"] for line in lines)


def test_long_words_are_set_smaller_and_refused_where_no_page_holds_them(crane: CardDesign, instant: datetime) -> None:
    long = replace(LATIN, words=own_words("a word and another word " * 100))
    made = words_of(slip_file((LATIN, long), crane, "en", ("Gifts", instant)))
    assert [page.count("andanotherword") for page in made] == [0, 100]
    endless = replace(LATIN, record=7, words=own_words("a word and another word " * 400))
    with pytest.raises(
        CardsRefused, match=f"'G-002': it does not fit on one page, not even at {SIZES[-1]:g} pt"
    ) as caught:
        slip_file((LATIN, endless), crane, "en", ("Gifts", instant))
    assert [one.record for one in caught.value.refused] == [7]


def test_a_character_that_no_font_has_is_refused(crane: CardDesign, instant: datetime) -> None:
    with pytest.raises(CardsRefused, match=r"no font of the design has '🎁' \(U\+1F381 wrapped present\)"):
        slip_file((replace(LATIN, wrapping="🎁"),), crane, "en", ("Gifts", instant))


def test_all_slips_that_can_not_be_printed_are_found_at_once(crane: CardDesign) -> None:
    strange = replace(LATIN, record=1, wrapping="🎁")
    endless = replace(LATIN, record=7, words=own_words("a word and another word " * 400))
    found = unfit((strange, LATIN, endless, CHINESE), crane, "en")
    assert [(one.record, one.customer_id, one.slot) for one in found] == [
        (1, "C-1", "slip of gift 'G-002'"),
        (7, "C-1", "slip of gift 'G-002'"),
    ]
    assert unfit((LATIN, CHINESE), crane, "en") == ()
