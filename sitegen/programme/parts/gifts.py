"""Show what points buy: the gifts of the day, and to each reader which of them are theirs if they like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sitegen.model.concession import ANYBODY
from sitegen.model.goods import Shelf
from sitegen.model.part import Arguments, BadArgument, Cell, Maker, On, Part, Terms, shows
from sitegen.model.points import PointsGift, PointsPrice
from sitegen.programme.parts.goods_words import product_name
from sitegen.programme.points.gifts import gifts_on, said_of
from sitegen.programme.relationship.rules import meant

SHOW, ALL, WITHIN = "show", "all", "within reach"
PENDING = "all:\n  - points pending: at least 1\n"
EXPIRING = "all:\n  - points expiring: at least 1\n"


@dataclass(frozen=True, slots=True)
class GiftView:
    """A gift in the reader's language. `key` is that of the cell for those whose points suffice, "" for none.

    `about` says more of it: in its own words, else by the name of its goods or service. `until` is the last day on
    which it may be had, `left` how many there are, None where that is no matter.
    """

    key: str
    title: str
    about: str
    points: int
    until: date | None
    left: int | None


@dataclass(frozen=True, slots=True)
class GiftsView:
    """The gifts that all see, by points; `listed`: they are meant to be there. `price` says what a point takes off a
    price; None: points never turn into one.
    """

    gifts: tuple[GiftView, ...]
    price: PointsPrice | None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class GiftCell:
    """What stands in a cell. `kind` is "reach" (the points suffice for a gift that all see), "gift" (a gift that its
    readers alone see), "pending" (points that `wait` so many days) or "expiring". `marked`: it says that the points
    suffice; where readers see nothing else, nothing need say so.
    """

    kind: str
    gifts: tuple[GiftView, ...] = ()
    marked: bool = False
    wait: int = 0


def rules(terms: Terms, arguments: Arguments) -> tuple[str, ...]:
    """Those whose points suffice for each gift, and those for whom a gift is and whose points don't suffice yet."""
    sides = _sides(arguments)
    points = terms.programme.points
    gifts = points.gifts if points else ()
    reach = [_reach(gift) for gift in gifts if gift.who == ANYBODY]
    few = [_few(gift, within) for gift in gifts if gift.who != ANYBODY for within in sides]
    own = [PENDING, EXPIRING] if terms.shop.output.member_data == "full" else []
    return tuple(dict.fromkeys((*reach, *few, *own)))


def part(on: On, arguments: Arguments) -> Part:
    """The gifts of the day, by points; first what waits or goes soon, where records tell of it. With
    `show="within reach"` each reader sees those alone for which their points suffice.
    """
    points, sides = on.programme.points, _sides(arguments)
    if points is None:
        return Part(GiftsView((), None))
    listed = False in sides
    there = gifts_on(points.gifts, on.today)
    for_all = [gift for gift in there if gift.who == ANYBODY]
    view = GiftsView(tuple(_view(on, gift) for gift in for_all) if listed else (), points.price, listed)
    cells = [Cell("pending", PENDING, GiftCell("pending", wait=points.pending))] if on.full and points.pending else []
    cells += [Cell("expiring", EXPIRING, GiftCell("expiring"))] if on.full and points.expiry else []
    kind = "reach" if listed else "gift"
    cells += [Cell(_key(gift), _reach(gift), GiftCell(kind, (_view(on, gift),), marked=listed)) for gift in for_all]
    return Part(view, (*cells, *_for_few(on, [gift for gift in there if gift.who != ANYBODY], sides)))


def _sides(arguments: Arguments) -> tuple[bool, ...]:
    """Whether gifts within reach (True) and those that are not (False) are shown."""
    wanted = arguments.get(SHOW, ALL)
    if wanted not in (ALL, WITHIN):
        raise BadArgument(SHOW, f"'{SHOW}' can't be '{wanted}'", f'write {SHOW}="{ALL}" or {SHOW}="{WITHIN}"')
    return (True,) if wanted == WITHIN else (True, False)


def _for_few(on: On, gifts: list[PointsGift], sides: tuple[bool, ...]) -> list[Cell]:
    """Two cells for each threshold and circle of readers: one for those who may have the gifts today, one for those who
    may look forward to them.
    """
    found: dict[tuple[str, bool], list[PointsGift]] = {}
    for gift in gifts:
        for within in sides:
            found.setdefault((_few(gift, within), within), []).append(gift)
    return [
        Cell(
            f"few {some[0].name}{' within' * within}",
            rule,
            GiftCell("gift", tuple(_view(on, one) for one in some), marked=within and False in sides),
        )
        for (rule, within), some in found.items()
    ]


def _reach(gift: PointsGift) -> str:
    return f"all:\n  - points: at least {gift.points}\n"


def _few(gift: PointsGift, within: bool) -> str:
    return f"{meant(gift.who)}  - points: {'at least' if within else 'less than'} {gift.points}\n"


def _key(gift: PointsGift) -> str:
    return f"reach {gift.name}"


def _view(on: On, gift: PointsGift) -> GiftView:
    languages = (on.language, on.shop.language)
    product = next((product_name(one, on.language) for one in on.goods.products if one.id == gift.product), "")
    service = on.said(gift.service) if gift.service else ""
    return GiftView(
        key=_key(gift) if gift.who == ANYBODY else "",
        title=said_of(gift.title, *languages),
        about=said_of(gift.about, *languages) or product or service,
        points=gift.points,
        until=gift.last,
        left=gift.stock,
    )


MAKER = Maker("points", ("title", SHOW), shows(Shelf.PRODUCTS), rules, part)
