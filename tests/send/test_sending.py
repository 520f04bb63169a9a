"""Tests of sending what was built: what may leave, when, and what is kept back and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitegen.build.post.outbox import Built, built_mails
from sitegen.build.post.outgoing import Moment, Staying, due
from sitegen.errors import Exit, Unusable
from sitegen.model.channel import Channel, Kind
from sitegen.model.ledger import Reason, Scope, State, Suppression
from sitegen.send.deliveries import move
from sitegen.send.editions import Stamp, freeze
from sitegen.send.ledger import open_ledger, suppress
from sitegen.send.replies import Outcome
from sitegen.send.round import End
from sitegen.send.smtp import Envelope
from tests.render.mail_shop import campaign
from tests.send.mail_shop import CAMPAIGN, DAY, EDITION, KEYS, MailShop
from tests.send.paper_post import Clock, PaperPost, accept, lose_answer, put_off, refuse, states
from tests.servers import smtp_sink

NOON = datetime.combine(DAY, time(12), UTC)
READERS = [f"reader{number}@mail.example.com" for number in range(1, 6)]
WISH = campaign("Dear friend", Kind.SEASONAL)


class Looking(PaperPost):
    """Keeps what it is given."""

    def __init__(self, answers: Iterator[Any]) -> None:
        super().__init__(answers)
        self.seen: list[bytes] = []

    def deliver(self, envelope: Envelope, claim: Callable[[], None]) -> Outcome:
        self.seen.append(envelope.content)
        return super().deliver(envelope, claim)


def key_of(shop: MailShop, customer: str) -> str:
    """The hash that names a customer's address."""
    for line in (shop.root / "output" / "mail" / CAMPAIGN / "messages.jsonl").read_text(encoding="utf-8").splitlines():
        if (row := json.loads(line))["customer_id"] == customer:
            return str(row["address_key"])
    raise KeyError(customer)


def test_what_was_built_leaves_as_it_was_built_and_the_rest_stays(shop: MailShop) -> None:
    """Two readers are others than in the build, two can't be or don't want to be reached, and one is as before."""
    shop.change("Reader,Number2", "Rita,Number2")
    shop.change("reader3@mail", "reader.three@mail")
    shop.change("reader4@mail.example.com", "")
    with open_ledger(shop.ledger) as ledger:
        suppress(ledger, Suppression(Channel.MAIL, key_of(shop, "C-5"), Scope.ALL, Reason.UNSUBSCRIBED, DAY))
    post = Looking(iter(()))
    report = shop.send(Clock(NOON), post)
    held = {customer: (one.wished, why) for why, one in report.staying.held.items() for customer in one.customers}
    assert held["C-2"] == (False, "they would not be what was built and looked at; build again")
    assert held["C-3"] == (False, "their address is not what it was in the build; build again")
    assert held["C-4"] == (True, "since the build: there is no e-mail address")
    assert held["C-5"][0]
    assert held["C-5"][1].startswith("since the build: ")
    assert (report.end, report.frozen, report.made) == (End.DONE, (EDITION,), {State.ACCEPTED: 1})
    assert post.copies == READERS[:1]
    assert post.seen == [(shop.root / "output" / "mail" / EDITION / "C-1.eml").read_bytes()]
    assert shop.status() == {"accepted": 1, "planned": 4, "excluded": {}, "candidates": 5}


def test_the_command_sends_everybody_the_edition_once_however_often_it_is_called(shop: MailShop) -> None:
    with smtp_sink.running() as sink:
        shop.at(sink.port)
        said = shop.run("send", CAMPAIGN)
        assert sink.recipients() == READERS
        assert said.endswith(
            f"frozen: {EDITION}\n{CAMPAIGN} by e-mail ({EDITION})\n"
            "  accepted                    5\n  = candidates                5\n"
        )
        assert "frozen" not in shop.run("send", CAMPAIGN, "--quiet")
        assert sink.count() == 5
        for message in sink.messages():
            token = str(message["Message-ID"]).strip("<>").partition("@")[0]
            assert message["X-Mail-Args"] == f"<letters+{token}@smallloom.example>"
    assert shop.status() == {"accepted": 5, "excluded": {}, "candidates": 5}


@pytest.mark.slow
def test_a_dry_run_tells_everything_and_leaves_no_trace(shop: MailShop) -> None:
    said = shop.run("send", CAMPAIGN, "--dry-run")
    assert "  to r…@mail.example.com  The first cool evening\n" in said
    assert said.endswith("  accepted                    5\n  = candidates                5\n")
    assert not shop.ledger.exists()
    shop.send(Clock(NOON, stop_after=2), PaperPost(iter(())))
    before = shop.ledger.read_bytes()
    shop.run("send", CAMPAIGN, "--dry-run")
    assert shop.ledger.read_bytes() == before
    assert shop.status() == {"accepted": 2, "planned": 3, "excluded": {}, "candidates": 5}


@pytest.mark.slow
def test_a_trial_goes_to_the_shop_alone_and_counts_nowhere(shop: MailShop) -> None:
    with smtp_sink.running() as sink:
        shop.at(sink.port)
        for _ in range(2):
            assert "1 test message sent" in shop.run("send", CAMPAIGN, "--to", "Owner@smallloom.example")
        messages = sink.messages()
        assert sink.recipients() == ["owner@smallloom.example"] * 2
        assert len({message["Message-ID"] for message in messages}) == 2
        for message in messages:
            assert message["Subject"] == "[test] The first cool evening"
            assert message["To"] == "Reader Number1 <Owner@smallloom.example>"
            assert key_of(shop, "C-1") not in message.as_string()
        assert not shop.ledger.exists()
        shop.run("send", CAMPAIGN)
        assert shop.status()["accepted"] == 5
    assert "no e-mail can go to 'nobody'" in shop.run("send", CAMPAIGN, "--to", "nobody", code=Exit.MESSAGE)


@pytest.mark.slow
def test_what_is_lost_is_looked_for_and_decided_by_the_owner(shop: MailShop, tmp_path: Path) -> None:
    post = PaperPost(iter([accept, lose_answer, lose_answer, lose_answer]))
    shop.send(Clock(NOON), post)
    assert shop.status() == {"accepted": 2, "unknown": 3, "excluded": {}, "candidates": 5}
    rows = (shop.root / "output" / "mail" / CAMPAIGN / "messages.jsonl").read_text(encoding="utf-8").splitlines()
    token = json.loads(rows[1])["token"]
    log = tmp_path / "mail.log"
    log.write_text(
        f"Sep 25 10:00:01 till postfix/cleanup[12]: 4X: message-id=<{token}@smallloom.example>\n"
        "Sep 25 10:00:01 till postfix/qmgr[13]: 4X: from=<a@b.example>, size=900, nrcpt=1 (queue active)\n",
        encoding="utf-8",
    )
    said = shop.run("send", "reconcile", CAMPAIGN, "--log", str(log))
    assert "C-2: it arrived (mail.log: 4X was queued)" in said
    assert "1 found, 2 still unknown" in said
    assert shop.status() == {"accepted": 3, "unknown": 2, "excluded": {}, "candidates": 5}
    said = shop.run("send", "reconcile", CAMPAIGN, "--retry", "C-9", code=Exit.MISTAKE)
    assert said.startswith("no mail of unknown fate goes to 'C-9'")
    shop.run("send", "reconcile", CAMPAIGN, "--retry", "C-3")
    shop.run("send", "reconcile", CAMPAIGN, "--give-up")
    assert shop.status() == {"accepted": 3, "refused": 1, "planned": 1, "excluded": {}, "candidates": 5}
    shop.send(Clock(NOON), post)
    assert shop.status() == {"accepted": 4, "refused": 1, "excluded": {}, "candidates": 5}
    assert post.copies.count(READERS[2]) == 2


def test_texts_that_are_handed_over_count_as_sent_once(shop: MailShop) -> None:
    said = shop.run("send", "autumn-text", "--handed-over")
    assert said.startswith("2 texts written into the ledger as handed over\nautumn-text by text (autumn-text/")
    again = shop.run("send", "autumn-text", "--handed-over")
    assert again.startswith("0 texts written into the ledger as handed over\n2 stood there already\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["autumn"], Exit.MISTAKE, "there is no campaign 'autumn'\nhint: did you mean 'autumn-"),
        (["autumn-page"], Exit.MISTAKE, "output/ holds no e-mails of 'autumn-page'"),
        ([CAMPAIGN, "--to", "a@b.example", "--dry-run"], Exit.USAGE, "go one at a time"),
        (["status"], Exit.DONE, "nothing has been sent\n"),
        (["status", "--json"], Exit.DONE, "[]\n"),
        (["reconcile", CAMPAIGN], Exit.MISTAKE, f"nothing of '{CAMPAIGN}' has been sent\n"),
        (["reconcile", CAMPAIGN, "--retry", "all", "--give-up"], Exit.USAGE, "go one at a time"),
    ],
)
def test_what_can_not_be_done_is_told(built: MailShop, arguments: list[str], code: Exit, said: str) -> None:
    assert said in built.run("send", *arguments, code=code)
    assert not built.ledger.exists()


def test_mails_of_development_keys_never_leave(shop: MailShop) -> None:
    said = shop.run("send", CAMPAIGN, code=Exit.MESSAGE, **dict.fromkeys(KEYS, ""))
    assert "these are development keys" in said


def test_a_shop_without_a_mail_server_is_told_how_to_name_one(shop: MailShop) -> None:
    site = shop.root / "content" / "site.yaml"
    site.write_text(site.read_text(encoding="utf-8").partition("smtp:")[0], encoding="utf-8")
    said = shop.run("send", CAMPAIGN, code=Exit.MISTAKE)
    assert said == (
        "content/site.yaml names no mail server\n"
        "hint: add 'smtp: {host: mail.example.com, security: starttls, user: letters}' to it\n"
    )


def test_a_campaign_with_the_name_of_a_subcommand_is_told_how_to_be_sent(shop: MailShop) -> None:
    (shop.root / "content" / "campaigns" / "status.md").write_text("", encoding="utf-8")
    assert "note: there is a campaign 'status' too: sitegen send campaign status" in shop.run("send", "status")


@pytest.mark.slow
def test_a_new_build_sends_what_could_not_leave_and_nobody_else_again(shop: MailShop) -> None:
    shop.change("Reader,Number2", "Rita,Number2")
    post = PaperPost(iter([accept, lose_answer, refuse]))
    shop.send(Clock(NOON), post)
    assert shop.status() == {"accepted": 2, "refused": 1, "unknown": 1, "planned": 1, "excluded": {}, "candidates": 5}
    shop.build()
    shop.send(Clock(NOON), post)
    assert shop.status() == {"accepted": 3, "refused": 1, "unknown": 1, "excluded": {}, "candidates": 5}
    assert sorted(post.copies) == [READERS[0], READERS[1], READERS[2], READERS[4]]


@pytest.mark.slow
def test_a_run_that_is_stopped_or_killed_goes_on_with_the_next(shop: MailShop) -> None:
    post = PaperPost(iter(()))
    assert shop.send(Clock(NOON, stop_after=2), post).end is End.INTERRUPTED
    assert post.copies == READERS[:2]
    with open_ledger(shop.ledger) as ledger:
        ledger.connection.execute("UPDATE deliveries SET state = 'claimed' WHERE customer_id = 'C-3'")
    assert shop.send(Clock(NOON), post).left_open == 1
    assert post.copies == [*READERS[:2], *READERS[3:]]
    with open_ledger(shop.ledger) as ledger:
        assert sorted(states(ledger).values()) == [State.ACCEPTED] * 4 + [State.UNKNOWN]


@pytest.mark.slow
def test_who_is_put_off_is_asked_again_in_the_same_run_and_then_in_the_next(shop: MailShop) -> None:
    clock, post = Clock(NOON), PaperPost(iter([accept, put_off, refuse, *[put_off] * 3, accept, *[put_off] * 5]))
    shop.send(clock, post)
    assert shop.status() == {"accepted": 2, "refused": 1, "deferred": 2, "excluded": {}, "candidates": 5}
    assert [wait for wait in clock.waits if wait > 1] == [30, 60, 120]
    shop.send(Clock(NOON), post)
    assert shop.status() == {"accepted": 4, "refused": 1, "excluded": {}, "candidates": 5}


@pytest.mark.slow
def test_in_the_night_a_message_waits_for_the_morning(shop: MailShop) -> None:
    shop.change("quiet_hours: none\n", "", "content/site.yaml")
    post = PaperPost(iter(()))
    report = shop.send(Clock(datetime.combine(DAY, time(22), UTC)), post)
    assert (report.staying.later, post.copies) == (5, [])
    morning = datetime.fromisoformat(report.staying.from_then)
    assert DAY < morning.date() <= DAY + timedelta(days=1)
    shop.send(Clock(morning), post)
    assert post.copies == READERS


def mails_of(folder: Path, *leaves_at: str, day: date = date(2026, 9, 25)) -> Built:
    """Built messages that may leave from these instants on, in a file as a build writes it."""
    rows = [
        {
            "edition": "wish/2026-09-25",
            "customer_id": f"C-{number}",
            "address_key": f"{number:064x}",
            "day": day.isoformat(),
            "leaves_at": instant,
            "token": f"t{number}",
            "sha256": "c" * 64,
            "built_for": f"{day}..{day}",
        }
        for number, instant in enumerate(leaves_at, start=1)
    ]
    file = folder / "output" / "mail" / WISH.id / "messages.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    told = {"wish/2026-09-25": {"planned": len(rows), "excluded": {}}}
    (file.parent / "audience.json").write_text(json.dumps(told), encoding="utf-8")
    return built_mails(folder, WISH)


def leaving(folder: Path, built: Built, now: datetime, catch_up: int = 3) -> tuple[list[str], Staying]:
    """Who hears at that instant, and who stays."""
    staying = Staying()
    with open_ledger(folder / "ledger.sqlite", durable=False) as ledger:
        freeze(ledger, built.deliveries(), built.excluded, Stamp("wish", Channel.MAIL, "2026-09-25T00:00:00Z", "till"))
        moment = Moment(now, now.date() - timedelta(days=catch_up), catch_up)
        return [row["customer_id"] for row in due(ledger, built, moment, staying)], staying


def test_nothing_leaves_before_its_time(tmp_path: Path) -> None:
    built = mails_of(tmp_path, "2026-09-25T07:00:00+00:00", "2026-09-25T09:30:00+02:00", "2026-09-25T08:00:00Z")
    early = leaving(tmp_path, built, datetime(2026, 9, 25, 6, 59, tzinfo=UTC))
    assert early == ([], Staying(later=3, from_then="2026-09-25T07:00:00+00:00"))
    there, staying = leaving(tmp_path, built, datetime(2026, 9, 25, 7, 30, tzinfo=UTC))
    assert (there, staying.later) == (["C-1", "C-2"], 1)


def test_what_is_too_late_does_not_leave_any_more(tmp_path: Path) -> None:
    built = mails_of(tmp_path, "2026-09-25T07:00:00+00:00")
    assert leaving(tmp_path, built, datetime(2026, 9, 28, 21, tzinfo=UTC)) == (["C-1"], Staying())
    there, staying = leaving(tmp_path, built, datetime(2026, 9, 29, 1, tzinfo=UTC))
    ((why, held),) = staying.held.items()
    assert (there, why) == ([], "they were due more than 3 days ago ('catch_up' in site.yaml)")
    assert (held.number, held.customers, held.wished) == (1, ["C-1"], False)


def test_only_what_waits_leaves(tmp_path: Path) -> None:
    built = mails_of(tmp_path, *["2026-09-25T07:00:00+00:00"] * 3)
    now = datetime(2026, 9, 25, 12, tzinfo=UTC)
    assert leaving(tmp_path, built, now)[0] == ["C-1", "C-2", "C-3"]
    first, second, _ = built.deliveries()
    with open_ledger(tmp_path / "ledger.sqlite", durable=False) as ledger:
        assert move(ledger, first, State.CLAIMED)
        assert move(ledger, second, State.DEFERRED)
    assert leaving(tmp_path, built, now)[0] == ["C-2", "C-3"]


def test_another_day_and_no_build_at_all_are_told_with_what_to_do(tmp_path: Path) -> None:
    hint = "hint: build what is to leave, and look at it first: sitegen build"
    with pytest.raises(Unusable) as stopped:
        built_mails(tmp_path, WISH)
    assert str(stopped.value) == f"output/ holds no e-mails of '{WISH.id}'\n{hint} --only mail"
    mails_of(tmp_path, "2026-09-25T07:00:00+00:00")
    assert [one.customer_id for one in built_mails(tmp_path, WISH, date(2026, 9, 25)).deliveries()] == ["C-1"]
    with pytest.raises(Unusable) as stopped:
        built_mails(tmp_path, WISH, date(2026, 9, 26))
    assert str(stopped.value) == (
        f"output/ holds no e-mails of 2026-09-26 of '{WISH.id}'\n{hint} --on 2026-09-26 --only mail"
    )
