"""Report what the advisers do for old customers: contacts, visits, duties, promises, and what customers say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sitegen.model.report import Alert, Amount, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.reports.compared import Numbers, Said, compared, figures, mean
from sitegen.programme.reports.ground import Ground, month_before, per_cent
from sitegen.programme.reports.months import this_month
from sitegen.programme.reports.spelling import several
from sitegen.programme.reports.work.contact_counts import (
    WAYS,
    Adviser,
    Contacts,
    Promises,
    Scores,
    advisers,
    contacts,
    promises,
    scores,
)
from sitegen.programme.reports.work.duty_counts import NO_DUTIES, DutyCounts, duty_counts
from sitegen.programme.reports.work.league import SOURCE as LEAGUE
from sitegen.programme.reports.work.league import leagues, score_of

YEAR = 365
DRAWN = 30
"""Advisers in the chart."""
WEEK, SHOWN = 7, 10
"""Days after which a month without a contact is alarming, and names that an alert tells."""
COUNTED = "detailed statistics of the number of return visits and emotional contacts made by each employee"
SATISFACTION = "include customer satisfaction as part of employee performance"
PROMISED = "conscientiously fulfill the 'promise service'"
WAY_TITLES = {
    "call": "Calls",
    "visit": "Visits",
    "mail": "Mails",
    "text": "Texts",
    "card": "Cards",
    "shop": "In the shop",
}
OURS = "Contacts that the shop began, with customers who are not of the house"


@dataclass(frozen=True, slots=True)
class Work:
    """What all advisers did, by their numbers: this month until the day, and in the month before until the same day."""

    staff: tuple[Adviser, ...]
    now: Mapping[str, Contacts]
    before: Mapping[str, Contacts]
    duties: Mapping[str, DutyCounts]
    scores: Mapping[str, Scores]
    promises: Mapping[str, Promises]


def report(ground: Ground) -> Report:
    """Each adviser's contacts, duties, promises and their customers' scores, and the league of maintenance months."""
    window, earlier = this_month(ground.today), ground.on(month_before(ground.today))
    work = Work(
        advisers(ground),
        contacts(ground, window),
        contacts(earlier, this_month(earlier.today)),
        duty_counts(ground, window, "adviser_id"),
        scores(ground),
        promises(ground, _until_yesterday(ground)),
    )
    now, before = compared(ground, _numbers)
    # Some duties are others after a visit, so today's table no longer holds all that were due a month ago.
    numbers = now, {name: value for name, value in before.items() if name != "in-time"}
    return Report(
        name="staff",
        title="What the advisers do",
        question="Who keeps in touch with our customers, and what do these say of it?",
        answer=_answer(work, numbers[0]),
        window=window,
        figures=_figures(ground, numbers),
        charts=_chart(ground, work),
        grids=(_contact_grid(ground, work), _care_grid(ground, work), *leagues(ground)),
        alerts=_alerts(ground, work),
        sources=(COUNTED, SATISFACTION, PROMISED, LEAGUE),
    )


def _numbers(ground: Ground) -> Numbers:
    window = this_month(ground.today)
    made, told = contacts(ground, window).values(), scores(ground).values()
    due = duty_counts(ground, window, "adviser_id").values()
    promised = promises(ground, _until_yesterday(ground)).values()
    in_time, judged = sum(one.in_time for one in due), sum(one.judged for one in due)
    kept, all_promised = sum(one.kept for one in promised), sum(one.due for one in promised)
    answers, total = sum(one.answers for one in told), sum(one.total for one in told)
    return {
        "contacts": sum(one.contacts for one in made),
        "reached": sum(one.reached for one in made),
        "visits": sum(one.visits for one in made),
        "emotional": sum(one.emotional for one in made),
        "in-time": per_cent(in_time, judged),
        "done-in-time": in_time,
        "judged": judged,
        "score": mean(total, answers),
        "scored": sum(one.customers for one in told),
        "promises-kept": per_cent(kept, all_promised),
        "kept": kept,
        "promised": all_promised,
    }


def _until_yesterday(ground: Ground) -> Window:
    """The last YEAR days without today, of which one does not know yet how it ends."""
    return ground.on(ground.today - timedelta(days=1)).last(YEAR)


def _answer(work: Work, now: Numbers) -> str:
    if not work.staff:
        return "There are no advisers in the file yet."
    active = sum(1 for one in work.staff if work.now.get(one.id, Contacts()).contacts)
    return (
        f"{active:,} of {several(len(work.staff), 'adviser')} made {now['contacts']:,} contacts this month,"
        f" {now['visits']:,} of them visits and {now['emotional']:,} just to greet, thank or chat."
    )


def _figures(ground: Ground, numbers: tuple[Numbers, Numbers]) -> tuple[Figure, ...]:
    now, month, year = numbers[0], this_month(ground.today), _until_yesterday(ground)
    so_far = "in this month until today; the month before counts until the same day"
    said = (
        Said("contacts", "Contacts", Measure.COUNT, f"{OURS}, {so_far}.", 1, COUNTED),
        Said("reached", "Contacts that reached somebody", Measure.COUNT,
             f"Of the {now['contacts']:,} contacts: all but those in vain, {so_far}.", 1, COUNTED),
        Said("visits", "Return visits", Measure.COUNT, f"Visits to customers that reached them, {so_far}.", 1, COUNTED),
        Said("emotional", "Emotional contacts", Measure.COUNT,
             f"Of the {now['contacts']:,} contacts: greetings, thanks and chats, {so_far}.", 1, COUNTED),
        Said("in-time", "Duties done in time", Measure.PER_CENT,
             f"{now['done-in-time']:,} of {now['judged']:,} duties that were due this month until today and were done,"
             " or are late, were done by their day; excused and void ones don't count. How they stood a month"
             " ago is not kept.", 1, COUNTED),
        Said("score", "Customers' score", Measure.SCORE,
             f"Average of the scores that {now['scored']:,} customers with an adviser gave on the latest day on which"
             " each of them answered; 4 is as hoped, 5 beyond expectation.", 1, SATISFACTION),
        Said("promises-kept", "Promises kept in time", Measure.PER_CENT,
             f"{now['kept']:,} of {now['promised']:,} promises with an adviser's name that were due in the {YEAR} days"
             " until yesterday were kept by their day.", 1, PROMISED, year),
    )  # fmt: skip
    return figures(month, numbers, said)


def _chart(ground: Ground, work: Work) -> tuple[Chart, ...]:
    drawn = work.staff[:DRAWN]
    if not any(work.now.get(one.id, Contacts()).contacts for one in drawn):
        return ()
    made = [work.now.get(one.id, Contacts()) for one in drawn]
    most = max(range(len(drawn)), key=lambda number: made[number].contacts)
    chart = Chart(
        name="contacts",
        title="Contacts this month, adviser by adviser",
        kind=ChartKind.STACKED,
        across="Adviser",
        up="Contacts",
        measure=Measure.COUNT,
        labels=tuple(one.name for one in drawn),
        series=tuple(
            Series(WAY_TITLES[way], tuple(one.ways[number] for one in made)) for number, way in enumerate(WAYS)
        ),
        says=f"{drawn[most].name} made the most contacts this month: {made[most].contacts:,}.",
        source="contacts",
        window=this_month(ground.today),
    )
    return (chart,)


def _contact_grid(ground: Ground, work: Work) -> Grid:
    heads = (
        Head("adviser", "Adviser"),
        Head("store", "Store"),
        Head("contacts", "Contacts", Measure.COUNT),
        Head("before", "Month before", Measure.COUNT),
        Head("reached", "Reached somebody", Measure.COUNT),
        Head("visits", "Return visits", Measure.COUNT),
        Head("visits-before", "Visits, month before", Measure.COUNT),
        Head("emotional", "Emotional", Measure.COUNT),
        *(Head(way, WAY_TITLES[way], Measure.COUNT) for way in WAYS),
        Head("answered", "Begun by customers", Measure.COUNT),
    )
    rows: list[tuple[Amount, ...]] = []
    for one in work.staff:
        now, before = work.now.get(one.id, Contacts()), work.before.get(one.id, Contacts())
        rows.append(
            (one.name, one.store, now.contacts, before.contacts, now.reached, now.visits, before.visits, now.emotional,
             *now.ways, now.answered)
        )  # fmt: skip
    definition = (
        f"{OURS}, this month until today and in the month before until the same day. Return visits are those that"
        " reached the customer; emotional are greetings, thanks and chats. Begun by customers: what they began"
        " themselves."
    )
    title = "Contacts of each adviser"
    return Grid("contacts", title, definition, this_month(ground.today), heads, tuple(rows), len(rows))


def _care_grid(ground: Ground, work: Work) -> Grid:
    heads = (
        Head("adviser", "Adviser"),
        Head("in-time", "Duties in time", Measure.COUNT),
        Head("done-late", "Done late", Measure.COUNT),
        Head("late", "Late now", Measure.COUNT),
        Head("open", "Open", Measure.COUNT),
        Head("excused", "Excused", Measure.COUNT),
        Head("score", "Customers' score", Measure.SCORE),
        Head("scored", "Of so many customers", Measure.CUSTOMERS),
        Head("promised", "Promises due", Measure.COUNT),
        Head("kept", "Kept in time", Measure.PER_CENT),
    )
    rows: list[tuple[Amount, ...]] = []
    for one in work.staff:
        due, told = work.duties.get(one.id, NO_DUTIES), work.scores.get(one.id, Scores())
        given = work.promises.get(one.id, Promises())
        rows.append(
            (one.name, due.in_time, due.done_late, due.late, due.open, due.excused,
             score_of(told, ground.setting.least), told.customers, given.due, per_cent(given.kept, given.due))
        )  # fmt: skip
    definition = (
        "Duties in time, done late and excused: those that were due this month until today; late and open ones of any"
        " day. The score is that of an adviser's customers on the latest day on which each answered; scores of fewer"
        f" than {ground.setting.least} customers are not shown. Promises: due in the {YEAR} days until yesterday."
    )
    title = "Duties, promises and what customers say"
    return Grid("care", title, definition, this_month(ground.today), heads, tuple(rows), len(rows))


def _alerts(ground: Ground, work: Work) -> tuple[Alert, ...]:
    """Who has no contact this month: told from its second week on, when there was time for one."""
    silent = [one for one in work.staff if not work.now.get(one.id, Contacts()).contacts]
    if not silent or ground.today.day <= WEEK:
        return ()
    names = ", ".join(one.name for one in silent[:SHOWN]) + (" and others" if len(silent) > SHOWN else "")
    text = f"{several(len(silent), 'adviser has', 'advisers have')} no contact with a customer this month: {names}"
    return (Alert("no-contact", f"{text}.", "give them their day's list, and ask what keeps them from calling"),)
