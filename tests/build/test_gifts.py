"""Gifts on their whole way: cards for third persons, slips for the packing table, and nothing of them anywhere else."""

from __future__ import annotations

import csv
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from tests.build.conftest import SMALL_SHOP, Shop, new_shop

ON = ["--on", "2026-09-08"]
CAMPAIGN = "campaigns/presents/gift.md"
FRONT = (
    "---\ntitle: A card for somebody else\nkind: gift\naudience: everyone\nchannels: [card]\nevery: gift\n"
    "card: gift-crane\n---\nChosen with care.\n"
)
GIFTS = (
    "gift_id,customer_id,order_id,asked_on,send_on,giver_name,words,language,wrapping,recipient_name,street,city,"
    "region,postcode,country\n"
    'G-1,C-1,O-1,2026-09-01,2026-09-22,Aunt Ada,"Dear Lotte,\n\n{{ 7 * 7 }} <b>kisses</b>!",en,red ribbon,'
    "Lotte Weidenfeld,Am Mühlenteich 5,Lübeck,,23552,DE\n"
    "G-2,C-1,,2026-09-01,2026-09-22,艾达,愿您安好。,zh,,林若兰,桂花街18号302室,苏州市,江苏省,215004,CN\n"
    "G-3,C-1,,2026-09-01,2026-09-22,Ada,,en,blue paper,Theo Marsh,7 Larch Lane,York,,YO1 7HH,GB\n"
    "G-4,C-2,,2026-09-01,2026-09-22,Ben,Nobody knows where.,en,,Ilse Nirgends,,Bremen,,28195,DE\n"
    "G-5,C-2,,2026-09-01,2026-12-22,Ben,For the winter.,en,,Vera Winter,Eisweg 1,Bremen,,28195,DE\n"
)
RECIPIENTS = ("Weidenfeld", "Mühlenteich", "林若兰", "桂花街", "Theo Marsh", "Larch Lane", "Nirgends", "Vera Winter")
WORDS = ("kisses", "愿您安好", "Nobody knows where", "For the winter")


@pytest.fixture(scope="module")
def giving(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """A shop of three customers, who give five presents, built whole."""
    shop = new_shop(tmp_path_factory.mktemp("giving") / "shop", SMALL_SHOP / "content")
    content = shop.root / "content"
    (content / "campaigns" / "autumn-card.md").unlink()
    (content / CAMPAIGN).parent.mkdir()
    (content / CAMPAIGN).write_text(FRONT)
    (content / "customers" / "gifts.csv").write_text(GIFTS)
    shop.build(*ON)
    return shop


def texts(path: Path) -> str:
    """Everything that a file says, a PDF's pages too."""
    content = path.read_bytes()
    raw = content.decode(errors="replace")
    if not content.startswith(b"%PDF"):
        return raw
    return raw + "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))


def saying(folder: Path, words: tuple[str, ...]) -> set[str]:
    """The files below a folder that say any of these words."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in files if any(word in texts(path) for word in words)}


def test_gifts_become_cards_and_slips_and_their_recipients_stand_nowhere_else(giving: Shop) -> None:
    home = giving.output / "cards" / "presents" / "gift" / "2026-09-08"
    card = "".join(texts(home / "cards-001.pdf").split())
    for word in ("LotteWeidenfeld", "{{7*7}}<b>kisses</b>!", "fromAuntAda", "林若兰", "愿您安好。", "艾达赠",
                 "TheoMarsh", "Chosenwithcare.", "fromAda"):  # fmt: skip
        assert word in card
    slips = "".join(texts(home / "slips.pdf").split())
    for word in ("GiftG-1", "OrderO-1", "Wrappingredribbon", "AmMühlenteich5", "桂花街18号302室", "YO17HH", "GiftG-3",
                 "{{7*7}}<b>kisses</b>!", "Chosenwithcare."):  # fmt: skip
        assert word in slips
    assert "G-4" not in slips
    keys = [json.loads(line)["address_key"] for line in (home / "deliveries.jsonl").read_text().splitlines()]
    assert keys == [sha256(f"presents/gift/gift/G-{number}".encode()).hexdigest() for number in (1, 2, 3)]
    with (home / "manifest.csv").open() as file:
        assert [(row["record"], row["customer_id"]) for row in csv.DictReader(file)] == [
            ("1", "C-1"),
            ("2", "C-1"),
            ("3", "C-1"),
        ]

    elsewhere = {
        path for path in saying(giving.output, RECIPIENTS + WORDS) if not path.startswith("cards/presents/gift/")
    }
    assert elsewhere == set()
    assert saying(giving.root / ".sitegen", RECIPIENTS + WORDS) == set()
    # The plan knows the gift by its number alone, and names the one that has no address.
    assert "presents/gift/gift/G-1" in (giving.output / "work" / "plan" / "planned.csv").read_text()
    assert (
        "presents/gift/gift/G-4,card,C-2,no-address" in (giving.output / "work" / "plan" / "excluded.csv").read_text()
    )


@pytest.mark.slow
def test_the_giver_takes_all_of_it_along(giving: Shop, tmp_path: Path) -> None:
    giving = Shop(Path(shutil.copytree(giving.root, tmp_path / "shop")))
    told = giving.run("export", "C-1")
    assert told.returncode == 0, told.stderr
    held = json.loads(told.stdout)["tables"]["gifts"]
    assert [row["recipient_name"] for row in held] == ["Lotte Weidenfeld", "林若兰", "Theo Marsh"]

    # As a build that was killed leaves it.
    hidden = giving.root / ".sitegen"
    (hidden / "print").mkdir()
    shutil.copy(
        giving.output / "cards" / "presents" / "gift" / "2026-09-08" / "cards-001.pdf", hidden / "print" / ("ab" * 32)
    )
    (hidden / "refused.csv").write_text("1,C-1,greeting,'Dear Lotte Weidenfeld' does not fit\n")

    gone = giving.run("erase", "C-1", "--yes")
    assert gone.returncode == 0, gone.stderr
    # The next day, and yesterday's print files were not even printed.
    giving.build("--on", "2026-09-09", "--only", "cards,work")
    left = ("Weidenfeld", "林若兰", "Theo Marsh", "kisses", "G-1", "G-2", "G-3")
    assert saying(giving.root, left) == set()
    assert not (giving.output / "cards" / "presents").exists()


@pytest.fixture(scope="module")
def tomorrow(giving: Shop, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The same shop on the next day, when two more gifts are due and one of them, whose slip can't be printed, is left
    out."""
    shop = Shop(Path(shutil.copytree(giving.root, tmp_path_factory.mktemp("tomorrow") / "shop")))
    file = shop.root / "content" / "customers" / "gifts.csv"
    strange = "G-6,C-1,,2026-09-01,2026-09-23,Ada,Take it.,en,🎁 paper,Tom Oak,1 Larch Lane,York,,YO1 7HH,GB\n"
    file.write_text(file.read_text().replace("2026-12-22", "2026-09-23") + strange)
    made = shop.run("cards", "presents/gift", "--on", "2026-09-09", "--skip-refused")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith(
        "1 card: output/cards/presents/gift/2026-09-09/\nlook at the proof before the print house does; "
        "then: sitegen cards --printed presents/gift --on 2026-09-09\n"
    )
    return shop


def test_a_gift_whose_slip_can_not_be_printed_is_left_out_like_any_other_card(giving: Shop, tomorrow: Shop) -> None:
    stopped = tomorrow.run("cards", "presents/gift", "--on", "2026-09-09", "--quiet")
    told = "card 2 (customer 'C-1'), slip of gift 'G-6': no font of the design has '🎁' (U+1F381 wrapped present)"
    assert (stopped.returncode, stopped.stderr.splitlines()[0]) == (7, f"content/{CAMPAIGN}: {told}")

    home = tomorrow.output / "cards" / "presents" / "gift" / "2026-09-09"
    with (home / "manifest.csv").open() as rows:
        assert [row["status"] for row in csv.DictReader(rows)] == ["made", "refused"]
    for name in ("cards-001.pdf", "slips.pdf"):
        said = texts(home / name)
        assert ("Vera" in said, "Tom" in said) == (True, False)
    assert tomorrow.tree("cards/presents/gift/2026-09-08") == giving.tree("cards/presents/gift/2026-09-08")


def test_print_files_of_each_day_are_noted_and_printed_again_by_their_day(tomorrow: Shop) -> None:
    verb = ("cards", "presents/gift")
    which = tomorrow.run(*verb, "--printed")
    assert which.returncode == 1
    assert which.stderr.splitlines() == [
        "'presents/gift' has print files of 2 days: 2026-09-08, 2026-09-09",
        "hint: say which: --on 2026-09-09",
    ]
    for day, number in (("2026-09-09", "1 card"), ("2026-09-08", "3 cards")):
        said = tomorrow.run(*verb, "--printed", "--on", day)
        noted = f"{number} of 'presents/gift' written into the ledger as printed\n"
        assert (said.returncode, said.stdout) == (0, noted), said.stderr
    again = tomorrow.run(*verb, "--from", "2", "--to", "3", "--on", "2026-09-08")
    assert (again.returncode, again.stdout) == (
        0,
        "2 cards again: output/cards/presents/gift/2026-09-08/reprint-gift-crane-2-3.pdf\n",
    )
    never = tomorrow.run(*verb, "--printed", "--on", "2026-09-10")
    assert never.returncode == 1
    assert never.stderr.splitlines() == [
        "'presents/gift' has no print files of 2026-09-10 in output/cards",
        "hint: make them first: sitegen cards presents/gift --on 2026-09-10",
    ]
