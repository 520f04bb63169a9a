"""The whole shop as one frozen value: what content/ and themes/ say, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.errors import Problem
from sitegen.model.allowance import Allowance
from sitegen.model.campaign import Campaign
from sitegen.model.goods import NO_GOODS, Goods
from sitegen.model.message import Message
from sitegen.model.page import Page
from sitegen.model.print_house import NOBODY, PrintHouse
from sitegen.model.programme import Programme
from sitegen.model.rule import FactSpec
from sitegen.model.segment import Segment
from sitegen.model.shop import Shop
from sitegen.model.site_data import NO_DATA, DataMap
from sitegen.model.staff_page import StaffPage
from sitegen.model.survey import Survey
from sitegen.model.theme import Theme


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of content/assets/. `path` is relative to content/assets/."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that was written, in the order of its file names. `segments` includes the unnamed ones.

    `warnings` are what somebody should know, and what stops whoever asks for strictness. `rules` are the audiences that
    the rules of the programme's parts mean, by their YAML. `goods` are what pages show of the customer file: there
    are none until a build has asked for them (`build.goods`); `staff` the pages of the house that a shop has on its
    site, none until then either (`build.desk.on_site`).
    """

    shop: Shop
    facts: tuple[FactSpec, ...]
    segments: tuple[Segment, ...]
    campaigns: tuple[Campaign, ...]
    pages: tuple[Page, ...]
    programme: Programme
    theme: Theme
    assets: Mapping[str, Asset]
    messages: tuple[Message, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    print_house: PrintHouse = NOBODY
    surveys: tuple[Survey, ...] = ()
    warnings: tuple[Problem, ...] = ()
    data: DataMap = NO_DATA
    rules: Mapping[str, str] = field(default_factory=dict)
    goods: Goods = NO_GOODS
    staff: tuple[StaffPage, ...] = ()

    def segment(self, name: str) -> Segment | None:
        """The segment of that id, or None."""
        return next((segment for segment in self.segments if segment.id == name), None)

    def campaign(self, name: str) -> Campaign | None:
        """The campaign of that id, or None."""
        return next((campaign for campaign in self.campaigns if campaign.id == name), None)
