"""The members' programme of the sample shop in plain Python: its CSV rows and YAML, and what somebody sees on a day.

It knows nothing of the engine, of rules or of pages; segments are said here once more, as their `all` and `any` mean.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

Row = Mapping[str, str]
UNDONE = ("returned", "cancelled")
YEAR = 365
CENT = Decimal("0.01")
STAR_GOOD, STAR_BAD, STAR_BEST = 4, 2, 5
NAEGELE, LATE, MONTH_BEFORE = 280, 14, 28
CHINESE_FAMILY_FIRST = ("\u3400", "\u9fff")


@dataclass(frozen=True, slots=True)
class Priced:
    """A product as somebody sees it. `kept`: few may buy it; `stock` is plenty, few, last or none."""

    list_price: Decimal
    price: Decimal
    stock: str
    kept: bool = False
    unsold: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """All that somebody sees. Products, groups and gatherings by their ids, benefits and gifts by their titles."""

    name: str
    first_name: str
    language: str
    tier: str
    next_tier: str
    to_next_tier: Decimal | None
    points: int
    gifts: tuple[str, ...]
    next_gift: str
    points_to_next_gift: int | None
    prices: Mapping[str, Priced]
    newcomer_prices: Mapping[str, Decimal]
    benefits: frozenset[str]
    care: frozenset[str]
    suggestions: frozenset[str]
    gatherings: frozenset[str]
    coming: str
    circle: frozenset[str]
    stages: frozenset[str]
    coupons: tuple[str, ...]
    promises: tuple[str, ...]
    adviser: str
    contracts: frozenset[str]
    payment: frozenset[str]
    ladder: frozenset[str]
    off_season: frozenset[str]
    kept_prices: bool
    segments: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Shop:
    """The files of a shop: content/customers/*.csv by table, and all of content/programme/*.yaml."""

    root: Path

    def rows(self, table: str) -> list[Row]:
        """The rows of a table."""
        with (self.root / "content" / "customers" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def programme(self) -> Mapping[str, Any]:
        """Every section of the programme by its name."""
        files = sorted((self.root / "content" / "programme").glob("*.yaml"))
        sections: dict[str, Any] = {}
        for file in files:
            sections |= yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        return sections


class Model:
    """The shop as it is on a day."""

    def __init__(self, shop: Shop, today: date) -> None:
        self.today = today
        self.programme = shop.programme
        self.customers = {row["customer_id"]: row for row in shop.rows("customers")}
        self.products = {row["product_id"]: row for row in shop.rows("products")}
        changes = sorted(self._until(shop.rows("price_changes"), "day"), key=lambda row: row["day"])
        self.list_prices = {id_: _price_after(row["price"], id_, changes) for id_, row in self.products.items()}
        self.advisers = {row["adviser_id"]: row for row in shop.rows("advisers")}
        self.events = {row["event_id"]: row for row in shop.rows("events")}
        self.all_orders = _by(self._until(shop.rows("orders"), "ordered_at"))
        self.orders = {
            whose: [row for row in rows if row["status"] not in UNDONE] for whose, rows in self.all_orders.items()
        }
        self.lines = _by(shop.rows("order_lines"), "order_id")
        self.points = _by(self._until(shop.rows("points"), "day"))
        self.complaints = _by(self._until(shop.rows("complaints"), "opened_on"))
        self.answers = _by(self._until(shop.rows("survey_answers"), "answered_on"))
        self.children = _by(shop.rows("children"))
        self.coupons = _by(shop.rows("coupons"))
        self.promises = _by(self._until(shop.rows("promises"), "made_on"))
        self.attendances = _by(shop.rows("attendances"))
        self.last_sold = self._last_sold()
        self.medals = self._gold_medal()

    def member(self, id_: str) -> Member:
        """What one of them sees."""
        row = self.customers[id_]
        tiers = self.programme["tiers"]
        spent = self.spent(id_)
        tier = next(one for one in reversed(tiers) if spent >= one["threshold"])
        ahead = next((one for one in tiers if spent < one["threshold"]), None)
        points = self.balance(id_)
        gifts = sorted(self.programme["points"]["gifts"], key=lambda one: (one["points"], one["name"]))
        beyond = next((one for one in gifts if one["points"] > points), None)
        segments = self.segments(id_)
        return Member(
            name=_full_name(row["first_name"], row["last_name"]),
            first_name=row["first_name"],
            language=row["language"],
            tier=tier["name"],
            next_tier=ahead["name"] if ahead else "",
            to_next_tier=ahead["threshold"] - spent if ahead else None,
            points=points,
            gifts=tuple(one["title"]["en"] for one in gifts if one["points"] <= points),
            next_gift=beyond["title"]["en"] if beyond else "",
            points_to_next_gift=beyond["points"] - points if beyond else None,
            prices=self._prices(tier, segments),
            newcomer_prices={} if self.orders.get(id_) else self._newcomer_prices(),
            benefits=frozenset(self._benefits(row, tier["name"], segments)),
            care=frozenset(self.products[one]["care"] for one in self.bought(id_)),
            suggestions=frozenset(self._suggestions(id_, tier["name"], segments)),
            gatherings=frozenset(self._gatherings(id_, segments)),
            coming=self._coming(id_),
            circle=frozenset(self._circle(id_)),
            stages=frozenset(self._stages(id_)),
            coupons=tuple(self._coupons(id_)),
            promises=tuple(sorted(one["promise"] for one in self._open_promises(id_))),
            adviser=self._adviser(row),
            contracts=self._offered("contracts", tier["name"], segments),
            payment=self._offered("payment", tier["name"], segments),
            ladder=self._offered("ladder", tier["name"], segments),
            off_season=frozenset(one["name"] for one in self.programme["off_season"] if self._is_season(one)),
            kept_prices=self._is_for(self.programme["price_protection"], tier["name"], segments),
            segments=segments,
        )

    def spent(self, id_: str) -> Decimal:
        """The amounts of all orders that stand."""
        return sum((Decimal(row["amount"]) for row in self.orders.get(id_, ())), Decimal(0))

    def balance(self, id_: str) -> int:
        """The points that may be spent: all rows but those that wait."""
        return sum(int(row["points"]) for row in self.points.get(id_, ()) if row["kind"] != "pending")

    def bought(self, id_: str) -> frozenset[str]:
        """The products of all orders that stand."""
        orders = self.orders.get(id_, ())
        return frozenset(line["product_id"] for order in orders for line in self.lines.get(order["order_id"], ()))

    def segments(self, id_: str) -> frozenset[str]:
        """Those segments of content/segments/ on which the programme leans."""
        row = self.customers[id_]
        staff = row["class"] == "staff"
        spent = self.spent(id_)
        orders = [_day(order["ordered_at"]) for order in self.orders.get(id_, ())]
        regular = bool(orders) and max(orders) >= self.today - timedelta(days=YEAR)
        content = self._review(id_) in ("positive", "silent") and len(orders) >= 3
        gold, medal = spent >= 3000, id_ in self.medals
        found = {
            "gold": gold and not staff,
            "silver": 1000 <= spent < 3000 and not staff,
            "gold-medal": medal and not staff,
            "vip": (gold or medal) and not staff,
            "satisfied": self._satisfaction(id_) >= 4 and not staff and not self._complains(id_),
            "content-or-quiet": content and not self._is_lost(row),
            "at-home-in-china": regular and not staff and row["language"] == "zh" and row["country"] == "CN",
            "trade-friends": row["type"] in ("retailer", "agent", "dealer", "wholesaler"),
        }
        return frozenset(name for name, inside in found.items() if inside)

    # What a rule asks of somebody.

    def _review(self, id_: str) -> str:
        """The stars of the latest day with any, the fewest of that day; silence; an open complaint before all."""
        if self._complains(id_):
            return "negative"
        rated = [(row["ordered_at"][:10], int(row["rating"])) for row in self.all_orders.get(id_, ()) if row["rating"]]
        if not rated:
            return "silent" if self.orders.get(id_) else ""
        latest = max(day for day, _ in rated)
        stars = min(stars for day, stars in rated if day == latest)
        return "positive" if stars >= STAR_GOOD else "negative" if stars <= STAR_BAD else "neutral"

    def _complains(self, id_: str) -> bool:
        return any(not row["solved_on"] or _day(row["solved_on"]) > self.today for row in self.complaints.get(id_, ()))

    def _satisfaction(self, id_: str) -> Decimal:
        """The mean score of the latest day with scores, to the cent; 0 where nobody asked."""
        scored = [row for row in self.answers.get(id_, ()) if row["score"]]
        latest = max((row["answered_on"] for row in scored), default="")
        scores = [Decimal(row["score"]) for row in scored if row["answered_on"] == latest]
        return (sum(scores, Decimal(0)) / len(scores)).quantize(CENT, ROUND_HALF_UP) if scores else Decimal(0)

    def _is_lost(self, row: Row) -> bool:
        return bool(row["lost_on"]) and _day(row["lost_on"]) <= self.today

    def _gold_medal(self) -> frozenset[str]:
        """The fewest who together bring four fifths of the profit of the last 365 days, by profit and then by id."""
        since = self.today - timedelta(days=YEAR)
        profit = {
            id_: sum(Decimal(row["profit"] or 0) for row in rows if _day(row["ordered_at"]) >= since)
            for id_, rows in self.orders.items()
        }
        positive = sorted(
            ((value, id_) for id_, value in profit.items() if value > 0), key=lambda one: (-one[0], one[1])
        )
        need, found, so_far = sum(value for value, _ in positive) * Decimal("0.8"), set(), Decimal(0)
        for value, id_ in positive:
            if so_far >= need:
                break
            found.add(id_)
            so_far += value
        return frozenset(found)

    # What is there for whom.

    def _is_for(self, offer: Mapping[str, Any], tier: str, segments: Iterable[str]) -> bool:
        if "tiers" in offer and tier not in offer["tiers"]:
            return False
        return "audience" not in offer or offer["audience"] in {"everyone", *segments}

    def _is_open(self, offer: Mapping[str, Any]) -> bool:
        return bool(offer.get("from", date.min) <= self.today <= offer.get("until", date.max))

    def _offered(self, section: str, tier: str, segments: Iterable[str]) -> frozenset[str]:
        offers = self.programme[section]
        return frozenset(one["name"] for one in offers if self._is_for(one, tier, segments))

    def _keepers(self, id_: str) -> list[Mapping[str, Any]]:
        """The lines that keep a product for few today."""
        lines = self.programme["prices"]["exclusive"]
        return [one for one in lines if self._is_open(one) and self._holds(one, id_)]

    def _holds(self, goods: Mapping[str, Any], id_: str) -> bool:
        named, groups = goods.get("products", ()), goods.get("groups", ())
        return id_ in named or self.products[id_]["group"] in groups or not (named or groups)

    def may_buy(self, id_: str, tier: str, segments: Iterable[str]) -> bool:
        """Whether a product is kept for nobody today, or for this one too."""
        keepers = self._keepers(id_)
        return not keepers or any(self._is_for(one, tier, segments) for one in keepers)

    def _prices(self, tier: Mapping[str, Any], segments: Iterable[str]) -> dict[str, Priced]:
        without = self.programme["prices"]["without"]
        found = {}
        for id_, row in self.products.items():
            if not self.may_buy(id_, tier["name"], segments):
                continue
            unsold = self._is_unsold(row, tier["name"], segments)
            percent = Decimal(0) if self._holds(without, id_) else Decimal(tier["discount"])
            if unsold:
                percent = max(percent, Decimal(self.programme["prices"]["unsold"].get("discount", 0)))
            price = self.list_prices[id_]
            kept = bool(self._keepers(id_))
            found[id_] = Priced(price, _less(price, percent), self._stock(row["stock"]), kept, unsold)
        return found

    def _newcomer_prices(self) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for offer in self.programme["newcomers"]:
            for id_, list_price in self.list_prices.items():
                if self._is_open(offer) and self._holds(offer, id_) and not self._keepers(id_):
                    price = _less(list_price, Decimal(offer["discount"]))
                    found[id_] = min(price, found.get(id_, price))
        return found

    def _stock(self, pieces: str) -> str:
        words = self.programme["prices"]["stock"]
        if not pieces:
            return ""
        if int(pieces) <= 0:
            return "none"
        return "last" if int(pieces) <= words["last"] else "few" if int(pieces) <= words["few"] else "plenty"

    def _is_unsold(self, row: Row, tier: str, segments: Iterable[str]) -> bool:
        rule = self.programme["prices"].get("unsold")
        if not rule or not self._is_for(rule, tier, segments) or row["stock"] == "0" or not row["launched_on"]:
            return False
        on_shelf = (self.today - _day(row["launched_on"])).days
        last = self.last_sold.get(row["product_id"])
        return on_shelf >= rule["on_shelf"] and (last is None or (self.today - last).days >= rule["days"])

    def _last_sold(self) -> dict[str, date]:
        found: dict[str, date] = {}
        for rows in self.orders.values():
            for order in rows:
                for line in self.lines.get(order["order_id"], ()):
                    day = _day(order["ordered_at"])
                    found[line["product_id"]] = max(day, found.get(line["product_id"], day))
        return found

    def _benefits(self, row: Row, tier: str, segments: Iterable[str]) -> Iterable[str]:
        # Of the occasions that everybody shares, only these days lie near any day that the tests look at.
        occasions = {"national-day": (10, 1), "mothers-day": (5, 10)}
        for one in self.programme["benefits"]:
            before, after = one.get("before", 0), one.get("after", 0)
            if not self._is_for(one, tier, segments) or not self._is_open(one):
                continue
            if "every" in one:
                birthday = row[one["every"]]
                near = birthday and _is_near(self.today, int(birthday[5:7]), int(birthday[8:10]), before, after)
                if not near:
                    continue
            if "occasion" in one and not _is_near(self.today, *occasions[one["occasion"]], before, after):
                continue
            yield one["title"]

    def _suggestions(self, id_: str, tier: str, segments: frozenset[str]) -> Iterable[str]:
        """The finer ones and what goes with what they have, and what is new of a kind that they have; never what they
        have, what is sold out, or what is kept for others.
        """
        related = self.programme["related"]
        if related["audience"] not in segments:
            return
        bought = self.bought(id_)
        wanted: set[str] = set()
        for has, others in related["products"].items():
            if has in bought:
                upgrade = others.get("upgrade", ())
                wanted |= {*others.get("with", ()), *([upgrade] if isinstance(upgrade, str) else upgrade)}
        groups = {self.products[one]["group"] for one in bought}
        since = self.today - timedelta(days=related["new_within"])
        wanted |= {
            one
            for one, row in self.products.items()
            if row["group"] in groups and row["launched_on"] and since < _day(row["launched_on"]) <= self.today
        }
        yield from (
            one for one in wanted - bought if self.products[one]["stock"] != "0" and self.may_buy(one, tier, segments)
        )

    def _gatherings(self, id_: str, segments: Iterable[str]) -> Iterable[str]:
        """Gatherings to come: VIP ones only to guests of the house, and to whoever has an invitation to one of them."""
        coming = {name: row for name, row in self.events.items() if _day(row["starts_at"]) >= self.today}
        invited = {row["event_id"] for row in self.attendances.get(id_, ())}
        vip = {name for name, row in coming.items() if row["vip"] == "yes"}
        is_guest = self.programme["gatherings"]["audience"] in segments or not invited.isdisjoint(vip)
        return (name for name in coming if is_guest or name not in vip)

    def _coming(self, id_: str) -> str:
        """The next gathering to which somebody said yes."""
        accepted = (
            self.events[row["event_id"]] for row in self.attendances.get(id_, ()) if row["status"] == "accepted"
        )
        coming = sorted((row["starts_at"], row["event_id"]) for row in accepted if _day(row["starts_at"]) >= self.today)
        return coming[0][1] if coming else ""

    def _circle(self, id_: str) -> Iterable[str]:
        """The names of the other guests of the next gathering to which they said yes, else of the last at which they
        were: of those who let others know of them. Who does not, learns of nobody. No gathering here lacks chairs.
        """
        willing = {name: self._willing(name) for name in self.events}
        tables = [name for name, guests in willing.items() if id_ in guests and len(guests) > 1]
        coming = sorted((name for name in tables if self._starts(name) >= self.today), key=self._starts)
        past = sorted((name for name in tables if self._starts(name) < self.today), key=self._starts)
        for name in (*coming, *past[::-1])[:1]:
            for guest in willing[name] - {id_}:
                row = self.customers[guest]
                yield _full_name(row["first_name"], row["last_name"])

    def _willing(self, event: str) -> set[str]:
        # Where nobody has written down yet who came, whoever said yes did.
        said = ("accepted",) if self._starts(event) >= self.today else ("accepted", "attended")
        rows = ((whose, row) for whose, some in self.attendances.items() for row in some if row["event_id"] == event)
        return {whose for whose, row in rows if row["status"] in said and row["share_contact"] == "yes"}

    def _starts(self, event: str) -> date:
        return _day(self.events[event]["starts_at"])

    def _stages(self, id_: str) -> Iterable[str]:
        """The stages of the child on the way, and of the youngest that has come."""
        for month in self._months(id_):
            for stage in self.programme["life_stages"]["stages"]:
                first, _, last = str(stage["months"]).partition("..")
                if int(first) <= month <= int(last or first):
                    yield stage["title"]

    def _months(self, id_: str) -> Iterable[int]:
        rows = self.children.get(id_, ())
        born = [_day(row["born_on"]) for row in rows if row["born_on"] and _day(row["born_on"]) <= self.today]
        unborn = [row for row in rows if not row["born_on"] or _day(row["born_on"]) > self.today]
        away = [(_day(row["due_on"]) - self.today).days for row in unborn if row["due_on"]]
        awaited = [days for days in away if -LATE <= days <= NAEGELE]
        if awaited:
            month = (NAEGELE - min(awaited)) // MONTH_BEFORE + 1
            yield max(min(max(month, 1), 10) - 11, -9)
        if born:
            youngest = max(born)
            months = (self.today.year - youngest.year) * 12 + self.today.month - youngest.month
            last_of_month = (self.today + timedelta(days=1)).day == 1
            yield months - (youngest.day > self.today.day and not last_of_month)

    def _coupons(self, id_: str) -> Iterable[str]:
        """The codes of those that count today and are not used."""
        for row in sorted(self.coupons.get(id_, ()), key=lambda row: (row["valid_until"], row["code"])):
            begun = not row["valid_from"] or _day(row["valid_from"]) <= self.today
            unused = not row["used_on"] or _day(row["used_on"]) > self.today
            if begun and unused and (not row["valid_until"] or _day(row["valid_until"]) >= self.today):
                yield row["code"]

    def _open_promises(self, id_: str) -> Iterable[Row]:
        rows = self.promises.get(id_, ())
        return (row for row in rows if not row["kept_on"] or _day(row["kept_on"]) > self.today)

    def _adviser(self, row: Row) -> str:
        """The name of the adviser whom the customer file names: the sample names one for everybody."""
        adviser = self.advisers[row["adviser_id"]]
        return _full_name(adviser["first_name"], adviser["last_name"])

    def _is_season(self, offer: Mapping[str, Any]) -> bool:
        today = f"{self.today:%m-%d}"
        opens, closes = str(offer["opens"]), str(offer["closes"])
        return opens <= today <= closes if opens <= closes else today >= opens or today <= closes

    def _until(self, rows: Iterable[Row], column: str) -> list[Row]:
        """The rows that are known today."""
        return [row for row in rows if row[column] and _day(row[column]) <= self.today]


def _price_after(price: str, id_: str, changes: Iterable[Row]) -> Decimal:
    """What the file of products says, until a change from just that price has come."""
    for change in changes:
        if change["product_id"] == id_ and Decimal(change["former"]) == Decimal(price):
            price = change["price"]
    return Decimal(price)


def _less(price: Decimal, percent: Decimal) -> Decimal:
    return (price * (100 - percent) / 100).quantize(CENT, ROUND_HALF_UP)


def _is_near(today: date, month: int, day: int, before: int, after: int) -> bool:
    """Whether today lies so many days around that day of any year."""
    if (month, day) == (2, 29):
        day = 28
    return any(
        -after <= (date(year, month, day) - today).days <= before
        for year in (today.year - 1, today.year, today.year + 1)
    )


def _by(rows: Iterable[Row], column: str = "customer_id") -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return dict(found)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _full_name(first: str, last: str) -> str:
    first, last = first.strip(), last.strip()
    low, high = CHINESE_FAMILY_FIRST
    chinese = any(low <= sign <= high for sign in first + last)
    return last + first if chinese else f"{first} {last}".strip()
