"""Report how customers take the shop's promotions, and what they ordered after them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sitegen.model.report import Alert, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series
from sitegen.programme.reports.compared import Numbers, Said, compared, figures
from sitegen.programme.reports.ground import Ground, per_cent
from sitegen.programme.reports.months import last_months, window_of
from sitegen.programme.reports.purchases import cents
from sitegen.programme.reports.spelling import ORDERS_KEPT, in_currency, month_text, several, share
from sitegen.programme.reports.trade.answers import ORDERED_WITHIN, Answers, Campaign, all_answers, by_month, campaigns

YEAR = 365
SHOWN = 100
SOURCE = "records of customer acceptance and response to promotional information"
_HEADS = (
    Head("campaign", "Campaign"),
    Head("first", "First answer", Measure.DAY),
    Head("customers", "Customers", Measure.CUSTOMERS),
    Head("accepted", "Accepted", Measure.CUSTOMERS),
    Head("ignored", "Ignored", Measure.CUSTOMERS),
    Head("refused", "Refused", Measure.CUSTOMERS),
    Head("bounced", "Came back", Measure.CUSTOMERS),
    Head("unsubscribed", "Unsubscribed", Measure.CUSTOMERS),
    Head("accepted-share", "Accepted", Measure.PER_CENT),
    Head("gone-share", "Refused, came back or unsubscribed", Measure.PER_CENT),
    Head("orders", f"Orders within {ORDERED_WITHIN} days", Measure.ORDERS),
    Head("amount", "Their amount", Measure.MONEY),
)


def report(ground: Ground) -> Report:
    """What became of each campaign of the last year: accepted, ignored, refused, and ordered after."""
    window = ground.last(YEAR)
    found, numbers = campaigns(ground, window), compared(ground, _numbers)
    months = last_months(ground.today)
    return Report(
        name="responses",
        title="Response to promotions",
        question="How do customers take what we offer them, and what do they order then?",
        answer=_answer(ground, numbers[0]),
        window=window,
        figures=_figures(ground, numbers),
        charts=_chart(ground, by_month(ground, window_of(months, ground.today))),
        grids=(_grid(ground, found),),
        alerts=tuple(_alert(one) for one in found if _alarming(ground, one)),
        sources=(SOURCE,),
    )


def _numbers(ground: Ground) -> Numbers:
    answers, orders, amount = all_answers(ground, ground.last(YEAR))
    return {
        "customers": answers.customers,
        "accepting": answers.accepted,
        "accepted": per_cent(answers.accepted, answers.customers),
        "ignored": per_cent(answers.ignored, answers.customers),
        "refused": per_cent(answers.refused, answers.customers),
        "unsubscribed": per_cent(answers.unsubscribed, answers.customers),
        "bounced": per_cent(answers.bounced, answers.customers),
        "orders": orders,
        "amount": amount,
    }


def _answer(ground: Ground, now: Numbers) -> str:
    if not now["customers"]:
        return f"No answer to a campaign was written down in the last {YEAR} days."
    return (
        f"{now['accepting']:,} of {now['customers']:,} times a campaign was accepted ({now['accepted']} %), and"
        f" {several(_orders(now), 'order')} of {in_currency(cents(_amount(now)), ground.currency)} followed within"
        f" {ORDERED_WITHIN} days."
    )


def _orders(now: Numbers) -> int:
    value = now["orders"]
    return value if isinstance(value, int) else 0


def _amount(now: Numbers) -> Decimal | None:
    value = now["amount"]
    return value if isinstance(value, Decimal) else None


def _figures(ground: Ground, numbers: tuple[Numbers, Numbers]) -> tuple[Figure, ...]:
    now = numbers[0]
    each = (
        f"a customer counts once for each campaign with an answer in the last {YEAR} days: {now['customers']:,} times"
    )
    said = (
        Said("accepted", "Accepted", Measure.PER_CENT, f"{now['accepting']:,} times accepted; {each}.", 1, SOURCE),
        Said("ignored", "Ignored", Measure.PER_CENT, f"Neither accepted nor refused, as the list says; {each}.", -1,
             SOURCE),
        Said("refused", "Refused", Measure.PER_CENT, f"Said no to what was offered; {each}.", -1, SOURCE),
        Said("unsubscribed", "Unsubscribed", Measure.PER_CENT, f"Wanted no more of it; {each}.", -1, SOURCE),
        Said("bounced", "Came back", Measure.PER_CENT, f"Could not be delivered; {each}.", -1, SOURCE),
        Said("orders", f"Orders within {ORDERED_WITHIN} days", Measure.ORDERS,
             f"Orders on the day of an accepted answer or in the {ORDERED_WITHIN} days after it; an order that followed"
             f" several campaigns counts once. {ORDERS_KEPT}", 1, SOURCE),
        Said("amount", "Their amount", Measure.MONEY,
             f"The amount of the {now['orders']:,} orders within {ORDERED_WITHIN} days of an accepted answer. They may"
             " have had other reasons too.", 1, SOURCE),
    )  # fmt: skip
    return figures(ground.last(YEAR), numbers, said)


def _chart(ground: Ground, found: Mapping[str, Answers]) -> tuple[Chart, ...]:
    if not found:
        return ()
    months = last_months(ground.today)
    shown = {one: found.get(one, Answers()) for one in months}
    accepted = tuple(per_cent(one.accepted, one.customers) for one in shown.values())
    gone = tuple(per_cent(one.gone, one.customers) for one in shown.values())
    latest = max(found)
    chart = Chart(
        name="responses-by-month",
        title="How campaigns were taken, by month",
        kind=ChartKind.BARS,
        across="Month of the answer",
        up="Share of the answers, in %",
        measure=Measure.PER_CENT,
        labels=months,
        series=(Series("Accepted", accepted), Series("Refused, came back or unsubscribed", gone)),
        says=f"In {month_text(latest)}, the last month with answers,"
        f" {share(per_cent(found[latest].accepted, found[latest].customers))} accepted and"
        f" {share(per_cent(found[latest].gone, found[latest].customers))} were lost for it.",
        source="responses",
        window=window_of(months, ground.today),
    )
    return (chart,)


def _grid(ground: Ground, found: tuple[Campaign, ...]) -> Grid:
    rows = tuple(
        (one.name, one.first, one.answers.customers, one.answers.accepted, one.answers.ignored, one.answers.refused,
         one.answers.bounced, one.answers.unsubscribed, per_cent(one.answers.accepted, one.answers.customers),
         per_cent(one.answers.gone, one.answers.customers), one.orders, one.amount)
        for one in found[:SHOWN]
    )  # fmt: skip
    definition = (
        f"Campaigns with an answer in the last {YEAR} days, the latest first. Each customer counts once for each kind"
        f" of answer. Orders: on the day of an accepted answer, or within {ORDERED_WITHIN} days. {ORDERS_KEPT}"
    )
    return Grid("campaigns", "Campaign by campaign", definition, ground.last(YEAR), _HEADS, rows, len(found))


def _alarming(ground: Ground, one: Campaign) -> bool:
    """A campaign that lost more readers than it won."""
    return one.answers.customers >= ground.setting.least and one.answers.gone > one.answers.accepted


def _alert(one: Campaign) -> Alert:
    text = (
        f"'{one.name}' was accepted by {several(one.answers.accepted, 'customer')}, and {one.answers.gone:,} refused"
        " it, unsubscribed, or could not be reached"
    )
    hint = "send the next one to fewer people, and read what those who refused have bought"
    return Alert("campaign", f"{text}.", hint)
