"""Tests of the streams that the renderers read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import ibis
import pytest

from sitegen.data.engine import Engine, open_customers
from sitegen.data.members import MemberRow, members_of
from sitegen.data.recipients import recipients
from sitegen.model.channel import Channel
from sitegen.model.plan import PLAN_COLUMNS, Recipient
from tests.plain_shop import SHOP

CUSTOMERS = (
    "customer_id,first_name,email,phone,street,postcode,city,region,country,language\n"
    "C-1,美,mei@mail.example.com,+8612900000100,静安区愚园路361号,200040,上海市,上海,CN,zh\n"
    "C-2,Jonas,jonas@post.example.org,,Gärtnerstraße 27,20253,Hamburg,Hamburg,DE,\n"
)


DAYS = (date(2026, 9, 11), date(2026, 9, 25))
LEAVES = "2026-09-11T07:00:00Z"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine over two customers, one in China and one at home."""
    (tmp_path / "customers").mkdir()
    (tmp_path / "customers" / "customers.csv").write_text(CUSTOMERS)
    with open_customers(tmp_path, SHOP) as opened:
        yield opened


def planned(engine: Engine, *lines: tuple[str, str, str], design: str | None = None) -> ibis.Table:
    """A plan of lines of campaign, channel and customer."""
    schema = dict.fromkeys(PLAN_COLUMNS, "string") | {"day": "date", "occasion_day": "date"}
    return engine.take(
        "planned",
        schema,
        (
            (name, f"{name}/2026-09-25", channel, customer, None, *DAYS, design, "because", None if design else LEAVES)
            for name, channel, customer in lines
        ),
    )


def values(engine: Engine) -> ibis.Table:
    """Merge values: the second customer has no tier."""
    schema = {"customer_id": "string", "first_name": "string", "tier": "string", "to_next_tier": "decimal(14, 2)"}
    return engine.take("merge_values", schema, [("C-1", "美", "gold", None), ("C-2", "Jonas", None, Decimal("12.50"))])


def members(engine: Engine) -> ibis.Table:
    """Who is in which audience; `primary` is no audience."""
    schema = {"customer_id": "string", "everyone": "boolean", "gold": "boolean", "primary": "string"}
    return engine.take("members", schema, [("C-2", True, False, ""), ("C-1", True, True, "gold")])


def test_recipients_come_in_the_order_of_the_files_with_what_they_may_be_told(engine: Engine) -> None:
    plan = planned(
        engine, ("wish", "mail", "C-2"), ("wish", "card", "C-2"), ("wish", "mail", "C-1"), ("thanks", "text", "C-1")
    )
    found = list(recipients(engine, plan, values(engine), members(engine), SHOP))
    assert [(line.campaign, line.channel, line.customer_id, line.address) for line in found] == [
        ("thanks", Channel.TEXT, "C-1", "+8612900000100"),
        ("wish", Channel.CARD, "C-2", "Gärtnerstraße 27\n20253 Hamburg"),
        ("wish", Channel.MAIL, "C-1", "mei@mail.example.com"),
        ("wish", Channel.MAIL, "C-2", "jonas@post.example.org"),
    ]
    assert found[2] == Recipient(
        customer_id="C-1",
        campaign="wish",
        edition="wish/2026-09-25",
        channel=Channel.MAIL,
        day=date(2026, 9, 11),
        reason="because",
        address="mei@mail.example.com",
        language="zh",
        segments=frozenset({"everyone", "gold"}),
        values={"first_name": "美", "tier": "gold"},
        address_key=sha256(b"mei@mail.example.com").hexdigest(),
        leaves_at=datetime(2026, 9, 11, 7, tzinfo=UTC),
    )


def test_a_cards_recipient_knows_its_design(engine: Engine) -> None:
    plan = planned(engine, ("wish", "card", "C-2"), design="moon-rabbit")
    (found,) = recipients(engine, plan, values(engine), members(engine), SHOP)
    assert (found.design, found.leaves_at) == ("moon-rabbit", None)


def test_a_recipient_without_a_language_gets_the_language_of_the_shop(engine: Engine) -> None:
    plan = planned(engine, ("wish", "mail", "C-2"))
    (found,) = recipients(engine, plan, values(engine), members(engine), SHOP)
    assert found.language == "en"
    assert found.values == {"first_name": "Jonas", "to_next_tier": Decimal("12.50")}


def test_members_come_by_number_with_the_audiences_that_were_asked_for(engine: Engine) -> None:
    found = list(members_of(engine, members(engine), values(engine), ("gold",)))
    assert found == [
        MemberRow("C-1", frozenset({"gold"}), {"first_name": "美", "tier": "gold"}),
        MemberRow("C-2", frozenset(), {"first_name": "Jonas", "to_next_tier": Decimal("12.50")}),
    ]
