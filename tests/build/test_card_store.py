"""Print files wait in .sitegen/print until all of a build are made: a run that ended early goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitegen.build.cards.folders import finished_days, finished_folder
from sitegen.build.cards.kept import PRINTED, forget_prints, keep_cards
from sitegen.build.cards.papers import Papers
from sitegen.build.cards.print_job import Job, ProofJob, former_proof, proof_names
from sitegen.build.cards.print_line import Printed, print_line
from sitegen.build.cards.print_shop import Made, Proof, Workshop
from sitegen.build.order import Order, Part, PrintOrder
from sitegen.build.post.messages import Desk
from sitegen.build.record import Tally
from sitegen.cli.progress import progress
from sitegen.content.project import read_project
from sitegen.errors import Unusable
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.campaign import Campaign, EveryYear, OnDate
from sitegen.model.card import Card
from sitegen.model.lock import Lock
from sitegen.model.print_house import Sheet
from sitegen.model.project import Project
from sitegen.protect.keys import Roots
from sitegen.publish.tree import staging
from sitegen.render.cards.plate import Plate, Way
from sitegen.render.cards.refusal import Refused
from tests.build.conftest import SMALL_SHOP

DAY = date(2026, 9, 8)
NOON = datetime(2026, 9, 8, 12, tzinfo=UTC)
A3 = Sheet("A3", 297, 420)
CARD = Card(
    record=1,
    customer_id="C-1",
    name="Ada Holm",
    lines=("Gartenweg 4", "20253 Hamburg"),
    greeting="<p>Dear Ada</p>",
    link="",
    code="",
    adviser="",
    adviser_title="",
    adviser_phone="",
    store="",
    shop="The Small Loom",
    hotline="",
    language="en",
)
REFUSED = Refused(4, "C-4", "name", "no font of the design has '🧵'", "write it in another way")


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


@pytest.fixture(scope="module")
def project() -> Project:
    """The small shop, with one card design, since a hash is made of each."""
    read = read_project(SMALL_SHOP)
    design = read.theme.design("moon-rabbit")
    assert design
    return replace(read, theme=replace(read.theme, designs=(design,)))


@pytest.fixture
def desk(project: Project, tmp_path: Path) -> Desk:
    order = Order(
        first=DAY,
        last=DAY,
        instant=int(NOON.timestamp()),
        parts=frozenset({Part.CARDS}),
        roots=Roots(None, None, None),
        receiver=None,
        entropy=bytes,
        dev=True,
    )
    return Desk(tmp_path / "output", project, order, Lock("ab" * 16), Tally(), progress(quiet=True))


def job(number: int, *cards: Card) -> Job:
    many = len(cards)
    return Job(
        campaign="autumn-card",
        folder="autumn-card",
        file=f"cards-{number:03d}.pdf",
        title="A card for the autumn",
        design="moon-rabbit",
        cards=cards,
        lacking=((),) * many,
        bundles=("DE 20",) * many,
        days=(DAY,) * many,
        instant=NOON,
    )


JOBS = tuple(job(number, replace(CARD, record=number, customer_id=f"C-{number}")) for number in (1, 2, 3, 4))


class Press:
    """A workshop that notes what it prints, and prints no more than its name; at `ends_at` it is killed."""

    def __init__(self, ends_at: str = "", refuses: str = "", others: tuple[str, ...] = ()) -> None:
        self.made: list[str] = []
        self.ends_at, self.refuses, self.others = ends_at, refuses, others

    def make(self, job: Job, _plate: Plate) -> Made:
        if job.file == self.ends_at:
            raise Killed
        self.made.append(job.file)
        if job.file == self.refuses:
            return Made(b"", (), (), (REFUSED,))
        others = tuple((name, f"%PDF {name}".encode()) for name in self.others)
        return Made(f"%PDF {job.file}".encode(), others, job.cards, ())


@contextmanager
def workshop(press: Press) -> Iterator[Press]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workshop, "plate", lambda *_: Plate(b"", Way.LINES, ""))
        patch.setattr(Workshop, "make", lambda _, job, plate: press.make(job, plate))
        yield press


def on_sheets(desk: Desk) -> Desk:
    return replace(desk, order=replace(desk.order, printing=PrintOrder(sheet=A3)))


def run(desk: Desk, jobs: tuple[Job, ...] = JOBS) -> list[Printed]:
    with print_line(desk) as line:
        return list(line.printed(iter(jobs)))


def stored(desk: Desk) -> list[str]:
    """What waits in the store: the endings of its names."""
    return sorted(path.name[64:] for path in (desk.hidden / "print").glob("*"))


def put(desk: Desk, jobs: tuple[Job, ...], *refused: Refused) -> None:
    """Print, and let output/cards be as a build leaves it; without the cards that are refused."""
    with workshop(Press()), print_line(desk) as line:
        papers = Papers(desk, desk.campaign("autumn-card"), line.stock)
        left_out = {one.record for one in refused}
        for one in line.printed(iter(jobs)):
            cards = tuple(card for card in one.made.cards if card.record not in left_out)
            write(desk, papers.put(replace(one, made=replace(one.made, cards=cards, refused=refused))))
        write(desk, papers.artifacts())


def write(desk: Desk, artifacts: Iterator[PrivateArtifact]) -> None:
    for artifact in artifacts:
        path = desk.output / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.content)


def test_a_run_that_was_killed_goes_on_where_it_was(desk: Desk) -> None:
    with workshop(Press(ends_at="cards-003.pdf")) as first, pytest.raises(Killed):
        run(desk)
    assert first.made == ["cards-001.pdf", "cards-002.pdf"]
    assert stored(desk) == ["", ""]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (desk.hidden / "print", *(desk.hidden / "print").iterdir()))

    with workshop(Press()) as second:
        printed = run(desk)
    assert second.made == ["cards-003.pdf", "cards-004.pdf"]
    assert [(one.job.file, one.made.pdf, one.made.cards) for one in printed] == [
        (one.file, f"%PDF {one.file}".encode(), one.cards) for one in JOBS
    ]
    assert not (desk.hidden / "print").exists(), "nothing of members stays where all went well"


def test_what_changed_in_between_is_printed_anew(desk: Desk) -> None:
    with workshop(Press(ends_at="cards-003.pdf")), pytest.raises(Killed):
        run(desk)
    first = job(1, replace(JOBS[0].cards[0], greeting="<p>Dearest Ada</p>"))
    with workshop(Press()) as second:
        run(desk, (first, *JOBS[1:]))
    assert second.made == ["cards-001.pdf", "cards-003.pdf", "cards-004.pdf"]


def test_sheets_wait_with_their_print_file(desk: Desk) -> None:
    desk = on_sheets(desk)
    with workshop(Press("cards-002.pdf", others=("sheets",))), pytest.raises(Killed):
        run(desk)
    assert stored(desk) == ["", ".sheets"]
    # As a run leaves it that was killed between the two.
    next((desk.hidden / "print").glob("*.sheets")).unlink()
    with workshop(Press(others=("sheets",))) as second:
        printed = run(desk)
    assert second.made == [one.file for one in JOBS]
    assert {one.made.others for one in printed} == {(("sheets", b"%PDF sheets"),)}


def test_sheets_on_other_paper_are_made_anew(desk: Desk) -> None:
    with workshop(Press("cards-004.pdf", others=("sheets",))), pytest.raises(Killed):
        run(on_sheets(desk))
    other = replace(desk, order=replace(desk.order, printing=PrintOrder(sheet=replace(A3, name="A3 across"))))
    with workshop(Press(others=("sheets",))) as second:
        run(other)
    assert second.made == [one.file for one in JOBS]


def test_a_file_with_a_refused_card_never_waits_in_the_store(desk: Desk) -> None:
    with workshop(Press(refuses="cards-004.pdf")), print_line(desk) as line:
        last = list(line.printed(iter(JOBS)))[-1]
        assert (last.made.cards, last.made.refused) == ((), (REFUSED,))
        assert len(stored(desk)) == 3


def test_a_print_file_of_the_last_build_is_taken_over_while_it_is_whole(desk: Desk) -> None:
    put(desk, JOBS)
    (desk.output / "cards" / "autumn-card" / "cards-002.pdf").write_bytes(b"%PDF somebody changed it")
    with workshop(Press()) as second:
        again = run(desk)
    assert second.made == ["cards-002.pdf"]
    assert [one.made.pdf for one in again] == [f"%PDF {one.file}".encode() for one in JOBS]


def test_a_file_that_lacks_refused_cards_is_not_taken_over(desk: Desk) -> None:
    both = job(1, JOBS[0].cards[0], JOBS[3].cards[0])
    put(desk, (both,), REFUSED)
    with workshop(Press()) as second:
        run(desk, (both,))
    assert second.made == ["cards-001.pdf"]


def test_cards_that_go_down_with_another_one_are_counted(desk: Desk) -> None:
    both = job(1, JOBS[0].cards[0], JOBS[3].cards[0])
    every = replace(REFUSED, record=0, customer_id="")
    lost: list[int] = []
    for made in (
        Made(b"%PDF", (), both.cards, ()),
        Made(b"%PDF", (), both.cards[:1], (REFUSED,)),
        Made(b"", (), (), (REFUSED,)),
        Made(b"", (), (), (every,)),
    ):
        with print_line(desk) as line:
            papers = Papers(desk, desk.campaign("autumn-card"), line.stock)
        list(papers.put(Printed(both, "ab" * 32, made)))
        lost.append(papers.lost)
    assert lost == [0, 0, 1, 2]


def test_a_proof_is_taken_over_while_it_is_the_one_that_was_made(desk: Desk) -> None:
    wanted = ProofJob(
        campaign="autumn-card",
        folder="autumn-card",
        mark="",
        title="A card for the autumn",
        shop="The Small Loom",
        design="moon-rabbit",
        picks=(),
        pictures=True,
        instant=NOON,
    )
    files = tuple((name, f"made: {name}".encode()) for name in proof_names(wanted))
    with print_line(desk) as line:
        papers = Papers(desk, desk.campaign("autumn-card"), line.stock)
    write(desk, papers.put_proof(wanted, Proof("ab" * 32, files)))
    write(desk, papers.artifacts())
    assert former_proof(desk.output, wanted, "ab" * 32) == files
    assert former_proof(desk.output, wanted, "cd" * 32) is None
    # As `cards --proof` leaves it, which makes a proof of other words, and no summary.
    (desk.output / "cards" / "autumn-card" / "proof.pdf").write_bytes(b"of other words")
    assert former_proof(desk.output, wanted, "ab" * 32) is None


@pytest.mark.parametrize(
    ("printing", "made", "stays"),
    [
        (PrintOrder(), "new", {"noted"}),
        (PrintOrder(), "noted", set()),
        (PrintOrder(campaign="old"), "old", {"old/inside", "noted", "proof-alone"}),
        (PrintOrder(campaign="old/inside"), "old/inside", {"old", "noted", "proof-alone"}),
        (PrintOrder(campaign="old"), "", {"old", "old/inside", "noted", "proof-alone"}),
        (PrintOrder(campaign="new", proof_only=True), "new", {"old", "old/inside", "noted", "proof-alone"}),
        (PrintOrder(campaign="old", proof_only=True), "old", {"old", "old/inside", "noted", "proof-alone"}),
    ],
)
def test_cards_that_are_not_made_anew_stay(desk: Desk, printing: PrintOrder, made: str, stays: set[str]) -> None:
    home = desk.output / "cards"
    for name in ("old/job.json", "old/sheets/cards-001.pdf", "old/inside/job.json", "old/inside/sheets/cards-001.pdf",
                 f"noted/{PRINTED}", "noted/job.json", "proof-alone/proof-moon-rabbit.pdf"):  # fmt: skip
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(f"old {name}")
    before = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    with staging(desk.output, desk.order.instant, ("cards",)) as tree:
        if made:
            tree.write(PrivateArtifact(f"cards/{made}/proof.pdf", b"new"))
        keep_cards(tree, replace(desk.order, printing=printing), desk.project.campaigns)
        tree.commit(b"{}")
    after = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    inside = {name for name in before if name.startswith("old/inside/")}
    kept = {name for name in before if name.partition("/")[0] in stays} - inside
    assert after == kept | (inside if "old/inside" in stays else set()) | ({f"{made}/proof.pdf"} if made else set())


def every_birthday(desk: Desk) -> Campaign:
    return replace(desk.campaign("autumn-card"), id="birthday", timing=EveryYear("birthday"))


@pytest.mark.parametrize(
    ("first", "last", "stays"),
    [
        (DAY, DAY, {"2026-09-07", "2026-09-09"}),
        (date(2026, 9, 7), DAY, {"2026-09-09"}),
        (date(2026, 9, 10), date(2026, 9, 30), {"2026-09-07", "2026-09-08", "2026-09-09"}),
        (date(2026, 11, 7), date(2026, 11, 7), {"2026-09-08", "2026-09-09"}),
    ],
)
def test_what_was_made_for_other_days_stays(desk: Desk, first: date, last: date, stays: set[str]) -> None:
    home = desk.output / "cards"
    kept = ("birthday/2026-09-07", "birthday/2026-09-08", "birthday/2026-09-09")
    for folder in (*kept, "gone/2026-09-07", "birthday/2026-09-7", "birthday"):
        for name in ("job.json", "sheets/cards-001.pdf"):
            (home / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (home / folder / name).write_text(folder)
    with staging(desk.output, desk.order.instant, ("cards",)) as tree:
        keep_cards(tree, replace(desk.order, first=first, last=last), (every_birthday(desk),))
        tree.commit(b"{}")
    after = {path.parent.relative_to(home).as_posix() for path in home.rglob("*.*") if path.is_file()}
    assert after == {f"birthday/{day}{below}" for day in stays for below in ("", "/sheets")}


def test_print_files_with_a_customer_who_left_are_neither_noted_nor_kept(desk: Desk) -> None:
    home = desk.output / "cards" / "birthday"
    for day, customer in (("2026-09-06", "'=1"), ("2026-09-07", "C-2")):
        folder = home / day
        folder.mkdir(parents=True)
        (folder / "manifest.csv").write_text(f"record,customer_id\n1,{customer}\n")
        (folder / "job.json").write_text('{"files": {}}')
        (folder / PRINTED).write_text("{}")
    forget_prints(desk.output / "cards", "=1")
    assert finished_days(desk.output / "cards", every_birthday(desk)) == (date(2026, 9, 7),)
    with staging(desk.output, desk.order.instant, ("cards",)) as tree:
        keep_cards(tree, desk.order, (every_birthday(desk),))
        tree.commit(b"{}")
    assert [path.name for path in home.iterdir()] == ["2026-09-07"]


def test_finished_print_files_are_those_of_the_day_that_was_named_or_of_today_or_the_only_ones(desk: Desk) -> None:
    campaign, home = every_birthday(desk), desk.output / "cards"
    assert finished_folder(home, replace(campaign, timing=OnDate(DAY)), DAY, named=False) == "birthday"
    assert finished_folder(home, campaign, DAY, named=False) == "birthday/2026-09-08"
    for day in ("2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04"):
        (home / "birthday" / day).mkdir(parents=True)
        (home / "birthday" / day / "job.json").touch()
        if day == "2026-09-01":
            assert finished_folder(home, campaign, DAY, named=False) == "birthday/2026-09-01"
            assert finished_folder(home, campaign, DAY, named=True) == "birthday/2026-09-08"
    assert finished_folder(home, campaign, date(2026, 9, 2), named=False) == "birthday/2026-09-02"
    with pytest.raises(Unusable) as caught:
        finished_folder(home, campaign, DAY, named=False)
    assert str(caught.value) == (
        "'birthday' has print files of 4 days: ..., 2026-09-02, 2026-09-03, 2026-09-04\n"
        "hint: say which: --on 2026-09-04"
    )
