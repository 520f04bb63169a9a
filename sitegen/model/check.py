"""What a shop wants of a check: how much each class of findings weighs, and which outside addresses it leaves alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class CheckLevel(StrEnum):
    """What a finding is: a mistake, a warning (a mistake to the strict), something to know, or nothing at all."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"
    IGNORE = "ignore"


class CheckClass(StrEnum):
    """What a finding is about. What stops a build of the day is a mistake, whatever its class."""

    INTERNAL_LINKS = "internal-links"
    ANCHORS = "anchors"
    EXTERNAL_LINKS = "external-links"
    EXPIRY = "expiry"
    IMAGES = "images"
    UNUSED_ASSETS = "unused-assets"
    ORPHANS = "orphans"
    COVERAGE = "coverage"
    OCCASIONS = "occasions"
    LANGUAGES = "languages"
    DRAFTS = "drafts"
    OVERRIDES = "overrides"
    WORDS = "words"
    DUPLICATES = "duplicates"
    POINTS = "points"
    COUPONS = "coupons"
    PRICES = "prices"
    GATHERINGS = "gatherings"
    CARE = "care"
    SERVICE = "service"
    DUTIES = "duties"
    PROMISES = "promises"
    COMPLAINTS = "complaints"
    MESSAGES = "messages"


DEFAULTS: Mapping[CheckClass, CheckLevel] = MappingProxyType(
    {
        CheckClass.INTERNAL_LINKS: CheckLevel.ERROR,
        CheckClass.ANCHORS: CheckLevel.ERROR,
        CheckClass.EXTERNAL_LINKS: CheckLevel.WARN,
        CheckClass.EXPIRY: CheckLevel.WARN,
        CheckClass.IMAGES: CheckLevel.WARN,
        CheckClass.UNUSED_ASSETS: CheckLevel.WARN,
        CheckClass.ORPHANS: CheckLevel.INFO,
        CheckClass.COVERAGE: CheckLevel.INFO,
        CheckClass.OCCASIONS: CheckLevel.INFO,
        CheckClass.LANGUAGES: CheckLevel.INFO,
        CheckClass.DRAFTS: CheckLevel.WARN,
        CheckClass.OVERRIDES: CheckLevel.WARN,
        CheckClass.WORDS: CheckLevel.WARN,
        CheckClass.DUPLICATES: CheckLevel.INFO,
        CheckClass.POINTS: CheckLevel.WARN,
        CheckClass.COUPONS: CheckLevel.WARN,
        CheckClass.PRICES: CheckLevel.WARN,
        CheckClass.GATHERINGS: CheckLevel.WARN,
        CheckClass.CARE: CheckLevel.WARN,
        CheckClass.SERVICE: CheckLevel.WARN,
        CheckClass.DUTIES: CheckLevel.WARN,
        CheckClass.PROMISES: CheckLevel.INFO,
        CheckClass.COMPLAINTS: CheckLevel.INFO,
        CheckClass.MESSAGES: CheckLevel.WARN,
    }
)


@dataclass(frozen=True, slots=True)
class CheckSetting:
    """The `check:` of site.yaml: levels that differ from DEFAULTS, and how addresses begin that nobody visits."""

    levels: Mapping[CheckClass, CheckLevel] = field(default_factory=dict)
    skip: tuple[str, ...] = ()

    def level(self, name: CheckClass) -> CheckLevel:
        """How much a class weighs in this shop."""
        return self.levels.get(name, DEFAULTS[name])


USUAL_CHECK = CheckSetting()
"""What holds where site.yaml says nothing."""
