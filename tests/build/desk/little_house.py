"""A house of two advisers and five customers, so little that a test can see all of its desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sitegen.build.desk.advisers.day import day
from sitegen.build.desk.advisers.dossiers import dossiers
from sitegen.build.desk.advisers.front import front_page
from sitegen.build.desk.advisers.unowned import unowned_files
from sitegen.build.desk.duties import duty_table
from sitegen.build.desk.ground import Ground, ground
from sitegen.build.desk.office import open_office
from sitegen.build.desk.printing import NoPrinter
from sitegen.build.people import open_people
from sitegen.content.project import read_project
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.project import Project
from sitegen.programme.desk.steps import StepDue
from sitegen.render.desk.kit import Office

BASE = Path(__file__).parents[2] / "broken" / "base"
TODAY = date(2026, 9, 8)
DUTIES = """\
desk:
  since: 2026-08-01
  regions: {North: A-1}
  head office: A-2
  never: [Never begin with a price.]
duties:
  - name: big-order
    title: Call about the big order
    why: an order over 2000 earns a call within a week
    what: call
    for each: orders
    with: {amount: more than 2000}
    within: 7 days
    questions:
      - {ask: Do they like it?, answer: liked}
    say: [Is this a good moment?]
    never: [Never ask for another order.]
  - name: umbrella
    title: Write about the umbrella
    what: letter
    for each: loans
    within: 30 days
    done on: returned_on
"""
TABLES = {
    "stores": """\
store_id,name,region,time_zone
hamburg,Loom Hamburg,North,Europe/Berlin
shanghai,Loom Shanghai,East,Asia/Shanghai
""",
    "advisers": """\
adviser_id,first_name,last_name,store_id,phone,title
A-1,Wiebke,Petersen,hamburg,+49 40 1000 011,Adviser
A-2,月,沈,shanghai,+86 129 0000 0011,
""",
    "customers": """\
customer_id,first_name,last_name,gender,language,email,phone,fax,street,city,postcode,country,income,family_status,\
characteristics,behaviour,birthday,store_id,adviser_id,time_zone,interests,delight
C-1,Ada,Holm,female,en,ada@mail.example.com,+49 40 1000 001,+49 40 1000 002,Gartenweg 4,Hamburg,20253,DE,32000,couple,\
quiet,buys in autumn,1980-09-14,hamburg,A-1,,linen;tea,a handwritten card
C-2,梅,林,,zh,,+86 129 0000 0100,,静安区,上海,200040,CN,,,,,,shanghai,A-1,,,
C-3,<b>Cleo</b>,=Marsh,,en,cleo@mail.example.com,,,,Bremen,28195,DE,,,,,,,,,,
C-4,Dora,Quist,,en,,+1 202 555 0143,,,Reno,,US,,,,,,hamburg,A-1,America/Los_Angeles,,
C-5,Emil,Rask,,de,,,,,,,,,,,,,hamburg,A-2,,,
""",
    "orders": """\
order_id,customer_id,ordered_at,amount,status
O-1,C-1,2026-09-01,2500.00,delivered
O-2,C-2,2026-08-20,2600.00,delivered
O-3,C-3,2026-09-05,2700.00,sent
O-4,C-4,2026-09-03,2800.00,sent
O-5,C-1,2026-09-02,2900.00,returned
O-6,C-1,2025-05-02,20.00,delivered
""",
    "products": """\
product_id,name,price
P-1,Linen sheet,129.00
P-2,Tea bowl,12.00
""",
    "order_lines": """\
order_id,line,product_id,quantity,price
O-1,1,P-1,3,129.00
O-1,2,P-2,1,12.00
O-6,1,P-2,1,12.00
""",
    "loans": """\
loan_id,customer_id,item,deposit,lent_on,returned_on
L-1,C-1,umbrella,5.00,2026-09-06,
""",
    "contacts": """\
contact_id,customer_id,adviser_id,at,channel,direction,subject,outcome,washing_question,appointment_at,note
T-1,C-1,A-1,2026-08-01,call,in,consultation,answered,,,first
T-2,C-1,A-1,2026-08-02,mail,out,greeting,reached,,,second
T-3,C-1,A-1,2026-08-03,shop,in,chat,reached,,,third
T-4,C-1,A-1,2026-08-04,call,out,service,open-question,Does it shrink?,2026-09-08 15:00,fourth
T-5,C-4,,2026-08-04,call,out,service,not-reached,,2026-09-10 11:30,
T-6,C-1,A-1,2026-12-24,call,out,service,reached,,2026-12-25 11:30,not yet known
""",
    "promises": """\
promise_id,customer_id,adviser_id,promise,made_on,due_on,kept_on
V-1,C-1,A-1,a swatch,2026-09-01,2026-09-07,
V-2,C-1,A-1,long kept,2026-08-01,2026-08-07,2026-08-05
V-3,,A-1,a new page on washing,2026-09-01,2026-09-09,
""",
}


@dataclass(slots=True)
class House:
    """What was made, by its path below output/work/."""

    ground: Ground
    office: Office
    files: dict[str, bytes] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """One of the files."""
        return self.files[path].decode()


def shop_in(folder: Path, tables: Mapping[str, str] = TABLES, duties: str = DUTIES) -> Path:
    """The shop's folder."""
    shop = folder / "shop"
    shutil.copytree(BASE, shop)
    (shop / "content" / "programme").mkdir()
    (shop / "content" / "programme" / "duties.yaml").write_text(duties, encoding="utf-8")
    for name, rows in tables.items():
        (shop / "content" / "customers" / f"{name}.csv").write_text(rows, encoding="utf-8")
    return shop


@contextmanager
def grounds(shop: Path, steps: tuple[StepDue, ...] = ()) -> Iterator[tuple[Project, Ground]]:
    """The ground of TODAY, while its engine is open."""
    project = read_project(shop)
    with open_people(shop, project, TODAY) as people:
        duties = duty_table(shop, project, people, TODAY, "duties")
        yield project, ground(project, people, duties, steps)


def made(shop: Path, steps: tuple[StepDue, ...] = ()) -> House:
    """The whole desk, as `house_pages` makes it, without complaints and reports."""
    with grounds(shop, steps) as (project, here):
        house = House(here, open_office(shop, project, TODAY))
        file, shown = front_page(here, house.office, ())
        every: list[PrivateArtifact] = [file]
        for adviser in here.advisers.values():
            one = day(here, house.office, adviser, NoPrinter())
            every += one.files
            shown |= one.shown
        alone, people = unowned_files(here, house.office)
        every += alone
        every += dossiers(here, house.office, shown | people)
    house.files = {file.path.removeprefix("work/"): file.content for file in every}
    return replace(house)
