"""Specimens: a campaign's messages for one customer, or for one of each kind of reader, whatever day it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.build.order import Order
from sitegen.build.people import People
from sitegen.build.post.mails import writer
from sitegen.build.post.messages import Desk
from sitegen.build.post.outgoing import LINES
from sitegen.build.post.trial import TrialTokens
from sitegen.build.record import Tally
from sitegen.data.recipients import recipients
from sitegen.errors import Unusable
from sitegen.model.campaign import Campaign, OnDate
from sitegen.model.channel import Channel
from sitegen.model.lock import Lock
from sitegen.model.plan import Recipient
from sitegen.model.project import Project
from sitegen.render.mail.compose import variant
from sitegen.render.mail.headers import usable_address
from sitegen.render.mail.preview import label
from sitegen.render.merge import NoValue
from sitegen.render.text import text

LOOKED_AT = 400
"""Customers of the audience among whom kinds of readers are looked for."""
MOST = 4
"""Kinds of readers that are shown."""
MORNING = time(9)
CHANNELS = {"mail": Channel.MAIL, "texts": Channel.TEXT, "cards": Channel.CARD}
CARD_HEIGHT = 900
"""Pixels."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What messages are made with. `number` is another one each time: the engine keeps what it was given by name."""

    root: Path
    project: Project
    people: People
    order: Order
    lock: Lock
    number: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message, for one reader. `pictures` are the sides of a card as PNG; `html` and `text` the parts of a mail,
    `text` alone that of a short text; `head` holds pairs of a name and what stands behind it.
    """

    label: str
    head: tuple[tuple[str, str], ...] = ()
    html: str = ""
    text: str = ""
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Specimen:
    """Messages of one campaign by one channel; `known` are numbers of customers who could be chosen."""

    title: str
    draft: bool
    notices: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    known: tuple[str, ...]


def specimen(bench: Bench, channel: str, name: str, customer: str) -> Specimen:
    """The messages. Raises Unusable where there are none to be made, Mistakes for what may not be sent."""
    campaign, by = bench.project.campaign(name), CHANNELS[channel]
    if campaign is None or by not in campaign.channels:
        raise Unusable(f"there is no campaign '{name}' that goes by {by.value}")
    lines = [*_lines(bench, campaign, by, customer)]
    if customer and not lines:
        raise Unusable(f"there is no customer '{customer}' whom this could reach")
    if not lines:
        raise Unusable(f"nobody in the audience of '{name}' can be reached by {by.value}")
    # A reader of a kind whose address is whole stands for it better than the first.
    lines.sort(key=lambda line: bool(line.lacks))
    desk = Desk(bench.root / "output", bench.project, bench.order, bench.lock, Tally(), _Silent())
    make = {Channel.MAIL: _mails, Channel.TEXT: _texts, Channel.CARD: _cards}[by]
    notices, sheets = make(desk, campaign, lines if customer else _kinds(campaign, lines))
    known = tuple(line.customer_id for line in lines[:200])
    return Specimen(campaign.title, campaign.draft, notices, sheets, known)


def _lines(bench: Bench, campaign: Campaign, by: Channel, customer: str) -> Iterator[Recipient]:
    """Readers of the campaign as if it left on its day: those of its audience, or one customer, in it or not."""
    engine, members = bench.people.engine, bench.people.members
    day = campaign.timing.day if isinstance(campaign.timing, OnDate) else bench.order.first
    if customer:
        chosen = members.filter(members["customer_id"] == customer)
    elif campaign.audience in members.columns:
        chosen = members.filter(members[campaign.audience])
    else:
        chosen = members
    found = engine.ask(chosen.select("customer_id").order_by("customer_id").limit(LOOKED_AT))
    rows = [_row(bench, campaign, by, (one["customer_id"], day)) for one in found]
    table = engine.take(f"lines of specimens {bench.number}", LINES, rows)
    for line in recipients(engine, table, bench.people.values, members, bench.project.shop):
        if line.address and (by is not Channel.MAIL or usable_address(line.address)):
            yield line


def _row(bench: Bench, campaign: Campaign, by: Channel, to: tuple[str, date]) -> tuple[Any, ...]:
    customer, day = to
    at = datetime.combine(day, MORNING, ZoneInfo(bench.project.shop.timezone)).astimezone(UTC)
    design = campaign.cards[0] if campaign.cards else ""
    return campaign.id, campaign.id, by.value, customer, day, "preview", design, at.isoformat()


def _kinds(campaign: Campaign, lines: list[Recipient]) -> list[Recipient]:
    """The first reader of each kind."""
    first: dict[object, Recipient] = {}
    for line in lines:
        first.setdefault(variant(campaign, line), line)
    return [*first.values()][:MOST]


def _mails(desk: Desk, campaign: Campaign, lines: list[Recipient]) -> tuple[tuple[str, ...], tuple[Sheet, ...]]:
    write = writer(desk, campaign, TrialTokens("preview"))
    sheets: list[Sheet] = []
    for line in lines:
        made = write.write(line)
        message = BytesParser(policy=policy.default).parsebytes(made.content)
        html, plain = message.get_body(("html",)), message.get_body(("plain",))
        head = [(name, str(message[name])) for name in ("Subject", "From", "Reply-To") if message[name]]
        head += [("Size", f"{len(made.content):,} bytes")]
        sheets.append(
            Sheet(
                f"{line.customer_id}, {label(desk.titled(made.variant))}",
                tuple(head),
                html.get_content() if html else "",
                plain.get_content() if plain else "",
            )
        )
    return write.notices(), tuple(sheets)


def _texts(desk: Desk, campaign: Campaign, lines: list[Recipient]) -> tuple[tuple[str, ...], tuple[Sheet, ...]]:
    shop, theme = desk.project.shop, desk.project.theme
    links = desk.links(campaign, desk.addresses(), desk.files())
    sheets: list[Sheet] = []
    for line in lines:
        try:
            template = text.compose(campaign, line.segments, shop, theme, links)
            made = text.message(template, line, TrialTokens("preview"))
        except NoValue as lacking:
            sheets.append(Sheet(line.customer_id, (("Left out", str(lacking)),)))
            continue
        size = f"{made.segments} segment{'s' * (made.segments > 1)}, {made.encoding}"
        why = (("Because of", made.forced_by),) if made.forced_by else ()
        sender = (("From", shop.texts.sender),) if shop.texts.sender else ()
        sheets.append(Sheet(line.customer_id, (*sender, ("Length", size), *why), text=made.text))
    return (), tuple(sheets)


def _cards(desk: Desk, campaign: Campaign, lines: list[Recipient]) -> tuple[tuple[str, ...], tuple[Sheet, ...]]:
    # WeasyPrint takes most of a second to import: only who asks for a card pays for it.
    from sitegen.build.cards.writer import jobs  # noqa: PLC0415
    from sitegen.render.cards import pictures  # noqa: PLC0415
    from sitegen.render.cards.art import drawn  # noqa: PLC0415
    from sitegen.render.cards.plate import Plate, Way  # noqa: PLC0415
    from sitegen.render.cards.press import prepared  # noqa: PLC0415
    from sitegen.render.cards.printing import Imprint, print_file  # noqa: PLC0415
    from sitegen.render.cards.proof import voided  # noqa: PLC0415

    sheets: list[Sheet] = []
    notices: list[str] = []
    for name in campaign.cards:
        design = desk.project.theme.design(name)
        assert design, name
        press, few = prepared(design), lines[: 1 if len(campaign.cards) > 1 else MOST]
        # By whole pages, as the reference prints them: a plate that prints faster takes seconds to find.
        plate = Plate(drawn(press), Way.PAGES, "")
        for job in jobs(desk, iter([replace(line, design=name) for line in few])):
            imprint = Imprint(desk.project.print_house, job.campaign, job.title, job.instant)
            for card, lacks in zip(job.cards, job.lacking, strict=True):
                made = print_file(press, plate, (voided(card),), imprint)
                sides = tuple(pictures.small_png(side, 1 << 20) for side in pictures.cut(made.pdf, CARD_HEIGHT))
                short = (("The address lacks", ", ".join(lacks)),) if lacks else ()
                head = (("Design", design.title or name), *short)
                sheets.append(Sheet(f"{card.customer_id}, {name}", head, pictures=sides))
    return tuple(notices), tuple(sheets)


class _Silent:
    """Nobody watches."""

    def step(self, name: str, total: int | None = None) -> Any:  # noqa: ARG002
        """As Progress."""
        from contextlib import nullcontext  # noqa: PLC0415 - only here

        return nullcontext(lambda: None)
