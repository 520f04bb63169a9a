"""Count who was a customer a year ago and is lost today: the yearly loss, and what the texts say of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sitegen.model.report import Alert, Measure
from sitegen.programme.reports.compared import Said
from sitegen.programme.reports.ground import Ground, per_cent
from sitegen.programme.reports.spelling import plain, several, share
from sitegen.programme.reports.spells import YEAR, held, loss_in_words


@dataclass(frozen=True, slots=True)
class Loss:
    """`held`: customers on the evening before the last 365 days; `lost`: those of them who are lost today."""

    held: int
    lost: int

    @property
    def rate(self) -> Decimal | None:
        """Per cent, with one decimal place; None where there were no customers."""
        return per_cent(self.lost, self.held)


def yearly_loss(ground: Ground) -> Loss:
    """The loss of the year that ends today."""
    rows = held(ground, ground.last(YEAR))
    (row,) = ground.ask(rows.aggregate(held=rows.count(), lost=rows.count(where=rows["lost"])))
    return Loss(row["held"], row["lost"])


def loss_said(ground: Ground, now: Loss) -> Said:
    """What stands beside the yearly loss in per cent, `loss-rate`."""
    mark = ground.setting.benchmarks["yearly loss"]
    told = (
        f"Of {several(now.held, 'customer')} of {YEAR} days ago, {now.lost:,} are lost today. {loss_in_words(ground)}"
    )
    usual = "" if mark.low is None or mark.high is None else f" Usual are {plain(mark.low)} to {plain(mark.high)} %."
    return Said("loss-rate", "Lost in a year", Measure.PER_CENT, told + usual, -1, mark.source)


def loss_alerts(ground: Ground, now: Loss) -> tuple[Alert, ...]:
    """One, where more are lost than the benchmark's upper end."""
    mark = ground.setting.benchmarks["yearly loss"]
    limit = mark.value if mark.high is None else mark.high
    if now.rate is None or now.rate <= limit:
        return ()
    text = f"{share(now.rate)} of the customers of a year ago are lost, more than {plain(limit)} %."
    return (Alert("loss-rate", text, "see in 'Lost customers' whom and why, and call those who brought the most"),)
