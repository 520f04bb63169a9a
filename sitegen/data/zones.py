"""Say in which time zones each customer may be: by their own word, their country, their telephone, their store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

import ibis
from babel.core import get_global

from sitegen.audience.plan.addresses import PHONE_KEY
from sitegen.audience.plan.leaving import TIME_ZONES
from sitegen.data.engine import Engine

_ISSUED = {"number": "string", "issued in": "string", "issued zones": "string"}
_LANDS = {"land": "string", "land zones": "string"}
_NORTH_AMERICA = "+1"
_SIGNS, _MOST_SIGNS = len("+1415555"), len("+614123456")
"""Signs of a number that say where it was issued: in North America, and anywhere (phonenumbers' own tables)."""


def with_zones(engine: Engine, customers: ibis.Table) -> tuple[ibis.Table, tuple[str, ...]]:
    """The customers with the column TIME_ZONES, and the different texts in it; null where nobody can tell.

    A zone of the customer's own goes first, then their country where it has only one. In a country with several the
    telephone tells by its first digits, then the home store, if they are there; else all of the country's zones
    stand. Without a country it is the telephone's alone.
    """
    lands = engine.take("lands", _LANDS, ((land, " ".join(zones)) for land, zones in countries().items()))
    table = customers.mutate(
        **{"own zone": customers["time_zone"].strip().nullif(""), "at home": customers["country"].strip().upper()}
    )
    table = table.left_join(lands, [("at home", "land")])
    table = _with_telephone(engine, table)
    table = _with_store(table, engine.tables["stores"])
    there = table["land zones"]
    found = ibis.coalesce(
        table["own zone"],
        ibis.ifelse(there.contains(" "), ibis.null("string"), there),
        table["issued zones"],
        table["store zone"],
        there,
    )
    placed = table.select({**{name: table[name] for name in customers.columns}, TIME_ZONES: found})
    different = placed.select(zones=placed[TIME_ZONES]).filter(placed[TIME_ZONES].notnull()).distinct()
    return placed, tuple(sorted(row["zones"] for row in engine.ask(different)))


def _with_telephone(engine: Engine, table: ibis.Table) -> ibis.Table:
    """`issued zones`: where the telephone's number was issued, if that is in the customer's country."""
    phone = table[PHONE_KEY]
    signs = ibis.ifelse(phone.startswith(_NORTH_AMERICA), _SIGNS, _MOST_SIGNS)
    unsure = table["own zone"].isnull() & table["land zones"].contains(" ").fill_null(True)
    number = ibis.ifelse(unsure, phone.substr(0, signs), ibis.null("string"))
    table = table.mutate(**{"first digits": number, "in land": table["land"].fill_null("")})
    asked = table.select("first digits", "in land").filter(table["first digits"].notnull()).distinct()
    pairs = ((row["first digits"], row["in land"]) for batch in engine.rows(asked) for row in batch)
    issued = engine.take("issued", _ISSUED, _issued(pairs))
    return table.left_join(issued, [("first digits", "number"), ("in land", "issued in")])


def _issued(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for number, land in pairs:
        zones = zones_of_number(number)
        if zones and (not land or set(zones) <= set(countries()[land])):
            yield number, land, " ".join(zones)


def _with_store(table: ibis.Table, stores: ibis.Table) -> ibis.Table:
    """`store zone`: that of the home store, if it is in the customer's country."""
    known = stores.filter(stores["time_zone"].notnull())
    known = known.select(
        **{"a store": "store_id", "store land": known["country"].strip().upper(), "store zone": known["time_zone"]}
    )
    return table.left_join(known, [("store_id", "a store"), ("at home", "store land")])


@cache
def countries() -> Mapping[str, tuple[str, ...]]:
    """The zones of each country by its code (ISO 3166-1), in alphabetical order, as Unicode's CLDR has them."""
    there = get_global("territory_zones")
    known = available_timezones()
    lists = {land: tuple(sorted(zone for zone in zones if zone in known)) for land, zones in sorted(there.items())}
    return MappingProxyType({land: zones for land, zones in lists.items() if zones and land.isalpha()})


def zones_of_number(number: str) -> tuple[str, ...]:
    """The zones in which numbers of these first signs (+14155551) are issued, () where nobody knows.

    Source: libphonenumber's table of prefixes, as the package phonenumbers carries it.
    """
    from phonenumbers.tzdata import TIMEZONE_DATA  # noqa: PLC0415 - only where there are telephones

    digits = number.removeprefix("+")
    prefixes = (digits[:length] for length in range(len(digits), 0, -1))
    zones = next((TIMEZONE_DATA[prefix] for prefix in prefixes if prefix in TIMEZONE_DATA), ())
    # The table has some names of former days: Asia/Calcutta.
    present = get_global("zone_aliases")
    return tuple(sorted({present.get(zone, zone) for zone in zones}))
