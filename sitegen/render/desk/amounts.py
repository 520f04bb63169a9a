"""Spell the amounts of reports in the shop's language and currency: figures, cells, days of a window, changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sitegen.model.report import Amount, Chart, Figure, Measure, Window
from sitegen.render.fields import locale_of, plural_form, whole_number

UNKNOWN = "–"
"""What stands for an amount that can't be reckoned."""
MONTH, DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])"), re.compile(r"\d{4}-\d{2}-\d{2}")
COUNTED = frozenset({Measure.CUSTOMERS, Measure.ORDERS})
WITH_UNIT = frozenset({*COUNTED, Measure.PER_CENT, Measure.DAYS, Measure.TIMES, Measure.SCORE})
UP, DOWN, SAME = "↑", "↓", "→"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against the month before, in words. `arrow` is UP, DOWN or SAME; `verdict` "better", "worse" or ""."""

    arrow: str
    words: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """Spells amounts in a language and a currency (ISO 4217); `t` gives the theme's words, {names} in them filled."""

    language: str
    currency: str
    t: Callable[..., str]

    def spelled(self, amount: Amount, measure: Measure) -> str:
        """An amount as a person reads it: "1,234", "€12.50", "80%", "3 days"; UNKNOWN for None."""
        if amount is None:
            return UNKNOWN
        if isinstance(amount, bool):
            return self.t("work.report.yes") if amount else self.t("work.report.no")
        if isinstance(amount, date):
            return self._day(amount)
        if isinstance(amount, str):
            return self._month(amount) if measure is Measure.MONTH else amount
        return self._number(amount, measure)

    def whole(self, amount: Amount, measure: Measure) -> str:
        """The same, with the word for what is counted: "1,234 customers"."""
        if measure not in COUNTED or amount is None or isinstance(amount, (bool, str, date)):
            return self.spelled(amount, measure)
        form = plural_form(amount, self.language) if isinstance(amount, int) else "other"
        return self.t(f"work.report.counted.{measure.value}.{form}", number=self.spelled(amount, measure))

    def unit(self, measure: Measure) -> str:
        """What an axis counts in: "customers", "EUR", "%"; "" for what has no unit."""
        if measure is Measure.MONEY:
            return self.currency
        return self.t(f"work.report.unit.{measure.name.lower()}") if measure in WITH_UNIT else ""

    def tick(self, amount: Decimal, measure: Measure) -> str:
        """A number at an axis, whose unit the axis names; per cent say so themselves."""
        if measure is Measure.PER_CENT:
            return self._number(amount, measure)
        return self._plain(amount)

    def label(self, amount: Decimal | int, measure: Measure) -> str:
        """A value at a bar or a point, as short as it can be."""
        if measure is Measure.MONEY and abs(Decimal(amount)) >= 100:
            return self._plain(Decimal(amount).quantize(Decimal(1), "ROUND_HALF_UP"))
        return self.tick(Decimal(amount), measure)

    def window(self, window: Window) -> str:
        """The days of a window: "1 September 2025 to 31 August 2026", "until 31 August 2026"."""
        if window.first is None:
            return self.t("work.report.until", last=self._day(window.last))
        if window.first == window.last:
            return self.t("work.report.on", last=self._day(window.last))
        return self.t("work.report.between", first=self._day(window.first), last=self._day(window.last))

    def change(self, figure: Figure) -> Change | None:
        """The figure against itself a month earlier; None where either can't be reckoned."""
        now, before = figure.value, figure.before
        if now is None or before is None:
            return None
        if now == before:
            return Change(SAME, self.t("work.report.change.same"), "")
        was = self.spelled(before, figure.measure)
        if not _numbers(now, before):
            return Change(SAME, self.t("work.report.change.was", before=was), "")
        more = Decimal(str(now)) - Decimal(str(before))
        by = self._by(abs(more), figure.measure)
        words = self.t(f"work.report.change.{'up' if more > 0 else 'down'}", by=by, before=was)
        return Change(UP if more > 0 else DOWN, words, self._verdict(figure.better, more))

    def step(self, label: str) -> str:
        """A chart's label as a person reads it: months "2026-09" and days by their names, anything else as it is."""
        if DAY.fullmatch(label):
            return self._day(date.fromisoformat(label))
        return self._month(label) if MONTH.fullmatch(label) else label

    def axis(self, chart: Chart) -> str:
        """What the measured axis says, with its unit: "Profit (EUR)"; who are counted, it names itself: "Customers"."""
        unit = "" if chart.measure in COUNTED else self.unit(chart.measure)
        said = not unit or unit.lower() in chart.measured.lower()
        return chart.measured if said else f"{chart.measured} ({unit})"

    def _verdict(self, better: int, more: Decimal) -> str:
        if not better:
            return ""
        return self.t("work.report.change.better" if (more > 0) == (better > 0) else "work.report.change.worse")

    def _by(self, amount: Decimal, measure: Measure) -> str:
        if measure is Measure.PER_CENT:
            return self.t("work.report.change.points", number=self._plain(amount))
        return self.spelled(amount, measure)

    def _number(self, amount: Decimal | int, measure: Measure) -> str:
        # Babel takes half a second to import.
        from babel.numbers import format_currency, format_percent  # noqa: PLC0415
        from babel.units import format_unit  # noqa: PLC0415

        locale = locale_of(self.language)
        match measure:
            case Measure.MONEY:
                return str(format_currency(amount, self.currency, locale=locale))
            case Measure.PER_CENT:
                return str(format_percent(Decimal(amount) / 100, locale=locale, decimal_quantization=False))
            case Measure.DAYS:
                return str(format_unit(amount, "duration-day", locale=locale))
            case Measure.TIMES:
                return self.t("work.report.times", number=self._plain(amount))
            case Measure.SCORE:
                return self.t("work.report.of_five", number=self._plain(amount))
            case _:
                return self._plain(amount)

    def _plain(self, amount: Decimal | int) -> str:
        from babel.numbers import format_decimal  # noqa: PLC0415 - as above

        if isinstance(amount, int):
            return whole_number(amount, self.language)
        locale = locale_of(self.language)
        return str(format_decimal(amount, locale=locale, decimal_quantization=False))

    def _day(self, day: date) -> str:
        from babel.dates import format_skeleton  # noqa: PLC0415 - as above

        return str(format_skeleton("yMMMd", day, locale=locale_of(self.language)))

    def _month(self, month: str) -> str:
        from babel.dates import format_skeleton  # noqa: PLC0415 - as above

        if not MONTH.fullmatch(month):
            return month
        first = date.fromisoformat(f"{month}-01")
        return str(format_skeleton("yMMM", first, locale=locale_of(self.language)))


def _numbers(*amounts: Amount) -> bool:
    return all(isinstance(one, (int, Decimal)) and not isinstance(one, bool) for one in amounts)
