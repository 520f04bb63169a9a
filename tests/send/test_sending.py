"""Tests of sending what was built: what may leave, when, and what is kept back and why."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from sitegen.model.channel import Channel
from sitegen.model.ledger import Reason, Scope, State, Suppression
from sitegen.send.ledger import open_ledger, suppress
from sitegen.send.round import BUSY, End
from tests.send.mail_shop import CAMPAIGN, DAY, EDITION, MailShop
from tests.send.paper_post import Clock, PaperPost, accept, lose_answer, put_off, refuse, states

NOON = datetime.combine(DAY, time(12), UTC)
READERS = [f"reader{number}@mail.example.com" for number in (1, 2, 3)]


def held(shop: MailShop, post: PaperPost, at: datetime = NOON) -> dict[str, tuple[bool, list[str]]]:
    """What a run keeps back: whether its customers wish it so, and who they are, by the reason."""
    kept = shop.send(Clock(at), post).staying.held
    return {why: (one.wished, one.customers) for why, one in kept.items()}


def test_what_was_built_leaves_as_it_was_built(shop: MailShop) -> None:
    post = PaperPost(iter(()))
    report = shop.send(Clock(NOON), post)
    assert (report.end, report.frozen, report.made) == (End.DONE, (EDITION,), {State.ACCEPTED: 3})
    assert post.copies == READERS
    assert shop.send(Clock(NOON), post).made == {}
    assert post.copies == READERS


def test_the_bytes_that_leave_are_those_that_were_looked_at(shop: MailShop) -> None:
    left: list[bytes] = []

    class Looking(PaperPost):
        def deliver(self, envelope, claim):  # type: ignore[no-untyped-def]
            left.append(envelope.content)
            return accept(envelope, claim, self.copies)

    shop.send(Clock(NOON), Looking(iter(())))
    files = sorted((shop.root / "output" / "mail").glob("*/*/*.eml"))
    assert sorted(left) == sorted(file.read_bytes() for file in files)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Reader,Number2", "Rita,Number2", "they would not be what was built and looked at; build again"),
        ("reader2@mail", "reader.two@mail", "their address is not what it was in the build; build again"),
        ("reader2@mail.example.com", "", "since the build: there is no e-mail address"),
    ],
)
def test_a_message_that_is_no_more_what_was_built_stays(shop: MailShop, old: str, new: str, why: str) -> None:
    shop.change(old, new)
    post = PaperPost(iter(()))
    assert held(shop, post) == {why: (why.startswith("since"), ["C-2"])}
    assert post.copies == [READERS[0], READERS[2]]
    assert shop.status()["planned"] == 1
    shop.build()
    shop.send(Clock(NOON), post)
    assert "planned" not in shop.status()
    assert len(post.copies) == len(set(post.copies))


def test_who_has_asked_for_silence_since_the_build_hears_nothing(shop: MailShop) -> None:
    row = next(line for line in (shop.root / f"output/mail/{CAMPAIGN}/messages.jsonl").open() if '"C-3"' in line)
    key = row.partition('"address_key": "')[2][:64]
    with open_ledger(shop.ledger) as ledger:
        suppress(ledger, Suppression(Channel.MAIL, key, Scope.ALL, Reason.UNSUBSCRIBED, DAY))
    post = PaperPost(iter(()))
    ((why, told),) = held(shop, post).items()
    assert why.startswith("since the build: ")
    assert told == (True, ["C-3"])
    assert post.copies == READERS[:2]


def test_nothing_leaves_before_its_time(shop: MailShop) -> None:
    post = PaperPost(iter(()))
    report = shop.send(Clock(datetime.combine(DAY, time(3), UTC)), post)
    assert (report.staying.later, post.copies) == (3, [])
    assert report.staying.from_then == datetime.combine(DAY, time(9), UTC).replace(hour=report_hour(report)).isoformat()
    assert shop.status()["planned"] == 3


def report_hour(report: object) -> int:
    """Nine o'clock in Hamburg is seven or eight in UTC."""
    hour = int(report.staying.from_then[11:13])  # type: ignore[attr-defined]
    assert hour in {7, 8}
    return hour


def test_in_the_night_a_message_waits_for_the_morning(shop: MailShop) -> None:
    shop.change("quiet_hours: none\n", "", "content/site.yaml")
    post = PaperPost(iter(()))
    report = shop.send(Clock(datetime.combine(DAY, time(22), UTC)), post)
    assert (report.staying.later, post.copies) == (3, [])
    assert report.staying.from_then[:10] == (DAY + timedelta(days=1)).isoformat()
    shop.send(Clock(datetime.fromisoformat(report.staying.from_then)), post)
    assert post.copies == READERS


def test_what_is_too_late_does_not_leave(shop: MailShop) -> None:
    post = PaperPost(iter(()))
    why = "they were due more than 3 days ago ('catch_up' in site.yaml)"
    assert held(shop, post, NOON + timedelta(days=4)) == {why: (False, ["C-1", "C-2", "C-3"])}
    assert post.copies == []
    assert held(shop, post, NOON + timedelta(days=3)) == {}
    assert post.copies == READERS


def test_who_is_put_off_is_asked_again_in_the_same_run(shop: MailShop) -> None:
    clock, post = Clock(NOON), PaperPost(iter([accept, put_off, refuse, put_off]))
    report = shop.send(clock, post)
    assert report.end is End.DONE
    assert shop.status() == {"accepted": 2, "refused": 1, "excluded": {}, "candidates": 3}
    assert [wait for wait in clock.waits if wait > 1] == [30, 60]


def test_what_is_put_off_for_long_is_left_to_the_next_run(shop: MailShop) -> None:
    shop.send(Clock(NOON), PaperPost(iter([put_off] * BUSY)))
    assert shop.status() == {"deferred": 3, "excluded": {}, "candidates": 3}
    post = PaperPost(iter(()))
    shop.send(Clock(NOON), post)
    assert post.copies == READERS


def test_what_is_unknown_is_never_sent_again_by_itself(shop: MailShop) -> None:
    post = PaperPost(iter([accept, lose_answer]))
    shop.send(Clock(NOON), post)
    assert shop.status() == {"accepted": 2, "unknown": 1, "excluded": {}, "candidates": 3}
    shop.build()
    assert shop.send(Clock(NOON), post).made == {}
    assert post.copies == READERS


def test_the_claims_of_a_run_that_died_are_told(shop: MailShop) -> None:
    shop.send(Clock(NOON), PaperPost(iter([put_off] * 100)))
    with open_ledger(shop.ledger) as ledger:
        ledger.connection.execute("UPDATE deliveries SET state = 'claimed' WHERE customer_id = 'C-1'")
    assert shop.send(Clock(NOON), PaperPost(iter(()))).left_open == 1
    with open_ledger(shop.ledger) as ledger:
        assert sorted(states(ledger).values()) == [State.ACCEPTED, State.ACCEPTED, State.UNKNOWN]


def test_a_run_that_is_stopped_goes_on_with_the_next(shop: MailShop) -> None:
    post = PaperPost(iter(()))
    assert shop.send(Clock(NOON, stop_after=1), post).end is End.INTERRUPTED
    assert post.copies == READERS[:1]
    shop.send(Clock(NOON), post)
    assert post.copies == READERS
