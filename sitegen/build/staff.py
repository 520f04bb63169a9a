"""Give the staff slots of their own, where a shop has pages of the house on its site: as staff:<adviser's id>."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.audience.facts.rows import table_of
from sitegen.build.people import People
from sitegen.data.engine import Engine
from sitegen.data.members import MemberRow
from sitegen.errors import Unusable
from sitegen.model.project import Project
from sitegen.model.segment import EVERYONE, OWNER, STAFF
from sitegen.model.staff_page import STAFF_ID, staff_id


def staff_of(people: People, project: Project) -> Iterator[MemberRow]:
    """A row for each adviser, by id: they read what every customer does, and what is for the staff.

    Whoever the desk names among its owners is in OWNER too. Nothing where no page of the staff stands on the site.
    Raises Unusable where a customer has a number that is one of the staff's.
    """
    if not project.shop.output.staff_pages:
        return
    _refuse_twins(people.engine)
    owners = project.programme.desk.owners if project.programme.desk else ()
    advisers = table_of(people.engine.tables, "advisers").select("adviser_id", "first_name").order_by("adviser_id")
    for row in people.engine.ask(advisers):
        id_ = staff_id(row["adviser_id"])
        house = {OWNER} if row["adviser_id"] in owners else set()
        values = {"first_name": row["first_name"]} if row["first_name"] else {}
        yield MemberRow(id_, frozenset({EVERYONE, STAFF, id_, *house}), values)


def _refuse_twins(engine: Engine) -> None:
    """A customer with such a number would have the very code of somebody of the staff."""
    customers = engine.tables["customers"]
    twins = engine.ask(customers.filter(customers["customer_id"].startswith(STAFF_ID)).select("customer_id").limit(1))
    for row in twins:
        hint = f"give that customer another id: what begins with '{STAFF_ID}' is the staff's"
        raise Unusable(f"the customer '{row['customer_id']}' has an id of the staff\nhint: {hint}")
