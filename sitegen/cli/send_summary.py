"""Tell what became of everybody whom a campaign was for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sitegen.model.channel import Channel
from sitegen.model.ledger import State

if TYPE_CHECKING:
    from sitegen.build.post.reconciling import Cleared
    from sitegen.build.post.sending import Report
    from sitegen.send.editions import Account

BY = {Channel.MAIL: "by e-mail", Channel.TEXT: "by text"}
TOLD = (State.ACCEPTED, State.REFUSED, State.DEFERRED, State.UNKNOWN, State.CLAIMED, State.PLANNED)
NAMES = {State.CLAIMED: "on the way", State.PLANNED: "left"}
ADVICE = {
    State.DEFERRED: "the server asked to come again: sitegen send {campaign}",
    State.UNKNOWN: "look for them: sitegen send reconcile {campaign} --log /var/log/mail.log",
    State.CLAIMED: "a run is sending, or died: the next one says",
}
WIDTH = 20


def report_lines(report: Report, campaign: str, zone: str) -> Iterator[str]:
    """What a run did, and where everybody is now."""
    if report.left_open:
        yield f"note: {_messages(report.left_open)} of a run that died may have left or not; nobody sends them again"
    for edition in report.frozen:
        yield f"frozen: {edition}"
    staying = report.staying
    if staying.later:
        at = datetime.fromisoformat(staying.from_then).astimezone(ZoneInfo(zone))
        yield f"{staying.later:,} leave later, from {at:%Y-%m-%d %H:%M}: sitegen send {campaign}"
    for why, held in staying.held.items():
        names = ", ".join(held.customers) + (" ..." if held.number > len(held.customers) else "")
        yield f"{_messages(held.number)} kept back: {why} ({names})"
    yield from account_lines(report.accounts)
    if report.failure:
        yield f"the last answer that was none: {report.failure}"


def account_lines(accounts: Iterable[Account]) -> Iterator[str]:
    """Where everybody is, added up over the editions of each channel."""
    by_channel: dict[tuple[str, Channel], list[Account]] = {}
    for account in accounts:
        by_channel.setdefault((account.edition.campaign, account.edition.channel), []).append(account)
    for (campaign, channel), ones in by_channel.items():
        editions = f"{len(ones)} editions" if len(ones) > 1 else ones[0].edition.edition
        yield f"{campaign} {BY.get(channel, channel)} ({editions})"
        states, excluded = _sums(one.states for one in ones), _sums(one.edition.excluded for one in ones)
        for state in TOLD:
            if number := states.get(state, 0):
                advice = ADVICE.get(state, "").format(campaign=campaign)
                yield f"  {NAMES.get(state, state):<{WIDTH}}{number:>9,}   {advice}".rstrip()
        if excluded:
            yield f"  {'excluded':<{WIDTH}}{sum(excluded.values()):>9,}"
            yield from (f"    {code:<{WIDTH - 2}}{number:>9,}" for code, number in sorted(excluded.items()))
        yield f"  {'= candidates':<{WIDTH}}{sum(one.edition.candidates for one in ones):>9,}"
        for one in ones:
            if not one.balanced:
                yield f"  the ledger does not add up for {one.edition.edition}: this is a bug in sitegen"


def account_json(accounts: Iterable[Account]) -> str:
    """The editions, one by one, as one JSON document."""
    return json.dumps([_edition(one) for one in accounts], indent=2, ensure_ascii=False)


def cleared_lines(cleared: Cleared, campaign: str) -> Iterator[str]:
    """What became of those whose fate was unknown."""
    for one in cleared.found:
        yield f"{one.customer_id}: it arrived ({one.outcome})"
    for one in cleared.again:
        yield f"{one.customer_id}: leaves again with the next run"
    for one in cleared.given_up:
        yield f"{one.customer_id}: given up"
    for one in cleared.unknown:
        yield f"{one.customer_id}: unknown since {one.claimed_at[:16]} ({one.outcome}), <{one.token}@...>"
    counts = [
        f"{len(part):,} {name}"
        for name, part in (("found", cleared.found), ("again", cleared.again), ("given up", cleared.given_up))
        if part
    ]
    yield ", ".join([*counts, f"{len(cleared.unknown):,} still unknown"])
    if cleared.unknown:
        yield f"hint: sitegen send reconcile {campaign} --retry CUSTOMER (a second copy is possible), or --give-up"
    if cleared.again:
        yield f"hint: sitegen send {campaign}"


def _edition(account: Account) -> dict[str, Any]:
    edition = account.edition
    return {
        "campaign": edition.campaign,
        "edition": edition.edition,
        "channel": edition.channel,
        "frozen_at": edition.frozen_at,
        "host": edition.host,
        "audience": edition.audience,
        "candidates": edition.candidates,
        "states": {state.value: account.states.get(state, 0) for state in TOLD},
        "excluded": dict(edition.excluded),
    }


def _sums(parts: Iterable[Mapping[Any, int]]) -> dict[Any, int]:
    sums: dict[Any, int] = {}
    for part in parts:
        for name, number in part.items():
            sums[name] = sums.get(name, 0) + number
    return sums


def _messages(number: int) -> str:
    return "1 message" if number == 1 else f"{number:,} messages"
