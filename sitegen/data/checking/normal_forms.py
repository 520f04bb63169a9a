"""Give customers the normal form of their e-mail address and telephone, so that one is known however it was typed.

What has a plain form gets it in the engine, by patterns; only the odd rest, each text once, goes through the
libraries, and few texts at once. Both ways agree: a plain form is what the library would say (a test compares them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from sitegen.audience.plan.addresses import EMAIL_KEY, PHONE_KEY, plain_email
from sitegen.data.answer import answer
from sitegen.data.checking.address_forms import email_form, phone_form
from sitegen.data.checking.codes import country_code
from sitegen.data.checking.phone_regions import Region, region_of, regions
from sitegen.data.kept import kept
from sitegen.model.shop import Shop

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends.duckdb import Backend

_BARE = r"[ ()./-]"
_DIALLED = r"^\(?\+?[0-9][0-9 ()./-]*$"
_BATCH = 10_000
FEW = 5_000
"""So many telephone numbers are read by the library in less time than the engine takes to learn the patterns."""
_SCHEMA = pa.schema([("text", pa.string()), ("place", pa.string()), ("form", pa.string())])


def home_country(shop: Shop) -> str:
    """The shop's own country, ISO 3166-1 alpha-2, however its address names it; "" where nobody can tell."""
    written = shop.address.country.strip()
    if len(written) == 2:
        return written.upper()
    return country_code(written) or (shop.countries[0] if shop.countries else "")


def with_normal_forms(connection: Backend, customers: ibis.Table, home: str, few: int = FEW) -> ibis.Table:
    """The customers with the columns `email_key` and `phone_key`.

    A key is null where the address is missing, or is none that can be written to. `home` is the country (ISO
    3166-1 alpha-2) of a telephone number whose customer has none; up to `few` numbers are not worth a pattern.
    `customers` may lack any of the columns.
    """
    columns = set(customers.columns)
    table = _with_email(connection, customers) if "email" in columns else customers.mutate(**_unknown(EMAIL_KEY))
    return _with_phone(connection, table, home, few) if "phone" in columns else table.mutate(**_unknown(PHONE_KEY))


def _unknown(name: str) -> dict[str, ir.Value]:
    return {name: ibis.null("string")}


def _with_email(connection: Backend, customers: ibis.Table) -> ibis.Table:
    email = customers["email"]
    plain = customers.mutate(**{EMAIL_KEY: plain_email(email)})
    odd = plain.filter(plain[EMAIL_KEY].isnull() & email.notnull()).select(text="email", place=ibis.literal(""))
    forms = _forms(connection, "odd_emails", odd.distinct(), lambda text, _: email_form(text))
    joined = plain.left_join(forms, plain["email"] == forms["text"])
    filled = joined.mutate(**{EMAIL_KEY: ibis.coalesce(joined[EMAIL_KEY], joined["form"])})
    return filled.select(*customers.columns, EMAIL_KEY)


def _with_phone(connection: Backend, customers: ibis.Table, home: str, few: int) -> ibis.Table:
    country = customers["country"] if "country" in customers.columns else ibis.null("string")
    named = customers.mutate(place=country.strip().upper().fill_null(""))
    written = named.filter(named["phone"].notnull()).select("place", text="phone")
    forms = _phone_forms(connection, written, home, few)
    joined = named.left_join(forms, [named["phone"] == forms["text"], named["place"] == forms["place"]])
    return joined.mutate(**{PHONE_KEY: joined["form"]}).select(*customers.columns, PHONE_KEY)


def _phone_forms(connection: Backend, written: ibis.Table, home: str, few: int) -> ibis.Table:
    """The form of each text in each country (`place`), null where there is none."""
    stripped = written["text"].strip()
    number = ibis.ifelse(stripped.re_search(_DIALLED), stripped.re_replace(_BARE, ""), ibis.null("string"))
    # Kept at each step: the patterns below would each do the work above once more.
    bare = kept(connection, "bare_phones", written.mutate(number=number).distinct())
    if answer(connection, bare.aggregate(count=bare.count()))[0]["count"] <= few:
        return _forms(connection, "phones", bare.select("text", "place"), lambda text, at: phone_form(text, at, home))
    known = {row["place"]: region_of(row["place"], home) for row in answer(connection, bare.select("place").distinct())}
    plain = bare.select("text", "place", form=_plain_phone(bare["number"], bare["place"], known))
    plain = kept(connection, "plain_phones", plain)
    odd = plain.filter(plain["form"].isnull()).select("text", "place")
    rest = _forms(connection, "odd_phones", odd, lambda text, place: phone_form(text, place, home))
    return plain.filter(plain["form"].notnull()).union(rest)


def _plain_phone(number: ir.StringValue, place: ir.StringValue, known: dict[str, str]) -> ir.StringValue:
    """The number in E.164 where its country's own pattern holds, null where only the library can tell."""
    branches: list[tuple[ir.BooleanValue, ir.StringValue]] = []
    for region in regions(known.values()):
        here = place.isin([name for name, meant in known.items() if meant == region.name])
        branches += _of_region(number, region, here)
    return ibis.cases(*branches, else_=ibis.null("string")) if branches else ibis.null("string")


def _of_region(
    number: ir.StringValue, region: Region, here: ir.BooleanValue
) -> Iterator[tuple[ir.BooleanValue, ir.StringValue]]:
    """The conditions under which a country's patterns hold, and what the number is then."""
    code = ibis.literal(region.code)
    if region.abroad:
        holds = number.re_search(region.abroad) & ~number.re_search(region.not_abroad)
        yield holds & number.length().isin(region.lengths), number
    bare = code + number
    holds = here & number.re_search(region.bare) & ~number.re_search(region.not_bare)
    yield holds & bare.length().isin(region.lengths), bare
    if region.trunk:
        cut = code + number.substr(len(region.trunk))
        holds = here & number.re_search(region.with_trunk) & ~number.re_search(region.not_trunk)
        yield holds & cut.length().isin(region.lengths), cut


def _forms(connection: Backend, name: str, odd: ibis.Table, make: Callable[[str, str], str | None]) -> ibis.Table:
    """The forms of texts that only a library can read, by `name`; `odd` has text and place, each pair once."""
    stream = connection.con.cursor()
    made: list[pa.RecordBatch] = []
    try:
        for batch in stream.sql(connection.compile(odd)).to_arrow_reader(_BATCH):
            texts, places = (column.to_pylist() for column in batch.columns)
            forms = [make(text, place) for text, place in zip(texts, places, strict=True)]
            made.append(pa.RecordBatch.from_arrays([*batch.columns, pa.array(forms, pa.string())], schema=_SCHEMA))
    finally:
        stream.close()
    # A view of the batches: a table of the engine's own costs more than the few rows are worth.
    connection.con.register(name, pa.Table.from_batches(made, schema=_SCHEMA))
    return connection.table(name)
