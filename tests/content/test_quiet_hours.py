"""`quiet_hours:` and the rest of `caps:` of site.yaml."""

from __future__ import annotations

from datetime import time

import pytest

from sitegen.model.channel import Channel, Kind, MessageClass
from sitegen.model.quiet_hours import QuietHours
from sitegen.model.shop import Cap
from tests.content.test_caps import shop

NIGHT, NEVER = QuietHours(time(20), time(9)), QuietHours(time(0), time(0))


@pytest.mark.parametrize(
    ("lines", "mail", "text"),
    [
        ("", NIGHT, NIGHT),
        ("quiet_hours: 21:30-8:00\n", QuietHours(time(21, 30), time(8)), QuietHours(time(21, 30), time(8))),
        ("quiet_hours: none\n", NEVER, NEVER),
        ("quiet_hours: {mail: none}\n", NEVER, NIGHT),
        ("quiet_hours: {text: 12:00 - 14:00}\n", NIGHT, QuietHours(time(12), time(14))),
    ],
)
def test_quiet_hours_are_of_all_channels_or_of_each(lines: str, mail: QuietHours, text: QuietHours) -> None:
    found = shop(lines)
    assert (found.quiet(Channel.MAIL), found.quiet(Channel.TEXT)) == (mail, text)


def test_caps_may_be_of_one_channel_and_some_kinds_may_go_in_spite_of_them() -> None:
    found = shop("caps:\n  promotion: {text: {month: 1}, week: 2}\n  bypass: [birthday, apology]\n")
    assert found.caps == (
        Cap(MessageClass.PROMOTION, "week", 2),
        Cap(MessageClass.PROMOTION, "month", 1, Channel.TEXT),
    )
    assert found.bypass == (Kind.BIRTHDAY, Kind.APOLOGY)
