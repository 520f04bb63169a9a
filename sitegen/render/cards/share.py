"""Make a campaign's picture for sharing: the front of its card on a ground of its own colours."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PIL import Image

from sitegen.render.cards import pictures
from sitegen.render.cards.pictures import Ink, Size
from sitegen.render.cards.press import Press

WIDE: Size = (1200, 630)
SQUARE: Size = (1080, 1080)
MOST = 900_000
"""Bytes of the PNG; what shows previews gives up on larger ones."""
_CONTRAST = 7.0
"""WCAG 2.2, 1.4.6: what text needs to be read by nearly everybody."""
_SHADOW = 16


@dataclass(frozen=True, slots=True)
class Said:
    """What stands beside the card: the campaign's title and the shop's name, and the language of both."""

    title: str
    shop: str
    language: str


def share_image(pdf: bytes, said: Said, size: Size, press: Press) -> bytes:
    """A PNG of `size` (WIDE or SQUARE) with the first page of `pdf`, cut, on a calm ground made of its colours.

    `pdf` is one card of the design that blanking.public makes: it has no name. pdfium turns inks into colours by a
    table of a usual printing condition. Equal arguments make equal bytes.
    """
    width, height = size
    design = press.design
    high, room = (height - 110, width * 0.47) if width > height else (height * 0.62, width - 240)
    high = min(high, room * design.height / design.width)
    card = pictures.cut(pdf, round(high))[0]
    ground, ink = _colours(card)
    picture = pictures.lettered(_words(said, size, card.size), _style(ground, ink, said), size, press)
    pictures.lay(picture, card, _place(size, card.size), _SHADOW)
    return pictures.small_png(picture, MOST)


def _place(size: Size, card: Size) -> Size:
    width, height = size
    if width > height:
        return width - card[0] - (height - card[1]) // 2 - 15, (height - card[1]) // 2
    return (width - card[0]) // 2, 92


def _words(said: Said, size: Size, card: Size) -> str:
    width, height = size
    if width > height:
        place = f"left: 78px; width: {_place(size, card)[0] - 78 - 60}px; top: 0; height: {height}px; text-align: left"
        rule = "margin-left: 0"
    else:
        below = 92 + card[1] + 30
        place = (
            f"left: 90px; width: {width - 180}px; top: {below}px; height: {height - below - 36}px; text-align: center"
        )
        rule = "margin-left: auto"
    letters = sum(1 if character.isascii() else 2 for character in said.title)
    large = (62 if letters <= 30 else 50 if letters <= 60 else 42) - (0 if width > height else 6)
    text = _balanced(escape(said.title)) if width > height else escape(said.title)
    title = f'<h1 style="font-size: {large}px">{text}</h1>'
    return (
        f'<div class="words" style="{place}"><div class="middle">{title}<hr style="{rule}"><p>{escape(said.shop)}</p>'
        "</div></div>"
    )


def _balanced(title: str) -> str:
    """A title of about two lines broken in its middle: no word stands alone."""
    spaces = [place for place, character in enumerate(title) if character == " "]
    if not spaces or not 18 < len(title) <= 40:
        return title
    middle = min(spaces, key=lambda place: abs(place - len(title) / 2))
    return f"{title[:middle]}<br>{title[middle + 1 :]}"


def _style(ground: Ink, ink: Ink, said: Said) -> str:
    slanted = "normal" if said.language.startswith("zh") else "italic"
    return f"""
    html {{ background: rgb{ground}; color: rgb{ink} }}
    .words {{ position: absolute; display: flex; flex-direction: column; justify-content: center }}
    h1 {{ margin: 0; font-weight: 400; line-height: 1.16; }}
    hr {{ width: 84px; border: none; border-top: 2px solid rgb{ink}; margin: 26px auto 22px; opacity: 0.5 }}
    p {{ margin: 0; font-size: 30px; font-style: {slanted}; line-height: 1.2 }}
    """


def _colours(card: Image.Image) -> tuple[Ink, Ink]:
    """A light ground in the hue that the card shows most, and a dark ink of it that is easy to read."""
    few = card.resize((96, 96)).quantize(8, Image.Quantize.MEDIANCUT)
    palette, counts = few.getpalette() or [], few.getcolors() or []
    inks = [(number, _ink(palette, place)) for number, place in counts if isinstance(place, int)]
    chief = max(inks, key=lambda one: (one[0] * (0.25 + _colourfulness(one[1])), one[1]))[1]
    ground, ink = _mixed(chief, (255, 255, 255), 0.82), _mixed(chief, (0, 0, 0), 0.45)
    while contrast(ground, ink) < _CONTRAST:
        ink = _mixed(ink, (0, 0, 0), 0.2)
    return ground, ink


def contrast(one: Ink, other: Ink) -> float:
    """WCAG's ratio of contrast, from 1 (equal) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(ink: Ink) -> float:
    shares = [level / 255 for level in ink]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colourfulness(ink: Ink) -> float:
    return (max(ink) - min(ink)) / 255


def _ink(palette: list[int], place: int) -> Ink:
    return palette[3 * place], palette[3 * place + 1], palette[3 * place + 2]


def _mixed(ink: Ink, other: Ink, share: float) -> Ink:
    red, green, blue = (round(own * (1 - share) + far * share) for own, far in zip(ink, other, strict=True))
    return red, green, blue
