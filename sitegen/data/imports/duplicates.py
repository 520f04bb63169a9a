"""Notice what is no mistake but may be one: people who stand twice, addresses that nothing can be sent to."""

from __future__ import annotations

from dataclasses import dataclass

import ibis

from sitegen.audience.plan.addresses import EMAIL_KEY, PHONE_KEY, address_of, is_written
from sitegen.data.checking.findings import LIMIT
from sitegen.data.engine import Engine
from sitegen.model.channel import Channel

_REACH = (Channel.MAIL, Channel.TEXT, Channel.CARD)


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands out, `count` times; `first` are the customers' ids of the first LIMIT of them, in order."""

    code: str
    message: str
    count: int
    first: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        shown = "; ".join(", ".join(ids) for ids in self.first[:3])
        return f"{self.message}: {shown}{' …' if self.count > 3 else ''}"


def notices(engine: Engine) -> tuple[Notice, ...]:
    """What stands out among the customers, compared in normal form; the addresses themselves are not named."""
    customers = engine.tables["customers"]
    found = [
        _shared(
            engine,
            EMAIL_KEY,
            (
                "shared-email",
                "one e-mail address belongs to several customers",
                "{} e-mail addresses belong to several customers each",
            ),
        ),
        _shared(
            engine,
            PHONE_KEY,
            (
                "shared-phone",
                "one telephone number belongs to several customers",
                "{} telephone numbers belong to several customers each",
            ),
        ),
        _those(
            engine,
            _unusable(customers, Channel.MAIL),
            (
                "bad-email",
                "one customer has an e-mail address that is none",
                "{} customers have an e-mail address that is none",
            ),
        ),
        _those(
            engine,
            _unusable(customers, Channel.TEXT),
            (
                "bad-phone",
                "one customer has a telephone number that is none",
                "{} customers have a telephone number that is none",
            ),
        ),
        _those(
            engine,
            _out_of_reach(customers),
            (
                "no-address",
                "one customer has no address to which anything can go",
                "{} customers have no address to which anything can go",
            ),
        ),
    ]
    return tuple(notice for notice in found if notice.count)


def _unusable(customers: ibis.Table, channel: Channel) -> ibis.Value:
    return is_written(customers, channel) & address_of(customers, channel).isnull()


def _out_of_reach(customers: ibis.Table) -> ibis.Value:
    return ibis.and_(*(address_of(customers, channel).isnull() for channel in _REACH))


def _those(engine: Engine, holds: ibis.Value, said: tuple[str, str, str]) -> Notice:
    table = engine.tables["customers"].filter(holds).select("customer_id")
    first = [row["customer_id"] for row in engine.ask(table.order_by("customer_id").limit(LIMIT))]
    return _notice(said, engine.count(table), [(name,) for name in first])


def _shared(engine: Engine, key: str, said: tuple[str, str, str]) -> Notice:
    customers = engine.tables["customers"]
    named = customers.filter(customers[key].notnull())
    ids = named["customer_id"].collect(order_by=named["customer_id"])
    groups = named.group_by(key).aggregate(ids=ids, first=named["customer_id"].min(), number=named.count())
    shared = groups.filter(groups["number"] > 1)
    first = engine.ask(shared.order_by("first").limit(LIMIT).select("ids"))
    return _notice(said, engine.count(shared), [tuple(row["ids"]) for row in first])


def _notice(said: tuple[str, str, str], count: int, first: list[tuple[str, ...]]) -> Notice:
    code, one, many = said
    return Notice(code, one if count == 1 else many.format(f"{count:,}"), count, tuple(first))
