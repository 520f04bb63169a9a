"""Hold duties against the rest of the shop: the desk, the campaigns, and what can be proved at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.duty import Act, By, Desk, Duty
from sitegen.model.programme import Programme


def check_duties(programme: Programme, campaigns: Collection[str], problems: list[Problem]) -> None:
    """Report duties without a desk, for a region or a head office that nobody is named for, and unknown letters."""
    desk, duties = programme.desk, programme.duties
    if duties and desk is None:
        message, hint = "there are duties, and no desk where anybody does them", "add 'desk: {since: 2026-08-01}'"
        problems.append(duties[0].place.problem("duties-without-desk", message, hint))
    for duty in duties:
        if duty.campaign and duty.campaign not in campaigns:
            message = f"the duty '{duty.name}' names an unknown campaign '{duty.campaign}'"
            hint = did_you_mean(duty.campaign, campaigns)
            problems.append(duty.place.problem("unknown-campaign", message, hint))
        if desk is not None:
            problems.extend(_nobody(duty, desk))


def _nobody(duty: Duty, desk: Desk) -> Iterator[Problem]:
    if duty.by is By.REGION and not desk.regions:
        message = f"the duty '{duty.name}' is a region's, and the desk names nobody for any region"
        yield duty.place.problem("duty-for-nobody", message, "add 'regions: {North: A-05}' to 'desk'")
    if duty.by is By.HEAD_OFFICE and not desk.head_office:
        message = f"the duty '{duty.name}' is the head office's, and the desk names nobody there"
        yield duty.place.problem("duty-for-nobody", message, "add 'head office: A-05' to 'desk'")


def duty_warnings(programme: Programme) -> Iterator[Problem]:
    """Duties of which only the desk's own word will ever say that they were done."""
    for duty in programme.duties:
        if duty.act is Act.TASK and not (duty.done_on or duty.campaign):
            message = f"nothing but the desk's word will prove the duty '{duty.name}'"
            hint = "name a column of the row with the day on which it was done: 'done on: returned_on'"
            yield duty.place.problem("unproved-duty", message, hint)
