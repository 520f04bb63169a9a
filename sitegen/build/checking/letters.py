"""Compose every mail and text once for each kind of reader, as it would leave on its next day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, combinations

from sitegen.audience.calendar.due import Period, slots
from sitegen.audience.calendar.occasions import Occasions
from sitegen.build.order import Order
from sitegen.build.site import open_file_addresses, page_addresses
from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.campaign import Campaign, OnDate
from sitegen.model.channel import Channel
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.tree import Place
from sitegen.render.away import AwayLinks
from sitegen.render.mail import compose as mail
from sitegen.render.mail import views as mail_views
from sitegen.render.merge import MergeTemplate
from sitegen.render.parts import Offers
from sitegen.render.text import alphabet as text_alphabet
from sitegen.render.text import text
from sitegen.render.theme import Templates, templates

A_YEAR = timedelta(days=366)
MOST_MIXED = 3
"""Audiences of one letter up to which every mixture of them is composed; of more, none, each, and all."""
NOTHING: frozenset[str] = frozenset()
EVERYTHING = frozenset(use.name for use in mail_views.TEMPLATE_FIELDS)
"""What a mail's template may know of its reader."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One campaign by one channel.

    `compose` makes it for one of its variants; what comes back had better be mended, and what may not be sent is
    raised as Mistakes.
    """

    campaign: str
    variants: tuple[mail.Variant, ...]
    compose: Callable[[mail.Variant], tuple[Problem, ...]]


def letters(project: Project, channel: Channel, order: Order, lock: Lock) -> tuple[Letter, ...]:
    """The letters of all campaigns that go by mail, or by text; drafts never leave, so they are none."""
    addressed, sheets = _addresses(project, order, lock), templates(project.theme, {})
    campaigns = [one for one in project.campaigns if channel in one.channels and not one.draft]
    offers = Offers(project, order.first)
    made: list[Letter] = []
    for one in campaigns:
        there = addressed(_leaves(project, one, channel, order.first))
        made.append(
            _mail(project, one, there, (sheets, offers)) if channel is Channel.MAIL else _text(project, one, there)
        )
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Where pages and open files stand on one day."""

    pages: Mapping[str, str]
    files: Mapping[str, str]


def _addresses(project: Project, order: Order, lock: Lock) -> Callable[[date], _Addresses]:
    @cache
    def on(day: date) -> _Addresses:
        then = replace(order, first=day, last=day)
        return _Addresses(page_addresses(project, then, lock), open_file_addresses(project, then))

    return on


def _leaves(project: Project, campaign: Campaign, channel: Channel, today: date) -> date:
    """The next day on which it leaves; the day on which it left; today where nobody knows, as with the weather."""
    occasions = Occasions(project.programme.occasions, project.shop.holiday_countries)
    first = min(today, campaign.timing.day - A_YEAR) if isinstance(campaign.timing, OnDate) else today
    last = max(today, campaign.timing.day) if isinstance(campaign.timing, OnDate) else today
    found = slots(campaign, project.shop, occasions, Period(first, first, last + A_YEAR))
    days = [slot.day for slot in found if slot.channel is channel]
    return min((day for day in days if day >= today), default=max(days, default=today))


def _mail(project: Project, campaign: Campaign, addressed: _Addresses, made: tuple[Templates, Offers]) -> Letter:
    shop, (sheets, offers) = project.shop, made
    setting = mail.MailSetting(shop, sheets, _links(project, campaign, addressed), f"{shop.url}/", offers)
    path = addressed.pages.get(f"campaigns/{campaign.id}.md")
    page_url = shop.origin + path if path else ""

    def compose(variant: mail.Variant) -> tuple[Problem, ...]:
        return mail.compose(campaign, variant, setting, page_url).notices

    stranger = mail.Variant(NOTHING, NOTHING)
    return Letter(campaign.id, (stranger, *_variants(campaign, EVERYTHING)), compose)


def _text(project: Project, campaign: Campaign, addressed: _Addresses) -> Letter:
    links = _links(project, campaign, addressed)

    def compose(variant: mail.Variant) -> tuple[Problem, ...]:
        made = text.compose(campaign, variant.audiences, project.shop, project.theme, links)
        _refuse_long(campaign, made)
        return ()

    return Letter(campaign.id, tuple(_variants(campaign, NOTHING)), compose)


def _links(project: Project, campaign: Campaign, addressed: _Addresses) -> AwayLinks:
    source = f"campaigns/{campaign.id}.md"
    pages, files = addressed.pages.get, addressed.files
    return AwayLinks(project.shop, source, campaign.body.file, pages, project.assets, files, campaign.language)


def _variants(campaign: Campaign, known: frozenset[str]) -> Iterator[mail.Variant]:
    """Readers of all mixtures of the letter's audiences, from those who are in none to those who are in all."""
    audiences = campaign.body.audiences
    sizes = range(len(audiences) + 1) if len(audiences) <= MOST_MIXED else (0, 1, len(audiences))
    for mixed in chain.from_iterable(combinations(audiences, size) for size in sizes):
        yield mail.Variant(frozenset(mixed), known)


def _refuse_long(campaign: Campaign, made: text.TextTemplate) -> None:
    """Refuse what is too long for everybody, whatever the values of its fields."""
    least = text_alphabet.segments(_shortest(made.alone))
    most = made.shop.texts.most_segments
    if least > most:
        block = next(iter(campaign.body.blocks), None)
        place = Place(campaign.body.file, block.line, 1) if block else campaign.place
        message = f"the text takes {least} segments or more for everybody; {most} are allowed"
        hint = "say less, or write 'texts: {most_segments: N}' in site.yaml"
        raise Mistakes([place.problem("long-text", message, hint)], Exit.MESSAGE)


def _shortest(words: MergeTemplate) -> str:
    return "".join(part if isinstance(part, str) else part.fallback or "" for part in words.parts)
