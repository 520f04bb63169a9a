"""Take what the desk wrote down into the ledger: results of duties, and steps of complaints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sitegen.build.desk.complaints.apologies import apology_notices
from sitegen.build.desk.duties import duty_table
from sitegen.build.people import open_people
from sitegen.data.desk_words import owed_to
from sitegen.data.engine import open_customers
from sitegen.data.imports.complaint_steps import Circumstances, steps
from sitegen.data.imports.desk import Owed, results
from sitegen.data.imports.export_file import read_export
from sitegen.data.imports.house_file import Told
from sitegen.data.imports.rejected import write_rejected
from sitegen.data.ledger import rows_of
from sitegen.data.remembered import with_ledger
from sitegen.errors import Unusable
from sitegen.model.ledger import SUBMISSIONS
from sitegen.model.project import Project
from sitegen.send.ledger import open_ledger
from sitegen.send.receiver.keeping import Letter, keep_all, number_of


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a file is taken in: the day, the instant (ISO 8601 in UTC), and whether nothing is to be written.

    `database` is the address of the customers' PostgreSQL database, a secret.
    """

    today: date
    at: str
    dry_run: bool = False
    database: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file: `new` words are in the ledger now, `known` stood there before; `rejected` is the file of
    the rows that were not taken, None where there is none.
    """

    told: Told
    new: int
    known: int
    rejected: Path | None

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many of the words say what: results done, excused or tried; steps by their names."""
        counted = Counter(word.fields.get("result") or word.fields["step"] for word in self.told.words)
        return dict(sorted(counted.items()))


def take_results(root: Path, project: Project, file: tuple[Path, str], when: Occasion) -> TakenIn:
    """Take a file of results of duties into the ledger. Raises Mistakes where it is none, Unusable without a desk."""
    source = read_export(*file)
    if project.programme.desk is None or not project.programme.duties:
        hint = "write 'desk:' and 'duties:' in content/programme/duties.yaml"
        raise Unusable(f"this shop has no duties of which there could be results\nhint: {hint}")
    with open_people(root, project, when.today, when.database) as people:
        owed = Owed(
            {duty.name: duty for duty in project.programme.duties},
            duty_table(root, project, people, when.today, "duties of results"),
            project.shop.schema.table("contacts"),
            owed_to(root / project.shop.ledger),
        )
        told = results(people.engine, owed, source, when.today)
    return _written(root, project, when, told)


def take_steps(root: Path, project: Project, file: tuple[Path, str], when: Occasion) -> TakenIn:
    """Take a file of steps of complaints into the ledger. Raises Mistakes where it is none."""
    source = read_export(*file)
    shop = project.shop
    with open_customers(root, shop, when.database) as opened:
        engine = with_ledger(opened, shop, root / shop.ledger)
        desk = project.programme.desk
        managers = desk.managers if desk else frozenset[str]()
        told = steps(Circumstances(engine, shop.schema, when.today, managers), source)
        notices = apology_notices(root, project, engine, told.words, when.today)
    return _written(root, project, when, replace(told, notices=(*told.notices, *notices)))


def _written(root: Path, project: Project, when: Occasion, told: Told) -> TakenIn:
    """Write the words of a file down, and the rows that were not taken; in a dry run, only say what would be new."""
    path = root / project.shop.ledger
    letters = [Letter(word.form, word.customer_id, "", word.about, word.fields, when.at) for word in told.words]
    stand = {number for (number,) in rows_of(path, SUBMISSIONS, ("number",))}
    new = sum(number_of(letter) not in stand for letter in letters)
    rejected = None
    if not when.dry_run:
        if new:
            with open_ledger(path) as ledger:
                new = keep_all(ledger, letters)
        rejected = write_rejected(told.source, told.rejected)
    return TakenIn(told, new, len(letters) - new + told.known, rejected)
