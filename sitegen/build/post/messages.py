"""The plan's way: each line becomes a mail, a text or a card, and the plan itself a work list."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import ibis

from sitegen.build.desk.house_files import house_files
from sitegen.build.order import Order, Part, Progress
from sitegen.build.people import People, lost_photos, with_revoked
from sitegen.build.plan import Plan, make_plan, store_plan
from sitegen.build.post.audiences import audiences
from sitegen.build.post.coupons import coupon_lists
from sitegen.build.post.guests import guest_list
from sitegen.build.post.mails import mails
from sitegen.build.post.packing import packing_list
from sitegen.build.post.points import points_list
from sitegen.build.post.promises import promise_list
from sitegen.build.post.protection import protection_lists
from sitegen.build.post.texts import texts
from sitegen.build.record import Tally
from sitegen.build.site import open_file_addresses, page_addresses
from sitegen.data.recipients import recipients
from sitegen.errors import Mistakes, Problem
from sitegen.model.artifact import Artifact, PrivateArtifact
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.lock import Lock
from sitegen.model.plan import EXCLUSION_COLUMNS, PLAN_COLUMNS, Recipient
from sitegen.model.project import Project
from sitegen.render.away import AwayLinks
from sitegen.render.mail import compose as mail
from sitegen.render.spreadsheet import guarded

CHANNEL_OF = {Part.MAIL: Channel.MAIL, Part.CARDS: Channel.CARD, Part.TEXTS: Channel.TEXT}


@dataclass(frozen=True, slots=True)
class Desk:
    """What every message of one build is made with."""

    output: Path
    project: Project
    order: Order
    lock: Lock
    tally: Tally
    progress: Progress

    @property
    def hidden(self) -> Path:
        """The shop's .sitegen folder."""
        return self.output.parent / ".sitegen"

    def addresses(self) -> Mapping[str, str]:
        """Where every page stands, by its file's id: worked out once for all messages of a channel."""
        return page_addresses(self.project, self.order, self.lock)

    def files(self) -> Mapping[str, str]:
        """Where every file stands that anybody may have; worked out once too."""
        return open_file_addresses(self.project, self.order)

    def links(self, campaign: Campaign, addresses: Mapping[str, str], files: Mapping[str, str]) -> AwayLinks:
        """Where the campaign's links lead."""
        source = f"campaigns/{campaign.id}.md"
        shop, file, assets = self.project.shop, campaign.body.file, self.project.assets
        return AwayLinks(shop, source, file, addresses.get, assets, files, campaign.language)

    def page_url(self, campaign: Campaign, addresses: Mapping[str, str]) -> str:
        """Where the campaign stands on the site, "" where it does not."""
        path = addresses.get(f"campaigns/{campaign.id}.md")
        return self.project.shop.origin + path if path else ""

    def titled(self, found: mail.Variant) -> mail.Variant:
        """A variant whose unnamed audiences go by their titles, for people to read."""
        titles = {segment.id: segment.title for segment in self.project.segments if not segment.named}
        return replace(found, audiences=frozenset(titles.get(name, name) for name in found.audiences))

    def campaign(self, name: str) -> Campaign:
        """The campaign of a line of the plan."""
        found = self.project.campaign(name)
        assert found, name
        return found


def messages(root: Path, desk: Desk, people: People) -> Iterator[Artifact]:
    """Every message of the plan that the order asks for, in the plan's order, and the plan itself.

    Once all are made, the plan is stored for the next one to be compared with.
    """
    with desk.progress.step("plan"):
        people = with_revoked(people, desk.lock, desk.order.roots.card)
        plan = make_plan(root, desk.project, people, desk.order.first, desk.order.last)
        _count(desk, people, plan)
        if desk.order.strict:
            _refuse_lacking(desk, people, plan)
    for part, channel in CHANNEL_OF.items():
        if part in desk.order.parts:
            planned = plan.planned.filter(plan.planned["channel"] == channel.value)
            if chosen := desk.order.printing.campaign:
                planned = planned.filter(planned["campaign"] == chosen)
            total = people.engine.count(planned)
            desk.tally.count(part.value, total)
            if part is not Part.CARDS:
                yield from audiences(people, plan, channel, part.value)
            if total:
                lines = recipients(people.engine, planned, people.values, people.members, desk.project.shop)
                with desk.progress.step(part.value, total) as done:
                    yield from _maker(part)(desk, lines, done)
    if Part.MAIL in desk.order.parts:
        desk.tally.notices += lost_photos(people)
    if Part.WORK in desk.order.parts:
        with desk.progress.step("work"):
            yield from _work(root, desk, people, plan)
    if not desk.order.printing.campaign:
        store_plan(root, people.engine, plan)


def _work(root: Path, desk: Desk, people: People, plan: Plan) -> Iterator[Artifact]:
    """Everything below output/work/."""
    project, order, notices = desk.project, desk.order, desk.tally.notices
    yield work_list("planned", PLAN_COLUMNS, people, plan.planned)
    yield work_list("excluded", EXCLUSION_COLUMNS, people, plan.excluded)
    yield promise_list(people, order.first)
    yield from points_list(project, people, order.first)
    yield from coupon_lists(project, people, order.first, (desk.lock, order.roots.card), notices)
    yield from protection_lists(project, people, (order.first, order.last))
    yield from packing_list(project, people, (order.first, order.last))
    yield from guest_list(project, people, order.first, notices)
    yield from house_files(root, project, people, order, desk.tally)


Maker: TypeAlias = Callable[[Desk, Iterator[Recipient], Callable[[], None]], Iterator[Artifact]]


def _maker(part: Part) -> Maker:
    if part is Part.MAIL:
        return mails
    if part is Part.TEXTS:
        return texts
    # WeasyPrint takes most of a second to import and needs Pango: only a build with cards asks for it.
    from sitegen.build.cards.cards import cards  # noqa: PLC0415

    return cards


def _count(desk: Desk, people: People, plan: Plan) -> None:
    desk.tally.count("planned", people.engine.count(plan.planned))
    desk.tally.count("excluded", people.engine.count(plan.excluded))
    reasons = plan.excluded.group_by("code").aggregate(number=plan.excluded.count()).order_by("code")
    for batch in people.engine.rows(reasons):
        desk.tally.excluded.update({row["code"]: row["number"] for row in batch})


def _refuse_lacking(desk: Desk, people: People, plan: Plan) -> None:
    lacking = plan.excluded.filter(plan.excluded["code"] == "no-value")
    grouped = lacking.group_by(["campaign", "reason"]).aggregate(
        number=lacking.count(), first=lacking["customer_id"].min()
    )
    problems: list[Problem] = []
    for batch in people.engine.rows(grouped.order_by(["campaign", "reason"])):
        for row in batch:
            message = f"{row['reason']}: {row['number']} customers, such as '{row['first']}'"
            hint = 'write a fallback, like {{ first_name or "friend" }}, or fill the values in'
            problems.append(desk.campaign(row["campaign"]).place.problem("no-value", message, hint))
    if problems:
        raise Mistakes(problems)


def work_list(name: str, columns: tuple[str, ...], people: People, table: ibis.Table) -> PrivateArtifact:
    """A table of the plan as CSV, for the owner and for whoever asks why."""
    sheet = io.StringIO()
    lines = csv.writer(sheet, lineterminator="\n")
    lines.writerow(columns)
    for batch in people.engine.rows(table.order_by(["campaign", "edition", "channel", "customer_id"])):
        lines.writerows([_cell(row[column]) for column in columns] for row in batch)
    return PrivateArtifact(f"work/plan/{name}.csv", sheet.getvalue().encode())


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value
