"""Check what campaigns ask of their readers by links to forms: an answer to their event, or to a survey."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sitegen.content.form_links import CODE
from sitegen.content.references import pointers
from sitegen.errors import Problem
from sitegen.model.body import place_in
from sitegen.model.campaign import Campaign
from sitegen.model.claim import Purpose
from sitegen.model.form_link import FormLink, form_link
from sitegen.model.survey import Survey
from sitegen.model.tree import Place


def check_invitations(campaigns: Iterable[Campaign], surveys: Iterable[Survey], problems: list[Problem]) -> None:
    """Add a problem for each link of a campaign that asks for an answer to no event, or leads to no survey."""
    names = frozenset(survey.name for survey in surveys)
    found = (problem for campaign in campaigns for problem in _problems(campaign, names))
    # Words that several campaigns take from one message have one place.
    problems.extend(dict.fromkeys(found))


def invited(campaign: Campaign) -> frozenset[str]:
    """The surveys to which a campaign invites: its own by its name, and those to which it links."""
    linked = (form for form, _ in _links(campaign) if form.purpose is Purpose.SURVEY)
    return frozenset({_own(campaign), *(form.name for form in linked if form.name)})


def _problems(campaign: Campaign, surveys: Collection[str]) -> Iterator[Problem]:
    for form, place in _links(campaign):
        if form.purpose is Purpose.RSVP and not (campaign.event and campaign.event.id):
            message = f"'rsvp:' asks for an answer, and '{campaign.id}' invites to no event of the customer file"
            yield place.problem(CODE, message, "write 'event: {id: NUMBER, start: ...}' above the text")
        elif form.purpose is Purpose.SURVEY and not form.name and _own(campaign) not in surveys:
            message = f"there is no survey '{_own(campaign)}', which '{campaign.id}' would ask"
            hint = f"write content/surveys/{_own(campaign)}.yaml, or name another one: [words](survey:NAME)"
            yield place.problem(CODE, message, hint)


def _own(campaign: Campaign) -> str:
    return campaign.id.rpartition("/")[2]


def _links(campaign: Campaign) -> Iterator[tuple[FormLink, Place]]:
    for block in campaign.body.blocks:
        for pointer in pointers(block.markdown):
            if form := form_link(pointer.target):
                yield form, place_in(campaign.body, block, pointer.offset)
