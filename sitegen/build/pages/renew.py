"""Make the readable site anew: units whose inputs are all as they were are taken over, the others rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from sitegen.build.pages.memory import Memory, Remembered, Stood
from sitegen.build.pages.reasons import TAMPERED, reason
from sitegen.build.pages.workers import Rendered, Room, rendered
from sitegen.model.readable import GatedAsset, Site
from sitegen.publish.tree import Staging
from sitegen.render.reads import Fingerprint, Read, Trace
from sitegen.render.site.inputs import OWN
from sitegen.render.site.kit import Kit
from sitegen.render.site.made import Made
from sitegen.render.site.units import Unit
from sitegen.render.site.whole import Draft, assembled

if TYPE_CHECKING:
    from sitegen.protect.audit.prints import Prints

OF_ITS_OWN = OWN | {"address", "asset", "audience"}
"""Kinds of inputs that differ from page to page."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """The readable site, and how it came about: `reasons` why each unit was rendered, by its key; `units` for the
    memory; `stood` the files that stand already, by their paths, and `assets` the prints of locked ones; `printed`
    what the leak check need not read again.
    """

    site: Site
    draft: Draft
    reasons: Mapping[str, str]
    units: Mapping[str, Remembered]
    stood: Mapping[str, Stood]
    assets: Mapping[str, str]
    locks: str
    printed: Mapping[bytes, Prints]

    @property
    def unchanged(self) -> int:
        """Units that were taken over."""
        return len(self.units) - len(self.reasons)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a renewal builds on: the memory, the new tree (None: nothing will be written), processes, what stands for
    the keys that lock gated things, and the leak check's key (None: it will not be asked).
    """

    memory: Memory
    tree: Staging | None
    processes: int
    locks: str
    audit_key: bytes | None = None

    @property
    def same_locks(self) -> bool:
        """Whether what was locked then would be locked into the same bytes now."""
        return bool(self.locks) and self.memory.locks == self.locks


@dataclass(slots=True)
class _Work:
    made: dict[str, Made] = field(default_factory=dict)
    units: dict[str, Remembered] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    stood: dict[str, Stood] = field(default_factory=dict)
    standing: set[str] = field(default_factory=set)
    shared: dict[frozenset[tuple[Read, Fingerprint]], Mapping[Read, Fingerprint]] = field(default_factory=dict)
    printed: dict[bytes, Prints] = field(default_factory=dict)


def renewed(drafted: Draft, ground: Ground, developed: Callable[[Site], Site], done: Callable[[], None]) -> Renewal:
    """The site of a draft; `developed` adds the pictures that must be made first, `done` is called for each unit.

    Raises Mistakes with everything that can't be rendered.
    """
    work = _Work()
    wanted: list[Unit] = []
    for unit in drafted.units.every:
        why = _take_over(unit, drafted.kit, ground, work)
        if why:
            work.reasons[unit.key] = why
            wanted.append(unit)
    by_key = {unit.key: unit for unit in wanted}
    for one in rendered(Room(drafted.kit, ground.tree, ground.processes, ground.audit_key), wanted, done):
        _take_in(one, by_key[one.key], work)
    site = developed(assembled(drafted, work.made, frozenset(work.standing)))
    assets = {thing.id: asset_print(thing) for thing in site.gated if isinstance(thing, GatedAsset)}
    site = _with_assets(site, assets, ground)
    return Renewal(site, drafted, work.reasons, work.units, work.stood, assets, ground.locks, work.printed)


def _take_over(unit: Unit, kit: Kit, ground: Ground, work: _Work) -> str:
    """Take a unit over as it is remembered; "" where that was possible, else why not."""
    memory = ground.memory
    remembered = memory.units.get(unit.key)
    why = reason(remembered, unit, kit)
    if why or remembered is None:
        return why
    if unit.path:
        stood = memory.files.get(unit.path)
        if stood is None:
            return TAMPERED
        work.stood[unit.path] = stood
        work.standing.add(unit.key)
    if ground.same_locks:
        work.standing.update([unit.key, *(block.id for block in remembered.made.blocks)])
    work.made[unit.key], work.units[unit.key] = remembered.made, remembered
    return ""


def _take_in(one: Rendered, unit: Unit, work: _Work) -> None:
    if one.stood:
        work.stood[unit.path] = one.stood
        work.standing.add(unit.key)
    if one.printed:
        work.printed[one.printed[0]] = one.printed[1]
    work.made[unit.key] = one.made
    own, shared = _parted(one.trace)
    kept = replace(one.made, html="") if unit.path else one.made
    of_all = work.shared.setdefault(frozenset(shared.items()), shared)
    work.units[unit.key] = Remembered(own, of_all, kept, work.reasons[unit.key])


def _parted(trace: Trace) -> tuple[dict[Read, Fingerprint], dict[Read, Fingerprint]]:
    own = {read: value for read, value in trace.items() if read[0] in OF_ITS_OWN}
    return own, {read: value for read, value in trace.items() if read[0] not in OF_ITS_OWN}


def asset_print(asset: GatedAsset) -> str:
    """What stands for a locked file: its bytes, and who opens it."""
    return sha256(asset.content + repr((asset.media_type, asset.segments)).encode()).hexdigest()


def _with_assets(site: Site, assets: Mapping[str, str], ground: Ground) -> Site:
    """The site, with the locked files of unchanged assets among what stands."""
    if not ground.same_locks:
        return site
    known = ground.memory.assets
    return replace(site, standing=site.standing | {id_ for id_, said in assets.items() if known.get(id_) == said})
