"""Report what spoils the experience: the six factors of complaints, couriers, defects."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.audience.facts.rows import table_of
from sitegen.model.report import Alert, Amount, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series
from sitegen.programme.reports.compared import Numbers, Said, compared, figures, mean, within
from sitegen.programme.reports.ground import Ground, per_cent
from sitegen.programme.reports.months import last_months, month, window_of
from sitegen.programme.reports.opinion.defects import SOURCE as DEFECTS
from sitegen.programme.reports.opinion.defects import defect_grid
from sitegen.programme.reports.opinion.delivery import Courier, couriers, together
from sitegen.programme.reports.spelling import month_text, plain, several, share

FACTORS: Mapping[str, str] = {
    "attitude": "Attitude of the service",
    "slow-response": "Slow response",
    "quality": "Product quality",
    "delivery-speed": "Speed of the delivery",
    "courier-attitude": "Attitude of the courier",
    "added-value": "Added value",
}
"""The six factors as the customer file names them, with their titles."""
OTHER = "Not said"
ANYBODY = "What went wrong for people of the house counts too."
SIX = "service attitude, slow response, product quality, express speed, courier attitude, added value"
EXPRESS = "consider changing the express delivery or increasing the express delivery options"
Counts = Mapping[tuple[str, str], int]
"""How many complaints a month and a factor ("" unknown) have."""


def report(ground: Ground) -> Report:
    """Which factors customers complained of in the last twelve months, which courier and which goods spoil it."""
    counts, carried = _complaints(ground), couriers(ground)
    numbers = compared(ground, _numbers)
    months = last_months(ground.today)
    return Report(
        name="experience",
        title="What spoils the experience",
        question="What do customers complain of, which courier and which goods spoil it?",
        answer=_answer(numbers[0]),
        window=window_of(months, ground.today),
        figures=_figures(ground, numbers),
        charts=(*_month_chart(ground, counts), *_courier_chart(ground, carried)),
        grids=(_factor_grid(ground, counts), _courier_grid(ground, carried), defect_grid(ground)),
        alerts=tuple(_alert(ground, one) for one in carried if _alarming(ground, one)),
        sources=(SIX, EXPRESS, DEFECTS),
    )


def _complaints(ground: Ground) -> Counts:
    rows = table_of(ground.tables, "complaints", ground.schema)
    window = window_of(last_months(ground.today), ground.today)
    rows = rows.filter(within(rows["opened_on"], window))
    found = rows.group_by(month=month(rows["opened_on"]), factor=rows["factor"].fill_null("")).aggregate(
        complaints=rows.count()
    )
    return {(row["month"], row["factor"]): int(row["complaints"]) for row in ground.ask(found)}


def _sum(counts: Counts, factor: str) -> int:
    return sum(count for (_, one), count in counts.items() if one == factor)


def _numbers(ground: Ground) -> Numbers:
    counts, all_of_them = _complaints(ground), together(couriers(ground))
    total = sum(counts.values())
    # Among equals the first in the order of the texts.
    worst = max(FACTORS, key=lambda factor: _sum(counts, factor))
    most = _sum(counts, worst)
    return {
        "complaints": total,
        "worst": FACTORS[worst] if most else None,
        "most": most,
        "worst-share": per_cent(most, total),
        "on-the-way": sum(_sum(counts, factor) for factor in ("delivery-speed", "courier-attitude")),
        "parcels": all_of_them.parcels,
        "trouble-parcels": all_of_them.trouble,
        "trouble": per_cent(all_of_them.trouble, all_of_them.parcels),
        "days": mean(all_of_them.days, all_of_them.arrived, 1),
        "late": per_cent(all_of_them.late, all_of_them.parcels),
        "late-parcels": all_of_them.late,
    }


def _answer(now: Numbers) -> str:
    total, parcels = now["complaints"], now["parcels"]
    assert isinstance(total, int)
    assert isinstance(parcels, int)
    told = "Nobody complained in the last twelve months"
    if total:
        told = f"{several(total, 'complaint')} came in the last twelve months"
    if now["worst"]:
        told += f", most about {str(now['worst']).lower()} ({now['most']:,})"
    if not parcels:
        return f"{told}; no parcel was sent."
    trouble = f"{now['trouble-parcels']:,} of {several(parcels, 'parcel')} brought trouble"
    return f"{told}; {trouble} ({_share(now['trouble'])})."


def _share(value: Amount) -> str:
    return f"{value} %"


def _figures(ground: Ground, numbers: tuple[Numbers, Numbers]) -> tuple[Figure, ...]:
    now, setting = numbers[0], ground.setting.couriers
    window, recent = window_of(last_months(ground.today), ground.today), ground.last(setting.days)
    parcels = f"orders of the last {setting.days} days that name a courier and were not cancelled"
    said = (
        Said("complaints", "Complaints", Measure.COUNT,
             f"Complaints that came in this month and the eleven before. {ANYBODY}", -1, SIX),
        Said("worst", "Most complained of", Measure.TEXT,
             f"The factor with the most complaints of these months: {now['most']:,} of {now['complaints']:,}.", 0, SIX),
        Said("worst-share", "Its share", Measure.PER_CENT,
             f"{now['most']:,} complaints about that factor of all {now['complaints']:,} of these months.", 0, SIX),
        Said("on-the-way", "Complaints about the parcel's way", Measure.COUNT,
             "Complaints of these months about the speed of the delivery or the attitude of the courier.", -1, EXPRESS),
        Said("parcels", "Parcels", Measure.ORDERS, f"All {parcels}. {ANYBODY}", 0, EXPRESS, recent),
        Said("trouble", "Parcels that brought trouble", Measure.PER_CENT,
             f"{now['trouble-parcels']:,} of {now['parcels']:,} parcels brought a complaint about speed or courier, or"
             f" an evaluation of 1 or 2 stars; parcels are {parcels}.", -1, EXPRESS, recent),
        Said("days", "Days from order to door", Measure.DAYS,
             f"Days from the order to the delivery on average, over the parcels that have arrived: {parcels}.",
             -1, EXPRESS, recent),
        Said("late", "Late parcels", Measure.PER_CENT,
             f"{now['late-parcels']:,} of {now['parcels']:,} parcels took more than {setting.late} days, or are not"
             f" there after these: {parcels}.", -1, EXPRESS, recent),
    )  # fmt: skip
    return figures(window, numbers, said)


def _month_chart(ground: Ground, counts: Counts) -> tuple[Chart, ...]:
    if not counts:
        return ()
    months = last_months(ground.today)
    titles = dict(FACTORS) | ({"": OTHER} if _sum(counts, "") else {})
    fullest = max(months, key=lambda one: sum(counts.get((one, factor), 0) for factor in titles))
    most = f"{sum(counts.get((fullest, factor), 0) for factor in titles):,}"
    came = several(sum(counts.values()), "complaint")
    chart = Chart(
        name="factors-by-month",
        title="Complaints by month and factor",
        kind=ChartKind.STACKED,
        across="Month",
        up="Complaints",
        measure=Measure.COUNT,
        labels=months,
        series=tuple(
            Series(title, tuple(counts.get((one, factor), 0) for one in months)) for factor, title in titles.items()
        ),
        says=f"{came} in twelve months; the most came in {month_text(fullest)} ({most}).",
        source="complaints",
        window=window_of(months, ground.today),
    )
    return (chart,)


def _courier_chart(ground: Ground, carried: tuple[Courier, ...]) -> tuple[Chart, ...]:
    shown = [one for one in carried if one.parcels >= ground.setting.couriers.least]
    if not shown:
        return ()
    rates = [(per_cent(one.trouble, one.parcels), one.name) for one in shown]
    told = ", ".join(f"{name} {share(rate)}" for rate, name in rates)
    chart = Chart(
        name="couriers",
        title="Parcels that brought trouble, by courier",
        kind=ChartKind.LYING,
        across="Parcels with a complaint or a bad evaluation, in %",
        up="Courier",
        measure=Measure.PER_CENT,
        labels=tuple(name for _, name in rates),
        series=(Series("Parcels that brought trouble", tuple(rate for rate, _ in rates)),),
        says=f"Of a hundred parcels brought trouble: {told}.",
        source="orders, complaints",
        window=ground.last(ground.setting.couriers.days),
        marks=(("alarming from here", ground.setting.couriers.most),),
    )
    return (chart,)


def _factor_grid(ground: Ground, counts: Counts) -> Grid:
    months = last_months(ground.today)
    total = sum(counts.values())
    titles = dict(FACTORS) | ({"": OTHER} if _sum(counts, "") else {})
    heads = (
        Head("factor", "Factor"),
        *(Head(one, one, Measure.COUNT) for one in months),
        Head("all", "All", Measure.COUNT),
        Head("share", "Share", Measure.PER_CENT),
    )
    rows = tuple(
        (title, *(counts.get((one, factor), 0) for one in months), _sum(counts, factor),
         per_cent(_sum(counts, factor), total))
        for factor, title in titles.items()
    )  # fmt: skip
    definition = (
        "Complaints by the factor that they are about and the month in which they came; this month is not over."
    )
    window = window_of(months, ground.today)
    return Grid("factors", "The six factors, month by month", definition, window, heads, rows, len(rows))


def _courier_grid(ground: Ground, carried: tuple[Courier, ...]) -> Grid:
    setting = ground.setting.couriers
    heads = (
        Head("courier", "Courier"),
        Head("parcels", "Parcels", Measure.ORDERS),
        Head("speed", "Complaints about speed", Measure.ORDERS),
        Head("attitude", "Complaints about attitude", Measure.ORDERS),
        Head("bad", "1 or 2 stars", Measure.ORDERS),
        Head("trouble", "Any of these", Measure.ORDERS),
        Head("share", "Share", Measure.PER_CENT),
        Head("days", "Days to the door", Measure.DAYS),
        Head("late", f"Longer than {setting.late} days", Measure.PER_CENT),
    )
    rows = tuple(
        (one.name, one.parcels, one.speed, one.attitude, one.bad, one.trouble, per_cent(one.trouble, one.parcels),
         mean(one.days, one.arrived, 1), per_cent(one.late, one.parcels))
        for one in carried
    )  # fmt: skip
    definition = (
        f"Orders of the last {setting.days} days that name a courier and were not cancelled; each column counts"
        f" parcels. Alarming are couriers with {setting.least} parcels or more of which more than {plain(setting.most)}"
        f" % brought a complaint or a bad evaluation. {ANYBODY}"
    )
    return Grid("couriers", "Couriers", definition, ground.last(setting.days), heads, rows, len(rows))


def _alarming(ground: Ground, one: Courier) -> bool:
    setting = ground.setting.couriers
    return one.parcels >= setting.least and one.trouble * 100 > setting.most * one.parcels


def _alert(ground: Ground, one: Courier) -> Alert:
    rate, most = per_cent(one.trouble, one.parcels), plain(ground.setting.couriers.most)
    text = (
        f"{one.trouble:,} of {several(one.parcels, 'parcel')} by {one.name} brought a complaint or a bad evaluation:"
        f" {share(rate)}, where {most} % is the most that you allow"
    )
    return Alert("courier", f"{text}.", "consider another express, or one more")
