"""Make a customer file of any size as Parquet: the same rows for the same number, on every machine."""

from __future__ import annotations

from pathlib import Path

import duckdb

ORDERS = 3
"""Orders of each customer."""

# Whole-number arithmetic instead of a random source, so that no version of the engine changes the rows.
MIX = """
create macro mixed(i, salt) as
  xor((i * 2654435761 + salt * 40503) % 4294967296, ((i * 2654435761 + salt * 40503) % 4294967296) >> 13)
  * 1274126177 % 4294967296;
create macro drawn(i, salt) as xor(mixed(i, salt), mixed(i, salt) >> 16) * 974634777 % 4294967296;
create macro share(i, salt) as drawn(i, salt) / 4294967296.0;
create macro known(i, salt, part, value) as case when share(i, salt) < part then value end;
"""

CUSTOMERS = """
select
  printf('C-%08d', i) as customer_id,
  known(i, 1, 0.98, ['Mei', 'Anna', 'Jonas', 'Lin', 'Sofia', 'Peter', 'Yan', 'Kari'][1 + drawn(i, 2) % 8])
    as first_name,
  ['Lin', 'Meyer', 'Olsen', 'Schmidt', 'Chen', 'Berg', 'Novak', 'Smith'][1 + drawn(i, 3) % 8] as last_name,
  known(i, 4, 0.5, ['Ms', 'Mr'][1 + drawn(i, 4) % 2]) as salutation,
  case when share(i, 6) < 0.25 then 'zh' else 'en' end as "language",
  known(i, 5, 0.9, printf('c%d@%s', i, ['mail.example', 'post.example', 'office.example.org', 'web.example.net']
    [1 + drawn(i, 7) % 4])) as email,
  known(i, 8, 0.6, printf('+49 40 %08d', i)) as phone,
  known(i, 9, 0.85, printf('Weberstrasse %d', 1 + drawn(i, 10) % 250)) as street,
  ['Hamburg', 'Bremen', 'Shanghai', 'Oslo', 'Wien'][1 + drawn(i, 11) % 5] as city,
  printf('%05d', drawn(i, 12) % 100000) as postcode,
  ['DE', 'DE', 'CN', 'NO', 'AT'][1 + drawn(i, 11) % 5] as country,
  known(i, 13, 0.5, share(i, 14) < 0.2) as company_address,
  known(i, 15, 0.3, (20000 + drawn(i, 16) % 8000000 / 100.0)::decimal(14, 2)) as income,
  known(i, 17, 0.8, date '1940-01-01' + (drawn(i, 18) % 24000)::int) as birthday,
  known(i, 19, 0.2, printf('%02d-%02d', 1 + drawn(i, 20) % 12, 1 + drawn(i, 21) % 29)) as lunar_birthday,
  date '2010-01-01' + (drawn(i, 22) % 6000)::int as member_since,
  case when i % 5000 = 0 then 'staff' else 'customer' end as class,
  printf('S-%02d', drawn(i, 23) % 20) as store_id,
  known(i, 24, 0.8, printf('A-%03d', drawn(i, 25) % 100)) as adviser_id,
  known(i, 26, 0.6, list_distinct([['beads', 'linen', 'tea', 'throws'][1 + drawn(i, 27) % 4],
    ['linen', 'lamps', 'beads', 'rugs'][1 + drawn(i, 28) % 4]])) as interests
from range({customers}) as numbers(i)
"""

ORDER_ROWS = """
select
  printf('O-%09d', i) as order_id,
  printf('C-%08d', (i * 48271) % {customers}) as customer_id,
  printf('S-%02d', drawn(i, 31) % 20) as store_id,
  date '2026-09-08' - (power(share(i, 32), 1.5) * 2200)::int as ordered_at,
  least(12000, 12 + 45 / power(1.0000001 - share(i, 33), 0.55))::decimal(14, 2) as amount,
  known(i, 34, 0.97, (least(12000, 12 + 45 / power(1.0000001 - share(i, 33), 0.55))
    * (0.1 + 0.4 * share(i, 35)))::decimal(14, 2)) as profit,
  ['shop', 'web', 'phone'][1 + drawn(i, 36) % 3] as channel,
  case when share(i, 37) < 0.03 then 'returned' when share(i, 37) < 0.05 then 'cancelled' else 'delivered' end
    as status,
  known(i, 38, 0.3, 1 + drawn(i, 39) % 5) as rating
from range({orders}) as numbers(i)
"""

CONTACTS = """
select printf('T-%09d', i) as contact_id, printf('C-%08d', drawn(i, 41) % {customers}) as customer_id,
  printf('A-%03d', drawn(i, 42) % 100) as adviser_id,
  date '2026-09-08' - (drawn(i, 43) % 700)::int as at,
  ['call', 'mail', 'visit'][1 + drawn(i, 44) % 3] as channel, ['out', 'in'][1 + drawn(i, 45) % 2] as direction,
  case when share(i, 46) < 0.2 then 'not-reached' end as outcome
from range({customers} // 2) as numbers(i)
"""

SURVEYS = """
select 'spring' as survey, printf('C-%08d', i * 5) as customer_id, 'goods' as question, 1 + drawn(i, 51) % 5 as score,
  date '2026-03-01' + (drawn(i, 52) % 60)::int as answered_on
from range({customers} // 5) as numbers(i)
"""

COMPLAINTS = """
select printf('X-%08d', i) as complaint_id, printf('C-%08d', drawn(i, 61) % {customers}) as customer_id,
  date '2026-09-08' - (drawn(i, 62) % 300)::int as opened_on,
  case when share(i, 63) < 0.8 then date '2026-09-08' - (drawn(i, 62) % 300)::int + 5 end as solved_on
from range({customers} // 50) as numbers(i)
"""

CONSENTS = """
select printf('C-%08d', i) as customer_id, 'mail' as channel, 'promotion' as purpose,
  case when share(i, 71) < 0.9 then 'given' else 'withdrawn' end as status, date '2020-01-01' as given_on
from range({customers}) as numbers(i) where share(i, 72) < 0.7
"""

SUPPRESSIONS = """
select 'mail' as channel, sha256(printf('c%d@mail.example', i * 400)) as address_hash, date '2026-01-01' as since
from range({customers} // 400) as numbers(i)
"""

STORES = "select printf('S-%02d', i) as store_id, printf('Store %d', i) as name, 'Hamburg' as city from range(20) t(i)"
ADVISERS = """
select printf('A-%03d', i) as adviser_id, printf('S-%02d', i % 20) as store_id, 'Kim' as first_name,
  printf('Number %d', i) as last_name
from range(100) as numbers(i)
"""

TABLES = {
    "customers": CUSTOMERS,
    "orders": ORDER_ROWS,
    "contacts": CONTACTS,
    "survey_answers": SURVEYS,
    "complaints": COMPLAINTS,
    "consents": CONSENTS,
    "suppressions": SUPPRESSIONS,
    "stores": STORES,
    "advisers": ADVISERS,
}


def write_crowd(folder: Path, customers: int) -> None:
    """Write the customer file of a shop with that many customers and three orders each."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB", "preserve_insertion_order": False})
    connection.execute(MIX)
    for name, rows in TABLES.items():
        sql = rows.format(customers=customers, orders=ORDERS * customers)
        connection.execute(f"copy ({sql}) to '{folder / name}.parquet' (format parquet)")
    connection.close()
