"""Read which language a page or campaign is in and what it translates, and check that translations fit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.page import Page
from sitegen.model.shop import Shop
from sitegen.model.tree import Place
from sitegen.render.fields import is_language

CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Tongues:
    """The languages that a shop's pages are written in. Those of its `own` have addresses without a language."""

    own: str = "en"
    all: tuple[str, ...] = ("en",)


ENGLISH = Tongues()


@dataclass(frozen=True, slots=True)
class Version:
    """What a file's name and front matter say: `path` without the language in it, the language, the original's id.

    `original` is "" for what translates nothing, `language` is "" where nothing says it.
    """

    path: str
    language: str
    original: str
    tongues: Tongues

    def address(self, path: str) -> str:
        """Where it stands below the site, from where it would stand in the shop's own language."""
        folder = f"{self.language}/"
        if self.language in {"", self.tongues.own} or path.startswith(folder):
            return path
        return folder + path


def tongues_of(shop: Shop) -> Tongues:
    """The languages of a shop, its own first."""
    return Tongues(shop.language, shop.tongues)


def read_version(keys: Keys, id_: str, place: Place, tongues: Tongues) -> Version:
    """The version that the file `id_` ("pages/about.zh.md") is, by its name or by `translation_of` and `language`.

    What is wrong goes into the keys' problems: languages that nobody knows, or that the name contradicts.
    """
    said, original = read_language(keys), keys.text("translation_of")
    stem, named = _cut(id_, place, tongues, keys.problems)
    if said and named and said != named:
        message = f"the file is named as '{named}', and says that its language is '{said}'"
        keys.problems.append(keys.place("language").problem("two-languages", message, "keep one of them"))
    if original and not said and not named:
        hint = "add a line 'language: zh', or put it into the file's name, like about.zh.md"
        message = "a translation says neither in its name nor in its front matter which language it is in"
        keys.problems.append(keys.place("translation_of").problem("missing-key", message, hint))
        original = ""
    if named and not original:
        original = f"{stem}.md"
    return Version(f"{stem}.md".partition("/")[2], named or said, original, tongues)


def read_language(keys: Keys) -> str:
    """The `language`, "" where absent."""
    language = keys.text("language")
    if language and not is_language(language):
        hint = "write its code, like en or zh"
        keys.problems.append(keys.place("language").problem("bad-language", f"unknown language '{language}'", hint))
        return ""
    return language


def _cut(id_: str, place: Place, tongues: Tongues, problems: list[Problem]) -> tuple[str, str]:
    """A file's id without its ending and its language, and the language: ("pages/about", "zh")."""
    stem, dot, code = id_.removesuffix(".md").rpartition(".")
    if not dot or "/" in code:
        return id_.removesuffix(".md"), ""
    if code in tongues.all:
        return stem, code
    if CODE.fullmatch(code) and is_language(code):
        hint = f"add it to 'languages' in site.yaml, or name the file without '.{code}'"
        message = f"the file is named as a translation into '{code}', which the shop does not write"
        problems.append(Place(place.file).problem("unknown-language", message, hint))
    return id_.removesuffix(".md"), ""


def check_translations(
    pages: Iterable[Page], campaigns: Iterable[Campaign], tongues: Tongues, unread: Collection[str] = ()
) -> tuple[Problem, ...]:
    """What is wrong with translations: of nothing, of translations, twice in one language, for other readers.

    `unread` are the ids of files that are there and could not be read.
    """
    things: dict[str, Page | Campaign] = {page.id: page for page in pages}
    things |= {f"campaigns/{one.id}.md": one for one in campaigns}
    problems: list[Problem] = []
    first: dict[tuple[str, str], str] = {}
    for id_, thing in things.items():
        language = thing.language or tongues.own
        if language not in tongues.all and _has_page(thing):
            hint = f"add it to 'languages' in site.yaml, or write one of {', '.join(tongues.all)}"
            message = f"the shop has no pages in '{language}'"
            problems.append(thing.place.problem("unknown-language", message, hint))
        if not thing.original or thing.original in unread:
            continue
        original = things.get(thing.original)
        if original is None or not _has_page(original):
            problems.append(_of_nothing(thing, things))
            continue
        problems.extend(_misfits(thing, original, tongues))
        other = first.setdefault((thing.original, language), id_)
        if other != id_:
            message = f"'content/{other}' is a translation of '{thing.original}' into '{language}' already"
            problems.append(thing.place.problem("same-translation", message, "keep one of them"))
    return tuple(problems)


def _has_page(thing: Page | Campaign) -> bool:
    return isinstance(thing, Page) or Channel.PAGE in thing.channels


def _of_nothing(thing: Page | Campaign, things: dict[str, Page | Campaign]) -> Problem:
    if thing.original in things:
        message = f"this translates '{thing.original}', which has no page"
        return thing.place.problem("translation-of-nothing", message, "add 'page' to the original's channels")
    others = (id_ for id_, other in things.items() if not other.original)
    hint = did_you_mean(thing.original, others) or "write the original, or name the file without its language"
    message = f"this translates '{thing.original}', which is not there"
    return thing.place.problem("translation-of-nothing", message, hint)


def _misfits(thing: Page | Campaign, original: Page | Campaign, tongues: Tongues) -> Iterable[Problem]:
    language = thing.language or tongues.own
    if original.original:
        message = f"this translates '{thing.original}', which is a translation itself"
        yield thing.place.problem("translation-of-a-translation", message, f"name '{original.original}'")
    elif language == (original.language or tongues.own):
        message = f"this and its original '{thing.original}' are both in '{language}'"
        yield thing.place.problem("same-translation", message, "write another 'language', or drop 'translation_of'")
    if thing.audience != original.audience:
        message = f"this translates '{thing.original}', but is for other readers"
        hint = f"write {_audience(original.audience)}, as the original does, or drop the translation"
        yield thing.place.problem("translation-audience", message, hint)
    if isinstance(thing, Campaign) and any(channel is not Channel.PAGE for channel in thing.channels):
        hint = "write 'channels: [page]'; letters in two languages are two campaigns, each for a segment by language"
        message = "a translation of a campaign goes by no other channel than its page"
        yield thing.place.problem("translation-channel", message, hint)


def _audience(audience: str) -> str:
    return f"'audience: {audience}'" if audience.isidentifier() or "-" in audience else "the same 'audience'"
