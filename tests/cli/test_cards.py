"""The verb `cards`: one campaign's cards, from the first proof to what stands in the ledger as printed."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
ON = ("--on", "2026-09-08")
CAMPAIGN = "campaigns/autumn-card.md"
HOUSE = (
    "title: Two at a time\nrecords: 2\n"
    "intent: {identifier: FOGRA39, registry: http://www.color.org, profile: fogra39}\n"
)
PROOF = {"proof.pdf", "contact-sheet.png", "share-wide.png", "share-square.png"}
OTHERS = (
    "2025/spring-card/job.json",
    "2025/spring-card/cards-001.pdf",
    "2025/spring-card/sheets/cards-001.pdf",
    "2025/only-a-proof/proof-moon-rabbit.pdf",
    "autumn-card/late/job.json",
    "autumn-card/late/cards-001.pdf",
)
"""Cards of other campaigns; the last one's folder lies in that of the campaign in work."""


@pytest.fixture
def three(shop: Path) -> Path:
    """A shop whose campaign writes to all three customers, two cards to a print file."""
    change(shop, CAMPAIGN, "audience: gold", "audience: everyone")
    (shop / "content" / "print").mkdir()
    (shop / "content" / "print" / "small.yaml").write_text(HOUSE)
    with (shop / "content" / "site.yaml").open("a") as file:
        file.write("print_house: small\n")
    for name in OTHERS:
        file_of_another = shop / "output" / "cards" / name
        file_of_another.parent.mkdir(parents=True, exist_ok=True)
        file_of_another.write_text(f"as it was: {name}")
    return shop


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for a shop whose cards are printed once for all tests."""
    return tmp_path_factory.mktemp("standing") / "shop"


@pytest.fixture
def printed(three: Path, standing: Path, inside: Sitegen) -> Path:
    """The shop with its print files, and with sheets."""
    if not standing.exists():
        done = inside("cards", "autumn-card", *ON, "--sheet", "a3", at=three)
        assert (done.returncode, done.stdout.splitlines()[:-1]) == (
            0,
            [
                "3 cards: output/cards/autumn-card/",
                "look at the proof before the print house does; then: sitegen cards --printed autumn-card",
            ],
        ), done.stderr
        shutil.copytree(three, standing)
    shutil.copytree(standing, three, dirs_exist_ok=True)
    return three


def change(shop: Path, name: str, old: str, new: str) -> None:
    path = shop / "content" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def home(shop: Path) -> Path:
    return shop / "output" / "cards" / "autumn-card"


def files(shop: Path) -> dict[str, bytes]:
    """All files of the output but the record of the build, by path below output/cards."""
    top = shop / "output" / "cards"
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def own(shop: Path) -> set[str]:
    return {name.removeprefix("autumn-card/") for name in files(shop) if name.startswith("autumn-card/")} - {
        "late/job.json",
        "late/cards-001.pdf",
    }


def rows(shop: Path, name: str = "manifest.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((home(shop) / name).read_text(encoding="utf-8"))))


def texts(path: Path) -> list[str]:
    """What each page says, without white space: engines part lines at different places."""
    with closing(pypdfium2.PdfDocument(path.read_bytes())) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def streams(path: Path) -> list[bytes]:
    """The content of each page."""
    with pikepdf.open(path) as document:
        return [
            b"".join(part.read_bytes() for part in contents)
            if isinstance(contents := page.obj.Contents, pikepdf.Array)
            else contents.read_bytes()
            for page in document.pages
        ]


def planned(shop: Path, inside: Sitegen, day: str, campaign: str) -> dict[str, str]:
    """Who is planned to get the campaign's card, and in which design."""
    done = inside("plan", "--on", day, "--campaign", campaign, "--json", at=shop)
    assert done.returncode == 0, done.stderr
    return {row["customer_id"]: row["design"] for row in json.loads(done.stdout)["planned"]}


def test_one_campaign_is_printed_with_all_that_goes_with_it(printed: Path) -> None:
    prints = {"cards-001.pdf", "cards-002.pdf", "sheets/cards-001.pdf", "sheets/cards-002.pdf"}
    assert own(printed) == prints | PROOF | {"manifest.csv", "job.json", "deliveries.jsonl"}
    assert [len(texts(home(printed) / name)) for name in ("cards-001.pdf", "cards-002.pdf")] == [4, 2]
    assert [(row["record"], row["customer_id"], row["file"], row["page"], row["status"]) for row in rows(printed)] == [
        ("1", "C-1", "cards-001.pdf", "1", "made"),
        ("2", "C-2", "cards-001.pdf", "3", "made"),
        ("3", "C-3", "cards-002.pdf", "1", "made"),
    ]
    for row in rows(printed):
        assert row["name"].replace(" ", "") in texts(home(printed) / row["file"])[int(row["page"])]


def test_the_manifest_says_where_on_the_sheets_a_card_lies(printed: Path) -> None:
    places = [(row["file"], row["sheet"], row["position"]) for row in rows(printed)]
    assert places == [
        ("cards-001.pdf", "1", "row 1, column 1"),
        ("cards-001.pdf", "1", "row 1, column 2"),
        ("cards-002.pdf", "1", "row 1, column 1"),
    ]
    with pikepdf.open(home(printed) / "sheets" / "cards-001.pdf") as sheets:
        sizes = {tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in sheets.pages}
        assert (len(sheets.pages), {frozenset(size) for size in sizes}) == (2, {frozenset({297, 420})})


def test_other_campaigns_cards_stay_as_they_are(printed: Path) -> None:
    kept = files(printed)
    assert {name: kept.get(name) for name in OTHERS} == {name: f"as it was: {name}".encode() for name in OTHERS}
    assert not list((printed / "output").glob("site*")), "nothing but cards is made"


def test_what_is_private_is_for_its_owner_alone(printed: Path) -> None:
    assert (printed / "output" / "cards").stat().st_mode & 0o077 == 0
    assert all((home(printed) / name).stat().st_mode & 0o077 == 0 for name in own(printed))


def test_the_proof_alone_is_made_beside_what_stands(printed: Path, inside: Sitegen) -> None:
    before = files(printed)
    for name in PROOF:
        (home(printed) / name).unlink()
    change(printed, CAMPAIGN, "long and golden", "long and ripe")
    done = inside("cards", "autumn-card", *ON, "--proof", at=printed)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "the proof of 3 cards: output/cards/autumn-card/")
    after = files(printed)
    changed = {name for name in before if before[name] != after.get(name)}
    assert after.keys() == before.keys()
    assert changed == {f"autumn-card/{name}" for name in ("proof.pdf", "contact-sheet.png")} | {
        f"autumn-card/{name}" for name in PROOF if before[f"autumn-card/{name}"] != after[f"autumn-card/{name}"]
    }
    assert "longandripe" in "".join(texts(home(printed) / "proof.pdf"))

    # What is read again in print is not the new words' proof, though the print files are still those of the old ones.
    change(printed, CAMPAIGN, "long and ripe", "long and golden")
    assert inside("cards", "autumn-card", *ON, "--sheet", "A3", "--quiet", at=printed).returncode == 0
    assert files(printed) == before


def test_on_a_day_without_cards_nothing_is_lost(printed: Path, inside: Sitegen) -> None:
    before = files(printed)
    done = inside("cards", "autumn-card", "--on", "2026-07-01", at=printed)
    assert done.returncode == 0
    assert done.stdout.startswith(
        "no card of 'autumn-card' leaves on these days; `sitegen plan --campaign autumn-card` says when\n"
    )
    assert files(printed) == before


def test_spoiled_cards_are_printed_again_as_they_were(printed: Path, inside: Sitegen) -> None:
    before = files(printed)
    done = inside("cards", "autumn-card", "--from", "2", "--to", "3", at=printed)
    again = "reprint-moon-rabbit-2-3.pdf"
    assert (done.returncode, done.stdout) == (0, f"2 cards again: output/cards/autumn-card/{again}\n"), done.stderr
    whole = streams(home(printed) / "cards-001.pdf") + streams(home(printed) / "cards-002.pdf")
    assert streams(home(printed) / again) == whole[2:]
    assert texts(home(printed) / again)[1] != texts(home(printed) / again)[3]
    checked = subprocess.run(["qpdf", "--check", home(printed) / again], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr

    assert [row["status"] for row in rows(printed)] == ["made", "reprinted", "reprinted"]
    kept = files(printed)
    assert {name for name in kept if kept[name] != before.get(name)} == {
        f"autumn-card/{again}",
        "autumn-card/manifest.csv",
    }
    assert inside("cards", "autumn-card", "--from", "1", at=printed).returncode == 0
    assert streams(home(printed) / "reprint-moon-rabbit-1-1.pdf") == whole[:2]
    assert [row["status"] for row in rows(printed)] == ["reprinted"] * 3


def test_cards_that_never_were_are_not_printed_again(printed: Path, inside: Sitegen) -> None:
    done = inside("cards", "autumn-card", "--from", "4", at=printed)
    assert (done.returncode, done.stderr) == (
        1,
        "'autumn-card' has no card from 4 to 4\nhint: its records end at 3\n",
    )


@pytest.mark.parametrize("option", ["--printed", "--from=1"])
def test_a_print_file_that_somebody_changed_is_not_worked_on(printed: Path, inside: Sitegen, option: str) -> None:
    with (home(printed) / "cards-002.pdf").open("ab") as file:
        file.write(b"%\n")
    before = files(printed)
    done = inside("cards", "autumn-card", option, at=printed)
    assert (done.returncode, done.stderr) == (
        1,
        "the print file 'cards-002.pdf' of 'autumn-card' is not as it was made\n"
        "hint: make the cards again: sitegen cards autumn-card\n",
    )
    assert files(printed) == before
    assert not (printed / ".sitegen" / "ledger.sqlite").exists()


@pytest.mark.parametrize("option", ["--printed", "--to=1"])
def test_where_there_are_no_print_files_it_says_how_to_make_them(three: Path, inside: Sitegen, option: str) -> None:
    done = inside("cards", "autumn-card", option, at=three)
    assert (done.returncode, done.stderr) == (
        1,
        "'autumn-card' has no print files in output/cards\nhint: make them first: sitegen cards autumn-card\n",
    )


def test_what_is_printed_stands_in_the_ledger_and_nobody_gets_it_twice(printed: Path, inside: Sitegen) -> None:
    late = (printed / "content" / CAMPAIGN).read_text().replace("on: 2026-09-22", "on: 2026-12-22")
    chosen = late.replace("card: moon-rabbit", "card: [moon-rabbit, winter-window]")
    (printed / "content" / "campaigns" / "winter-card.md").write_text(chosen)
    in_winter = ("2026-12-08", "winter-card")
    assert planned(printed, inside, *in_winter) == dict.fromkeys(("C-1", "C-2", "C-3"), "moon-rabbit")

    done = inside("cards", "autumn-card", "--printed", at=printed)
    assert (done.returncode, done.stdout) == (
        0,
        "3 cards of 'autumn-card' are written into the ledger as printed\n",
    ), done.stderr
    again = inside("cards", "autumn-card", "--printed", at=printed)
    assert (again.returncode, again.stdout) == (
        0,
        "0 cards of 'autumn-card' are written into the ledger as printed\n3 stood there already\n",
    )

    assert planned(printed, inside, "2026-09-08", "autumn-card") == {}
    assert planned(printed, inside, *in_winter) == dict.fromkeys(("C-1", "C-2", "C-3"), "winter-window")
    before = files(printed)
    built = inside("build", *ON, "--only", "cards", "--quiet", at=printed)
    assert built.returncode == 0, built.stderr
    stay = {name for name in before if name.startswith("autumn-card/") and "late" not in name}
    assert files(printed) == {name: before[name] for name in stay}
    assert inside("cards", "autumn-card", "--from", "3", at=printed).returncode == 0


def with_unfit(shop: Path) -> None:
    """One name has a picture that no font has, one address lacks what its country asks for."""
    change(shop, "customers/customers.csv", "Ben,Lind", "Ben,Lind 🧵")
    change(shop, "customers/customers.csv", "Cleo,Marsh", "Cleo 🪡,Marsh")


def test_cards_that_may_not_be_printed_stop_all_of_them(printed: Path, inside: Sitegen) -> None:
    with_unfit(printed)
    before = files(printed)
    done = inside("cards", "autumn-card", *ON, "--quiet", at=printed)
    assert (done.returncode, done.stdout) == (7, "")
    told = [line for line in done.stderr.splitlines() if line.startswith("content/campaigns/autumn-card.md: card ")]
    assert ["customer 'C-2'" in told[0], "customer 'C-3'" in told[-1]] == [True, True], done.stderr
    assert done.stderr.endswith("mistakes; nothing was written\n")
    assert files(printed) == before
    report = printed / ".sitegen" / "refused.csv"
    assert report.stat().st_mode & 0o077 == 0
    listed = list(csv.DictReader(io.StringIO(report.read_text(encoding="utf-8"))))
    assert {(row["record"], row["customer_id"]) for row in listed} == {("2", "C-2"), ("3", "C-3")}
    assert all(row["why"] and row["what_to_do"] for row in listed)

    some = inside("cards", "autumn-card", *ON, "--skip-refused", at=printed)
    assert some.returncode == 0, some.stderr
    note = "note: 2 of the cards of 'autumn-card' may not be printed: output/cards/autumn-card/refused.csv says why"
    assert note in some.stdout.splitlines()
    assert rows(printed, "refused.csv") == listed
    assert [(row["customer_id"], row["status"], row["file"]) for row in rows(printed)] == [
        ("C-1", "made", "cards-001.pdf"),
        ("C-2", "refused", ""),
        ("C-3", "refused", ""),
    ]
    assert len(texts(home(printed) / "cards-001.pdf")) == 2
    assert "cards-002.pdf" not in own(printed)
    assert json.loads((home(printed) / "job.json").read_text())["totals"]["refused"] == 2

    # A file that lacks cards is not taken for a whole one.
    assert inside("cards", "autumn-card", *ON, "--quiet", at=printed).returncode == 7


@pytest.mark.slow
def test_the_reference_engine_writes_the_same_on_each_card(printed: Path, inside: Sitegen) -> None:
    quick = {name: texts(home(printed) / name) for name in ("cards-001.pdf", "cards-002.pdf")}
    digests = {name: sha256((home(printed) / name).read_bytes()).hexdigest() for name in quick}
    done = inside("cards", "autumn-card", *ON, "--engine", "reference", "--quiet", at=printed)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name: texts(home(printed) / name) for name in quick} == quick
    assert {name for name in quick if sha256((home(printed) / name).read_bytes()).hexdigest() == digests[name]} == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["autumn-crad"], "there is no campaign 'autumn-crad'; did you mean 'autumn-card'?"),
        (["autumn-mail"], "campaign 'autumn-mail' goes out on no cards: its channels are mail"),
        (["autumn-card", "--sheet", "A33"], "unknown sheet 'A33'\nhint: did you mean 'A3'?"),
        (["autumn-card", "--engine", "fastest"], "'fastest' is not one of 'fast', 'reference'"),
        (["autumn-card", "--from", "0"], "0 is not in the range x>=1"),
        (["autumn-card", "--from", "3", "--to", "2"], "--from 3 comes after --to 2"),
        (["autumn-card", "--printed", "--proof"], "'--proof' is for making them"),
        (["autumn-card", "--printed", *ON], "--printed works on the print files that stand in output/cards: '--on' is"),
        (["autumn-card", "--from", "1", "--sheet", "A3"], "--from works on the print files that stand in output/cards"),
        (["autumn-card", "--to", "1", "--engine", "reference"], "'--engine' is for making them"),
        (["autumn-card", "--printed", "--to", "2"], "--printed goes without '--to': these are two steps"),
        (["autumn-card", "--proof", "--sheet", "A3"], "--proof makes the proof set and nothing else: leave '--sheet'"),
        (["autumn-card", "--proof", "--skip-refused"], "leave '--skip-refused' out"),
    ],
)
def test_what_can_not_be_asked_is_a_usage_error(three: Path, inside: Sitegen, arguments: list[str], said: str) -> None:
    before = files(three)
    done = inside("cards", *arguments, at=three)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert files(three) == before


def test_help_has_one_example(inside: Sitegen, tmp_path: Path) -> None:
    done = inside("cards", "--help", at=tmp_path)
    assert done.stdout.count("Example: sitegen cards ") == 1
