"""Read how lists and feeds are cut: `paginate:` and `feeds:` of site.yaml."""

from __future__ import annotations

from typing import Literal, cast

from sitegen.content.keys import Keys
from sitegen.model.lists import FeedSetting

MOST = 1_000
"""Items of a page, and of a feed."""


def read_paginate(keys: Keys) -> int:
    """How many items a page of a list holds; 0 for all of them."""
    return keys.integer("paginate", 12, 0, MOST)


def read_feeds(keys: Keys) -> FeedSetting:
    """How many entries a feed has, how much of them it tells, and whether tags have feeds."""
    inner = keys.keys("feeds")
    if inner is None:
        return FeedSetting()
    content = inner.one_of("content", ("full", "summary"), "full")
    items, tags = inner.integer("items", 20, 1, MOST), inner.yes_no("tags", default=True)
    setting = FeedSetting(items, cast("Literal['full', 'summary']", content), tags)
    inner.finish()
    return setting
