"""Find the customers whom an export means: by the id of its system, else by e-mail address, else by telephone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ibis

from sitegen.audience.plan.addresses import EMAIL_KEY, PHONE_KEY
from sitegen.data.checking.address_forms import email_form, phone_form
from sitegen.data.engine import Engine
from sitegen.data.imports.drafts import Draft

_KEYS = {"draft": "int64", "id": "string", "email": "string", "phone": "string"}


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a draft means: an id of the customer file, or a new one. The keys are the draft's own, None where it has
    none that can be written to.
    """

    id: str
    new: bool
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class _Match:
    draft: int
    how: int
    namesake: bool
    id: str


def people(engine: Engine, drafts: list[Draft], home: str) -> list[Person]:
    """Whom each draft means. Drafts of one new person (same id, address, or number and name) get one id.

    Where several customers share a mailbox, the one of the same name is meant, else the first; a shared telephone
    alone means somebody only where the names do not differ.
    """
    keys = [_keys(draft, home) for draft in drafts]
    rows = ((number, draft.id, *keys[number]) for number, draft in enumerate(drafts))
    asked = engine.take("import_keys", _KEYS, rows)
    found: dict[int, _Match] = {}
    for match in _matches(engine, drafts, asked):
        best = found.get(match.draft)
        if best is None or _rank(match) < _rank(best):
            found[match.draft] = match
    engine.drop(asked)
    return list(_named(drafts, keys, found))


def _keys(draft: Draft, home: str) -> tuple[str | None, str | None]:
    email, phone = draft.values.get("email", ""), draft.values.get("phone", "")
    country = draft.values.get("country", "")
    return email_form(email) if email else None, phone_form(phone, country, home) if phone else None


def _rank(match: _Match) -> tuple[int, bool, str]:
    return match.how, not match.namesake, match.id


def _matches(engine: Engine, drafts: list[Draft], asked: ibis.Table) -> Iterator[_Match]:
    customers = engine.tables["customers"]
    ways = ((0, "customer_id", "id"), (1, EMAIL_KEY, "email"), (2, PHONE_KEY, "phone"))
    for how, theirs, own in ways:
        joined = customers.inner_join(asked, customers[theirs] == asked[own])
        for batch in engine.rows(joined.select("draft", "customer_id", "first_name", "last_name")):
            for row in batch:
                draft = drafts[row["draft"]]
                written = (row["first_name"] or "", row["last_name"] or "")
                if how < 2 or not _differ(draft, written):
                    yield _Match(row["draft"], how, _same(draft, written), row["customer_id"])


def _name(draft: Draft) -> tuple[str, str]:
    return draft.values.get("first_name", ""), draft.values.get("last_name", "")


def _same(draft: Draft, written: tuple[str, str]) -> bool:
    return all(own.casefold() == other.casefold() for own, other in zip(_name(draft), written, strict=True))


def _differ(draft: Draft, written: tuple[str, str]) -> bool:
    pairs = zip(_name(draft), written, strict=True)
    return any(own and other and own.casefold() != other.casefold() for own, other in pairs)


def _named(
    drafts: list[Draft], keys: list[tuple[str | None, str | None]], found: dict[int, _Match]
) -> Iterator[Person]:
    """The people in the order of the drafts; new ones are remembered, so that a second draft finds them."""
    made: dict[tuple[str, ...], str] = {}
    for number, draft in enumerate(drafts):
        email, phone = keys[number]
        if match := found.get(number):
            yield Person(match.id, new=False, email=email, phone=phone)
            continue
        marks = [("id", draft.id)]
        marks += [("email", email)] if email else []
        traits: Iterable[tuple[str, ...]] = marks
        if phone and not email:
            traits = [*marks, ("phone", phone, *(part.casefold() for part in _name(draft)))]
        own = next((made[trait] for trait in traits if trait in made), draft.id)
        made |= dict.fromkeys(traits, own)
        yield Person(own, new=True, email=email, phone=phone)
