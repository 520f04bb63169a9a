"""Say what a finding of a check is about, by its code."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sitegen.errors import LAW
from sitegen.model.check import CheckClass

CODES: Mapping[CheckClass, tuple[str, ...]] = MappingProxyType(
    {
        CheckClass.INTERNAL_LINKS: ("broken-link",),
        CheckClass.ANCHORS: ("broken-anchor", "anchor-for-few"),
        CheckClass.EXTERNAL_LINKS: ("dead-link", "moved-link"),
        CheckClass.EXPIRY: ("expiring-link", "link-before-its-page"),
        CheckClass.IMAGES: (
            "picture-without-words",
            "large-picture",
            "heavy-picture",
            "wrong-picture-ending",
            "damaged-picture",
        ),
        CheckClass.UNUSED_ASSETS: ("unused-asset",),
        CheckClass.ORPHANS: ("orphan-page",),
        CheckClass.COVERAGE: ("unused-segment", "segment-without-content", "nobody-to-reach"),
        CheckClass.OCCASIONS: ("bare-occasion",),
        CheckClass.LANGUAGES: ("untranslated-page",),
        CheckClass.DRAFTS: ("stale-draft",),
        CheckClass.OVERRIDES: (
            "override-of-nothing",
            "same-as-parent",
            "stale-copy",
            "theme-name",
            "theme-without-end",
            "unread-file",
            "unused-file",
            "unused-layout",
        ),
        CheckClass.WORDS: ("unused-word", "untranslated-word", "half-changed-word", "missing-word"),
        CheckClass.DUPLICATES: ("shared-email", "shared-phone", "bad-email", "bad-phone", "no-address"),
        CheckClass.POINTS: ("points-as-price", "unknown-gift-product", "unknown-points-group", "gift-for-other-points"),
        CheckClass.COUPONS: ("coupon-used-late", "coupon-used-twice", "coupon-of-no-rule"),
        CheckClass.PRICES: ("product-without-cost", "unknown-priced-goods"),
        CheckClass.GATHERINGS: (
            "missing-gathering",
            "overbooked-event",
            "unlisted-event",
            "event-differs",
            "idea-waits",
            "poll-differs",
            "unknown-product",
        ),
        CheckClass.CARE: (
            "product-without-care",
            "uncovered-product",
            "bare-month",
            "stage-without-page",
            "unknown-goods",
        ),
        CheckClass.SERVICE: (
            "open-return",
            "long-return",
            "vague-standard",
            "unmeasured-standard",
            "hard-complaint",
            "hard-reading",
            "survey-gap",
        ),
        CheckClass.DUTIES: ("unproved-duty", "region-without-store", "result-of-no-duty", "excuse-without-reason"),
        CheckClass.PROMISES: ("overdue-promise", "unproved-promise"),
        CheckClass.COMPLAINTS: ("uncounted-step", "unproved-step", "mechanical-apology"),
    }
)
"""The rest is about messages: what the message law, the mails and the texts would like better."""
_BY_CODE = {code: name for name, codes in CODES.items() for code in codes}


def class_of(code: str) -> CheckClass:
    """The class of a finding."""
    return CheckClass.MESSAGES if code.startswith(LAW) else _BY_CODE.get(code, CheckClass.MESSAGES)
