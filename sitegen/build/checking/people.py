"""Look at the customer file: what is wrong in it, who may stand in it twice, and campaigns that can reach nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sitegen.audience.plan.addresses import address_of
from sitegen.audience.plan.consents import ON_REQUEST
from sitegen.build.checking.care import goods_problems, promise_problems
from sitegen.build.checking.complaints import complaint_problems
from sitegen.build.checking.coupons import coupon_findings
from sitegen.build.checking.duties import duty_findings, unknown_advisers
from sitegen.build.checking.gatherings import gathering_problems
from sitegen.build.checking.points import points_findings
from sitegen.build.checking.prices import low_prices, price_findings
from sitegen.build.checking.report import Findings
from sitegen.data.engine import Engine, customer_problems, open_customers
from sitegen.data.imports.duplicates import notices
from sitegen.data.remembered import with_ledger
from sitegen.errors import Exit, Mistakes, Problem, Unusable, exit_for
from sitegen.model.channel import Channel
from sitegen.model.project import Project
from sitegen.model.shop import FolderSource, PostgresSource, Shop, SqliteSource

LARGEST = 60_000_000
"""Bytes of a customer file up to which a check also compares customers with each other: about a second."""
REACHING = (Channel.MAIL, Channel.TEXT, Channel.CARD)
HINTS = {
    "shared-email": "one person may stand there twice: `sitegen import` can bring rows together",
    "shared-phone": "families share telephones; where it is one person, bring the rows together",
    "bad-email": "correct it, or ask: no mail reaches them",
    "bad-phone": "correct it, or ask: no text reaches them",
    "no-address": "ask for one: nothing reaches them",
}


def look_at_customers(root: Path, project: Project, database: str, today: date, found: Findings) -> None:
    """Add what the customer file of the shop tells; `database` is the secret address of its database, or ""."""
    shop = project.shop
    size = _size(root, shop, database)
    if size is None:
        found.notes.append("there is no customer file here, so nobody looked at it")
        return
    try:
        if size > LARGEST or not isinstance(shop.source, FolderSource | SqliteSource):
            problems = customer_problems(root, shop, database)
            found.add(problems, exit_for(problems))
        else:
            with open_customers(root, shop, database) as engine:
                found.tell(_notices(shop, engine))
                found.tell(_out_of_reach(root, project, engine))
                found.add(low_prices(engine, project, today), Exit.MISTAKE)
                found.tell(price_findings(engine, project, today))
                found.tell(points_findings(engine, project))
                found.tell(coupon_findings(project, engine, _file(shop)))
                told = with_ledger(engine, shop, root / shop.ledger)
                found.add(unknown_advisers(told, project), Exit.MISTAKE)
                found.tell(duty_findings(project, told, _file(shop)))
                found.tell(gathering_problems(project, told, _file(shop), today))
                found.tell(goods_problems(project, engine, today))
                found.tell(promise_problems(engine, _file(shop), today))
                found.tell(complaint_problems(root, project, told, (_file(shop), today)))
    except Mistakes as mistakes:
        found.add(mistakes.problems, mistakes.exit_code)
    except Unusable as error:
        said, _, hint = str(error).partition("\nhint: ")
        found.add([Problem("", 0, 0, "unusable", said, hint)], Exit.MISTAKE)


def _size(root: Path, shop: Shop, database: str) -> int | None:
    """Bytes of the customer file; None where there is none: it is committed nowhere, and a check elsewhere lacks it."""
    match shop.source:
        case FolderSource(folder):
            there = root / folder
            return sum(file.stat().st_size for file in there.iterdir() if file.is_file()) if there.is_dir() else None
        case SqliteSource(file):
            return (root / file).stat().st_size if (root / file).is_file() else None
        case PostgresSource():
            return 0 if database else None


def _notices(shop: Shop, engine: Engine) -> Iterator[Problem]:
    file = _file(shop)
    for notice in notices(engine):
        yield Problem(file, 0, 0, notice.code, str(notice), HINTS.get(notice.code, ""))


def _file(shop: Shop) -> str:
    """Where people look for what is wrong with customers."""
    match shop.source:
        case FolderSource(folder):
            return folder
        case SqliteSource(path):
            return path
        case _:
            return ""


def _out_of_reach(root: Path, project: Project, engine: Engine) -> Iterator[Problem]:
    """Campaigns that nobody can get by one of their channels. Consents that the ledger remembers would count too."""
    remembered = "://" in project.shop.ledger or (root / project.shop.ledger).exists()
    reach = {channel: _addresses(engine, channel) for channel in REACHING}
    asked = {} if remembered else {channel: _asked(engine, channel) for channel in REACHING}
    for campaign in project.campaigns:
        for channel in [] if campaign.draft else campaign.channels:
            if channel not in reach:
                continue
            if not reach[channel]:
                message = f"nobody can get this by {channel}: no customer has an address for it"
                hint = f"take '{channel}' out of its channels, or fill the addresses in"
                yield campaign.place.problem("nobody-to-reach", message, hint)
            elif campaign.message_class is ON_REQUEST and not asked.get(channel, 1):
                message = f"nobody can get this by {channel}: no customer has asked for promotion by {channel}"
                hint = "ask customers first: only a consent of the purpose 'promotion' opens this channel"
                yield campaign.place.problem("nobody-to-reach", message, hint)


def _addresses(engine: Engine, channel: Channel) -> int:
    customers = engine.tables["customers"]
    return engine.count(customers.filter(address_of(customers, channel).notnull()))


def _asked(engine: Engine, channel: Channel) -> int:
    consents = engine.tables["consents"]
    given = (consents["purpose"] == ON_REQUEST.value) & (consents["status"] == "given")
    return engine.count(consents.filter(given & (consents["channel"] == channel.value)))
