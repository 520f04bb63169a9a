"""What became of campaigns, and what was ordered after them: recomputed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sitegen.model.report_setting import ReportSetting
from sitegen.programme.reports.trade.answers import Answers, Campaign, all_answers, by_month, campaigns
from sitegen.programme.reports.trade.responses import report
from tests.audience.little_shop import Row
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, grid, ground, order, values

PEOPLE = customers("C-1", "C-2", "C-3")


def days(count: int) -> date:
    return TODAY - timedelta(days=count)


def said(campaign: str, customer: str, answer: str, day: date, channel: str = "mail") -> Row:
    return {"campaign": campaign, "customer_id": customer, "channel": channel, "answer": answer, "day": day}


def test_a_customer_counts_once_for_each_kind_of_answer_to_a_campaign() -> None:
    rows = [
        said("spring", "C-1", "accepted", days(20)),
        said("spring", "C-1", "accepted", days(19), "text"),
        said("spring", "C-1", "unsubscribed", days(18)),
        said("spring", "C-2", "ignored", days(20)),
        said("spring", "C-3", "bounced", days(20)),
        said("autumn", "C-2", "refused", days(364)),
        said("autumn", "C-1", "accepted", days(365)),
        said("autumn", "C-3", "accepted", days(-1)),
    ]
    shop = ground(customers=PEOPLE, responses=rows)
    spring = Answers(customers=3, accepted=1, ignored=1, bounced=1, unsubscribed=1, gone=2)
    autumn = Answers(customers=1, refused=1, gone=1)
    assert campaigns(shop, shop.last(365)) == (
        Campaign("spring", days(20), spring),
        Campaign("autumn", days(364), autumn),
    )
    both = Answers(customers=4, accepted=1, ignored=1, refused=1, bounced=1, unsubscribed=1, gone=3)
    assert all_answers(shop, shop.last(365)) == (both, 0, Decimal("0.00"))
    assert by_month(shop, shop.last(365)) == {"2026-08": spring, "2025-09": autumn}


def test_orders_within_fourteen_days_of_an_accepted_answer_are_its_fruit() -> None:
    rows = [
        said("spring", "C-1", "accepted", days(20)),
        said("spring", "C-1", "accepted", days(10), "text"),
        said("other", "C-1", "accepted", days(8)),
        said("spring", "C-2", "ignored", days(20)),
    ]
    orders = [
        order("O-1", "C-1", days(21), 1),
        order("O-2", "C-1", days(20), 2),
        order("O-3", "C-1", days(6), 4),
        # The fifteenth day after the first word for spring, but in time for the other one.
        order("O-4", "C-1", days(5), 8),
        order("O-5", "C-1", days(7), 16, status="cancelled"),
        order("O-6", "C-2", days(20), 32),
    ]
    shop = ground(customers=PEOPLE, responses=rows, orders=orders)
    found = {one.name: (one.orders, one.amount) for one in campaigns(shop, shop.last(365))}
    assert found == {"spring": (2, Decimal("6.00")), "other": (2, Decimal("12.00"))}
    # O-3 followed both, and counts once.
    assert all_answers(shop, shop.last(365))[1:] == (3, Decimal("14.00"))


def test_the_report_tells_shares_and_the_month_before() -> None:
    rows = [
        said("spring", "C-1", "accepted", days(100)),
        said("spring", "C-2", "ignored", days(100)),
        said("autumn", "C-1", "refused", days(5)),
        said("autumn", "C-2", "bounced", days(5)),
    ]
    setting = ReportSetting(least=2)
    found = report(
        ground(setting=setting, customers=PEOPLE, responses=rows, orders=[order("O-1", "C-1", days(99), 30)])
    )
    assert found.answer == (
        "1 of 4 times a campaign was accepted (25.0 %), and 1 order of 30.00 EUR followed within 14 days."
    )
    assert values(found, "accepted", "ignored", "refused", "unsubscribed", "bounced", "orders", "amount") == {
        "accepted": (Decimal("25.0"), Decimal("50.0")),
        "ignored": (Decimal("25.0"), Decimal("50.0")),
        "refused": (Decimal("25.0"), Decimal("0.0")),
        "unsubscribed": (Decimal("0.0"), Decimal("0.0")),
        "bounced": (Decimal("25.0"), Decimal("0.0")),
        "orders": (1, 1),
        "amount": (Decimal("30.00"), Decimal("30.00")),
    }
    assert grid(found, "campaigns").rows == (
        ("autumn", days(5), 2, 0, 0, 1, 1, 0, Decimal("0.0"), Decimal("100.0"), 0, Decimal("0.00")),
        ("spring", days(100), 2, 1, 1, 0, 0, 0, Decimal("50.0"), Decimal("0.0"), 1, Decimal("30.00")),
    )
    drawn = chart(found, "responses-by-month")
    assert drawn.series[0].values == (*(None,) * 7, Decimal("50.0"), None, None, None, Decimal("0.0"))
    assert alerts(found)["campaign"].text == (
        "'autumn' was accepted by 0 customers, and 2 refused it, unsubscribed, or could not be reached."
    )


def test_a_campaign_to_very_few_alarms_nobody() -> None:
    found = report(ground(customers=PEOPLE, responses=[said("autumn", "C-1", "refused", days(5))]))
    assert alerts(found) == {}
