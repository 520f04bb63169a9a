"""Make the links by which advisers write down results of duties and steps of complaints at the receiver."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from sitegen.model.channel import Channel, MessageClass
from sitegen.model.claim import Claim, Purpose
from sitegen.model.complaint_desk import Step
from sitegen.model.shop import Shop
from sitegen.protect.tokens import Sealer, seal


def result_link(shop: Shop, sealer: Sealer | None, row: Mapping[str, Any], today: date) -> str:
    """The address of the form for a duty's result; `row` has INSTANCE_COLUMNS.

    "" where the shop has no receiver, or the build no key of it, or nobody is responsible. It opens for 60 days.
    """
    about = f"{row['duty']}/{row['subject']}"
    return _link(shop, sealer, _claim(Purpose.RESULT, about, (row["customer_id"], row["adviser_id"]), today))


def step_link(
    shop: Shop, sealer: Sealer | None, step: tuple[str, Step], who: tuple[str, str | None], today: date
) -> str:
    """The address of the form for the next step of a complaint: its id and the step, the customer's id and that of
    the adviser who takes it. "" as `result_link`.
    """
    complaint, name = step
    return _link(shop, sealer, _claim(Purpose.STEP, f"{complaint}/{name}", who, today))


def _claim(purpose: Purpose, about: str, who: tuple[str, str | None], today: date) -> Claim:
    customer_id, adviser_id = who
    return Claim(
        purpose=purpose,
        customer_id=customer_id,
        channel=Channel.PAGE,
        message_class=MessageClass.CARE,
        campaign="",
        edition="",
        address_key=sha256((adviser_id or "").encode()).hexdigest(),
        day=today,
        about=about,
        adviser_id=adviser_id or "",
    )


def _link(shop: Shop, sealer: Sealer | None, claim: Claim) -> str:
    if not shop.receiver or sealer is None or not claim.adviser_id:
        return ""
    return f"{shop.receiver}/{claim.purpose}?token={seal(sealer, claim)}"
