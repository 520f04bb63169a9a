"""Read what makes a duty: `for each`, `crossed`, `top` or `every`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from itertools import pairwise

from sitegen.audience.language.catalogue import column_at, paths_from, reference_word
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.audience.reading.own_facts import summed
from sitegen.audience.reading.row_conditions import read_conditions
from sitegen.content.keys import MOST, Keys
from sitegen.content.programme.concession_keys import day_of_year
from sitegen.content.programme.duty_times import read_span
from sitegen.content.programme.forms import one_word
from sitegen.model.column import Kind, Table
from sitegen.model.duty import Crossed, Each, Every, ForEach, Top, Trigger
from sitegen.model.rule import Condition, SumOf
from sitegen.model.table import Schema
from sitegen.model.tree import Scalar, Sequence

TRIGGERS = ("for each", "crossed", "top", "every")
ROW_KEYS = ("with", "day", "whom", "weather", "done on")
"""Keys of a duty that is made by a row."""
DAYS = (Kind.DATE, Kind.TIME, Kind.YEARLY)
MOST_COUNT = 1000
PER = ("store", "region")


def read_trigger(keys: Keys, schema: Schema) -> Trigger | None:
    """What makes the duty; None where that can't be read, which is reported."""
    there = [key for key in TRIGGERS if keys.node(key) is not None]
    if len(there) != 1:
        said = " and ".join(f"'{key}'" for key in there) or "nothing"
        message = f"{said} would make {keys.what}; one thing must"
        hint = f"write one of {', '.join(TRIGGERS)}"
        keys.problems.append(keys.mapping.place.problem("duty-trigger", message, hint))
        _ask(keys)
        return None
    if there[0] != "for each":
        _refuse_row_keys(keys, there[0])
    match there[0]:
        case "for each":
            return _for_each(keys, schema)
        case "crossed":
            return _crossed(keys.keys("crossed"), schema)
        case "top":
            return _top(keys.keys("top"), schema)
        case _:
            span = read_span(keys, "every", least=1)
            return Every(span) if span.count else None


def read_day_column(keys: Keys, key: str, table: str, schema: Schema) -> str:
    """The path from a row to a day, "" where nothing or none is written."""
    path = keys.text(key)
    if not path:
        return ""
    column, days = column_at(schema, table, path), days_of(schema, table)
    if path in days:
        return path
    if column is None:
        said = f"{table} have no column '{path}'"
        keys.problems.append(keys.place(key).problem("unknown-column", said, did_you_mean(path, days)))
    else:
        hint = f"days of {table} are: {', '.join(day for day in days if '.' not in day) or 'none'}"
        keys.problems.append(keys.place(key).problem("duty-day", f"'{path}' is no day", hint))
    return ""


def days_of(schema: Schema, table: str) -> tuple[str, ...]:
    """The paths from a row of the table that lead to a day."""
    found = ((path, column_at(schema, table, path)) for path in paths_from(schema, table))
    return tuple(path for path, column in found if column is not None and column.kind in DAYS)


def owing(schema: Schema) -> dict[str, Table]:
    """The tables whose rows lead to a customer."""
    return {table.name: table for table in schema.tables if table.customer or table.name == "customers" or _whom(table)}


def _ask(keys: Keys) -> None:
    """Keys that may stand beside a trigger are not strange, whatever becomes of it."""
    for key in ROW_KEYS:
        keys.node(key)


def _refuse_row_keys(keys: Keys, trigger: str) -> None:
    for key in ROW_KEYS:
        if keys.node(key) is not None:
            message = f"'{key}' means nothing beside '{trigger}'"
            keys.problems.append(keys.place(key).problem("key-of-another-kind", message, "it goes with 'for each'"))


def _for_each(keys: Keys, schema: Schema) -> ForEach | None:
    name, tables = keys.text("for each"), owing(schema)
    _ask(keys)
    table = tables.get(name)
    if table is None:
        if name:
            hint = did_you_mean(name, tables)
            keys.problems.append(keys.place("for each").problem("unknown-table", f"unknown table '{name}'", hint))
        return None
    with_ = keys.node("with")
    where = read_conditions(with_, name, schema, "with", keys.problems) if with_ is not None else ()
    day = read_day_column(keys, "day", name, schema) or (table.day if keys.node("day") is None else "")
    customer = _customer(keys, table)
    if not day and keys.node("day") is None:
        message, hint = f"rows of {name} have no day of their own", "add a line 'day: ...' with a column that is a day"
        keys.problems.append(keys.place("for each").problem("missing-key", message, hint))
    found = ForEach(name, where, day, customer, _weather(keys, schema))
    return found if day and customer else None


def _customer(keys: Keys, table: Table) -> str:
    """The path from a row to whom the duty is owed."""
    word, words = keys.text("whom"), _whom(table)
    if word:
        if word not in words:
            message = f"no column of {table.name} leads to a customer '{word}'"
            keys.problems.append(keys.place("whom").problem("unknown-word", message, did_you_mean(word, words)))
        return words.get(word, "")
    own = table.customer or ("customer_id" if table.name == "customers" else "")
    if not own:
        message = f"rows of {table.name} belong to no customer of their own"
        hint = f"add a line 'whom: {next(iter(words))}'"
        keys.problems.append(keys.place("for each").problem("missing-key", message, hint))
    return own


def _whom(table: Table) -> dict[str, str]:
    """The columns that name a customer, by the words for them: `referred` for referred_id."""
    return {reference_word(column): column.name for column in table.columns if column.refers_to == "customers"}


def _weather(keys: Keys, schema: Schema) -> str:
    word = keys.text("weather")
    known = schema.table("weather").column("condition").allowed
    if word and word not in known:
        keys.problems.append(
            keys.place("weather").problem("unknown-word", f"unknown weather '{word}'", did_you_mean(word, known))
        )
        return ""
    return word


def _crossed(keys: Keys | None, schema: Schema) -> Crossed | None:
    if keys is None:
        return None
    total, at = _sum(keys, schema), _thresholds(keys)
    each = one_word(keys, "each", Each, Each.YEAR)
    keys.finish()
    return Crossed(total, at, each) if total and at else None


def _thresholds(keys: Keys) -> tuple[Decimal, ...]:
    node = keys.node("at", required=True)
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    numbers = [_number(item.text) if isinstance(item, Scalar) else None for item in items]
    hint = "write amounts above 0, each higher than the one before, like [1000, 3000]"
    for item, number in zip(items, numbers, strict=True):
        if number is None:
            said = item.text if isinstance(item, Scalar) else "a list"
            keys.problems.append(item.place.problem("wrong-value", f"'at' can't be '{said}'", hint))
            return ()
    found = tuple(number for number in numbers if number is not None)
    for (_, low), (item, high) in pairwise(zip(items, found, strict=True)):
        if high <= low:
            message = f"the threshold {high} stands behind {low}"
            keys.problems.append(item.place.problem("thresholds-not-rising", message, hint))
            return ()
    return found


def _number(text: str) -> Decimal | None:
    """Money above 0, in whole hundredths."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    fits = number.is_finite() and 0 < number <= MOST and number == number.quantize(Decimal("0.01"))
    return number if fits else None


def _top(keys: Keys | None, schema: Schema) -> Top | None:
    if keys is None:
        return None
    total = _sum(keys, schema)
    count = keys.integer("count", 1, 1, MOST_COUNT)
    on = day_of_year(keys, "on")
    per = keys.text("per")
    if per and per not in PER:
        hint = did_you_mean(per, PER)
        keys.problems.append(keys.place("per").problem("unknown-word", f"unknown per '{per}'", hint))
    keys.finish()
    return Top(total, count, on.month, on.day, per) if total and per in ("", *PER) else None


def _sum(keys: Keys, schema: Schema) -> SumOf | None:
    """What is added up: `sum of: orders.amount`, of rows that fulfil `where`."""
    node, where = keys.node("sum of", required=True), keys.node("where")
    if node is None:
        return None
    table, column = summed(node, schema, keys.problems)
    if table is None:
        return None
    conditions: tuple[Condition, ...] = ()
    if where is not None:
        conditions = read_conditions(where, table, schema, "where", keys.problems)
    if not schema.table(table).day:
        message = f"nobody knows on which day rows of {table} happened"
        hint = "add up a table whose rows have a day"
        keys.problems.append(node.place.problem("duty-day", message, hint))
        return None
    return SumOf(table, column, None, conditions)
