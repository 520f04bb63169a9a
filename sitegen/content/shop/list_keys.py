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
    """How many entries a feed has, and how much of them it tells."""
    inner = keys.keys("feeds")
    if inner is None:
        return FeedSetting()
    content = inner.one_of("content", ("full", "summary"), "full")
    setting = FeedSetting(inner.integer("items", 20, 1, MOST), cast("Literal['full', 'summary']", content))
    inner.finish()
    return setting
