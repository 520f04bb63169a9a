"""A gift's line goes to its recipient, says nothing of the giver, and leaves with the giver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import pytest

from sitegen.data.engine import Engine, open_customers
from sitegen.data.leaving import erasing
from sitegen.data.leaving.belongings import belongings, held_rows
from sitegen.data.recipients import recipients
from sitegen.model.gift import Gift
from sitegen.model.plan import PLAN_COLUMNS, Recipient
from sitegen.model.table import STANDARD
from tests.plain_shop import SHOP

DAYS = (date(2026, 9, 11), date(2026, 9, 25))
CUSTOMERS = (
    "customer_id,first_name,email,street,postcode,city,country,language\n"
    "C-1,Mei,mei@mail.example.com,Weberstraße 3,22767,Hamburg,DE,en\n"
    "C-2,Jonas,jonas@post.example.org,Gärtnerstraße 27,20253,Hamburg,DE,en\n"
)
GIFTS = (
    "gift_id,customer_id,order_id,asked_on,send_on,giver_name,words,language,wrapping,recipient_name,street,postcode,"
    "city,country\n"
    'G-1,C-1,O-1,2026-09-01,2026-09-25,Mei,"Dear Lotte,\n\nfor {{ you }} & <b>yours</b>.",en,red ribbon,'
    "Lotte Weidenfeld,Am Mühlenteich 5,23552,Lübeck,DE\n"
    "G-2,C-1,,2026-09-01,2026-09-25, Mei ,,zh,,林若兰,桂花街18号,215004,苏州市,CN\n"
    "2026-09-25,C-2,,2026-09-01,2026-09-25,Jonas,For you.,en,,Theo Brandt,Kirchgasse 3,28195,Bremen,DE\n"
)
ORDERS = "order_id,customer_id,ordered_at,amount\nO-1,C-1,2026-08-30,20.00\n"
LOTTE = Gift(
    gift_id="G-1",
    order_id="O-1",
    name="Lotte Weidenfeld",
    giver="Mei",
    words="Dear Lotte,\r\n\r\nfor {{ you }} & <b>yours</b>.",
    language="en",
    wrapping="red ribbon",
    send_on=DAYS[1],
)


Told: TypeAlias = dict[tuple[str, str, str], Recipient]

LINES = (
    ("/gift/G-1", "card", "C-1"),
    ("/gift/G-2", "card", "C-1"),
    ("/gift/G-1", "card", "C-2"),
    ("/2026-09-25", "mail", "C-2"),
    ("/2026-09-25", "card", "C-2"),
)
"""Edition, channel and customer of the lines of a plan."""


def shop_in(folder: Path, line_end: bytes = b"\n") -> Path:
    (folder / "customers").mkdir()
    for name, rows in (("customers", CUSTOMERS), ("gifts", GIFTS), ("orders", ORDERS)):
        (folder / "customers" / f"{name}.csv").write_bytes(rows.encode().replace(b"\n", line_end))
    return folder


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with open_customers(shop_in(tmp_path_factory.mktemp("shop"), b"\r\n"), SHOP) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(engine: Engine) -> Told:
    """The recipients of LINES."""
    schema = dict.fromkeys(PLAN_COLUMNS, "string") | {"day": "date", "occasion_day": "date"}
    rows = (("gift", f"gift{edition}", by, who, None, *DAYS, "crane", "because", None) for edition, by, who in LINES)
    names = engine.take("names", {"customer_id": "string", "first_name": "string"}, [("C-1", "Mei"), ("C-2", "Jonas")])
    inside = {"customer_id": "string", "everyone": "boolean", "gold": "boolean"}
    members = engine.take("inside", inside, [("C-1", True, True), ("C-2", True, False)])
    lines = recipients(engine, engine.take("planned", schema, rows), names, members, SHOP)
    return {(line.edition.removeprefix("gift"), line.channel.value, line.customer_id): line for line in lines}


def test_a_gift_goes_to_its_recipient_and_says_nothing_of_the_giver(told: Told) -> None:
    home, abroad = told[LINES[0]], told[LINES[1]]
    assert home.address.split("\n") == ["Am Mühlenteich 5", "23552 Lübeck"]
    assert (home.customer_id, home.segments, home.values, home.gift) == ("C-1", frozenset(), {}, LOTTE)
    assert "桂花街18号" in abroad.address
    assert abroad.language == ("zh" if "zh" in SHOP.languages else SHOP.language)
    assert abroad.gift
    assert (abroad.gift.giver, abroad.gift.words, abroad.gift.order_id) == ("Mei", "", "")


def test_a_givers_own_messages_stay_their_own(told: Told) -> None:
    # One gift bears the day of a campaign as its number.
    for line, address in (
        (told[LINES[3]], "jonas@post.example.org"),
        (told[LINES[4]], "Gärtnerstraße 27\n20253 Hamburg"),
    ):
        assert (line.gift, line.address) == (None, address)
        assert (line.values, line.segments) == ({"first_name": "Jonas"}, frozenset({"everyone"}))


def test_nobody_can_ask_for_a_gift_of_somebody_else(told: Told) -> None:
    assert told[LINES[2]].gift is None


def test_no_rule_of_a_shop_can_count_gifts_or_ask_for_their_recipients() -> None:
    assert "gifts" not in {table.name for table in STANDARD.events()}
    table = STANDARD.table("gifts")
    assert all(
        table.column(name).personal
        for name in ("recipient_name", "street", "city", "postcode", "region", "country", "words", "giver_name")
    )


def test_what_is_held_of_a_giver_holds_their_gifts(engine: Engine) -> None:
    held = {table.name: rows for table, rows in held_rows(engine, STANDARD, belongings(engine, STANDARD, "C-1"))}
    assert [row["recipient_name"] for row in held["gifts"]] == ["Lotte Weidenfeld", "林若兰"]


def test_whoever_was_given_to_goes_with_the_giver_and_is_not_even_kept_as_a_hash(tmp_path: Path) -> None:
    root = shop_in(tmp_path)
    with open_customers(root, SHOP) as engine:
        found, bars = belongings(engine, STANDARD, "C-1"), erasing.barred(engine, "C-1")
    erasing.erase(root, SHOP, found, bars, (DAYS[0], ""))
    left = "".join(path.read_text() for path in (root / "customers").iterdir())
    assert [word for word in ("Lotte", "Mühlenteich", "林若兰", "桂花街", "G-1", "G-2") if word in left] == []
    assert sha256("am mühlenteich 5|23552|de".encode()).hexdigest() not in left
    assert "Theo Brandt" in left
