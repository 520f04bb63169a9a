"""Who opens what: every member of a real shop with every page, held against the rule that the page was written for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

import pytest

from sitegen.audience.selection.access import visible
from sitegen.build.people import open_people
from sitegen.build.reading import read_shop
from sitegen.content.project import read_project
from sitegen.protect import code, names, objects, packs
from sitegen.protect.keys import decode_root
from sitegen.protect.manifest import Manifest, public_key, verify_manifest
from sitegen.protect.refusal import NoAccess
from sitegen.publish.lock_file import read_lock
from tests.golden.sample_shop import Shop, copy_of_the_sample, keys

pytestmark = pytest.mark.slow
TODAY = date(2026, 9, 8)
ALONE, TOGETHER = 24, 8
LEAST_PAIRS = 10_000
TOGETHERS = (
    "any: [segment: is {0}, segment: is {1}]",
    "all: [segment: is {0}, segment: is {1}]",
    "all: [segment: is {0}]\n  none: [segment: is {1}]",
    "any: [segment: is {0}, total spent: at least 500]",
)


@dataclass(frozen=True, slots=True)
class House:
    """The shop, its members' audiences by customer, and the audience of each of its gated pages by logical path."""

    shop: Shop
    members: Mapping[str, frozenset[str]]
    pages: Mapping[str, str]
    manifest: Manifest


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The sample shop with a page for each of 24 segments and for each of eight rules about two of them, built."""
    shop = copy_of_the_sample(tmp_path_factory.mktemp("matrix") / "shop")
    before = audiences(shop)
    sizes = {name: sum(name in held for held in before.values()) for name in sorted(set().union(*before.values()))}
    written = [segment.id for segment in read_project(shop.root).segments if segment.named]
    chosen = [name for name in written if 0 < sizes.get(name, 0) < len(before)][:ALONE]
    assert len(chosen) == ALONE
    for number, name in enumerate(chosen):
        write(shop, f"alone-{number}", name)
    for number in range(TOGETHER):
        rule = TOGETHERS[number % len(TOGETHERS)].format(chosen[number], chosen[-1 - number])
        write(shop, f"together-{number}", f"\n  {rule}")
    shop.build("site")
    project = read_project(shop.root)
    pages = {f"pages/{page.id.removeprefix('pages/')}": page.audience for page in project.pages}
    gated = {path: audience for path, audience in pages.items() if audience != "public" and "matrix" in path}
    sign_key = decode_root(keys()["SITEGEN_SIGN_KEY"], "SITEGEN_SIGN_KEY")
    site_id = bytes.fromhex(project_lock(shop))
    manifest = verify_manifest((shop.site / names.SITE_PATH).read_bytes(), public_key(sign_key, site_id))
    return House(shop, audiences(shop), gated, manifest)


def write(shop: Shop, name: str, audience: str) -> None:
    path = shop.root / f"content/pages/matrix/{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\ntitle: Page {name}\naudience: {audience}\n---\nA page of its own: {name}.\n", "utf-8")


def project_lock(shop: Shop) -> str:
    """The site's id."""
    lock = read_lock(shop.root)
    assert lock
    return lock.site_id


def audiences(shop: Shop) -> dict[str, frozenset[str]]:
    """Every customer with the audiences that the customer file puts them into."""
    with open_people(shop.root, read_shop(shop.root), TODAY) as people:
        rows = people.engine.ask(people.members)
    return {row["customer_id"]: frozenset(name for name, held in row.items() if held is True) for row in rows}


def held_keys(house: House, customer: str) -> tuple[bytes, ...]:
    """The segment keys that a member's printed code opens in the built packs."""
    card = code.parse(house.shop.link(customer).spelled)
    manifest = house.manifest
    stamp = packs.Stamp(manifest.site_id, manifest.epoch, manifest.build)
    number = packs.pack_number(card, stamp, manifest.layout.bits)
    pack = house.shop.site / names.pack_path(manifest.epoch, manifest.build, number)
    return packs.open_slot(card, stamp, manifest.layout, pack.read_bytes()).segment_keys


def test_goal_11_each_member_opens_exactly_the_pages_that_are_theirs(house: House) -> None:
    content_key = decode_root(keys()["SITEGEN_CONTENT_KEY"], "SITEGEN_CONTENT_KEY")
    edition = objects.Edition(house.manifest.site_id, house.manifest.epoch, house.manifest.period)
    sealed = {}
    for path in house.pages:
        identifier = names.object_id(content_key, house.manifest.site_id, path)
        sealed[path] = (
            identifier,
            (house.shop.site / names.object_path(edition.epoch, edition.period, identifier)).read_bytes(),
        )
    differences = []
    pairs = opened = 0
    for customer, membership in islice(house.members.items(), 0, None, 3):
        held = held_keys(house, customer)
        for path, (identifier, blob) in sealed.items():
            try:
                objects.unseal(edition, held, identifier, "page", blob)
                could = True
            except NoAccess:
                could = False
            pairs += 1
            opened += could
            if could != visible(house.pages[path], membership):
                differences.append((customer, path))
    assert len(house.pages) == ALONE + TOGETHER
    assert pairs >= LEAST_PAIRS
    assert 0 < opened < pairs
    assert differences == []
