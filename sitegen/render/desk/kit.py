"""Render pages of the house (the advisers' desk, the complaint desk, reports) with the theme's `work/` templates."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TypeAlias

from markupsafe import Markup, escape

from sitegen.model.field import FieldUse
from sitegen.model.shop import Shop
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from sitegen.render.fields import day_text, locale_of, spell, whole_number
from sitegen.render.theme import Templates, templates, words

BASE = "work/base.html"
"""The frame of all pages of the house; a theme without it has none of them."""
STYLE, TOKENS = "static/desk.css", "work/tokens.css"
Link: TypeAlias = Callable[[str, str], str]
"""The address of a page from another one, both as paths below output/work/: link("desk/index.html", "plan.csv")."""
Leads: TypeAlias = Callable[[str], bool]
"""Whether a link to a path below output/work/ leads anywhere."""
_FONT = re.compile(r"url\((fonts/[^)]+)\)")
_CHINESE = re.compile("[\u3400-\u9fff]")
_NOWHERE = Place("")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
LONGEST = 100
"""Letters of a file's name, without its end."""


@dataclass(frozen=True, slots=True)
class HereView:
    """The page that is being made. `language` is that of the house, `today` the day of the build.

    `style` is all that the page's look takes; `alone`: only the block `content` is wanted, for a page of the site.
    """

    language: str
    today: date
    style: Markup
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """The theme's templates for people of the house, in the shop's own language.

    `style` holds the palette and the faces, `plain_style` the same without faces that come along, for pages of which
    there are very many. `to` makes links; a link that stands by itself is left out where it `leads` nowhere.
    """

    shop: Shop
    today: date
    templates: Templates
    style: Markup
    plain_style: Markup
    to: Link
    leads: Leads = lambda _: True

    def page(self, template: str, at: str, *, light: bool = False, **views: object) -> str:
        """A whole page that is to lie `at` a path below output/work/; `light`: without fonts of its own.

        Raises Mistakes with the template's place.
        """
        style = self.plain_style if light else self.style
        return self._rendered(template, at, HereView(self.shop.language, self.today, style), views)

    def content(self, template: str, at: str, **views: object) -> str:
        """What the page's block `content` holds, for a frame of somebody else's."""
        return self._rendered(template, at, HereView(self.shop.language, self.today, Markup(), alone=True), views)

    def link(self, at: str, to: str) -> str:
        """The address of one page from another one, both as paths below output/work/."""
        return self.to(at, to)

    def _rendered(self, template: str, at: str, here: HereView, views: Mapping[str, object]) -> str:
        shared = {"here": here, "shop": self.shop, "link": lambda to: self.to(at, to), "leads": self.leads}
        return self.templates.render(template, f"work/{at}", {**shared, **views})


def office(theme: Theme, shop: Shop, today: date, to: Link | None = None) -> Office:
    """The office of a shop on a day. Without `to`, links are relative, for files that people open where they lie."""
    made = templates(theme, functions(theme, shop))
    palette, rules = theme.source(TOKENS) or "", theme.static.get(STYLE, b"").decode()
    bare = _FONT_FACE.sub("", palette)
    return Office(shop, today, made, _style(theme, palette, rules), _style(theme, bare, rules), to or relative)


def _style(theme: Theme, palette: str, rules: str) -> Markup:
    def carried(found: re.Match[str]) -> str:
        font = theme.static.get(found[1], b"")
        return f"url(data:font/woff2;base64,{b64encode(font).decode()})"

    return Markup(_FONT.sub(carried, palette) + rules)  # noqa: S704 - the theme's own stylesheet


def relative(at: str, to: str) -> str:
    """The address of a file from another one in the same tree."""
    here, there = PurePosixPath(at).parent.parts, PurePosixPath(to).parts
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join((*[".."] * (len(here) - shared), *there[shared:]))


def safe_name(name: str) -> str:
    """An id as the name of a file or folder: letters, digits, hyphens; anything else by its number, ~4E2D~.

    Two ids have two names, and none is that of a folder of the house's own: those have small letters only.
    """
    made = _UNSAFE.sub(lambda found: f"~{ord(found[0]):X}~", name)
    if len(made) > LONGEST:
        return f"{made[:LONGEST]}~{sha256(name.encode()).hexdigest()[:16]}"
    return f"{made}~" if made == "" or (made.isalpha() and made.islower()) else made


def functions(theme: Theme, shop: Shop) -> dict[str, Callable[..., object]]:
    """What the templates may call, all in the shop's language; README of the themes lists them."""
    language = shop.language
    locale = locale_of(language)

    def money(amount: Decimal | int) -> str:
        return spell(FieldUse("", _NOWHERE, "money"), Decimal(amount), language, shop.currency)

    def percent(amount: Decimal | int) -> str:
        # Babel takes half a second to import.
        from babel.numbers import format_percent  # noqa: PLC0415

        return str(format_percent(Decimal(amount) / 100, "#,##0.##%", locale=locale))

    def number(amount: Decimal | int) -> str:
        from babel.numbers import format_decimal  # noqa: PLC0415 - as above

        return whole_number(amount, language) if isinstance(amount, int) else str(format_decimal(amount, locale=locale))

    def named(pattern: str) -> Callable[[date], str]:
        from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - as above

        if pattern.isalpha():
            return lambda day: str(format_skeleton(pattern, day, locale=locale))
        return lambda day: str(format_date(day, pattern.strip(), locale=locale))

    def clock(at: datetime | time) -> str:
        return f"{at:%H:%M}"

    return {
        "money": money,
        "percent": percent,
        "number": number,
        "day": lambda day: day_text(day, language),
        "short_day": named("MMMEd"),
        "day_of_year": named("yMMMd"),
        "month": named("yMMMM"),
        "weekday": named("EEEE "),
        "clock": clock,
        "moment": lambda at: f"{day_text(at.date(), language)}, {clock(at)}",
        "tel": lambda phone: "tel:" + re.sub(r"[^+0-9]", "", phone),
        "said": lambda text: said(text, language),
        "t": house_words(theme, language),
    }


def said(text: str, language: str) -> Markup:
    """A text of the data, marked as Chinese where it is and the page is not: voices and fonts then know."""
    if _CHINESE.search(text) and not language.startswith("zh"):
        return Markup('<span lang="zh">{}</span>').format(text)
    return escape(text)


def house_words(theme: Theme, language: str) -> Callable[..., str]:
    find = words(theme, language)

    def t(key: str, count: int | None = None, **named: object) -> str:
        text = find(key, count)
        for name, value in named.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    return t
