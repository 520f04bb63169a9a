"""Tests of the order in which cards are written, so that a stack of them is sorted for the post."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sitegen.data.engine import open_customers
from sitegen.data.recipients import recipients
from sitegen.model.channel import Channel
from sitegen.model.plan import PLAN_COLUMNS, Recipient
from tests.plain_shop import SHOP

HEAD = "customer_id,first_name,email,street,postcode,city,country\n"


def streamed(folder: Path, people: str, channel: Channel, *editions: str) -> list[Recipient]:
    """All customers, as recipients of one campaign in that channel."""
    (folder / "customers").mkdir()
    (folder / "customers" / "customers.csv").write_text(HEAD + people)
    names = [line.partition(",")[0] for line in people.splitlines()]
    days = (date(2026, 9, 11), date(2026, 9, 25))
    with open_customers(folder, SHOP) as engine:
        schema = dict.fromkeys(PLAN_COLUMNS, "string") | {"day": "date", "occasion_day": "date"}
        rest = (None, *days, None, "why", None)
        lines = [("wish", issue, channel.value, name, *rest) for issue in editions for name in names]
        planned = engine.take("planned", schema, reversed(lines))
        values = engine.take("merge_values", {"customer_id": "string"}, [(name,) for name in names])
        members = engine.take("members", {"customer_id": "string"}, [(name,) for name in names])
        return list(recipients(engine, planned, values, members, SHOP))


def order(folder: Path, people: str) -> list[str]:
    return [line.customer_id for line in streamed(folder, people, Channel.CARD, "wish/2026-09-25")]


def test_the_shops_own_country_comes_first_and_the_others_by_their_codes(tmp_path: Path) -> None:
    people = "C-1,A,,Hof 1,3011 AB,Rotterdam,NL\nC-2,B,,Hof 1,1050,København,DK\nC-3,C,,Hof 1,99084,Erfurt,DE\n"
    assert order(tmp_path, people) == ["C-3", "C-2", "C-1"]


def test_within_a_country_cards_go_by_postcode_city_street_and_customer(tmp_path: Path) -> None:
    people = (
        "C-1,A,,Weg 2,20253,Hamburg,DE\n"
        "C-2,B,,Weg 1,20253,Hamburg,DE\n"
        "C-4,C,,Weg 1,20253,Altona,DE\n"
        "C-3,D,,Weg 1,20253,Altona,DE\n"
        "C-5,E,,Weg 9,01067,Dresden,DE\n"
    )
    assert order(tmp_path, people) == ["C-5", "C-3", "C-4", "C-2", "C-1"]


def test_numbers_after_letters_go_by_their_size_however_they_are_spaced(tmp_path: Path) -> None:
    people = (
        "C-1,A,,Weg 1,YO10 3AA,York,GB\n"
        "C-2,B,,Weg 1,yo1 7hh,York,GB\n"
        "C-3,C,,Weg 1,YO17HA,York,GB\n"
        "C-4,D,,Weg 1,E1 6AN,London,GB\n"
        "C-5,E,,Weg 1,SE-722 11,Västerås,SE\n"
        "C-6,F,,Weg 1,72210,Västerås,SE\n"
    )
    assert order(tmp_path, people) == ["C-4", "C-3", "C-2", "C-1", "C-6", "C-5"]


def test_a_card_knows_where_it_goes_and_what_its_address_lacks(tmp_path: Path) -> None:
    people = "C-1,A,,Weg 1, 2025,Hamburg,DE\n"
    (card,) = streamed(tmp_path, people, Channel.CARD, "wish/2026-09-25")
    assert (card.postcode, card.country) == ("2025", "DE")
    assert card.lacks == ("the postcode '2025', which is none of Germany, where they look like 26133",)


def test_a_mail_keeps_the_order_of_its_editions_and_has_no_postal_address(tmp_path: Path) -> None:
    people = "C-2,A,a@mail.example.com,Weg 1,01067,Dresden,DE\nC-1,B,b@mail.example.com,Weg 1,20253,Hamburg,DE\n"
    found = streamed(tmp_path, people, Channel.MAIL, "wish/1", "wish/2")
    assert [(line.edition, line.customer_id) for line in found] == [
        ("wish/1", "C-1"),
        ("wish/1", "C-2"),
        ("wish/2", "C-1"),
        ("wish/2", "C-2"),
    ]
    assert {(line.postcode, line.country, line.lacks) for line in found} == {("", "", ())}
