"""Say of each edition how many hear it and how many do not, so that whoever sends can account for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sitegen.build.people import People
from sitegen.build.plan import Plan
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.channel import Channel

AUDIENCE = "audience.json"


def audiences(people: People, plan: Plan, channel: Channel, folder: str) -> Iterator[PrivateArtifact]:
    """`<folder>/<campaign>/audience.json` for each campaign with a candidate on the channel.

    By edition: `planned`, and `excluded` by code; both together are the candidates.
    """
    campaigns: dict[str, dict[str, tuple[int, dict[str, int]]]] = {}
    planned = plan.planned.filter(plan.planned["channel"] == channel.value).group_by(["campaign", "edition"])
    for row in people.engine.ask(planned.aggregate(number=lambda lines: lines.count())):
        campaigns.setdefault(row["campaign"], {})[row["edition"]] = (row["number"], {})
    excluded = plan.excluded.filter(plan.excluded["channel"] == channel.value).group_by(["campaign", "edition", "code"])
    for row in people.engine.ask(excluded.aggregate(number=lambda lines: lines.count())):
        editions = campaigns.setdefault(row["campaign"], {})
        editions.setdefault(row["edition"], (0, {}))[1][row["code"]] = row["number"]
    for campaign, editions in sorted(campaigns.items()):
        told = {edition: {"planned": number, "excluded": codes} for edition, (number, codes) in editions.items()}
        content = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        yield PrivateArtifact(f"{folder}/{campaign}/{AUDIENCE}", content.encode())
