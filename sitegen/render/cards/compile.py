"""Make a design's plate: its art drawn once, and the fastest way that prints what the reference engine prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TypeAlias

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from numpy.typing import NDArray

from sitegen.model.card import Card, Side
from sitegen.render.cards import art, fast, reference
from sitegen.render.cards.art_checks import unfit_art
from sitegen.render.cards.cutting import Inexpressible
from sitegen.render.cards.plate import Plate, Way
from sitegen.render.cards.press import Press
from sitegen.render.cards.refusal import CardsRefused, Refused
from sitegen.render.cards.soundness import sound
from sitegen.render.cards.style_checks import unfit_style
from sitegen.render.cards.written import Written, written

Engine: TypeAlias = Callable[[Press, Plate, Sequence[Written]], tuple[pikepdf.Pdf, list[Refused]]]
Picture: TypeAlias = NDArray[np.int16]

DOTS = 150
"""Dots per inch at which both engines' cards are compared."""
DIFFERENT = 96
"""Levels of 255 by which a dot must differ, from the dots beside it too, to count. Less is how edges are smoothed; and
WeasyPrint rounds each letter's advance by the size in which the document had that letter first, which moves letters
by a third of a dot."""
TOLERATED = 12
"""Dots of a page that may differ."""
_SAMPLE = Card(
    record=1,
    customer_id="sample",
    name="Ada Lo",
    lines=("12 Harbour Street", "Bristol BS1 4RN"),
    greeting="<p>Two lines of <strong>good</strong> wishes, so long that they are broken in between.</p><p>A.</p>",
    link="https://members.example/#0123456789ABCDEFGHJKMNPQRSTV",
    code="0123 4567 89AB CDEF GHJK MNPQ RSTV",
    adviser="Ines Go",
    adviser_title="adviser",
    adviser_phone="+49 40 1234",
    store="Harbour",
    shop="Shop",
    hotline="0800 1234",
    language="en",
    tier="Gold",
    since="1 May 2020",
    giver="Ben",
    shop_lines=("Shop", "1 Street", "20095 Hamburg"),
    site="members.example",
    country="DE",
)
_SAMPLES = (
    _SAMPLE,
    replace(
        _SAMPLE, record=2, customer_id="longer", name="Maximiliane Great-Hartlepool", code="Q123 4567 89AB CDEF GHJK"
    ),
    replace(
        _SAMPLE, record=3, customer_id="third", language="zh", name="欧阳明", greeting="<p>愿您平安喜乐。</p>", link=""
    ),
)


def plate(press: Press) -> Plate:
    """Draw the art, print three samples in each way, fastest first, and keep the first that equals the reference.

    Raises CardsRefused where the design is broken.
    """
    with sound(press.design):
        drawn = art.drawn(press)
    if faults := (*unfit_art(press.design), *unfit_style(press.design)):
        raise CardsRefused(press.design.name, faults)
    with sound(press.design):
        samples = [written(press, card) for card in _SAMPLES]
        why: list[str] = []
        for way in (Way.LINES, Way.GROUPS):
            fault = _fault(press, way, samples)
            if not fault:
                return Plate(drawn, way, "; ".join(why))
            why.append(fault)
        return Plate(drawn, Way.PAGES, "; ".join(dict.fromkeys(why)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page as it looks, the art left out: grey levels, and its letters in order of the alphabet."""

    side: Side
    picture: Picture
    letters: tuple[str, ...]


def _fault(press: Press, way: Way, samples: Sequence[Written]) -> str:
    """What a way can't express of the samples, "" where it prints them as the reference does."""
    try:
        quick = _seen(fast.pages, press, way, samples)
    except Inexpressible as error:
        return str(error)
    whole = _seen(reference.pages, press, Way.PAGES, samples)
    for one, other in zip(quick, whole, strict=False):
        if one.letters != other.letters or not _alike(one.picture, other.picture):
            return f"its {one.side} looks different when its slots are set apart"
    return "" if len(quick) == len(whole) else "it makes another number of pages"


def _alike(one: Picture, other: Picture) -> bool:
    return one.shape == other.shape and max(_strange_dots(one, other), _strange_dots(other, one)) <= TOLERATED


def _strange_dots(one: Picture, other: Picture) -> int:
    """Dots of a page that are like none of the three in a row of the other page there."""
    padded = np.pad(other, ((0, 0), (1, 1)), mode="edge")
    around = [np.abs(one - padded[:, right : right + one.shape[1]]) for right in range(3)]
    return int(np.count_nonzero(np.minimum.reduce(around) > DIFFERENT))


def _seen(engine: Engine, press: Press, way: Way, samples: Sequence[Written]) -> list[_Seen]:
    """The pages of the samples that fit."""
    bare = replace(press, design=replace(press.design, art={}))
    target, refused = engine(bare, Plate(b"", way, ""), samples)
    too_long = {one.record for one in refused}
    content = BytesIO()
    with target:
        target.save(content)
    pages = [(made.card.record, side) for made in samples for side in Side]
    with closing(pypdfium2.PdfDocument(content.getvalue())) as document:
        drawn = [
            (page.render(scale=DOTS / 72, grayscale=True).to_numpy().astype(np.int16), _letters(page))
            for page in document
        ]
    return [_Seen(side, *one) for (record, side), one in zip(pages, drawn, strict=False) if record not in too_long]


def _letters(page: pypdfium2.PdfPage) -> tuple[str, ...]:
    with closing(page.get_textpage()) as words:
        return tuple(sorted("".join(words.get_text_range().split())))
