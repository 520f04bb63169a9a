"""Read `image:` of a page or campaign: the picture that stands for it in lists, and where it is shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign
from sitegen.model.page import Page
from sitegen.model.picture import PagePicture
from sitegen.model.project import Asset
from sitegen.render.pictures import TYPES, is_picture

ASSETS = "/assets/"


def read_picture(keys: Keys) -> PagePicture | None:
    """The picture, None where there is none; what is no asset is reported."""
    source = keys.text("image")
    if not source:
        return None
    if not source.startswith(ASSETS):
        hint = "put it into content/assets/, and write /assets/name"
        keys.problems.append(keys.place("image").problem("missing-image", f"image '{source}' is not an asset", hint))
        return None
    return PagePicture(source.removeprefix(ASSETS), keys.place("image"))


def check_pictures(things: Iterable[Page | Campaign], assets: Mapping[str, Asset]) -> Iterator[Problem]:
    """The pictures that are not there, or that no browser shows."""
    for picture in (thing.image for thing in things if thing.image):
        if picture.path not in assets:
            near = get_close_matches(picture.path, sorted(assets), 1, 0.5)
            hint = f"did you mean '{ASSETS}{near[0]}'?" if near else "put the file there, or correct the name"
            yield picture.place.problem("missing-image", f"missing image '{ASSETS}{picture.path}'", hint)
        elif not is_picture(picture.path):
            hint = f"use one of {', '.join(sorted(TYPES))}"
            message = f"'{ASSETS}{picture.path}' is no picture that browsers show"
            yield picture.place.problem("not-an-image", message, hint)
