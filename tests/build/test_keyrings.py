"""The members' keyrings of a whole shop: who has a slot, and what it says of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import keyrings
from sitegen.build.keyrings import Keyrings, Task
from sitegen.build.order import EVERY_PART, Order
from sitegen.build.people import open_people
from sitegen.build.site import content_ring, readable_site
from sitegen.content.project import read_project
from sitegen.data.members import MemberRow
from sitegen.errors import Unusable
from sitegen.model.artifact import SealedArtifact
from sitegen.model.lock import Lock
from sitegen.protect import code, names
from sitegen.protect.keys import Roots
from sitegen.protect.packs import Layout, OpenedSlot, SlotTooLarge, Stamp, open_slot, pack_number
from sitegen.protect.refusal import NoAccess
from sitegen.protect.serials import revoked
from tests.build.conftest import SMALL_SHOP

DAY = date(2026, 9, 8)
CARD_KEY = bytes([2]) * 32
LOCK = Lock(bytes(range(16)).hex())
EVERYTHING = "How good that you are here, {{ first_name or 'friend' }}. {{ coupons or 'None' }} {{ next_event or '-' }}"
OUTPUT = "output: {{member_data: {}}}\n"


@dataclass(frozen=True, slots=True)
class Told:
    """A progress that remembers."""

    steps: dict[str, list[int | None]] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Callable[[], None]]:
        self.steps[name] = [total, 0]

        def done() -> None:
            self.steps[name][1] = (self.steps[name][1] or 0) + 1

        yield done


@dataclass(frozen=True, slots=True)
class Made:
    """The packs of a build by path, and what it says of itself."""

    packs: Mapping[str, bytes]
    end: Keyrings
    stamp: Stamp

    def slot(self, member_id: str) -> OpenedSlot:
        lock = self.end.lock
        layout = Layout(lock.pack_bits, lock.slot, lock.capacity)
        card = code.member_code(CARD_KEY, self.stamp.site_id, member_id, 1)
        number = pack_number(card, self.stamp, layout.bits)
        path = names.pack_path(self.stamp.epoch, self.stamp.build, number)
        return open_slot(card, self.stamp, layout, self.packs[path])


def shop_in(folder: Path, member_data: str = "basic", page: str = "", **tables: str) -> Path:
    shutil.copytree(SMALL_SHOP / "content", folder / "content")
    with (folder / "content" / "site.yaml").open("a") as file:
        file.write(OUTPUT.format(member_data))
    for name, rows in tables.items():
        (folder / "content" / "customers" / f"{name}.csv").write_text(rows)
    welcome = folder / "content" / "pages" / "welcome.md"
    words = welcome.read_text()
    welcome.write_text(
        words.replace('How good that you are here, {{ first_name or "friend" }}.', page) if page else words
    )
    return folder


def task_of(root: Path, lock: Lock = LOCK) -> Task:
    roots = Roots(bytes([1]) * 32, CARD_KEY, bytes([3]) * 32)
    order = Order(DAY, DAY, 1_788_800_000, EVERY_PART, roots, None, dev=False, entropy=bytes)
    project = read_project(root)
    site = readable_site(project, order, content_ring(project, order, lock))
    return Task(root, project, order, lock, site, Told())


def drained(task: Task, made: Iterator[SealedArtifact | Keyrings]) -> Made:
    *packs, end = made
    assert isinstance(end, Keyrings)
    stamp = Stamp(bytes.fromhex(task.lock.site_id), task.lock.epoch, task.order.instant)
    return Made({pack.path: pack.content for pack in packs if isinstance(pack, SealedArtifact)}, end, stamp)


def of_rows(task: Task, rows: list[MemberRow]) -> Made:
    def run() -> Iterator[SealedArtifact | Keyrings]:
        yield (yield from keyrings.keyrings_of(task, keyrings.asked(task), rows, len(rows)))

    return drained(task, run())


def of_shop(root: Path) -> Made:
    task = task_of(root)

    def run() -> Iterator[SealedArtifact | Keyrings]:
        with open_people(root, task.project, DAY) as people:
            yield (yield from keyrings.keyrings(task, people))

    return drained(task, run())


def row(number: int, **values: str) -> MemberRow:
    return MemberRow(f"C-{number}", frozenset({"everyone"}), values)


def test_every_customer_has_a_slot_that_says_what_pages_show(tmp_path: Path) -> None:
    made = of_shop(shop_in(tmp_path))
    assert made.end.members == 3
    assert [made.slot(f"C-{number}").record["first_name"] for number in (1, 2)] == ["Ada", "Ben"]


def test_who_was_revoked_has_no_slot_and_the_others_have_theirs(tmp_path: Path) -> None:
    task = task_of(shop_in(tmp_path), revoked(LOCK, CARD_KEY, ["C-2"]))
    made = of_rows(task, [row(number, first_name="Ann") for number in (1, 2, 3)])
    assert made.end.members == 2
    assert [made.slot(f"C-{number}").record for number in (1, 3)] == [{"first_name": "Ann"}] * 2
    with pytest.raises(NoAccess):
        made.slot("C-2")


def test_a_shop_that_keeps_no_member_data_writes_keys_alone(tmp_path: Path) -> None:
    made = of_rows(task_of(shop_in(tmp_path, "none")), [row(1, first_name="Ann")])
    assert made.slot("C-1").record == {}
    assert len(made.slot("C-1").segment_keys) == 1


COUPONS = "customer_id,code,gives,valid_until\nC-1,TEA,a pot of tea,2026-12-24\nC-2,OLD,nothing,2025-12-24\n"
EVENTS = "event_id,title,starts_at\nE-1,An evening of linen,2026-10-01 18:30\n"
GUESTS = "event_id,customer_id,status\nE-1,C-1,accepted\nE-1,C-2,declined\n"


def test_full_records_hold_coupons_and_the_next_gathering_of_whom_they_belong_to(tmp_path: Path) -> None:
    made = of_shop(shop_in(tmp_path, "full", EVERYTHING, coupons=COUPONS, events=EVENTS, attendances=GUESTS))
    first = made.slot("C-1").record
    assert (first["coupons"], first["next_event"]) == ("TEA (a pot of tea)", "An evening of linen")
    assert not {"coupons", "next_event"} & made.slot("C-2").record.keys()


def test_what_is_too_long_for_a_slot_is_an_error_that_names_member_and_field(tmp_path: Path) -> None:
    task = task_of(shop_in(tmp_path, "full", EVERYTHING))
    rows = [row(1, first_name="Ann"), row(2, first_name="Ben", coupons="tea " * 1200)]
    with pytest.raises(SlotTooLarge, match=r"member 'C-2' needs .* the largest part is the field 'coupons'"):
        of_rows(task, rows)


def test_the_lock_keeps_the_layout_and_the_layout_grows_with_the_members(tmp_path: Path) -> None:
    task = task_of(shop_in(tmp_path))
    few = of_rows(task, [row(1)]).end.lock
    assert (few.pack_bits, few.slot, few.capacity) == (0, 576, 16)
    many = of_rows(replace(task, lock=few), [row(number) for number in range(40)]).end.lock
    assert (many.pack_bits, many.slot, many.capacity) == (0, 576, 64)
    assert of_rows(replace(task, lock=many), [row(1)]).end.lock == many


def test_progress_tells_how_far_it_is(tmp_path: Path) -> None:
    task = task_of(shop_in(tmp_path))
    of_rows(task, [row(number) for number in range(300)])
    assert isinstance(task.progress, Told)
    assert task.progress.steps == {"members": [300, 300], "keyrings": [4, 4]}


def test_a_disk_without_room_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyrings, "IN_MEMORY", 1)
    task = task_of(shop_in(tmp_path))
    with pytest.raises(Unusable, match="the keyrings find no room in output/: No such file"):
        of_rows(replace(task, folder=tmp_path / "gone"), [row(1)])


def test_nothing_of_the_waiting_room_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyrings, "IN_MEMORY", 1)
    task = replace(task_of(shop_in(tmp_path)), folder=tmp_path / "room")
    task.folder.mkdir()
    seen: list[str] = []

    def rows() -> Iterator[MemberRow]:
        for number in range(200):
            yield row(number)
            seen.extend(path.name for path in task.folder.iterdir())

    def run() -> Iterator[SealedArtifact | Keyrings]:
        yield (yield from keyrings.keyrings_of(task, keyrings.asked(task), rows(), 200))

    assert drained(task, run()).end.members == 200
    assert not seen
    assert not list(task.folder.iterdir())
