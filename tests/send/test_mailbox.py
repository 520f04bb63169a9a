"""Tests of reading mails that unsubscribe, came back, or complain."""

from __future__ import annotations

import io
import mailbox
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build.post.receiver import read_mailbox
from sitegen.errors import Unusable
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import Delivery, State
from sitegen.send.ledger import Ledger, find, open_ledger, record
from sitegen.send.mailbox import mails
from sitegen.send.mailbox_ledger import Effect, Reading, too_often, write_down
from sitegen.send.mailbox_message import Bounce, Complaint, Unknown, Unsubscription, Verdict, understand
from tests.send import bounces
from tests.send.bounces import TOKEN

DELIVERY = Delivery(
    campaign="wish",
    edition="wish/2026-09-25",
    channel=Channel.MAIL,
    address_key="ab" * 32,
    customer_id="C-7",
    state=State.ACCEPTED,
    day=date(2026, 9, 25),
    message_class=MessageClass.CARE,
    claimed_at="2026-09-25T07:00:00Z",
    outcome="250 queued",
    token=TOKEN,
)
READING = Reading("2026-09-26T07:00:00Z", date(2026, 9, 26))
SAMPLES = {name: text.encode() for name, text in vars(bounces).items() if name.isupper() and "\n" in text}


def written(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    names = ("suppressions", "consents", "responses", "deliveries")
    return {name: ledger.connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


@pytest.mark.parametrize(
    ("name", "understood"),
    [
        ("POSTFIX", Bounce((TOKEN,), "5.1.1", Verdict.GONE)),
        ("EXCHANGE", Bounce((TOKEN,), "5.1.10", Verdict.GONE)),
        ("GMAIL", Bounce((TOKEN,), "5.1.1", Verdict.GONE)),
        ("QMAIL", Bounce((TOKEN,), "5.1.1", Verdict.GONE)),
        ("FULL", Bounce((TOKEN,), "4.2.2", Verdict.LATER)),
        ("POLICY", Bounce((TOKEN,), "5.7.1", Verdict.OURS)),
        ("UNCLEAR", Bounce((TOKEN,), "5.1.1", Verdict.GONE)),
        ("RELAYED_TOO", Bounce((TOKEN,), "5.1.1", Verdict.LATER)),
        ("DELAYED", Unknown()),
        ("AWAY", Unknown()),
        ("SPAM", Complaint((TOKEN,), "abuse")),
        ("REDACTED_SPAM", Complaint((TOKEN,), "abuse")),
        ("NOT_SPAM", Unknown()),
        ("GOODBYE", Unsubscription((TOKEN,))),
        ("ANSWERED_GOODBYE", Unsubscription((TOKEN,))),
        ("LETTER", Unknown()),
    ],
)
def test_each_kind_of_mail_is_understood(name: str, understood: object) -> None:
    assert understand(SAMPLES[name]) == understood
    assert understand(SAMPLES[name].replace(b"\n", b"\r\n")) == understood


def test_a_mailbox_that_is_none_is_suppressed_once_however_often_that_is_read(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        record(ledger, DELIVERY)
        effects = [write_down(ledger, understand(SAMPLES[name]), READING) for name in ("POSTFIX", "POSTFIX", "GMAIL")]
        assert effects == [Effect.UNREACHABLE, Effect.KNOWN, Effect.KNOWN]
        assert written(ledger) == {
            "suppressions": [("mail", "ab" * 32, "all", "bounced", "2026-09-26", "5.1.1, wish/2026-09-25")],
            "consents": [],
            "responses": [("wish", "C-7", "mail", "bounced", "2026-09-26", "5.1.1")],
            "deliveries": written(ledger)["deliveries"],
        }
        # It stays accepted: the server took it, so it must never leave again.
        kept = find(ledger, DELIVERY.edition, DELIVERY.channel, DELIVERY.address_key)
        assert kept == replace(DELIVERY, outcome="250 queued; came back 5.1.1")


def test_what_comes_back_for_now_is_counted_and_three_in_a_month_are_enough(tmp_path: Path) -> None:
    tokens = [TOKEN[:-1] + digit for digit in "4567"]
    days = [date(2026, 1, 1), date(2026, 9, 1), date(2026, 9, 10), date(2026, 9, 20)]
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        for token, day in zip(tokens, days, strict=True):
            record(ledger, replace(DELIVERY, edition=f"wish/{day}", token=token, day=day))
        effects: list[Effect] = []
        for token in (tokens[3], tokens[0], tokens[0], tokens[1], tokens[2]):
            mail = SAMPLES["FULL"].replace(TOKEN.encode(), token.encode())
            effects.append(write_down(ledger, understand(mail), READING))
        back = Effect.CAME_BACK
        assert effects == [back, back, Effect.KNOWN, back, Effect.UNREACHABLE]
        assert [row[2:] for row in written(ledger)["suppressions"]] == [
            ("all", "bounced", "2026-09-26", "3 in 30 days, last 4.2.2")
        ]


def test_a_mailbox_that_was_full_first_and_gone_then_is_gone(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        record(ledger, DELIVERY)
        effects = [write_down(ledger, understand(SAMPLES[name]), READING) for name in ("FULL", "POSTFIX")]
        assert effects == [Effect.CAME_BACK, Effect.UNREACHABLE]


def test_filters_that_turn_us_away_silence_nobody(tmp_path: Path) -> None:
    tokens = [TOKEN[:-1] + digit for digit in "4567"]
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        for token in tokens:
            record(ledger, replace(DELIVERY, edition=token, token=token))
        bounced = [SAMPLES["POLICY"].replace(TOKEN.encode(), token.encode()) for token in (*tokens, TOKEN)]
        effects = [write_down(ledger, understand(mail), READING) for mail in bounced]
        assert effects == [Effect.TURNED_AWAY] * 4 + [Effect.NOTHING]
        assert written(ledger)["suppressions"] == []


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 6, 1)), max_size=8))
def test_often_is_three_within_thirty_days_in_whatever_order_they_are_read(days: list[date]) -> None:
    windows = [[day for day in days if start <= day < start + timedelta(days=30)] for start in days]
    assert too_often(days) == any(len(window) >= 3 for window in windows)


def test_a_spam_complaint_ends_everything_for_that_address(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        record(ledger, DELIVERY)
        assert write_down(ledger, understand(SAMPLES["SPAM"]), READING) is Effect.COMPLAINED
        assert write_down(ledger, understand(SAMPLES["SPAM"]), READING) is Effect.KNOWN
        found = written(ledger)
        assert [row[:4] for row in found["suppressions"]] == [("mail", "ab" * 32, "all", "complained")]
        assert sorted(row[:5] for row in found["consents"]) == [
            ("C-7", "mail", purpose, READING.at, 0) for purpose in ("care", "promotion", "survey")
        ]


def test_a_mail_that_unsubscribes_does_what_the_link_does(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        record(ledger, DELIVERY)
        assert write_down(ledger, understand(SAMPLES["GOODBYE"]), READING) is Effect.UNSUBSCRIBED
        found = written(ledger)
        evidence = "mail that unsubscribes, wish/2026-09-25, 2026-09-26T07:00:00Z"
        assert found["suppressions"] == [("mail", "ab" * 32, "care", "unsubscribed", "2026-09-26", evidence)]
        assert found["consents"] == [("C-7", "mail", "care", READING.at, 0, "mail", evidence)]
        assert found["responses"] == [("wish", "C-7", "mail", "unsubscribed", "2026-09-26", evidence)]


def test_who_was_erased_is_suppressed_and_not_remembered(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        record(ledger, replace(DELIVERY, customer_id="", outcome=""))
        for name in ("GOODBYE", "POSTFIX", "SPAM"):
            write_down(ledger, understand(SAMPLES[name]), READING)
        found = written(ledger)
        assert len(found["suppressions"]) == 2, "one for the class, one for all"
        assert found["consents"] == found["responses"] == []


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_forged_mail_changes_nothing(name: str, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        record(ledger, DELIVERY)
        record(ledger, replace(DELIVERY, edition="wish/2027-09-15", token=TOKEN[::-1], state=State.PLANNED))
        record(ledger, replace(DELIVERY, edition="card/2026", channel=Channel.CARD, token=""))
        before = written(ledger)
        for token in ("a" * 26, TOKEN[::-1], ""):
            mail = SAMPLES[name].replace(TOKEN.encode(), token.encode()).replace(TOKEN.upper().encode(), token.encode())
            write_down(ledger, understand(mail), READING)
        assert written(ledger) == before


@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_the_reading_of_a_mail(content: bytes) -> None:
    understand(content)


@given(name=st.sampled_from(sorted(SAMPLES)), at=st.floats(0, 1), length=st.integers(0, 60), new=st.binary(max_size=30))
def test_a_damaged_mail_is_read_without_a_fault(name: str, at: float, length: int, new: bytes) -> None:
    sample = SAMPLES[name]
    place = int(at * len(sample))
    found = understand(sample[:place] + new + sample[place + length :])
    if isinstance(found, Bounce | Complaint | Unsubscription):
        assert all(len(token) == 26 for token in found.tokens)


def test_parts_within_parts_end_somewhere() -> None:
    lines = [f"Content-Type: multipart/mixed; boundary={number}\n\n--{number}\n" for number in range(1200)]
    assert understand("".join(lines).encode()) == Unknown()


def test_every_kind_of_mailbox_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    goodbye, postfix = SAMPLES["GOODBYE"], SAMPLES["POSTFIX"]
    with closing(mailbox.Maildir(tmp_path / "Maildir")) as box:
        box.add(goodbye)
        box.add(postfix)
    with closing(mailbox.mbox(tmp_path / "mbox")) as file:
        file.add(goodbye)
        file.add(postfix)
    (tmp_path / "one.eml").write_bytes(goodbye)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    nothing = io.BytesIO()
    for name in ("Maildir", "mbox"):
        assert {understand(mail) for mail in mails(tmp_path / name, nothing)} == {
            understand(goodbye),
            understand(postfix),
        }
    assert list(mails(tmp_path / "one.eml", nothing)) == [goodbye]
    assert list(mails(tmp_path, nothing)) == [goodbye]
    assert list(mails(Path("-"), io.BytesIO(postfix))) == [postfix]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    with pytest.raises(Unusable, match="'none' cannot be read"):
        list(mails(tmp_path / "none", nothing))


def test_a_mailbox_of_the_shop_is_counted_by_effect(tmp_path: Path) -> None:
    shop = Path(__file__).parents[1] / "broken" / "base" / "content" / "site.yaml"
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_bytes(shop.read_bytes())
    with open_ledger(tmp_path / ".sitegen" / "ledger.sqlite") as ledger:
        record(ledger, DELIVERY)
    for name in ("GOODBYE", "POSTFIX", "LETTER"):
        (tmp_path / f"{name}.eml").write_bytes(SAMPLES[name])
    counted = read_mailbox(tmp_path, tmp_path, io.BytesIO(), datetime(2026, 9, 26, 22, 30, tzinfo=UTC))
    assert counted == Counter({Effect.UNSUBSCRIBED: 1, Effect.UNREACHABLE: 1, Effect.NOTHING: 1})
    with open_ledger(tmp_path / ".sitegen" / "ledger.sqlite") as ledger:
        assert {row[4] for row in written(ledger)["suppressions"]} == {"2026-09-27"}, "the shop's own day"
