"""Show the gatherings to come, or those that were: when, where, what about, and whether there is a chair left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sitegen.model.gathering import Gathering, Gatherings
from sitegen.model.goods import Shelf
from sitegen.model.part import Arguments, BadArgument, Cell, Maker, On, Part, Terms, shows, target
from sitegen.model.segment import EVERYONE, PUBLIC
from sitegen.programme.gatherings.year import MONTHS, QUARTERS
from sitegen.programme.parts.ways import telephone

LAST, FEW = 2, 6
"""Chairs that are the last ones, and a few; a quarter of all chairs is a few as well, where that is more."""


@dataclass(frozen=True, slots=True)
class GatheringView:
    """A gathering in the reader's language. What nobody wrote down is "" or None.

    `chairs` is many, few, last, full or "" where they are not counted, `left` how many; `answer_by` is the last day on
    which an answer counts, None once it is over. `page` is what `link` takes, "" for none.
    """

    title: str
    starts_at: datetime
    place: str
    theme: str
    sales: bool | None
    chairs: str
    left: int
    answer_by: date | None
    page: str

    @property
    def has_hour(self) -> bool:
        """Whether it begins at an hour that somebody wrote down: a row with a day alone says midnight."""
        return (self.starts_at.hour, self.starts_at.minute) != (0, 0)


@dataclass(frozen=True, slots=True)
class QuarterView:
    """A quarter of the year, from 1, and what was or is in it."""

    number: int
    gatherings: tuple[GatheringView, ...]


@dataclass(frozen=True, slots=True)
class AgendaView:
    """The gatherings of some readers, the next first; `quarters` of `year` where these are the promised ones.

    `is_past`: they were; then the latest is first. `phone` is by which number one answers, with its link; "" where
    another cell says so, which the same readers have.
    """

    gatherings: tuple[GatheringView, ...]
    is_past: bool
    year: int
    quarters: tuple[QuarterView, ...] = ()
    phone: str = ""
    phone_link: str = ""


@dataclass(frozen=True, slots=True)
class GatheringsView:
    """What the outer template must know: whether the gatherings were."""

    is_past: bool


def rules(terms: Terms, arguments: Arguments) -> tuple[str, ...]:
    """That of the guests of VIP gatherings; the others are for all who read. Raises BadArgument."""
    _asked(arguments)
    setting = terms.programme.gatherings
    return (_invited(setting),) if setting else ()


def part(on: On, arguments: Arguments) -> Part:
    """The VIP gatherings for those who are invited to them, the others for all; `most` of each, without the year."""
    is_past, year, most = _asked(arguments)
    setting = on.programme.gatherings
    view = GatheringsView(is_past)
    if setting is None:
        return Part(view)
    rule = _invited(setting)
    meant = [one for one in on.goods.gatherings if (one.day < on.today) == is_past and year in {0, one.day.year}]
    shown = meant[::-1] if is_past else meant
    ours = [one for one in shown if one.vip or not rule][:most]
    others = [one for one in shown if not one.vip and rule][:most]
    quarters = () if is_past or most else tuple(_quarters(on, setting, year or on.today.year))
    found = (
        _cell(on, setting, ("invited", rule), AgendaView(_views(on, setting, ours), is_past, year, quarters)),
        _cell(on, setting, ("open", ""), AgendaView(_views(on, setting, others), is_past, year)),
    )
    cells = tuple(cell for cell in found if cell)
    return Part(view, (*cells[:-1], *(_answered(on, cell) for cell in cells[-1:])))


def _answered(on: On, cell: Cell) -> Cell:
    """The cell that all readers of a cell have, with the number by which they answer."""
    assert isinstance(cell.view, AgendaView)
    if cell.view.is_past:
        return cell
    return replace(cell, view=replace(cell.view, phone=on.shop.phone, phone_link=telephone(on.shop.phone)))


def _cell(on: On, setting: Gatherings, named: tuple[str, str], view: AgendaView) -> Cell | None:
    key, rule = named
    held = any(quarter.gatherings for quarter in view.quarters)
    year = view.year or on.today.year
    full = AgendaView(view.gatherings, view.is_past, year, view.quarters if held and setting.least else ())
    return Cell(key, rule, full) if full.gatherings or full.quarters else None


def _asked(arguments: Arguments) -> tuple[bool, int, int | None]:
    past, year, most = arguments.get("past", "no"), arguments.get("year", ""), arguments.get("most", "")
    if past not in {"yes", "no"}:
        raise BadArgument("past", f"'past' is yes or no, and not '{past}'", 'write past="yes", or leave it out')
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise BadArgument("year", f"'{year}' is no year", 'write four digits: year="2026"')
    if most and not (most.isascii() and most.isdigit() and int(most)):
        raise BadArgument("most", f"'{most}' is no number of gatherings", 'write most="2", or leave it out')
    return past == "yes", int(year or 0), int(most) if most else None


def _invited(setting: Gatherings) -> str:
    """The rule of those who see VIP gatherings: whom the house invites, and whoever has an invitation all the same."""
    if setting.audience in {EVERYONE, PUBLIC}:
        return ""
    return f"any:\n  - segment: is {setting.audience}\n  - invited: {{within next: 1 year, with: {{event.vip: yes}}}}\n"


def _quarters(on: On, setting: Gatherings, year: int) -> Iterator[QuarterView]:
    """The quarters of a year with its VIP gatherings, those that were among them."""
    held = [one for one in on.goods.gatherings if one.vip and one.day.year == year]
    for number in QUARTERS:
        within = [one for one in held if (one.day.month - 1) // MONTHS + 1 == number]
        yield QuarterView(number, _views(on, setting, within))


def _views(on: On, setting: Gatherings, gatherings: Iterable[Gathering]) -> tuple[GatheringView, ...]:
    return tuple(_view(on, setting, one) for one in gatherings)


def _view(on: On, setting: Gatherings, one: Gathering) -> GatheringView:
    title, page = _page(on, setting, one)
    store = next((store.name for store in on.goods.stores if store.id == one.store_id), "")
    closes, left = setting.closes_on(one.day), one.places_left
    return GatheringView(
        title=title,
        starts_at=one.starts_at,
        place=on.said(one.place or store),
        theme=on.said(setting.themes.get(one.theme, "")) if one.theme else "",
        sales=one.sales,
        chairs=_chairs(one, left),
        left=left or 0,
        answer_by=closes if closes >= on.today else None,
        page=page,
    )


def _page(on: On, setting: Gatherings, one: Gathering) -> tuple[str, str]:
    """The title and the target of the page that tells more, of those which all readers of the cell may read."""
    may_read = {PUBLIC, EVERYONE, setting.audience} if one.vip else {PUBLIC, EVERYONE}
    for page in on.events.get(one.id, ()):
        if page.audience in may_read:
            return page.title or on.said(one.title), target(page.id)
    return on.said(one.title), ""


def _chairs(one: Gathering, left: int | None) -> str:
    if left is None or one.seats is None:
        return ""
    if not left:
        return "full"
    if left <= LAST:
        return "last"
    return "few" if left <= max(FEW, one.seats // 4) else "many"


MAKER = Maker("gatherings", ("title", "past", "year", "most"), shows(Shelf.GATHERINGS, Shelf.STORES), rules, part)
