"""Collect everything that takes something off a price, from all parts of the programme."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sitegen.audience.calendar.occasions import Occasions
from sitegen.model.concession import Concession
from sitegen.model.product import Product
from sitegen.model.programme import Programme
from sitegen.programme.benefits.concessions import concessions as of_benefits
from sitegen.programme.coupons.concessions import concessions as of_coupons
from sitegen.programme.points.concessions import concessions as of_points
from sitegen.programme.prices.concessions import concessions as of_prices
from sitegen.programme.relationship.concessions import concessions as of_relationship


def collected(
    programme: Programme, occasions: Occasions, products: Iterable[Product], on: date
) -> tuple[Concession, ...]:
    """Every concession that the programme may grant in the year from `on`."""
    return (
        *of_prices(programme.tiers, programme.prices, programme.newcomers, products, on),
        *of_benefits(programme.benefits, occasions, on),
        *of_relationship(programme, on),
        *of_coupons(programme.coupons),
        *of_points(programme.points),
    )
