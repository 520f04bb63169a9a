"""The members' programme as data: tiers, and the shop's own days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sitegen.model.attachment import Attachment
from sitegen.model.benefit import Benefit
from sitegen.model.care import Care, Coverage, LifeStages
from sitegen.model.complaint_desk import ComplaintDesk
from sitegen.model.coupons import CouponRule
from sitegen.model.duty import Desk, Duty
from sitegen.model.gathering import Gatherings
from sitegen.model.occasion import Occasion
from sitegen.model.points import Points
from sitegen.model.prices import USUAL_PRICES, Newcomer, Prices
from sitegen.model.related import Related
from sitegen.model.relationship import Contract, Ladder, OffSeason, PaymentOption, PriceProtection
from sitegen.model.report_setting import USUAL_REPORTS, ReportSetting
from sitegen.model.service import Complaints, Returns, Standard
from sitegen.model.stacking import USUAL_STACKING, Stacking
from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier: reached at `threshold` of cumulative spending, worth `discount` per cent, described in `benefit`."""

    name: str
    threshold: Decimal
    discount: Decimal
    benefit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Programme:
    """What content/programme/*.yaml says. Tiers stand in ascending order of their thresholds."""

    tiers: tuple[Tier, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    care: Care | None = None
    life_stages: LifeStages | None = None
    coverage: Coverage | None = None
    standards: tuple[Standard, ...] = ()
    returns: Returns | None = None
    complaints: Complaints | None = None
    contracts: tuple[Contract, ...] = ()
    ladder: tuple[Ladder, ...] = ()
    payment: tuple[PaymentOption, ...] = ()
    off_season: tuple[OffSeason, ...] = ()
    price_protection: PriceProtection | None = None
    coupons: tuple[CouponRule, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    points: Points | None = None
    prices: Prices = USUAL_PRICES
    newcomers: tuple[Newcomer, ...] = ()
    stacking: Stacking = USUAL_STACKING
    benefits: tuple[Benefit, ...] = ()
    gatherings: Gatherings | None = None
    related: Related | None = None
    desk: Desk | None = None
    duties: tuple[Duty, ...] = ()
    complaint_desk: ComplaintDesk | None = None
    reports: ReportSetting = USUAL_REPORTS
