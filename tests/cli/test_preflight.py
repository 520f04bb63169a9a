"""`sitegen preflight`: any PDF, with or without a shop."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from sitegen.cli.main import run
from sitegen.errors import Exit
from tests.render.cards.preflight.paper import changed, handwritten, paper

LINK = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[60, 60, 90, 70])


@pytest.fixture(scope="module")
def good() -> bytes:
    return paper()


@pytest.fixture
def folder(tmp_path: Path, good: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    (tmp_path / "good.pdf").write_bytes(good)
    (tmp_path / "linked.pdf").write_bytes(changed(good, {"/Annots": Array([LINK])}))
    return tmp_path


def test_a_good_file_passes_outside_a_shop(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preflight", "good.pdf", "--house", "eu"]) == Exit.DONE
    said = capsys.readouterr().out
    assert said.startswith("good.pdf: no errors, no warnings.\n")
    assert "no PDF/X validator" in said


def test_a_fault_is_told_with_page_place_rule_and_advice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preflight", "linked.pdf"]) == Exit.CARD
    said = capsys.readouterr().out
    row = next(line for line in said.splitlines() if "link" in line and "error" in line)
    assert row.split()[:7] == ["1", "error", "link", "21.2", "21.2", "31.8", "24.7"]
    assert "take it out of the text" in said
    assert "linked.pdf: 1 error, no warnings." in said


def test_the_same_fault_on_many_pages_is_one_row(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pikepdf.open(BytesIO(handwritten(b"1 0 0 rg 60 60 40 40 re f"))) as target:
        for _ in range(9):
            target.pages.append(target.pages[0])
        target.save(folder / "many.pdf", force_version="1.6")
    assert run(["preflight", "many.pdf"]) == Exit.CARD
    said = capsys.readouterr().out
    assert sum("rgb" in line for line in said.splitlines()) == 1
    assert "1, 2, 3, 4, 5, 6 … (10 pages)" in said


def test_a_warning_alone_is_no_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "thin.pdf").write_bytes(handwritten(b"0 0 0 1 K .1 w 60 60 m 90 60 l S"))
    assert run(["preflight", "thin.pdf", "--house", "eu"]) == Exit.DONE
    assert "thin.pdf: no errors, 1 warning." in capsys.readouterr().out


def test_json_is_one_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preflight", "linked.pdf", "--house", "us", "--json"]) == Exit.CARD
    said = json.loads(capsys.readouterr().out)
    assert (said["file"], said["house"], said["warnings"]) == ("linked.pdf", "us", 0)
    assert said["errors"] == len(said["findings"])
    link = next(one for one in said["findings"] if one["rule"] == "link")
    assert link == {
        "rule": "link",
        "severity": "error",
        "page": 1,
        "box": [60.0, 60.0, 90.0, 70.0],
        "object": "page",
        "message": "a link lies on the page: paper can't be clicked, and PDF/X-4 forbids it",
        "hint": "take it out of the text",
    }


def test_what_is_no_pdf_is_said_to_be_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "letter.pdf").write_bytes(b"Dear friend,")
    assert run(["preflight", "letter.pdf"]) == Exit.CARD
    said = capsys.readouterr().out
    assert "the file can't be read as a PDF" in said
    assert "BytesIO" not in said


def test_an_unknown_house_and_a_missing_file_are_wrong_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preflight", "good.pdf", "--house", "uss"]) == Exit.USAGE
    assert "there is no print house 'uss'; did you mean 'us'?" in capsys.readouterr().err
    assert run(["preflight", "nothing.pdf"]) == Exit.USAGE


def test_inside_a_shop_its_own_print_houses_are_known(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "content/print").mkdir(parents=True)
    (folder / "content/site.yaml").write_text("name: The Small Loom\n")
    own = folder / "content/print/corner.yaml"
    own.write_text("bleed: 2\nintent: {identifier: FOGRA39, profile: fogra39}\n")
    assert run(["preflight", "good.pdf", "--house", "corner"]) == Exit.CARD
    assert "not 2 mm as 'corner' asks" in " ".join(capsys.readouterr().out.split())
    own.write_text("bleeding: 2\nintent: {identifier: FOGRA39, profile: fogra39}\n")
    assert run(["preflight", "good.pdf", "--house", "corner"]) == Exit.MISTAKE
    assert "content/print/corner.yaml:1:1: unknown key 'bleeding'" in capsys.readouterr().err
