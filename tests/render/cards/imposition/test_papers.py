"""Sheets by the names that people use."""

from __future__ import annotations

import pytest

from sitegen.errors import Exit
from sitegen.model.print_house import Sheet
from sitegen.render.cards.imposition.papers import PAPERS, UnknownSheet, named_sheet


@pytest.mark.parametrize("name", PAPERS)
def test_a_sheet_is_found_by_its_name_in_any_case_and_stands_upright(name: str) -> None:
    sheet = named_sheet(f" {name.swapcase()} ")

    assert (sheet.name, sheet.width, sheet.height) == (name, *PAPERS[name])
    assert sheet.width < sheet.height


@pytest.mark.parametrize("text", ["450x320", "450 x 320", "450×320mm", "450.0 X 320 MM"])
def test_a_free_size_is_millimetres_with_the_width_first(text: str) -> None:
    sheet = named_sheet(text)

    assert (sheet.width, sheet.height) == (450.0, 320.0)


def test_a_free_size_may_be_inches() -> None:
    assert named_sheet("12.5x19in") == Sheet("12.5x19in", 317.5, 482.6)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("SRA33", "unknown sheet 'SRA33'", "did you mean 'SRA3'?"),
        ("tabloit", "unknown sheet 'tabloit'", "did you mean 'tabloid'?"),
        (
            "napkin",
            "unknown sheet 'napkin'",
            f"known are {', '.join(PAPERS)}, or write a size in millimetres: 450x320",
        ),
        (
            "14x20",
            "sheet '14x20' would be 14 x 20 mm",
            "each side is 100 to 2000 mm; write 14x20in if these are inches",
        ),
        ("90000x320", "sheet '90000x320' would be 90000 x 320 mm", "each side is 100 to 2000 mm; 450x320 is a size"),
    ],
)
def test_an_unknown_sheet_is_answered_with_what_to_write(text: str, message: str, hint: str) -> None:
    with pytest.raises(UnknownSheet) as caught:
        named_sheet(text)

    assert (caught.value.message, caught.value.hint) == (message, hint)
    assert str(caught.value) == f"{message}\nhint: {hint}"
    assert caught.value.exit_code is Exit.USAGE
