"""Read `reports:` of content/programme/*.yaml: thresholds, benchmarks, couriers, the plan, maintenance months."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.programme.duty_times import read_days
from sitegen.content.programme.forms import mappings, section_keys
from sitegen.content.programme.retention_plan import read_plan
from sitegen.errors import Problem
from sitegen.model.report_setting import BENCHMARKS, Benchmark, Couriers, MaintenanceMonth, ReportSetting
from sitegen.model.tree import Node

USUAL = ReportSetting()
MOST_DAYS = 3650
MOST_YEARS = 100
MOST_CUSTOMERS = 10_000
HUNDRED = 100


def read_reports(node: Node, problems: list[Problem]) -> ReportSetting:
    """What the shop sets for its reports; what is not written, or wrong, is as usual."""
    keys = section_keys(node, problems, "reports")
    if keys is None:
        return USUAL
    lost_after, warned_after = _silence(keys)
    setting = ReportSetting(
        lost_after=lost_after,
        warned_after=warned_after,
        years=keys.integer("years", USUAL.years, 1, MOST_YEARS),
        margin=share(keys, "margin", USUAL.margin),
        unsold_days=days(keys, "unsold after", USUAL.unsold_days),
        least=keys.integer("least", USUAL.least, 1, MOST_CUSTOMERS),
        benchmarks={**BENCHMARKS, **dict(_benchmarks(keys))},
        couriers=_couriers(keys),
        plan=read_plan(keys.keys("plan")),
        maintenance=tuple(_maintenance(keys)),
        place=node.place,
    )
    keys.finish()
    return setting


def days(keys: Keys, key: str, usual: int) -> int:
    """A span in days that a report can look back on."""
    found = read_days(keys, key, usual)
    if 1 <= found <= MOST_DAYS:
        return found
    hint = f"write from 1 to {MOST_DAYS} days, like {usual} days"
    keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{keys.text(key)}'", hint))
    return usual


def share(keys: Keys, key: str, usual: Decimal) -> Decimal:
    """A number of per cent."""
    found = keys.decimal(key, usual)
    if 0 <= found <= HUNDRED:
        return found
    hint = "write per cent, from 0 to 100"
    keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{keys.text(key)}'", hint))
    return usual


def _silence(keys: Keys) -> tuple[int, int]:
    """After how many days somebody is lost, and warned of: sooner."""
    lost = days(keys, "lost after", USUAL.lost_after)
    warned = days(keys, "warned after", min(USUAL.warned_after, max(lost // 2, 1)))
    if warned < lost or lost == 1:
        return lost, warned
    message = f"customers would be warned of after {warned} days, and are lost after {lost}"
    hint = "let 'warned after' be shorter than 'lost after': the days between are those in which one can act"
    keys.problems.append(keys.place("warned after").problem("warned-too-late", message, hint))
    return lost, max(lost // 2, 1)


def _benchmarks(keys: Keys) -> Iterator[tuple[str, Benchmark]]:
    inner = keys.keys("benchmarks")
    for entry in inner.rest() if inner else ():
        name = entry.key.text
        if name not in BENCHMARKS:
            message = f"unknown benchmark '{name}'"
            keys.problems.append(entry.key.place.problem("unknown-word", message, did_you_mean(name, BENCHMARKS)))
            continue
        own = inner.keys(name, required=True) if inner else None
        if own is not None:
            yield name, _benchmark(own)


def _benchmark(keys: Keys) -> Benchmark:
    value = keys.decimal("value", required=True)
    source = keys.text("source", required=True)
    low, high = (keys.decimal(key) if keys.node(key) else None for key in ("low", "high"))
    keys.finish()
    if (low is not None and low > value) or (high is not None and high < value):
        hint = "the value lies between 'low' and 'high', which are what other sources say"
        message = f"{value} does not lie from {'...' if low is None else low} to {'...' if high is None else high}"
        keys.problems.append(keys.place("value").problem("benchmark-outside", message, hint))
    return Benchmark(value, source, low, high)


def _couriers(keys: Keys) -> Couriers:
    usual, inner = USUAL.couriers, keys.keys("couriers")
    if inner is None:
        return usual
    couriers = Couriers(
        most=share(inner, "most", usual.most),
        least=inner.integer("least", usual.least, 1, MOST_CUSTOMERS),
        days=days(inner, "over", usual.days),
        late=days(inner, "late after", usual.late),
    )
    inner.finish()
    return couriers


def _maintenance(keys: Keys) -> Iterator[MaintenanceMonth]:
    for inner in mappings(keys.node("maintenance"), keys.problems, "maintenance", "maintenance month"):
        title = inner.text("title", required=True)
        ends = {key: inner.day(key) for key in ("from", "until") if inner.node(key, required=True)}
        inner.finish()
        first, last = ends.get("from"), ends.get("until")
        if first is None or last is None:
            continue
        if last < first:
            message = f"'{title}' ends on {last}, before it begins on {first}"
            keys.problems.append(
                inner.place("until").problem("maintenance-ends-first", message, "change one of the days")
            )
            continue
        yield MaintenanceMonth(title, first, last, inner.mapping.place)
