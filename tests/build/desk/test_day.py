"""An adviser's day: who, why, when to ring, what one knows; lists to give back; a calendar; dossiers behind them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from icalendar import Calendar

from sitegen.build.desk.advisers.day_lists import GIVEN_BACK, KEYS, READ
from sitegen.build.desk.advisers.knowing import known
from sitegen.build.desk.advisers.tasks import task
from sitegen.model.complaint_desk import Step
from sitegen.programme.desk.steps import StepDue
from sitegen.render.desk.views import (
    AboutView,
    ClockView,
    ContactView,
    EscalationView,
    GoodView,
    PersonView,
    RingView,
    TaskView,
)
from tests.build.desk.little_house import DUTIES, TABLES, TODAY, House, grounds, made, shop_in

DAY = "desk/A-1/day.html"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shop_in(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def house(shop: Path) -> House:
    steps = (StepDue("B-1", "C-4", "A-1", Step.EXPLAIN, date(2026, 9, 7), 1, "desk/complaints.html#B-1", "a seam"),)
    return made(shop, steps)


def words(html: str) -> str:
    """What one reads on a page."""
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r" (?=[,.])", "", " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split()))


def test_a_line_says_all_that_one_needs_for_the_call(shop: Path) -> None:
    with grounds(shop) as (_, here):
        (row,) = here.engine.ask(here.lines.filter(here.lines["subject"] == "O-1"))
        seen = known(here, ["C-1"], [row])
        found = task(here, here.advisers["A-1"], row, seen)
    berlin = here.advisers["A-1"].zone
    hours = ClockView("Berlin", datetime(2026, 9, 8, 10, tzinfo=berlin), datetime(2026, 9, 8, 18, tzinfo=berlin))
    assert found == TaskView(
        duty="big-order",
        subject="O-1",
        title="Call about the big order",
        act="call",
        why="an order over 2000 earns a call within a week",
        deadline="within 7 days",
        standing="today",
        due=TODAY,
        days_late=0,
        person=PersonView(
            "C-1", "Ada Holm", "English", "en", "Hamburg", "Germany", "+49 40 1000 001", "ada@mail.example.com",
            "desk/customers/C-1.html",
        ),
        about=AboutView(
            "orders", "O-1", date(2026, 9, 1), Decimal("2500.00"),
            goods=(
                GoodView("Linen sheet", 3, None, Decimal("129.00")),
                GoodView("Tea bowl", 1, None, Decimal("12.00")),
            ),
        ),
        ring=RingView(TODAY, ((hours, ()),), "Berlin"),
        contacts=(
            ContactView(
                date(2026, 8, 4), "call", "out", "service", "open-question", "fourth", "Wiebke Petersen",
                "Does it shrink?",
            ),
            ContactView(date(2026, 8, 3), "shop", "in", "chat", "reached", "third", "Wiebke Petersen"),
            ContactView(date(2026, 8, 2), "mail", "out", "greeting", "reached", "second", "Wiebke Petersen"),
        ),
        contacts_more=1,
        goods=(
            GoodView("Linen sheet", 3, date(2026, 9, 1), Decimal("129.00")),
            GoodView("Tea bowl", 1, date(2026, 9, 1), Decimal("12.00")),
            GoodView("Tea bowl", 1, date(2025, 5, 2), Decimal("12.00")),
        ),
        questions=("Do they like it?",),
        say=("Is this a good moment?",),
        never=("Never ask for another order.",),
        escalations=(EscalationView("head-office", "沈月", date(2026, 9, 16), now=False),),
    )  # fmt: skip


def test_one_rings_when_it_is_day_on_both_clocks(house: House) -> None:
    said = words(house.text(DAY))
    assert "10:00–14:00 with you, 16:00–20:00 in Shanghai The clocks there are 6 hours ahead." in said
    # In Reno it is nine in the morning when the shop in Hamburg closes.
    assert "Not at all in your working hours: it is quiet time in Los Angeles then." in said


def test_the_day_goes_from_what_is_late_to_what_comes(house: House) -> None:
    said = words(house.text(DAY))
    places = [
        said.index(part)
        for part in (
            "What we never say Never begin with a price.",
            "Appointments Tue 8 Sept, 15:00 Ada Holm",
            "Thu 10 Sept, 11:30 (02:30 in Los Angeles) Dora Quist",
            "Late Call about the big order 12 days late 林梅",
            "Due today Call about the big order due today Ada Holm",
            "In the next 7 days Call about the big order due Thu 10 Sept Dora Quist",
            "1 more is due later",
            "Steps of complaints",
            "Mon 7 Sept, 1 day late Dora Quist Explain B-1 a seam",
            "Promises",
            "Mon 7 Sept, 1 day late Ada Holm a swatch",
            "Wed 9 Sept everybody a new page on washing",
        )
    ]
    assert places == sorted(places)
    assert "long kept" not in said
    assert "not yet known" not in said


def test_what_is_very_late_is_shown_to_the_head_office_and_on_the_front_page(house: House) -> None:
    assert "Late with others, and shown to you" in words(house.text("desk/A-2/day.html"))
    front = words(house.text("desk/index.html"))
    assert "1 late in all 1 due today 1 within 7 days 2 appointments 2 promises to keep 1 step of a complaint" in front
    assert "Shown to the head office Late by more than 7 days." in front
    assert "Wiebke Petersen Loom Hamburg 1 1 1 2 2 1 0" in front
    assert "1 customer has nobody. Something is owed to one of them." in front


def test_the_list_to_give_back_has_every_line_that_waits_and_room_for_what_came_of_it(house: House) -> None:
    assert house.text("desk/A-1/results.csv").splitlines() == [
        ",".join((*READ, *KEYS, *GIVEN_BACK)),
        "2026-08-27,Call about the big order,林梅,'+86 129 0000 0100,big-order,O-2,C-2,A-1,,,,,,,,,,",
        "2026-09-08,Call about the big order,Ada Holm,'+49 40 1000 001,big-order,O-1,C-1,A-1,,,,,,,,,,",
        "2026-09-10,Call about the big order,Dora Quist,'+1 202 555 0143,big-order,O-4,C-4,A-1,,,,,,,,,,",
        "2026-10-06,Write about the umbrella,Ada Holm,'+49 40 1000 001,umbrella,L-1,C-1,A-1,,,,,,,,,,",
    ]
    lines = house.text("desk/A-1/duties.csv").splitlines()
    assert lines[1] == (
        "late,2026-08-27,12,Call about the big order,an order over 2000 earns a call within a week,林梅,"
        '\'+86 129 0000 0100,,zh,上海,CN,big-order,O-2,C-2,A-1,2026-08-20,2600.00,"region, head office"'
    )
    assert [line.split(",")[0] for line in lines] == ["standing", "late", "today", "open", "open"]


def test_the_calendar_has_a_day_for_each_duty_an_hour_to_ring_and_the_appointments(house: House) -> None:
    calendar = Calendar.from_ical(house.files["desk/A-1/calendar.ics"])
    events = [(str(one["SUMMARY"]), one["DTSTART"].dt, one["DTEND"].dt) for one in calendar.walk("VEVENT")]
    ring = datetime(2026, 9, 8, 8, tzinfo=UTC)
    assert events == [
        ("Ada Holm", datetime(2026, 9, 8, 13, tzinfo=UTC), datetime(2026, 9, 8, 13, 30, tzinfo=UTC)),
        ("Dora Quist", datetime(2026, 9, 10, 9, 30, tzinfo=UTC), datetime(2026, 9, 10, 10, tzinfo=UTC)),
        ("Call about the big order: 林梅", date(2026, 8, 27), date(2026, 8, 28)),
        ("Call about the big order: 林梅 (+86 129 0000 0100)", ring, datetime(2026, 9, 8, 12, tzinfo=UTC)),
        ("Call about the big order: Ada Holm", date(2026, 9, 8), date(2026, 9, 9)),
        ("Call about the big order: Ada Holm (+49 40 1000 001)", ring, datetime(2026, 9, 8, 16, tzinfo=UTC)),
        ("Call about the big order: Dora Quist", date(2026, 9, 10), date(2026, 9, 11)),
    ]
    ids = [str(one["UID"]) for one in calendar.walk("VEVENT")]
    assert len(set(ids)) == len(ids)


def test_whoever_has_nobody_is_listed_with_what_is_owed(house: House) -> None:
    head, line = house.text("desk/unowned.csv").splitlines()
    assert head == (
        "customer_id,customer,phone,email,language,city,country,orders,last_order,owed,first_due,duties,adviser_id"
    )
    owed = "1,2026-09-05,1,2026-09-12,Call about the big order,"
    assert line == f"C-3,<b>Cleo</b> =Marsh,,cleo@mail.example.com,en,Bremen,DE,{owed}"
    page = house.text("desk/unowned.html")
    assert "&lt;b&gt;Cleo&lt;/b&gt; =Marsh" in page
    assert "Call about the big order, Sat 12 Sept" in words(page)


def test_a_dossier_holds_the_whole_record_and_what_to_talk_about(house: House) -> None:
    said = words(house.text("desk/customers/C-1.html"))
    for part in (
        "Ada Holm",
        "Gender female",
        "Street Gartenweg 4",
        "Telephone +49 40 1000 001",
        "Fax +49 40 1000 002",
        "E-mail ada@mail.example.com",
        "Income €32,000.00",
        "Family status couple",
        "What they are like quiet",
        "How they buy buys in autumn",
        "A happy surprise a handwritten card",
        "We promised: “a swatch” It is due on 7 September 2026.",
        "Still with them: umbrella, lent on 6 September 2026.",
        "A question has been open since 4 August 2026: “Does it shrink?”",
        "The birthday is on 14 September 2026.",
        "How does it live with them: Linen sheet, of 1 September 2026?",
    ):
        assert part in said, part
    assert "Call about the big order no longer owed the order came back" in said
    assert "24 Dec 2026" not in said


def test_only_those_on_a_page_have_a_dossier(house: House) -> None:
    there = {path for path in house.files if path.startswith("desk/customers/")}
    assert there == {f"desk/customers/C-{number}.html" for number in (1, 2, 3, 4)}


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "expected"), [("all", [1, 2, 3, 4, 5]), ("none", [])])
def test_the_shop_says_who_has_a_dossier(tmp_path: Path, wanted: str, expected: list[int]) -> None:
    duties = DUTIES.replace("desk:\n", f"desk:\n  dossiers: {wanted}\n")
    files = made(shop_in(tmp_path, TABLES, duties)).files
    there = sorted(path for path in files if path.startswith("desk/customers/"))
    assert there == [f"desk/customers/C-{number}.html" for number in expected]
    assert ('href="../customers/' in files[DAY].decode()) is bool(expected)


def test_every_link_between_the_pages_leads_somewhere(house: House) -> None:
    broken = []
    for path, content in house.files.items():
        if path.endswith(".html"):
            for href in re.findall(r'href="([^"#:]+)"', content.decode()):
                target = (Path("/") / path).parent.joinpath(href).resolve().relative_to("/").as_posix()
                if target not in house.files:
                    broken.append((path, target))
    # Complaints are made elsewhere.
    assert [pair for pair in broken if not pair[1].startswith("desk/complaints")] == []


@pytest.mark.slow
def test_the_same_day_gives_the_same_bytes(shop: Path, house: House) -> None:
    steps = house.ground.steps
    assert made(shop, steps).files == house.files


@pytest.mark.slow
def test_what_a_page_does_not_show_is_counted(tmp_path: Path) -> None:
    orders = "".join(f"O-{number:03},C-1,2026-09-01,2500.00,sent\n" for number in range(10, 60))
    shop = shop_in(tmp_path, {**TABLES, "orders": TABLES["orders"] + orders})
    found = made(shop)
    said = words(found.text(DAY))
    assert "51 due today" in said
    assert "11 more stand in the list of duties." in said
    assert "and 28 more" in words(found.text("desk/customers/C-1.html"))
    assert len(found.text("desk/A-1/results.csv").splitlines()) == 5 + 50
