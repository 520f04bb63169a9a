"""Say which benefits are open on a day, and until when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.calendar.spans import in_year, shift_days
from sitegen.model.benefit import Always, Benefit
from sitegen.model.campaign import EveryYear, OnOccasion
from sitegen.model.concession import Days


@dataclass(frozen=True, slots=True)
class OpenBenefit:
    """A benefit with the days on which it is open, and the day that it honours; that is None where it honours none."""

    benefit: Benefit
    days: Days
    day: date | None = None


def open_benefits(
    benefits: Iterable[Benefit], occasion_days: Mapping[str, Iterable[date]], on: date
) -> tuple[OpenBenefit, ...]:
    """The benefits that are open on a day, those first that close first.

    `occasion_days` are days near that one, by the names of occasions and of yearly facts: see `days_around` for the
    ones that are everybody's, `own_days` for one customer's.
    """
    found = [one for benefit in benefits for one in openings(benefit, occasion_days) if one.days.contains(on)]
    open_now: dict[str, OpenBenefit] = {}
    for one in sorted(found, key=lambda one: one.days.last or date.max):
        open_now.setdefault(one.benefit.name, one)
    return tuple(sorted(open_now.values(), key=lambda one: (one.days.last or date.max, one.benefit.name)))


def openings(benefit: Benefit, occasion_days: Mapping[str, Iterable[date]]) -> tuple[OpenBenefit, ...]:
    """When a benefit is open around these days, within its own days."""
    match benefit.when:
        case Always():
            return tuple(OpenBenefit(benefit, days) for days in benefit.days)
        case OnOccasion(name) | EveryYear(name):
            around = ((day, _around(benefit, day)) for day in occasion_days.get(name, ()))
            return tuple(
                OpenBenefit(benefit, both, day)
                for day, days in around
                for own in benefit.days
                if (both := days.meet(own)) is not None
            )


def days_around(benefits: Collection[Benefit], occasions: Occasions, on: date) -> dict[str, tuple[date, ...]]:
    """The days of the benefits' occasions that may be open on a day, by their names; unknown occasions have none."""
    names = {benefit.when.occasion for benefit in benefits if isinstance(benefit.when, OnOccasion)}
    farthest = max((max(benefit.before, benefit.after) for benefit in benefits), default=0)
    first, last = shift_days(on, -farthest), shift_days(on, farthest)
    return {name: occasions.days(name, first, last) for name in sorted(names & {*occasions.names})}


def own_days(month: int, day: int, on: date) -> tuple[date, ...]:
    """The days around `on` on which somebody celebrates who was born on that day of that month.

    29 February is the 28th in common years.
    """
    return tuple(in_year(year, month, day) for year in (on.year - 1, on.year, on.year + 1))


def open_days(benefit: Benefit, occasions: Occasions, on: date, ahead: int = 366) -> tuple[Days, ...]:
    """The days from `on` on, for so many days, on which anybody may have a benefit."""
    if not isinstance(benefit.when, OnOccasion):
        return benefit.days
    first, last = shift_days(on, -benefit.after), shift_days(on, ahead + benefit.before)
    name = benefit.when.occasion
    near = occasions.days(name, first, last) if name in occasions.names else ()
    return tuple(one.days for one in openings(benefit, {name: near}))


def _around(benefit: Benefit, day: date) -> Days:
    return Days(shift_days(day, -benefit.before), shift_days(day, benefit.after))
