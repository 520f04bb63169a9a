"""From a duty on an adviser's list, by the link beside it and the receiver's form, to the next build that knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from sitegen.build.desk.duties import duty_table
from sitegen.build.desk.tokens import result_link, step_link
from sitegen.build.people import open_people
from sitegen.build.post.receiver import prepare
from sitegen.content.project import read_project
from sitegen.content.shop.shop_file import shop_of
from sitegen.model.claim import Claim, Purpose
from sitegen.model.complaint_desk import Step
from sitegen.protect.tokens import sealer, unseal
from sitegen.send.receiver.app import application
from tests.send.receiving import FORM, KEY, ask
from tests.servers.receiver import small_shop

TODAY = date(2026, 9, 8)
NOW = datetime(2026, 9, 8, 6, tzinfo=UTC)
DUTIES = """\
desk: {since: 2026-01-01}
duties:
  - name: big-order
    title: Call about the big order
    what: call
    for each: orders
    with: {amount: more than 500}
    within: 7 days
    questions: [{ask: Do they like it?, answer: liked}, Does the zip close?]
  - name: open-question
    title: Answer what stayed open
    what: contact
    for each: contacts
    with: {outcome: is open-question}
    within: 3 days
    by: row
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = small_shop(tmp_path / "shop")
    (root / "content" / "programme").mkdir(exist_ok=True)
    (root / "content" / "programme" / "duties.yaml").write_text(DUTIES)
    customers = root / "content" / "customers"
    (customers / "advisers.csv").write_text("adviser_id,first_name\nA-1,Wen\n")
    orders = (customers / "orders.csv").read_text().splitlines()
    text = "\n".join([f"{orders[0]},adviser_id", *(f"{line},A-1" for line in orders[1:]), ""])
    (customers / "orders.csv").write_text(text)
    return root


def duties(root: Path) -> list[Mapping[str, Any]]:
    project = read_project(root)
    with open_people(root, project, TODAY) as people:
        table = duty_table(root, project, people, TODAY, "duties")
        return people.engine.ask(table.order_by("duty", "subject"))


def test_a_result_from_the_link_beside_a_duty_is_its_proof_in_the_next_build(shop: Path) -> None:
    (owed,) = duties(shop)
    assert (owed["subject"], owed["customer_id"], owed["adviser_id"], owed["done_on"]) == ("O-1", "C-1", "A-1", None)
    link = result_link(shop_of(shop), sealer(KEY), owed, TODAY)
    app = application(prepare(shop, KEY, lambda: NOW, lambda: 0.0), pytest.fail)
    target = link.removeprefix("https://hello.smallloom.example")

    page = ask(app, target)
    assert page.status == 200
    for words in ("Call about the big order", "Do they like it?", "Does the zip close?"):
        assert words in page.body
    said = {"day": "2026-09-07", "channel": "call", "outcome": "open-question", "question 1": "It sticks."}
    thanks = ask(app, target, "POST", [urlencode(said).encode()], {"content-type": FORM})
    found = re.search(r"\bD-[0-9A-Z]{4}-[0-9A-Z]{4}\b", thanks.body)
    assert found

    done, open_question = duties(shop)
    assert (done["subject"], done["done_on"], done["proof"]) == ("O-1", date(2026, 9, 7), f"contact {found[0]}")
    assert (open_question["duty"], open_question["subject"], open_question["adviser_id"]) == (
        "open-question",
        found[0],
        "A-1",
    )


def test_links_name_who_may_write_what_and_there_are_none_without_a_receiver_a_key_or_somebody_responsible(
    shop: Path,
) -> None:
    model, key = shop_of(shop), sealer(KEY)
    row = {"duty": "big-order", "subject": "O-1", "customer_id": "C-1", "adviser_id": "A-1"}
    token = result_link(model, key, row, TODAY).partition("/result?token=")[2]
    claim = unseal(key, token, Purpose.RESULT)
    assert isinstance(claim, Claim)
    assert (claim.about, claim.customer_id, claim.adviser_id, claim.day) == ("big-order/O-1", "C-1", "A-1", TODAY)
    assert unseal(key, token, Purpose.STEP) is None
    step = step_link(model, key, ("B-1", Step.TALK), ("C-1", "A-1"), TODAY).partition("/step?token=")[2]
    told = unseal(key, step, Purpose.STEP)
    assert told is not None
    assert (told.about, told.customer_id, told.adviser_id) == ("B-1/talk", "C-1", "A-1")
    assert [
        result_link(replace(model, receiver=""), key, row, TODAY),
        result_link(model, None, row, TODAY),
        result_link(model, key, {**row, "adviser_id": None}, TODAY),
        step_link(model, None, ("B-1", Step.TALK), ("C-1", "A-1"), TODAY),
    ] == [""] * 4
