"""Read `points:` of content/programme/*.yaml: earning, waiting, expiry, gifts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.programme.concession_keys import check_who, once, who_of
from sitegen.content.programme.forms import mappings, section_keys
from sitegen.errors import Problem
from sitegen.model.points import Earning, Expiry, ExpiryAt, Factor, Happening, Points, PointsGift, PointsPrice
from sitegen.model.programme import Programme
from sitegen.model.shop import Shop
from sitegen.model.tree import Mapping as Tree
from sitegen.model.tree import Node, Scalar
from sitegen.programme.points.gifts import gift_words

MOST_POINTS = 1_000_000
LARGEST_FACTOR = Decimal(100)
HUNDREDTH = Decimal("0.01")
SHORTEST_MONTH = 28


def read_points(node: Node, problems: list[Problem]) -> Points | None:
    """What `points:` says; None where it can't be understood at all."""
    keys = section_keys(node, problems, "points")
    if keys is None:
        return None
    keys.node("since", required=True)
    points = Points(
        since=keys.day("since") or date.max,
        earning=_earning(keys.keys("earn")),
        pending=keys.integer("pending", 0, 0, 366),
        expiry=_expiry(keys.keys("expire")),
        gifts=_gifts(keys, problems),
        price=_price(keys),
        place=keys.mapping.place,
    )
    _check_times(points, keys)
    keys.finish()
    return points


def check_points(
    programme: Programme, segments: Collection[str], languages: Collection[str], problems: list[Problem]
) -> None:
    """Report the tiers, segments and languages that the points speak of and the shop does not have."""
    points = programme.points
    if points is None:
        return
    tiers = [tier.name for tier in programme.tiers]
    for factor in points.earning.tiers:
        if factor.name not in tiers:
            message = f"there is no tier '{factor.name}'"
            hint = did_you_mean(factor.name, tiers) or "describe the tiers below 'tiers:'"
            problems.append(factor.place.problem("unknown-tier", message, hint))
    for gift in points.gifts:
        check_who(gift.who, tiers, segments, problems)
        for words in (gift.title, gift.about):
            for language in words.keys() - {"", *languages}:
                message = f"the gift '{gift.name}' has words in '{language}', which the shop does not speak"
                hint = did_you_mean(language, languages)
                problems.append(gift.place.problem("bad-language", message, hint))


def points_warnings(programme: Programme) -> tuple[Problem, ...]:
    """What the owner should know: points that take something off a price."""
    price = programme.points and programme.points.price
    if not price:
        return ()
    message = "points take something off prices here: who counts them as money asks for more of it each time"
    hint = "let points buy gifts, and write 'as_price: no'"
    return (price.place.problem("points-as-price", message, hint),)


def with_gift_words(shop: Shop, programme: Programme) -> Shop:
    """The shop that knows what its gifts for points are called in each language; what site.yaml says goes first."""
    said = gift_words(programme.points.gifts if programme.points else ())
    if not said:
        return shop
    languages = dict.fromkeys((*shop.words, *said))
    words = {language: {**said.get(language, {}), **shop.words.get(language, {})} for language in languages}
    return replace(shop, words=words)


def _earning(keys: Keys | None) -> Earning:
    if keys is None:
        return Earning()
    earning = Earning(
        points=keys.integer("points", 1, 1, 1000),
        for_each=_unit(keys),
        tiers=_factors(keys, "tiers"),
        groups=_factors(keys, "groups"),
        most=keys.integer("most", MOST_POINTS, 1, MOST_POINTS) if keys.node("most") else None,
        happenings=_happenings(keys.keys("happenings")),
    )
    keys.finish()
    return earning


def _unit(keys: Keys) -> Decimal:
    number = keys.decimal("for_each", Decimal(1))
    if number >= HUNDREDTH and number == number.quantize(HUNDREDTH):
        return number
    _wrong(keys, "for_each", "write an amount of at least 0.01, like 1 or 2.50")
    return Decimal(1)


def _factors(keys: Keys, key: str) -> tuple[Factor, ...]:
    inner = keys.keys(key)
    factors: list[Factor] = []
    for entry in inner.rest() if inner else ():
        assert inner
        name = entry.key.text
        factor = inner.decimal(name, Decimal(1))
        if not 0 <= factor <= LARGEST_FACTOR or factor != factor.quantize(HUNDREDTH):
            _wrong(inner, name, "write a number from 0 to 100 with two places at most, like 2 or 1.25")
        factors.append(Factor(name, factor, entry.key.place))
    return tuple(factors)


def _happenings(keys: Keys | None) -> dict[Happening, int]:
    if keys is None:
        return {}
    found: dict[Happening, int] = {}
    for entry in keys.rest():
        name = entry.key.text
        if name in set(Happening):
            found[Happening(name)] = keys.integer(name, 1, 1, MOST_POINTS)
        else:
            message = f"nothing is known of '{name}' that could earn points"
            keys.problems.append(entry.key.place.problem("unknown-word", message, did_you_mean(name, Happening)))
    return found


def _expiry(keys: Keys | None) -> Expiry | None:
    if keys is None:
        return None
    keys.node("months", required=True)
    expiry = Expiry(
        months=keys.integer("months", 24, 1, 240),
        at=keys.choice("at", ExpiryAt, ExpiryAt.DAY),
        notice=keys.integer("notice", 60, 0, 366),
    )
    keys.finish()
    return expiry


def _check_times(points: Points, keys: Keys) -> None:
    expiry = points.expiry
    if expiry and points.pending + expiry.notice >= expiry.months * SHORTEST_MONTH:
        message = (
            f"points wait {points.pending} days and are announced {expiry.notice} days before they go, which"
            f" {expiry.months} months don't hold"
        )
        hint = "let them last longer, or wait or be announced for fewer days"
        keys.problems.append(keys.place("expire").problem("points-too-short", message, hint))


def _gifts(keys: Keys, problems: list[Problem]) -> tuple[PointsGift, ...]:
    return once([_gift(one) for one in mappings(keys.node("gifts"), problems, "gifts", "gift")], problems)


def _gift(keys: Keys) -> PointsGift:
    keys.node("points", required=True)
    gift = PointsGift(
        name=keys.text("name", required=True),
        points=keys.integer("points", 1, 1, MOST_POINTS),
        title=_words(keys, "title", required=True),
        about=_words(keys, "about"),
        product=keys.text("product"),
        service=keys.text("service"),
        who=who_of(keys),
        first=keys.day("from"),
        last=keys.day("until"),
        stock=keys.integer("stock", 0, 0) if keys.node("stock") else None,
        place=keys.mapping.place,
    )
    if gift.product and gift.service:
        message = f"the gift '{gift.name}' is a product and a service"
        keys.problems.append(keys.place("service").problem("gift-of-two-kinds", message, "keep one of them"))
    if gift.first and gift.last and gift.last < gift.first:
        message = f"the gift '{gift.name}' ends before it begins"
        keys.problems.append(keys.place("until").problem("gift-ends-first", message, "change one of the days"))
    keys.finish()
    return gift


def _words(keys: Keys, key: str, required: bool = False) -> Mapping[str, str]:
    """Words by language; those for all languages stand under ""."""
    node = keys.node(key, required)
    if isinstance(node, Tree):
        inner = Keys(node, keys.problems, f"'{key}'")
        return {entry.key.text: text for entry in inner.rest() if (text := inner.text(entry.key.text))}
    text = keys.text(key)
    return {"": text} if text else {}


def _price(keys: Keys) -> PointsPrice | None:
    on, place = keys.yes_no("as_price", default=False), keys.place("as_price")
    node, inner = keys.node("price"), keys.keys("price", required=on)
    if node is not None and not on:
        message = "'price' says what a point takes off, and 'as_price' says that points take nothing off"
        hint = "remove 'price': points buy gifts"
        keys.problems.append(node.place.problem("points-price-off", message, hint))
    if inner is None:
        return None
    price = PointsPrice(
        worth=_positive(inner, "worth", Decimal(1000), "write what one point takes off, like 0.01"),
        most=_positive(inner, "most", Decimal(100), "write the per cent of an order that points may pay, like 10"),
        place=place,
    )
    inner.finish()
    return price if on else None


def _positive(keys: Keys, key: str, most: Decimal, hint: str) -> Decimal:
    told = len(keys.problems)
    number = keys.decimal(key, required=True)
    # What is missing or no number is told already.
    if len(keys.problems) == told and not 0 < number <= most:
        _wrong(keys, key, hint)
    return number


def _wrong(keys: Keys, key: str, hint: str) -> None:
    node = keys.mapping.get(key)
    text = node.text if isinstance(node, Scalar) else ""
    keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{text}'", hint))
