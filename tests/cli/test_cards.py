"""The verb `cards`: one campaign's cards, from the first proof to what stands in the ledger as printed."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from sitegen.build.cards.print_job import Job
from sitegen.build.cards.print_shop import Made, Workshop
from sitegen.render.cards.plate import Plate

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
ON = ("--on", "2026-09-08")
THEMES = Path(__file__).parents[2] / "themes"
EVERYBODY = ("C-1", "C-2", "C-3", "C-4")
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
def four(shop: Path) -> Path:
    """A shop whose campaign writes to all four customers, two cards to a print file."""
    with (shop / "content" / "customers" / "customers.csv").open("a") as file:
        file.write("C-4,Dora,Nyberg,,,Kirchweg 2,Bremen,28195,DE,\n")
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
def printed(four: Path, standing: Path, inside: Sitegen) -> Path:
    """The shop with its print files, and with sheets."""
    if not standing.exists():
        done = inside("cards", "autumn-card", *ON, "--sheet", "a3", at=four)
        assert (done.returncode, done.stdout.splitlines()[:-1]) == (
            0,
            [
                "4 cards: output/cards/autumn-card/",
                "look at the proof before the print house does; then: sitegen cards --printed autumn-card",
            ],
        ), done.stderr
        shutil.copytree(four, standing)
    shutil.copytree(standing, four, dirs_exist_ok=True)
    return four


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


def planned(shop: Path, inside: Sitegen, days: str) -> dict[tuple[str, str], str]:
    """The designs of the cards that are planned, by campaign and customer."""
    done = inside("plan", "--on", days, "--json", at=shop)
    assert done.returncode == 0, done.stderr
    lines = [row for row in json.loads(done.stdout)["planned"] if row["channel"] == "card"]
    return {(row["campaign"], row["customer_id"]): row["design"] for row in lines}


def test_one_campaign_is_printed_with_all_that_goes_with_it(printed: Path) -> None:
    prints = {"cards-001.pdf", "cards-002.pdf", "sheets/cards-001.pdf", "sheets/cards-002.pdf"}
    assert own(printed) == prints | PROOF | {"manifest.csv", "job.json", "deliveries.jsonl"}
    assert [len(texts(home(printed) / name)) for name in ("cards-001.pdf", "cards-002.pdf")] == [4, 4]
    assert [(row["record"], row["customer_id"], row["file"], row["page"], row["status"]) for row in rows(printed)] == [
        ("1", "C-1", "cards-001.pdf", "1", "made"),
        ("2", "C-2", "cards-001.pdf", "3", "made"),
        ("3", "C-3", "cards-002.pdf", "1", "made"),
        ("4", "C-4", "cards-002.pdf", "3", "made"),
    ]
    for row in rows(printed):
        assert row["name"].replace(" ", "") in texts(home(printed) / row["file"])[int(row["page"])]


def test_the_manifest_says_where_on_the_sheets_a_card_lies(printed: Path) -> None:
    places = [(row["file"], row["sheet"], row["position"]) for row in rows(printed)]
    assert places == [
        ("cards-001.pdf", "1", "row 1, column 1"),
        ("cards-001.pdf", "1", "row 1, column 2"),
        ("cards-002.pdf", "1", "row 1, column 1"),
        ("cards-002.pdf", "1", "row 1, column 2"),
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
    change(printed, CAMPAIGN, "long and golden", "long and ripe")
    done = inside("cards", "autumn-card", *ON, "--proof", at=printed)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "the proof of 4 cards: output/cards/autumn-card/")
    after = files(printed)
    assert after.keys() == before.keys()
    changed = {name.removeprefix("autumn-card/") for name in before if before[name] != after[name]}
    assert {"proof.pdf", "contact-sheet.png"} <= changed <= PROOF
    assert "longandripe" in "".join(texts(home(printed) / "proof.pdf"))


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
    assert streams(home(printed) / again) == whole[2:6]
    assert texts(home(printed) / again)[1] != texts(home(printed) / again)[3]
    checked = subprocess.run(["qpdf", "--check", home(printed) / again], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr

    assert [row["status"] for row in rows(printed)] == ["made", "reprinted", "reprinted", "made"]
    kept = files(printed)
    assert {name for name in kept if kept[name] != before.get(name)} == {
        f"autumn-card/{again}",
        "autumn-card/manifest.csv",
    }
    assert inside("cards", "autumn-card", "--from", "1", at=printed).returncode == 0
    assert streams(home(printed) / "reprint-moon-rabbit-1-1.pdf") == whole[:2]
    assert [row["status"] for row in rows(printed)] == ["reprinted"] * 3 + ["made"]


def test_cards_that_never_were_are_not_printed_again(printed: Path, inside: Sitegen) -> None:
    done = inside("cards", "autumn-card", "--from", "5", at=printed)
    assert (done.returncode, done.stderr) == (
        1,
        "'autumn-card' has no card from 5 to 5\nhint: its records end at 4\n",
    )


@pytest.mark.parametrize("option", ["--printed", "--from=1"])
def test_a_print_file_that_somebody_changed_is_not_worked_on(printed: Path, inside: Sitegen, option: str) -> None:
    with (home(printed) / "cards-002.pdf").open("ab") as file:
        file.write(b"%\n")
    before = files(printed)
    done = inside("cards", "autumn-card", option, at=printed)
    assert (done.returncode, done.stderr.splitlines()) == (
        1,
        [
            "the print file 'cards-002.pdf' of 'autumn-card' is not as it was made",
            "hint: make the cards again: sitegen cards autumn-card",
        ],
    )
    assert files(printed) == before
    assert not (printed / ".sitegen" / "ledger.sqlite").exists()


@pytest.mark.parametrize("option", ["--printed", "--to=1"])
def test_where_there_are_no_print_files_it_says_how_to_make_them(four: Path, inside: Sitegen, option: str) -> None:
    done = inside("cards", "autumn-card", option, at=four)
    assert (done.returncode, done.stderr) == (
        1,
        "'autumn-card' has no print files in output/cards\nhint: make them first: sitegen cards autumn-card\n",
    )


@pytest.mark.slow
def test_what_is_printed_stands_in_the_ledger_and_nobody_gets_it_twice(printed: Path, inside: Sitegen) -> None:
    done = inside("cards", "autumn-card", "--printed", at=printed)
    noted = "cards of 'autumn-card' written into the ledger as printed\n"
    assert (done.returncode, done.stdout) == (0, f"4 {noted}"), done.stderr
    again = inside("cards", "autumn-card", "--printed", at=printed)
    assert (again.returncode, again.stdout) == (0, f"0 {noted}4 stood there already\n")
    with closing(sqlite3.connect(printed / ".sitegen" / "ledger.sqlite")) as ledger:
        written = ledger.execute("SELECT edition, channel, customer_id, state, day, design FROM deliveries").fetchall()
    assert sorted(written) == [
        ("autumn-card/2026-09-22", "card", customer, "printed", "2026-09-08", "moon-rabbit") for customer in EVERYBODY
    ]

    # The same list of designs gives those who had the first one the second.
    late = (printed / "content" / CAMPAIGN).read_text().replace("on: 2026-09-22", "on: 2026-09-29")
    chosen = late.replace("card: moon-rabbit", "card: [moon-rabbit, winter-window]")
    (printed / "content" / "campaigns" / "later-card.md").write_text(chosen)
    assert planned(printed, inside, "2026-09-08..2026-09-15") == {
        ("later-card", customer): "winter-window" for customer in EVERYBODY
    }

    before = files(printed)
    built = inside("build", *ON, "--only", "cards", "--quiet", at=printed)
    assert built.returncode == 0, built.stderr
    stay = {f"autumn-card/{name}" for name in own(printed)}
    assert files(printed) == {name: before[name] for name in stay}, "what is not printed goes, what is printed stays"
    assert inside("cards", "autumn-card", "--from", "3", at=printed).returncode == 0


@pytest.mark.slow
def test_cards_that_may_not_be_printed_stop_all_of_them(
    printed: Path, inside: Sitegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(printed, "customers/customers.csv", "Ada,Holm", "Ada,Holmgren")
    change(printed, "customers/customers.csv", "Cleo,Marsh", "Cleo 🪡,Marsh")
    before = files(printed)
    done = inside("cards", "autumn-card", *ON, "--quiet", at=printed)
    assert (done.returncode, done.stdout) == (7, "")
    assert done.stderr.startswith("content/campaigns/autumn-card.md: card 3 (customer 'C-3'), ")
    assert done.stderr.endswith("; nothing was written\n`sitegen explain card` tells more\n")
    assert files(printed) == before
    report = printed / ".sitegen" / "refused.csv"
    assert report.stat().st_mode & 0o077 == 0
    listed = list(csv.DictReader(io.StringIO(report.read_text(encoding="utf-8"))))
    assert {(row["record"], row["customer_id"]) for row in listed} == {("3", "C-3")}
    assert all("🪡" in row["why"] and row["what_to_do"] for row in listed)

    made: list[str] = []
    make = Workshop.make

    def noted(workshop: Workshop, job: Job, plate: Plate) -> Made:
        made.append(job.file)
        return make(workshop, job, plate)

    monkeypatch.setattr(Workshop, "make", noted)
    some = inside("cards", "autumn-card", *ON, "--skip-refused", at=printed)
    assert some.returncode == 0, some.stderr
    assert made == ["cards-002.pdf"], "the first file was made when the second was refused"
    assert not (printed / ".sitegen" / "print").exists()
    assert not report.exists(), "what is over is not kept"
    assert some.stdout.startswith("3 cards: output/cards/autumn-card/\n")
    note = "note: 1 of the cards of 'autumn-card' may not be printed: output/cards/autumn-card/refused.csv says why"
    assert note in some.stdout.splitlines()
    assert rows(printed, "refused.csv") == listed
    assert [(row["customer_id"], row["file"], row["page"], row["status"]) for row in rows(printed)] == [
        ("C-1", "cards-001.pdf", "1", "made"),
        ("C-2", "cards-001.pdf", "3", "made"),
        ("C-3", "", "", "refused"),
        ("C-4", "cards-002.pdf", "1", "made"),
    ]
    assert ["DoraNyberg" in page for page in texts(home(printed) / "cards-002.pdf")] == [True, True]
    job = json.loads((home(printed) / "job.json").read_text())
    assert (job["totals"]["made"], job["totals"]["refused"]) == (3, 1)
    assert job["files"]["cards-002.pdf"]["inputs"] == "", "a file that lacks cards is not taken for a whole one"


@pytest.mark.slow
def test_the_reference_engine_writes_the_same_on_each_card(printed: Path, inside: Sitegen) -> None:
    quick = {name: texts(home(printed) / name) for name in ("cards-001.pdf", "cards-002.pdf")}
    digests = {name: sha256((home(printed) / name).read_bytes()).hexdigest() for name in quick}
    done = inside("cards", "autumn-card", *ON, "--engine", "reference", "--quiet", at=printed)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name: texts(home(printed) / name) for name in quick} == quick
    assert {name for name in quick if sha256((home(printed) / name).read_bytes()).hexdigest() == digests[name]} == set()


@pytest.mark.slow
def test_labels_envelopes_and_a_package_come_with_the_cards(four: Path, inside: Sitegen) -> None:
    wanted = ("--labels", "L7160", "--labels-start", "21", "--envelopes", "din-c6", "--package")
    done = inside("cards", "autumn-card", *ON, *wanted, "--quiet", at=four)
    assert (done.returncode, done.stderr) == (0, "")
    names = ("cards-001.pdf", "cards-002.pdf")
    made = own(four)
    assert {f"{part}/{name}" for part in ("labels", "envelopes") for name in names} < made
    assert not any(name.startswith("sheets/") for name in made)
    for name in names:
        customers = [row["name"].replace(" ", "") for row in rows(four) if row["file"] == name]
        labels = texts(home(four) / "labels" / name)
        # The first one stands alone on the last label of a used sheet; what follows begins with a whole one.
        assert [customer in labels[0] for customer in customers] == [True, name != names[0]]
        assert customers[1] in labels[-1]
        assert len(labels) == (2 if name == names[0] else 1)
        envelopes = texts(home(four) / "envelopes" / name)
        assert [customer in page for customer, page in zip(customers, envelopes, strict=True)] == [True, True]
    with zipfile.ZipFile(home(four) / "package-moon-rabbit.zip") as package:
        merged = list(csv.DictReader(io.StringIO(package.read("data.csv").decode("utf-8-sig"))))
    assert [row["record"] for row in merged] == ["1", "2", "3", "4"]


@pytest.mark.slow
def test_where_a_design_is_broken_there_is_no_rest_to_print(four: Path, inside: Sitegen) -> None:
    shutil.copytree(THEMES, four / "themes")
    (four / "themes" / "hearth" / "cards" / "moon-rabbit" / "front.svg").unlink()
    before = files(four)
    for option in ("--skip-refused", "--proof"):
        done = inside("cards", "autumn-card", *ON, option, "--quiet", at=four)
        assert (done.returncode, done.stdout) == (7, "")
        assert "every card: file 'front.svg' is missing\nhint: put it beside card.html of 'moon-rabbit'" in done.stderr
        assert files(four) == before


@pytest.mark.slow
def test_lines_that_may_look_stepped_are_told_before_anything_goes_to_the_printer(four: Path, inside: Sitegen) -> None:
    shutil.copytree(THEMES, four / "themes")
    design = four / "themes" / "hearth" / "cards" / "moon-rabbit"
    width, height = (round(side / 25.4 * 400) for side in (111, 154))
    Image.new("1", (width, height), 1).save(design / "front.tif")
    about = design / "design.yaml"
    about.write_text(about.read_text().replace("front: front.svg", "front: front.tif"))
    for option in ((), ("--proof",)):
        done = inside("cards", "autumn-card", *ON, *option, at=four)
        assert done.returncode == 0, done.stderr
        why = "front.tif has 400 pixels per inch, and lines want 450: look closely, use 1967 x 2728 pixels"
        assert f"note: cards/moon-rabbit: {why}, or draw it as SVG" in done.stdout.splitlines()


@pytest.mark.slow
def test_a_design_that_slots_can_not_express_is_printed_all_the_same(four: Path, inside: Sitegen) -> None:
    shutil.copytree(THEMES, four / "themes")
    with (four / "themes" / "hearth" / "cards" / "moon-rabbit" / "card.css").open("a") as style:
        style.write(".slot-name ~ .slot-greeting { text-align: right }\n")
    done = inside("cards", "autumn-card", *ON, at=four)
    assert done.returncode == 0, done.stderr
    why = "its back looks different when its slots are set apart"
    assert f"note: cards/moon-rabbit is printed by whole pages: {why}" in done.stdout.splitlines()
    assert [row["status"] for row in rows(four)] == ["made"] * 4
    assert "BenLind" in texts(home(four) / "cards-001.pdf")[3]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["autumn-crad"], "there is no campaign 'autumn-crad'; did you mean 'autumn-card'?"),
        (["autumn-mail"], "campaign 'autumn-mail' goes out on no cards: its channels are mail"),
        (["autumn-card", "--sheet", "A33"], "unknown sheet 'A33'\nhint: did you mean 'A3'?"),
        (["autumn-card", "--labels", "L716"], "there are no labels 'L716'; did you mean 'L71"),
        (["autumn-card", "--labels", "L7160", "--labels-start", "22"], "a sheet of L7160 has labels 1 to 21"),
        (["autumn-card", "--labels", "L7160", "--labels-start", "0"], "0 is not in the range x>=1"),
        (["autumn-card", "--labels-start", "3"], "--labels-start says where on a sheet of labels to begin"),
        (["autumn-card", "--printed", "--labels-start", "3"], "'--labels-start' is for making them"),
        (["autumn-card", "--envelopes", "din-c7"], "there are no envelopes 'din-c7'; did you mean 'din-c6'?"),
        (["autumn-card", "--engine", "fastest"], "'fastest' is not one of 'fast', 'reference'"),
        (["autumn-card", "--from", "0"], "0 is not in the range x>=1"),
        (["autumn-card", "--from", "3", "--to", "2"], "--from 3 comes after --to 2"),
        (["autumn-card", "--printed", "--proof"], "'--proof' is for making them"),
        (["autumn-card", "--printed", *ON], "--printed works on the print files that stand in output/cards: '--on' is"),
        (["autumn-card", "--from", "1", "--sheet", "A3"], "--from works on the print files that stand in output/cards"),
        (["autumn-card", "--to", "1", "--engine", "reference"], "'--engine' is for making them"),
        (["autumn-card", "--printed", "--to", "2"], "--printed goes without '--to': these are two steps"),
        (["autumn-card", "--proof", "--sheet", "A3"], "--proof makes the proof set and nothing else: leave '--sheet'"),
        (["autumn-card", "--from", "1", "--package"], "'--package' is for making them"),
        (["autumn-card", "--proof", "--skip-refused"], "leave '--skip-refused' out"),
    ],
)
def test_what_can_not_be_asked_is_a_usage_error(four: Path, inside: Sitegen, arguments: list[str], said: str) -> None:
    before = files(four)
    done = inside("cards", *arguments, at=four)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert files(four) == before


def test_help_has_one_example(inside: Sitegen, tmp_path: Path) -> None:
    done = inside("cards", "--help", at=tmp_path)
    assert done.stdout.count("Example: sitegen cards ") == 1
