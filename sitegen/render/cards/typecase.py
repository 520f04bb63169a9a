"""Load the fonts of a run once, and set pages of HTML with them and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from string import ascii_letters, digits
from types import MappingProxyType

from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from sitegen.render.cards.block import LEADING
from sitegen.render.cards.fetcher import BASE, DesignFetcher

_STYLE = """
@page {{ size: {width}mm {height}mm; margin: 0 }}
html {{ margin: 0; color: device-cmyk(0 0 0 1); font-family: {families}; font-feature-settings: "kern", "lnum" }}
body {{ margin: 0; line-height: {leading} }}
.page {{ position: relative; width: {width}mm; height: {height}mm; break-after: page }}
.page:last-child {{ break-after: auto }}
.block {{ position: absolute }}
.cell {{ display: inline-block; text-align: center }}
.kept {{ white-space: nowrap }}
"""
_FONT_NAMES = (".ttf", ".otf")
_REGULAR, _NEARLY = 400, 50
_NEEDED = frozenset(map(ord, ascii_letters + digits + ",.-/&' "))
_HAN = frozenset(map(ord, "省市区路号"))


@dataclass(frozen=True, slots=True)
class Faces:
    """What is known of fonts: the family name of each, and how far each character leads, in type sizes."""

    families: tuple[str, ...]
    advances: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TypeCase:
    """The fonts of a run and its paper (millimetres). Not to be shared between threads: Pango is not safe."""

    faces: Faces
    paper: tuple[float, float]
    style: CSS
    fetcher: DesignFetcher
    fonts: FontConfiguration


def typecase(paper: tuple[float, float], fonts: tuple[bytes, ...]) -> TypeCase:
    """The case with these fonts (TTF or OTF); the first that has a character sets it."""
    faces = _faces(fonts)
    files = {f"font{number}.ttf": content for number, content in enumerate(fonts)}
    families = tuple(f'"{family}"' for family in faces.families)
    sources = (
        f"@font-face {{ font-family: {name}; src: url({file}) }}" for name, file in zip(families, files, strict=True)
    )
    configuration, fetcher = FontConfiguration(), DesignFetcher(files)
    rules = _STYLE.format(width=paper[0], height=paper[1], families=", ".join(families), leading=LEADING)
    style = CSS(string="\n".join(sources) + rules, base_url=BASE, url_fetcher=fetcher, font_config=configuration)
    return TypeCase(faces, paper, style, fetcher, configuration)


def laid_out(pages: Iterable[str], case: TypeCase) -> Document:
    """The pages, each the HTML of one, set in the fonts of the case."""
    sections = "".join(f'<div class="page">{page}</div>' for page in pages)
    source = HTML(string=f"<body>{sections}</body>", base_url=BASE, url_fetcher=case.fetcher)
    return source.render(font_config=case.fonts, stylesheets=[case.style])


def address_fonts(files: Mapping[str, bytes]) -> tuple[bytes, ...]:
    """The fonts of a design that suit addresses: upright, of regular weight, with letters and digits.

    The richest comes first, those with Han after the others: they set what the others can't.
    """
    ranked = [
        (not chars.isdisjoint(_HAN), -len(chars), path)
        for path, content in files.items()
        if path.endswith(_FONT_NAMES) and (chars := _upright(content)) >= _NEEDED
    ]
    return tuple(files[path] for *_, path in sorted(ranked))


def _upright(content: bytes) -> frozenset[int]:
    """The characters of a font that is upright and regular; none of another."""
    font = TTFont(BytesIO(content), lazy=True)
    regular = font["post"].italicAngle == 0 and abs(font["OS/2"].usWeightClass - _REGULAR) <= _NEARLY
    return frozenset(font.getBestCmap()) if regular else frozenset()


@lru_cache(4)
def _faces(fonts: tuple[bytes, ...]) -> Faces:
    families: list[str] = []
    advances: dict[str, float] = {}
    for content in fonts:
        font = TTFont(BytesIO(content), lazy=True)
        families.append(str(font["name"].getBestFamilyName()))
        widths, units = font["hmtx"], font["head"].unitsPerEm
        for point, glyph in font.getBestCmap().items():
            advances.setdefault(chr(point), widths[glyph][0] / units)
    return Faces(tuple(families), MappingProxyType(advances))
