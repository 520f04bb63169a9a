"""From a mail that was built to the plan that keeps to what its reader said."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, date, datetime
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import pytest

from sitegen.build.post.receiver import prepare, read_mailbox
from sitegen.cli.main import run
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import Delivery, State
from sitegen.protect.keys import decode_root
from sitegen.send.ledger import open_ledger, record
from sitegen.send.receiver.app import application
from tests.golden.sample_shop import keys
from tests.send.receiving import FORM, ONE_CLICK, ask
from tests.servers.receiver import small_shop

DAY = "2026-09-08"
NOW = datetime(2026, 9, 8, 6, tzinfo=UTC)


def sitegen(*arguments: str) -> None:
    """Run it in this process, which has its libraries already; it takes its secrets out of the environment."""
    os.environ.update(keys())
    assert run(list(arguments)) == 0


def links_of(shop: Path, customer: str) -> list[str]:
    """The links of a mail's List-Unsubscribe."""
    mail = message_from_bytes((shop / f"output/mail/autumn-mail/{DAY}/{customer}.eml").read_bytes())
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return [link.strip(" <>\r\n") for link in mail["List-Unsubscribe"].split(",")]


def test_who_unsubscribes_in_any_way_or_wants_no_texts_is_left_out_of_the_next_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = small_shop(tmp_path / "shop")
    monkeypatch.chdir(shop)
    sitegen("build", "--on", DAY, "--only", "mail", "--quiet")
    key = decode_root(keys()["SITEGEN_RECEIVER_KEY"], "SITEGEN_RECEIVER_KEY")
    app = application(prepare(shop, key, lambda: NOW, lambda: 0.0), pytest.fail)

    by_click, _ = links_of(shop, "C-1")
    target = by_click.removeprefix("https://hello.smallloom.example")
    assert ask(app, target, "POST", [ONE_CLICK], {"content-type": FORM}).status == 200

    offered = ask(app, target, "POST", [b"confirm=yes"], {"content-type": FORM}).body
    preferences = offered.partition('href="/preferences')[2].partition('"')[0].replace("&amp;", "&")
    wishes = b"sent=yes&channel:card=on&channel:mail=on"
    assert ask(app, f"/preferences{preferences}", "POST", [wishes], {"content-type": FORM}).status == 200

    _, by_mail = links_of(shop, "C-2")
    token = by_mail.rpartition("%20")[2]
    with open_ledger(shop / ".sitegen" / "ledger.sqlite") as ledger:
        record(ledger, delivery_to("ben.lind@mail.example.com", token))
    goodbye = BytesIO(f"To: letters@smallloom.example\nSubject: unsubscribe {token}\n\n".encode())
    assert read_mailbox(shop, Path("-"), goodbye, NOW).total() == 1

    capsys.readouterr()
    sitegen("plan", "--on", DAY, "--json")
    plan = json.loads(capsys.readouterr().out)
    assert {line["customer_id"]: line["code"] for line in plan["excluded"] if line["campaign"] == "autumn-mail"} == {
        "C-1": "suppressed",
        "C-2": "suppressed",
    }
    planned = {(line["channel"], line["customer_id"]) for line in plan["planned"]}
    # C-1 wants no texts either; C-3 has no telephone.
    assert planned == {("mail", "C-3"), ("text", "C-2"), ("card", "C-1")}


def delivery_to(address: str, token: str) -> Delivery:
    """What `send` writes down; of an older edition, so that the plan's own is no duplicate."""
    return Delivery(
        campaign="summer-mail",
        edition="summer-mail/2026-07-01",
        channel=Channel.MAIL,
        address_key=hashlib.sha256(address.encode()).hexdigest(),
        customer_id="C-2",
        state=State.ACCEPTED,
        day=date(2026, 7, 1),
        message_class=MessageClass.CARE,
        claimed_at="2026-07-01T07:00:00Z",
        token=token,
    )
