"""Decide what a page or campaign is on a day: for its audience, for those who are told first, or not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeAlias

from sitegen.model.campaign import Campaign, Window
from sitegen.model.embargo import EarlyAccess
from sitegen.model.page import Page

Thing: TypeAlias = Page | Campaign


def standing(thing: Thing, today: date) -> Thing | None:
    """The thing as its readers of that day find it; None where it is not there for anybody.

    Before its `publish_on` it is for those of its `first` whose days have come, as if it had been written for them:
    its teaser is for the public, and its old addresses too, so both wait.
    """
    if thing.window.contains(today):
        return thing
    reached = [early for early in thing.first if early.day <= today]
    until = thing.window.publish_on
    if not reached or until is None or until <= today:
        return None
    return _early(thing, reached[-1])


def _early(thing: Thing, early: EarlyAccess) -> Thing:
    later = (other.day for other in thing.first if other.day > early.day)
    window = Window(early.day, next(later, thing.window.publish_on))
    shown = replace(thing, audience=early.audience, body=early.body, window=window, teaser="", aliases=(), first=())
    if isinstance(shown, Page) and shown.day and shown.day > early.day:
        # News bears the day on which its readers get it, and never one to come.
        return replace(shown, day=early.day)
    return shown
