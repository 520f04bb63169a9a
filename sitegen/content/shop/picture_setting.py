"""Read how pictures are sized and packed: the `images:` of site.yaml."""

from __future__ import annotations

from typing import cast, get_args

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.model.picture import Packing, PictureSetting, Quality

NARROWEST, WIDEST = 16, 4096
MOST_WIDTHS = 8
CHOSEN = ("avif", "webp")
"""What browsers may choose; each of them shows JPEG and PNG, which is what there is besides."""


def read_images(keys: Keys) -> PictureSetting:
    """How pictures are made; what is wrong is added to the keys' problems."""
    usual = PictureSetting()
    inner = keys.keys("images")
    if inner is None:
        return usual
    setting = PictureSetting(
        widths=_widths(inner) or usual.widths,
        formats=_formats(inner) if inner.node("formats") else usual.formats,
        quality=_quality(inner, usual.quality),
        cards=inner.yes_no("cards", usual.cards),
    )
    inner.finish()
    return setting


def _widths(keys: Keys) -> tuple[int, ...]:
    widths: set[int] = set()
    for scalar in keys.scalars("widths"):
        # Other digits than 0 to 9 are digits for Python too.
        number = int(scalar.text) if scalar.text.isascii() and scalar.text.isdigit() and len(scalar.text) < 6 else 0
        if NARROWEST <= number <= WIDEST:
            widths.add(number)
        else:
            hint = f"write pixels from {NARROWEST} to {WIDEST}, like [480, 960, 1440]"
            keys.problems.append(scalar.place.problem("wrong-value", f"'{scalar.text}' is no width of a picture", hint))
    if len(widths) > MOST_WIDTHS:
        message = f"'widths' has {len(widths)} widths, and each picture would be made in all of them"
        keys.problems.append(keys.place("widths").problem("wrong-value", message, f"keep at most {MOST_WIDTHS}"))
    return tuple(sorted(widths))


def _formats(keys: Keys) -> tuple[Packing, ...]:
    for scalar in keys.scalars("formats"):
        if scalar.text not in CHOSEN:
            hint = did_you_mean(scalar.text, CHOSEN)
            if scalar.text in {*get_args(Packing), "jpg"}:
                hint = "leave it out: it is made in any case, for browsers that know nothing better"
            keys.problems.append(scalar.place.problem("unknown-word", f"unknown format '{scalar.text}'", hint))
    written = dict.fromkeys(format_ for format_ in keys.texts("formats") if format_ in CHOSEN)
    return cast("tuple[Packing, ...]", tuple(written))


def _quality(keys: Keys, usual: Quality) -> Quality:
    inner = keys.keys("quality")
    if inner is None:
        return usual
    quality = Quality(
        inner.integer("avif", usual.avif, 1, 100),
        inner.integer("webp", usual.webp, 1, 100),
        inner.integer("jpeg", usual.jpeg, 1, 100),
    )
    inner.finish()
    return quality
