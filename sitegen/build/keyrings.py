"""The members' keyrings: every customer's slot in packs, and the site.json that points to them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TypeVar

from sitegen.build.guests import guests
from sitegen.build.order import Order, Progress
from sitegen.build.people import People
from sitegen.build.site import CARD_KEY, SIGN_KEY, content_ring
from sitegen.build.staff import staff_of
from sitegen.data.members import MemberRow, members_of
from sitegen.errors import Unusable
from sitegen.model.artifact import SealedArtifact
from sitegen.model.field import FieldUse
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.readable import Site
from sitegen.model.shop import Shop
from sitegen.protect import names
from sitegen.protect.keyrings import (
    RANGES,
    WaitingRoom,
    gather,
    keyring_artifacts,
    manifest_artifact,
    record,
    record_fields,
)
from sitegen.protect.keys import ROOT_BYTES, require
from sitegen.protect.manifest import Manifest, public_key
from sitegen.protect.objects import ContentRing
from sitegen.protect.packs import CardRing, Layout, Member
from sitegen.protect.serials import valid_serials
from sitegen.render.fields import remembering, said_values, speller

T = TypeVar("T")
IN_MEMORY = 1 << 18
"""Bytes of each file of the waiting room that need no disk: the members of a small shop lie in memory."""


@dataclass(frozen=True, slots=True)
class Keyrings:
    """How many members have a slot, and the lock with the layout that the packs have now."""

    members: int
    lock: Lock


@dataclass(frozen=True, slots=True)
class Task:
    """The keyrings of one build: of which shop, for which site, and how it tells; in `folder` the slots may wait."""

    folder: Path
    project: Project
    order: Order
    lock: Lock
    site: Site
    progress: Progress


@dataclass(frozen=True, slots=True)
class Asked:
    """What it takes to lock the slots: the keys of the segments that open something, and what records must hold."""

    ring: CardRing
    content: ContentRing
    sign_key: bytes = field(repr=False)
    keys: Mapping[str, bytes] = field(repr=False)
    uses: tuple[FieldUse, ...]


def keyrings(task: Task, people: People) -> Generator[SealedArtifact, None, Keyrings]:
    """Every member's slot in packs, and site.json.

    Raises Mistakes where a key is missing or a record asks for an unknown field, Unusable where the disk is full.
    """
    needed = asked(task)
    names = [use.name for use in needed.uses] + ["language"] * (len(task.project.shop.languages) > 1)
    values = people.values.select("customer_id", *dict.fromkeys(names))
    rows = members_of(people.engine, people.members, values, tuple(needed.keys))
    invented = [*guests(task.project.segments, needed.keys, needed.uses)] if task.order.guests else []
    others = [*staff_of(people, task.project), *invented]
    return (yield from keyrings_of(task, needed, chain(rows, others), people.count() + len(others)))


def asked(task: Task) -> Asked:
    """What a site asks of its members' slots. Raises Mistakes."""
    order, lock, site = task.order, task.lock, task.site
    content = content_ring(task.project, order, lock)
    card_key, sign_key = require(order.roots.card, CARD_KEY), require(order.roots.sign, SIGN_KEY)
    ring = CardRing(card_key, content.site_id, lock.epoch, order.instant, public_key(sign_key, content.site_id))
    opening = {navigation.segment for navigation in site.navigation}
    opening.update(segment for thing in site.gated for segment in thing.segments)
    keys = {name: content.segment_key(name) for name in sorted(opening)}
    shown = record_fields(site.fields, task.project.theme.name, task.project.shop.output.member_data)
    return Asked(ring, content, sign_key, keys, shown)


def keyrings_of(
    task: Task, needed: Asked, rows: Iterable[MemberRow], number: int
) -> Generator[SealedArtifact, None, Keyrings]:
    """The keyrings of these rows, which come in the order of their ids."""
    lock, shop = task.lock, task.project.shop
    least = Layout(lock.pack_bits, lock.slot, lock.capacity)
    with _room(task) as room:
        with task.progress.step("members", number) as done:
            crowd = gather(needed.ring, _members(_counted(rows, done), needed, lock, shop), least, room)
        with task.progress.step("keyrings", 1 << crowd.layout.bits) as done:
            yield from _counted(keyring_artifacts(needed.ring, crowd.layout, room), done)
    yield manifest_artifact(needed.sign_key, _manifest(task, needed.content, crowd.layout))
    bits, slot, capacity = crowd.layout.bits, crowd.layout.slot, crowd.layout.capacity
    return Keyrings(crowd.members, replace(lock, pack_bits=bits, slot=slot, capacity=capacity))


@contextmanager
def _room(task: Task) -> Iterator[WaitingRoom]:
    """Files without a name, which end with the process as their key does."""
    with ExitStack() as opened:
        try:
            files = [opened.enter_context(SpooledTemporaryFile(IN_MEMORY, dir=str(task.folder))) for _ in range(RANGES)]
            yield WaitingRoom(files, task.order.entropy(ROOT_BYTES))
        except OSError as error:
            raise Unusable(f"the keyrings find no room in output/: {error.strerror}\nhint: free space") from error


def _counted(things: Iterable[T], done: Callable[[], None]) -> Iterator[T]:
    for thing in things:
        yield thing
        done()


def _manifest(task: Task, content: ContentRing, layout: Layout) -> Manifest:
    return Manifest(
        site_id=content.site_id,
        epoch=task.lock.epoch,
        build=task.order.instant,
        period=content.period,
        layout=layout,
        issued=task.order.instant,
        dev=task.order.dev,
        home=names.spell_id(names.object_id(content.content_key, content.site_id, task.site.member_home)),
        places=content.places,
    )


def _members(rows: Iterable[MemberRow], needed: Asked, lock: Lock, shop: Shop) -> Iterator[Member]:
    """Those who have a card, each with a record in a language that the shop speaks: their own, else the shop's."""
    spell = {language: remembering(speller(language, shop.currency)) for language in shop.tongues}
    serial_of = valid_serials(lock, needed.ring.card_key)
    for row in rows:
        serial = serial_of(row.customer_id)
        if serial is not None:
            held = tuple(key for segment, key in needed.keys.items() if segment in row.segments)
            language = str(row.values.get("language", ""))
            spoken = language if language in spell else shop.language
            known = {**said_values(row.values, shop, spoken)}
            if spoken != language:
                known.pop("language", None)
            yield Member(row.customer_id, serial, held, record(needed.uses, known, spell[spoken]))
