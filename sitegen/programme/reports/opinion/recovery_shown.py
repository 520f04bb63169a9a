"""Show whether customers whose trouble was mended come back: the groups as a chart and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sitegen.model.report import Chart, ChartKind, Grid, Head, Measure, Series
from sitegen.programme.reports.ground import Ground, per_cent
from sitegen.programme.reports.opinion.recovery import AFTER, EVENTS, NEVER, SOLVED, UNSOLVED, Group, events_window
from sitegen.programme.reports.spelling import share

GROUPS = {
    SOLVED: "Complaint solved, customer content",
    NEVER: "Never complained",
    UNSOLVED: "Complaint not solved, or not to their content",
}
"""The groups in the order in which they are shown."""


def again(group: Group, least: int) -> Decimal | None:
    """Who of a group bought again, in per cent; None where the group is smaller than `least`."""
    return per_cent(group.again, group.customers) if group.customers >= least else None


def recovery_chart(ground: Ground, groups: Mapping[str, Group]) -> tuple[Chart, ...]:
    """The shares of the groups that are large enough; no chart where none is."""
    least = ground.setting.least
    shown = {kind: rate for kind, group in groups.items() if (rate := again(group, least)) is not None}
    if not shown:
        return ()
    told = "; ".join(f"{GROUPS[kind].lower()}: {share(rate)} bought again" for kind, rate in shown.items())
    chart = Chart(
        name="recovery",
        title=f"Who bought again within {AFTER} days",
        kind=ChartKind.LYING,
        across="Bought again, in %",
        up="Customers",
        measure=Measure.PER_CENT,
        labels=tuple(GROUPS[kind] for kind in shown),
        series=(Series("Bought again", tuple(shown.values())),),
        says=f"{told[:1].upper()}{told[1:]}.",
        source="complaints, orders",
        window=events_window(ground),
    )
    return (chart,)


def recovery_grid(ground: Ground, groups: Mapping[str, Group]) -> Grid:
    """Every group with its customers, and how many bought again."""
    heads = (
        Head("group", "Customers whose ..."),
        Head("customers", "Customers", Measure.CUSTOMERS),
        Head("again", f"Bought again within {AFTER} days", Measure.CUSTOMERS),
        Head("share", "Share", Measure.PER_CENT),
    )
    rows = tuple(
        (GROUPS[kind], one.customers, one.again if one.customers >= ground.setting.least else None,
         again(one, ground.setting.least))
        for kind, one in groups.items()
    )  # fmt: skip
    definition = (
        f"Events of {EVENTS} days that ended {AFTER} days ago, so that all had the same time: a complaint solved to the"
        " customer's content (from that day), the first order of who never complained, a complaint that was not solved"
        " so (from the day on which it came). A customer's first complaint of the window counts."
    )
    return Grid("recovery", "Does mending bring them back?", definition, events_window(ground), heads, rows, len(rows))
