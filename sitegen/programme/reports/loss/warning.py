"""Report whom the shop is about to lose, while something can be done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sitegen.model.report import Alert, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.reports.compared import MONEY, Numbers, Said, compared, figures, how_many, how_often, mean
from sitegen.programme.reports.ground import Ground, Row, per_cent
from sitegen.programme.reports.loss.signs import GAPS, LOW, SIGNS, not_lost, signs
from sitegen.programme.reports.purchases import cents
from sitegen.programme.reports.registers import FIRST, WHO
from sitegen.programme.reports.spelling import day_text, in_currency, several
from sitegen.programme.reports.worth import WORTH, WORTH_HEAD, bought, first_by_worth

SOURCE = "adjust their marketing plan in time, and effectively prevent customers from losing regularly"
TITLES = {
    "rhythm": "Order rhythm broken",
    "satisfaction": "Satisfaction fallen",
    "complaint": "Complaint open",
    "unsubscribed": "Wants no more letters",
    "promise": "Promise broken",
    "silence": "No contact for long",
}


def report(ground: Ground) -> Report:
    """Customers with signs of leaving: who, which signs, what is at stake, and whose they are."""
    numbers = compared(ground, _numbers)
    return Report(
        name="warning",
        title="Early warning",
        question="Whom are we about to lose, and what can still be done?",
        answer=_answer(ground, numbers[0]),
        window=Window(ground.today),
        figures=_figures(ground, numbers),
        charts=_chart(ground, numbers[0]),
        grids=(_grid(ground, numbers[0]), _sign_grid(ground, numbers)),
        alerts=_alerts(ground, numbers[0]),
        sources=(SOURCE,),
    )


def _numbers(ground: Ground) -> Numbers:
    rows = signs(ground)
    counts = {name: how_many(rows[name]) for name in SIGNS}
    (row,) = ground.ask(rows.aggregate(warned=rows.count(), stake=rows["worth"].sum().cast(MONEY), **counts))
    customers = how_often(ground, not_lost(ground, bought(ground)))
    return {
        "customers": customers,
        "warned": int(row["warned"]),
        "warned-share": per_cent(int(row["warned"]), customers),
        "at-stake": cents(row["stake"]),
        **{name: int(row[name]) for name in SIGNS},
    }


def _answer(ground: Ground, now: Numbers) -> str:
    if not now["customers"]:
        return "There is no customer yet whom one could lose."
    warned = _number(now, "warned")
    if not warned:
        return f"None of {several(_number(now, 'customers'), 'customer')} shows a sign of leaving."
    verb = "shows" if warned == 1 else "show"
    return (
        f"{warned:,} of {several(_number(now, 'customers'), 'customer')} {verb} signs of leaving ({now['warned-share']}"
        f" %); a year of theirs is worth {_stake(ground, now)}."
    )


def _stake(ground: Ground, now: Numbers) -> str:
    value = now["at-stake"]
    assert isinstance(value, Decimal)
    return in_currency(value, ground.currency)


def _number(now: Numbers, name: str) -> int:
    value = now[name]
    assert isinstance(value, int)
    return value


def _rules(ground: Ground) -> dict[str, str]:
    setting = ground.setting
    recent = f"in the last {setting.lost_after} days"
    return {
        "rhythm": f"no order for more than {GAPS} times their usual gap between days with orders, and for"
        f" {setting.warned_after} days or more",
        "satisfaction": f"the latest scores, given {recent}, are below {LOW} on average, or half a point or more below"
        " those of the time before",
        "complaint": "a complaint waits for its result",
        "unsubscribed": f"unsubscribed, or took back a consent {recent}",
        "promise": f"a promise was not kept by its day {recent}",
        "silence": f"no contact by either side for {setting.warned_after} days or more; alone, it warns of nobody",
    }


def _figures(ground: Ground, numbers: tuple[Numbers, Numbers]) -> tuple[Figure, ...]:
    now, days = numbers[0], ground.setting.lost_after
    alive = f"customers with an order in the last {days} days who have not said goodbye"
    rules = _rules(ground)
    said = (
        Said("warned", "Customers with signs of leaving", Measure.CUSTOMERS,
             f"Of {now['customers']:,} {alive}: those with at least one of the first five signs.", -1, SOURCE),
        Said("warned-share", "Their share", Measure.PER_CENT,
             f"{now['warned']:,} of {now['customers']:,} {alive}.", -1, SOURCE),
        Said("at-stake", "What is at stake", Measure.MONEY,
             f"Of the {now['warned']:,} customers with signs: {WORTH}.", -1, SOURCE),
        *(Said(name, TITLES[name], Measure.CUSTOMERS,
               f"Of the {now['warned']:,} customers with signs: {rules[name]}.", -1, SOURCE) for name in SIGNS),
    )  # fmt: skip
    return figures(Window(ground.today), numbers, said)


def _chart(ground: Ground, now: Numbers) -> tuple[Chart, ...]:
    if not now["warned"]:
        return ()
    counts = {name: _number(now, name) for name in SIGNS}
    most = max(counts, key=lambda name: counts[name])
    chart = Chart(
        name="signs",
        title="Which signs they show",
        kind=ChartKind.LYING,
        across="Customers",
        up="Sign",
        measure=Measure.CUSTOMERS,
        labels=tuple(TITLES[name] for name in SIGNS),
        series=(Series("Customers", tuple(counts.values())),),
        says=f"Most often seen: {TITLES[most].lower()} ({counts[most]:,} of"
        f" {several(_number(now, 'warned'), 'customer')}).",
        source="orders, survey_answers, complaints, responses, consents, promises, contacts",
        window=Window(ground.today),
    )
    return (chart,)


def _grid(ground: Ground, now: Numbers) -> Grid:
    heads = (
        *WHO,
        WORTH_HEAD,
        Head("last-order", "Last order", Measure.DAY),
        Head("signs", "Signs"),
    )
    rows = tuple(
        (row["customer"], row["name"], row["adviser"], row["worth"], row["last_order"], words(row, ground.today))
        for row in ground.ask(first_by_worth(ground, signs(ground)))
    )
    definition = (
        f"The first {FIRST} customers with signs of leaving, by what a year of theirs is worth: {WORTH}. Who has not"
        f" ordered for more than {ground.setting.lost_after} days is lost already, and stands in that register."
    )
    title = "Call them first"
    return Grid("warned", title, definition, Window(ground.today), heads, rows, _number(now, "warned"))


def words(row: Row, today: date) -> str:
    """The signs of a customer as one tells them to an adviser."""
    told = []
    if row["rhythm"]:
        usual = mean((row["last_order"] - row["first_order"]).days, row["order_days"] - 1, 0)
        told.append(
            f"no order for {(today - row['last_order']).days} days, usually one every {several(int(usual or 0), 'day')}"
        )
    if row["satisfaction"]:
        told.append(f"latest scores {mean(row['total'], row['answers'], 1)} of 5")
    if row["complaint"]:
        told.append(f"a complaint waits since {day_text(row['complained_on'])}")
    if row["unsubscribed"]:
        told.append(f"wants no more letters since {day_text(row['left_on'])}")
    if row["promise"]:
        told.append(f"what was promised for {day_text(row['promised_for'])} was not done by then")
    if row["silence"]:
        spoken = row["spoken_on"]
        told.append("never spoken with" if spoken is None else f"no contact for {(today - spoken).days} days")
    return "; ".join(told)


def _sign_grid(ground: Ground, numbers: tuple[Numbers, Numbers]) -> Grid:
    heads = (
        Head("sign", "Sign"),
        Head("meaning", "It means"),
        Head("customers", "Customers", Measure.CUSTOMERS),
        Head("before", "A month before", Measure.CUSTOMERS),
    )
    rules = _rules(ground)
    rows = tuple(
        (TITLES[name], rules[name][:1].upper() + rules[name][1:], numbers[0][name], numbers[1][name]) for name in SIGNS
    )
    definition = "How many of the customers with signs show each of them; a customer may show several."
    return Grid("signs", "The signs", definition, Window(ground.today), heads, rows, len(rows))


def _alerts(ground: Ground, now: Numbers) -> tuple[Alert, ...]:
    warned = _number(now, "warned")
    if not warned:
        return ()
    who = several(warned, "customer shows", "customers show")
    text = f"{who} signs of leaving; a year of theirs is worth {_stake(ground, now)}"
    return (
        Alert("warned", f"{text}.", "call the first ten of the list this week, and offer nothing: ask how they are"),
    )
