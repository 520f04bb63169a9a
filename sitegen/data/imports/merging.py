"""Bring drafts together with what the customer file knows of the same people, orders and goods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sitegen.data.checking.address_forms import email_form, phone_form
from sitegen.data.engine import Engine
from sitegen.data.imports.drafts import Consent, Draft, OrderDraft
from sitegen.data.imports.matching import Person
from sitegen.data.imports.working import Texts, Working, stored
from sitegen.model.table import Schema


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an import happens in: the open customer file and its tables, the shop's country, the day, the
    system whose export it is."""

    engine: Engine
    schema: Schema
    home: str
    today: date
    system: str


def merge_customers(work: Working, about: Circumstances, drafts: list[Draft], found: list[Person]) -> None:
    """Put the drafts' customers, consents and suppressions. What the export leaves empty stays as it is."""
    _know_people(work, about.engine, found)
    hashes = {sha256(person.email.encode()).hexdigest() for person in found if person.email}
    suppressions = work.schema.table("suppressions")
    work.know("suppressions", stored(about.engine, suppressions, "address_hash", hashes))
    for draft, person in zip(drafts, found, strict=True):
        work.put("customers", {"customer_id": person.id, **_merged(work, about, draft, person.id)})
        for consent in draft.consents:
            _merge_consent(work, about, person.id, consent)
        if draft.barred and person.email:
            _bar(work, draft, person.email, about.today)


def merge_orders(work: Working, about: Circumstances, drafts: list[OrderDraft], found: list[Person]) -> None:
    """Put the orders, their goods, and the buyers who are new. A buyer who is known stays as they are."""
    _know_people(work, about.engine, found)
    ids = [draft.id for draft in drafts]
    for table in ("orders", "order_lines"):
        work.know(table, stored(about.engine, work.schema.table(table), "order_id", ids))
    goods = {line["product"] for draft in drafts for line in draft.lines}
    numbers = goods | {f"{about.system}:{product}" for product in goods}
    work.know("products", stored(about.engine, work.schema.table("products"), "product_id", numbers))
    for draft, person in zip(drafts, found, strict=True):
        if person.new and work.get("customers", (person.id,)) is None:
            work.put("customers", {"customer_id": person.id, **_allowed(work, draft.buyer.values)})
        work.put("orders", {"order_id": draft.id, "customer_id": person.id, **draft.values})
        for number, line in enumerate(draft.lines, 1):
            product = _product(work, about.system, line)
            what = {"product_id": product, "quantity": line["quantity"], "price": line["price"]}
            work.put("order_lines", {"order_id": draft.id, "line": str(number), **what})


def _know_people(work: Working, engine: Engine, found: Iterable[Person]) -> None:
    ids = {person.id for person in found if not person.new}
    for table in ("customers", "consents"):
        work.know(table, stored(engine, work.schema.table(table), "customer_id", ids))


def _merged(work: Working, about: Circumstances, draft: Draft, person: str) -> Texts:
    """The cells of the customer that the draft fills or changes."""
    old = work.get("customers", (person,)) or {}
    values = dict(_allowed(work, draft.values))
    for name in list(values):
        if old.get(name) and (name in draft.stays or _means_the_same(name, values[name], old, about.home)):
            del values[name]
    if "tags" in values and old.get("tags"):
        values["tags"] = ";".join(dict.fromkeys([*old["tags"].split(";"), *values["tags"].split(";")]))
    return values


def _allowed(work: Working, values: Texts) -> Texts:
    """Without what our column can't hold: a language in which the shop does not write."""
    columns = work.schema.table("customers")
    return {name: text for name, text in values.items() if text in (columns.column(name).allowed or (text,))}


def _means_the_same(name: str, text: str, old: Texts, home: str) -> bool:
    """Whether an address is only written in another way."""
    if name == "email":
        return email_form(text) == email_form(old[name])
    country = old.get("country", "")
    return name == "phone" and phone_form(text, country, home) == phone_form(old[name], country, home) is not None


def _merge_consent(work: Working, about: Circumstances, person: str, said: Consent) -> None:
    for purpose in ("promotion", "care") if said.status == "withdrawn" else ("promotion",):
        key = {"customer_id": person, "channel": said.channel, "purpose": purpose}
        old = work.get("consents", tuple(key.values()))
        change = _consent(old, said, about)
        if old or change:
            work.put("consents", {**key, **change})


def _consent(old: Texts | None, said: Consent, about: Circumstances) -> Mapping[str, str]:
    """The cells of a consent that change; the later word counts, and what is not dated is older than what is."""
    today = about.today.isoformat()
    status = old["status"] if old else ""
    evidence = {"basis": "consent", "source": "web", "wording": about.system}
    match said.status:
        case "given" if not old:
            return {"status": "given", **evidence, "given_on": said.day}
        case "given" if status == "withdrawn" and said.day > (old or {}).get("withdrawn_on", "") != "":
            return {"status": "given", **evidence, "given_on": said.day, "withdrawn_on": ""}
        case "withdrawn" if not old:
            return {"status": "withdrawn", **evidence, "withdrawn_on": said.day or today}
        case "withdrawn" if status == "given" and not "" < said.day < (old or {}).get("given_on", ""):
            return {"status": "withdrawn", "withdrawn_on": said.day or today}
        case "no" if status == "given" and old and old["wording"] == about.system:
            # The system that once said yes now says no; a consent from elsewhere is not its business.
            return {"status": "withdrawn", "withdrawn_on": said.day or today}
    return {}


def _bar(work: Working, draft: Draft, email: str, today: date) -> None:
    key = ("mail", sha256(email.encode()).hexdigest())
    row = {"channel": key[0], "address_hash": key[1]}
    if work.get("suppressions", key) is None:
        row |= {"reason": draft.barred, "since": draft.barred_on or today.isoformat()}
    work.put("suppressions", row)


def _product(work: Working, system: str, line: Texts) -> str:
    """The id of the goods: the shop's own number where it has one, else a product of the system's, made if need be."""
    own, theirs = line["product"], f"{system}:{line['product']}"
    if work.get("products", (own,)) is not None:
        return own
    former = work.former.get("products", {}).get((theirs,))
    if former is None:
        work.put("products", {"product_id": theirs, "name": line["name"], "price": line["price"]})
    return theirs
