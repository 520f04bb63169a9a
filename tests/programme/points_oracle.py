"""A customer's points in plain Python: lots in a purse, day after day. It knows nothing of the ledger's sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sitegen.model.points import ExpiryAt, Points

Made = tuple[int, str, str | None]
"""What a new row says: points, kind, order_id."""


@dataclass(frozen=True, slots=True)
class Bought:
    """An order. It may come back on a day."""

    order_id: str
    day: date
    amount: int
    undone_on: date | None = None


@dataclass(slots=True)
class Lot:
    """Points that were earned together. `wanted` is what the shop wants back of them and could not take yet."""

    order_id: str | None
    earned_on: date
    given: int
    left: int
    pending: bool
    taken: int = 0


@dataclass(slots=True)
class Purse:
    """The points of one customer."""

    rules: Points
    lots: list[Lot] = field(default_factory=list)
    spent: int = 0
    expired: int = 0

    def active(self) -> int:
        return sum(lot.left for lot in self.lots if not lot.pending)

    def pending(self) -> int:
        return sum(lot.left for lot in self.lots if lot.pending)

    def earned(self) -> int:
        return sum(lot.given - lot.taken for lot in self.lots)

    def run(self, orders: Iterable[Bought], today: date) -> list[Made]:
        """The rows of a day, and the purse as it is after them."""
        bought = sorted(orders, key=lambda order: order.order_id)
        return [
            *self._take_from_pending(bought, today),
            *self._become_active(today),
            *self._expire(today),
            *self._earn(bought, today),
            *self._take_back(bought, today),
        ]

    def spend(self, points: int) -> None:
        assert points <= self.active()
        self.spent += points
        self._use(points)

    def give(self, points: int, today: date) -> None:
        """A correction in favour of the customer."""
        self.lots.append(Lot(None, today, points, points, pending=False))

    def going(self, horizon: date) -> list[Lot]:
        """The active lots that are gone on a day."""
        return [lot for lot in self.lots if lot.left and not lot.pending and self._end(lot) <= horizon]

    def end_of(self, lot: Lot, today: date) -> date:
        return max(self._end(lot), today)

    def _take_from_pending(self, bought: list[Bought], today: date) -> Iterable[Made]:
        for lot in self._undone(bought, today):
            if lot.pending and lot.left:
                yield -lot.left, "pending", lot.order_id
                lot.taken, lot.left = lot.given, 0

    def _take_back(self, bought: list[Bought], today: date) -> Iterable[Made]:
        for lot in self._undone(bought, today):
            if taken := min(lot.given - lot.taken, self.active()):
                lot.taken += taken
                own = min(lot.left, taken)
                lot.left -= own
                self._use(taken - own)
                yield -taken, "corrected", lot.order_id

    def _undone(self, bought: list[Bought], today: date) -> list[Lot]:
        """The lots of orders that came back, in the order of these, as long as their points have not gone."""
        gone = {order.order_id for order in bought if order.undone_on is not None and order.undone_on <= today}
        lots = [lot for lot in self.lots if lot.order_id in gone and self._end(lot) > today]
        return sorted(lots, key=lambda lot: lot.order_id or "")

    def _become_active(self, today: date) -> Iterable[Made]:
        for lot in self.lots:
            if lot.pending and lot.left and lot.earned_on + timedelta(days=self.rules.pending) <= today:
                lot.pending = False
                yield lot.left, "active", lot.order_id

    def _expire(self, today: date) -> Iterable[Made]:
        gone = sum(lot.left for lot in self.going(today))
        for lot in self.going(today):
            lot.left = 0
        self.expired += gone
        if gone:
            yield -gone, "expired", None

    def _earn(self, bought: list[Bought], today: date) -> Iterable[Made]:
        booked = {lot.order_id for lot in self.lots}
        for order in bought:
            undone = order.undone_on is not None and order.undone_on <= today
            if order.order_id in booked or undone or not self.rules.since <= order.day <= today or not order.amount:
                continue
            waits = bool(self.rules.pending)
            self.lots.append(Lot(order.order_id, today, order.amount, order.amount, waits))
            yield order.amount, "pending" if waits else "earned", order.order_id

    def _use(self, points: int) -> None:
        """Take active points away, first those that go first."""
        for lot in sorted(self.lots, key=lambda lot: lot.earned_on):
            if not lot.pending:
                taken = min(points, lot.left)
                lot.left -= taken
                points -= taken
        assert not points

    def _end(self, lot: Lot) -> date:
        expiry = self.rules.expiry
        return end_of(lot.earned_on, expiry.months, expiry.at) if expiry else date.max


def end_of(day: date, months: int, at: ExpiryAt) -> date:
    """The first day on which points no longer count, found by trying day after day."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    if at is ExpiryAt.MONTH_END:
        return date(year + month // 12, month % 12 + 1, 1)
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1
