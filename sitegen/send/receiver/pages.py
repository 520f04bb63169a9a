"""Render the receiver's pages with the theme's templates, and hand out the theme's own files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from babel import Locale

from sitegen.model.shop import Shop
from sitegen.model.theme import Theme
from sitegen.render.fields import locale_of
from sitegen.render.mail.views import phrases
from sitegen.render.site.views import ShopView, shop_view
from sitegen.render.theme import Templates, templates, words
from sitegen.send.receiver.moments import moment_text
from sitegen.send.receiver.setting import Reply, Setting

FOLDER = "receiver/"
STYLE = "receiver/receiver.css"
KINDS = {".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
"""What the pages may load; the theme's other files are nobody's business here."""


@dataclass(frozen=True, slots=True)
class LanguageView:
    """This page in one of the shop's languages, by the name that its speakers give it."""

    code: str
    title: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class HereView:
    """Where the reader is. `action` is where this page's form goes; `base` ends with a slash."""

    base: str
    action: str
    language: str
    languages: tuple[LanguageView, ...]
    home_url: str


@dataclass(frozen=True, slots=True)
class Place:
    """The page that was asked for: its path below the base, the token it came with, and a language in its address."""

    path: str
    token: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """The theme's templates in each of the shop's languages."""

    setting: Setting
    shop: ShopView
    by_language: Mapping[str, Templates]

    def render(self, reply: Reply, language: str, place: Place) -> str:
        """The whole page. Raises Mistakes where the theme's template is wrong."""
        known = {"shop": self.shop, "here": self._here(language, place), **reply.views}
        return self.by_language[language].render(f"{FOLDER}{reply.template}", f"the receiver's {place.path}", known)

    def _here(self, language: str, place: Place) -> HereView:
        setting = self.setting
        others = tuple(
            LanguageView(code, _own_name(code), self._address(place, code), code == language)
            for code in setting.shop.languages
        )
        action = self._address(place, place.asked)
        return HereView(setting.base, action, language, others, setting.shop.url + "/")

    def _address(self, place: Place, language: str) -> str:
        query = urlencode({name: text for name, text in (("token", place.token), ("lang", language)) if text})
        return f"{self.setting.base}{place.path}" + (f"?{query}" if query else "")


def pages(setting: Setting) -> Pages:
    """The pages of a shop in its theme, which has templates in receiver/."""
    made = {language: _templates(setting.theme, setting.shop, language) for language in setting.shop.languages}
    return Pages(setting, shop_view(setting.shop), made)


def _templates(theme: Theme, shop: Shop, language: str) -> Templates:
    def spoken(texts: Mapping[str, str]) -> str:
        """The shop's own words in this language, else in the shop's first, else in any."""
        return texts.get(language) or texts.get(shop.language) or next(iter(texts.values()), "")

    def moment(when: datetime | date) -> str:
        """A day, or a day with its hour, in words of this language."""
        return moment_text(when, language)

    return templates(theme, {"t": phrases(words(theme, language)), "spoken": spoken, "moment": moment})


def _own_name(language: str) -> str:
    """A language by the name that its speakers give it."""
    return (Locale.parse(locale_of(language)).get_language_name() or language).capitalize()


def files(theme: Theme) -> dict[str, tuple[bytes, str]]:
    """What the pages load, by its path below the base: content and media type."""
    found = {path: content for path, content in theme.static.items() if path.endswith(tuple(KINDS))}
    if STYLE in theme.templates:
        found["static/receiver.css"] = theme.templates[STYLE].encode()
    return {path: (content, KINDS[path[path.rindex(".") :]]) for path, content in found.items()}
