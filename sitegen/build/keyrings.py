"""The members' keyrings: every customer's slot in packs, and the site.json that points to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sitegen.build.order import Order
from sitegen.build.people import People
from sitegen.build.site import CARD_KEY, SIGN_KEY, content_ring
from sitegen.data.members import members_of
from sitegen.model.artifact import SealedArtifact
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.readable import Site
from sitegen.protect import names
from sitegen.protect.keyrings import keyring_artifacts, layout_for, manifest_artifact, record, record_fields
from sitegen.protect.keys import require
from sitegen.protect.manifest import Manifest, public_key
from sitegen.protect.objects import ContentRing
from sitegen.protect.packs import CardRing, Layout, Member
from sitegen.protect.serials import serial_of
from sitegen.render.fields import speller


@dataclass(frozen=True, slots=True)
class Keyrings:
    """The packs and site.json, and the lock with the layout that they have now."""

    artifacts: tuple[SealedArtifact, ...]
    members: int
    lock: Lock


def make_keyrings(project: Project, order: Order, lock: Lock, site: Site, people: People) -> Keyrings:
    """Every member's slot. Raises Mistakes where a key is missing or a record asks for an unknown field."""
    content = content_ring(project, order, lock)
    card_key, sign_key = require(order.roots.card, CARD_KEY), require(order.roots.sign, SIGN_KEY)
    site_id = content.site_id
    ring = CardRing(card_key, site_id, lock.epoch, order.instant, public_key(sign_key, site_id))
    members = tuple(_members(project, _Reissues(lock, card_key), site, people, content))
    # Development keys never touch the lock, so their layout is found anew in each build.
    least = Layout(0, 0, 0) if order.dev else Layout(lock.pack_bits, lock.slot, lock.capacity)
    layout = layout_for(ring, members, least)
    manifest = Manifest(
        site_id=site_id,
        epoch=lock.epoch,
        build=order.instant,
        period=content.period,
        layout=layout,
        issued=order.instant,
        dev=order.dev,
        home=names.spell_id(names.object_id(content.content_key, site_id, site.member_home)),
    )
    artifacts = (*keyring_artifacts(ring, members, layout), manifest_artifact(sign_key, manifest))
    fixed = lock if order.dev else replace(lock, pack_bits=layout.bits, slot=layout.slot, capacity=layout.capacity)
    return Keyrings(artifacts, len(members), fixed)


@dataclass(frozen=True, slots=True)
class _Reissues:
    lock: Lock
    card_key: bytes = field(repr=False)

    def serial(self, member_id: str) -> int:
        return serial_of(self.lock, self.card_key, member_id)


def _members(
    project: Project, reissues: _Reissues, site: Site, people: People, content: ContentRing
) -> Iterator[Member]:
    used = {navigation.segment for navigation in site.navigation}
    used.update(segment for thing in site.gated for segment in thing.segments)
    keys = {segment: content.segment_key(segment) for segment in sorted(used)}
    uses = record_fields(site.fields, project.theme.name)
    spell = speller(project.shop.language, project.shop.currency)
    for row in members_of(people.engine, people.members, people.values, tuple(keys)):
        held = tuple(key for segment, key in keys.items() if segment in row.segments)
        said = record(uses, row.values, spell) if project.shop.output.member_data != "none" else {}
        yield Member(row.customer_id, reissues.serial(row.customer_id), held, said)
