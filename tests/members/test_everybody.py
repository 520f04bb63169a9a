"""What the engine's rules put before each of the sample's customers, beside what the plain model reckons for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pytest

from sitegen.build.offers import with_goods
from sitegen.build.people import open_people
from sitegen.content.project import read_project
from sitegen.model.directive import Argument, Directive
from sitegen.model.project import Project
from sitegen.programme.parts.prices import PriceLineView
from sitegen.render.parts import Offers
from tests.golden.sample_shop import copy_of_the_sample
from tests.members.model import Member, Model, Priced, Shop
from tests.members.table import TODAY

PARTS = (
    *("prices", "newcomers", "benefits", "gifts", 'care pages="care/silk.md"', "related", "gatherings", "life-stages"),
    *("contracts", "payment", "ladder", "protection"),
)
PAGE = "---\ntitle: All of it\ndescription: Each part of the programme.\naudience: everyone\n---\n"
COLUMNS = (
    *("tier", "next_tier", "to_next_tier", "points", "next_gift", "points_to_next_gift"),
    *("adviser_name", "next_event", "coupons", "promises", "circle"),
)
MOST, LONGEST = {"coupons": 5, "promises": 3}, 44
"""So many of theirs are named to anybody, and so much of each promise: a slot of the keyrings has an end."""
OTHER_DAYS = (date(2026, 9, 10), date(2026, 9, 17), date(2026, 11, 27), date(2027, 1, 8))
"""With nothing kept aside but one quilt; with most kept; long after all that; in a quiet month."""
DAYS = (TODAY, *(pytest.param(day, marks=pytest.mark.slow) for day in OTHER_DAYS))


@dataclass(frozen=True, repr=False)
class Everybody:
    """All customers on a day: what the engine knows of them, in which audiences they are, and the model's answer."""

    project: Project
    today: date
    model: Model
    said: Mapping[str, Mapping[str, object]]
    inside: Mapping[str, frozenset[str]]

    @cached_property
    def members(self) -> Mapping[str, Member]:
        """What the model says of each customer."""
        return {id_: self.model.member(id_) for id_ in self.model.customers}

    def seen(self, part: str, look: Callable[[Any], Any], **arguments: str) -> dict[str, list[Any]]:
        """For each customer what `look` finds in the views of the cells that are for them, in the cells' order."""
        offers = Offers(self.project, self.today)
        found: dict[str, list[Any]] = {id_: [] for id_ in self.model.customers}
        directive = Directive(part, arguments=tuple(Argument(name, value, 0) for name, value in arguments.items()))
        for cell in offers.part("en", directive).cells:
            audience = offers.audience(cell.rule)
            for id_ in self.inside[audience] if audience else self.model.customers:
                found[id_].append(look(cell.view))
        return found


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """A copy of the sample with a page on which every part of the programme stands."""
    root = tmp_path_factory.mktemp("everybody") / "shop"
    copy_of_the_sample(root)
    lines = "\n".join(f"::: {name} :::\n" for name in PARTS)
    (root / "content" / "pages" / "all-of-it.md").write_text(PAGE + lines, encoding="utf-8")
    return Shop(root)


@pytest.fixture(scope="module", params=DAYS, ids=str)
def everybody(request: pytest.FixtureRequest, shop: Shop) -> Everybody:
    """Everybody on each of the days."""
    today: date = request.param
    project = with_goods(shop.root, read_project(shop.root), today)
    with open_people(shop.root, project, today) as people:
        audiences = sorted({*project.rules.values()})
        facts = people.facts.select("customer_id", *COLUMNS)
        said = {row["customer_id"]: row for batch in people.engine.rows(facts) for row in batch}
        chosen = people.members.select("customer_id", *audiences)
        rows = [row for batch in people.engine.rows(chosen) for row in batch]
    inside = {name: frozenset(row["customer_id"] for row in rows if row[name]) for name in audiences}
    return Everybody(project, today, Model(shop, today), said, inside)


def test_tiers_and_points_of_everybody(everybody: Everybody) -> None:
    for id_, member in everybody.members.items():
        row = everybody.said[id_]
        said = (row["tier"], row["next_tier"] or "", row["to_next_tier"], row["points"])
        assert said == (member.tier, member.next_tier, member.to_next_tier, member.points), id_
        assert (row["next_gift"] or "", row["points_to_next_gift"]) == (
            member.next_gift,
            member.points_to_next_gift,
        ), id_


def test_what_the_record_of_everybody_says_of_people_and_of_what_is_theirs(everybody: Everybody) -> None:
    titles = {"": "", **{id_: row["title"] for id_, row in everybody.model.events.items()}}
    said = {
        id_: (row["adviser_name"], row["next_event"] or "", _codes(row["coupons"]), _promises(row["promises"]))
        for id_, row in everybody.said.items()
    }
    _agree(
        everybody,
        said,
        lambda one: (
            one.adviser,
            titles[one.coming],
            {*one.coupons[: MOST["coupons"]]},
            {promise[:LONGEST] for promise in one.promises[: MOST["promises"]]},
        ),
    )


def test_the_record_names_other_guests_to_those_who_let_others_know_of_them(everybody: Everybody) -> None:
    said = {id_: _guests(row["circle"]) for id_, row in everybody.said.items()}
    few = {id_: (bool(names), names <= everybody.members[id_].circle) for id_, names in said.items()}
    _agree(everybody, few, lambda one: (bool(one.circle), True))


def test_everybody_sees_the_products_that_they_may_buy_each_once_at_their_price(everybody: Everybody) -> None:
    by_name = _by_name(everybody)
    seen = everybody.seen(
        "prices", lambda view: [_priced(by_name, line) for group in view.groups for line in group.lines]
    )
    _agree(everybody, _flat(seen), lambda one: sorted(one.prices.items(), key=lambda line: line[0]))


def test_only_who_never_ordered_sees_newcomers_prices(everybody: Everybody) -> None:
    by_name = _by_name(everybody)
    seen = everybody.seen(
        "newcomers",
        lambda view: {
            by_name[line.name]: line.price for one in view.offers for group in one.groups for line in group.lines
        },
    )
    _agree(everybody, {id_: found[0] if found else {} for id_, found in seen.items()}, lambda one: one.newcomer_prices)


def test_everybody_sees_the_benefits_that_are_open_to_them(everybody: Everybody) -> None:
    seen = everybody.seen("benefits", lambda view: [one.title for one in view.benefits])
    _agree(everybody, _flat(seen), lambda one: sorted(one.benefits))


def test_everybody_sees_the_gifts_for_which_their_points_suffice(everybody: Everybody) -> None:
    seen = everybody.seen("gifts", lambda view: [gift.title for gift in view.gifts] if view.kind == "reach" else [])
    _agree(everybody, _flat(seen), lambda one: sorted(one.gifts))


def test_everybody_sees_how_to_look_after_what_they_have(everybody: Everybody) -> None:
    seen = everybody.seen("care", lambda view: view.page.removeprefix("/").removesuffix(".md"), pages="care/silk.md")
    _agree(everybody, seen, lambda one: sorted(one.care))


def test_everybody_hears_of_what_goes_with_what_they_have_and_of_nothing_kept_for_others(everybody: Everybody) -> None:
    by_name = _by_name(everybody)
    seen = everybody.seen("related", lambda view: [by_name[name] for name in view.goods])
    _agree(everybody, _flat(seen), lambda one: sorted(one.suggestions))


def test_guests_of_the_house_see_its_gatherings_and_nobody_else(everybody: Everybody) -> None:
    by_start = {row["starts_at"]: id_ for id_, row in everybody.model.events.items()}
    seen = everybody.seen(
        "gatherings", lambda view: [by_start[f"{one.starts_at:%Y-%m-%d %H:%M}"] for one in view.gatherings]
    )
    _agree(everybody, _flat(seen), lambda one: sorted(one.gatherings))


def test_parents_see_the_months_of_their_children(everybody: Everybody) -> None:
    seen = everybody.seen("life-stages", lambda view: view.title)
    _agree(everybody, seen, lambda one: sorted(one.stages))


def test_everybody_sees_the_offers_of_their_circle(everybody: Everybody) -> None:
    parts: dict[str, tuple[str, Callable[[Member], frozenset[str]]]] = {
        "contracts": ("contracts", lambda one: one.contracts),
        "payment": ("ways", lambda one: one.payment),
        "ladder": ("ladders", lambda one: one.ladder),
    }
    for part, (field, expected) in parts.items():
        seen = everybody.seen(part, lambda view, field=field: [one.name for one in getattr(view, field)])  # type: ignore[misc]
        _agree(everybody, _flat(seen), lambda one, expected=expected: sorted(expected(one)))  # type: ignore[misc]


def test_who_sells_on_sees_how_prices_are_kept(everybody: Everybody) -> None:
    seen = everybody.seen("protection", lambda _view: True)
    _agree(everybody, {id_: bool(found) for id_, found in seen.items()}, lambda one: one.kept_prices)


def _priced(by_name: Mapping[str, str], line: PriceLineView) -> tuple[str, Priced]:
    priced = Priced(line.list_price, line.price, line.stock, line.exclusive, bool(line.unsold))
    return by_name[line.name], priced


def _flat(seen: Mapping[str, list[list[object]]]) -> dict[str, list[object]]:
    return {id_: [one for some in found for one in some] for id_, found in seen.items()}


def _codes(text: object) -> set[str]:
    """The codes in a list like "TEA-16 (a pot of tea for two), WRAP-29 (gift wrapping in cloth)"."""
    return set(re.findall(r"([A-Z]+-[0-9]+) \(", str(text or "")))


def _promises(text: object) -> set[str]:
    return {one[:LONGEST] for one in str(text or "").split("; ") if one}


def _guests(text: object) -> set[str]:
    """The names in a list like "Mei Lin, +86 129 0000 0100;", which may end with how many more there are."""
    lines = (one.strip() for one in str(text or "").split(";"))
    return {one.partition(",")[0] for one in lines if one and not one.startswith("+")}


def _by_name(everybody: Everybody) -> dict[str, str]:
    return {row["name"]: id_ for id_, row in everybody.model.products.items()}


def _agree(everybody: Everybody, seen: Mapping[str, object], expected: Callable[[Member], object]) -> None:
    """Everybody sees what is expected, no matter in which order; the first who doesn't is named."""
    differences = {
        id_: (found, wanted)
        for id_, member in everybody.members.items()
        if (found := _sorted(seen[id_])) != (wanted := expected(member))
    }
    if differences:  # An assert would spell 1,200 customers out.
        pytest.fail(f"{len(differences)} customers: {dict([*differences.items()][:3])}", pytrace=False)


def _sorted(found: object) -> object:
    return sorted(found, key=_rank) if isinstance(found, list) else found


def _rank(found: object) -> str:
    return str(found[0] if isinstance(found, tuple) else found)
