"""Hold everything that the programme names against the shop: tiers, segments, pages, files, days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sitegen.audience.calendar.occasions import Occasions
from sitegen.content.programme.attachments import check_attachments
from sitegen.content.programme.care_references import check_care
from sitegen.content.programme.coupons import check_coupons
from sitegen.content.programme.duty_references import check_duties
from sitegen.content.programme.gatherings import check_gatherings
from sitegen.content.programme.points import check_points
from sitegen.content.programme.price_references import Known, check_prices
from sitegen.content.programme.relationship import check_relationship
from sitegen.errors import Problem
from sitegen.model.programme import Programme


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the programme may name: segments, pages by id, files by path below content/assets/, days, the languages of
    the shop, the facts that are days of a year, and campaigns by id."""

    segments: Collection[str]
    pages: Collection[str]
    assets: Collection[str]
    occasions: Occasions
    languages: Collection[str]
    yearly: tuple[str, ...]
    campaigns: Collection[str] = ()


def check_programme(programme: Programme, around: Surroundings, problems: list[Problem]) -> None:
    """Report what is named and not there."""
    segments, pages = around.segments, around.pages
    check_care(programme, pages, problems)
    check_relationship(programme, segments, pages, problems)
    check_gatherings(programme, segments, problems)
    check_coupons(programme, segments, around.occasions, problems)
    check_attachments(programme, pages, around.assets, problems)
    check_points(programme, segments, around.languages, problems)
    check_prices(programme, Known(segments, pages, around.occasions, around.yearly), problems)
    check_duties(programme, around.campaigns, problems)
