"""The proof shows real cards, says why, and opens nobody's door."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from sitegen.model.card import Axis, Card, CardDesign, Fold
from sitegen.render.cards import qr
from sitegen.render.cards.proof import ProofTitle, proof_pages, voided
from sitegen.render.cards.proof_picks import Pick
from tests.render.cards.conftest import CHINESE, CODE, INSTANT, LATIN, LINK
from tests.render.cards.pressing import pressed, print_file

PICKS = (Pick(LATIN, ("the longest name", "the longest greeting")), Pick(CHINESE, ("picked by chance",)))
ABOUT = ProofTitle("A quiet wish 安", INSTANT)


@pytest.fixture(scope="module")
def sample(design: CardDesign) -> bytes:
    """The print file of the voided cards."""
    return print_file(design, tuple(voided(pick.card) for pick in PICKS), "Sample", INSTANT).pdf


@pytest.fixture(scope="module")
def proof(design: CardDesign, sample: bytes) -> bytes:
    return proof_pages(sample, PICKS, pressed(design)[0], ABOUT)


def _text(pdf: bytes, page: int) -> str:
    return str(pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_range())


def test_a_voided_card_has_neither_code_nor_door_and_a_qr_code_of_the_same_size() -> None:
    void = voided(LATIN)
    assert void.code == "XXXX XXXX XXXX XXXX XXXX XXXX XXXX"
    assert void.link == "https://members.lanternandloom.example/?PROOFXXXXXXXXXXXXXXXXXXXXXXX"
    assert replace(void, code=CODE, link=LINK) == LATIN
    assert len(qr.modules(void.link)) == len(qr.modules(LINK))


@pytest.mark.parametrize("link", ["", "https://lanternandloom.example/"])
def test_a_link_that_is_nobodys_stays(link: str) -> None:
    assert voided(replace(LATIN, link=link)).link == link


def test_each_pick_has_one_page_that_says_which_card_it_is_and_why(proof: bytes) -> None:
    document = pypdfium2.PdfDocument(proof)
    assert len(document) == 2
    for page, why, record in ((0, "the longest name; the longest greeting.", 1), (1, "picked by chance.", 2)):
        words = _text(proof, page)
        assert "PROOF" in words.replace(" ", "")
        assert "not for print" in words
        assert f"Look at it for: {why}" in words
        assert f"A quiet wish 安 · Moon rabbit · card {record}" in words
        assert PICKS[page].card.name in words


def test_no_secret_is_in_the_proof(proof: bytes) -> None:
    image = pypdfium2.PdfDocument(proof)[0].render(scale=3).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [voided(LATIN).link]
    for page in (0, 1):
        assert CODE[:9] not in _text(proof, page)
    with pikepdf.open(BytesIO(proof)) as target:
        streams = [one.read_bytes() for one in target.objects if isinstance(one, pikepdf.Stream)]
    assert not any(LINK.partition("#")[2].encode() in stream for stream in streams)


def test_front_and_back_stand_side_by_side_at_their_real_size_with_their_bleed(
    proof: bytes, design: CardDesign
) -> None:
    with pikepdf.open(BytesIO(proof)) as target:
        page = target.pages[0]
        boxes = [[float(edge) for edge in form.BBox.as_list()] for name, form in page.resources.XObject.items()]
        width = float(page.mediabox[2]) / 72 * 25.4
    size = ((design.width + 6) / 25.4 * 72, (design.height + 6) / 25.4 * 72)
    assert (
        Counter(tuple(round(edge, 1) for edge in box[2:]) for box in boxes)[(round(size[0], 1), round(size[1], 1))] >= 2
    )
    assert width == pytest.approx(2 * 9 + 2 * 111 + 7, abs=0.01)


def test_the_frame_is_black_ink_in_embedded_fonts(proof: bytes, tmp_path: Path) -> None:
    (tmp_path / "proof.pdf").write_bytes(proof)
    told = subprocess.run(["pdffonts", tmp_path / "proof.pdf"], capture_output=True, check=True, text=True).stdout
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in told.splitlines()[2:])
    subprocess.run(["qpdf", "--check", tmp_path / "proof.pdf"], capture_output=True, check=True)
    with pikepdf.open(BytesIO(proof)) as target:
        content = target.pages[0].obj.Contents
        drawn = b"".join(part.read_bytes() for part in (content if isinstance(content, pikepdf.Array) else [content]))
    inks = re.findall(rb"(?m)^(.+) (?:k|scn|rg|g)$", drawn)
    assert set(inks) == {b"0 0 0 1"}


def test_a_title_that_the_fonts_lack_is_told_without_other_fonts(design: CardDesign, sample: bytes) -> None:
    odd = proof_pages(sample, PICKS, pressed(design)[0], ProofTitle("Ring the \U0001f514 <b>", INSTANT))
    assert "Ring the ? <b> · Moon rabbit" in _text(odd, 0)


def test_the_fold_is_shown(design: CardDesign, sample: bytes) -> None:
    folded = replace(pressed(design)[0], design=replace(design, fold=Fold(Axis.VERTICAL, 52.5)))
    with pikepdf.open(BytesIO(proof_pages(sample, PICKS, folded, ABOUT))) as target:
        assert len(target.pages) == 2
        drawn = target.pages[0].obj.Contents[0].read_bytes()
    # The fold of the front lies 52.5 mm from the trim, which begins after the margin and the bleed.
    assert f" {(9 + 3 + 52.5) / 25.4 * 72:.4f} ".encode() in drawn


def test_two_runs_make_the_same_proof(design: CardDesign, sample: bytes, proof: bytes) -> None:
    assert proof_pages(sample, PICKS, pressed(design)[0], ABOUT) == proof


def test_a_card_without_a_code_says_nothing_of_codes(design: CardDesign) -> None:
    card: Card = replace(LATIN, link="", code="")
    pdf = print_file(design, (card,), "Sample", INSTANT).pdf
    made = proof_pages(pdf, (Pick(card, ("picked by chance",)),), pressed(design)[0], ABOUT)
    assert "Code and link" not in _text(made, 0)
