"""Make the lines of an adviser's day: who, why, what it is about, when to ring, what one knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sitegen.build.desk.advisers.knowing import NOTHING, Group, Known
from sitegen.build.desk.ground import Adviser, Ground
from sitegen.build.desk.tokens import result_link
from sitegen.data.engine import Row
from sitegen.model.channel import Channel
from sitegen.model.duty import Act, Crossed, Dossiers, Duty, Every, ForEach, Standing, Top
from sitegen.programme.duties.standing import standing
from sitegen.programme.duties.words import deadline, why
from sitegen.render.desk.names import country_name, language_name
from sitegen.render.desk.paths import dossier_path
from sitegen.render.desk.ringing import Clocks, RingWindow, hours_ahead, ring_windows
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

SILENT = (Act.LETTER, Act.TASK)
"""Acts for which nobody rings."""
_HOUR = 3600
_DAY = timedelta(days=1)


def task(ground: Ground, adviser: Adviser | None, row: Row, seen: Known) -> TaskView:
    """The view of a line (a row of `ground.lines`); of one without an adviser the shop's clock counts."""
    duty = ground.duty(row["duty"])
    stands = standing(row, ground.today)
    day = max(ground.today, row["due"]) if stands is Standing.OPEN else ground.today
    customer = row["customer_id"]
    contacts, contacts_total = seen.contacts.get(customer, NOTHING)
    goods, goods_total = seen.goods.get(customer, NOTHING)
    return TaskView(
        duty=duty.name,
        subject=row["subject"],
        title=duty.title,
        act=duty.act.value,
        why=why(duty),
        deadline=deadline(duty),
        standing=stands.value,
        due=row["due"],
        days_late=max((ground.today - row["due"]).days, 0),
        person=person(ground, row),
        about=_about(ground, duty, row, seen),
        ring=ring(ground, adviser, row, day) if row["phone"] and duty.act not in SILENT else None,
        contacts=tuple(contact_view(one) for one in contacts),
        contacts_more=contacts_total - len(contacts),
        goods=tuple(good_view(ground, one) for one in goods),
        goods_more=goods_total - len(goods),
        questions=duty.questions,
        say=duty.say,
        never=duty.never,
        escalations=tuple(_escalations(ground, adviser, row)),
        result_url=result_link(ground.shop, ground.sealer, row, ground.today),
    )


def person(ground: Ground, row: Row) -> PersonView:
    """The customer of a row that has customer_id and WHO."""
    house, id_ = ground.shop.language, row["customer_id"]
    return PersonView(
        id=id_,
        name=row["name"] or id_,
        language=language_name(row["language"] or "", house),
        tongue=row["language"] or "",
        city=row["city"] or "",
        country=country_name(row["country"] or "", house),
        phone=row["phone"] or "",
        email=row["email"] or "",
        dossier="" if ground.desk.dossiers is Dossiers.NONE else dossier_path(id_),
    )


def ring(ground: Ground, adviser: Adviser | None, row: Row, day: date) -> RingView:
    """When one may ring the customer of a row on a day. Calls ring as texts do: the same hours are quiet."""
    here = adviser.zone if adviser else ZoneInfo(ground.shop.timezone)
    zones = tuple(ZoneInfo(zone) for zone in (row["zones"] or "").split())
    clocks = Clocks(ground.desk.hours, here, zones, ground.shop.quiet(Channel.TEXT))
    ends = _outer(day, here, clocks.there)
    windows = tuple(_window(window, here, ends) for window in ring_windows(day, clocks))
    ahead = Decimal(hours_ahead(day, here, ends[0]) // timedelta(seconds=_HOUR // 4)) / 4
    return RingView(day, windows, town(ends[0]), ahead, sure=len(ends) == 1)


def _outer(day: date, here: ZoneInfo, zones: tuple[ZoneInfo, ...]) -> tuple[ZoneInfo, ...]:
    """The zones whose clocks are the farthest behind and ahead; one where all say the same."""
    ordered = sorted(zones, key=lambda zone: (hours_ahead(day, here, zone), zone.key))
    same = hours_ahead(day, here, ordered[0]) == hours_ahead(day, here, ordered[-1])
    return ordered[:1] if same else (ordered[0], ordered[-1])  # type: ignore[return-value]


def _window(window: RingWindow, here: ZoneInfo, zones: tuple[ZoneInfo, ...]) -> tuple[ClockView, tuple[ClockView, ...]]:
    own = _clock(window.begin, window.end, here)
    theirs = tuple(_clock(window.begin, window.end, zone) for zone in zones)
    same = all(one.begin.utcoffset() == own.begin.utcoffset() for one in theirs)
    return own, () if same else theirs


def _clock(begin: datetime, end: datetime, zone: ZoneInfo) -> ClockView:
    return ClockView(town(zone), begin.astimezone(zone), end.astimezone(zone))


def town(zone: ZoneInfo) -> str:
    """The town by which a zone is known."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def contact_view(row: Row) -> ContactView:
    """A contact of the customer file, with `by`."""
    said = {name: row[name] or "" for name in ("channel", "direction", "subject", "outcome", "note")}
    return ContactView(row["at"], **said, by=row["by"] or "", question=row["washing_question"] or "")


def good_view(ground: Ground, row: Row) -> GoodView:
    """A line of an order, called as the house calls it."""
    chinese = ground.shop.language.startswith("zh") and row["name_zh"]
    return GoodView(row["name_zh"] if chinese else row["name"], row["quantity"], row.get("ordered_at"), row["price"])


def _about(ground: Ground, duty: Duty, row: Row, seen: Known) -> AboutView:
    subject = row["subject"]
    match duty.trigger:
        case ForEach(table=name):
            found = seen.about.get((name, subject))
            if found is None:
                return AboutView("row", subject, row["began"], row["amount"])
            return _row_about(ground, name, found, row, seen.order_goods.get(subject, NOTHING))
        case Crossed(at=_):
            year = subject.split("@")[2:]
            return AboutView("crossed", subject, row["began"], row["amount"], text="".join(year))
        case Top():
            return AboutView("top", subject, row["began"], row["amount"], text=subject.rpartition("@")[2])
        case Every():
            anchor = date.fromisoformat(subject.rpartition("@")[2])
            return AboutView("every", subject, anchor)


def _row_about(ground: Ground, name: str, found: Row, row: Row, goods: Group) -> AboutView:
    subject = row["subject"]
    match name:
        case "orders":
            views = tuple(good_view(ground, one) for one in goods[0])
            more = goods[1] - len(views)
            return AboutView(name, subject, found["ordered_at"], found["amount"], goods=views, more=more)
        case "loans":
            return AboutView(name, subject, found["lent_on"], found["deposit"], found["item"])
        case "contacts":
            question = found["washing_question"] or ""
            return AboutView(name, subject, found["at"], None, question, found["note"] or "")
        case "referrals":
            mine = row["customer_id"] == found["referrer_id"]
            other = found["referred"] if mine else found["referrer"]
            kind = "referrer" if mine else "referred"
            return AboutView(kind, subject, found["day"], None, other or "", found["order_id"] or "")
        case "complaints":
            return AboutView(name, subject, found["opened_on"], None, found["text"] or "", found["factor"] or "")
        case _:
            return AboutView(name, subject, found["starts_at"].date(), None, found["title"], found["status"] or "")


def _escalations(ground: Ground, adviser: Adviser | None, row: Row) -> Iterator[EscalationView]:
    """Who sees the line too once it is so late, the adviser themselves left out."""
    desk = ground.desk
    heads = (
        ("region", desk.regions.get(row["region"] or "", ""), desk.escalation.region),
        ("head-office", desk.head_office, desk.escalation.head_office),
    )
    for whom, head, days in heads:
        since = row["due"] + (days + 1) * _DAY
        named = ground.advisers.get(head)
        if named and (adviser is None or head != adviser.id):
            yield EscalationView(whom, named.name, since, since <= ground.today)
